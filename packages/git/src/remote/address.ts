import { GitError } from "../errors.ts";
import { showPath } from "../failure.ts";

/** Where a repository is on the network, checked: it holds no secret and nothing that git could take for an option or a program. */
export interface Address {
  /** As git gets it. */
  readonly url: string;
  /** With a port where one is given; lower case. */
  readonly host: string;
  /** `owner/name`, or what stands in its place. */
  readonly name: string;
  readonly protocol: "https" | "http" | "ssh";
}

function refuse(text: string, why: string): never {
  // Whatever stands before the last @ may be a password.
  const shown = showPath(text.replace(/^([a-z][\w+.-]*:\/\/)?.*@/iu, "$1…@"));
  throw new GitError("CI_FIX_ADDRESS_REFUSED", `Not an address that ci-fix goes to: ${shown}: ${why}`, {
    hint: "Write https://host/owner/name, ssh://git@host/owner/name or git@host:owner/name.",
  });
}

/** True for what is meant as an address and not as a folder. A Windows drive is a folder. */
export function isAddress(text: string): boolean {
  return (
    /^[a-z][\w+.-]*:{1,2}\/\//iu.test(text) || /^[\w+.-]+::/u.test(text) || /^(?!\w:[\\/])[^/\\\s]+:[^\\]/u.test(text)
  );
}

const SAFE_HOST = /^(?:\[[\da-f:.]+\]|[\da-z](?:[\da-z.-]*[\da-z])?)(?::\d{1,5})?$/u;
const SAFE_USER = /^[\w][\w.-]*$/u;

function checkedName(text: string, path: string): string {
  const parts = path.replace(/^\/+|\/+$/gu, "").split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) refuse(text, "its path leads elsewhere.");
  if (parts.some((part) => part.startsWith("-"))) refuse(text, "a part of its path looks like an option.");
  return parts.join("/").replace(/\.git$/u, "");
}

function checkedHost(text: string, host: string): string {
  const lower = host.toLowerCase();
  return SAFE_HOST.test(lower) ? lower : refuse(text, "its host is none.");
}

function readUrl(text: string): Address {
  const [, scheme = "", authority = "", path = ""] = /^([a-z][\w+.-]*):\/\/([^/]*)(\/.*)?$/iu.exec(text) ?? [];
  const protocol = scheme.toLowerCase();
  if (protocol !== "https" && protocol !== "http" && protocol !== "ssh")
    refuse(text, "only https, http and ssh are spoken.");
  if (/[?#]/u.test(path)) refuse(text, "it has a query or a fragment.");
  const at = authority.lastIndexOf("@");
  const [user, host] = [authority.slice(0, Math.max(0, at)), authority.slice(at + 1)];
  if (at !== -1 && protocol !== "ssh") refuse(text, "it holds a name or a password; those come from the environment.");
  if (at !== -1 && !SAFE_USER.test(user)) refuse(text, "its user is none.");
  const name = checkedName(text, decodeOrRefuse(text, path));
  return { url: text, host: checkedHost(text, host), name, protocol };
}

function decodeOrRefuse(text: string, path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return refuse(text, "its path cannot be read.");
  }
}

function readScp(text: string): Address {
  const [, user, host = "", path = ""] = /^(?:([^@:/]+)@)?([^@:/]+):([^:].*)$/u.exec(text) ?? [];
  if (path === "") refuse(text, "it cannot be read.");
  if (user !== undefined && !SAFE_USER.test(user)) refuse(text, "its user is none.");
  return { url: text, host: checkedHost(text, host), name: checkedName(text, path), protocol: "ssh" };
}

/**
 * Reads an address of a list or a forge. Each part is checked against what it may be, so that neither `ext::sh -c …`, `--upload-pack=…`
 * nor `ssh://-oProxyCommand=…` gets as far as a command line.
 * @throws GitError `CI_FIX_ADDRESS_REFUSED`; the message holds no password.
 */
export function readAddress(text: string): Address {
  if (/[\p{Cc}\p{Zs}\p{Bidi_Control}\\]/u.test(text)) refuse(text, "it holds a blank or a control character.");
  if (text.startsWith("-")) refuse(text, "it looks like an option.");
  if (/^[\w+.-]+::/u.test(text)) refuse(text, "it names a program of its own.");
  return /^[a-z][\w+.-]*:\/\//iu.test(text) ? readUrl(text) : readScp(text);
}
