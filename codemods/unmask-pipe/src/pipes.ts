import { masksOf, type ScriptCommand, type ShellScript, type Span } from "@ci-fix/shell-script";

const copying = /^(?:tee|cat|ts)$/u;
/** Programs that a log is sent through on its way to a person or a report. What goes through others is data that somebody asked for. */
const logReading =
  /^(?:tee|cat|ts|[ef]?grep|sed|g?awk|head|tail|less|xcpretty|xcbeautify|tap|tap-[\w-]+|faucet|gotestfmt|tparse|go-junit-report|gotestsum|cargo2junit|reviewdog|spacecop|perl|stdbuf|unbuffer)$/u;

/** True where all that comes after a pipe reads what went before as a log. */
export function readsLog(after: readonly ScriptCommand[]): boolean {
  return after.length > 0 && after.every(({ words }) => logReading.test(words[0] ?? ""));
}

/** Programs that end with a failure when nothing is wrong. */
const moody = /^(?:[efz]?grep|rg|ag|diff|cmp|pgrep|yes|find|which|command|type|test|timeout|kill|git)$/u;
/** What these print is short enough to be written before anybody stops reading. */
const brief = /^(?:echo|printf)$/u;

/** True for commands that read all there is and hand it on: with pipefail nothing else changes. */
export function copiesOnly(after: readonly ScriptCommand[]): boolean {
  return after.every(({ words }) => copying.test(words[0] ?? ""));
}

/** True where a command of a pipe may end before all is read: what writes to it is killed then (SIGPIPE, status 141). */
export function stopsReading(after: readonly ScriptCommand[]): boolean {
  return after.some(({ words: [program = "", ...args] }) => {
    if (program === "head" || program === "true" || program === ":" || program === "read" || program === "less")
      return true;
    if (/^[efz]?grep$/u.test(program))
      return args.some((arg) => /^-[a-zA-Z]*[qmlL]|^--(?:quiet|silent|max-count)/u.test(arg));
    return (program === "sed" || program === "awk") && args.some((arg) => /\bq\b|\bexit\b/u.test(arg));
  });
}

/** Another pipe of the script that could fail under pipefail although all is well, as text; undefined where there is none. */
export function disturbedPipe(script: ShellScript, known: readonly Span[]): string | undefined {
  for (const command of script.commands) {
    const pipe = masksOf(script, command).find((mask) => mask.kind === "pipe");
    if (pipe === undefined || known.some(({ start }) => start === pipe.span.start)) continue;
    const program = command.words[0] ?? "";
    if (moody.test(program) || (stopsReading(pipe.after) && !brief.test(program))) {
      return script.text.slice(pipe.span.start, pipe.span.end).replace(/\s+/gu, " ").slice(0, 60);
    }
  }
  return undefined;
}
