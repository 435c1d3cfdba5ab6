/** A box in a layered drawing: pixels from the top left. */
export interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface Drawing {
  readonly boxes: ReadonlyMap<string, Placed>;
  readonly width: number;
  readonly height: number;
}

export const BOX = { width: 210, height: 40, gapX: 56, gapY: 12 } as const;

/** How often the order within the columns is improved: more changes nothing that an eye would see. */
const SWEEPS = 4;

/**
 * Places what waits for others to the right of it: each box one column after the last of those that it needs, the columns ordered so
 * that lines cross little. What is needed but not there is left out; a circle (which no server would run) is cut where it closes.
 */
export function layOut(needs: ReadonlyMap<string, readonly string[]>): Drawing {
  const columns = columnsOf(needs);
  const rank = new Map<string, number>();
  for (const column of columns) for (const [index, id] of column.entries()) rank.set(id, index);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const column of columns) {
      const weight = new Map(column.map((id) => [id, meanRank(needs.get(id) ?? [], rank) ?? rank.get(id) ?? 0]));
      column.sort((a, b) => (weight.get(a) ?? 0) - (weight.get(b) ?? 0));
      for (const [index, id] of column.entries()) rank.set(id, index);
    }
  }
  const boxes = new Map<string, Placed>();
  for (const [at, column] of columns.entries())
    for (const [index, id] of column.entries())
      boxes.set(id, { id, x: at * (BOX.width + BOX.gapX), y: index * (BOX.height + BOX.gapY) });
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  return {
    boxes,
    width: Math.max(1, columns.length) * (BOX.width + BOX.gapX) - BOX.gapX,
    height: tallest * (BOX.height + BOX.gapY) - BOX.gapY,
  };
}

function columnsOf(needs: ReadonlyMap<string, readonly string[]>): string[][] {
  const depths = new Map<string, number>();
  const open = new Set<string>();
  const depthOf = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    if (open.has(id)) return -1;
    open.add(id);
    const below = (needs.get(id) ?? []).filter((other) => needs.has(other)).map(depthOf);
    open.delete(id);
    const depth = Math.max(-1, ...below) + 1;
    depths.set(id, depth);
    return depth;
  };
  const columns: string[][] = [];
  for (const id of needs.keys()) (columns[depthOf(id)] ??= []).push(id);
  return columns;
}

function meanRank(ids: readonly string[], rank: ReadonlyMap<string, number>): number | undefined {
  const known = ids.flatMap((id) => rank.get(id) ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
