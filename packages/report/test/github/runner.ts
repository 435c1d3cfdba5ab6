/** A command as GitHub's runner understands it. */
export interface ReadCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/**
 * Reads a line of a log by the rules of the runner (`ActionCommand.TryParseV2`): what comes before the second `::` is the
 * command, `,` parts its properties, the first `=` a name from its value; `%25` is decoded last.
 */
export function readCommand(line: string): ReadCommand | undefined {
  const text = line.trimStart();
  const end = text.indexOf("::", 2);
  if (!text.startsWith("::") || end === -1) return undefined;
  const [name = "", ...words] = text.slice(2, end).split(" ");
  const pairs = words
    .join(" ")
    .trim()
    .split(",")
    .filter((pair) => pair !== "")
    .map((pair) => [pair.slice(0, pair.indexOf("=")), unescape(pair.slice(pair.indexOf("=") + 1), true)] as const);
  return { name, properties: Object.fromEntries(pairs), message: unescape(text.slice(end + 2), false) };
}

function unescape(text: string, property: boolean): string {
  const data = text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  return (property ? data.replaceAll("%3A", ":").replaceAll("%2C", ",") : data).replaceAll("%25", "%");
}
