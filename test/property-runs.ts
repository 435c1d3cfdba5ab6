import fc from "fast-check";

const fuzz = process.env["CI_FIX_FUZZ_RUNS"];

// `npm test` looks at the same cases each time: a run that fails by the luck of the draw says nothing about the change it judges.
// `npm run fuzz` draws new ones, and sets how many a property gets where a test does not say it itself.
fc.configureGlobal(fuzz === undefined ? { seed: 20_261_126 } : { numRuns: Number(fuzz) });
