#!/usr/bin/env node
import module from "node:module";

// Node 22 and later keep compiled code between runs; Node 20 has no such thing.
const { enableCompileCache } = module as { enableCompileCache?: () => unknown };
enableCompileCache?.();

const { run } = await import("./cli.ts");
process.exitCode = await run(process.argv.slice(2), process);
