import { describe, expect, it } from "vitest";
import { flawsOf, type Flaw } from "../src/index.ts";

const flaws = (text: string): readonly Flaw[] => flawsOf(text) ?? [];
const kinds = (text: string): string[] => flaws(text).map(({ kind }) => kind);

function repaired(text: string): string {
  const edits = flaws(text).flatMap((flaw) => flaw.edits);
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((now, { start, end, text: by }) => now.slice(0, start) + by + now.slice(end), text);
}

describe("what a script loses", () => {
  it.each([
    ["try { await f() } catch (e) { core.error(e) }", "error-only"],
    ["try { await f() } catch (e) { console.error(e) }", "logged"],
    ["try { f() } catch { process.exit( 0 ) }", "exit-zero"],
    ["await f().catch(() => {})", "empty-callback"],
    ["f().catch(function (e) {})", "empty-callback"],
    ["github.rest.git.createRef(x)", "floats"],
    ["if (a) { octokit.request('POST /x') }", "floats"],
  ])("%s", (text, kind) => {
    expect(kinds(text)).toEqual([kind]);
  });

  it.each([
    "try { await f() } catch (e) { throw e }",
    "try { await f() } catch (e) { core.error(e); core.setFailed(e) }",
    "try { await f() } catch (e) { core.error(e); process.exitCode = 1 }",
    "try { await f() } catch (e) { if (e.status !== 404) throw e }",
    "try { await f() } catch (e) { core.warning(e) }",
    "try { await f() } catch (e) { result = undefined }",
    "try { await f() } catch (e) { console.error(e) /* the mirror is often away */ }",
    "const x = await f().catch(() => null)",
    "f().catch((e) => core.setFailed(e))",
    "await github.rest.git.createRef(x)",
    "github.rest.git.createRef(x).then(done)",
    "list.forEach((x) => { github.rest.git.createRef(x) })",
    "core.info(x)",
  ])("nothing: %s", (text) => {
    expect(kinds(text)).toEqual([]);
  });

  it("what does not parse is not told of", () => {
    expect(flawsOf("const = 1")).toBeUndefined();
  });
});

describe("an edit", () => {
  it("keeps every other character: tabs, line ends, comments, expressions", () => {
    const text =
      "// é 𝒳\r\n/* why */ if (${{ inputs.all }}) {\r\n\ttry {\r\n\t\tawait f(`${x}`)\r\n\t} catch (e) {\r\n\t\tcore.error( e )\r\n\t}\r\n}\r\n";
    expect(repaired(text)).toBe(text.replace("core.error", "core.setFailed"));
  });

  it("throws on a line of its own, at the column of its neighbour", () => {
    const text = "try {\n  f()\n} catch (error) {\n\tconsole.error(error) // red\n}\n";
    expect(repaired(text)).toBe(text);
    const plain = "try {\n  f()\n} catch (error) {\n\tconsole.error(error);\n}\n";
    expect(repaired(plain)).toBe("try {\n  f()\n} catch (error) {\n\tconsole.error(error);\n\tthrow error;\n}\n");
  });

  it("leaves nothing to find", () => {
    const text = "try { f() } catch { process.exit(0) }\nexec.exec('make')\nf().catch(() => {})\n";
    expect(kinds(repaired(text))).toEqual([]);
    expect(repaired(text)).toBe("try { f() } catch { process.exit(1) }\nawait exec.exec('make')\nf()\n");
  });
});
