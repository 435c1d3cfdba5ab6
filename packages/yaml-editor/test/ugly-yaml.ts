import fc from "fast-check";

/** A line of an ugly file: hand-made indentation, quotes, comments and blank lines, as people leave them. */
interface Shape {
  readonly step: number;
  readonly flatLists: boolean;
}

const comment = fc.constantFrom("", "", "", " # why", "  #  spaced ", "\t# tab", " #", " # é: 🎈");
const above = fc.constantFrom("", "", "", "# note", "# off: 1", "\n", "\n# near", "# head\n\n");
const gap = fc.constantFrom(" ", " ", "  ", "     ");

const flatScalar = fc.constantFrom(
  "1",
  "true",
  "~",
  "plain",
  "two words",
  "a#b",
  "'quoted'",
  "'it''s'",
  '"d\\tq"',
  '"é\\u00e9"',
  "'123'",
  "''",
  "!!str 7",
  "${{ x && 'y' }}",
  "[]",
  "{}",
  "[a, b]",
  "[a,]",
  "{k: v, 'l': [1]}",
  "false && x",
  "|-x",
  "http://a.b/c#d",
);

const blockText = fc.constantFrom("one", "one\ntwo", "one\n\ntwo", "# no comment\none", "one\n  deep\ntwo");
const header = fc.constantFrom("|", "|-", "|+", ">", ">-");

type Render = (indent: string, shape: Shape) => string;

function ownLines(text: string, indent: string): string {
  if (text === "") return "";
  return (
    text
      .split("\n")
      .map((line) => (line === "" ? "" : indent + line))
      .join("\n") + (text.endsWith("\n") ? "" : "\n")
  );
}

const scalar: fc.Arbitrary<Render> = fc.tuple(gap, flatScalar, comment).map(
  ([space, source, behind]) =>
    () =>
      `${space}${source}${behind}\n`,
);

const block: fc.Arbitrary<Render> = fc.tuple(header, blockText, comment, fc.constantFrom("", "\n")).map(
  ([sign, text, behind, blank]) =>
    (indent, { step }) =>
      ` ${sign}${behind}\n${ownLines(text, indent + " ".repeat(step))}${blank}`,
);

const folded: fc.Arbitrary<Render> = comment.map(
  (behind) => (indent) => ` first\n${indent}   second\n\n${indent}  third${behind}\n`,
);

const key = fc.constantFrom("a", "b", "if", "'q: k'", '"dq"', "needs", "run", "with", "x-y", "0");

function map(value: fc.Arbitrary<Render>): fc.Arbitrary<(indent: string, shape: Shape, first: boolean) => string> {
  const entries = fc.uniqueArray(fc.tuple(key, value, above), {
    minLength: 1,
    maxLength: 4,
    selector: ([name]) => name,
  });
  return entries.map((list) => (indent, shape, behindDash) => {
    const lines = list.map(([name, render, before], index) => {
      const lead = behindDash && index === 0 ? "" : ownLines(before, indent) + indent;
      return `${lead}${name}:${render(indent, shape)}`;
    });
    return lines.join("");
  });
}

const { node, entries } = fc.letrec<{
  node: Render;
  entries: (indent: string, shape: Shape, first: boolean) => string;
}>((tie) => ({
  entries: map(tie("node")),
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: "ugly" },
    scalar,
    scalar,
    block,
    folded,
    fc.tuple(comment, tie("entries")).map(([behind, render]): Render => (indent, shape) => {
      return `${behind}\n${render(indent + " ".repeat(shape.step), shape, false)}`;
    }),
    fc
      .tuple(
        comment,
        fc.array(fc.tuple(above, fc.oneof(tie("node"), fc.constant(undefined)), tie("entries")), {
          minLength: 1,
          maxLength: 3,
        }),
      )
      .map(([behind, items]): Render => (indent, shape) => {
        const column = shape.flatLists ? indent : indent + " ".repeat(shape.step);
        const rows = items.map(([before, plain, render]) => {
          const body =
            plain === undefined
              ? ` ${render(`${column}  `, shape, true)}`
              : plain(column, { ...shape, flatLists: false });
          return `${ownLines(before, column)}${column}-${body}`;
        });
        return `${behind}\n${rows.join("")}`;
      }),
  ),
}));
void node;

/** Whole files, with every kind of line end and edge. */
export const uglyYaml: fc.Arbitrary<string> = fc
  .record({
    render: entries,
    step: fc.constantFrom(2, 2, 3, 4),
    flatLists: fc.boolean(),
    lineBreak: fc.constantFrom("\n", "\n", "\r\n"),
    start: fc.constantFrom("", "", "# header\n", "---\n", "# header\n\n"),
    bom: fc.constantFrom("", "", "\uFEFF"),
    closed: fc.boolean(),
  })
  .map(({ render, step, flatLists, lineBreak, start, bom, closed }) => {
    const text = start + render("", { step, flatLists }, false);
    return bom + (closed ? text : text.replace(/\n+$/u, "")).replaceAll("\n", lineBreak);
  });
