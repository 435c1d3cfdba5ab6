import { workspace, type ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { findProgram } from "./program.ts";

const FILES = [
  "**/.github/workflows/*.{yml,yaml}",
  "**/action.{yml,yaml}",
  "**/.ci-fix.yml",
  "**/.github/ci-fix.yml",
  "**/.ci-fix/register.yml",
];

let client: LanguageClient | undefined;

/** Starts the language server of ci-fix for the files that it knows; again when the settings name another one. */
export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    workspace.onDidChangeConfiguration(async (event) => {
      if (!event.affectsConfiguration("ci-fix.path")) return;
      await deactivate();
      await start();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  client = undefined;
}

async function start(): Promise<void> {
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const { command, args } = findProgram(workspace.getConfiguration("ci-fix").get("path", ""), folders);
  client = new LanguageClient(
    "ci-fix",
    "ci-fix",
    { command, args, transport: TransportKind.stdio },
    { documentSelector: FILES.map((pattern) => ({ scheme: "file", pattern })) },
  );
  await client.start();
}
