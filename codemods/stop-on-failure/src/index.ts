import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { find } from "./find.ts";

const codemod: Codemod = defineCodemod({
  meta: {
    id: "stop-on-failure",
    classes: [
      { id: "set-plus-e", severity: "medium", summary: "`set +e`, and a failure after it that nobody reads" },
      { id: "no-errexit", severity: "high", summary: "A shell that goes on after a failed command" },
      {
        id: "pwsh-native-exit",
        severity: "high",
        summary: "A program in PowerShell whose exit code the next one replaces",
      },
    ],
    summary: "Makes scripts that go on after a failed test, build or linter end with its failure",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["+", "shell", "win", "Win", "WIN"],
    subject: (findings) =>
      findings.length === 1
        ? "let a failed command fail its step"
        : `let ${findings.length} failed commands fail their steps`,
  },
  find,
});

export default codemod;
