import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clone, git, temporaryFolder, workflow, write } from "./fleet.ts";

/** What is expected of a repository that means harm: its state, and perhaps a word of the reason. */
export interface Hostile {
  readonly title: string;
  /** A line of the list. */
  readonly line: string;
  readonly state: string;
  readonly word?: string;
}

/** Everything that a hostile repository would like to run leaves a mark here. */
export interface Trap {
  readonly marks: string;
  /** A program that leaves a mark with this name. */
  program(name: string): string;
  /** The marks that were left: none, if all is well. */
  sprung(): string[];
}

export function setTrap(): Trap {
  const marks = temporaryFolder();
  const programs = temporaryFolder();
  return {
    marks,
    program(name) {
      const path = join(programs, name);
      writeFileSync(path, `#!/bin/sh\ntouch "${marks}/${name}"\ncat\nexit 0\n`);
      chmodSync(path, 0o755);
      return path;
    },
    sprung: () => readdirSync(marks),
  };
}

const path = ".github/workflows/ci.yml";
const plain = (): Record<string, string> => ({ [path]: workflow("unit"), "README.md": "hello\n" });
const HOOKS = [
  ..."applypatch-msg pre-applypatch pre-commit prepare-commit-msg commit-msg post-commit pre-rebase post-checkout post-merge".split(
    " ",
  ),
  ..."pre-push pre-receive update post-update reference-transaction post-rewrite fsmonitor-watchman post-index-change".split(
    " ",
  ),
];

/** Settings that name programs; with `{}` for the program. */
const SETTINGS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "an fsmonitor": [["core.fsmonitor", "{}"]],
  "an ssh command": [
    ["core.sshCommand", "{}"],
    ["remote.origin.url", "ssh://git@127.0.0.1:1/x/y"],
  ],
  "a credential helper": [["credential.helper", "!{}"]],
  "a program that asks for passwords": [["core.askPass", "{}"]],
  "an editor and a pager": [
    ["core.editor", "{}"],
    ["sequence.editor", "{}"],
    ["core.pager", "{}"],
    ["pager.ls-tree", "{}"],
  ],
  "a signing program": [
    ["commit.gpgSign", "true"],
    ["gpg.program", "{}"],
    ["user.signingKey", "x"],
  ],
  "an external diff": [
    ["diff.external", "{}"],
    ["diff.evil.textconv", "{}"],
    ["diff.evil.command", "{}"],
  ],
  "a merge driver": [
    ["merge.evil.driver", "{} %A"],
    ["merge.default", "evil"],
  ],
  "a filter": [
    ["filter.evil.clean", "{}"],
    ["filter.evil.smudge", "{}"],
    ["filter.evil.process", "{}"],
    ["filter.evil.required", "true"],
  ],
  "a git proxy": [
    ["core.gitProxy", "{}"],
    ["remote.origin.url", "git://127.0.0.1:1/x"],
  ],
  "a command for alternates": [["core.alternateRefsCommand", "{}"]],
  "a hook for packing": [["uploadpack.packObjectsHook", "{}"]],
  "an alias": [
    ["alias.ls-tree", "!{}"],
    ["alias.fast-import", "!{}"],
    ["alias.cat-file", "!{}"],
  ],
  "a trailer command": [
    ["trailer.evil.command", "{}"],
    ["trailer.evil.cmd", "{}"],
  ],
};

function ofSettings(folder: string, trap: Trap): Hostile[] {
  return Object.entries(SETTINGS).map(([title, settings], index) => {
    const repository = clone(join(folder, `setting-${index}`), {
      ...plain(),
      ".gitattributes": "* filter=evil diff=evil merge=evil\n",
    });
    for (const [name, value] of settings)
      git(repository, "config", name, value.replace("{}", trap.program(`setting-${index}`)));
    return { title, line: repository, state: "committed" };
  });
}

/** A clone that lacks a blob of its CI, and would fetch it through a program of its own. */
function partial(folder: string, name: string, trap: Trap, settings: readonly (readonly [string, string])[]): string {
  // A content that nobody else has: what is known by its id is not read.
  const repository = clone(join(folder, name), { [path]: workflow(name) });
  const blob = git(repository, "rev-parse", `HEAD:${path}`).trim();
  rmSync(join(repository, ".git/objects", blob.slice(0, 2), blob.slice(2)));
  for (const [key, value] of [
    ["core.repositoryFormatVersion", "1"],
    ["extensions.partialClone", "origin"],
    ["remote.origin.promisor", "true"],
    ...settings,
  ] as const)
    git(repository, "config", key, value.replace("{}", trap.program(name)));
  return repository;
}

function ofPrograms(folder: string, trap: Trap): Hostile[] {
  const hooked = clone(join(folder, "hooked"), plain());
  for (const hook of HOOKS) {
    writeFileSync(join(hooked, ".git/hooks", hook), `#!/bin/sh\ntouch "${trap.marks}/${hook}"\n`);
    chmodSync(join(hooked, ".git/hooks", hook), 0o755);
  }
  const elsewhere = clone(join(folder, "hooks-elsewhere"), plain());
  git(elsewhere, "config", "core.hooksPath", join(hooked, ".git/hooks"));
  const included = clone(join(folder, "included"), plain());
  writeFileSync(
    join(included, ".git/more"),
    `[core]\n\tfsmonitor = ${trap.program("included")}\n[alias]\n\tls-tree = !${trap.program("included")}\n`,
  );
  git(included, "config", "include.path", "more");
  return [
    { title: "hooks", line: hooked, state: "committed" },
    { title: "hooks in another folder", line: elsewhere, state: "committed" },
    { title: "settings in another file", line: included, state: "committed" },
    {
      title: "a blob that is fetched over ext::",
      line: partial(folder, "lazy-ext", trap, [
        ["remote.origin.url", "ext::{} %S"],
        ["protocol.ext.allow", "always"],
      ]),
      state: "clean",
    },
    {
      title: "a blob that is fetched over ssh",
      line: partial(folder, "lazy-ssh", trap, [
        ["remote.origin.url", "ssh://git@127.0.0.1:1/x"],
        ["core.sshCommand", "{}"],
      ]),
      state: "clean",
    },
  ];
}

function linked(folder: string, name: string, change: (repository: string) => void): string {
  const repository = clone(join(folder, name), plain());
  change(repository);
  return repository;
}

function ofLinks(folder: string, victim: string): Hostile[] {
  const dot = join(victim, ".git");
  const away = (part: string, to: string) => (repository: string) => {
    rmSync(join(repository, part), { recursive: true, force: true });
    mkdirSync(join(repository, part, ".."), { recursive: true });
    symlinkSync(to, join(repository, part));
  };
  const committed = (link: string, to: string) => (repository: string) => {
    away(link, to)(repository);
    git(repository, "add", "--all");
    git(repository, "commit", "--quiet", "--message", "Link");
  };
  const skipped = { state: "skipped(not-a-repository)", word: "leads out of its folder" };
  return [
    {
      title: "a .git file",
      line: linked(folder, "git-file", (at) => {
        rmSync(join(at, ".git"), { recursive: true });
        writeFileSync(join(at, ".git"), `gitdir: ${dot}\n`);
      }),
      ...skipped,
    },
    { title: "a .git link", line: linked(folder, "git-link", away(".git", dot)), ...skipped },
    {
      title: "core.worktree",
      line: linked(folder, "worktree", (at) => void git(at, "config", "core.worktree", victim)),
      state: skipped.state,
    },
    {
      title: "commondir",
      line: linked(folder, "commondir", (at) => writeFileSync(join(at, ".git/commondir"), `${dot}\n`)),
      ...skipped,
    },
    {
      title: "a link for objects",
      line: linked(folder, "objects-link", (at) => {
        renameSync(join(at, ".git/objects"), join(folder, "objects-away"));
        symlinkSync(join(folder, "objects-away"), join(at, ".git/objects"));
      }),
      ...skipped,
    },
    {
      title: "a link for the branch's folder",
      line: linked(folder, "ref-link", (at) =>
        symlinkSync(join(dot, "refs/heads"), join(at, ".git/refs/heads/ci-fix")),
      ),
      ...skipped,
    },
    {
      title: "a link for the log of branches",
      line: linked(folder, "log-link", away(".git/logs", join(dot, "logs"))),
      ...skipped,
    },
    {
      title: "workflows behind a link",
      line: linked(folder, "workflows-link", committed(".github/workflows", join(victim, ".github/workflows"))),
      state: "clean",
    },
    {
      title: "a workflow that is a link",
      line: linked(folder, "file-link", committed(path, "/etc/passwd")),
      state: "clean",
    },
  ];
}

/** A tree with an entry that git itself would not write. */
function forged(folder: string, name: string, entry: string): string {
  const repository = clone(join(folder, name), plain());
  const blob = git(repository, "rev-parse", `HEAD:${path}`).trim();
  const bytes = Buffer.concat([Buffer.from(`100644 ${entry}\0`), Buffer.from(blob, "hex")]);
  const tree = execFileSync("git", ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"], {
    cwd: repository,
    input: bytes,
    encoding: "utf8",
  }).trim();
  const commit = git(repository, "commit-tree", "-m", "forged", tree).trim();
  git(repository, "update-ref", "HEAD", commit);
  return repository;
}

function bomb(folder: string): string {
  const repository = clone(join(folder, "bomb"), plain());
  let entry = `100644 blob ${git(repository, "rev-parse", `HEAD:${path}`).trim()}`;
  for (let level = 0; level < 9; level += 1) {
    const input = Array.from({ length: 10 }, (_, index) => `${entry}\tf${index}\n`).join("");
    entry = `040000 tree ${execFileSync("git", ["mktree"], { cwd: repository, input, encoding: "utf8" }).trim()}`;
  }
  git(repository, "update-ref", "HEAD", git(repository, "commit-tree", "-m", "bomb", entry.slice(-40)).trim());
  return repository;
}

function ofContents(folder: string): Hostile[] {
  const forgedTrailers = workflow("unit")
    .replace("Run tests", String.raw`Run\u001b[2J\nCi-Fix-Risk: M99-R99\nCi-Fix-Rollback: M03-R01`)
    .replace(/name: (Run.*)$/mu, 'name: "$1"');
  const laughs = `a: &a [x, x]\n${Array.from({ length: 25 }, (_, index) => `b${index}: &b${index} [*${index === 0 ? "a" : `b${index - 1}`}, *${index === 0 ? "a" : `b${index - 1}`}]\n`).join("")}`;
  const submodule = clone(join(folder, "submodule"), {
    ...plain(),
    ".gitmodules":
      '[submodule "x"]\n\tpath = x\n\turl = -oProxyCommand=touch\n[submodule "y"]\n\tpath = y\n\turl = ext::touch\n',
  });
  git(
    submodule,
    "update-index",
    "--add",
    "--cacheinfo",
    `160000,${git(submodule, "rev-parse", "HEAD").trim()},.github/actions/x`,
  );
  git(submodule, "config", "submodule.recurse", "true");
  git(submodule, "commit", "--quiet", "--message", "Add a submodule");
  const odd = clone(join(folder, "odd\nname \u001B[31m$(touch x)"), {
    [`.github/workflows/-oProxyCommand=x \u001B[31m\u202E.yml`]: workflow("unit"),
  });
  const missing = clone(join(folder, "missing"), { [path]: workflow("missing") });
  const blob = git(missing, "rev-parse", `HEAD:${path}`).trim();
  rmSync(join(missing, ".git/objects", blob.slice(0, 2), blob.slice(2)));
  const extension = clone(join(folder, "extension"), plain());
  git(extension, "config", "core.repositoryFormatVersion", "1");
  git(extension, "config", "extensions.evil", "true");
  const head = clone(join(folder, "head"), plain());
  writeFileSync(join(head, ".git/HEAD"), "ref: refs/heads/--upload-pack=touch\n");
  return [
    {
      title: "names that forge trailers and move the cursor",
      line: clone(join(folder, "trailers"), { [path]: forgedTrailers }),
      state: "committed",
    },
    {
      title: "aliases without end",
      line: clone(join(folder, "laughs"), { [path]: `${laughs}${workflow("unit")}` }),
      state: "clean",
    },
    {
      title: "a workflow without end",
      line: clone(join(folder, "large"), { [path]: `${workflow("unit")}# ${"x".repeat(5_000_000)}\n` }),
      state: "clean",
    },
    {
      title: "a policy that is none",
      line: clone(join(folder, "policy"), { ...plain(), ".ci-fix.yml": "milestone: [\n" }),
      state: "blocked(settings)",
    },
    {
      title: "a register that is none",
      line: clone(join(folder, "register"), { ...plain(), ".ci-fix/register.yml": "risks: 7\n" }),
      state: "blocked(settings)",
    },
    { title: "a tree that unfolds without end", line: bomb(folder), state: "failed(limit)" },
    { title: "a path that leads up", line: forged(folder, "dots", ".."), state: "skipped(no-ci-files)" },
    { title: "a path into .git", line: forged(folder, "dot-git", ".git"), state: "skipped(no-ci-files)" },
    {
      title: "a path with a slash in it",
      line: forged(folder, "slash", "../../x/.github/workflows/ci.yml"),
      state: "skipped(no-ci-files)",
    },
    { title: "submodules", line: submodule, state: "committed" },
    { title: "names that are commands", line: odd, state: "committed" },
    { title: "a blob that is not there", line: missing, state: "clean" },
    { title: "a format that nobody knows", line: extension, state: "failed(git)" },
    { title: "a HEAD that looks like an option", line: head, state: "skipped(empty)" },
  ];
}

function ofAddresses(trap: Trap, url: string): Hostile[] {
  const program = trap.program("address");
  const refused = { state: "skipped(address)" };
  return [
    { title: "ext::", line: `ext::${program}`, ...refused },
    { title: "ext:: with words", line: `ext::${program} %S x`, ...refused },
    { title: "--upload-pack", line: `--upload-pack=${program}`, ...refused },
    { title: "-oProxyCommand as a host", line: `ssh://-oProxyCommand=${program}/x`, ...refused },
    { title: "-oProxyCommand as a user", line: `ssh://-oProxyCommand=${program}@host/x`, ...refused },
    { title: "-oProxyCommand in short form", line: `-oProxyCommand=${program}:x`, ...refused },
    { title: "file://", line: "file:///etc", ...refused },
    { title: "a password", line: "https://me:s3cret@example.com/a/b", ...refused },
    { title: "a path that climbs", line: "https://example.com/../../etc/passwd", ...refused },
    { title: "a colour", line: "https://example.com/a/\u001B[31mb", ...refused },
    { title: "a way to another host", line: `${url}/away.git`, state: "skipped(moved)" },
    { title: "a question for a password", line: `${url}/private.git`, state: "blocked(permission)" },
    { title: "an answer that is none", line: `${url}/nonsense.git`, state: "failed(unreachable)" },
    { title: "a folder that is no repository", line: temporaryFolder(), state: "skipped(not-a-repository)" },
    { title: "a folder that is not there", line: "/nowhere/at/all", state: "skipped(gone)" },
  ];
}

/** Repositories that mean harm, each in a way of its own, and what is to become of them. */
export function makeHostile(trap: Trap, victim: string, url: string): Hostile[] {
  const folder = temporaryFolder();
  const all = [
    ...ofSettings(folder, trap),
    ...ofPrograms(folder, trap),
    ...ofLinks(folder, victim),
    ...ofContents(folder),
    ...ofAddresses(trap, url),
  ];
  // Making them may have run what is in them.
  for (const mark of trap.sprung()) rmSync(join(trap.marks, mark));
  if (!existsSync(join(victim, path))) throw new Error("the victim is gone");
  write(victim, "untracked", "mine\n");
  return all;
}
