import fc from "fast-check";

/** How many cases a property gets under `npm run fuzz`, where a test does not say it itself. */
fc.configureGlobal({ numRuns: Number(process.env["CI_FIX_FUZZ_RUNS"]) });
