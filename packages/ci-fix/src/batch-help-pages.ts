import type { HelpPage } from "./help.ts";

const EXITS = [
  [0, "nothing to do, or all that was asked for is done"],
  [2, "the command line is wrong"],
  [3, "some repositories failed, or something else did: ci-fix batch status --only failed"],
  [4, "none failed, but some were blocked: a permission, a rule, a branch with commits of others"],
] as const;

export const BATCH_PAGE: HelpPage = {
  usage: ["batch COMMAND [options]"],
  examples: [
    ["ci-fix batch plan --repos repos.txt", "scan the repositories of a list; nothing is written"],
    ["ci-fix batch preview", "each change once, with the repositories it is made in"],
    ["ci-fix batch apply --push", "one branch a repository, one commit a risk"],
    ["ci-fix batch status --only failed", "what failed, and why"],
    ["ci-fix batch rollback M01-R04 --push", "take one risk back everywhere"],
    ["ci-fix worker", "help with it from another machine: ci-fix worker --help"],
  ],
  exits: "0 all done · 1 risks found · 2 wrong usage · 3 some failed · 4 some blocked",
};

export const BATCH_PLAN_PAGE: HelpPage = {
  usage: ["batch plan [folders…] [--repos FILE] [options]"],
  examples: [
    ["ci-fix batch plan ~/src/*", "clones on the disk"],
    ["ci-fix batch plan --repos - < repos.txt", "paths and addresses, one a line"],
    ["ci-fix batch plan --owner acme --exclude '*-archive'", "an organisation"],
    ["ci-fix batch plan --campaign spring --milestone M03 --repos repos.txt", "under a name of its own"],
    ["ci-fix batch plan", "those of the campaign again"],
  ],
  exits: [EXITS[0], [1, "risks were found and planned, or a CI file could not be read"], ...EXITS.slice(1)],
};

export const BATCH_PREVIEW_PAGE: HelpPage = {
  usage: ["batch preview [--risk ID] [options]"],
  examples: [["ci-fix batch preview --risk M01-R04", "one risk alone"]],
  exits: [EXITS[0], EXITS[1]],
};

export const BATCH_APPLY_PAGE: HelpPage = {
  usage: ["batch apply --commit | --push | --pr [options]"],
  examples: [
    ["ci-fix batch apply --commit", "branches in local clones; nobody else sees them"],
    ["ci-fix batch apply --pr", "a pull request a repository"],
  ],
  exits: EXITS,
};

export const BATCH_STATUS_PAGE: HelpPage = {
  usage: ["batch status [--only STATES] [options]"],
  examples: [
    ["ci-fix batch status --only failed,blocked", "what needs a person"],
    ["ci-fix batch status --format jsonl", "every change of state, for another program"],
    ["ci-fix batch status --refresh --html campaign.html", "with what became of the pull requests, as a page"],
  ],
  exits: EXITS,
};

export const BATCH_RETRY_PAGE: HelpPage = {
  usage: ["batch retry [--blocked] [options]"],
  examples: [
    ["ci-fix batch retry", "what failed, and nothing else"],
    ["ci-fix batch retry --blocked", "also what was blocked, once the permission is there"],
  ],
  exits: EXITS,
};

export const BATCH_ROLLBACK_PAGE: HelpPage = {
  usage: ["batch rollback ID[,ID…] [--commit | --push | --pr] [options]"],
  examples: [
    ["ci-fix batch rollback M01-R04", "where did it land?"],
    ["ci-fix batch rollback M01-R04 --push", "take it back there"],
  ],
  exits: EXITS,
};

export const BATCH_CLOSE_PAGE: HelpPage = {
  usage: ["batch close [--push] [--why TEXT] [options]"],
  examples: [
    ["ci-fix batch close", "what would be closed?"],
    ['ci-fix batch close --push --why "We do this in spring."', "close it"],
  ],
  exits: EXITS,
};

export const WORKER_PAGE: HelpPage = {
  usage: ["worker --database URL [--drain] [options]"],
  examples: [
    ["CI_FIX_DATABASE=postgres://ci@db/ci ci-fix worker", "work until it is stopped"],
    ["ci-fix worker --drain --jobs 16", "work until nothing is left"],
  ],
  exits: [EXITS[0], EXITS[1], [3, "something failed"]],
};
