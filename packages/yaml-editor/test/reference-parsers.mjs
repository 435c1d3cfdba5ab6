// The parsers that the benchmark of the editor compares it with.
export { loadAll } from "js-yaml";
export { parseAllDocuments, Parser } from "yaml";
