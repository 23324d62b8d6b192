// One name: who could it be, how is it spelled, where does it stand.

import { counted, el, figure, kbd, marked, nameOf, visible } from "./dom.js";

const id = (name) => document.getElementById(name);
const MOST_KEYS = 9;

/** Draw an item. `choose(id)` and `toggle(spelling)` are called for clicks on a candidate or a spelling. */
export function drawQuestion(item, draft, meant, evidence, { choose, toggle }) {
  const focus = document.activeElement?.dataset?.keep;
  id("question").replaceChildren(
    head(item),
    candidates(item, draft, meant, evidence, choose),
    spellings(item, draft, toggle),
    places(item),
  );
  if (focus) id("question").querySelector(`[data-keep="${CSS.escape(focus)}"]`)?.focus();
}

/** The candidates of the queue, then what the curator found in the registry: key 1 is the first of these. */
export function choicesOf(item, draft, meant) {
  const known = item.candidates.map((one) => one.id);
  const others = draft.entities.filter((one) => !known.includes(one));
  const found = others.map((one) => ({ id: one, score: null, why: "" }));
  return [...item.candidates, ...found].map((one) => ({ ...one, entity: meant.get(one.id) }));
}

function head(item) {
  return el(
    "header",
    { className: "head" },
    el("p", { className: "eyebrow" }, item.status === "ambiguous" ? "Which of these is it?" : "Who or what is this?"),
    el("h2", {}, nameOf(item.name)),
    el(
      "p",
      { className: "facts" },
      item.type && el("span", { className: `chip ${item.type}` }, item.type),
      el("span", {}, `${counted(item.count, "mention")} in ${counted(item.documents, "document")}`),
      item.first && el("span", {}, item.first === item.last ? item.first : `${item.first} to ${item.last}`),
      item.changed && el("span", { className: "changed" }, visible(item.changed)),
      el("span", { className: "reason" }, visible(item.reason)),
    ),
  );
}

function candidates(item, draft, meant, evidence, choose) {
  const choices = choicesOf(item, draft, meant);
  const heading = choices.length ? "Candidates" : "No candidates";
  return el(
    "section",
    { className: "candidates", "aria-labelledby": "candidates-title" },
    el("h3", { id: "candidates-title" }, heading, choices.length > 0 && el("span", { className: "hint" }, "why? ", kbd("w"))),
    choices.length > 0 && el("ol", {}, choices.map((one, i) => el("li", {}, candidate(one, i, draft, choose), waterfall(evidence?.[one.id])))),
  );
}

function candidate(one, place, draft, choose) {
  const chosen = draft.entities.includes(one.id) ? draft.word : "";
  const names = one.entity?.names?.slice(0, 5).join(", ");
  const bar = el("span", { className: "bar", "aria-hidden": "true" }, el("span", {}));
  bar.firstChild.style.width = `${100 * (one.score ?? 0)}%`;
  return el(
    "button",
    {
      type: "button",
      className: `candidate ${chosen}`,
      "aria-pressed": String(Boolean(chosen)),
      "data-keep": `candidate ${one.id}`,
      onclick: () => choose(one.id),
    },
    el("span", { className: "key" }, place < MOST_KEYS ? kbd(String(place + 1)) : ""),
    el("span", { className: "who" }, el("b", {}, nameOf(one.entity?.name ?? one.id)), el("code", {}, visible(one.id))),
    one.score === null
      ? el("span", { className: "score" }, "found")
      : el("span", { className: "score" }, bar, el("span", {}, `${one.score === 1 ? "1.00" : Math.min(one.score, 0.99).toFixed(2)}`)),
    el(
      "span",
      { className: "why" },
      one.why && el("span", {}, visible(one.why)),
      names && el("span", { className: "also" }, "also ", nameOf(names)),
      one.entity?.note && el("span", { className: "also" }, visible(one.entity.note)),
      one.entity === null && el("span", { className: "also" }, "not in the registry any more"),
    ),
  );
}

/** The evidence as a waterfall: each piece begins where the one before it ended, the last is the sum. */
function waterfall(record) {
  if (!record) return null;
  const steps = record.evidence.map(({ name, channel, bits, detail }) => ({ name, bits, detail, kind: channel === "contradict" ? "against" : bits > 0 ? "for" : "less" }));
  let sum = 0;
  for (const step of steps) [step.from, sum] = [sum, sum + step.bits];
  steps.push({ name: "sum", bits: record.bits, from: 0, detail: `score ${record.score.toFixed(3)}, it takes ${record.needed}`, kind: "total" });
  const ends = [0, ...steps.map((step) => step.from + step.bits)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return el(
    "div",
    { className: "waterfall" },
    el("p", { className: "quiet" }, "By its name ", nameOf(record.alias), ", the name alone, in bits"),
    el("table", {}, el("tbody", {}, steps.map((step) => stepRow(step, low, high - low || 1)))),
  );
}

function stepRow({ name, bits, from, detail, kind }, low, width) {
  const bar = el("span", { className: "step" });
  bar.style.left = `${(100 * (Math.min(from, from + bits) - low)) / width}%`;
  bar.style.width = `${(100 * Math.abs(bits)) / width}%`;
  const number = `${bits < 0 ? "−" : "+"}${Math.abs(bits).toFixed(1)}`;
  const cells = [el("td", { className: "bits" }, number), el("th", { scope: "row" }, name.replaceAll("_", " ")), el("td", { className: "fall", "aria-hidden": "true" }, bar)];
  return el("tr", { className: kind }, cells, el("td", {}, visible(detail)));
}

function spellings(item, draft, toggle) {
  const only = item.variants.length === 1;
  const title = only ? "Spelling" : `${item.variants.length} spellings`;
  return el(
    "section",
    { className: "spellings", "aria-labelledby": "spellings-title" },
    el("h3", { id: "spellings-title" }, title, !only && el("span", { className: "hint" }, "untick what is another name ", kbd("v"))),
    el("ul", {}, item.variants.map(([text, count]) => el("li", {}, only ? chip(text, count) : tick(text, count, draft, toggle)))),
  );
}

function chip(text, count) {
  return el("span", { className: "spelling" }, nameOf(text), el("span", { className: "count" }, figure(count)));
}

function tick(text, count, draft, toggle) {
  const out = draft.except.has(text);
  return el(
    "label",
    { className: `spelling${out ? " out" : ""}` },
    el("input", { type: "checkbox", checked: !out, "data-keep": `spelling ${text}`, onchange: () => toggle(text) }),
    nameOf(text),
    el("span", { className: "count" }, figure(count)),
  );
}

function places(item) {
  const place = (one) =>
    el("li", {}, el("blockquote", {}, el("p", { dir: "auto" }, marked(one.text))), el("cite", {}, nameOf(one.document)));
  return el(
    "section",
    { className: "places", "aria-labelledby": "places-title" },
    el("h3", { id: "places-title" }, item.snippets.length ? "In the texts" : "No place is shown in the queue"),
    el("ul", {}, item.snippets.map(place)),
  );
}
