import type { CommandRow } from "./command-table.ts";

/** Work whose failure must be seen: tests, compilers, linters, packages, images, migrations, deploys, publishes. */
export const criticalCommands: readonly CommandRow[] = [
  row(
    "tests",
    "pytest py.test tox nox unittest nose2 stestr doctest trial jest vitest mocha ava jasmine karma qunit tap uvu cypress nightwatch wdio testcafe codeceptjs start-server-and-test gotestsum ginkgo ctest rspec cucumber minitest phpunit pest paratest codecept behat infection vstest vstest.console pester invoke-pester bats shellspec busted prove lit robot behave newman hurl schemathesis dredd elm-test molecule kuttl chainsaw",
  ),
  row("tests", "npm pnpm", /^(?:t|tst)(?: |$)/u),
  row("tests", "playwright", /\btest\b/u),
  row(
    "tests, checks or builds",
    "cargo",
    /^(?:-\S+ )*(?:test|t|nextest|clippy|check|c|build|b|miri|hack|fmt|doc|rustdoc|tarpaulin|llvm-cov|semver-checks|careful|kani|all-features|xtest|zigbuild|ndk|package|dist|publish|release|workspaces|udeps|machete|shear|msrv|minimal-versions|apk|tauri)\b/u,
  ),
  row("tests, checks or builds", "go", /^(?:test|vet|build|generate)\b/u),
  row("tests, checks or builds", "dotnet", /^(?:test|build|publish|pack|format|msbuild|vstest|fsi|nuget push)\b/u),
  row("tests, checks or builds", "deno bun", /^(?:test|lint|check|fmt|bench|publish|compile|build)\b/u),
  row(
    "tests, checks or builds",
    "swift flutter dart mix rebar3 stack cabal zig meson ng melos mill fvm",
    /^(?:-\S+ )*(?:test|build|analyze|analyse|format|compile|credo|dialyzer|lint|check|ct|eunit|drive|publish|bench)\b/u,
  ),
  row(
    "a build",
    "mvn mvnw gradle gradlew sbt lein ant xcodebuild fastlane msbuild ninja samu scons waf bazel bazelisk buck buck2 pants please earthly xmake premake5 javac rustc gcc g++ clang clang++ cc c++ kotlinc scalac ghc nvcc emcc emmake tinygo crystal nim wasm-pack cibuildwheel maturin pyinstaller pyproject-build electron-builder electron-forge webpack rollup esbuild vite tsup parcel snapcraft flatpak-builder rpmbuild dpkg-buildpackage debuild makepkg goreleaser packer kaniko nix-build ko pack jpackage docfx sphinx-build hugo cross",
  ),
  row("a build", "cmake", /--build|--workflow/u),
  row(
    "a build",
    "docker podman buildah nerdctl docker-compose",
    /^(?:buildx |compose (?:-\S+ \S+ )*|image )?(?:build|bake|bud)\b/u,
  ),
  row("a build", "nix", /^(?:build|flake check|fmt)\b/u),
  row("a build", "build", /^/u),
  row("a build", "python python3 py", /^setup\.py (?:\S+ )*(?:test|build|bdist_wheel|sdist|develop|check)\b/u),
  row("a build", "mkdocs jekyll next nuxt gatsby docusaurus astro antora", /^(?:build|generate)\b/u),
  row(
    "a linter or type checker",
    "eslint tsc vue-tsc svelte-check tslint stylelint prettier oxlint standard xo knip publint attw biome rome dprint mypy pyright basedpyright pyre pytype ty ruff flake8 pylint pycodestyle pydocstyle pyflakes black isort codespell typos cspell yamllint actionlint zizmor shellcheck shfmt hadolint markdownlint markdownlint-cli2 remark vale golangci-lint staticcheck gofmt gofumpt goimports revive errcheck rubocop standardrb reek brakeman srb steep ktlint detekt checkstyle spotbugs pmd clang-format clang-tidy git-clang-format cppcheck cpplint iwyu tflint tfsec checkov kubeval kubeconform conftest buf phpstan psalm phpcs php-cs-fixer phpmd pint rector swiftlint swiftformat luacheck stylua selene lintrunner pre-commit prek lefthook import-linter lint-imports vulture taplo reuse commitlint ansible-lint djlint curlylint sqlfluff slither solhint nixfmt alejandra deadnix statix buildifier scalafmt scalafix twine-check mypy.stubtest stubtest",
  ),
  row(
    "a linter or type checker",
    "terraform tofu terragrunt helm opa twine",
    /^(?:-\S+ )*(?:validate|fmt|plan|lint|template|test|check)\b/u,
  ),
  row(
    "a publication",
    "npm pnpm yarn poetry uv flit pdm hatch gem lerna changeset vsce ovsx jsr rush",
    /^(?:-\S+ )*(?:publish|release|push)\b|^npm publish\b/u,
  ),
  row("a publication", "twine nuget semantic-release release-it np lerna-publish cargo-release", /./u),
  row("a publication", "semantic-release release-it"),
  row(
    "a deployment",
    "terraform tofu terragrunt pulumi cdk sam serverless sls firebase wrangler vercel netlify fly flyctl heroku amplify eb copilot kamal cap ansible-playbook mike gh-pages surge now railway helmfile argocd skaffold werf",
    /./u,
  ),
  row(
    "a deployment",
    "kubectl helm oc",
    /\b(?:apply|rollout|replace|create|upgrade|install|set image|push|package|patch)\b/u,
  ),
  row(
    "a deployment",
    "gcloud az aws mkdocs",
    /\b(?:deploy|gh-deploy|update-service|up|create-deployment|update-function-code|create-invalidation)\b/u,
  ),
  row(
    "a migration",
    "alembic flyway liquibase sqitch dbmate goose atlas prisma knex sequelize typeorm migrate diesel sqlx",
    /./u,
  ),
  row(
    "a migration",
    "python python3 rails rake php bin/rails",
    /\b(?:manage\.py migrate|db:migrate|artisan migrate)\b/u,
  ),
  row(
    "tests",
    "python python3 py",
    /^(?:\S*\/)?(?:manage\.py|runtests\.py|run_tests?\.py|test(?!_?(?:report|summary|results?|utils?|data|matrix))[^\s/]*\.py)(?: |$)/u,
  ),
  row("tests", "node", /^--test\b/u),
  row("tests", "bin/rails rails php", /^(?:test|spec|artisan test)\b/u),
  row("tests", "Rscript R r rscript", /\b(?:check|test|rcmdcheck|testthat|devtools)\b/iu),
];

/** Programs that run tasks by name: the name tells what the task is. */
export const taskRunners: ReadonlySet<string> = new Set(
  "make gmake mingw32-make nmake just task mage rake npm pnpm yarn bun deno composer invoke inv poe hatch pdm pixi nx turbo lerna moon cargo grunt gulp wireit rush bake doit thor melos lake nimble shards wasp dagger devenv".split(
    " ",
  ),
);

function row(what: string, programs: string, args?: RegExp): CommandRow {
  return { kind: "critical", what, programs, ...(args === undefined ? {} : { args }) };
}
