import { ForgeError, type ForgeErrorKind } from "../errors.ts";

/** An answer that is no success. `status` is that of HTTP. */
export class AnswerError extends ForgeError {
  readonly status: number;

  constructor(
    status: number,
    kind: ForgeErrorKind,
    message: string,
    options: { retryAt?: number; hint?: string } = {},
  ) {
    super(kind, message, options);
    this.status = status;
  }
}

const LONGEST = 300;
/** Where a forge says that there is a limit, but not until when: GitHub asks for at least a minute. */
const UNTOLD_WAIT = 60_000;

/** What went wrong, by status and headers. `now` in milliseconds since 1970. */
export function refusalOf(response: Response, text: string, what: string, now: number): AnswerError {
  const { status, headers } = response;
  const said = wordsOf(text);
  const message = `${what}: ${status}${said === "" ? "" : ` ${said}`}`;
  const retryAt = limitEnd(status, headers, said, now);
  if (retryAt !== undefined) return new AnswerError(status, "limited", message, { retryAt });
  const hint = hintOf(status);
  return new AnswerError(status, kindOf(status), message, hint === undefined ? {} : { hint });
}

function kindOf(status: number): ForgeErrorKind {
  if (status === 401 || status === 403) return "permission";
  if (status === 404 || status === 410 || status === 451) return "not-found";
  if (status === 408 || status === 425 || status >= 500) return "temporary";
  if (status === 405 || status === 501) return "unsupported";
  return "rule";
}

function hintOf(status: number): string | undefined {
  if (status === 401) return "the token is missing, wrong or expired";
  if (status === 403) return "the token may not do this: editing workflows needs more than access to contents";
  return undefined;
}

/** When a limit ends; undefined where the answer speaks of none. */
function limitEnd(status: number, headers: Headers, said: string, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = headers.get("retry-after");
  if (after !== null && /^\d+$/u.test(after)) return now + Number(after) * 1000;
  const [left, reset] = ["remaining", "reset"].map(
    (part) => headers.get(`x-ratelimit-${part}`) ?? headers.get(`ratelimit-${part}`),
  );
  if (left === "0" && reset !== null && reset !== undefined && /^\d+$/u.test(reset))
    return Math.max(now, Number(reset) * 1000);
  return status === 429 || /rate limit|abuse/iu.test(said) ? now + UNTOLD_WAIT : undefined;
}

/** The forge's own words on one line. */
function wordsOf(text: string): string {
  const parts: string[] = [];
  const gather = (value: unknown): void => {
    if (typeof value === "string") parts.push(value);
    else if (Array.isArray(value)) for (const part of value) gather(part);
    else if (typeof value === "object" && value !== null)
      for (const key of ["message", "error", "error_description", "errors"])
        gather((value as Record<string, unknown>)[key]);
  };
  try {
    gather(JSON.parse(text));
  } catch {
    return "";
  }
  return parts.join("; ").replaceAll(/\s+/gu, " ").slice(0, LONGEST);
}
