import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Branches, type RepositoryView, repositoryView } from "@ci-fix/workflow";

type FixtureKind = "fix" | "keep" | "skip" | "report";

/** One folder of `fixtures/`: `fix-…` (input, output, findings), `keep-…` (input), `skip-…` or `report-…` (input, findings). */
export interface Fixture {
  readonly kind: FixtureKind;
  /** The folder's name. */
  readonly name: string;
  readonly url: URL;
  /** Where the input is said to stand in its repository. */
  readonly path: string;
  readonly input: string;
  /** The files of its folder `repository`, as if the input stood among them. */
  readonly repository: RepositoryView;
  /** Equal to the input unless the kind is `fix`. */
  readonly output: string;
  /** The text of `findings.json`; undefined where there is none. */
  readonly findings: string | undefined;
}

const defaultPath = ".github/workflows/input.yml";

/** Reads the folders of `fixtures/` in a codemod's package, by name. */
export function readFixtures(packageUrl: URL): readonly Fixture[] {
  const folder = new URL("fixtures/", packageUrl.href.endsWith("/") ? packageUrl : `${packageUrl.href}/`);
  if (!existsSync(folder)) throw new Error(`No fixtures: ${fileURLToPath(folder)} does not exist`);
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  return names.sort().map((name) => readFixture(name, new URL(`${name}/`, folder)));
}

function readFixture(name: string, url: URL): Fixture {
  const kind = /^(fix|keep|skip|report)-[a-z\d-]+$/u.exec(name)?.[1] as FixtureKind | undefined;
  if (kind === undefined)
    throw new Error(`fixtures/${name}: a fixture's name begins with fix-, keep-, skip- or report- and is kebab-case`);
  const read = (file: string): string | undefined => {
    const at = new URL(file, url);
    return existsSync(at) ? readFileSync(at, "utf8") : undefined;
  };
  const input = read("input.yml");
  if (input === undefined) throw new Error(`fixtures/${name}: input.yml is missing`);
  const output = kind === "fix" ? (read("output.yml") ?? "") : input;
  return {
    kind,
    name,
    url,
    path: read("path.txt")?.trim() ?? defaultPath,
    input,
    repository: repositoryView(
      (path) => readIfFile(new URL(`repository/${path}`, url)),
      branchesIn(read("branches.txt")),
    ),
    output,
    findings: read("findings.json"),
  };
}

function readIfFile(url: URL): Uint8Array | undefined {
  return statSync(url, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(url) : undefined;
}

/** With `UPDATE_FIXTURES=1` the files of a fixture are written instead of compared; look at the difference before you commit it. */
export const isUpdating: boolean = process.env["UPDATE_FIXTURES"] === "1";

export function writeExpectation(fixture: Fixture, file: "output.yml" | "findings.json", text: string): void {
  writeFileSync(new URL(file, fixture.url), text);
}

/** One branch on each line; a star marks the main one. */
function branchesIn(text: string | undefined): Branches | undefined {
  const lines = text?.split("\n").filter((line) => line !== "");
  if (lines === undefined) return undefined;
  const main = lines.find((line) => line.startsWith("*"))?.slice(1);
  return { names: new Set(lines.map((line) => line.replace(/^\*/u, ""))), main };
}
