import type { Policy } from "@ci-fix/codemod";
import type { Config } from "@ci-fix/register";
import picomatch from "picomatch";
import type { ProofContext } from "./prove.ts";

/** What findings are judged by: a policy file, with what the command line or the day gives. */
export function policyFrom(config: Config, given: Pick<Policy, "milestone" | "date">): Policy {
  return {
    ...given,
    critical: config.critical,
    bestEffort: config.bestEffort,
    classes: config.classes,
    exceptions: config.exceptions,
  };
}

/** Says which CI files a policy leaves out: those of `ignore`, and where there are `paths`, all others. */
export function ignoredBy({ paths, ignore }: Pick<Config, "paths" | "ignore">): (path: string) => boolean {
  const isIgnored = picomatch([...ignore], { dot: true });
  const isWanted = paths.length === 0 ? () => true : picomatch([...paths], { dot: true });
  return (path) => isIgnored(path) || !isWanted(path);
}

/** What a proof takes from a policy. */
export function proofContextOf({ upstream, requiredChecks }: Config): Omit<ProofContext, "contents"> {
  return {
    ...(upstream === undefined ? {} : { evidence: { repository: upstream } }),
    ...(requiredChecks === undefined ? {} : { requiredChecks }),
  };
}
