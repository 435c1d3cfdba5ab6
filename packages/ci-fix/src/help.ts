import { createStyle, wrap, type Style } from "@ci-fix/report/text";
import type { CommandUnknownOpts, Help, Option } from "@commander-js/extra-typings";

/** What the help of a command says besides its options. */
export interface HelpPage {
  /** Each line of usage, without the program's name. Without any, the examples stand in their place. */
  readonly usage: readonly string[];
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** In full, or in one line. */
  readonly exits: readonly (readonly [code: number, what: string])[] | string;
  /** Groups of options that are told elsewhere, and where. */
  readonly elsewhere?: { readonly groups: readonly string[]; readonly where: string };
}

const PROGRAM = "ci-fix";
const WIDTH = 80;
/** Column at which descriptions start. */
const COLUMN = 24;

/** Gives a command its help: what it is for, how to call it, its commands and options in groups, examples, exit codes. */
export function describeCommand(command: CommandUnknownOpts, color: boolean, page: HelpPage): void {
  const style = createStyle({ color, width: WIDTH });
  command.configureHelp({ formatHelp: (self, help) => layOut(self, help, page, style) });
}

function layOut(command: CommandUnknownOpts, help: Help, page: HelpPage, style: Style): string {
  const examples = exampleLines(page.examples, style);
  const usage = page.usage.map((line) => `  ${`${PROGRAM} ${line}`.trimEnd()}`);
  const commands = help
    .visibleCommands(command)
    .flatMap((sub) => item(commandTerm(sub), help.subcommandDescription(sub), style));
  const groups = optionGroups(command, help).filter(([title]) => page.elsewhere?.groups.includes(title) !== true);
  const blocks = [
    wrap(asSentence(help.commandDescription(command)), WIDTH),
    section("Usage", usage.length === 0 ? examples : usage, style),
    section("Commands", commands, style),
    ...groups.map(([title, options]) =>
      section(
        title,
        options.flatMap((option) => optionItem(option, help, style)),
        style,
      ),
    ),
    section("Examples", usage.length === 0 ? [] : examples, style),
    [...exitLines(page.exits, style), ...(page.elsewhere === undefined ? [] : [page.elsewhere.where])],
  ];
  const shown = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${shown.join("\n\n")}\n`;
}

function exitLines(exits: HelpPage["exits"], style: Style): string[] {
  if (typeof exits === "string") return [`${style.paint("strong", "Exit codes")} ${exits}`];
  return section(
    "Exit codes",
    exits.flatMap(([code, what]) => item(String(code), what, style, 5)),
    style,
  );
}

function section(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : [style.paint("strong", title), ...lines];
}

function optionGroups(command: CommandUnknownOpts, help: Help): [string, Option[]][] {
  const groups = new Map<string, Option[]>();
  for (const option of help.visibleOptions(command)) {
    const title = option.helpGroupHeading ?? "Options";
    groups.set(title, [...(groups.get(title) ?? []), option]);
  }
  return [...groups];
}

function optionItem(option: Option, help: Help, style: Style): string[] {
  return item(help.optionTerm(option), option.description, style);
}

function commandTerm(command: CommandUnknownOpts): string {
  return [command.name(), command.usage().replace("[options]", "")].join(" ").trimEnd();
}

/** In a list a description is a phrase; at the top of a page it is a sentence. */
function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (text.endsWith(".") ? "" : ".");
}

function item(term: string, what: string, style: Style, column = COLUMN): string[] {
  const lines = wrap(what, WIDTH - column);
  const head = `  ${term}`;
  const fits = head.length + 2 <= column;
  const painted = `  ${style.paint("command", term)}`;
  const rest = (fits ? lines.slice(1) : lines).map((line) => " ".repeat(column) + line);
  return [fits ? painted + " ".repeat(column - head.length) + (lines[0] ?? "") : painted, ...rest];
}

/** Side by side where all of them fit, else what it does above each. */
function exampleLines(examples: HelpPage["examples"], style: Style): string[] {
  const column = Math.max(...examples.map(([text]) => text.length)) + 3;
  if (examples.every(([, what]) => 2 + column + what.length <= WIDTH)) {
    return examples.map(
      ([text, what]) => `  ${style.paint("command", text)}${" ".repeat(column - text.length)}${what}`,
    );
  }
  return examples.flatMap(([text, what]) => [
    `  ${style.paint("muted", `# ${what}`)}`,
    `  ${style.paint("command", text)}`,
  ]);
}
