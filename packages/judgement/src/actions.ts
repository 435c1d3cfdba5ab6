import type { Judged, Kind } from "./kind.ts";
import { kindOfName } from "./names.ts";

interface ActionRow {
  readonly kind: Kind;
  readonly what: string;
  /** Tested on the action's name (no ref) in lower case. */
  readonly pattern: RegExp;
}

/** First match wins. */
const rows: readonly ActionRow[] = [
  {
    kind: "advisory",
    what: "an audit or a scan",
    pattern:
      /audit-check|cargo-deny|trivy|anchore\/scan|snyk|scorecard|dependency-review|pip-audit|grype|osv-scanner|trufflehog|gitleaks|sonarsource|sonarcloud|checkmarx|semgrep|fossa|dependency-check|vulnerab|zizmor|harden-runner/u,
  },
  { kind: "advisory", what: "a link check", pattern: /lychee|link-?check|linkinator|awesome-?bot|broken-?link/u },
  {
    kind: "advisory",
    what: "a benchmark or a size report",
    pattern: /benchmark|bencher|codspeed|lighthouse|size-limit|bundlesize|bloaty|compressed-size/u,
  },
  { kind: "advisory", what: "fuzzing", pattern: /fuzz/u },
  {
    kind: "advisory",
    what: "a review by a language model",
    pattern: /claude|openai|anthropic|gemini|coderabbit|copilot|codex|ai-review|llm/u,
  },
  { kind: "advisory", what: "remarks on a review", pattern: /reviewdog\/|cpp-linter|danger/u },
  {
    kind: "critical",
    what: "a release",
    pattern:
      /action-gh-release|ncipollo\/release-action|upload-release-assets?|actions-upload-release|upload-release-action|create-release|goreleaser|semantic-release|changesets\/action|release-please|release-plz|marvinpinto\/|electron-builder|jreleaser/u,
  },
  {
    kind: "critical",
    what: "a publication",
    pattern:
      /gh-action-pypi-publish|npm-publish|publish-crates?|maven-publish|publish-vscode|rubygems\/release-gem|pypi-publish|vsix-publisher|snapcore\/action-publish|docker\/bake-action|docker\/build-push-action|redhat-actions\/push|kaniko|mr-smithers|publish-docker/u,
  },
  {
    kind: "critical",
    what: "a deployment",
    pattern:
      /deploy-pages|actions-gh-pages|github-pages-deploy|amazon-ecs-deploy|webapps-deploy|functions-action|k8s-deploy|wrangler-action|pages-action|actions-netlify|vercel-action|firebase|flyctl|heroku-deploy|deploy-cloud|deploy-appengine|aws-cloudformation|terraform-(?:apply|plan)|pulumi\/actions|render-deploy|ssh-action|scp-action|ftp-deploy|deploy/u,
  },
  { kind: "critical", what: "code scanning", pattern: /codeql-action\/(?:analyze|autobuild)/u },
  {
    kind: "critical",
    what: "a linter",
    pattern:
      /golangci-lint|super-linter|megalinter|markdownlint|shellcheck|actionlint|yamllint|ruff-action|psf\/black|pre-commit\/action|crate-ci\/typos|codespell|clang-format|hadolint|eslint|stylelint|typos|editorconfig|buf-(?:lint|breaking|action)|commitlint|reuse-?action|fsfe\/reuse|detekt|ktlint|swiftlint|rubocop|phpstan|php-cs|misspell|flake8|mypy|pyright|lint-action|rustfmt|clippy/u,
  },
  {
    kind: "critical",
    what: "a build",
    pattern:
      /cibuildwheel|maturin-action|gradle-build-action|gradle\/actions$|actions-rs\/cargo|actions-rs\/clippy|houseabsolute\/actions-rust-cross|rust-cross|swift-build|xcodebuild|cmake-action|run-cmake|nix-build|bazel-build|earthly|buildpacks|tauri-action|jekyll-build-pages|flutter-build|wheel-build/u,
  },
  {
    kind: "critical",
    what: "tests",
    pattern: /cypress-io\/github-action|playwright-action|run-tests?|test-action|chart-testing|kind-test|behat|ctest/u,
  },
  { kind: "prepare", what: "checks sources out", pattern: /(?:^|\/)checkout|clone-repo/u },
  {
    kind: "prepare",
    what: "signs in or configures",
    pattern:
      /login|configure-.*credentials|google-github-actions\/auth|azure\/login|vault-action|create-github-app-token|import-gpg|ssh-agent|webfactory|setup-gcloud|auth$/u,
  },
  {
    kind: "best-effort",
    what: "keeps or fetches files",
    pattern:
      /(?:upload|download)[-_]?(?:\w+-)*artifact|artifacts?$|stash\/(?:save|restore)|upload-sarif|sarif|read-file-action|gh-actions-artifact/u,
  },
  { kind: "best-effort", what: "a cache", pattern: /cache|magic-nix|ccache|cachix/u },
  {
    kind: "best-effort",
    what: "coverage figures",
    pattern: /codecov|coveralls|coverage|codacy|codeclimate|code-climate/u,
  },
  {
    kind: "best-effort",
    what: "a report on test results",
    pattern:
      /test-reporter|publish-unit-test|junit|test-report|test-summary|test-results|report-action|allure|datadog-ci|upload-test|buildpulse|trunk-io\/analytics/u,
  },
  {
    kind: "best-effort",
    what: "a note to people",
    pattern:
      /comment|label|slack|discord|telegram|notify|notification|mattermost|teams|email|mail|messager|assign|subscribe|stale|triage|add-to-project|reaction|welcome|greeting|release-drafter|issue|dockerhub-description|ntfy|pushover|first-interaction|hall-of-fame|telemetry/u,
  },
  {
    kind: "best-effort",
    what: "a clean-up or a look into the run",
    pattern:
      /free-?(?:up-)?disk|maximize-build-space|cleanup|clean-up|remove-|delete-|close-snap|tmate|upterm|action-ssh|debug|teardown|kill|wait-ssh/u,
  },
  { kind: "best-effort", what: "an SBOM or an attestation", pattern: /sbom|attest/u },
  {
    kind: "prepare",
    what: "sets tools up",
    pattern:
      /(?:^|\/|-)(?:setup|install)(?:-|$)|setup$|rust-toolchain|install-action|msvc-dev|rustup|-toolchain|paths-filter|setup-|changed-files|get-|find-/u,
  },
];

/** What an action is worth. The last part of an unknown action's name is read like the name of a step. */
export function judgedAction(name: string): Judged {
  const seen = name.length <= 70 ? name : `${name.slice(0, 69)}…`;
  const plain = name.toLowerCase();
  const row =
    plain.startsWith("./") || plain.startsWith("docker://")
      ? undefined
      : rows.find(({ pattern }) => pattern.test(plain));
  if (row !== undefined) return { kind: row.kind, what: row.what, seen };
  const last =
    plain
      .replace(/\/(?:action\.ya?ml)?$/u, "")
      .split("/")
      .at(-1) ?? "";
  const named = kindOfName(last === "." ? undefined : last);
  if (named !== undefined && named.kind !== "critical") return { kind: named.kind, what: named.what, seen };
  return { kind: "unknown", what: "an action", seen };
}

/** Inputs in which some actions take a script, which says more than the action does. */
const scriptInputs: readonly (readonly [action: RegExp, inputs: readonly string[]])[] = [
  [
    /\/retry|run-on-arch|vmactions\/|cross-platform-actions|docker-run-action|android-emulator-runner|alpine|xvfb-action|nix-shell|ssh-action|gabrielbb|coactions/u,
    ["command", "run", "script", "options"],
  ],
  [/gradle|actions-yarn|maven-action/u, ["arguments", "cmd", "args"]],
  [/actions-rs\/cargo/u, ["command"]],
];

/** The script that an action is given to run, if it is of that kind. */
export function scriptOfAction(name: string, inputs: ReadonlyMap<string, string>): string | undefined {
  const keys = scriptInputs.find(([action]) => action.test(name.toLowerCase()))?.[1] ?? [];
  const key = keys.find((input) => (inputs.get(input) ?? "").trim() !== "");
  const text = key === undefined ? undefined : inputs.get(key);
  if (text === undefined) return undefined;
  if (/actions-rs\/cargo/u.test(name)) return `cargo ${text}`;
  return /gradle|yarn|maven/u.test(name.toLowerCase())
    ? `${/yarn/u.test(name) ? "yarn" : /maven/u.test(name) ? "mvn" : "gradle"} ${text}`
    : text;
}
