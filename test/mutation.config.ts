import { defineConfig } from "vitest/config";
import base from "../vitest.config.ts";

const folder = process.env["CI_FIX_MUTATED"] ?? "packages/*";

/** The tests of the one package whose sources `npm run mutate` changes. */
export default defineConfig({ ...base, test: { ...base.test, include: [`${folder}/test/**/*.test.ts`] } });
