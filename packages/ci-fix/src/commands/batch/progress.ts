import type { Ledger, WorkerOptions } from "@ci-fix/batch";
import { visible } from "@ci-fix/report/text";
import type { Invocation } from "../../invocation.ts";

interface Progress {
  readonly step: NonNullable<WorkerOptions["onProgress"]>;
  end(): void;
}

/** Milliseconds between two looks at what is left. */
const EVERY = 250;

/** In a terminal one line that is written over; in a log one line for each repository that is done. */
export function showProgress({ host, terminal, quiet }: Invocation, ledger: Ledger): Progress {
  if (quiet) return { step: () => {}, end: () => {} };
  const live = host.stderr.isTTY === true && host.env["CI"] === undefined && host.env["TERM"] !== "dumb";
  const told = (name: string, state: string, detail: string): string =>
    `${state.padEnd(10)} ${visible(name)}${detail === "" ? "" : `: ${visible(detail)}`}`;
  if (!live) {
    return {
      step: (entry, change) => {
        if (change?.state !== undefined)
          terminal.note(told(entry.name, change.state, change.detail ?? change.reason ?? ""));
      },
      end: () => {},
    };
  }
  let [done, left, current] = [0, 0, ""];
  const width = Math.max(20, (host.stderr.columns ?? 80) - 1);
  const draw = (): void => {
    const line = `${done} done, ${left} to go  ${visible(current)}`;
    host.stderr.write(`\r\u001B[2K${line.slice(0, width)}`);
  };
  const look = async (): Promise<void> => {
    left = await ledger.open();
    if (done > 0 || left > 0) draw();
  };
  // While the database is being closed there is nothing to look at.
  const timer = setInterval(() => void look().catch(() => {}), EVERY);
  timer.unref();
  return {
    step: (entry, change) => {
      current = entry.name;
      if (change === undefined) return;
      done += 1;
      if (change.state === "failed" || change.state === "blocked")
        host.stderr.write(`\r\u001B[2K${told(entry.name, change.state, change.detail ?? "")}\n`);
    },
    end: () => {
      clearInterval(timer);
      host.stderr.write("\r\u001B[2K");
    },
  };
}
