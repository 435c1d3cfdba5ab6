import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { ciFix } from "./command-line.ts";
import { root, ScratchRepository, scratchFolder } from "./scratch-repository.ts";

interface Position {
  readonly line: number;
  readonly character: number;
}
interface Range {
  readonly start: Position;
  readonly end: Position;
}
interface Diagnostic {
  readonly range: Range;
  readonly severity: number;
  readonly code: string;
  readonly message: string;
}
interface Action {
  readonly title: string;
  readonly disabled?: { readonly reason: string };
  readonly edit?: {
    readonly documentChanges: readonly {
      readonly textDocument: { readonly version: number };
      readonly edits: readonly {
        readonly range: Range;
        readonly newText: string;
        readonly snippet?: { readonly value: string };
      }[];
    }[];
  };
}
interface Told {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

const bundle = join(root, "packages", "ci-fix", "dist", "ci-fix.mjs");
const running: Editor[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((editor) => editor.quit()));
});

/** A client over stdio with one document open at a time. */
class Editor {
  readonly server: ChildProcessWithoutNullStreams;
  readonly connection: MessageConnection;
  readonly told: Told[] = [];
  document: TextDocument | undefined;
  stderr = "";
  initialized: unknown;
  private listeners: (() => void)[] = [];

  constructor(folder: string) {
    this.server = spawn(process.execPath, [bundle, "lsp", "--stdio"], { cwd: folder });
    this.server.stderr.on("data", (text: Buffer) => (this.stderr += text.toString()));
    this.connection = createMessageConnection(
      new StreamMessageReader(this.server.stdout),
      new StreamMessageWriter(this.server.stdin),
    );
    this.connection.onNotification("textDocument/publishDiagnostics", (told: Told) => {
      this.told.push(told);
      for (const listener of this.listeners) listener();
    });
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.listen();
    running.push(this);
  }

  static async start(folder: string, capabilities: object = {}): Promise<Editor> {
    const editor = new Editor(folder);
    const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "press" }];
    editor.initialized = await editor.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders,
      capabilities,
    });
    await editor.connection.sendNotification("initialized", {});
    return editor;
  }

  async open(path: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = pathToFileURL(path).href;
    this.document = TextDocument.create(uri, "yaml", 1, text);
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "yaml", version: 1, text },
    });
    return this.diagnostics();
  }

  /** Types a text over a range, as one change of a new version. */
  async type(range: Range, text: string): Promise<void> {
    const { document } = this;
    if (document === undefined) throw new Error("nothing is open");
    const textDocument = { uri: document.uri, version: document.version + 1 };
    this.document = TextDocument.update(document, [{ range, text }], textDocument.version);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument,
      contentChanges: [{ range, text }],
    });
  }

  /** What is told of the version at hand. */
  async diagnostics(): Promise<readonly Diagnostic[]> {
    for (;;) {
      const { uri, version } = this.document ?? {};
      const found = this.told.findLast((told) => told.uri === uri && told.version === version);
      if (found !== undefined) return found.diagnostics;
      await new Promise<void>((resolve) => this.listeners.push(resolve));
    }
  }

  async actions(range: Range): Promise<readonly Action[]> {
    const textDocument = { uri: this.document?.uri };
    return this.connection.sendRequest("textDocument/codeAction", {
      textDocument,
      range,
      context: { diagnostics: [] },
    });
  }

  async hover(position: Position): Promise<{ contents: { kind: string; value: string } } | null> {
    return this.connection.sendRequest("textDocument/hover", { textDocument: { uri: this.document?.uri }, position });
  }

  /** The text with the edits of an action, which must be for the version at hand. */
  applied(action: Action | undefined): string {
    const [change] = action?.edit?.documentChanges ?? [];
    if (change === undefined || this.document === undefined) throw new Error("the action has no edit");
    if (change.textDocument.version !== this.document.version) throw new Error("the action is for another version");
    return TextDocument.applyEdits(this.document, [...change.edits]);
  }

  async quit(): Promise<void> {
    await this.connection.sendRequest("shutdown");
    const ended = new Promise<number | null>((resolve) => this.server.on("exit", resolve));
    await this.connection.sendNotification("exit");
    const code = await ended;
    this.connection.dispose();
    if (code !== 0 || this.stderr !== "") throw new Error(`the server ended with ${code}: ${this.stderr}`);
  }
}

const file = ".github/workflows/ci.yml";
const workflow = `on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run ünit tests 🧪
        continue-on-error: true
        run: npm test
`;

function repositoryWith(files: Readonly<Record<string, string>>): ScratchRepository {
  const repository = new ScratchRepository(scratchFolder());
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.commitAll("Start");
  return repository;
}

const at = (line: number, character = 0): Range => ({ start: { line, character }, end: { line, character } });

describe("diagnostics", () => {
  it("tell what fails silently, and go when it is mended", async () => {
    const { folder } = repositoryWith({ [file]: workflow });
    const editor = await Editor.start(folder);
    expect(editor.initialized).toMatchObject({ serverInfo: { name: "ci-fix" }, capabilities: { hoverProvider: true } });
    const found = await editor.open(join(folder, file), workflow);
    expect(found).toMatchObject([
      {
        severity: 1,
        code: "soft-fail-step",
        range: { start: { line: 6, character: 8 }, end: { line: 6, character: 31 } },
      },
    ]);
    await editor.type({ start: { line: 6, character: 0 }, end: { line: 7, character: 0 } }, "");
    expect(await editor.diagnostics()).toEqual([]);
  });

  it("while YAML is being broken and mended again, one answer for a burst of keys", async () => {
    const { folder } = repositoryWith({ [file]: workflow });
    const editor = await Editor.start(folder);
    await editor.open(join(folder, file), workflow);
    for (const [index, key] of "  lint: [".split("").entries()) await editor.type(at(8, index), key);
    const broken = await editor.diagnostics();
    expect(broken).toMatchObject([{ severity: 1, code: "CI_FIX_YAML_PARSE_ERROR" }]);
    expect(editor.told.length).toBeLessThan(6);
    await editor.type({ start: { line: 8, character: 0 }, end: { line: 8, character: 9 } }, "");
    expect((await editor.diagnostics()).map(({ code }) => code)).toEqual(["soft-fail-step"]);
  });

  it("know policy and register, with ids, and tell when those change on disk", async () => {
    const repository = repositoryWith({
      [file]: workflow,
      ".ci-fix/register.yml": `version: 1\nrisks:\n  - { id: M04-R07, file: ${file}, job: unit, step: "Run ünit tests 🧪" }\n`,
    });
    const editor = await Editor.start(repository.folder);
    expect(await editor.open(join(repository.folder, file), workflow)).toMatchObject([
      { severity: 1, message: expect.stringMatching(/^M04-R07: step/) as string },
    ]);
    repository.write(".ci-fix.yml", "classes: { soft-fail-step: low }\n");
    editor.told.length = 0;
    await editor.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [] });
    expect(await editor.diagnostics()).toMatchObject([{ severity: 3 }]);
    repository.write(".ci-fix.yml", "classes: { soft-fail-step: of }\n");
    editor.told.length = 0;
    await editor.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [] });
    expect(await editor.diagnostics()).toMatchObject([
      { code: "CI_FIX_CONFIG_INVALID", message: expect.stringContaining('did you mean "off"') as string },
    ]);
  });

  it("are there for the policy and the register themselves, and for no other file", async () => {
    const { folder } = repositoryWith({ [file]: workflow });
    const editor = await Editor.start(folder);
    const policy = await editor.open(join(folder, ".ci-fix.yml"), "milestone: M04\nclases: {}\n");
    expect(policy).toMatchObject([{ code: "CI_FIX_CONFIG_INVALID", range: { start: { line: 1 } } }]);
    const register = await editor.open(join(folder, ".ci-fix/register.yml"), "version: 1\nrisks:\n  - {}\n");
    expect(register.map(({ range }) => range.start.line)).toEqual([2, 2]);
    const actions = editor.connection.sendRequest("textDocument/hover", {
      textDocument: { uri: pathToFileURL(join(folder, "docker-compose.yml")).href },
      position: { line: 0, character: 0 },
    });
    expect(await actions).toBeNull();
  });

  it("take the workspace for the root where there is no repository, and new files as they are", async () => {
    const folder = scratchFolder();
    const editor = await Editor.start(folder);
    const path = join(folder, ".github", "workflows", "not-saved.yml");
    expect(await editor.open(path, workflow)).toMatchObject([{ code: "soft-fail-step" }]);
  });
});

describe("code actions", () => {
  it("a fix gives the same bytes as the command line, also with CRLF and letters of many bytes", async () => {
    for (const text of [workflow, workflow.replaceAll("\n", "\r\n"), workflow.trimEnd()]) {
      const repository = repositoryWith({ [file]: text });
      const editor = await Editor.start(repository.folder);
      await editor.open(join(repository.folder, file), text);
      const fix = (await editor.actions(at(6, 10))).find(({ title }) => title.startsWith("Remove the soft-fail"));
      const fixed = editor.applied(fix);
      expect(ciFix(repository.folder, ["--class", "soft-fail-step", "--include-review", "--write"]).code).toBe(0);
      expect(fixed).toBe(repository.read(file));
      expect(fixed).not.toBe(text);
    }
  });

  it("for every risk of a whole repository", async () => {
    const folder = scratchFolder();
    cpSync(join(root, "fixtures", "audit-m04"), folder, { recursive: true });
    const repository = new ScratchRepository(folder);
    repository.commitAll("Start");
    const ids = ["M03-R01", "M03-R03", "M03-R04", "M03-R05"];
    const editor = await Editor.start(folder);
    for (const id of ids) {
      const register = ciFix(folder, ["scan", "--format", "json"]);
      const { findings } = JSON.parse(register.stdout) as {
        findings: { id: string | null; file: string; line: number }[];
      };
      const [first, ...others] = findings.filter((finding) => finding.id === id);
      const text = repository.read(first!.file);
      await editor.open(join(folder, first!.file), text);
      const actions = await editor.actions(at(first!.line - 1, 8));
      const wanted = others.length > 0 ? `Fix ${id} in this file (${others.length + 1} places)` : "";
      const fixed = editor.applied(actions.find(({ title }) => title.startsWith(wanted)));
      expect({
        id,
        code: ciFix(folder, ["--risk", id, "--write", "--date", new Date().toISOString().slice(0, 10)]).code,
      }).toEqual({ id, code: 0 });
      expect(fixed).toBe(repository.read(first!.file));
      await editor.connection.sendNotification("textDocument/didClose", {
        textDocument: { uri: editor.document?.uri },
      });
    }
  });

  it("accept with a reason: a snippet where the editor knows them, else an exception that does not count yet", async () => {
    const { folder } = repositoryWith({ [file]: workflow });
    const plain = await Editor.start(folder);
    await plain.open(join(folder, file), workflow);
    const accepted = plain.applied(
      (await plain.actions(at(6, 8))).find(({ title }) => title.startsWith("Accept soft-fail-step")),
    );
    expect(accepted).toBe(
      workflow.replace("        continue", '        # ci-fix: allow soft-fail-step reason=""\n        continue'),
    );
    expect(
      (await plain.open(join(folder, ".github/workflows/other.yml"), accepted)).map(({ code }) => code).sort(),
    ).toEqual(["bad-exception", "soft-fail-step"]);
    const written = accepted.replace('reason=""', 'reason="no screen"');
    expect(await plain.open(join(folder, ".github/workflows/third.yml"), written)).toEqual([]);
    const able = await Editor.start(folder, {
      workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } },
    });
    await able.open(join(folder, file), workflow);
    const action = (await able.actions(at(6, 8))).find(({ title }) => title.startsWith("Accept"));
    expect(action?.edit?.documentChanges[0]?.edits[0]?.snippet?.value).toBe(
      '        # ci-fix: allow soft-fail-step reason="${1:why it is all right}"\n',
    );
  });

  it("there are none where nothing is found, or where others are asked for", async () => {
    const { folder } = repositoryWith({ [file]: workflow });
    const editor = await Editor.start(folder);
    await editor.open(join(folder, file), workflow);
    expect(await editor.actions(at(0))).toEqual([]);
    const params = {
      textDocument: { uri: editor.document?.uri },
      range: at(6, 8),
      context: { diagnostics: [], only: ["refactor"] },
    };
    expect(await editor.connection.sendRequest("textDocument/codeAction", params)).toEqual([]);
  });
});

describe("hover", () => {
  it("tells why, what decided, the fix and its proof", async () => {
    const { folder } = repositoryWith({ [file]: workflow });
    const editor = await Editor.start(folder, {
      textDocument: { hover: { contentFormat: ["markdown", "plaintext"] } },
    });
    await editor.open(join(folder, file), workflow);
    const { contents } = (await editor.hover({ line: 6, character: 12 }))!;
    expect(contents.kind).toBe("markdown");
    for (const part of [
      "A failure of the step counts as success",
      "**fix:** remove the soft",
      "✓ never weaker",
      "✓ it bites",
      "npm test",
    ])
      expect(contents.value.replaceAll("\\", "")).toContain(part);
    expect(await editor.hover({ line: 0, character: 0 })).toBeNull();
  });

  it("is plain text for an editor that wants it so, and no text of a file is Markdown", async () => {
    const hostile = workflow.replace("Run ünit tests 🧪", '"[x](command:evil) <b>`*_ https://evil.example"');
    const { folder } = repositoryWith({ [file]: hostile });
    const plain = await Editor.start(folder);
    await plain.open(join(folder, file), hostile);
    const plainly = (await plain.hover({ line: 6, character: 12 }))!;
    expect(plainly.contents).toMatchObject({
      kind: "plaintext",
      value: expect.stringContaining("[x](command:evil)") as string,
    });
    const able = await Editor.start(folder, { textDocument: { hover: { contentFormat: ["markdown"] } } });
    await able.open(join(folder, file), hostile);
    const told = (await able.hover({ line: 6, character: 12 }))!.contents.value.replaceAll(
      /^(`{3,})text\n[\s\S]*?^\1$/gm,
      "",
    );
    expect(told).toContain(String.raw`\[x\]\(command\:evil\) \<b\>`);
    expect(told).not.toMatch(/(?<!\\)[<[`]|https:/);
  });
});

it("the server is loaded by nothing but `ci-fix lsp`", () => {
  const cli = /import\("\.\/(cli-[^"]+)"\)/.exec(readFileSync(bundle, "utf8"))?.[1] ?? "";
  expect(readFileSync(join(bundle, "..", cli), "utf8")).not.toContain("textDocument/didOpen");
});
