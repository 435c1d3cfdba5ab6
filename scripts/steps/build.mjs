import { installed, run, stop } from "./run.mjs";

/** Compiles every package in order and bundles the command line. */
export async function build() {
  const { code, output } = await run(installed("turbo"), [
    "run",
    "build",
    "bundle",
    "--output-logs=errors-only",
    "--ui=stream",
  ]);
  if (code !== 0) stop("The build failed.", output);
}
