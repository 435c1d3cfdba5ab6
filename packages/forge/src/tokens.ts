import { execFileSync } from "node:child_process";

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that hold a token, and the host that it is for: a fixed one, or the one that another variable names. */
const VARIABLES: readonly (readonly [token: string, host: string | undefined, hostVariable: string | undefined])[] = [
  ["GH_TOKEN", "github.com", undefined],
  ["GITHUB_TOKEN", "github.com", undefined],
  ["GH_ENTERPRISE_TOKEN", undefined, "GH_HOST"],
  ["GITHUB_ENTERPRISE_TOKEN", undefined, "GH_HOST"],
  ["GITLAB_TOKEN", "gitlab.com", "GITLAB_HOST"],
  ["GITEA_TOKEN", "gitea.com", "GITEA_HOST"],
  ["CI_FIX_TOKEN", undefined, "CI_FIX_TOKEN_HOST"],
];

function fromEnvironment(host: string, env: Environment): string | undefined {
  for (const [name, fixed, variable] of VARIABLES) {
    const token = env[name];
    const named = variable === undefined ? undefined : env[variable];
    const wanted = named === undefined || named === "" ? fixed : named.toLowerCase();
    if (token !== undefined && token !== "" && wanted === host) return token;
  }
  return undefined;
}

/** What `gh auth login` has stored; undefined where there is no gh, or it knows nothing of the host. */
function fromGh(host: string, env: Environment): string | undefined {
  try {
    const words = ["auth", "token", "--hostname", host];
    const text = execFileSync("gh", words, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
      env: { ...env },
    });
    return text.trim() === "" ? undefined : text.trim();
  } catch {
    return undefined;
  }
}

/**
 * Says which token is for which host, asking `gh` at most once for each. A token is never given to a host that it was not meant for.
 * Undefined leaves it to git's credential helpers.
 */
export function tokens(env: Environment): (host: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (host) => {
    if (!known.has(host))
      known.set(host, fromEnvironment(host, env) ?? (isPlainHost(host) ? fromGh(host, env) : undefined));
    return known.get(host);
  };
}

/** A name that cannot be read as an option, and no address of this machine. */
function isPlainHost(host: string): boolean {
  return /^[a-z\d][a-z\d.-]*\.[a-z]{2,}$/u.test(host);
}
