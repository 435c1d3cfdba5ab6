import type { CST, Node } from "yaml";
import type { Path, ScalarStyle, ScalarValue } from "../types.ts";

/** What every node carries: place, anchor and tag as written. */
export interface NodeFacts {
  readonly path: Path;
  /** Offset of the first of anchor and tag, if there are any. */
  readonly propsStart: number | undefined;
  /** Offset behind anchor and tag, if there are any. */
  readonly propsEnd: number | undefined;
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
}

export interface ScalarFacts {
  readonly source: string;
  readonly value: ScalarValue;
  readonly text: string;
  readonly style: ScalarStyle;
  readonly token: CST.FlowScalar | CST.BlockScalar | undefined;
  /** Where the scalar begins, without anchor and tag. */
  readonly offset: number;
}

export interface CollectionFacts<Child> {
  readonly flow: boolean;
  /** Where the collection begins, without anchor and tag. */
  readonly offset: number;
  /** What the parser made of it. */
  readonly composed: Node | undefined;
  /** Where a flow collection ends; undefined for a block collection, which ends with its last child. */
  readonly end: number | undefined;
  /** Builds the children; asked once, when they are first looked at. */
  readonly build: () => readonly Child[];
}
