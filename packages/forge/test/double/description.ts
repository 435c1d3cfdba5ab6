import { readFileSync } from "node:fs";
import { type Schema, Ajv, type ValidateFunction } from "ajv";

/** An operation of the official description, reduced to what the tests use. */
interface Operation {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly body?: Schema;
  readonly answers: Readonly<Record<string, Schema | true>>;
}

const { operations } = JSON.parse(readFileSync(new URL("github-openapi.json", import.meta.url), "utf8")) as {
  readonly operations: Readonly<Record<string, Operation>>;
};

const ajv = new Ajv({ strict: false, coerceTypes: true });
const compiled = new Map<Schema, ValidateFunction>();

function problems(schema: Schema, value: unknown, what: string): string[] {
  let validate = compiled.get(schema);
  if (validate === undefined) compiled.set(schema, (validate = ajv.compile(schema)));
  return validate(structuredClone(value)) ? [] : [`${what}: ${ajv.errorsText(validate.errors)}`];
}

/** The operation that a request means: its key, and what stands in the places of its path. */
export interface Match {
  readonly key: string;
  readonly names: Readonly<Record<string, string>>;
}

export function matchOperation(method: string, path: string): Match | undefined {
  for (const key of Object.keys(operations)) {
    const [verb, template = ""] = key.split(" ");
    if (verb !== method) continue;
    const pattern = new RegExp(`^${template.replaceAll(/\{(\w+)\}/gu, "(?<$1>[^/]+)")}$`, "u");
    const found = pattern.exec(path);
    if (found === null) continue;
    const names = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
    return { key, names: Object.fromEntries(names) as Record<string, string> };
  }
  return undefined;
}

/** What in a request the description does not know or does not allow. */
export function requestProblems({ key }: Match, query: URLSearchParams, body: unknown): string[] {
  const operation = operations[key];
  if (operation === undefined) return [`${key} is not described`];
  const found: string[] = [];
  for (const [name, value] of query) {
    const parameter = operation.parameters.find((each) => each.in === "query" && each.name === name);
    if (parameter === undefined) found.push(`${key}: no parameter ${name}`);
    else found.push(...problems(parameter.schema, value, `${key} ${name}`));
  }
  if (operation.body !== undefined) found.push(...problems(operation.body, body ?? {}, `${key} body`));
  else if (body !== undefined) found.push(`${key} takes no body`);
  return found;
}

/** What in an answer is not as described. Limits and disturbances may come at any place. */
export function answerProblems({ key }: Match, status: number, body: unknown): string[] {
  if ([403, 404, 429, 502].includes(status)) return [];
  const answer = operations[key]?.answers[String(status)];
  if (answer === undefined) return [`${key}: no answer ${status}`];
  return answer === true ? [] : problems(answer, body, `${key} ${status}`);
}
