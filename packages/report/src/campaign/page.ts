import { renderDiff } from "../diff.ts";
import { createStyle } from "../style.ts";
import { visible } from "../visible.ts";
import { count } from "../words.ts";

/** What is shown of a campaign over many repositories. */
export interface CampaignView {
  readonly name: string;
  readonly milestone: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly branch: string;
  readonly counts: readonly (readonly [state: string, count: number])[];
  readonly total: number;
  readonly files: number;
  readonly contents: number;
  readonly risks: readonly {
    readonly risk: { readonly id: string; readonly title: string; readonly severity: string };
    readonly effects: readonly string[];
    readonly count: number;
    readonly groups: readonly {
      readonly path: string;
      readonly before: Uint8Array;
      readonly after: Uint8Array;
      readonly repositories: readonly string[];
      readonly count: number;
    }[];
  }[];
  /** Perhaps not all of them: `total` says how many there are. */
  readonly repositories: readonly {
    readonly name: string;
    readonly state: string;
    readonly reason: string;
    readonly detail: string;
    readonly pullUrl: string | null;
  }[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text from outside as text of a page, in an element or between quotes. */
function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}

/** Only an address of the web becomes a link. */
function link(url: string | null): string {
  if (url === null) return "";
  return /^https?:\/\//u.test(url) ? `<a href="${escaped(url)}" rel="noreferrer">${escaped(url)}</a>` : escaped(url);
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1f2328;background:#fff}
h1,h2,h3{line-height:1.2}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #d1d9e0;padding:.3rem .6rem;text-align:left;vertical-align:top}
pre{background:#f6f8fa;padding:.8rem;overflow:auto;border-radius:6px}.add{color:#116329}.del{color:#a40e26}.hunk{color:#57606a}
.bar{display:flex;height:1.2rem;border-radius:6px;overflow:hidden;margin:.5rem 0}.bar i{display:block;height:100%}
.failed{background:#cf222e}.blocked,.superseded{background:#bf8700}.skipped,.clean,.closed,.discovered,.scanned{background:#8c959f}.planned{background:#54aeff}
.committed,.pushed{background:#0969da}.pr-open{background:#8250df}.merged{background:#1a7f37}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}pre{background:#161b22}td,th{border-color:#30363d}.add{color:#7ee787}.del{color:#ffa198}a{color:#4493f8}}`;

function bar({ counts, total }: CampaignView): string {
  const parts = counts.map(([state, found]) => {
    const width = ((100 * found) / Math.max(1, total)).toFixed(3);
    return `<i class="${escaped(state)}" style="width:${width}%" title="${found} ${escaped(state)}"></i>`;
  });
  const words = counts.map(([state, found]) => `${found} ${escaped(state)}`).join(", ");
  return `<div class="bar" role="img" aria-label="${words}">${parts.join("")}</div><p>${words}</p>`;
}

function diff(path: string, before: Uint8Array, after: Uint8Array): string {
  const lines = renderDiff({ file: path, before, after }, createStyle({ color: false, width: 120 })).split("\n");
  const classes: Readonly<Record<string, string>> = { "+": "add", "-": "del", "@": "hunk" };
  const shown = lines.map((line) => {
    const name = classes[line.charAt(0)];
    return name === undefined ? escaped(line) : `<span class="${name}">${escaped(line)}</span>`;
  });
  return `<pre>${shown.join("\n")}</pre>`;
}

function riskSection({ risk, effects, groups, count: repositories }: CampaignView["risks"][number]): string {
  const changes = groups.map(({ path, before, after, repositories: names, count: all }) => {
    const others = all > names.length ? ` and ${all - names.length} more` : "";
    return `<p>in ${escaped(names.join(", "))}${others}</p>${diff(path, before, after)}`;
  });
  const head = `${escaped(risk.id)} ${escaped(risk.title)} <small>${escaped(risk.severity)}, ${count(repositories, "repository", "repositories")}</small>`;
  return `<section id="${escaped(risk.id)}"><h3>${head}</h3><ul>${effects.map((effect) => `<li>${escaped(effect)}</li>`).join("")}</ul>${changes.join("")}</section>`;
}

function repositoryRow({ name, state, reason, detail, pullUrl }: CampaignView["repositories"][number]): string {
  const why = [reason, detail].filter((text) => text !== "").join(": ");
  return `<tr><td>${escaped(name)}</td><td>${escaped(state)}</td><td>${escaped(why)} ${link(pullUrl)}</td></tr>`;
}

/** One HTML file that needs nothing else. Text from repositories is shown as text; no script runs in it. */
export function renderCampaignPage(view: CampaignView): string {
  const more = view.total - view.repositories.length;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>ci-fix: ${escaped(view.name)}</title><style>${STYLE}</style></head><body>
<h1>Campaign ${escaped(view.name)}</h1>
<p>Milestone ${escaped(view.milestone)}, ${escaped(view.date)}, branch <code>${escaped(view.branch)}</code>.
${count(view.total, "repository", "repositories")}, ${count(view.files, "CI file")} of which ${view.contents} differ.</p>
${bar(view)}
<h2>Risks</h2>
${view.risks.length === 0 ? "<p>None is planned to be fixed.</p>" : view.risks.map(riskSection).join("\n")}
<h2>Repositories</h2>
<table><thead><tr><th>Repository</th><th>State</th><th>Why</th></tr></thead><tbody>
${view.repositories.map(repositoryRow).join("\n")}
</tbody></table>
${more > 0 ? `<p>… and ${more} more, in the ledger.</p>` : ""}
</body></html>
`;
}
