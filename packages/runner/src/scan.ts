import { CiFixError, type Codemod, type Policy } from "@ci-fix/codemod";
import {
  exceptionMark,
  fingerprints,
  type LocatedFinding,
  type PlacedException,
  withExceptions,
} from "@ci-fix/register";
import { readWorkflow, type RepositoryView, type Workflow } from "@ci-fix/workflow";
import { asPolicySays, ciClasses, classesOf } from "./classes.ts";
import { codemods as allCodemods } from "./codemods.ts";
import { candidates, holdsNothing } from "./prefilter.ts";
import type { FileSource, ScanError, ScanResult } from "./types.ts";

export interface ScanOptions {
  readonly policy: Policy;
  readonly codemods?: readonly Codemod[];
  /** Says which files to leave out. */
  readonly ignored?: (path: string) => boolean;
  /** Asked for each exception in a comment whether it may count. Default: all do. */
  readonly counts?: (exception: PlacedException) => boolean;
  /** Called with each file that could be read. */
  readonly onRead?: (path: string, bytes: Uint8Array) => void;
  /** Called after each file. */
  readonly onFile?: (done: number, total: number) => void;
}

/** Looks at every CI file of a source. A bad file is an entry of `errors`; the others go on. */
export async function scan(source: FileSource, options: ScanOptions): Promise<ScanResult> {
  const paths = (await source.list()).filter((path) => options.ignored?.(path) !== true);
  const repository = await source.repository();
  const findings: LocatedFinding[] = [];
  const errors: ScanError[] = [];
  let done = 0;
  for await (const { path, bytes, error } of readAhead(source, paths)) {
    if (bytes === undefined) errors.push(readError(path, error));
    else {
      options.onRead?.(path, bytes);
      const outcome = scanBytes(path, bytes, { ...options, repository });
      findings.push(...outcome.findings);
      errors.push(...outcome.errors);
    }
    options.onFile?.((done += 1), paths.length);
  }
  return { root: source.root, files: paths.length, findings, errors };
}

/** A file that was read, or why it could not be. */
interface ReadFile {
  readonly path: string;
  readonly bytes?: Uint8Array;
  readonly error?: unknown;
}

/** How many files are read while one is looked at. */
const AHEAD = 8;

async function* readAhead(source: FileSource, paths: readonly string[]): AsyncGenerator<ReadFile> {
  const read = (path: string): Promise<ReadFile> =>
    source.read(path).then(
      (bytes) => ({ path, bytes }),
      (error: unknown) => ({ path, error }),
    );
  const pending = paths.slice(0, AHEAD).map(read);
  for (let next = AHEAD; pending.length > 0; next += 1) {
    const first = await pending.shift();
    const path = paths[next];
    if (path !== undefined) pending.push(read(path));
    if (first !== undefined) yield first;
  }
}

/** Looks at one file's bytes. Without `repository`, nothing is known of what the file calls. Never throws for bad input. */
export function scanBytes(
  path: string,
  bytes: Uint8Array,
  options: Pick<ScanOptions, "policy" | "codemods" | "counts"> & { readonly repository?: RepositoryView },
): Pick<ScanResult, "findings" | "errors"> {
  if (path.includes(".github/workflows/") && holdsNothing(bytes)) return { findings: [], errors: [emptyFile(path)] };
  const codemods = candidates(bytes, options.codemods ?? allCodemods);
  if (codemods.length === 0 && !mayHoldException(bytes)) return { findings: [], errors: [] };
  const read = readWorkflow(path, bytes, options.repository);
  if (!read.ok) {
    return { findings: [], errors: [{ file: path, code: read.code, message: read.message, line: read.line }] };
  }
  if (read.workflow === undefined) return { findings: [], errors: [] };
  return { findings: findAll(path, read.workflow, codemods, options), errors: [] };
}

/** Looks at a file that has been read. */
export function scanWorkflow(
  workflow: Workflow,
  options: Pick<ScanOptions, "policy" | "codemods" | "counts">,
): LocatedFinding[] {
  const { path, yaml } = workflow.file;
  return findAll(path, workflow, candidates(yaml.bytes, options.codemods ?? allCodemods), options);
}

function emptyFile(file: string): ScanError {
  const message = "there is nothing in it but blank lines and comments: it defines no workflow";
  return { file, code: "CI_FIX_EMPTY_FILE", message, line: undefined };
}

function mayHoldException(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(exceptionMark);
}

function findAll(
  path: string,
  workflow: Workflow,
  codemods: readonly Codemod[],
  { policy, codemods: asked, counts }: Pick<ScanOptions, "policy" | "codemods" | "counts">,
): LocatedFinding[] {
  const all = codemods.flatMap((codemod) =>
    [...codemod.find(workflow, policy)].map((finding) => {
      const { line, column } = workflow.file.yaml.lineColumn(finding.at.span.start);
      return { finding, codemod, workflow, file: path, line, column };
    }),
  );
  const known = [...new Set([...ciClasses, ...(asked ?? []).flatMap(classesOf)])];
  const judged = (asked?.flatMap(classesOf) ?? known).filter((name) => policy.classes?.get(name) !== "off");
  const excepted = withExceptions(workflow, asPolicySays(all, policy), {
    date: policy.date,
    known,
    judged,
    ...(counts === undefined ? {} : { counts }),
    ...(policy.exceptions === undefined ? {} : { standing: policy.exceptions }),
  });
  const located = asPolicySays(excepted, policy);
  const prints = fingerprints(located);
  return located
    .map((finding, index) => ({ ...finding, fingerprint: prints[index] ?? "" }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

function readError(file: string, error: unknown): ScanError {
  if (error instanceof CiFixError) return { file, code: error.code, message: error.message, line: undefined };
  throw error;
}
