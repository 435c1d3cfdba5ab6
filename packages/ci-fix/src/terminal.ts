import {
  createStyle,
  renderProblem,
  wantsColor,
  type ColorChoice,
  type Problem,
  type Style,
} from "@ci-fix/report/text";

/** What a run needs of its process. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Stream;
  readonly stderr: Stream;
  cwd(): string;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** Where a command writes to: data to stdout, all else to stderr. */
export interface Terminal {
  readonly style: Style;
  /** Data: what the command was asked for. */
  print(text: string): void;
  /** A remark to a person; `--quiet` silences it. */
  note(text: string): void;
  /** Same, in the look of a warning or an error; never silenced. */
  report(problem: Problem): void;
}

/** Prose gets hard to read beyond this, however wide the terminal. */
const WIDEST = 120;

export function createTerminal(host: Host, options: { color: ColorChoice; quiet: boolean }): Terminal {
  const styleOf = (stream: Stream): Style =>
    createStyle({ color: wantsColor(options.color, host.env, stream.isTTY === true), width: widthOf(stream) });
  const style = styleOf(host.stdout);
  const errorStyle = styleOf(host.stderr);
  return {
    style,
    print: (text) => void host.stdout.write(text),
    note: (text) => {
      if (!options.quiet) host.stderr.write(`${text}\n`);
    },
    report: (problem) => void host.stderr.write(renderProblem(problem, errorStyle)),
  };
}

/** A reader that stops reading (`ci-fix | head`) is no failure: the work goes on, and what is written to it is dropped. */
export function ignoreClosedPipes(host: Host): void {
  for (const stream of [host.stdout, host.stderr]) {
    stream.on("error", (error) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

function widthOf(stream: Stream): number {
  return Math.min(stream.columns || 80, WIDEST);
}
