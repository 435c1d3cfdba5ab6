import { parseCondition, type ParsedCondition } from "@ci-fix/expression";

/** The condition as one expression, where the text around the braces is meant as a part of it; undefined where that cannot be told. */
export function asOneExpression({ text, parts }: ParsedCondition): string | undefined {
  let joined = "";
  let quoted = false;
  for (const [index, part] of parts.entries()) {
    if (part.kind === "text") {
      joined += part.text;
      quoted = (joined.split("'").length - 1) % 2 === 1;
      continue;
    }
    if (!part.parsed.ok) return undefined;
    const { tree } = part.parsed;
    const inner = text.slice(tree.span.start, tree.span.end);
    const after = parts[index + 1];
    if (quoted) {
      // `'${{ x }}' == 'y'` means x; anything else in quotes would become a part of a string.
      if (!joined.endsWith("'") || after?.kind !== "text" || !after.text.startsWith("'")) return undefined;
      const rest = parts.slice(index + 1);
      const [first, ...others] = rest;
      if (first?.kind !== "text") return undefined;
      const shorter = { ...first, text: first.text.slice(1) };
      return finished(text, `${joined.slice(0, -1)}${inner}`, [shorter, ...others]);
    }
    const alone = joined.trim() === "" && (after?.kind !== "text" || after.text.trim() === "");
    joined += tree.kind === "binary" && !alone ? `(${inner})` : inner;
  }
  return finished(text, joined, []);
}

function finished(text: string, start: string, rest: ParsedCondition["parts"]): string | undefined {
  if (rest.length > 0) {
    const end = asOneExpression({
      ...parseCondition(""),
      text,
      parts: [{ kind: "text", span: { start: 0, end: 0 }, text: start }, ...rest],
    });
    return end;
  }
  const joined = start.trim();
  return parseCondition(joined).tree === undefined ? undefined : joined;
}
