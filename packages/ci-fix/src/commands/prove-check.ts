import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Certificate, checkCertificate, digestOf } from "@ci-fix/proof";
import { count, visible } from "@ci-fix/report/text";
import { scriptsOf, survey } from "@ci-fix/runner";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import { UsageError } from "../problems.ts";

/** Verifies a certificate again, by another engine than the one that made it: `prove --check CERTIFICATE BEFORE AFTER`. */
export async function checkProof(
  invocation: Invocation,
  certificatePath: string,
  files: readonly string[],
): Promise<ExitCode> {
  const { terminal } = invocation;
  const [before, after, ...more] = files;
  if (before === undefined || after === undefined || more.length > 0) {
    throw new UsageError(
      "a check takes the two files that the certificate is about",
      "ci-fix prove --check certificate.json before.yml after.yml",
    );
  }
  const [old, now] = await Promise.all([before, after].map((path) => read(invocation, path)));
  const certificates = readCertificates(certificatePath, await read(invocation, certificatePath));
  const { contents } = await survey({ directory: invocation.directory, at: "work-tree" });
  const results = certificates.map(({ certificate, digest }) => {
    const sides = { before: old ?? Buffer.of(), after: now ?? Buffer.of() };
    const scripts = scriptsOf({ file: certificate.file, ...sides });
    const load = (path: string): Uint8Array | undefined => contents.get(path);
    const result = checkCertificate(certificate, sides.before, sides.after, load, { scripts });
    if (digest === undefined || digest === digestOf(certificate)) return result;
    return { ...result, ok: false, problems: [...result.problems, "the certificate is not the one of its digest"] };
  });
  const best = results.find(({ ok }) => ok) ?? results[0];
  if (best?.ok === true) {
    const how = best.method === "enumerated" ? "every case was run" : "the printed cases and random ones were run";
    const what = best.method === "none" ? "it claims nothing" : `${how}, ${count(best.cases, "case")} on both sides`;
    terminal.print(`${terminal.style.paint("success", "holds")}: ${what}\n`);
    return EXIT.done;
  }
  for (const problem of best?.problems ?? ["the file holds no certificate"]) {
    terminal.report({ level: "error", code: "CI_FIX_CERTIFICATE", message: problem, file: certificatePath });
  }
  return EXIT.failed;
}

async function read({ directory }: Invocation, path: string): Promise<Uint8Array> {
  return readFile(resolve(directory, path)).catch(() => {
    throw new UsageError(`${visible(path)} cannot be read`, "give the path of a file");
  });
}

/** A certificate, and the digest that stands beside it, if one does. */
interface Told {
  readonly certificate: Certificate;
  readonly digest: unknown;
}

/** A certificate alone, or what `prove --format json` prints. */
function readCertificates(path: string, bytes: Uint8Array): Told[] {
  try {
    const data: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return collect(data);
  } catch {
    throw new UsageError(`${visible(path)} is no JSON`, "give what `ci-fix prove ID --format json` printed");
  }
}

function collect(data: unknown, digest?: unknown): Told[] {
  if (Array.isArray(data)) return data.flatMap((each) => collect(each));
  if (typeof data !== "object" || data === null) return [];
  if ("claims" in data && "cases" in data && "file" in data)
    return [{ certificate: data as unknown as Certificate, digest }];
  const beside = "digest" in data ? data.digest : undefined;
  return Object.values(data).flatMap((each) => collect(each, beside));
}
