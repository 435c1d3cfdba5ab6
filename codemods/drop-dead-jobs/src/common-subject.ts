import type { Job, Workflow } from "@ci-fix/workflow";

const ordinary = new Set([
  "build",
  "builds",
  "test",
  "tests",
  "job",
  "jobs",
  "run",
  "runs",
  "lint",
  "check",
  "checks",
  "deploy",
  "the",
  "and",
  "with",
  "for",
]);

/** The one word that all removed jobs have in their ids and that stands nowhere else in the file. */
export function commonSubject(jobs: readonly Job[]): string | undefined {
  const [first, ...others] = jobs;
  if (first === undefined) return undefined;
  const removed = new Set(jobs);
  const common = [...new Set(words(first))].filter((word) => others.every((job) => words(job).includes(word)));
  const telling = common.filter((word) => /^\p{L}{3,}$/u.test(word) && !ordinary.has(word));
  const [only, ...more] = telling.filter((word) => !standsElsewhere(word, first.workflow, removed));
  return more.length === 0 ? only : undefined;
}

function words(job: Job): readonly string[] {
  return job.id.toLowerCase().split(/[-_.]+/u);
}

/** True where the rest of the file has the word; that other jobs list the removed ones in their needs does not count. */
function standsElsewhere(word: string, workflow: Workflow, removed: ReadonlySet<Job>): boolean {
  const { text, starts, jobs } = partsOf(workflow);
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const job = jobs[lastUpTo(starts, at)];
    const isInside = (span: { start: number; end: number } | undefined): boolean =>
      span !== undefined && span.start <= at && at + word.length <= span.end;
    if (job === undefined || !isInside(removed.has(job) ? job.entry?.span : job.needs.entry?.span)) return true;
  }
  return false;
}

interface Parts {
  /** In lower case. */
  readonly text: string;
  readonly jobs: readonly Job[];
  /** Where each of the jobs begins; ascending. */
  readonly starts: readonly number[];
}

const known = new WeakMap<Workflow, Parts>();

function partsOf(workflow: Workflow): Parts {
  let parts = known.get(workflow);
  if (parts === undefined) {
    const start = (job: Job): number => job.entry?.span.start ?? 0;
    const jobs = workflow.jobs.toSorted((a, b) => start(a) - start(b));
    parts = { text: workflow.file.yaml.text.toLowerCase(), jobs, starts: jobs.map(start) };
    known.set(workflow, parts);
  }
  return parts;
}

/** The index of the last number that is not greater; -1 for none. Numbers ascend. */
function lastUpTo(numbers: readonly number[], most: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
