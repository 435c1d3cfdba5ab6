/**
 * What the page does by itself: the theme, the filter, the keys. It reads nothing but the elements of the page, writes no markup, and
 * all that it does can be done without.
 */
export const SCRIPT = `
(() => {
  "use strict";
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  theme.hidden = false;
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; });
  addEventListener("beforeprint", () => { for (const item of document.querySelectorAll("details.item")) { item.dataset.open = item.open; item.open = true; } });
  addEventListener("afterprint", () => { for (const item of document.querySelectorAll("details.item")) item.open = item.dataset.open === "true"; });

  const list = document.getElementById("list");
  if (list === null) return;
  const form = document.getElementById("filter");
  const search = form.querySelector("input[type=search]");
  const status = document.getElementById("shown");
  const items = [...list.children].map((element) => ({ element, text: element.textContent.toLowerCase(), data: element.dataset }));
  const checked = (name) => new Set([...form.querySelectorAll("input[name=" + name + "]:checked")].map((box) => box.value));
  const filter = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const severities = checked("severity");
    const states = checked("state");
    const only = form.querySelector("select").value;
    let shown = 0;
    for (const { element, text, data } of items) {
      const fits = severities.has(data.severity) && states.has(data.state) && (only === "" || data.class === only) && words.every((word) => text.includes(word));
      element.hidden = !fits;
      if (fits) shown += 1;
    }
    status.textContent = shown + " of " + items.length + " shown";
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  filter();

  const move = (step) => {
    const visible = items.filter(({ element }) => !element.hidden).map(({ element }) => element.querySelector("summary"));
    const at = visible.indexOf(document.activeElement);
    const next = visible[at === -1 ? (step > 0 ? 0 : visible.length - 1) : Math.min(visible.length - 1, Math.max(0, at + step))];
    if (next !== undefined) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  };
  const clear = () => { form.reset(); filter(); };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target instanceof HTMLElement && event.target.matches("input[type=search], select");
    if (event.key === "Escape") { clear(); search.blur(); return; }
    if (typing) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
  });
})();
`;
