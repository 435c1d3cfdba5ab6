// docs/command-line.md: what `--help` says of every command, as it says it.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { root } from "./run.mjs";

const INTRO = `<!-- Made by \`npm run generate\` from the help of the command line. Do not edit. -->

# The command line

What \`ci-fix COMMAND --help\` prints, for every command. Data goes to stdout, notes, warnings and errors to stderr. Previews are the default:
nothing is written without \`--write\` or \`--commit\`, except by commands whose work it is to write a file of ci-fix's own (\`init\`,
\`register\`).
`;

/** The page, from the sources: no build is needed. */
export async function commandLinePage() {
  const program = await readProgram();
  const parts = commandsBelow(program, ["ci-fix"]).map(
    ({ words, command }) => `## \`${words.join(" ")}\`\n\n\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\`\n`,
  );
  return `${INTRO}\n${parts.join("\n")}`;
}

/** The program itself, then each command with those below it, in the order of the help. */
function commandsBelow(command, words) {
  const below = command.commands.flatMap((each) => commandsBelow(each, [...words, each.name()]));
  return [{ words, command }, ...below];
}

async function readProgram() {
  const folder = mkdtempSync(join(tmpdir(), "ci-fix-help-"));
  try {
    const outfile = join(folder, "dist", "program.mjs");
    cpSync(join(root, "packages", "ci-fix", "package.json"), join(folder, "package.json"));
    await bundle({
      entryPoints: [join(root, "packages/ci-fix/src/program.ts")],
      outfile,
    });
    const { createProgram } = await import(pathToFileURL(outfile).href);
    const stream = { write: () => true, on: () => {} };
    return createProgram({ env: {}, stdout: stream, stderr: stream, cwd: () => root }, false, () => {});
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
