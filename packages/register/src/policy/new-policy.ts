import { REPOSITORY_NAME } from "./shapes.ts";

/** Words with how often they were seen, the most frequent first. */
export type Tally = readonly (readonly [word: string, times: number])[];

/** What a repository tells about the policy that it could have. */
export interface PolicyFacts {
  readonly milestone: string;
  /** `owner/name`, and where it was seen, as a phrase. */
  readonly upstream: { readonly name: string; readonly seen: string } | undefined;
  /** Jobs that could be required checks. */
  readonly gates: readonly string[];
  /** Open findings by class and by severity. */
  readonly classes: Tally;
  readonly severities: Tally;
  /** Commands that are critical without a word in the policy. */
  readonly critical: Tally;
  /** Commands and actions of which nothing is known. */
  readonly unknownCommands: Tally;
  readonly unknownActions: Tally;
  /** Names of folders that hold material for tests. */
  readonly material: readonly string[];
}

const MOST = 8;
const WIDTH = 100;

const WHAT =
  "How ci-fix judges the CI of this repository. Every key is optional; what is commented out shows what could be said.";

const EXCEPTIONS = [
  ...comment(
    "What may stay as it is. A comment beside the place is better where there is only one; see `ci-fix explain bad-exception`.",
  ),
  "# exceptions:",
  "#   - class: soft-fail-step",
  "#     file: .github/workflows/nightly-*.yml",
  "#     reason: why that is all right",
  '#     owner: "@team"',
  "#     expires: 2027-03-01",
];

const INVARIANTS = [
  ...comment(
    "Promises that `ci-fix check` watches over besides INV-060. These tolerate nothing, old findings neither.",
  ),
  "# invariants:",
  "#   - id: INV-061",
  "#     statement: Whatever releases is built from a run that could fail.",
  "#     classes: [soft-fail-step, soft-fail-job]",
  '#     paths: [".github/workflows/release*.yml"]',
];

/**
 * A policy with what is certain, and with all that a person could decide beside it as comments. It says the same as no policy
 * but for the milestone and the upstream repository. `schema` is where editors find the schema.
 */
export function newPolicy(facts: PolicyFacts, schema: string): string {
  const parts = [
    [`# yaml-language-server: $schema=${schema.replaceAll(/\s/gu, "%20")}`, "#", ...comment(WHAT)],
    [
      ...comment(`New ids begin with it (${facts.milestone}-R01), and notes that a fix leaves behind name it.`),
      `milestone: ${facts.milestone}`,
    ],
    upstreamPart(facts),
    checksPart(facts),
    classesPart(facts),
    filesPart(facts),
    wordsPart(facts),
    EXCEPTIONS,
    INVARIANTS,
    thresholdsPart(facts),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function upstreamPart({ upstream }: PolicyFacts): string[] {
  const what = "The repository that forks stem from, where conditions such as `github.repository == '…'` hold.";
  if (upstream === undefined || !REPOSITORY_NAME.test(upstream.name))
    return [...comment(what), "# upstream: owner/name"];
  return [...comment(`${what} Seen in ${upstream.seen}.`), `upstream: ${scalar(upstream.name)}`];
}

function checksPart({ gates }: PolicyFacts): string[] {
  const seen = gates.length === 0 ? "" : " Jobs here that wait for several others:";
  const names = gates.slice(0, MOST).map(scalar);
  return [
    ...comment(`Ids or names of the jobs whose checks are required to merge. Unknown: files do not tell.${seen}`),
    `# required-checks: [${names.length === 0 ? "all-green" : [...new Set(names)].join(", ")}]`,
  ];
}

function filesPart({ material }: PolicyFacts): string[] {
  const seen = material.length === 0 ? "" : ` Seen here: ${list(material)}, which often hold material for tests.`;
  return [
    ...comment(`CI files to look at, and files to leave out.${seen}`),
    "# paths:",
    '#   - ".github/workflows/*.yml"',
    "# ignore:",
    ...(material.length === 0 ? ["generated"] : material).map((folder) => `#   - "**/${folder}/**"`),
  ];
}

function classesPart({ classes }: PolicyFacts): string[] {
  const open = classes.length === 0 ? "nothing" : classes.map(([name, times]) => `${name} (${times})`).join(", ");
  return [
    ...comment(`Classes that are off, or have another severity; \`ci-fix explain\` lists them. Open here: ${open}.`),
    "# classes:",
    `#   ${classes[0]?.[0] ?? "dead-job"}: medium`,
    "#   unused-exception: off",
  ];
}

function wordsPart({ critical, unknownCommands, unknownActions }: PolicyFacts): string[] {
  const known = critical.slice(0, MOST).map(([word]) => word);
  const commands = unknownCommands.slice(0, MOST).map(([word]) => word);
  const actions = unknownActions.slice(0, MOST).map(([word]) => word);
  const unknown = commands.length + actions.length > 0;
  return [
    ...comment("What must not fail silently, and what may, besides what ci-fix knows."),
    ...(known.length === 0 ? [] : comment(`Critical without a word here: ${list(known)}.`)),
    ...comment(
      unknown
        ? "Of those below it cannot tell: leave each in the list where it belongs."
        : "Words of commands, actions, or names of jobs and steps.",
    ),
    "# critical:",
    ...words("commands", commands.length === 0 ? ["./scripts/verify"] : commands),
    ...words("actions", actions),
    "# best-effort:",
    ...words("actions", actions.length === 0 ? ["acme/notify-action"] : actions),
  ];
}

function words(key: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [`#   ${key}:`, ...texts.map((text) => `#     - ${scalar(text)}`)];
}

function thresholdsPart({ severities }: PolicyFacts): string[] {
  const counts = new Map(severities);
  const open = ["critical", "high", "medium", "low"].map((name) => `#     ${name}: ${counts.get(name) ?? 0}`);
  return [
    ...comment(
      "The severity from which `ci-fix scan` exits with 1, and how many findings may be open before `ci-fix check` fails. These are today's: lower them as you go.",
    ),
    "# thresholds:",
    "#   fail-on: low",
    "#   open:",
    ...open,
  ];
}

/** A text as a YAML scalar on one line: what is plain beyond doubt as it is, all else in double quotes. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z@./][\w@./=-]*(?: [\w@./=-]+)*$/u.test(text) && !/^(?:true|false|null|~|@.*)$/iu.test(text);
  return isPlain ? text : escaped(JSON.stringify(text));
}

function list(texts: readonly string[]): string {
  return texts.map((text) => escaped(text)).join(", ");
}

function escaped(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16);
    return hex.length > 4 ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
  });
}

/** Prose as comment lines. */
function comment(prose: string): string[] {
  const lines = [""];
  for (const word of prose.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + word.length + 3 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.map((line) => `# ${line}`);
}
