import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import type { Log } from "sarif";

const require = createRequire(import.meta.url);
/** The schema of SARIF 2.1.0, as its authors ship it. It names an older draft of JSON Schema, of which it uses nothing that changed since. */
const path = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const { id: _id, $schema: _draft, ...schema }: Record<string, unknown> = JSON.parse(readFileSync(path, "utf8"));

const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
ajv.addFormat("uri", (text) => URL.canParse(text));
ajv.addFormat("uri-reference", /^(?:[\w\-.~!$&'()*+,;=:@/?#[\]]|%[\dA-Fa-f]{2})*$/);
ajv.addFormat("date-time", (text) => !Number.isNaN(Date.parse(text)));

export const validate: ValidateFunction<Log> = ajv.compile<Log>(schema);
