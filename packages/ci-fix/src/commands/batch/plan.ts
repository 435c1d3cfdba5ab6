import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { type Filter, listForge, readLines, readSources, type Settings, type Source } from "@ci-fix/batch";
import type { RepositoryQuery } from "@ci-fix/forge";
import { DEFAULT_LIMITS, readAuthor, requireBranchName } from "@ci-fix/git";
import type { BatchPlanOptions } from "../../batch-command.ts";
import { readDate, today } from "../../dates.ts";
import { EXIT, type ExitCode } from "../../exit-code.ts";
import type { Invocation } from "../../invocation.ts";
import { UsageError } from "../../problems.ts";
import { inCampaign, type Campaign } from "./campaign.ts";
import { tellOutcome } from "./outcome.ts";

/** Scans and plans; the ledger is all that is written. */
export async function planBatch(
  invocation: Invocation,
  words: readonly string[],
  options: BatchPlanOptions,
): Promise<ExitCode> {
  const lines = [...words, ...(await readLists(invocation, options.repos ?? []))];
  const asked = lines.length > 0 || queriesOf(options).length > 0;
  return inCampaign(
    invocation,
    options,
    async (campaign) => {
      requireSameSettings(campaign.ledger.settings, options);
      const sources = [
        ...(await readSources(lines, invocation.directory, filterOf(options))),
        ...(await listed(campaign, options)),
      ];
      if (asked && sources.length === 0)
        throw new UsageError("no repository passes", "look at --include, --exclude and the list");
      await campaign.batch.plan(sources);
      const code = await tellOutcome(invocation, campaign, ({ counts, unread }) =>
        (counts.get("planned") ?? 0) > 0 || unread > 0 ? EXIT.found : EXIT.done,
      );
      invocation.terminal.note("look at it: ci-fix batch preview");
      return code;
    },
    asked ? () => readSettings(invocation, options) : undefined,
  );
}

function filterOf({ include = [], exclude = [] }: BatchPlanOptions): Filter {
  return { include, exclude };
}

async function readLists({ directory }: Invocation, files: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const file of files) {
    const read = file === "-" ? readAll(process.stdin) : readFile(resolve(directory, file), "utf8");
    const content = await read.catch(() => {
      throw new UsageError(
        `the list "${file}" cannot be read`,
        "give a file with a path or an address on each line, or -",
      );
    });
    lines.push(...readLines(content));
  }
  return lines;
}

function queriesOf({ owner = [], topic = [], search = [] }: BatchPlanOptions): RepositoryQuery[] {
  return [
    ...owner.map((name) => ({ kind: "owner" as const, owner: name })),
    ...topic.map((name) => ({ kind: "topic" as const, topic: name })),
    ...search.map((found) => ({ kind: "search" as const, words: found })),
  ];
}

async function listed({ findForge }: Campaign, options: BatchPlanOptions): Promise<Source[]> {
  const queries = queriesOf(options);
  if (queries.length === 0) return [];
  const host = options.host ?? "github.com";
  const forge = findForge(host);
  if (forge === undefined)
    throw new UsageError(`${host} is no host that ci-fix can list`, "give the repositories with --repos");
  const sources = new Map<string, Source>();
  for (const query of queries) {
    for await (const source of listForge(forge, query, filterOf(options), options.forks === true))
      sources.set(source.source, source);
  }
  return [...sources.values()];
}

/** What a new campaign starts with. */
async function readSettings(invocation: Invocation, options: BatchPlanOptions): Promise<Settings> {
  const date = options.date === undefined ? undefined : readDate(options.date);
  const day = date?.day ?? today();
  const milestone = options.milestone ?? "M01";
  if (!/^[A-Za-z]\d{2,}$/u.test(milestone))
    throw new UsageError(`"${milestone}" is no milestone`, "a letter and two digits or more, such as M03");
  const { timeLimit, diskLimit, template } = options;
  return {
    milestone,
    date: day,
    author: { ...(await readAuthor(invocation.directory)), date: (date ?? readDate(day)).commitDate },
    branch: requireBranchName(options.branch ?? `ci-fix/${milestone}`),
    classes: options.class ?? null,
    includeReview: options.includeReview === true,
    limits: {
      ...DEFAULT_LIMITS,
      ...(timeLimit === undefined ? {} : { milliseconds: timeLimit * 1000 }),
      ...(diskLimit === undefined ? {} : { diskBytes: diskLimit * 1024 * 1024 }),
    },
    perHost: options.perHost ?? 16,
    perOrganisation: options.perOrganisation ?? 16,
    tries: 3,
    deaths: 5,
    pullRequest: {
      draft: options.draft === true,
      labels: options.label ?? [],
      reviewers: options.reviewer ?? [],
      template: template === undefined ? null : await readFile(resolve(invocation.directory, template), "utf8"),
      title: "ci: repair {count}",
    },
  };
}

/** A campaign keeps what it was started with; a word that says otherwise is a mistake. */
function requireSameSettings(settings: Settings, options: BatchPlanOptions): void {
  const said: readonly (readonly [string, unknown, unknown])[] = [
    ["--milestone", options.milestone, settings.milestone],
    ["--branch", options.branch, settings.branch],
    ["--date", options.date === undefined ? undefined : readDate(options.date).day, settings.date],
    ["--class", options.class?.join(","), settings.classes?.join(",")],
    ["--include-review", options.includeReview, settings.includeReview],
  ];
  const other = said.find(([, given, kept]) => given !== undefined && given !== kept);
  if (other === undefined) return;
  throw new UsageError(
    `this campaign was started with another ${other[0]}: ${String(other[2])}`,
    "give the new one its own name with --campaign",
  );
}
