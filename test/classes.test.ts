import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codemods } from "@ci-fix/runner";
import { beforeAll, describe, expect, it } from "vitest";
import { runInside } from "./in-process.ts";
import { repositoryFrom, root } from "./scratch-repository.ts";

interface Found {
  readonly class: string;
  readonly outcome: { readonly kind: string; readonly safety?: string };
}

type Kind = "fix" | "report" | "keep" | "skip";

/** How many fixtures of each kind every class has. A class that only a person can repair has reports instead of fixes. */
const fewest = 4;

const isOfKind: Readonly<Record<Exclude<Kind, "keep">, (found: Found) => boolean>> = {
  fix: ({ outcome }) => outcome.kind !== "skip" && outcome.safety !== "report",
  report: ({ outcome }) => outcome.kind === "fix" && outcome.safety === "report",
  skip: ({ outcome }) => outcome.kind === "skip",
};

/** The fixtures of a class: those with such a finding of it; those without any name it behind `keep-` where its codemod has several. */
function fixturesOf(codemod: string, risk: string, isOnly: boolean, kind: Kind): readonly string[] {
  const folder = join(root, "codemods", codemod, "fixtures");
  const names = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`));
  if (kind === "keep") return names.filter((name) => isOnly || name.startsWith(`keep-${risk}-`));
  return names.filter((name) => {
    const findings = JSON.parse(readFileSync(join(folder, name, "findings.json"), "utf8")) as readonly Found[];
    return findings.some((found) => found.class === risk && isOfKind[kind](found));
  });
}

const classes = codemods.flatMap(({ meta }) =>
  meta.classes.map(({ id }) => [id, meta.id, meta.classes.length === 1] as const),
);

let sarif: string;

beforeAll(async () => {
  const told = await runInside(repositoryFrom("fixtures/audit-m04").folder, ["scan", "--format", "sarif"]);
  sarif = told.stdout;
});

describe.each(classes)("%s", (risk, codemod, isOnly) => {
  it(`has ${fewest} fixtures of each kind at least`, () => {
    const counts = (["fix", "report", "keep", "skip"] as const).map(
      (kind) => fixturesOf(codemod, risk, isOnly, kind).length,
    );
    const [fix = 0, report = 0, keep = 0, skip = 0] = counts;
    expect(fix > 0 ? fix : report, "fix, or report where nothing is ever fixed").toBeGreaterThanOrEqual(fewest);
    expect(keep, "keep").toBeGreaterThanOrEqual(fewest);
    expect(skip, "skip").toBeGreaterThanOrEqual(fewest);
  });

  it("is explained by the page of its codemod", async () => {
    const { code, stdout } = await runInside(root, ["explain", risk]);
    const page = readFileSync(join(root, "docs", "classes", `${codemod}.md`), "utf8");
    expect(code).toBe(0);
    expect(stdout).toContain(`found by ${codemod}`);
    expect(page).toContain(`\`${risk}\``);
  });

  it("is a rule of SARIF, with a description and help", () => {
    const log = JSON.parse(sarif) as {
      runs: { tool: { driver: { rules: { id: string; fullDescription: object; help: object }[] } } }[];
    };
    const rule = log.runs[0]?.tool.driver.rules.find(({ id }) => id === risk);
    expect(rule).toMatchObject({
      fullDescription: { text: expect.stringMatching(/\w/u) as unknown },
      help: { text: expect.stringContaining(risk) as unknown },
    });
  });
});
