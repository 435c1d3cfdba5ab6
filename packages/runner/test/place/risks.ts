import type { ByteSplice } from "@ci-fix/yaml-editor";
import fc from "fast-check";
import type { Inversion } from "../../src/place/index.ts";

/** One change of a file: lines `[start, end)` of the origin become these lines. */
export interface Risk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

export interface Scene {
  readonly origin: readonly string[];
  readonly risks: readonly Risk[];
}

function inOrder(risks: readonly Risk[]): Risk[] {
  return [...risks].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The origin with these changes made, whatever order they were made in. */
export function apply(origin: readonly string[], risks: readonly Risk[]): string {
  let [text, at] = ["", 0];
  for (const risk of inOrder(risks)) {
    text += origin.slice(at, risk.start).join("") + risk.lines.join("");
    at = risk.end;
  }
  return text + origin.slice(at).join("");
}

/** These changes as they were made in a file in which others had been made before. */
export function changeOf(
  origin: readonly string[],
  earlier: readonly Risk[],
  risks: readonly Risk[],
): Pick<Inversion, "before" | "splices"> {
  let [before, at] = ["", 0];
  const splices: ByteSplice[] = [];
  for (const risk of inOrder([...earlier, ...risks])) {
    before += origin.slice(at, risk.start).join("");
    const old = earlier.includes(risk) ? risk.lines : origin.slice(risk.start, risk.end);
    const start = Buffer.byteLength(before);
    before += old.join("");
    if (risks.includes(risk)) splices.push({ start, end: Buffer.byteLength(before), text: risk.lines.join("") });
    at = risk.end;
  }
  return { before: before + origin.slice(at).join(""), splices };
}

/** Steps of a job, some of them equal line for line, as in real files. */
function fileLines(repeated: number): fc.Arbitrary<string[]> {
  const line = fc.oneof(
    {
      weight: repeated,
      arbitrary: fc.constantFrom(
        "continue-on-error: true",
        "- uses: actions/checkout@v4",
        "",
        "if: false",
        "run: make",
      ),
    },
    { weight: 10 - repeated, arbitrary: fc.nat({ max: 999 }).map((number) => `- name: step ${number}`) },
  );
  const end = fc.constantFrom("\n", "\r\n");
  return fc.tuple(fc.array(line, { minLength: 4, maxLength: 30 }), end, fc.boolean()).map(([lines, eol, open]) => {
    const ended = lines.map((text) => text + eol);
    return open && lines.at(-1) !== "" ? [...ended.slice(0, -1), lines.at(-1) ?? ""] : ended;
  });
}

const KINDS = ["delete", "delete", "delete two", "replace", "note", "note for two"] as const;

/** Now and then a changed line looks like what it was, now and then not. */
function rewrite(line: string, index: number, eol: string): string {
  return index % 2 === 0 ? `${line.trimEnd()}, ${index}${eol}` : `if: condition ${index}${eol}`;
}

function cut(origin: readonly string[], gaps: readonly number[], kinds: readonly (typeof KINDS)[number][]): Risk[] {
  const risks: Risk[] = [];
  const eol = origin[0]?.endsWith("\r\n") ? "\r\n" : "\n";
  let at = 0;
  for (const [index, kind] of kinds.entries()) {
    const start = at + (gaps[index] ?? 0);
    const taken = { delete: 1, "delete two": 2, replace: 1, note: 0, "note for two": 2 }[kind];
    // The last line stays, so that a file that ends without a line end keeps doing so.
    if (start + taken >= origin.length) break;
    const written = kind.startsWith("delete")
      ? []
      : [kind === "replace" ? rewrite(origin[start] ?? "", index, eol) : `# NOTE: ${index}${eol}`];
    risks.push({ start, end: start + taken, lines: written });
    // Two insertions in one place have no order of their own.
    at = start + Math.max(taken, 1);
  }
  return risks;
}

/** A file and up to four changes in it, neighbours included, in the order in which they are committed. `repeated` of ten lines repeat. */
export function scenes(repeated: number): fc.Arbitrary<Scene> {
  const gap = fc.oneof(fc.constant(0), fc.nat({ max: 6 }));
  const edits = fc.array(fc.tuple(gap, fc.constantFrom(...KINDS)), { minLength: 1, maxLength: 4 });
  return fc
    .tuple(fileLines(repeated), edits, fc.infiniteStream(fc.nat()))
    .map(([origin, chosen, keys]) => {
      const risks = cut(
        origin,
        chosen.map(([distance]) => distance),
        chosen.map(([, kind]) => kind),
      );
      const order = new Map(risks.map((risk) => [risk, keys.next().value ?? 0]));
      return { origin, risks: [...risks].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)) };
    })
    .filter(({ risks }) => risks.length > 0);
}

export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}
