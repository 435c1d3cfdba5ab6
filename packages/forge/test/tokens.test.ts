import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tokens } from "../src/index.ts";

const none = { PATH: "/nowhere" };

it.each([
  [{ GITHUB_TOKEN: "a" }, "github.com", "a"],
  [{ GH_TOKEN: "b", GITHUB_TOKEN: "a" }, "github.com", "b"],
  [{ GITHUB_TOKEN: "a" }, "github.com.evil.example", undefined],
  [{ GITHUB_TOKEN: "a" }, "gitlab.com", undefined],
  [{ GH_ENTERPRISE_TOKEN: "c", GH_HOST: "git.example.com" }, "git.example.com", "c"],
  [{ GH_ENTERPRISE_TOKEN: "c" }, "git.example.com", undefined],
  [{ GITLAB_TOKEN: "d" }, "gitlab.com", "d"],
  [{ GITLAB_TOKEN: "d", GITLAB_HOST: "lab.example.com" }, "gitlab.com", undefined],
  [{ GITEA_TOKEN: "e", GITEA_HOST: "Tea.example.com" }, "tea.example.com", "e"],
  [{ CI_FIX_TOKEN: "f", CI_FIX_TOKEN_HOST: "127.0.0.1:3000" }, "127.0.0.1:3000", "f"],
  [{ GITHUB_TOKEN: "" }, "github.com", undefined],
])("of %j, %s gets %s", (env, host, token) => {
  expect(tokens({ ...none, ...env })(host)).toBe(token);
});

it("asks gh once for a host, and never with an option for its name", () => {
  const folder = mkdtempSync(join(tmpdir(), "ci-fix-gh-"));
  const log = join(folder, "log");
  writeFileSync(join(folder, "gh"), `#!/bin/sh\necho "$@" >> ${log}\necho from-gh\n`);
  chmodSync(join(folder, "gh"), 0o755);
  const token = tokens({ PATH: `${folder}:/usr/bin:/bin` });
  expect([token("github.com"), token("github.com"), token("-x.example.com"), token("127.0.0.1:1")]).toEqual([
    "from-gh",
    "from-gh",
    undefined,
    undefined,
  ]);
  expect(readFileSync(log, "utf8")).toBe("auth token --hostname github.com\n");
});
