const DECIMAL = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const HEX_OR_OCTAL = /^0x[0-9a-fA-F]+$|^0o[0-7]+$/;
const INFINITE = /^[-+]?Infinity$/;

/** Reads a number as the runner does, from a token or from a string that is compared with a number. NaN for anything else. */
export function parseNumber(text: string): number {
  const word = text.trim();
  if (word === "") return 0;
  return DECIMAL.test(word) || HEX_OR_OCTAL.test(word) || INFINITE.test(word) ? Number(word) : Number.NaN;
}

/** Writes a number with at most 15 digits and an exponent from 1E+15 up and below 0.0001, as the runner does. */
export function formatNumber(value: number): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return String(value);
  const [mantissa = "", power = ""] = value.toExponential(14).split("e");
  const exponent = Number(power);
  if (exponent > -5 && exponent < 15) return String(Number(value.toPrecision(15)));
  const digits = String(Math.abs(exponent)).padStart(2, "0");
  return `${Number(mantissa)}E${exponent < 0 ? "-" : "+"}${digits}`;
}
