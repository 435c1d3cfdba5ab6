import type { HelpPage } from "./help.ts";

/** The commands of the first level. */
export const COMMANDS: readonly string[] = [
  "scan",
  "check",
  "register",
  "rollback",
  "prove",
  "audit",
  "batch",
  "worker",
  "explain",
  "init",
  "lsp",
  "completion",
];

const DONE = [0, "nothing to do, or all that was asked for is done"] as const;
const USAGE = [2, "the command line is wrong"] as const;
const FAILED = [3, "something failed"] as const;

const SCAN_EXITS = [
  DONE,
  [1, "risks were found, or a CI file could not be read"],
  USAGE,
  FAILED,
  [4, "refused: a file with changes of yours, a conflict, a risk that cannot be fixed exactly"],
] as const;

/** Short enough for one screen: what is left out stands on the page of `scan`. */
export const MAIN_PAGE: HelpPage = {
  usage: [],
  examples: [
    ["ci-fix [paths…]", "what fails here without anyone seeing it?"],
    ["ci-fix register update", "give the findings ids: M03-R01, M03-R02, …"],
    ["ci-fix --risk M03-R04", "look at one fix; nothing is written"],
    ["ci-fix --risk M03-R04 --commit", "land it as one commit"],
  ],
  exits: "0 all done · 1 risks found · 2 wrong usage · 3 failed · 4 refused",
  elsewhere: {
    groups: ["How a commit is made", "Report"],
    where: "More (--format, --fail-on, …): ci-fix scan --help. Your shell: ci-fix completion",
  },
};

export const SCAN_PAGE: HelpPage = {
  usage: ["scan [paths…] [options]"],
  examples: [
    ["ci-fix scan .github/workflows/release.yml", "one file"],
    ["ci-fix scan --format json | jq '.findings[].class'", "for another program"],
    ["ci-fix scan --format sarif > ci-fix.sarif", "for code scanning"],
    ["ci-fix scan --fail-on high", "exit 1 only for what is high or critical"],
    ["ci-fix scan --all --include-review --patch | git apply", "all fixes, as a patch"],
  ],
  exits: SCAN_EXITS,
};

export const REGISTER_PAGE: HelpPage = {
  usage: [
    "register [show]",
    "register update [options]",
    "register accept ID --reason TEXT [options]",
    "register defer ID --until TEXT [options]",
  ],
  examples: [
    ["ci-fix register", "the risks of this repository and where they stand"],
    ["ci-fix register update --milestone M04", "new findings become M04-R01, M04-R02, …"],
  ],
  exits: [DONE, USAGE, FAILED],
};

export const SHOW_PAGE: HelpPage = {
  usage: ["register show"],
  examples: [["ci-fix register show", "the risks of this repository and where they stand"]],
  exits: [DONE, USAGE, FAILED],
};

export const UPDATE_PAGE: HelpPage = {
  usage: ["register update [options]"],
  examples: [
    ["ci-fix register update", "ids for what is new; what is gone is marked fixed"],
    ["ci-fix register update --milestone M04", "the new ids start with M04"],
  ],
  exits: [DONE, USAGE, FAILED],
};

export const ACCEPT_PAGE: HelpPage = {
  usage: ["register accept ID --reason TEXT [options]"],
  examples: [
    ['ci-fix register accept M03-R07 --reason "suggestions only, by design"', "say why it is all right"],
    ['ci-fix register accept M03-R06 --reason "upload only" --expires 2027-03-01', "… for a year"],
  ],
  exits: [DONE, USAGE, FAILED],
};

export const DEFER_PAGE: HelpPage = {
  usage: ["register defer ID --until TEXT [options]"],
  examples: [
    [
      'ci-fix register defer M03-R03 --until "executorch builds with clang 18"',
      "say what must be seen before it is closed",
    ],
  ],
  exits: [DONE, USAGE, FAILED],
};

export const ROLLBACK_PAGE: HelpPage = {
  usage: ["rollback ID[,ID…] [--commit]"],
  examples: [
    ["ci-fix rollback M03-R04", "look at the diff that takes it back; nothing is written"],
    ["ci-fix rollback M03-R04 --commit", "take it back in a new commit"],
    ["ci-fix rollback M03-R01,M03-R05 --commit", "two at once, one commit each"],
  ],
  exits: [DONE, USAGE, FAILED, [4, "refused: the place was changed since, or nothing landed under that id"]],
};

export const CHECK_PAGE: HelpPage = {
  usage: ["check [--base REV] [options]"],
  examples: [
    ["ci-fix check", "does this branch add a silent failure?"],
    ["ci-fix check --base origin/release --format github", "in CI, with annotations"],
  ],
  exits: [
    [0, "nothing new fails silently"],
    [1, "something new does, an exception has expired, or a CI file cannot be read any more"],
    USAGE,
    FAILED,
    [4, "refused: there is no commit to compare with"],
  ],
};

export const PROVE_PAGE: HelpPage = {
  usage: ["prove ID[,ID…] [options]", "prove --check CERTIFICATE BEFORE AFTER"],
  examples: [
    ["ci-fix prove M03-R04", "the cases in which a run ends differently, and that none is weaker"],
    ["ci-fix prove M03-R05 --repository me/fork", "is it seen on a fork?"],
    ["ci-fix prove M03-R04 --format json > proof.json", "the certificates, for a record"],
    ["ci-fix prove M03-R04 --replay", "see it fail: its script in bash, every program a stub"],
    ["ci-fix prove --check proof.json old.yml new.yml", "verify one again, case by case"],
  ],
  exits: [
    DONE,
    USAGE,
    [3, "the certificate does not hold, a replay differs, or something failed"],
    [4, "refused: it cannot be fixed"],
  ],
};

export const AUDIT_PAGE: HelpPage = {
  usage: ["audit [options]", "audit --milestone M04 --base REV [options]"],
  examples: [
    ["ci-fix audit > audit.md", "all of CI: inventory, soft-fails, register, what to do"],
    ["ci-fix audit --milestone M04 --base origin/main", "what a milestone changed, with its proofs"],
    ["ci-fix audit --base v1.2 --format json --out audit.json", "for another program"],
  ],
  exits: [
    [0, "the audit was made, whatever it says"],
    USAGE,
    FAILED,
    [4, "refused: there is no such commit, or no repository"],
  ],
};

export const EXPLAIN_PAGE: HelpPage = {
  usage: ["explain [CLASS]"],
  examples: [
    ["ci-fix explain", "the classes there are"],
    ["ci-fix explain soft-fail-step", "what it is, why it is a risk, what the fix does"],
  ],
  exits: [DONE, USAGE],
};

export const INIT_PAGE: HelpPage = {
  usage: ["init [--print]"],
  examples: [
    ["ci-fix init", "write .ci-fix.yml, with comments for what is yours to decide"],
    ["ci-fix init --print", "look at it first"],
  ],
  exits: [DONE, USAGE, FAILED, [4, "refused: there is a policy already; it is never overwritten"]],
};

export const LSP_PAGE: HelpPage = {
  usage: ["lsp"],
  examples: [["ci-fix lsp", "what an editor starts; docs/editors.md tells how"]],
  exits: [[0, "the editor is done"], USAGE, [1, "the editor hung up without saying so"]],
};

export const COMPLETION_PAGE: HelpPage = {
  usage: ["completion bash|zsh|fish|powershell"],
  examples: [
    ['eval "$(ci-fix completion bash)"', "in .bashrc; for zsh the same in .zshrc"],
    ["ci-fix completion fish | source", "in config.fish"],
    ["ci-fix completion powershell | Out-String | Invoke-Expression", "in $PROFILE"],
  ],
  exits: [DONE, USAGE],
};

export const COMPLETE_PAGE: HelpPage = {
  usage: ["complete -- WORDS…"],
  examples: [["ci-fix complete -- register up", "each candidate with what it is; then :files, :folders or :none"]],
  exits: [DONE, USAGE],
};
