import type { PathAssessment, Surface, TouchedFile } from "../types.ts";
import { count } from "../words.ts";

/** What kind of file a path names. The first rule that matches decides; docs/audit.md lists them. */
const RULES: readonly (readonly [Surface, RegExp])[] = [
  ["workflow", /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/u],
  ["action", /(?:^|\/)action\.ya?ml$/u],
  [
    "governance",
    /^\.ci-fix(?:\/|\.yml$)|^\.github\/(?:ci-fix\.yml|dependabot\.ya?ml|CODEOWNERS)$|(?:^|\/)CODEOWNERS$/u,
  ],
  [
    "ci-script",
    /^\.(?:ci|circleci|buildkite|azure-pipelines|gitlab)\/|^\.(?:gitlab-ci|travis|cirrus|appveyor)\.ya?ml$|^(?:ci|scripts)\/|(?:^|\/)Jenkinsfile$|(?:^|\/)azure-pipelines\.ya?ml$/u,
  ],
  [
    "dependency",
    /(?:^|\/)(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|requirements[^/]*\.(?:txt|in)|Pipfile(?:\.lock)?|poetry\.lock|uv\.lock|pyproject\.toml|setup\.(?:py|cfg)|Cargo\.(?:toml|lock)|go\.(?:mod|sum)|Gemfile(?:\.lock)?|[^/]+\.gemspec|composer\.(?:json|lock)|pom\.xml|build\.gradle(?:\.kts)?|gradle\.lockfile|libs\.versions\.toml|[^/]+\.csproj|packages\.lock\.json|\.gitmodules|WORKSPACE|MODULE\.bazel)$/u,
  ],
  [
    "test",
    /(?:^|\/)(?:tests?|__tests__|specs?|e2e|testdata|fixtures)\/|[._-](?:test|spec)\.[a-z]+$|(?:^|\/)test_[^/]+$/u,
  ],
  ["migration", /(?:^|\/)(?:migrations?|alembic)\/|(?:^|\/)db\/migrate\//u],
  ["schema", /\.schema\.json$|\.(?:sql|xsd|graphql)$|(?:^|\/)schemas?\//u],
  ["file-format", /\.(?:proto|avsc|fbs|thrift|capnp)$/u],
  ["api", /(?:^|\/)(?:apis?|openapi|swagger)\/|openapi[^/]*\.(?:ya?ml|json)$/u],
  ["documentation", /\.(?:md|mdx|rst|adoc|txt)$|^docs?\/|(?:^|\/)(?:LICENSE|NOTICE|AUTHORS)[^/]*$/u],
  ["cli", /(?:^|\/)(?:cli|cmd|bin|commands)\//u],
  [
    "library",
    /\.(?:[cm]?[jt]sx?|py|pyi|rb|go|rs|java|kt|kts|scala|swift|[ch](?:pp|xx|c|h)?|cc|hh|cu|cuh|cs|fs|php|pl|lua|dart|ex|exs|erl|hs|ml|mli|clj|r|R|jl|zig|nim|vue|svelte)$/u,
  ],
];

export function surfaceOf(path: string): Surface {
  return RULES.find(([, pattern]) => pattern.test(path))?.[0] ?? "other";
}

type Row = readonly [name: string, belongs: (file: TouchedFile) => boolean];

const SURFACES: readonly Row[] = [
  ["CLI", ({ surface }) => surface === "cli"],
  ["API", ({ surface }) => surface === "api"],
  ["Library", ({ surface }) => surface === "library"],
  ["Schema", ({ surface }) => surface === "schema" || surface === "migration"],
  ["File formats", ({ surface }) => surface === "file-format"],
  ["CI workflows", ({ surface }) => surface === "workflow" || surface === "action"],
];

const ZONES: readonly Row[] = [
  ["Persistence", ({ file }) => /\.sql$|(?:^|\/)(?:db|database|storage|persistence|models?)\//u.test(file)],
  ["Migrations", ({ surface }) => surface === "migration"],
  [
    "Concurrency",
    ({ file, surface }) =>
      surface === "library" && /thread|mutex|lock|async|concurren|worker|queue|parallel/iu.test(file),
  ],
  ["Workflow glue", ({ surface }) => surface === "workflow" || surface === "action" || surface === "ci-script"],
  [
    "Boundary seams",
    ({ file, surface }) =>
      surface === "api" ||
      surface === "file-format" ||
      /(?:^|\/)(?:adapters?|ports?|interfaces?|ffi|bindings?)\//u.test(file),
  ],
];

/** What somebody outside uses: all but CI itself. */
export function consumerSurfaces(files: readonly TouchedFile[]): readonly PathAssessment[] {
  return SURFACES.map((row) => assess(row, files, "no path of this kind was touched"));
}

export function riskyZones(files: readonly TouchedFile[]): readonly PathAssessment[] {
  return ZONES.map((row) => assess(row, files, "not touched"));
}

function assess([name, belongs]: Row, files: readonly TouchedFile[], none: string): PathAssessment {
  const of = files.filter(belongs).map(({ file }) => file);
  return {
    name,
    touched: of.length > 0,
    files: of,
    note: of.length === 0 ? none : `${count(of.length, "file")} touched`,
  };
}

/** Consumer surfaces that were touched: what a release would have to tell. */
export function touchedSurfaces(files: readonly TouchedFile[]): readonly PathAssessment[] {
  return consumerSurfaces(files).filter(({ name, touched }) => touched && name !== "CI workflows");
}
