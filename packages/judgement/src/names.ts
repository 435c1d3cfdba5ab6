import type { Kind } from "./kind.ts";

/** One meaning of words in names of steps, jobs, tasks, scripts and local actions. */
interface NameRow {
  readonly kind: Kind;
  readonly what: string;
  /** The same as a clause: "its name says …". */
  readonly says: string;
  readonly pattern: RegExp;
}

const word = (alternatives: string): RegExp => new RegExp(`(?:^|[^a-z])(?:${alternatives})(?![a-z])`, "u");
const first = (alternatives: string): RegExp =>
  new RegExp(`^(?:(?:re)?run |do |maybe |try to |try )?(?:${alternatives})(?![a-z])`, "u");

/** First match wins. The leading verb tells more than a word in the middle: "Upload test results" is an upload. */
const rows: readonly NameRow[] = [
  {
    kind: "unknown",
    what: "a question",
    says: "that it asks",
    pattern: /^(?:check|test|verify|see|determine|detect) (?:if|whether|for|which|what|when)\b/u,
  },
  {
    kind: "best-effort",
    what: "an upload, a report or a clean-up",
    says: "that it uploads, reports or cleans up",
    pattern: first(
      "upload|download|store|save|restore|archive|collect|display|show|print|dump|list|log|notify|notification|ping|comment|post|report|send|submit|summari[sz]e|summary|annotate|label|add label|clean|cleanup|clear|delete|remove|stop|shutdown|tear ?down|destroy|free|debug|diagnose|cache|capture|record|inspect|info|merge reports?|publish (?:\\S+ )?(?:test|junit|coverage|report|unit)[\\w ]*(?:results?|reports?)?|coverage|codecov|coveralls|output|kill|prune|copy logs|export logs|get logs|rm",
    ),
  },
  {
    kind: "best-effort",
    what: "an upload, a report or a clean-up",
    says: "that it uploads, reports or cleans up",
    pattern: word(
      "artifacts?|caches?|caching|coverage|codecov|coveralls|comments?|labels?|labeler|slack|discord|telegram|teams|notify|notifications?|telemetry|metrics|summary|clean-?up|tear-?down|badges?|diagnostics?|logs|sarif|sbom|(?:test|junit) (?:report|results?|reports|summary)|stats|statistics|sccache|ccache|dashboard",
    ),
  },
  {
    kind: "prepare",
    what: "preparation",
    says: "that it prepares",
    pattern: first(
      "install|set-? ?up|setup|prepare|configure|config|checkout|check out|clone|fetch|get|find|log ?in|login|initiali[sz]e|init|create|enable|determine|detect|wait|start|launch|pull|add|deps|dependencies|import|load|use|allow|grant|set|bootstrap|provision|extract|unpack|move|copy|make room|warm|inject",
    ),
  },
  {
    kind: "advisory",
    what: "advisory by nature",
    says: "that it is advisory",
    pattern: word(
      "audit|audits|advisory|advisories|vulnerabilit(?:y|ies)|outdated|link-? ?check\\w*|linkcheck|broken links|benchmarks?|bench|fuzz|fuzzing|fuzzer|nightly|canary|experimental|preview|beta|optional|informational|non-? ?blocking|allowed? (?:to )?(?:fail|failures?)|unstable|upstream-? ?dev|lighthouse|scorecards?|size-? ?limit|bundle-? ?size|binary-? ?size|bloat",
    ),
  },
  {
    kind: "critical",
    what: "a task that tests, checks or builds",
    says: "that it tests, checks, builds or delivers",
    pattern: word(
      "tests?|testing|test-?suites?|specs?|lint|linter|linters|linting|checks?|checker|build|builds|building|compile|compilation|type-? ?check(?:s|ing)?|types|tsc|verify|verification|validate|validation|e2e|clippy|pytest|mypy|eslint|jest|vitest|format|formatting|fmt|clang-format|unittests?|unit|integration|smoke|acceptance|conformance|regression|deploy|deployment|publish|release|migrate|migrations?|ci|vet|static analysis|typecheck|doctests?|sanitizers?",
    ),
  },
];

/** What a name says, if it says anything. Names only break ties: ask them last. */
export function kindOfName(name: string | undefined): NameRow | undefined {
  if (name === undefined) return undefined;
  const plain = plainName(name);
  const row = rows.find(({ pattern }) => pattern.test(plain));
  return row?.kind === "unknown" ? undefined : row;
}

const declared =
  /\b(?:non-? ?blocking|non-? ?fatal|advisory|informational|optional|(?:allowed|ok|okay) to fail|allow failures?|may fail|best effort|warn(?:ing)? only|report only|soft fail|experimental)\b/u;

/** The words with which a name says itself that a failure does not count: "Lint (non-blocking)". */
export function declaredSoft(name: string | undefined): string | undefined {
  return name === undefined ? undefined : declared.exec(plainName(name))?.[0];
}

/** True for names of units that are expected to be red at times: nightly toolchains, audits, experiments. */
export function isAdvisoryName(name: string | undefined): boolean {
  return name !== undefined && (rows.find(({ kind }) => kind === "advisory")?.pattern.test(plainName(name)) ?? false);
}

function plainName(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .replace(/\$\{\{.*?\}\}/gsu, "")
    .replace(/[_/:.]+/gu, " ")
    .replace(/(?<=\w)-(?=\w)/gu, " ")
    .replace(/[^a-z0-9 ()-]+/gu, " ")
    .replace(/\s+/gu, " ")
    .replace(/^[^a-z0-9]+/u, "")
    .trim();
}
