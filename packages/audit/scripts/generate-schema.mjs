// Writes the JSON Schema of an audit from the types that are its contract, comments included.
// `--check` writes nothing and fails when it is stale.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";

const packages = fileURLToPath(new URL("../../", import.meta.url));
const out = join(packages, "audit/schema/audit.schema.json");
const sources = [
  "audit/src/types/changes.ts",
  "audit/src/types/delta.ts",
  "audit/src/types/full.ts",
  "audit/src/types/records.ts",
  "audit/src/types/review.ts",
  "audit/src/types/shared.ts",
  "audit/src/types.ts",
  "proof/src/types.ts",
  "codemod/src/types.ts",
];

/** Declarations by name, each with the comment above it. */
const declared = new Map();
for (const source of sources) {
  const text = readFileSync(join(packages, source), "utf8");
  const { program, comments, errors } = parseSync(source, text);
  if (errors.length > 0) throw new Error(`${source}: ${errors[0].message}`);
  for (const { type, declaration, start } of program.body) {
    if (type !== "ExportNamedDeclaration" || declaration === null || declared.has(declaration.id?.name)) continue;
    declared.set(declaration.id.name, { node: declaration, docOf: (at) => docBefore(text, comments, at), start });
  }
}

const definitions = {};
const root = named("AuditFacts");
const schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "What `ci-fix audit --format json` prints",
  ...root,
  $defs: Object.fromEntries(Object.entries(definitions).sort(([one], [other]) => (one < other ? -1 : 1))),
};
settle(formatted(JSON.stringify(schema)));

function settle(text) {
  let old;
  try {
    old = readFileSync(out, "utf8");
  } catch {
    old = undefined;
  }
  if (old === text) return;
  if (process.argv.includes("--check")) {
    process.stdout.write("packages/audit/schema/audit.schema.json\n");
    process.exitCode = 1;
    return;
  }
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, text);
}

/** As the formatter would have it. */
function formatted(json) {
  const repository = join(packages, "..");
  const program = join(repository, "node_modules", ".bin", "oxfmt");
  return execFileSync(program, [`--stdin-filepath=${out}`], { cwd: repository, input: json, encoding: "utf8" });
}

/** The words of the documentation comment that ends right before an offset. */
function docBefore(text, comments, at) {
  const comment = comments.findLast(({ end }) => end <= at);
  if (comment === undefined || !comment.value.startsWith("*") || text.slice(comment.end, at).trim() !== "") return {};
  const words = comment.value
    .replaceAll(/^\s*\*+ ?/gmu, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
  return { description: words };
}

/** A reference to a declaration, which becomes a definition. */
function named(name) {
  if (definitions[name] === undefined) {
    const found = declared.get(name);
    if (found === undefined) throw new Error(`no type ${name} in ${sources.join(", ")}`);
    definitions[name] = {};
    const { node, docOf, start } = found;
    const body =
      node.type === "TSInterfaceDeclaration" ? interfaceSchema(node, docOf) : typeSchema(node.typeAnnotation, docOf);
    definitions[name] = { ...docOf(start), ...body };
  }
  return { $ref: `#/$defs/${name}` };
}

function interfaceSchema(node, docOf) {
  return objectSchema(allMembers(node, docOf));
}

function membersOfName(name) {
  const { node, docOf } = declared.get(name);
  return allMembers(node, docOf);
}

/** Those that an interface inherits come first. */
function allMembers(node, docOf) {
  const inherited = (node.extends ?? []).map(({ expression }) => membersOfName(expression.name));
  return Object.assign({}, ...inherited, membersOf(node.body.body, docOf));
}

function membersOf(members, docOf) {
  return Object.fromEntries(
    members.map((member) => [
      member.key.name ?? member.key.value,
      {
        schema: { ...docOf(member.start), ...typeSchema(member.typeAnnotation.typeAnnotation, docOf) },
        optional: member.optional,
      },
    ]),
  );
}

function objectSchema(members) {
  return {
    type: "object",
    additionalProperties: false,
    required: Object.keys(members).filter((key) => !members[key].optional),
    properties: Object.fromEntries(Object.entries(members).map(([key, { schema: of }]) => [key, of])),
  };
}

function typeSchema(node, docOf) {
  switch (node.type) {
    case "TSStringKeyword":
      return { type: "string" };
    case "TSNumberKeyword":
      return { type: "number" };
    case "TSBooleanKeyword":
      return { type: "boolean" };
    case "TSNullKeyword":
      return { type: "null" };
    case "TSLiteralType":
      return { const: node.literal.value };
    case "TSParenthesizedType":
      return typeSchema(node.typeAnnotation, docOf);
    case "TSArrayType":
      return { type: "array", items: typeSchema(node.elementType, docOf) };
    case "TSTypeOperator":
      return typeSchema(node.typeAnnotation, docOf);
    case "TSTypeLiteral":
      return objectSchema(membersOf(node.members, docOf));
    case "TSUnionType":
      return unionSchema(node.types.map((type) => typeSchema(type, docOf)));
    case "TSIndexedAccessType":
      return memberSchema(node);
    case "TSTypeReference":
      return referenceSchema(node, docOf);
    default:
      throw new Error(`generate-schema.mjs does not know ${node.type}; say it in another way, or teach it`);
  }
}

function unionSchema(parts) {
  const values = parts.filter((part) => "const" in part).map((part) => part.const);
  const others = parts.filter((part) => !("const" in part));
  const choices = values.length > 0 ? [{ enum: values }, ...others] : others;
  return choices.length === 1 ? choices[0] : { anyOf: choices };
}

/** `Appendix["posture"]` is what stands there. */
function memberSchema({ objectType, indexType }) {
  const member = membersOfName(objectType.typeName.name)[indexType.literal.value];
  return member.schema;
}

function referenceSchema({ typeName, typeArguments }, docOf) {
  const args = typeArguments?.params ?? [];
  if (typeName.name === "Readonly") return typeSchema(args[0], docOf);
  if (typeName.name === "Record") {
    const keys = keysOf(args[0]);
    const value = typeSchema(args[1], docOf);
    if (keys === undefined) return { type: "object", additionalProperties: value };
    return objectSchema(Object.fromEntries(keys.map((key) => [key, { schema: value, optional: false }])));
  }
  if (typeName.name === "ScoreName") return { enum: keysOf({ type: "TSTypeReference", typeName }) };
  return named(typeName.name);
}

/** The words of a type that is a choice of words; undefined for any string. */
function keysOf(node) {
  if (node.type === "TSStringKeyword") return undefined;
  if (node.type === "TSTypeReference" && node.typeName.name === "Exclude") {
    const [all, without] = node.typeArguments.params.map(keysOf);
    return all.filter((key) => !without.includes(key));
  }
  if (node.type === "TSTypeReference" && node.typeName.name === "ScoreName")
    return Object.keys(membersOfName("Scores")).filter((key) => key !== "overall");
  if (node.type === "TSLiteralType") return [node.literal.value];
  return (node.type === "TSIndexedAccessType" ? memberSchema(node) : definitionOf(node)).enum;
}

function definitionOf(node) {
  named(node.typeName.name);
  return definitions[node.typeName.name];
}
