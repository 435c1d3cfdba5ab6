import { commandsOf, programOf, unwrapped } from "@ci-fix/judgement";

/** Programs that test nothing, with the arguments with which that is certain. A program that is not here may be a test. */
const idle: readonly (readonly [programs: string, args?: RegExp])[] = [
  ["set cd pushd popd export unset source . mkdir cp mv ln rm ls cat pwd chmod chown touch date which whoami uname df"],
  ["free nproc ulimit umask echo printf true : tree env hash alias shopt sleep corepack nvm fnm volta ensurepip"],
  ["exit", /^0?$/u],
  ["venv virtualenv"],
  ["pip pip3 pipx", /^(?:install|uninstall|cache|list|freeze|config|debug|show|inject|ensurepath|--version|-V)\b/u],
  ["uv", /^(?:sync|venv|lock|cache|python|tool install|pip (?:install|list|freeze|sync))\b/u],
  ["poetry pdm pipenv", /^(?:install|sync|lock|config|update|add|env|self|show|--version)\b/u],
  ["npm pnpm yarn bun", /^(?:ci|install|i|add|config|cache|set|--version|-v|-g (?:i|install))\b|^$/u],
  ["conda mamba micromamba", /^(?:install|create|activate|deactivate|info|list|config|update|clean)\b/u],
  ["apt apt-get brew choco yum dnf apk pacman zypper", /^(?:-\S+ )*(?:install|update|upgrade|add|-S\w*|clean|tap)\b/u],
  ["bundle bundler gem composer", /^(?:-\S+ )*(?:install|config|update|list|require|--version)\b/u],
  ["go", /^(?:mod (?:download|tidy|vendor)|get|version|env)\b/u],
  ["cargo rustup", /^(?:fetch|install|update|toolchain|component|target|default|show|--version|-V)\b/u],
  ["dotnet", /^(?:restore|tool (?:restore|install)|--version|--info)\b/u],
  ["git", /^(?:-\S+ \S+ )?(?:clone|fetch|checkout|switch|submodule|config|log|status|pull|lfs|rev-parse)\b/u],
];

const rows = idle.map(([programs, args]) => ({ programs: new Set(programs.split(" ")), args }));

/** True if no command of a script can be a test. An unknown program, a test of the shell and an empty script are not idle. */
export function isIdle(script: string): boolean {
  const commands = commandsOf(script).map(({ words }) => unwrapped(words));
  return commands.length > 0 && commands.every(isIdleCommand);
}

/** What a script spends its time on: its last command that does more than to speak. */
export function lastWork(script: string): string | undefined {
  const work = commandsOf(script)
    .map(({ words }) => words.join(" "))
    .findLast((text) => !/^(?:set|echo|printf|true|:|exit|cd|export|source|\.)\b/u.test(text));
  return work;
}

function isIdleCommand([first = "", ...rest]: readonly string[]): boolean {
  const program = programOf(first);
  if (/^[A-Za-z_]\w*\+?=/u.test(first)) return true;
  const args = rest.join(" ");
  return rows.some((row) => row.programs.has(program) && (row.args === undefined || row.args.test(args)));
}
