// Runs every benchmark in bench/, or those named: `npm run bench -- scan`.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "./steps/build.mjs";
import { install } from "./steps/install.mjs";
import { root, run, stop } from "./steps/run.mjs";

await install();
await build();
const wanted = process.argv.slice(2);
const all = existsSync(join(root, "bench"))
  ? readdirSync(join(root, "bench")).filter((file) => file.endsWith(".bench.mjs"))
  : [];
const names = all.map((file) => file.replace(".bench.mjs", ""));
const unknown = wanted.find((name) => !names.includes(name));
if (unknown !== undefined) stop(`No benchmark is called ${unknown}. There are: ${names.join(", ")}.`);

for (const name of wanted.length > 0 ? wanted : names) {
  process.stdout.write(`# ${name}\n`);
  const { code } = await run(process.execPath, [join(root, "bench", `${name}.bench.mjs`)], { show: true });
  if (code !== 0) stop(`The benchmark ${name} failed.`);
}
