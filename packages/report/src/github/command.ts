/** A remark that GitHub shows at a line of a file, in the words of its workflow commands. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  /** 1-based lines; columns only where it is one line, as the runner wants it. */
  readonly place?: {
    readonly file: string;
    readonly line?: number | undefined;
    readonly endLine?: number | undefined;
    readonly col?: number | undefined;
    readonly endColumn?: number | undefined;
  };
  readonly title: string;
  /** May have several lines. */
  readonly message: string;
}

/**
 * The one line that makes the runner annotate. It cuts a command at `::`, its properties at `,` and `=`, and lines at CR and LF;
 * what stands behind `%` it decodes. All of these are escaped, so that a text stays in its place. The rules are those of
 * `actions/toolkit`, `core/src/command.ts`.
 */
export function annotationCommand({ level, place, title, message }: Annotation): string {
  const properties = Object.entries({ ...place, title })
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${properties.join(",")}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
