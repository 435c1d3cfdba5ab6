import type { Job, Step } from "@ci-fix/workflow";

/** Answers a question about a job or step by working it out the first time only: each of a job's steps may ask it. */
export function once<Subject extends object, Answer>(ask: (subject: Subject) => Answer): (subject: Subject) => Answer {
  const answers = new WeakMap<Subject, { readonly answer: Answer }>();
  return (subject) => {
    let known = answers.get(subject);
    if (known === undefined) {
      known = { answer: ask(subject) };
      answers.set(subject, known);
    }
    return known.answer;
  };
}

/** The steps of a job that pass a test, in order; the test is made once for each. */
export function stepsThat(test: (step: Step) => boolean): (job: Job) => readonly Step[] {
  return once((job) => job.steps.filter(test));
}

/** Where in a list of steps of one job, in order, those begin that come after a step. */
export function firstAfter(steps: readonly Step[], { index }: Step): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.index ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}
