import { planRegisterUpdate, readRegister, type RegisterUpdate, type UpdateOptions } from "@ci-fix/register";
import { bytes, decoded, findingsIn } from "./small-codemods.ts";

export const PRESS = ".github/workflows/press.yml";
const policy = { milestone: "M03", date: "2026-02-08", critical: [], bestEffort: [] };

export const step = (name: string, rest = ""): string =>
  `      - name: ${name}\n        continue-on-error: true${rest}\n        run: make\n`;
export const press = (...steps: string[]): Record<string, string> => ({
  [PRESS]: `on: push\njobs:\n  unit:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n${steps.join("")}`,
});

export function update(
  register: string | undefined,
  files: Readonly<Record<string, string>>,
  options: UpdateOptions & { milestone?: string } = {},
): RegisterUpdate & { readonly text: string } {
  const old = register === undefined ? undefined : bytes(register);
  const result = planRegisterUpdate(
    old,
    findingsIn(files),
    { ...policy, milestone: options.milestone ?? "M03" },
    options,
  );
  return { ...result, text: decoded(result.bytes) };
}

export function statuses(text: string): Readonly<Record<string, string>> {
  const read = readRegister(bytes(text));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return Object.fromEntries(read.register.risks.map(({ id, status }) => [id, status]));
}
