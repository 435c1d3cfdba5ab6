import type { ScriptCommand, ShellScript } from "@ci-fix/shell-script";
import type { Step } from "@ci-fix/workflow";

const reportFile = /[\w.${}-]+\.(?:xml|json|sarif|txt|log|html?|md|out|csv|tap|trx|diff|patch)\b/gu;
const reportOption =
  /^(?:--junit-?xml|--junitxml|--report|--reporter|--output-file|--outfile|--output|--json-report|--tap|--log-file|-o$|--out$|--format=(?:json|sarif|junit|checkstyle|github|gitlab)|--output-format=(?:json|sarif|junit|github|gitlab)|--machine$)/u;

/** True for a command that is told to write its findings to a file, or in a form that only a program reads. */
export function wantsOutput({ words, node }: ScriptCommand): boolean {
  const isRedirected = node.redirects.some(
    (each) => each.type === "Redirect" && /^&?>>?\|?$/u.test(each.operator) && each.target?.text !== "/dev/null",
  );
  return isRedirected || words.some((word, index) => reportOption.test(word) || isFormat(word, words[index + 1]));
}

function isFormat(word: string, next: string | undefined): boolean {
  return (
    /^(?:-f|--format|--output-format)$/u.test(word) && /^(?:json|sarif|junit|checkstyle|github|unix)/u.test(next ?? "")
  );
}

/** Who looks later at a file that the command writes, as a sentence; undefined where nobody in the job does. */
export function laterReader(step: Step, script: ShellScript, command: ScriptCommand): string | undefined {
  const files = script.text.slice(command.span.start, command.span.end).match(reportFile) ?? [];
  const rest = script.text.slice(command.span.end);
  for (const file of files) {
    const name = file.slice(file.lastIndexOf("/") + 1);
    if (reads(rest, name)) return `what it writes to ${name} is looked at afterwards`;
    for (const later of step.job.steps.slice(step.index + 1)) {
      const inputs = [...later.inputs.values()].join("\n");
      if (isUpload(later)) continue;
      if (reads(later.script?.text ?? "", name) || inputs.includes(name))
        return `step "${later.label}" looks at ${name}, which it writes`;
    }
  }
  return undefined;
}

/** A line that mentions the file and does more with it than print it. */
function reads(text: string, file: string): boolean {
  return text
    .split("\n")
    .some((line) => line.includes(file) && !/^\s*(?:cat|tail|head|echo|less|rm|cp|mv|tee|ls|gzip|zip)\b/u.test(line));
}

function isUpload({ action }: Step): boolean {
  return /upload|artifact|cache|codecov|coverall/iu.test(action?.name ?? "");
}
