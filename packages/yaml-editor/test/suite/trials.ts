import {
  applyEdits,
  type Applied,
  type ApplyResult,
  type Edit,
  openYaml,
  type Path,
  type RefusalCode,
  type YamlFile,
} from "../../src/index.ts";
import { editOf, expectedData, type Kind, KINDS, parentPath, WRITTEN } from "./edits.ts";
import { byteFault, commentFault, type What } from "./faults.ts";
import { type Judge, sameData, shown, type Site, sitesOf, Unjudged, writableAt } from "./judge.ts";

/** A deviation from what must hold: the reason this package exists. */
export interface Fault {
  readonly kind: Kind;
  readonly path: Path;
  readonly what: What;
  readonly detail: string;
}

export interface Tally {
  accepted: number;
  /** Accepted results whose value no judge could tell. */
  unjudged: number;
  readonly refused: Map<string, number>;
  readonly faults: Fault[];
}

export interface Trial {
  readonly kind: Kind;
  readonly site: Site;
  readonly edit: Edit;
  readonly result: ApplyResult;
}

function reopen(bytes: Uint8Array): YamlFile | undefined {
  const opened = openYaml(bytes);
  return opened.ok ? opened.file : undefined;
}

/** What stands at a place, where every judge that can read it says the same. */
function agreed(data: readonly (unknown[] | undefined)[], site: Site): ReturnType<typeof writableAt> {
  const known = data.filter((one) => one !== undefined);
  try {
    const values = known.map((one) => writableAt(one, site));
    return new Set(values.map(shown)).size === 1 ? values[0] : undefined;
  } catch (error) {
    if (error instanceof Unjudged) return undefined;
    throw error;
  }
}

/** Tries every kind of edit at every place of a file and judges each result. */
export class Trials {
  readonly tallies: ReadonlyMap<Kind, Tally> = new Map(
    KINDS.map((kind) => [kind, { accepted: 0, unjudged: 0, refused: new Map<string, number>(), faults: [] }]),
  );
  readonly #judges: readonly Judge[];
  /** Called for each refusal. */
  refusal: (trial: Trial, code: RefusalCode, message: string) => void = () => {};

  constructor(judges: readonly Judge[]) {
    this.#judges = judges;
  }

  /** Runs over a file; gives each result to `see`. */
  run(file: YamlFile, see: (trial: Trial) => void = () => {}): void {
    const data = this.#judges.map((judge) => judge(file.text));
    for (const site of sitesOf(file)) {
      for (const kind of KINDS) {
        const edit = editOf(kind, site);
        const trial = edit && this.#attempt(file, kind, site, edit);
        if (trial === undefined) continue;
        see(trial);
        if (!trial.result.ok) continue;
        this.#inspect(file, trial.result, trial, data);
        if (kind === "delete") this.#back(trial.result, site, data);
      }
    }
  }

  tally(kind: Kind): Tally {
    const tally = this.tallies.get(kind);
    if (!tally) throw new Error(kind);
    return tally;
  }

  #fault(kind: Kind, path: Path, what: Fault["what"], detail: string): void {
    this.tally(kind).faults.push({ kind, path, what, detail });
  }

  #attempt(file: YamlFile, kind: Kind, site: Site, edit: Edit): Trial | undefined {
    const tally = this.tally(kind);
    try {
      const result = applyEdits(file, [edit]);
      const trial = { kind, site, edit, result };
      if (result.ok) tally.accepted += 1;
      else {
        const code = result.refusals[0]?.code ?? "check-failed";
        tally.refused.set(code, (tally.refused.get(code) ?? 0) + 1);
        this.refusal(trial, code, result.refusals[0]?.message ?? "");
      }
      return trial;
    } catch (error) {
      this.#fault(kind, site.child.path, "crash", String(error));
      return undefined;
    }
  }

  #inspect(file: YamlFile, result: Applied, trial: Trial, data: readonly (unknown[] | undefined)[]): void {
    const { kind, site } = trial;
    const { path } = site.child;
    const bytes = byteFault(file, result);
    if (bytes) this.#fault(kind, path, ...bytes);
    const comments = commentFault(file, result, WRITTEN[kind]);
    if (comments) this.#fault(kind, path, "comment", comments);
    this.#judge(kind, path, result.text, (before) => expectedData(kind, before, site), data);
  }

  #judge(
    kind: Kind,
    path: Path,
    text: string,
    expect: (data: readonly unknown[]) => unknown[] | undefined,
    data: readonly (unknown[] | undefined)[],
  ): void {
    let told = 0;
    for (const [index, judge] of this.#judges.entries()) {
      const before = data[index];
      if (before === undefined) continue;
      try {
        const wanted = expect(before);
        const found = judge(text);
        told += 1;
        if (found === undefined || !sameData(found, wanted))
          this.#fault(kind, path, "value", `${index}: ${found ? shown(found) : "unreadable"}, not ${shown(wanted)}`);
      } catch (error) {
        if (!(error instanceof Unjudged)) throw error;
      }
    }
    if (told === 0) this.tally(kind).unjudged += 1;
  }

  /** After a deletion: the same value back in the same place. */
  #back(deleted: Applied, site: Site, data: readonly (unknown[] | undefined)[]): void {
    const after = reopen(deleted.bytes);
    if (after === undefined) return this.#fault("delete", site.child.path, "value", "the result does not open");
    const value = agreed(data, site);
    if (value === undefined || site.siblings.length < 2) return;
    const { child } = site;
    const path = parentPath(child.path);
    const at = site.steps.at(-1)?.index ?? 0;
    const [previous, next] = [site.siblings[at - 1], site.siblings[at + 1]];
    const beside =
      previous?.kind === "entry" ? { after: previous.key } : { before: next?.kind === "entry" ? next.key : "" };
    const edit: Edit =
      child.kind === "item"
        ? { kind: "insert-item", path, index: at, ...value }
        : { kind: "insert-key", path, key: child.key, ...value, ...beside };
    const trial = this.#attempt(after, "re-insert", site, edit);
    if (!trial?.result.ok) return;
    const { result } = trial;
    const bytes = byteFault(after, result);
    if (bytes) this.#fault("re-insert", child.path, ...bytes);
    const comments = commentFault(after, result, []);
    if (comments) this.#fault("re-insert", child.path, "comment", comments);
    this.#judge("re-insert", child.path, result.text, (all) => [...all], data);
  }
}
