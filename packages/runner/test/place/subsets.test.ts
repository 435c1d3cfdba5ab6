import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeInverse, type Placement } from "../../src/place/index.ts";
import { apply, changeOf, permutations, type Risk, type Scene, scenes } from "./risks.ts";

/** How the fixes came into the file: one commit each, or all in one. */
type History = "commits" | "squash";

interface Tally {
  placed: number;
  refused: number;
}

function takeBack({ origin, risks }: Scene, risk: Risk, today: string, history: History): Placement {
  const earlier = history === "squash" ? [] : risks.slice(0, risks.indexOf(risk));
  return placeInverse({ ...changeOf(origin, earlier, [risk]), today, origin: origin.join("") });
}

/** Takes the risks back in one order; each subset is passed on the way. Stops at a refusal. */
function takeBackAll(scene: Scene, order: readonly Risk[], history: History, tally: Tally): void {
  let today = apply(scene.origin, scene.risks);
  for (const [index, risk] of order.entries()) {
    const left = order.slice(index + 1);
    const expected = apply(scene.origin, left);
    const placed = takeBack(scene, risk, today, history);
    if (placed.ok) {
      expect(placed.text).toBe(expected);
      tally.placed++;
      today = placed.text;
    } else {
      tally.refused++;
      return;
    }
  }
}

function all(scene: Scene, history: History, tally: Tally): void {
  for (const order of permutations(scene.risks)) takeBackAll(scene, order, history, tally);
}

function hasChanges({ origin, risks }: Scene): boolean {
  return risks.every((risk) => apply(origin, [risk]) !== origin.join(""));
}

/** No two changes touch: at least one line between them stays. */
function areApart({ risks }: Scene): boolean {
  const sorted = [...risks].sort((a, b) => a.start - b.start);
  return sorted.every((risk, index) => index === 0 || risk.start > (sorted[index - 1]?.end ?? 0));
}

function onlyRemoves({ risks }: Scene): boolean {
  return risks.every((risk) => risk.lines.length === 0);
}

function isAllDifferent({ origin }: Scene): boolean {
  return new Set(origin).size === origin.length;
}

describe.each<History>(["commits", "squash"])("every subset and every order of rollback, after %s", (history) => {
  it.each([0, 3, 6])("gives the bytes of never having fixed them, or refuses (%i of 10 lines repeat)", (repeated) => {
    const tally: Tally = { placed: 0, refused: 0 };
    fc.assert(
      fc.property(scenes(repeated).filter(hasChanges), (scene) => all(scene, history, tally)),
      { numRuns: 250 },
    );
    expect(tally.placed).toBeGreaterThan(tally.refused);
  });

  it("refuses nothing where a line that stays is between all changes", () => {
    const tally: Tally = { placed: 0, refused: 0 };
    const apart = scenes(0).filter((scene) => hasChanges(scene) && areApart(scene) && isAllDifferent(scene));
    fc.assert(
      fc.property(apart, (scene) => all(scene, history, tally)),
      { numRuns: 300 },
    );
    expect(tally.refused).toBe(0);
  });

  it("refuses nothing where neighbouring lines are removed", () => {
    const tally: Tally = { placed: 0, refused: 0 };
    const removed = scenes(0).filter((scene) => hasChanges(scene) && onlyRemoves(scene) && isAllDifferent(scene));
    fc.assert(
      fc.property(removed, (scene) => all(scene, history, tally)),
      { numRuns: 300 },
    );
    expect(tally.refused).toBe(0);
  });
});

describe("risks with several places each", () => {
  it("come back whole, between the places of another risk", () => {
    const tally: Tally = { placed: 0, refused: 0 };
    const clear = scenes(0).filter((scene) => hasChanges(scene) && isAllDifferent(scene) && scene.risks.length === 4);
    fc.assert(
      fc.property(clear, ({ origin, risks }) => {
        const sorted = [...risks].sort((a, b) => a.start - b.start);
        const [odd, even] = [
          sorted.filter((_, index) => index % 2 === 1),
          sorted.filter((_, index) => index % 2 === 0),
        ];
        for (const [one, other] of [[odd, even] as const, [even, odd] as const]) {
          const today = apply(origin, risks);
          const placed = placeInverse({ ...changeOf(origin, [], one), today, origin: origin.join("") });
          if (placed.ok) expect(placed.text).toBe(apply(origin, other));
          tally[placed.ok ? "placed" : "refused"]++;
        }
      }),
      { numRuns: 300 },
    );
    expect(tally.placed).toBeGreaterThan(tally.refused);
  });
});

describe("a change that was taken back", () => {
  it("is not taken back twice", () => {
    const clear = scenes(0).filter((scene) => hasChanges(scene) && areApart(scene) && isAllDifferent(scene));
    fc.assert(
      fc.property(clear, (scene) => {
        for (const risk of scene.risks) {
          const others = scene.risks.filter((other) => other !== risk);
          const placed = takeBack(scene, risk, apply(scene.origin, others), "squash");
          expect(placed).toMatchObject({ ok: false, reason: "already" });
        }
      }),
      { numRuns: 300 },
    );
  });
});
