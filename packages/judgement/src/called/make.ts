/** What a target runs, and which other targets it needs first. */
export interface Target {
  readonly commands: readonly string[];
  readonly needs: readonly string[];
}

type Flavour = "make" | "just";

const rules: Readonly<Record<Flavour, RegExp>> = {
  make: /^([\w./ -]+?)\s*::?(?!=)\s*([^#;]*)(?:;(.*))?/u,
  // A recipe of just has parameters behind its name.
  just: /^@?([\w-]+)(?: [^:]*)?:(?!=)\s*([^#;]*)/u,
};

/** The targets of a Makefile or a justfile by name. Pattern rules, includes and what variables hold are not followed. */
export function targetsOf(text: string, flavour: Flavour): ReadonlyMap<string, Target> {
  const targets = new Map<string, { commands: string[]; needs: string[] }>();
  let open: { commands: string[]; needs: string[] }[] = [];
  for (const line of text.replace(/\\\r?\n/gu, " ").split(/\r?\n/u)) {
    if (line.length > 10_000 || /^\s*(?:#.*)?$/u.test(line)) continue;
    if (/^[\t ]/u.test(line)) {
      // `@` is silence, `-` is a failure that does not count.
      const command = line
        .trim()
        .replace(/^[@+]+/u, "")
        .replace(/\$\((\w+)\)/gu, "$$$1");
      for (const target of open) target.commands.push(command);
      continue;
    }
    const rule = rules[flavour].exec(line);
    open = [];
    if (rule === null) continue;
    for (const name of (rule[1] ?? "").split(/\s+/u)) {
      const target = targets.get(name) ?? { commands: [], needs: [] };
      target.needs.push(...(rule[2] ?? "").split(/[\s()]+/u).filter((need) => /^[\w./-]+$/u.test(need)));
      if (rule[3] !== undefined) target.commands.push(rule[3].trim());
      targets.set(name, target);
      open.push(target);
    }
  }
  return targets;
}
