import type { CST } from "yaml";
import type { Path, ScalarStyle, ScalarValue, Span } from "../types.ts";

/** What every node carries: place, anchor and tag as written. */
export interface NodeFacts {
  readonly path: Path;
  readonly span: Span;
  /** The span without anchor and tag. */
  readonly inner: Span;
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
}
