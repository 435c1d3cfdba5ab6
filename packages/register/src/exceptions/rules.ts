import type { Codemod, Finding, RiskClass } from "@ci-fix/codemod";

/** Stands in every comment that holds an exception. */
export const exceptionMark = "ci-fix";

export type ExceptionClass = "bad-exception" | "expired-exception" | "unused-exception";

const classes: readonly (RiskClass & { readonly id: ExceptionClass })[] = [
  {
    id: "bad-exception",
    severity: "medium",
    summary: "An exception that does not say what it has to, and so does not count",
  },
  {
    id: "expired-exception",
    severity: "medium",
    summary: "An exception whose last day has passed, while what it stands for is still there",
  },
  { id: "unused-exception", severity: "low", summary: "An exception for something that is not there (any more)" },
];

/**
 * The classes of findings about exceptions, in the form in which every other class is known. It finds nothing by itself: what an
 * exception is worth follows from the findings of the others (`withExceptions`, `withAccepted`).
 */
export const exceptionRules: Codemod = {
  meta: {
    id: "exceptions",
    classes,
    summary: "tells which exceptions are badly written, expired or unused",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: [exceptionMark],
    subject: () => "settle exceptions",
  },
  find: () => [],
};

/** Why it matters, wherever the exception stands. */
export const WHY: Readonly<Record<"bad" | "expired" | "unused", string>> = {
  bad: "An exception that cannot be read keeps nothing, and whoever wrote it believes that it does.",
  expired: "Its day was set so that somebody would look again; until then nobody answers for the silent failure.",
  unused: "An exception that outlives what it stood for lets the next silent failure of its kind pass unseen.",
};

/** True for a finding about an exception rather than about CI. No risk of the register is about one. */
export function isExceptionFinding({ codemod }: { readonly codemod: Codemod }): boolean {
  return codemod.meta.id === exceptionRules.meta.id;
}

/** A finding about an exception, which a person has to settle. */
export function exceptionFinding(
  told: Pick<Finding, "message" | "why" | "at" | "unit" | "evidence"> & {
    readonly class: ExceptionClass;
    /** What a person does about it, as a phrase. */
    readonly title: string;
  },
): Finding {
  const { title, ...finding } = told;
  return {
    ...finding,
    severity: classes.find(({ id }) => id === told.class)?.severity ?? "low",
    change: "",
    outcome: { kind: "fix", title, safety: "report", effect: "needs-decision", edits: [] },
  };
}
