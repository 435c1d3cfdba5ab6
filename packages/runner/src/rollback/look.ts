import type { Policy } from "@ci-fix/codemod";
import type { LocatedFinding } from "@ci-fix/register";
import type { RepositoryView } from "@ci-fix/workflow";
import { scanBytes } from "../scan.ts";

interface Look {
  readonly policy: Policy;
  readonly findings: readonly LocatedFinding[];
}

const looks = new WeakMap<RepositoryView, Map<string, Look[]>>();

/** The findings in one version of a file. The same versions are asked for again and again, for each risk and its check. */
export function lookAt(
  file: string,
  bytes: Uint8Array,
  policy: Policy,
  repository: RepositoryView,
): readonly LocatedFinding[] {
  const versions = looks.get(repository) ?? new Map<string, Look[]>();
  looks.set(repository, versions);
  const version = JSON.stringify([
    file,
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"),
  ]);
  const before = versions.get(version) ?? [];
  const known = before.find((look) => isSame(look.policy, policy));
  if (known !== undefined) return known.findings;
  const { findings } = scanBytes(file, bytes, { policy, repository });
  versions.set(version, [...before, { policy, findings }]);
  return findings;
}

/** Equal in every part; parts that are no plain values count as equal only if they are the very same. */
function isSame(a: Policy, b: Policy): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Policy>;
  return [...keys].every((key) => a[key] === b[key]);
}
