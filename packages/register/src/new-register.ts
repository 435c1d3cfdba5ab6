/** Where the register lies, from the repository's root. */
export const REGISTER_PATH = ".ci-fix/register.yml";

/** The schema of this package as seen from `.ci-fix/`, where it is installed in the repository. */
export const DEFAULT_SCHEMA = "../node_modules/@ci-fix/register/schema/register.schema.json";

/** A register without a risk. Editors read the schema from its first line. */
export function newRegister(schema: string): string {
  return `# yaml-language-server: $schema=${schema.replaceAll(/\s/gu, "%20")}
#
# The risks of this repository's CI: places where something can fail, or never run, and the run is green.
# Edit it by hand as you like; \`ci-fix register update\` adds what is new and keeps your comments and layout.
# A risk is open, fixed, accepted (with a justification) or deferred (with exit-criteria).
version: 1
`;
}
