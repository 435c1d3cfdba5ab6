import { describe, expect, it } from "vitest";
import { surfaceOf } from "../src/delta/surfaces.ts";

describe("what kind of file a path names", () => {
  it.each([
    [".github/workflows/pull.yml", "workflow"],
    [".github/actions/setup/action.yml", "action"],
    [".ci-fix/register.yml", "governance"],
    [".ci/build.sh", "ci-script"],
    ["package-lock.json", "dependency"],
    ["tools/requirements-dev.txt", "dependency"],
    ["src/tests/height.py", "test"],
    ["pkg/height_test.go", "test"],
    ["db/migrate/001_init.rb", "migration"],
    ["schemas/tide.schema.json", "schema"],
    ["proto/tide.proto", "file-format"],
    ["docs/guide.md", "documentation"],
    ["src/cli/main.ts", "cli"],
    ["src/api/routes.ts", "api"],
    ["src/height.cpp", "library"],
    ["data/gauges.csv", "other"],
  ])("%s – %s", (path, surface) => expect(surfaceOf(path)).toBe(surface));
});
