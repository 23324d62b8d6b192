// The list of names. Only the rows in sight are in the document, so ten thousand are as quick as ten.

import { counted, el, figure, nameOf } from "./dom.js";

export const SIGNS = { match: "=", new: "+", not: "≠", not_an_entity: "×", unsure: "?" };
export const WORDS = { match: "is", new: "new", not: "is not", not_an_entity: "no entity", unsure: "unsure" };
const TABS = { open: "Open", decided: "Decided", unsure: "Unsure", all: "All" };
const MARGIN = 6; // rows beyond the edges

const id = (name) => document.getElementById(name);

export class NameList {
  /** `selected(key)` is called when another name is chosen; `search(words)` gives the positions that hold the words. */
  constructor({ selected, search }) {
    Object.assign(this, { selected, search, rows: [], shown: [], key: null, tab: "all", found: null });
    this.list = id("list");
    this.list.addEventListener("scroll", () => requestAnimationFrame(() => this.draw()), { passive: true });
    this.list.addEventListener("click", (event) => this.click(event));
    new ResizeObserver(() => this.draw()).observe(this.list);
    id("find").addEventListener("submit", (event) => event.preventDefault());
    for (const name of ["type", "status", "least", "order"]) id(name).addEventListener("change", () => this.refilter());
    id("search").addEventListener("input", () => this.searchSoon());
    for (const [tab, label] of Object.entries(TABS)) {
      const choose = () => this.chooseTab(tab);
      id("tabs").append(el("button", { type: "button", "data-tab": tab, onclick: choose }, label, el("span")));
    }
  }

  /** Take all rows; the chosen name stays if it is still there. */
  load(columns, rows, types) {
    this.rows = rows.map((values, place) => {
      const row = { place };
      for (let i = 0; i < columns.length; i++) row[columns[i]] = values[i];
      return row;
    });
    this.columns = columns;
    this.byKey = new Map(this.rows.map((row) => [row.key, row]));
    if (!id("type").options.length) {
      id("type").append(el("option", { value: "" }, "any"), ...types.map((type) => el("option", { value: type }, type)));
      id("type").append(el("option", { value: "-" }, "not known"));
    }
    this.refilter();
  }

  /** Take the new state of one row. */
  update(values) {
    const row = this.byKey.get(values[this.columns.indexOf("key")]);
    this.columns.forEach((name, i) => (row[name] = values[i]));
    this.refilter({ keep: true });
    return row;
  }

  /** Show what the filters let through. */
  refilter({ keep = false } = {}) {
    const [type, status, least, order] = ["type", "status", "least", "order"].map((name) => id(name).value);
    const passes = (row) =>
      (!this.found || this.found.has(row.place)) &&
      (!type || (type === "-" ? !row.type : row.type === type)) &&
      (!status || row.status === status) &&
      row.count >= Number(least);
    const passing = this.rows.filter(passes);
    this.shown = this.tab === "all" ? passing : passing.filter((row) => tabOf(row) === this.tab);
    if (order === "name") this.shown = byName(this.shown);
    const active = [type, status, least > 1, order === "name"].filter(Boolean).length;
    id("filtered").textContent = active ? `· ${active}` : "";
    this.drawTabs(passing);
    if (!keep) this.list.scrollTop = 0;
    if (this.key) this.reveal();
    this.draw();
  }

  chooseTab(tab) {
    this.tab = tab;
    this.refilter();
  }

  searchSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.searchNow(), 60);
  }

  async searchNow() {
    const words = id("search").value.trim();
    const found = words ? await this.search(words) : null;
    if (words !== id("search").value.trim()) return; // typed on meanwhile
    this.found = found && new Set(found);
    this.refilter();
  }

  get current() {
    return this.byKey?.get(this.key);
  }

  /** Choose a name and bring it into sight. */
  select(key) {
    this.key = key;
    this.reveal();
    this.draw();
  }

  /** Choose the name `step` rows further down, if there is one. */
  move(step) {
    const at = this.shown.findIndex((row) => row.key === this.key);
    const row = this.shown[at < 0 ? 0 : at + step];
    return row && this.selected(row.key);
  }

  /** The next row without a decision that is shown, after the chosen one, then from the top; undefined if none. */
  nextOpen() {
    const at = this.shown.findIndex((row) => row.key === this.key);
    return [...this.shown.slice(at + 1), ...this.shown.slice(0, at + 1)].find((row) => isOpen(row) && row.key !== this.key);
  }

  /** The names around the chosen one, to be fetched ahead. */
  neighbours() {
    const at = this.shown.findIndex((row) => row.key === this.key);
    return this.shown.slice(at + 1, at + 3).concat(this.shown.slice(Math.max(0, at - 1), Math.max(0, at)));
  }

  click(event) {
    const row = event.target.closest("[data-key]");
    if (row) this.selected(row.dataset.key);
  }

  height() {
    return 3.25 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  reveal() {
    const [at, height] = [this.shown.findIndex((row) => row.key === this.key), this.height()];
    if (at < 0) return;
    const [top, bottom] = [at * height, (at + 1) * height];
    if (top < this.list.scrollTop) this.list.scrollTop = top - height;
    else if (bottom > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = bottom + height - this.list.clientHeight;
  }

  draw() {
    const height = this.height();
    const first = Math.max(0, Math.floor(this.list.scrollTop / height) - MARGIN);
    const last = Math.min(this.shown.length, Math.ceil((this.list.scrollTop + this.list.clientHeight) / height) + MARGIN);
    const rows = id("rows");
    rows.style.height = `${this.shown.length * height}px`;
    rows.replaceChildren(...this.shown.slice(first, last).map((row, i) => this.row(row, first + i, height)));
    const isShown = this.shown.some((row) => row.key === this.key);
    this.list.setAttribute("aria-activedescendant", isShown ? "chosen" : "");
    id("none").hidden = this.shown.length > 0 || !this.rows.length;
    id("none").textContent = this.tab === "open" && !id("search").value ? "Nothing is open here." : "No name is like this.";
  }

  row(row, place, height) {
    const chosen = row.key === this.key;
    const sign = el("span", { className: `sign ${row.decision ?? "open"}`, "aria-hidden": "true" }, SIGNS[row.decision] ?? "");
    const said = row.decision ? `${WORDS[row.decision]} ${row.target}` : row.status === "ambiguous" ? "which of these?" : (row.type ?? "no type");
    const line = el(
      "div",
      {
        className: `row${row.decision && row.decision !== "unsure" ? " done" : ""}`,
        role: "option",
        id: chosen ? "chosen" : null,
        "data-key": row.key,
        "aria-selected": String(chosen),
        "aria-setsize": String(this.shown.length),
        "aria-posinset": String(place + 1),
      },
      sign,
      el("span", { className: "name" }, nameOf(row.name)),
      el("span", { className: "count", title: counted(row.count, "mention") }, figure(row.count)),
      el("span", { className: "said-of" }, nameOf(said), row.note && el("span", { className: "has-note" }, " · note")),
    );
    line.style.height = `${height}px`;
    line.style.transform = `translateY(${place * height}px)`;
    return line;
  }

  drawTabs(passing) {
    const counts = { open: 0, decided: 0, unsure: 0, all: passing.length };
    for (const row of passing) counts[tabOf(row)]++;
    for (const button of id("tabs").children) {
      const tab = button.dataset.tab;
      button.lastChild.textContent = figure(counts[tab]);
      button.setAttribute("aria-pressed", String(tab === this.tab));
    }
  }
}

function byName(rows) {
  const { compare } = new Intl.Collator();
  return rows.toSorted((a, b) => compare(a.name, b.name));
}

export function isOpen(row) {
  return !row.decision;
}

export function isDecided(row) {
  return Boolean(row.decision) && row.decision !== "unsure";
}

function tabOf(row) {
  if (isOpen(row)) return "open";
  return isDecided(row) ? "decided" : "unsure";
}
