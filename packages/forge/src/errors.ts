/** Closed: what the engine does next hangs on it. */
export type ForgeErrorKind =
  /** May pass: tried again. */
  | "temporary"
  /** A limit of the forge: tried again at `retryAt`. */
  | "limited"
  /** The credential is missing, wrong, or may not do this. */
  | "permission"
  /** There is no such repository or pull request, or it is not shown. */
  | "not-found"
  /** A rule of the repository or the organisation says no. */
  | "rule"
  /** This forge cannot do what was asked. */
  | "unsupported";

/** A forge that did not do what it was asked. The message holds no token. */
export class ForgeError extends Error {
  readonly kind: ForgeErrorKind;
  /** Milliseconds since 1970; with `limited`. */
  readonly retryAt: number | undefined;
  readonly hint: string | undefined;

  constructor(
    kind: ForgeErrorKind,
    message: string,
    options: { retryAt?: number; hint?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ForgeError";
    this.kind = kind;
    this.retryAt = options.retryAt;
    this.hint = options.hint;
  }
}
