/** The exit codes of every command. */
export const EXIT = {
  /** Nothing to do, or all that was asked for is done. */
  done: 0,
  /** Risks were found. */
  found: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Something failed. */
  failed: 3,
  /** Refused: a dirty file, a conflict, a change that is not safe. */
  refused: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
