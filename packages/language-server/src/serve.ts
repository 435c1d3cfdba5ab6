import {
  CodeActionKind,
  type CancellationToken,
  type InitializeParams,
  type InitializeResult,
  TextDocuments,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createConnection } from "vscode-languageserver/node";
import { actionsAt, type Abilities } from "./actions.ts";
import type { Analysis } from "./analysis.ts";
import { diagnosticsOf } from "./diagnostics.ts";
import { hoverAt } from "./hover.ts";
import { createLooks } from "./looks.ts";
import { watchSettings } from "./watch.ts";

/** What a client said of itself. */
interface Client extends Abilities {
  readonly markdown: boolean;
  readonly watches: boolean;
}

const CAPABILITIES: InitializeResult["capabilities"] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  hoverProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
};

/** Speaks the Language Server Protocol until the client says `exit` or hangs up, which ends the process. */
export function serve(input: NodeJS.ReadableStream, output: NodeJS.WritableStream, version: string): void {
  const connection = createConnection(input, output);
  const documents = new TextDocuments(TextDocument);
  let folders: readonly string[] = [];
  let client: Client = { snippets: false, disabled: false, markdown: false, watches: false };
  const looks = createLooks({
    current: (uri) => documents.get(uri),
    folders: () => folders,
    onLook: (analysis) => {
      const { uri, version: shown } = analysis.document;
      void connection.sendDiagnostics({ uri, version: shown, diagnostics: diagnosticsOf(analysis) });
    },
    onBug: (error) => connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });

  connection.onInitialize((params): InitializeResult => {
    client = readClient(params);
    folders = foldersOf(params);
    return { serverInfo: { name: "ci-fix", version }, capabilities: CAPABILITIES };
  });
  connection.onInitialized(() => {
    if (client.watches) watchSettings(connection);
  });
  // What was read of other files is read again: the policy, the register, what a workflow calls.
  connection.onDidChangeWatchedFiles(() => looks.forget(documents.all()));
  documents.onDidSave(() => looks.forget(documents.all()));
  documents.onDidChangeContent(({ document }) => looks.soon(document));
  documents.onDidClose(({ document }) => {
    looks.drop(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  const asked = async <Answer>(
    uri: string,
    token: CancellationToken,
    answer: (analysis: Analysis) => Answer,
  ): Promise<Answer | null> => {
    const document = documents.get(uri);
    const analysis = document === undefined ? undefined : await looks.now(document);
    return analysis === undefined || token.isCancellationRequested ? null : answer(analysis);
  };
  connection.onHover(({ textDocument, position }, token) =>
    asked(textDocument.uri, token, (analysis) => hoverAt(analysis, position, client.markdown) ?? null),
  );
  connection.onCodeAction(({ textDocument, range, context }, token) =>
    asked(textDocument.uri, token, (analysis) => (wantsFixes(context.only) ? actionsAt(analysis, range, client) : [])),
  );
  documents.listen(connection);
  connection.listen();
}

function readClient({ capabilities }: InitializeParams): Client {
  const { textDocument, workspace } = capabilities;
  return {
    snippets: workspace?.workspaceEdit?.snippetEditSupport === true,
    disabled: textDocument?.codeAction?.disabledSupport === true,
    markdown: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
  };
}

function foldersOf({ workspaceFolders, ...params }: InitializeParams): readonly string[] {
  if (workspaceFolders !== null && workspaceFolders !== undefined) return workspaceFolders.map(({ uri }) => uri);
  // Older clients know one folder only.
  const { rootUri } = params as { rootUri?: string | null };
  return rootUri === null || rootUri === undefined ? [] : [rootUri];
}

function wantsFixes(only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((kind) => kind === "" || CodeActionKind.QuickFix.startsWith(kind));
}
