import { spawnSync } from "node:child_process";

/** What a real shell says. Its programs are functions that return a known status, so that nothing else runs. */
export function realStatus(
  program: "bash" | "dash",
  options: readonly string[],
  script: string,
  statuses: Readonly<Record<string, number>> = {},
): number | null {
  const stubs = Object.entries(statuses).map(([name, status]) => `${name}() { return ${status}; }\n`);
  const flags = program === "bash" ? ["--noprofile", "--norc"] : [];
  const { status } = spawnSync(program, [...flags, ...options, "-c", stubs.join("") + script], {
    stdio: "ignore",
    timeout: 20_000,
    env: { PATH: process.env["PATH"] ?? "" },
  });
  return status;
}

function versionOf(program: string, args: readonly string[]): string {
  return spawnSync(program, args, { encoding: "utf8" }).stdout ?? "";
}

/** Before version 4, bash had other rules for errexit. */
export const hasBash: boolean = /version (?:[4-9]|\d\d)/u.test(versionOf("bash", ["--version"]));
export const hasDash: boolean = versionOf("dash", ["-c", "echo here"]).startsWith("here");
