import { html, type Markup } from "./markup.ts";
import type { Tone } from "./parts.ts";

/** A part of a whole. */
export interface Share {
  readonly label: string;
  readonly count: number;
  readonly tone: Tone;
}

const WIDTH = 440;

/** One bar, cut in proportion, with the numbers below it. */
export function shareBar(shares: readonly Share[]): Markup {
  const total = shares.reduce((sum, { count }) => sum + count, 0);
  let left = 0;
  const parts = shares.map(({ label, count, tone }) => {
    const width = total === 0 ? 0 : (count / total) * WIDTH;
    const part = html`<rect class="fill-${tone}" x="${rounded(left)}" y="0" width="${rounded(width)}" height="22"
      ><title>${label}: ${count}</title></rect
    >`;
    left += width;
    return part;
  });
  const words = shares.map(({ label, count }) => `${count} ${label}`).join(", ");
  return html`<svg viewBox="0 0 ${WIDTH} 22" width="${WIDTH}" height="22" role="img" aria-label="${words}">
      ${parts}
    </svg>
    <p class="legend">
      ${shares.map(({ label, count, tone }) => html`<span><i class="fill-${tone}"></i>${label} ${count}</span>`)}
    </p>`;
}

/** A thing among its like, with a link to where it is told of. */
export interface Cell {
  readonly label: string;
  readonly target: string;
  readonly tone: Tone;
}

const CELL = 18;
const PER_ROW = 24;

/** A square for each thing, in the given order. */
export function squares(cells: readonly Cell[]): Markup {
  const rows = Math.ceil(cells.length / PER_ROW);
  const width = Math.min(cells.length, PER_ROW) * CELL;
  return html`<svg
    viewBox="0 0 ${width} ${rows * CELL}"
    width="${width}"
    height="${rows * CELL}"
    role="group"
    aria-label="One square for each workflow"
  >
    ${cells.map(
      ({ label, target, tone }, index) =>
        html`<a href="#${target}" aria-label="${label}"
          ><rect
            class="fill-${tone}"
            x="${(index % PER_ROW) * CELL}"
            y="${Math.floor(index / PER_ROW) * CELL}"
            width="${CELL - 3}"
            height="${CELL - 3}"
            rx="2"
            ><title>${label}</title></rect
          ></a
        >`,
    )}
  </svg>`;
}

/** A number before and after. */
export interface Pair {
  readonly label: string;
  readonly before: number;
  readonly after: number;
}

/** Two bars for each: what was, and what is. */
export function beforeAfter(pairs: readonly Pair[]): Markup {
  const most = Math.max(1, ...pairs.flatMap(({ before, after }) => [before, after]));
  const bar = (value: number, y: number, tone: Tone, word: string): Markup =>
    html`<rect
        class="fill-${tone}"
        x="60"
        y="${y}"
        width="${rounded((value / most) * (WIDTH - 100))}"
        height="14"
        rx="2"
      />
      <text class="muted" x="0" y="${y + 11}">${word}</text
      ><text x="${rounded(66 + (value / most) * (WIDTH - 100))}" y="${y + 11}">${value}</text>`;
  const height = pairs.length * 66;
  const words = pairs.map(({ label, before, after }) => `${label}: ${before} before, ${after} after`).join("; ");
  return html`<svg
    viewBox="0 0 ${WIDTH} ${height}"
    width="${WIDTH}"
    height="${height}"
    role="img"
    aria-label="${words}"
  >
    ${pairs.map(
      ({ label, before, after }, index) =>
        html`<text class="strong" x="0" y="${index * 66 + 13}">${label}</text
          >${bar(before, index * 66 + 20, "calm", "before")}${bar(after, index * 66 + 39, after < before ? "good" : after > before ? "bad" : "calm", "after")}`,
    )}
  </svg>`;
}

/** The course of one number over time; gaps where it is not known. */
export interface Course {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

const SPARK = { width: 150, height: 30, most: 5 } as const;

/** A small line for each number on a scale of 0 to 5, its latest value beside it. */
export function sparklines(courses: readonly Course[], names: readonly string[]): Markup {
  const rows = Math.ceil(courses.length / 2);
  return html`<svg
    viewBox="0 0 ${WIDTH} ${rows * 58}"
    width="${WIDTH}"
    height="${rows * 58}"
    role="img"
    aria-label="${courses.map(({ label, values }) => `${label}: ${values.map((value) => value ?? "not known").join(", ")}`).join("; ")}"
  >
    ${courses.map(
      (course, index) =>
        html`<g transform="translate(${(index % 2) * 225} ${Math.floor(index / 2) * 58})">${spark(course, names)}</g>`,
    )}
  </svg>`;
}

function spark({ label, values }: Course, names: readonly string[]): Markup {
  const step = values.length > 1 ? SPARK.width / (values.length - 1) : 0;
  const points = values.flatMap((value, index) =>
    value === null
      ? []
      : [
          {
            x: rounded(index * step + 4),
            y: rounded(52 - (value / SPARK.most) * SPARK.height),
            value,
            name: names[index] ?? "",
          },
        ],
  );
  const last = points.at(-1);
  return html`<text class="muted" x="0" y="12">${label}</text
    ><line class="rule" x1="4" y1="52.5" x2="${SPARK.width + 4}" y2="52.5" />
    <polyline class="stroke" points="${points.map(({ x, y }) => `${x},${y}`).join(" ")}" />
    ${points.map(({ x, y, value, name }) => html`<circle class="dot" cx="${x}" cy="${y}" r="3"><title>${name}: ${value.toFixed(1)}</title></circle>`)}
    ${last === undefined ? html`<text class="muted" x="${SPARK.width + 14}" y="48">–</text>` : html`<text class="strong" x="${SPARK.width + 14}" y="${last.y + 4}">${last.value.toFixed(1)}</text>`}`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
