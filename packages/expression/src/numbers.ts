/** Notations of JavaScript that the runner does not have. */
const FOREIGN = /^\s*0[bBOX]/;

/** Reads a number as the runner does, from a token or from a string that is compared with a number. NaN for anything else. */
export function parseNumber(text: string): number {
  return FOREIGN.test(text) ? Number.NaN : Number(text);
}

/** Writes a number with at most 15 digits and an exponent from 1E+15 up and below 0.0001, as the runner does. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const [mantissa, power] = value.toExponential(14).split("e");
  const exponent = Number(power);
  if (exponent > -5 && exponent < 15) return String(Number(value.toPrecision(15)));
  const digits = String(Math.abs(exponent)).padStart(2, "0");
  return `${Number(mantissa)}E${exponent < 0 ? "-" : "+"}${digits}`;
}
