// What a mutation run says, next to the mutants that are known to change nothing (test/mutants/*.json of each package).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LONGEST = 100;

/**
 * Reads the lists of a package, such as
 *
 *   [{ "file": "src/a.ts", "line": "if (left === right) return left;", "changes": ["left === right → false"], "why": "a shortcut" }]
 *
 * "line" is the text of the line where the mutant starts, "changes" what becomes of the code, both as a run prints them.
 */
export function readKnown(folder) {
  const lists = join(folder, "test", "mutants");
  if (!existsSync(lists)) return [];
  return readdirSync(lists)
    .toSorted()
    .flatMap((name) => JSON.parse(readFileSync(join(lists, name), "utf8")))
    .flatMap(({ file, line, changes, why }) => changes.map((change) => ({ file, line, change, why })));
}

/**
 * Compares a report (https://github.com/stryker-mutator/mutation-testing-elements, its schema) with the known mutants of a package.
 * `files` are names below the folder of the package. `killed` are mutants that are listed and that a test tells all the same,
 * `gone` those that the code no longer has.
 */
export function judge(files, known) {
  const counts = {};
  const survivors = [];
  const told = new Map(known.map((one) => [keyOf(one), { ...one, found: false, survives: false }]));
  for (const [file, { source, mutants }] of Object.entries(files)) {
    const lines = source.split("\n");
    for (const mutant of mutants) {
      counts[mutant.status] = (counts[mutant.status] ?? 0) + 1;
      const survives = mutant.status === "Survived" || mutant.status === "NoCoverage";
      const place = placeOf(file, lines, mutant);
      const entry = told.get(keyOf(place));
      if (entry) Object.assign(entry, { found: true, survives: entry.survives || survives });
      else if (survives) survivors.push({ ...place, at: mutant.location.start.line, status: mutant.status });
    }
  }
  const listed = [...told.values()].filter(({ file }) => file in files);
  return {
    counts,
    survivors,
    killed: listed.filter(({ found, survives }) => found && !survives),
    gone: listed.filter(({ found }) => !found),
    equivalent: listed.filter(({ survives }) => survives).length,
  };
}

function keyOf({ file, line, change }) {
  return JSON.stringify([file, line, change]);
}

function placeOf(file, lines, { location: { start, end }, replacement }) {
  const within = lines.slice(start.line - 1, end.line);
  within[within.length - 1] = within.at(-1).slice(0, end.column - 1);
  within[0] = within[0].slice(start.column - 1);
  const change = `${short(within.join("\n"))} → ${short(replacement)}`;
  return { file, line: lines[start.line - 1].trim(), change };
}

function short(code) {
  const text = code.replaceAll(/\s+/gu, " ").trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
