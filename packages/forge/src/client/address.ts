import { isIP } from "node:net";
import { ForgeError } from "../errors.ts";

/** Root of a host's address: encrypted, but for a server on this very machine. */
export function originOf(host: string): string {
  const name = host.replace(/:\d+$/u, "").replaceAll(/[[\]]/gu, "");
  const isHere = name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
  return `${isHere ? "http" : "https"}://${host}`;
}

/** A path with names in it. Rejects those that an address would take for a way up. */
export function pathOf(parts: TemplateStringsArray, ...names: readonly (string | number)[]): string {
  return parts.map((part, index) => part + (index < names.length ? encoded(String(names[index])) : "")).join("");
}

function encoded(name: string): string {
  if (/^\.{0,2}$/u.test(name)) throw new ForgeError("not-found", `"${name}" is no name`);
  return encodeURIComponent(name);
}
