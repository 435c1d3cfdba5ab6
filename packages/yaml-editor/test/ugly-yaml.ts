import fc from "fast-check";

/** A line of an ugly file: hand-made indentation, quotes, comments and blank lines, as people leave them. */
interface Shape {
  readonly step: number;
  readonly flatLists: boolean;
}

/** Anchors of the file, so that some aliases find theirs. */
const anchor = fc.constantFrom("", "", "", "", "", "", "&one ", "&two ", "!local ", "!!str ");

const comment = fc.constantFrom("", "", "", " # why", "  #  spaced ", "\t# tab", " #", " # é: 🎈");
const above = fc.constantFrom(
  "",
  "",
  "",
  "# note",
  "# off: 1",
  "\n",
  "\n# near",
  "# head\n\n",
  "#\ttab\t",
  "   # deeper",
  "\n\n# far\n\n# near",
  "  \n",
);
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
  "",
  "*one",
  "*two",
  "!!int 3",
  "{ }",
  "[ a , 'b' ,c ]",
  "{a: , b}",
  "[a: 1, {b: 2}]",
  "2026-01-01",
  "'two  words #'",
  '"a \\\\ b"',
);

/** Flow collections over several lines; every line but the first is put at the right depth. */
const flowLines = fc.constantFrom(
  "[\na,\nb\n]",
  "[\na, # one\n# between\nb,\n]",
  "{\nk: v,\n\nl: [1,\n2] # two\n}",
  "{ k: v,\nl: w }",
  "[ # open\na\n]",
  "'one\n\ntwo'",
  '"one \\\ntwo"',
);

const blockText = fc.constantFrom(
  "one\n\n",
  "one\n\n\n# text",
  "\none",
  "  ",
  "a: b\n- c",
  "é 🎈\n\tx",
  "one",
  "one\ntwo",
  "one\n\ntwo",
  "# no comment\none",
  "one\n  deep\ntwo",
);
const header = fc.constantFrom("|", "|-", "|+", ">", ">-", ">+");

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

const scalar: fc.Arbitrary<Render> = fc.tuple(gap, flatScalar, comment, anchor).map(
  ([space, source, behind, props]) =>
    () =>
      `${space}${/^[*!|[{]/u.test(source) ? "" : props}${source}${behind}\n`,
);

const block: fc.Arbitrary<Render> = fc
  .tuple(header, blockText, comment, fc.constantFrom("", "\n", "\n  \n"), fc.nat(5), anchor)
  .map(
    ([sign, text, behind, blank, digit, props]) =>
      (indent, { step }) =>
        ` ${props}${sign}${digit === 0 ? step : ""}${behind}\n${ownLines(text, indent + " ".repeat(step))}${blank}`,
  );

const flow: fc.Arbitrary<Render> = fc.tuple(gap, anchor, flowLines, comment).map(
  ([space, props, source, behind]) =>
    (indent, { step }) =>
      `${space}${props === "!!str " ? "" : props}${source.replaceAll(/\n(?!\n)/gu, `\n${indent}${" ".repeat(step)}`)}${behind}\n`,
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
      if (name === "x-y" && before === "\n") return `${lead}? ${name} # asked\n${indent}:${render(indent, shape)}`;
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
    flow,
    folded,
    fc.tuple(comment, anchor, tie("entries")).map(([behind, props, render]): Render => (indent, shape) => {
      const lead = props === "" || props === "!!str " ? "" : ` ${props.trim()}`;
      return `${lead}${behind}\n${render(indent + " ".repeat(shape.step), shape, false)}`;
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
    second: fc.option(entries, { freq: 6, nil: undefined }),
    mark: fc.constantFrom("---\n", "--- # two\n", "...\n---\n", "...\n# between\n---\n"),
    lineBreak: fc.constantFrom("\n", "\n", "\r\n", "mixed"),
    start: fc.constantFrom("", "", "# header\n", "---\n", "# header\n\n", "--- # one\n", "%YAML 1.2\n---\n", "\n\n"),
    end: fc.constantFrom("", "", "", "\n\n", "# end\n", "\n# end\n", "...\n"),
    bom: fc.constantFrom("", "", "\uFEFF"),
    closed: fc.boolean(),
  })
  .map(({ render, second, mark, step, flatLists, lineBreak, start, end, bom, closed }) => {
    const shape = { step, flatLists };
    const more = second ? mark + second("", shape, false) : "";
    const text = start + render("", shape, false) + more + end;
    let count = 0;
    const breakAt = (): string => (lineBreak !== "mixed" ? lineBreak : (count += 1) % 3 === 0 ? "\r\n" : "\n");
    return bom + (closed ? text : text.replace(/\n+$/u, "")).replaceAll("\n", breakAt);
  });
