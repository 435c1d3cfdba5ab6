import { mkdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { auditAll, auditDelta, planRecord, recordPath, type AuditFacts, type AuditOptions } from "@ci-fix/audit";
import { openRepository } from "@ci-fix/git";
import { renderAuditHtml, renderAuditJson, renderAuditMarkdown } from "@ci-fix/report/audit";
import { visible } from "@ci-fix/report/text";
import { replaceFile } from "@ci-fix/runner";
import type { AuditCommandOptions } from "../audit-command.ts";
import { readDate } from "../dates.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import { UsageError } from "../problems.ts";
import { requireWorkTree } from "./register-file.ts";

/** Where an editor finds the schema when this package is installed beside the record. */
const SCHEMA = "../../node_modules/ci-fix/dist/schema/milestone.schema.json";

/** Makes the audit and prints it, or writes it to a file; with `--record` it is kept as well. */
export async function audit(invocation: Invocation, options: AuditCommandOptions): Promise<ExitCode> {
  const asked = auditOptions(invocation, options);
  if (options.base?.trim() === "") throw new UsageError("--base is empty", "it wants a revision, such as origin/main");
  const facts = options.base === undefined ? await auditAll(asked) : await auditDelta({ ...asked, base: options.base });
  const text = render(facts, options.format);
  if (options.record === true) await keepRecord(invocation, facts);
  if (options.out === undefined) invocation.terminal.print(text);
  else await writeDocument(invocation, options.out, text);
  return EXIT.done;
}

async function writeDocument({ host, terminal }: Invocation, out: string, text: string): Promise<void> {
  const path = resolve(host.cwd(), out);
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, new TextEncoder().encode(text));
  terminal.note(`wrote ${visible(out)}`);
}

/** Brings `.ci-fix/milestones/M04.yml` up to date. */
async function keepRecord({ directory, terminal }: Invocation, facts: AuditFacts): Promise<void> {
  const repository = await openRepository(directory).catch(() => undefined);
  requireWorkTree(repository);
  const path = join(repository?.root ?? directory, recordPath(facts.milestone));
  const old = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  const plan = planRecord(old, facts, { schema: SCHEMA });
  if (old?.equals(plan.bytes) === true) {
    terminal.note(`${plan.path} is up to date`);
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, plan.bytes);
  terminal.note(`wrote ${plan.path}`);
}

function render(facts: AuditFacts, format: AuditCommandOptions["format"] = "markdown"): string {
  const renderers = { markdown: renderAuditMarkdown, json: renderAuditJson, html: renderAuditHtml };
  return renderers[format](facts);
}

function auditOptions({ directory }: Invocation, options: AuditCommandOptions): AuditOptions {
  return {
    directory,
    ...(options.milestone === undefined ? {} : { milestone: options.milestone }),
    ...(options.date === undefined ? {} : { date: readDate(options.date).day }),
    ...(options.repository === undefined ? {} : { repository: options.repository }),
    ...(options.title === undefined ? {} : { title: options.title }),
    ...(options.record === undefined ? {} : { recording: options.record }),
    ...(options.required === undefined ? {} : { requiredChecks: options.required }),
  };
}
