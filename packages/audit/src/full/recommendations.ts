import { pinningOf } from "../facts/pinning.ts";
import { declaresPermissions, scannersIn } from "../facts/scanners.ts";
import type { Tree } from "../tree.ts";
import type { Action, FindingFacts, RegisterEntry, SoftFailFacts } from "../types.ts";
import { baseName, count, listed, named, unique } from "../words.ts";

interface Given {
  readonly tree: Tree;
  readonly findings: readonly FindingFacts[];
  readonly softFails: readonly SoftFailFacts[];
  readonly register: readonly RegisterEntry[];
}

type Draft = Omit<Action, "number">;

/** What to do next, most urgent first; only what the facts call for. */
export function recommendationsOf(given: Given): readonly Action[] {
  const drafts = [
    nameThem(given),
    fixThem(given, ["critical", "high"]),
    fixThem(given, ["medium", "low"]),
    decide(given),
    decideAgain(given),
    mendUnread(given),
    explain(given),
    gate(given),
    pin(given),
    keepCurrent(given),
    declare(given),
    scanForWeakness(given),
  ];
  return drafts.filter((draft) => draft !== undefined).map((draft, index) => ({ number: index + 1, ...draft }));
}

function nameThem({ findings }: Given): Draft | undefined {
  const loose = findings.filter(({ state, id }) => state === "open" && id === null);
  if (loose.length === 0) return undefined;
  return {
    task: `Give ${count(loose.length, "open finding")} an id, so that each can be fixed, accepted or put off by name`,
    category: "register",
    acceptance: "`ci-fix register` lists every open finding",
    risk: "low",
    size: "1 file",
    command: "ci-fix register update",
  };
}

function fixThem({ findings }: Given, severities: readonly string[]): Draft | undefined {
  const open = findings.filter(({ state, severity }) => state === "open" && severities.includes(severity));
  if (open.length === 0) return undefined;
  const ids = unique(open.flatMap(({ id }) => id ?? []));
  const classes = unique(open.map((finding) => finding.class));
  return {
    task: `Fix ${count(open.length, "finding")} of severity ${severities.filter((each) => open.some(({ severity }) => severity === each)).join(" and ")}: ${listed(classes.map(named))}`,
    category: "ci",
    acceptance: "each proof says that it bites, or that nothing changes; `ci-fix scan` shows none of them",
    risk: severities.includes("high") ? "medium" : "low",
    size: places(open),
    command:
      ids.length > 0 && ids.length <= 8
        ? `ci-fix --risk ${ids.join(",")} --commit`
        : "ci-fix --all --include-review --commit",
  };
}

function decide({ findings }: Given): Draft | undefined {
  const left = findings.filter(({ state }) => state === "person");
  if (left.length === 0) return undefined;
  const files = unique(left.map(({ file }) => file));
  return {
    task: `Decide on ${count(left.length, "finding")} that no program can settle, in ${listed(
      files.map((file) => named(baseName(file))),
      3,
    )}`,
    category: "ci",
    acceptance: "each is repaired by hand, or accepted in the register with a reason",
    risk: "medium",
    size: places(left),
    command: "ci-fix scan --verbose",
  };
}

function decideAgain({ register }: Given): Draft | undefined {
  const expired = register.filter(({ status }) => status === "expired");
  if (expired.length === 0) return undefined;
  return {
    task: `Decide again on ${listed(expired.map(({ id }) => id))}: the acceptance has expired`,
    category: "register",
    acceptance: "no entry of the register is expired",
    risk: "low",
    size: count(expired.length, "entry", "entries"),
    command: "ci-fix register",
  };
}

function mendUnread({ tree: { errors } }: Given): Draft | undefined {
  if (errors.length === 0) return undefined;
  return {
    task: `Mend ${count(errors.length, "CI file")} that cannot be read: ${listed(
      errors.map(({ file }) => named(baseName(file))),
      3,
    )}`,
    category: "ci",
    acceptance: "`ci-fix scan` prints no warning",
    risk: "low",
    size: count(errors.length, "file"),
    command: "ci-fix scan",
  };
}

function explain({ softFails }: Given): Draft | undefined {
  const silent = softFails.filter(
    ({ judgement, because }) => judgement === "legitimate" && !because.startsWith("its reason is written"),
  );
  if (silent.length === 0) return undefined;
  return {
    task: `Write down why ${count(silent.length, "soft-fail")} may stay: the files show it, and no comment says it`,
    category: "docs",
    acceptance: "a comment with the reason stands above each",
    risk: "low",
    size: places(silent),
    command: "",
  };
}

/** The gate that keeps an invariant from eroding again. */
function gate({ tree }: Given): Draft | undefined {
  const texts = [...tree.contents]
    .filter(([path]) => path.includes("workflows/"))
    .map(([, bytes]) => Buffer.from(bytes).toString("utf8"));
  if (texts.some((text) => /\bci-fix(?:\.mjs)?\b/u.test(text))) return undefined;
  return {
    task: "Run `ci-fix check` for each change, and require a reason for every new soft-fail",
    category: "ci",
    acceptance: "a pull request that adds a soft-fail without a reason is red",
    risk: "low",
    size: "1 new workflow",
    command: "ci-fix check",
  };
}

function pin({ tree }: Given): Draft | undefined {
  const { uses, commit, tag, floating } = pinningOf([...tree.workflows.values()]);
  if (uses === commit) return undefined;
  return {
    task: `Pin ${count(tag + floating, "use")} of actions to full commits: ${count(tag, "use")} of a tag, ${floating} of a branch or of nothing`,
    category: "security",
    acceptance: `${uses} of ${uses} uses name a full commit (${commit} today)`,
    risk: "low",
    size: count(tag + floating, "place"),
    command: "",
  };
}

const UPDATERS = [
  ".github/dependabot.yml",
  ".github/dependabot.yaml",
  "renovate.json",
  "renovate.json5",
  ".renovaterc",
  ".renovaterc.json",
  ".github/renovate.json",
  ".github/renovate.json5",
];

function keepCurrent({ tree: { paths } }: Given): Draft | undefined {
  if (paths === undefined || UPDATERS.some((path) => paths.has(path))) return undefined;
  return {
    task: "Keep the pinned actions up to date: no configuration of an updater is in the repository",
    category: "security",
    acceptance: "`.github/dependabot.yml` names the ecosystem github-actions, or another updater does",
    risk: "low",
    size: "1 new file",
    command: "",
  };
}

function declare({ tree }: Given): Draft | undefined {
  const workflows = [...tree.workflows.values()].filter(({ kind }) => kind === "workflow");
  const without = workflows.filter((workflow) => !declaresPermissions(workflow));
  if (without.length === 0) return undefined;
  return {
    task: `Declare the permissions of ${count(without.length, "workflow")}: ${listed(
      without.map(({ file }) => named(baseName(file.path))),
      3,
    )}`,
    category: "security",
    acceptance: "each workflow names the permissions that it needs, `contents: read` to start with",
    risk: "medium",
    size: count(without.length, "file"),
    command: "",
  };
}

function scanForWeakness({ tree }: Given): Draft | undefined {
  const scanners = scannersIn([...tree.workflows.values()]);
  if (scanners.some(({ runs }) => runs)) return undefined;
  return {
    task:
      scanners.length === 0
        ? "Scan the code and its dependencies: no workflow does"
        : "Let a security scan run again: all of them are switched off",
    category: "security",
    acceptance: "a scan runs for each change or each week, and its failure is seen",
    risk: "low",
    size: "1 workflow",
    command: "",
  };
}

function places(of: readonly { readonly file: string }[]): string {
  return `${count(of.length, "place")} in ${count(new Set(of.map(({ file }) => file)).size, "file")}`;
}
