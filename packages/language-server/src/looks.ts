import { TextDocument } from "vscode-languageserver-textdocument";
import { analyse, type Analysis } from "./analysis.ts";
import { placeOf, type Place } from "./root.ts";

/** Milliseconds that a person must pause before a document is looked at. */
const PAUSE = 200;

export interface LooksOptions {
  /** The document as it is now; undefined once it is closed. */
  readonly current: (uri: string) => TextDocument | undefined;
  /** Folders of the workspace, as URIs. */
  readonly folders: () => readonly string[];
  /** Called for each version that was looked at and is still the current one. */
  readonly onLook: (analysis: Analysis) => void;
  readonly onBug: (error: unknown) => void;
}

/** Looks at documents when they change, each version once. */
export interface Looks {
  /** After a pause in which it does not change again. */
  soon(document: TextDocument): void;
  /** What is known about the version at hand; undefined for a document that is none of ours. */
  now(document: TextDocument): Promise<Analysis | undefined>;
  /** Something else has changed: looks at these again. */
  forget(documents: readonly TextDocument[]): void;
  drop(uri: string): void;
}

export function createLooks({ current, folders, onLook, onBug }: LooksOptions): Looks {
  const timers = new Map<string, NodeJS.Timeout>();
  const known = new Map<string, { readonly version: number; readonly analysis: Promise<Analysis | undefined> }>();
  const places = new Map<string, Promise<Place | undefined>>();

  const look = async (document: TextDocument): Promise<Analysis | undefined> => {
    const { uri } = document;
    const place = await (places.get(uri) ?? remember(places, uri, placeOf(uri, folders())));
    return place === undefined ? undefined : analyse(document, place);
  };
  const now = (document: TextDocument): Promise<Analysis | undefined> => {
    const { uri, version } = document;
    const before = known.get(uri);
    if (before?.version === version) return before.analysis;
    // The text is taken as it is: the document itself changes while it is looked at.
    const analysis = look(frozen(document)).catch((error: unknown) => {
      onBug(error);
      return undefined;
    });
    known.set(uri, { version, analysis });
    return analysis;
  };
  const tell = async (document: TextDocument): Promise<void> => {
    const analysis = await now(document);
    if (analysis !== undefined && current(document.uri)?.version === analysis.document.version) onLook(analysis);
  };
  const soon = (document: TextDocument): void => {
    const { uri } = document;
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => void tell(current(uri) ?? document), PAUSE),
    );
  };
  return {
    now,
    soon,
    forget: (documents) => {
      known.clear();
      for (const document of documents) soon(document);
    },
    drop: (uri) => {
      clearTimeout(timers.get(uri));
      for (const map of [timers, known, places]) map.delete(uri);
    },
  };
}

function remember<Value>(values: Map<string, Value>, key: string, value: Value): Value {
  values.set(key, value);
  return value;
}

function frozen(document: TextDocument): TextDocument {
  return TextDocument.create(document.uri, document.languageId, document.version, document.getText());
}
