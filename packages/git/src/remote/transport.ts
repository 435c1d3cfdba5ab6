import { dirname, resolve } from "node:path";
import { GitError } from "../errors.ts";
import { escapeControls } from "../failure.ts";
import { type Outcome, runGit, type RunOptions } from "../run.ts";
import type { Address } from "./address.ts";

/** How the network is entered. */
export interface Access {
  /** The token for a host; undefined leaves it to the user's credential helpers. It reaches git through the environment alone. */
  readonly token?: (host: string) => string | undefined;
}

/**
 * Settings for commands that talk to a server. The server chooses nothing: no other address, no bundle to download, no submodule to enter,
 * no filter of its own; large objects are streamed, so that one cannot fill the memory.
 */
const SETTINGS = [
  "http.followRedirects=false",
  "transfer.bundleURI=false",
  "fetch.recurseSubmodules=false",
  "push.recurseSubmodules=no",
  "push.gpgSign=false",
  "push.followTags=false",
  "push.negotiate=false",
  "fetch.writeCommitGraph=false",
  "core.askPass=",
  "core.symlinks=false",
  "core.bigFileThreshold=16m",
  "pack.threads=1",
  // Commits of ci-fix hold a few small files. To send them as differences, git would fetch the old ones that a copy left out.
  "pack.window=0",
  "http.lowSpeedLimit=100",
  "http.lowSpeedTime=60",
];

/** The header goes the way of `GIT_CONFIG_COUNT`: it stands in no file and on no command line. */
function tokenEnvironment(address: Address, token: string): Record<string, string> {
  const known = Number(process.env["GIT_CONFIG_COUNT"] ?? 0);
  const count = Number.isInteger(known) && known >= 0 ? known : 0;
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  return {
    GIT_CONFIG_COUNT: String(count + 1),
    [`GIT_CONFIG_KEY_${count}`]: `http.${address.protocol}://${address.host}/.extraHeader`,
    [`GIT_CONFIG_VALUE_${count}`]: `Authorization: Basic ${basic}`,
  };
}

function environment(directory: string, address: Address, access: Access): Record<string, string> {
  const token = address.protocol === "ssh" ? undefined : access.token?.(address.host);
  const ssh = process.env["GIT_SSH_COMMAND"];
  return {
    GIT_ASKPASS: "",
    SSH_ASKPASS: "",
    SSH_ASKPASS_REQUIRE: "never",
    GCM_INTERACTIVE: "never",
    GIT_PROTOCOL_FROM_USER: "0",
    // A repository that the folder happens to lie in has no say.
    GIT_CEILING_DIRECTORIES: dirname(resolve(directory)),
    GIT_SSH_COMMAND: ssh === undefined || ssh === "" ? "ssh -o BatchMode=yes" : ssh,
    ...(token === undefined || token === "" ? {} : tokenEnvironment(address, token)),
  };
}

/** Runs a git command that talks to a server. Without a budget there is no limit; the protocols are limited all the same. */
export async function talk(
  directory: string,
  address: Address,
  access: Access,
  command: readonly string[],
  options: Pick<RunOptions, "input"> = {},
): Promise<Outcome> {
  const outcome = await runGit(directory, command, {
    ...options,
    settings: SETTINGS,
    env: environment(directory, address, access),
    protocols: address.protocol,
    writes: true,
  });
  return { ...outcome, stderr: withoutSecrets(outcome.stderr, address, access) };
}

/** What a server or a helper echoes may hold the token. */
function withoutSecrets(text: string, address: Address, access: Access): string {
  const token = access.token?.(address.host);
  const hidden = text.replaceAll(/(\w+:\/\/)[^\s/@]*@/gu, "$1…@");
  if (token === undefined || token === "") return hidden;
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  return hidden.replaceAll(token, "…").replaceAll(basic, "…");
}

/** What the words of git say about the cause, most telling first. */
const CAUSES: readonly (readonly [RegExp, GitError["code"], string, string])[] = [
  [/returned error: 30[12378]/u, "CI_FIX_REMOTE_MOVED", "The repository has moved", "Use its new address."],
  [
    /returned error: 40[13]|Authentication failed|could not read (?:Username|Password)|Permission denied|access denied|Host key verification failed/iu,
    "CI_FIX_NO_ACCESS",
    "The repository cannot be entered",
    "Give a token in the environment, set up a credential helper, or check the key.",
  ],
  [
    /returned error: 4(?:04|10)|repository .* not found|Repository not found|does not appear to be a git repository|not exported/iu,
    "CI_FIX_NO_REMOTE",
    "There is no such repository, or it is not shown to you",
    "Check the address and what the token may see.",
  ],
];

/** What became of a command that a server did not serve. Anything not known is taken for a disturbance that may pass. */
export function notServed(outcome: Outcome): GitError {
  const words = escapeControls(outcome.stderr.trim()).slice(-2000);
  for (const [pattern, code, message, hint] of CAUSES) {
    if (pattern.test(outcome.stderr)) return new GitError(code, `${message}: ${words}`, { hint });
  }
  return new GitError("CI_FIX_UNREACHABLE", `The server did not answer as it should: ${words || "it said nothing"}`, {
    hint: "Try again later.",
  });
}
