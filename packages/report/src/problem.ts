import type { Style } from "./style.ts";
import { wrap } from "./text-width.ts";
import { visible } from "./visible.ts";

/** Something that went wrong (or is worth a warning), told so that a person knows what to do next. */
export interface Problem {
  readonly level: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly file?: string | undefined;
  /** 1-based. */
  readonly line?: number | undefined;
  readonly cause?: string | undefined;
  readonly hint?: string | undefined;
}

/** `error[CODE]: what`, then the place, the cause and the next step, each on its own line. Text from outside is escaped. */
export function renderProblem(problem: Problem, style: Style): string {
  const label = `${problem.level}[${problem.code}]`;
  const [first = "", ...more] = `${label}: ${problem.message}`
    .split("\n")
    .flatMap((line) => wrap(visible(line), style.width, 2));
  const role = problem.level === "error" ? "failure" : "warning";
  const lines = [
    style.paint(role, first.slice(0, label.length)) + style.paint("strong", first.slice(label.length)),
    ...more.map((line) => style.paint("strong", `  ${line}`)),
  ];
  if (problem.file !== undefined) {
    const place = visible(problem.file) + (problem.line === undefined ? "" : `:${problem.line}`);
    lines.push(` ${style.paint("gutter", "-->")} ${style.paint("path", place)}`);
  }
  const note = (name: string, text: string | undefined): void => {
    if (!text) return;
    const [head = "", ...rest] = wrap(visible(text), style.width - 11);
    lines.push(
      `  ${style.paint("gutter", "=")} ${style.paint("muted", `${name}:`.padEnd(7))}${head}`,
      ...rest.map((line) => " ".repeat(11) + line),
    );
  };
  note("cause", problem.cause);
  note("hint", problem.hint);
  return `${lines.join("\n")}\n`;
}
