import type { DeltaMap, PathAssessment, RiskProof, TouchedFile } from "@ci-fix/audit";
import { count } from "../../words.ts";
import { bullets, heading, inline, name, table } from "./parts.ts";

/** Files that a table shows; past it they are counted by kind. */
const MOST = 60;

/** Section 3. */
export function deltaMap(map: DeltaMap, proofs: readonly RiskProof[]): string[] {
  const { files, linesAdded, linesRemoved } = map;
  const lines = files.some(({ added }) => added !== null)
    ? `${linesAdded} added and ${linesRemoved} removed`
    : "none counted";
  return [
    ...heading(3, "What Changed"),
    files.length === 0
      ? "Nothing differs between the two commits."
      : `${count(files.length, "file")}; lines of CI, documents and governance: ${lines}.`,
    "",
    ...table(
      ["Component", "Type", "Lines", "Change", "Risk"],
      shown(files).map((each) => fileRow(each, proofs)),
    ),
    ...(files.length > MOST
      ? [`… and ${count(files.length - MOST, "more file")}, of these kinds: ${kinds(files.slice(MOST))}.`, ""]
      : []),
    ...heading(3, "Consumer Surfaces Touched"),
    ...assessments("Surface", map.surfaces),
    ...heading(3, "Risky Zones"),
    ...assessments("Zone", map.zones),
    "Both are told by paths; docs/audit.md lists the rules.",
    "",
    ...heading(3, "Blast Radius Statement"),
    `**${inline(map.blastSummary)}**`,
    "",
    ...(map.blastRadius.length === 0
      ? []
      : ["Where breakage would show, from the proofs:", "", ...bullets(map.blastRadius, "")]),
  ];
}

/** CI first: that is what the audit is about. */
function shown(files: readonly TouchedFile[]): readonly TouchedFile[] {
  const isCi = ({ surface }: TouchedFile): boolean => surface === "workflow" || surface === "action";
  return [...files.filter(isCi), ...files.filter((file) => !isCi(file))].slice(0, MOST);
}

const SURFACES: Readonly<Record<TouchedFile["surface"], string>> = {
  workflow: "Workflow",
  action: "Composite action",
  "ci-script": "CI script",
  governance: "Governance",
  documentation: "Documentation",
  test: "Test",
  dependency: "Dependencies",
  schema: "Schema",
  migration: "Migration",
  api: "API",
  cli: "CLI",
  "file-format": "File format",
  library: "Library",
  other: "Other",
};

function fileRow(
  { file, from, change, surface, added, removed, what, ids }: TouchedFile,
  proofs: readonly RiskProof[],
): string[] {
  const lines = added === null || removed === null ? "" : `+${added} −${removed}`;
  const own = proofs.filter(({ id }) => ids.includes(id)).map((proof) => proof.change);
  const words = own.length > 0 && own.length === what.length ? own : what;
  const moved = from === null ? change : `${change} from ${name(from)}`;
  return [
    name(file),
    SURFACES[surface],
    lines,
    words.length === 0 ? moved : words.map(inline).join("<br>"),
    ids.map(inline).join(", "),
  ];
}

function kinds(files: readonly TouchedFile[]): string {
  const counts = new Map<string, number>();
  for (const { surface } of files) counts.set(SURFACES[surface], (counts.get(SURFACES[surface]) ?? 0) + 1);
  return [...counts].map(([kind, number]) => `${number} ${kind.toLowerCase()}`).join(", ");
}

function assessments(what: string, all: readonly PathAssessment[]): string[] {
  return table(
    [what, "Impact", "Files"],
    all.map(({ name: title, touched, files, note }) => [
      title,
      touched ? `✅ ${inline(note)}` : `❌ ${inline(note)}`,
      files
        .slice(0, 8)
        .map((path) => name(path.split("/").at(-1) ?? path))
        .join(", ") + (files.length > 8 ? ` and ${files.length - 8} more` : ""),
    ]),
  );
}
