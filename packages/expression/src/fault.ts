/** An expression that fails while it is evaluated. Never leaves this package: callers get a value. */
export class EvaluationFault extends Error {}
