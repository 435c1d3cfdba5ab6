import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

let writes = 0;

export function folderForge(folder, host) {
  const of = ({ owner, name }) => join(folder, `${owner}/${name}`.replaceAll("/", "__"));
  const read = (place) => {
    mkdirSync(place, { recursive: true });
    const numbers = readdirSync(place).flatMap((file) => (/^\d+\.json$/.test(file) ? [Number.parseInt(file, 10)] : []));
    return numbers
      .sort((a, b) => a - b)
      .map((number) => JSON.parse(readFileSync(join(place, `${number}.json`), "utf8")));
  };
  const temporary = (place, pull) => {
    const path = join(place, `new-${process.pid}-${(writes += 1)}`);
    writeFileSync(path, JSON.stringify(pull));
    return path;
  };
  /** A number is given out once, and a file is whole or not there, whoever is killed when. */
  const create = (place, draft) => {
    mkdirSync(place, { recursive: true });
    for (let number = read(place).length + 1; ; number += 1) {
      const pull = { ...draft, number, url: `https://${host}/pull/${number}`, state: "open", comments: [] };
      const path = temporary(place, pull);
      try {
        linkSync(path, join(place, `${number}.json`));
        return pull;
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
      } finally {
        rmSync(path);
      }
    }
  };
  const change = (place, number, fields) => {
    const pull = { ...read(place).find((each) => each.number === number), ...fields };
    renameSync(temporary(place, pull), join(place, `${number}.json`));
    return pull;
  };
  const named = (name) => join(folder, name.replaceAll("/", "__"));
  const forge = {
    kind: "folder",
    host,
    disturb: undefined,
    obstacles: new Map(),
    async *list() {},
    async preflight(repository) {
      forge.disturb?.("preflight", repository.name);
      const obstacle = forge.obstacles.get(`${repository.owner}/${repository.name}`);
      return { obstacles: obstacle === undefined ? [] : [obstacle], squashOnly: false };
    },
    async findPullRequests(repository, head) {
      forge.disturb?.("find", repository.name);
      return read(of(repository))
        .filter((pull) => pull.head === head)
        .reverse();
    },
    async open(repository, draft) {
      forge.disturb?.("open", repository.name);
      return create(of(repository), draft);
    },
    update: async (repository, number, { title, body }) => change(of(repository), number, { title, body }),
    async close(repository, number, comment) {
      const pull = read(of(repository)).find((each) => each.number === number);
      return change(of(repository), number, { state: "closed", comments: [...pull.comments, comment] });
    },
    expectedDuration: (openings) => openings * 1000,
    pulls: (name) => read(named(name)),
    settle: (name, number, state) => change(named(name), number, { state }),
  };
  return forge;
}
