/** A program that runs another one, and which of its options take a value of their own. */
interface Wrapper {
  readonly words: readonly string[];
  readonly valued?: string;
  /** Words between its options and the program it runs: a duration, a user, an image. */
  readonly operands?: number;
}

const runner = (text: string, valued = "", operands = 0): Wrapper => ({ words: text.split(" "), valued, operands });

const docker =
  "-e -v -w -u -p -l -h -m --env --env-file --volume --workdir --user --publish --name --network --net --entrypoint --platform --mount --gpus --ipc --shm-size --add-host --cap-add --device --label --hostname --memory --cpus --pull --ulimit --security-opt --link --group-add --tmpfs --runtime --pid --cidfile --restart -f --file --profile --project-name --index";

/** Longest first where two begin alike. */
const wrappers: readonly Wrapper[] = [
  ...[
    "if",
    "then",
    "else",
    "elif",
    "while",
    "until",
    "do",
    "!",
    "{",
    "time",
    "exec",
    "eval",
    "command",
    "builtin",
    "call",
  ].map((word) => runner(word)),
  ...["nohup", "catchsegv", "unbuffer", "travis_retry", "ionice", "start", "winpty", "wine", "dbus-run-session"].map(
    (word) => runner(word),
  ),
  runner("sudo", "-u -g -h -p -C -D -R -T"),
  runner("env", "-u -C -S"),
  runner("cross-env"),
  runner("nice", "-n"),
  runner("stdbuf", "-i -o -e"),
  runner("timeout", "-s -k --signal --kill-after", 1),
  runner("xvfb-run", "-s -e -f -n -p -w --server-args --server-num --auth-file --error-file"),
  runner("retry", "-t -d -n --times --delay --max"),
  runner("taskset", "-c", 1),
  runner("arch", ""),
  runner("gosu", "", 1),
  runner("xargs", "-n -I -P -L -d -a"),
  runner("valgrind"),
  runner("poetry run"),
  runner("pdm run", "-p --project"),
  runner("pipenv run"),
  runner("rye run"),
  runner("hatch run"),
  runner(
    "uv run",
    "--with --extra --group --only-group --no-group --python -p --package --project --directory --env-file --with-requirements --index --cache-dir",
  ),
  runner("uv tool run", "--from --with --python -p"),
  runner("uvx", "--from --with --python -p"),
  runner("pipx run", "--spec --python --pip-args"),
  runner("npm exec", "-p --package -w --workspace"),
  runner("npx", "-p --package -w --workspace"),
  runner("pnpm exec", "-F --filter -C --dir"),
  runner("pnpm dlx", "--package"),
  runner("yarn dlx", "-p --package"),
  runner("yarn exec"),
  runner("bunx"),
  runner("bundle exec", "--gemfile"),
  runner("rbenv exec"),
  runner("pyenv exec"),
  runner("conda run", "-n -p --name --prefix --cwd"),
  runner("mamba run", "-n -p --name --prefix --cwd"),
  runner("micromamba run", "-n -p --name --prefix --cwd"),
  runner("mise exec"),
  runner("mise x"),
  runner("devbox run"),
  runner("direnv exec", "", 1),
  runner("doppler run", "-p -c --project --config"),
  runner("op run", "--env-file"),
  runner("nix develop", "-i --ignore-environment", 0),
  runner("coverage run", "--source --rcfile --omit --include --data-file --context --concurrency"),
  runner("docker run", docker, 1),
  runner("docker exec", docker, 1),
  runner("docker container run", docker, 1),
  runner("docker compose run", docker, 1),
  runner("docker compose exec", docker, 1),
  runner("docker-compose run", docker, 1),
  runner("docker-compose exec", docker, 1),
  runner("podman run", docker, 1),
  runner("podman exec", docker, 1),
];

/** By their first word: each command asks for its own alone. */
const byProgram = new Map<string, readonly Wrapper[]>();
for (const wrapper of wrappers) {
  const program = wrapper.words[0] ?? "";
  byProgram.set(program, [...(byProgram.get(program) ?? []), wrapper]);
}

const assignment = /^[A-Za-z_][\w.-]*\+?=/u;
const shells = /^(?:ba|z|da|k)?sh$|^su$|^script$/u;

/** The words of the program that really runs: without keywords, variables before it, and programs that only run it. */
export function unwrapped(command: readonly string[]): readonly string[] {
  let words = command;
  for (let rounds = 0; rounds < 20; rounds += 1) {
    const next = unwrappedOnce(words);
    if (next === words) return words;
    words = next;
  }
  return words;
}

/** The script that a shell is given as text (`bash -c '…'`), if the command is one. */
export function innerScript(words: readonly string[]): string | undefined {
  if (words[0] === "nix-shell") return words[words.indexOf("--run") + 1 || words.length];
  if (!shells.test(programOf(words[0] ?? ""))) return undefined;
  const flag = words.findIndex((word) => /^-[a-z]*c$/u.test(word));
  return flag < 0 ? undefined : words[flag + 1];
}

/** The bare name of a program: no folder, no `.exe`, in lower case. */
export function programOf(word: string): string {
  const name = word.split(/[/\\]/u).at(-1) ?? "";
  return name.toLowerCase().replace(/\.(?:exe|cmd|bat)$/u, "");
}

function unwrappedOnce(words: readonly string[]): readonly string[] {
  const first = words[0] ?? "";
  if (assignment.test(first)) return words.slice(1);
  if (first.startsWith("$") && words[1] === "=") return words.slice(2);
  const program = programOf(first);
  const python = /^(?:python|pypy|py)[\d.]*$|^\$\{?\w*python\w*\}?$/u.test(program);
  if (python) return afterPython(words);
  if (program === "node" && words.length > 1) return afterNode(words);
  for (const wrapper of byProgram.get(program) ?? []) {
    if (wrapper.words.every((word, index) => index === 0 || words[index] === word)) {
      const rest = afterOptions(words.slice(wrapper.words.length), wrapper);
      return rest.length === 0 ? words : rest;
    }
  }
  return words;
}

function afterOptions(words: readonly string[], { valued = "", operands = 0 }: Wrapper): readonly string[] {
  const takesValue = new Set(valued.split(" "));
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? "";
    if (word === "--") {
      at += 1;
      break;
    }
    if (word === "-m" || word === "-c" || word === "--command") at += takesValue.has(word) ? 2 : 1;
    else if (word.startsWith("-")) at += takesValue.has(word) ? 2 : 1;
    else if (assignment.test(word)) at += 1;
    else break;
  }
  return words.slice(at + operands);
}

function afterPython(words: readonly string[]): readonly string[] {
  const glued = words.findIndex((word, index) => index > 0 && /^-m\w/u.test(word));
  if (glued === 1) return [(words[1] ?? "").slice(2), ...words.slice(2)];
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (word === "-m") return words.slice(at + 1);
    if (word === "-X" || word === "-W") at += 1;
    else if (!word.startsWith("-")) return at === 1 ? words : [words[0] ?? "", ...words.slice(at)];
  }
  return words;
}

function afterNode(words: readonly string[]): readonly string[] {
  const file = words.findIndex((word, index) => index > 0 && !word.startsWith("-"));
  const tool = file < 0 ? undefined : /node_modules\/(?:\.bin\/)?(?:@[\w-]+\/)?([\w-]+)/u.exec(words[file] ?? "")?.[1];
  return tool === undefined ? words : [tool, ...words.slice(file + 1)];
}
