export { flawsOf, type Flaw, type FlawEdit, type FlawKind } from "./flaws.ts";
