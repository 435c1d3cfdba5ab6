import { configPaths, registerPath } from "@ci-fix/runner";
import { DidChangeWatchedFilesNotification, type Connection } from "vscode-languageserver";

/** Asks to be told when a file changes that findings depend on besides the document itself. */
export function watchSettings(connection: Connection): void {
  const patterns = [...configPaths, registerPath, ".github/workflows/*", ".github/actions/**"];
  void connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: patterns.map((pattern) => ({ globPattern: `**/${pattern}` })),
  });
}
