import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ownMemory } from "../src/client/pace-memory.ts";
import { findForges, type ForgeError, type PullRequestDraft } from "../src/index.ts";
import { GitHubDouble } from "./double/github-double.ts";
import { VirtualClock } from "./double/virtual-clock.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What became of a simulated campaign. */
export interface Outcome {
  /** How many repositories have so many pull requests. */
  readonly pulls: Readonly<Record<number, number>>;
  readonly problems: readonly string[];
  readonly requests: number;
  /** Milliseconds, on the clock of the simulation. */
  readonly expected: number;
  readonly took: number;
  /** Bytes that are in use on the heap after each tenth of the repositories, those of the double among them. */
  readonly heap: readonly number[];
}

/** Numbers between 0 and 1 that are the same each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const draft: Omit<PullRequestDraft, "head"> = {
  title: "ci: repair",
  body: "",
  base: "main",
  draft: false,
  labels: [],
  reviewers: [],
};

/**
 * Opens a pull request in each of so many repositories as the engine does: look, preflight, look again, open; and again after a refusal. The
 * workers belong to two processes that share a pace.
 */
export async function simulate(count: number, workers = 8, disturbed = 0.02): Promise<Outcome> {
  const clock = new VirtualClock();
  const double = new GitHubDouble(() => clock.now());
  const random = numbers(count);
  double.disturb = async () => {
    const slow = random() < 0.01;
    await clock.sleep(slow ? 5000 : 50 + random() * 300);
    const chance = random();
    if (chance < disturbed / 3) return "before";
    if (chance < (2 * disturbed) / 3) return "after";
    return chance < disturbed && random() < 0.1 ? "secondary" : undefined;
  };
  for (let index = 0; index < count; index += 1) double.add(`acme/r${index}`);
  const memory = ownMemory(clock);
  const options = { token: () => "t", env: {}, clock, fetch: double.fetch, paceMemory: () => memory };
  const forges = [0, 1].map(() => findForges(options)("github.com")!);
  const heap: number[] = [];
  const waiting: { readonly at: number; readonly name: string }[] = [];
  let [fresh, left] = [0, count];
  const take = (): { at: number; name: string } | undefined => {
    const due = waiting[0];
    if (due !== undefined && due.at <= clock.now()) return waiting.shift();
    if (fresh < count) return { at: 0, name: `r${fresh++}` };
    return waiting.shift();
  };
  const putBack = (name: string, at: number): void => {
    const index = waiting.findLastIndex((other) => other.at <= at);
    waiting.splice(index + 1, 0, { at, name });
  };
  const work = async (worker: number): Promise<void> => {
    const forge = forges[worker % forges.length]!;
    while (left > 0) {
      const next = take();
      if (next === undefined) {
        await clock.sleep(1000);
        continue;
      }
      await clock.sleep(Math.max(0, next.at - clock.now()));
      try {
        const repository = { owner: "acme", name: next.name };
        await forge.preflight(repository);
        const open = (await forge.findPullRequests(repository, "ci-fix/M03")).find(({ state }) => state === "open");
        if (open === undefined) await forge.open(repository, { ...draft, head: "ci-fix/M03" });
        left -= 1;
        if (left % Math.ceil(count / 10) === 0) {
          collectGarbage();
          heap.push(process.memoryUsage().heapUsed);
        }
      } catch (error) {
        putBack(next.name, (error as ForgeError).retryAt ?? clock.now() + 10_000);
      }
    }
  };
  const started = clock.now();
  await clock.run(Promise.all(Array.from({ length: workers }, (_, worker) => work(worker))));
  const pulls: Record<number, number> = {};
  for (const { pulls: list } of double.repositories.values()) pulls[list.length] = (pulls[list.length] ?? 0) + 1;
  return {
    pulls,
    problems: double.problems,
    requests: double.requests,
    expected: forges[0]!.expectedDuration(count),
    took: clock.now() - started,
    heap,
  };
}
