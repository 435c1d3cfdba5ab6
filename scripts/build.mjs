import { build } from "./steps/build.mjs";
import { install } from "./steps/install.mjs";

const started = Date.now();
await install();
await build();
process.stderr.write(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
