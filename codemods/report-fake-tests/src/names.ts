import type { Unit } from "@ci-fix/workflow";

/** Words that may stand around `test` and still promise that tests run. */
const qualifier =
  "(?:all|the|our|unit|integration|e2e|end to end|functional|acceptance|regression|system|smoke|fast|slow|quick|full|basic|core|ui|api|browser|python|py|pytest|jest|vitest|cypress|playwright|node|nodejs|js|javascript|ts|typescript|go|golang|rust|cargo|ruby|rails|php|phpunit|java|junit|kotlin|swift|dotnet|frontend|backend|server|client|cli|linux|windows|macos|ubuntu|lib|library|package|packages|project)";
const promise = new RegExp(
  `^(?:(?:re)?(?:run|running|execute|perform|launch) )?(?:${qualifier} ){0,4}(?:tests?|test ?suites?|unittests?|specs?|e2e|pytest)(?: suites?)?(?: (?:${qualifier}|on|with|using|for|in|against|v?[\\d.]+))*$`,
  "u",
);

/** True where a name promises that tests run. "Test results", "Set up tests" and "Build tests" promise something else. */
export function promisesTests(unit: Unit): boolean {
  return [unit.name, unit.kind === "job" ? unit.id : undefined].some(
    (name) => name !== undefined && promise.test(plain(name)),
  );
}

function plain(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .replaceAll(/\$\{\{.*?\}\}/gsu, "")
    .replaceAll(/\([^)]*\)/gu, "")
    .replaceAll(/(?<=[a-z])(?=\d)/gu, " ")
    .replaceAll(/\be 2 ?e\b/gu, "e2e")
    .replaceAll(/[^a-z\d.]+/gu, " ")
    .replaceAll(/(?:^|\s)\.+|\.+(?=\s|$)/gu, " ")
    .trim()
    .replaceAll(/\s+/gu, " ");
}
