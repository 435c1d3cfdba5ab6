// npm runs this where the repository is installed as a program (`npm install --global`, pre-commit) and on each install in it. Only
// the first needs a build; whoever works here builds with `npm run build`.
import { build } from "./steps/build.mjs";
import { install } from "./steps/install.mjs";

if (process.env.npm_config_global === "true") {
  // What follows is an install of the repository itself, not of a program.
  for (const name of ["npm_config_global", "npm_config_location", "npm_config_prefix", "npm_config_install_links"])
    delete process.env[name];
  await install();
  await build();
}
