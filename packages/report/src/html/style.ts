/** The style of every page. Colours are set once for each theme; pictures use them too. */
export const STYLE = `
:root {
  --ground: #ffffff; --raised: #f5f6f8; --line: #d5d9e0; --text: #1b1f26; --muted: #5a6472; --link: #0b57b0;
  --bad: #b3261e; --bad-soft: #fbe3e1; --warn: #8a5a00; --warn-soft: #fdf0d5; --good: #1a6b36; --good-soft: #dff3e4;
  --calm: #5a6472; --calm-soft: #e8ebef; --mark-removed: #f5b5b0; --mark-added: #a6dfb4;
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) {
    --ground: #12151a; --raised: #1b2027; --line: #363d48; --text: #e6e9ee; --muted: #9aa5b4; --link: #83b7f5;
    --bad: #ff8f86; --bad-soft: #46201d; --warn: #f0bd5c; --warn-soft: #3d2f12; --good: #7ed598; --good-soft: #17351f;
    --calm: #9aa5b4; --calm-soft: #2a313b; --mark-removed: #7d302a; --mark-added: #25602f;
  }
}
:root[data-theme="dark"] {
  --ground: #12151a; --raised: #1b2027; --line: #363d48; --text: #e6e9ee; --muted: #9aa5b4; --link: #83b7f5;
  --bad: #ff8f86; --bad-soft: #46201d; --warn: #f0bd5c; --warn-soft: #3d2f12; --good: #7ed598; --good-soft: #17351f;
  --calm: #9aa5b4; --calm-soft: #2a313b; --mark-removed: #7d302a; --mark-added: #25602f;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { background: var(--ground); color: var(--text); font: 15px/1.55 system-ui, sans-serif; scroll-padding-top: 4rem; }
body { margin: 0; overflow-wrap: break-word; }
code, .where, h1 { overflow-wrap: anywhere; }
code, pre, .diff, .where { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.88em; }
code { background: var(--raised); border-radius: 3px; padding: 0.08em 0.3em; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99em; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--ground); padding: 0.5rem; z-index: 3; }
header, main { max-width: 78rem; margin: 0 auto; padding: 0 1.2rem; }
header { padding-top: 1.6rem; position: relative; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 3rem 0.4rem 0; }
h2 { font-size: 1.25rem; border-bottom: 1px solid var(--line); padding-bottom: 0.3rem; margin: 2.6rem 0 1rem; }
h3 { font-size: 1rem; margin: 1.6rem 0 0.5rem; }
p, ul, ol { margin: 0.5rem 0; }
ul, ol { padding-left: 1.3rem; }
.facts { color: var(--muted); display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; }
#theme { position: absolute; right: 1.2rem; top: 1.6rem; font-size: 1.2rem; line-height: 1; padding: 0.35rem 0.5rem; }
button, input, select { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 0.3rem 0.6rem; }
nav { position: sticky; top: 0; z-index: 2; background: var(--ground); border-bottom: 1px solid var(--line); display: flex; gap: 1.1rem;
  overflow-x: auto; white-space: nowrap; padding: 0.6rem max(1.2rem, calc(50vw - 37.8rem)); margin-top: 0.8rem; }
nav a { text-decoration: none; font-size: 0.92rem; }
.wide { overflow-x: auto; margin: 0.8rem 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.93rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.7rem 0.35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--muted); font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.lead { font-size: 1.08rem; }
.muted, .none { color: var(--muted); }
.none { font-style: italic; }
.tag { display: inline-block; border-radius: 99px; padding: 0.02rem 0.55rem; font-size: 0.82rem; white-space: nowrap; }
.bad { color: var(--bad); background: var(--bad-soft); } .warn { color: var(--warn); background: var(--warn-soft); }
.good { color: var(--good); background: var(--good-soft); } .calm { color: var(--calm); background: var(--calm-soft); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.8rem; margin: 1rem 0; }
.card { background: var(--raised); border-radius: 8px; padding: 0.7rem 0.9rem; }
.card b { display: block; font-size: 1.5rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.card span { color: var(--muted); font-size: 0.88rem; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1.2rem; }
figure { margin: 0; background: var(--raised); border-radius: 8px; padding: 0.9rem; overflow-x: auto; }
figcaption { font-weight: 600; font-size: 0.92rem; margin-bottom: 0.5rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; font-size: 0.85rem; margin: 0.5rem 0 0; }
.legend i { display: inline-block; width: 0.75rem; height: 0.75rem; border-radius: 2px; margin-right: 0.3rem; vertical-align: -1px; }
figure > svg { display: block; max-width: 100%; height: auto; }
svg text { fill: var(--text); font: 12px system-ui, sans-serif; } svg text.muted { fill: var(--muted); } svg text.strong { font-weight: 600; }
.fill-bad { fill: var(--bad); } .fill-warn { fill: var(--warn); } .fill-good { fill: var(--good); } .fill-calm { fill: var(--calm); }
i.fill-bad { background: var(--bad); } i.fill-warn { background: var(--warn); } i.fill-good { background: var(--good); } i.fill-calm { background: var(--calm); }
.stroke { stroke: var(--link); fill: none; stroke-width: 2; } .rule { stroke: var(--line); } .dot { fill: var(--link); }
.node { fill: var(--ground); stroke: var(--line); } .node.added { fill: var(--good-soft); stroke: var(--good); }
.node.removed { fill: var(--bad-soft); stroke: var(--bad); stroke-dasharray: 4 3; } .node.changed { fill: var(--warn-soft); stroke: var(--warn); }
.node.group { fill: none; stroke-dasharray: 2 3; } .edge { stroke: var(--muted); fill: none; opacity: 0.7; }
.edge.removed { stroke: var(--bad); stroke-dasharray: 4 3; opacity: 1; } .edge.added { stroke: var(--good); opacity: 1; }
.filter { display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: center; margin: 0.8rem 0; }
.filter input[type="search"] { flex: 1 1 16rem; min-width: 0; } .filter fieldset { border: 0; padding: 0; margin: 0; display: flex; gap: 0.8rem; flex-wrap: wrap; }
.filter label { white-space: nowrap; font-size: 0.92rem; } .filter select { max-width: 100%; }
.keys { font-size: 0.85rem; color: var(--muted); } kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 0.3rem; font: inherit; }
details.item { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 3.4rem; }
details.item > summary { cursor: pointer; padding: 0.45rem 0.2rem; list-style-position: outside; margin-left: 1.1rem; }
details.item > summary .where { display: block; color: var(--muted); }
details.item > div { padding: 0 0.2rem 0.8rem 1.3rem; }
.diff { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 44rem; line-height: 1.45; }
.diff col.at { width: 3.4rem; } .diff td { border: 0; padding: 0 0.5rem; white-space: pre-wrap; } .diff td.at { color: var(--muted); text-align: right; user-select: none; }
.diff tr.hunk td { color: var(--muted); background: var(--raised); padding: 0.2rem 0.5rem; }
.diff td.removed { background: var(--bad-soft); } .diff td.added { background: var(--good-soft); } .diff td.empty { background: var(--raised); }
.diff td.removed mark { background: var(--mark-removed); color: inherit; } .diff td.added mark { background: var(--mark-added); color: inherit; }
.file { font-weight: 600; margin: 1rem 0 0.3rem; }
pre { background: var(--raised); border-radius: 8px; padding: 0.8rem; overflow-x: auto; }
@media (max-width: 40rem) { html { font-size: 14px; } header, main { padding: 0 0.8rem; } .diff { min-width: 36rem; } td, th { padding-right: 0.5rem; } }
@media print {
  :root { --ground: #fff; --raised: #f5f6f8; --text: #000; --muted: #444; --line: #bbb; }
  nav, .filter, .keys, #theme, .skip { display: none; } html { font-size: 10px; } details.item { content-visibility: visible; break-inside: avoid; }
  h2, h3, .file { break-after: avoid; } .wide, figure { overflow: visible; } .diff { min-width: 0; }
}
`;
