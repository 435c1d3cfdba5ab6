import type { Unit } from "@ci-fix/workflow";
import { identityOf, jobOf, type Tree } from "./units.ts";

/** Something that stands at a unit; only things of one `kind` can be the same. */
export interface Place {
  readonly kind: string;
  readonly file: string;
  readonly unit: Unit;
}

interface Named extends Place {
  readonly job: string;
  readonly identity: string;
}

interface Pass {
  readonly key: (place: Named) => readonly string[];
  /** Whether a place left its name behind: in its own tree it is there, in the other it is not (that often). */
  readonly isRenamed: (place: Named, own: Tree, other: Tree) => Promise<boolean>;
}

/**
 * What may change between two trees while a place stays the same, exact first: nothing, the name of a step, the id of a job, the
 * name of a file. A place only takes over from one whose unit, job or file is really gone; one that stands there, mended, has
 * not been renamed.
 */
const PASSES: readonly Pass[] = [
  { key: ({ file, job, identity }) => [file, job, identity], isRenamed: async () => true },
  {
    key: ({ file, job }) => [file, job],
    isRenamed: async ({ file, job, identity, unit }, own, other) => {
      if (unit.kind === "job") return false;
      const [here, there] = [await own.units(file), await other.units(file)];
      return (here?.count(job, identity) ?? 0) > (there?.count(job, identity) ?? 0);
    },
  },
  {
    key: ({ file, identity }) => [file, identity],
    isRenamed: async ({ file, job }, _own, other) => (await other.units(file))?.jobs.has(job) === false,
  },
  {
    key: ({ job, identity }) => [job, identity],
    isRenamed: async ({ file }, _own, other) => !other.files.has(file),
  },
];

/** Which place of the base each place of the head is; those that are new are not in the answer. One goes to one. */
export async function alignPlaces<Of extends Place>(
  base: readonly Of[],
  head: readonly Of[],
  trees: { readonly base: Tree; readonly head: Tree },
): Promise<ReadonlyMap<Of, Of>> {
  const found = new Map<Of, Of>();
  const taken = new Set<Of>();
  for (const { key, isRenamed } of PASSES) {
    const left = new Map<string, Of[]>();
    for (const place of base) {
      if (taken.has(place) || !(await isRenamed(named(place), trees.base, trees.head))) continue;
      const name = JSON.stringify([place.kind, ...key(named(place))]);
      left.set(name, [...(left.get(name) ?? []), place]);
    }
    for (const place of head) {
      const candidates = found.has(place) ? undefined : left.get(JSON.stringify([place.kind, ...key(named(place))]));
      if (candidates === undefined || candidates.length === 0) continue;
      if (!(await isRenamed(named(place), trees.head, trees.base))) continue;
      const partner = candidates.shift();
      if (partner === undefined) continue;
      found.set(place, partner);
      taken.add(partner);
    }
  }
  return found;
}

function named(place: Place): Named {
  const { kind, file, unit } = place;
  return { kind, file, unit, job: jobOf(unit).id, identity: identityOf(unit) };
}
