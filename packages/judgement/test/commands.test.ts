import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgedCommands } from "../src/commands.ts";

const kinds = (script: string): string[] => judgedCommands(script).map(({ kind }) => kind);
const isCritical = (script: string): boolean =>
  judgedCommands(script).some(({ kind, masked }) => kind === "critical" && !masked);

describe("critical work is found", () => {
  it.each([
    "pytest -q",
    "python -m pytest tests",
    "python3.12 -X dev -m unittest",
    "$PYTHON -m pytest",
    "go test ./...",
    "cargo clippy --all-targets -- -D warnings",
    "npm test",
    "npm t",
    "npm run lint",
    "npm run build:docs",
    "pnpm --filter web run typecheck",
    "yarn lint",
    "make",
    "make -j4 check",
    "make -C engine test",
    "./gradlew --no-daemon check",
    "./mvnw verify",
    "node_modules/.bin/eslint .",
    "./vendor/bin/phpunit",
    "dotnet test --no-build",
    "docker build -t app .",
    "docker buildx build .",
    "cmake --build build",
    "npm publish --access public",
    "terraform apply -auto-approve",
    "kubectl apply -f deploy.yml",
    "helm upgrade app chart",
    "gh release create v1 dist/*",
    "python setup.py bdist_wheel",
    "tox -e py312",
    "bundle exec rake spec",
    "xcodebuild test -scheme App",
    "Invoke-Pester tests",
  ])("%s", (script) => expect(isCritical(script)).toBe(true));
});

describe("it is found behind what runs it", () => {
  it.each([
    "cd web && npm test",
    "CI=true NODE_ENV=test npx jest",
    "sudo -E env PATH=$PATH pytest",
    "time xvfb-run -a --server-args='-screen 0 1x1x8' pytest",
    "timeout -k 5 600 pytest",
    "poetry run pytest",
    "uv run --with coverage --python 3.12 pytest",
    "uvx --from tox-uv tox",
    "npx --yes playwright test",
    "bundle exec rspec",
    "conda run -n ci pytest",
    "docker run --rm -v $PWD:/src -e CI image:3 pytest -x",
    "docker compose exec -T web pytest",
    "bash -c 'set -e; pytest'",
    'bash -lc "cd src && pytest"',
    "if ! pytest; then exit 1; fi",
    "for py in 3.11 3.12; do tox -e $py; done",
    "coverage run -m pytest",
    "result=$(pytest)",
    "pytest \\\n  -q \\\n  tests",
    "pytest | tee log.txt",
    "pytest > log.txt 2>&1",
    "(cd src; pytest)",
    "pytest || exit 1",
    "pytest || { echo failed; exit 1; }",
    "pytest || (echo failed; exit 1)",
    "set +e\npytest\nstatus=$?\nexit $status",
  ])("%s", (script) => expect(isCritical(script)).toBe(true));

  it("whatever the wrappers are", () => {
    const wrapper = fc.constantFrom(
      "sudo ",
      "time ",
      "env A=1 ",
      "nice -n 5 ",
      "CI=1 ",
      "poetry run ",
      "xvfb-run -a ",
      "timeout 60 ",
      "stdbuf -oL ",
      "nohup ",
    );
    fc.assert(
      fc.property(fc.array(wrapper, { maxLength: 5 }), (wrappers) => isCritical(`${wrappers.join("")}pytest -x`)),
    );
  });
});

describe("words that are no commands are not taken for any", () => {
  it.each([
    "# pytest",
    "echo pytest",
    'echo "run pytest; then npm test"',
    "printf '%s\\n' 'make test'",
    "cat > run.sh <<'SH'\npytest\nmake test\nSH",
    "cat <<-EOF\n\tnpm test\n\tEOF",
    "ls pytest/",
    "rm -rf build test",
    "grep -r pytest .",
    "cp -r test /tmp",
    "mkdir -p build",
    "which pytest",
    "pytest --version",
    "pip install pytest tox",
    "npm install --save-dev jest",
    "npm ci",
    "git checkout test",
    "make clean",
    "npm audit",
    "cargo bench",
    "docker system prune -af",
    "kubectl logs deploy/test",
  ])("%s", (script) => expect(isCritical(script)).toBe(false));

  it("inside quotes of another command", () => {
    const safe = fc.stringMatching(/^[a-z ;&|()]{0,30}$/u);
    fc.assert(fc.property(safe, (text) => !isCritical(`echo '${text} pytest ${text}'`)));
  });
});

describe("a failure that the script hides itself", () => {
  it.each([
    "pytest || true",
    "pytest || :",
    "pytest || echo 'never mind'",
    "pytest || exit 0",
    "pytest | tee log || true",
    "npm ci && npm test || true",
    "(pytest) || true",
    "set +e\npytest\necho done",
  ])("%s", (script) => expect(isCritical(script)).toBe(false));

  it("is told from one that reaches the step", () => {
    expect(judgedCommands("pytest || true\nnpm test").map(({ masked }) => masked)).toEqual([true, false, false]);
  });
});

describe("kinds", () => {
  it.each([
    ["npm audit", "advisory"],
    ["cargo +nightly miri test", "advisory"],
    ["lychee docs", "advisory"],
    ["hyperfine ./app", "advisory"],
    ["codecov --file c.xml", "best-effort"],
    ["coverage xml", "best-effort"],
    ["gh pr comment 1 --body hi", "best-effort"],
    ["git commit -m x", "best-effort"],
    ["docker push app", "delivery"],
    ["aws s3 sync site s3://b --delete", "delivery"],
    ["aws s3 rm s3://b/x", "chore"],
    ["terraform destroy -auto-approve", "chore"],
    ["sudo apt-get install -y mold", "prepare"],
    ["pip install -e .", "prepare"],
    ["./scripts/anything.sh", "unknown"],
    ["${{ inputs.command }}", "unknown"],
  ])("%s is %s", (script, kind) => expect(kinds(script)).toEqual([kind]));
});

it("reads any text without failing, and always comes to an end", () => {
  const shellish = fc.array(
    fc.constantFrom(
      "'",
      '"',
      "\\",
      "$(",
      "${",
      "((",
      ")",
      "|",
      "&",
      ";",
      "\n",
      "<<A",
      "A",
      "`",
      "#",
      ">",
      " ",
      "pytest",
      "${{ x }}",
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        shellish.map((parts) => parts.join("")),
      ),
      (script) => Array.isArray(judgedCommands(script)),
    ),
  );
});
