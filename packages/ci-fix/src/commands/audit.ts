import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { auditAll, auditDelta, type AuditFacts, type AuditOptions } from "@ci-fix/audit";
import { renderAuditHtml, renderAuditJson, renderAuditMarkdown } from "@ci-fix/report/audit";
import { visible } from "@ci-fix/report/text";
import { replaceFile } from "@ci-fix/runner";
import type { AuditCommandOptions } from "../audit-command.ts";
import { readDate } from "../dates.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import { UsageError } from "../problems.ts";

/** Makes the audit and prints it, or writes it to a file. */
export async function audit(invocation: Invocation, options: AuditCommandOptions): Promise<ExitCode> {
  const { host, terminal } = invocation;
  const asked = auditOptions(invocation, options);
  if (options.base?.trim() === "") throw new UsageError("--base is empty", "it wants a revision, such as origin/main");
  const facts = options.base === undefined ? await auditAll(asked) : await auditDelta({ ...asked, base: options.base });
  const text = render(facts, options.format);
  if (options.out === undefined) {
    terminal.print(text);
    return EXIT.done;
  }
  const path = resolve(host.cwd(), options.out);
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, new TextEncoder().encode(text));
  terminal.note(`wrote ${visible(options.out)}`);
  return EXIT.done;
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
    ...(options.required === undefined ? {} : { requiredChecks: options.required }),
  };
}
