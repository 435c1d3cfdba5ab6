import type { Answer, Architecture, CiAudit, Misleading, Pinning, SecurityReview, TestsReview } from "@ci-fix/audit";
import { count } from "../../words.ts";
import { bullets, file, heading, inline, table } from "./parts.ts";

const VERDICTS: Readonly<Record<Answer["verdict"], string>> = { good: "✅", note: "⚠️", bad: "❌" };

function answers(what: string, of: readonly Answer[]): string[] {
  return table(
    [what, "Assessment"],
    of.map(({ question, verdict, answer }) => [question, `${VERDICTS[verdict]} ${inline(answer)}`]),
  );
}

/** Section 4. */
export function architecture({ answers: all, keep, fixNow, defer }: Architecture): string[] {
  const items = (of: readonly string[]): string => (of.length === 0 ? "None" : of.map(inline).join("<br>"));
  return [
    ...heading(3, "Evaluation"),
    ...answers("Question", all),
    ...heading(3, "Disposition"),
    ...table(
      ["Category", "Items"],
      [
        ["**Keep**", items(keep)],
        ["**Fix now**", items(fixNow)],
        ["**Defer**", items(defer)],
      ],
    ),
  ];
}

/** Section 5. */
export function ciAudit(
  { determinism, before, after, rootCauses, minimalFixes, guardrailsAdded }: CiAudit,
  milestone: string,
): string[] {
  return [
    ...heading(3, "Determinism Assessment"),
    ...answers("Aspect", determinism),
    ...heading(3, "Green-but-Misleading Analysis"),
    "Counted by the proof model: a workflow counts where some case is green although work that matters failed, or could not run, and the fix turns that case red or runs the work.",
    "",
    `**Before ${inline(milestone)}:** ${misleadingWords(before)}`,
    "",
    ...misleadingTable(before),
    `**After ${inline(milestone)}:** ${misleadingWords(after)}`,
    "",
    ...misleadingTable(after),
    ...heading(3, "CI Root Cause Summary"),
    ...bullets(rootCauses, "N/A: the results of runs are not in the repository, and the changes are preventive."),
    ...heading(3, "Minimal Fix Set"),
    ...bullets(minimalFixes, "Nothing more is needed: the range brought no new silent failure."),
    ...heading(3, "Guardrails Added"),
    ...bullets(guardrailsAdded, "None."),
  ];
}

function misleadingWords({ masking, disabled, byRule }: Misleading): string {
  const parts = [
    `${count(masking.length, "workflow")} could be green while masking a real failure`,
    `${count(disabled.length, "workflow")} held work that never ran`,
    ...(byRule.length === 0
      ? []
      : [
          `${count(byRule.length, "more workflow")} ${byRule.length === 1 ? "is" : "are"} suspected by a rule alone, without a model to compare with`,
        ]),
  ];
  return `${parts.join("; ")}.`;
}

function misleadingTable({ masking, disabled, byRule }: Misleading): string[] {
  const rows = (of: Misleading["masking"], what: string): string[][] =>
    of
      .slice(0, 25)
      .map((each) => [
        file(each.file),
        what,
        each.hidden.slice(0, 6).map(inline).join("<br>") +
          (each.hidden.length > 6 ? `<br>and ${each.hidden.length - 6} more` : ""),
        each.touched ? "Yes" : "No",
      ]);
  const more = [masking, disabled, byRule].reduce((sum, of) => sum + Math.max(0, of.length - 25), 0);
  return [
    ...table(
      ["Workflow", "How it misleads", "What is hidden", "Touched"],
      [...rows(masking, "masks a failure"), ...rows(disabled, "never runs"), ...rows(byRule, "suspected by rule")],
    ),
    ...(more === 0 ? [] : [`… and ${count(more, "more workflow")}; the JSON lists all.`, ""]),
  ];
}

const STATUSES = {
  introduced: "✅ Introduced",
  held: "✅ Held",
  broken: "❌ Broken",
  untouched: "✅ Protected",
  unknown: "⚠️ Unknown",
} as const;

/** Section 6. */
export function testsReview(review: TestsReview): string[] {
  return [
    ...heading(3, "Coverage Delta"),
    ...table(
      ["Metric", "Before", "After", "Delta"],
      review.coverage.map(({ metric, before, after, delta }) => [metric, before, after, inline(delta)]),
    ),
    ...heading(3, "New Tests Added"),
    ...bullets(review.newTests, "None: no test file was touched."),
    ...heading(3, "Invariant Verification Status"),
    ...table(
      ["Invariant", "Status", "Method"],
      review.invariants.map(({ id, title, status, method }) => [
        `**${inline(id)}** (${inline(title)})`,
        STATUSES[status],
        inline(method),
      ]),
    ),
    ...heading(3, "Flaky Tests"),
    ...bullets(
      review.flaky,
      "No retry was added or removed in the touched files; whether a test is flaky is not in them.",
    ),
    ...heading(3, "End-to-End Verification"),
    inline(review.endToEnd),
    "",
    ...heading(3, "Snapshot/Golden/Contract Harness"),
    ...bullets(review.harness, "N/A: nothing was proved in this range."),
    ...heading(3, "Missing Invariants"),
    ...bullets(review.missingInvariants, "None identified: every class that was found serves a declared invariant."),
    ...heading(3, "Missing Tests"),
    ...bullets(review.missingTests, "None that the files show."),
    ...heading(3, "Fast Fixes (≤90 min)"),
    ...bullets(review.fastFixes, "None: no open finding has a fix that is safe without a review."),
    ...heading(3, "New Markers/Tags"),
    ...bullets(review.markers, "None: no file of this repository tells of any."),
  ];
}

const IMPACTS = { improved: "✅ **Improved**", worse: "❌ **Worse**", same: "➖ Same" } as const;

/** Section 7. */
export function security({ dependencies, posture, secrets, trust, pinning, provenance }: SecurityReview): string[] {
  const rows = trust.map((each) => [
    file(each.file),
    each.aspect,
    inline(each.change),
    each.widens ? "⚠️ Widens" : "No",
  ]);
  return [
    ...heading(3, "Dependency Deltas"),
    ...bullets(dependencies, "None: no manifest was touched, and CI runs code from elsewhere as before."),
    ...heading(3, "Vulnerability Posture"),
    ...(posture.length === 0
      ? ["Unchanged: the same security scans run as before.", ""]
      : table(
          ["Change", "Impact"],
          posture.map(({ change, impact }) => [inline(change), IMPACTS[impact]]),
        )),
    ...heading(3, "Secrets Exposure Risk"),
    ...bullets(secrets, "None: the touched files read the same secrets as before."),
    ...heading(3, "Workflow Trust Boundary Changes"),
    ...(rows.length === 0
      ? ["None: permissions, triggers, runners and what may run are as before.", ""]
      : table(["Workflow", "Aspect", "Change", "Widens trust?"], rows)),
    ...heading(3, "Pinning"),
    ...table(
      ["", "Uses", "Commit", "Tag", "Branch or nothing"],
      [pinningRow("Before", pinning.before), pinningRow("After", pinning.after)],
    ),
    ...heading(3, "SBOM/Provenance Continuity"),
    inline(provenance),
    "",
  ];
}

function pinningRow(side: string, { uses, commit, tag, floating }: Pinning): string[] {
  return [side, String(uses), String(commit), String(tag), String(floating)];
}
