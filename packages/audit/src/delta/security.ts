import { trustOf, type Workflow } from "@ci-fix/workflow";
import { pinningOf } from "../facts/pinning.ts";
import { scannersIn } from "../facts/scanners.ts";
import { deadJobs } from "../tree.ts";
import type { SecurityReview, TrustDelta } from "../types.ts";
import { baseName, count, listed, named, unique } from "../words.ts";
import { isSame, listDelta } from "./compare.ts";
import { isCi, type Range, type Side } from "./range.ts";

/** Section 7. */
export function securityOf(range: Range): SecurityReview {
  const trust = range.files
    .filter(isCi)
    .flatMap(({ file, from }) =>
      trustDeltas(file, range.before.tree.workflows.get(from ?? file), range.after.tree.workflows.get(file)),
    );
  const secrets = trust
    .filter(({ aspect }) => aspect === "secrets")
    .map(({ file, change }) => `${named(baseName(file))}: ${change}`);
  return {
    dependencies: dependencies(range),
    posture: posture(range),
    secrets,
    trust: trust.filter(({ aspect }) => aspect !== "secrets"),
    pinning: { before: pinning(range.before), after: pinning(range.after) },
    provenance: provenance(range.after),
  };
}

function pinning({ tree }: Side): SecurityReview["pinning"]["before"] {
  return pinningOf([...tree.workflows.values()]);
}

function dependencies({ files, before, after }: Range): readonly string[] {
  const manifests = files
    .filter(({ surface }) => surface === "dependency")
    .map(({ file, change }) => `${named(file)} was ${change}.`);
  const all = ({ tree }: Side): string[] =>
    unique(
      [...tree.workflows.values()].flatMap((workflow) =>
        trustOf(workflow)
          .uses.filter(({ pin }) => pin !== "local")
          .map(({ name }) => name),
      ),
    );
  const { added, removed } = listDelta(all(before), all(after));
  return [
    ...manifests,
    ...(added.length === 0 ? [] : [`Code from elsewhere that CI did not run before: ${listed(added.map(named))}.`]),
    ...(removed.length === 0
      ? []
      : [`Code from elsewhere that CI does not run any more: ${listed(removed.map(named))}.`]),
  ];
}

function posture({ before, after }: Range): SecurityReview["posture"] {
  const scanners = ({ tree }: Side): ReturnType<typeof scannersIn> => scannersIn([...tree.workflows.values()]);
  const [old, now] = [scanners(before), scanners(after)];
  const key = ({ file, what }: (typeof old)[number]): string => `${file}\n${what}`;
  const ran = new Map(old.map((scanner) => [key(scanner), scanner.runs]));
  const runs = new Set(now.map(key));
  return [
    ...now.flatMap((scanner): SecurityReview["posture"] => {
      const was = ran.get(key(scanner));
      const name = `${named(scanner.what)} in ${named(baseName(scanner.file))}`;
      if (scanner.runs && was === false) return [{ change: `${name} can run again`, impact: "improved" }];
      if (scanner.runs && was === undefined) return [{ change: `${name} is new`, impact: "improved" }];
      return !scanner.runs && was === true ? [{ change: `${name} is switched off`, impact: "worse" }] : [];
    }),
    ...old
      .filter((scanner) => scanner.runs && !runs.has(key(scanner)))
      .map((scanner) => ({
        change: `${named(scanner.what)} in ${named(baseName(scanner.file))} is gone`,
        impact: "worse" as const,
      })),
  ];
}

function provenance({ tree }: Side): string {
  const names = [...tree.workflows.values()]
    .flatMap((workflow) => trustOf(workflow).uses.map(({ name }) => name))
    .filter((name) => /sbom|attest|provenance|slsa/iu.test(name));
  return names.length === 0
    ? "No workflow makes an SBOM or an attestation, before or after."
    : `${count(names.length, "step")} make an SBOM or an attestation: ${listed(unique(names).map(named), 4)}.`;
}

const READ = new Set(["read", "none"]);

function trustDeltas(file: string, before: Workflow | undefined, after: Workflow | undefined): readonly TrustDelta[] {
  const delta = (aspect: TrustDelta["aspect"], change: string, widens: boolean): TrustDelta => ({
    file,
    aspect,
    change,
    widens,
  });
  const list = (
    aspect: TrustDelta["aspect"],
    of: (workflow: Workflow) => readonly string[],
    widens: (added: readonly string[]) => boolean,
  ): TrustDelta[] => {
    const found = listDelta(before === undefined ? [] : of(before), after === undefined ? [] : of(after));
    if (isSame(found)) return [];
    const parts = [
      ...(found.added.length === 0 ? [] : [`added ${listed(found.added.map(named), 5)}`]),
      ...(found.removed.length === 0 ? [] : [`removed ${listed(found.removed.map(named), 5)}`]),
    ];
    return [delta(aspect, parts.join("; "), widens(found.added))];
  };
  return [
    ...list("permissions", grantsOf, (added) => added.some((grant) => !READ.has(grant.split(": ").at(-1) ?? ""))),
    ...list(
      "secrets",
      (workflow) => trustOf(workflow).secrets,
      (added) => added.length > 0,
    ),
    ...list(
      "triggers",
      (workflow) => workflow.triggers.map(({ event }) => event),
      (added) => added.length > 0,
    ),
    ...list("pinning", foreignUses, (added) => added.length > 0),
    ...list("runners", runnersOf, () => false),
    ...eligibility(file, before, after),
  ];
}

function grantsOf(workflow: Workflow): readonly string[] {
  return trustOf(workflow).grants.map(({ job, scope, access }) => `${job ?? "all jobs"}: ${scope}: ${access}`);
}

function foreignUses(workflow: Workflow): readonly string[] {
  return unique(
    trustOf(workflow)
      .uses.filter(({ pin }) => pin !== "local")
      .map(({ name, ref }) => `${name}${ref === undefined ? "" : `@${ref}`}`),
  );
}

function runnersOf(workflow: Workflow): readonly string[] {
  return unique([...workflow.jobs.flatMap(({ runsOn }) => runsOn ?? []), ...trustOf(workflow).images]);
}

/** Jobs that could not run before and can now, with what they may do. */
function eligibility(file: string, before: Workflow | undefined, after: Workflow | undefined): readonly TrustDelta[] {
  if (before === undefined || after === undefined) return [];
  const was = new Set([...deadJobs(before)].map(({ id }) => id));
  const is = new Set([...deadJobs(after)].map(({ id }) => id));
  const grants = trustOf(after).grants;
  return after.jobs
    .filter(({ id }) => was.has(id) && !is.has(id))
    .map(({ id, condition }) => {
      const own = grants.filter(({ job }) => job === id);
      const writes = (own.length > 0 ? own : grants.filter(({ job }) => job === undefined))
        .filter(({ access }) => access === "write")
        .map(({ scope }) => scope);
      const when = condition.entry === undefined ? "" : ` when ${named(condition.parsed.text)}`;
      const may = writes.length === 0 ? "" : `, with write access to ${listed(writes.map(named))}`;
      return {
        file,
        aspect: "eligibility" as const,
        change: `job ${named(id)} can run again${when}${may}`,
        widens: writes.length > 0,
      };
    });
}
