/** The shapes of the register's values. The JSON Schema holds the same ones; a test compares them. */

/** `M03`. */
export const MILESTONE: RegExp = /^[A-Z]\d{2,}$/u;
/** `M03-R04`. */
export const RISK_ID: RegExp = /^[A-Z]\d{2,}-R\d{2,}$/u;
export const FINGERPRINT: RegExp = /^[0-9a-f]{16}$/u;
/** `YYYY-MM-DD`; that the day exists is checked apart. */
export const DATE: RegExp = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/u;
/** A path below the repository's root, with `/`. A path whose only separators are backslashes is a mistake. */
export const REPOSITORY_PATH: RegExp = /^(?!\/)(?![\s\S]*(^|\/)\.\.(\/|$))(?![^/]*\\[^/]*$)[\s\S]*\S/u;
export const NOT_BLANK: RegExp = /\S/u;

export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
