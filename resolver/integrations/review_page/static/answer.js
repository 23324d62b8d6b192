// The decision on one name, and what it would write.

import { diffOf, el, figure, kbd, nameOf, visible } from "./dom.js";
import { isSame, lackOf } from "./draft.js";
import { SIGNS } from "./list.js";

const id = (name) => document.getElementById(name);
const CHOICES = [
  ["match", "It is …", "1–9", "candidate"],
  ["other", "Another …", "m", "other"],
  ["new", "New entity", "n", "create"],
  ["not", "It is not …", "d", "exclude"],
  ["not_an_entity", "No entity", "x", "block"],
  ["unsure", "Unsure", "s", "defer"],
];

/** Draw the panel of an item. `run(command)` does what a key does; `changed()` is called when a field is typed in. */
export function drawAnswer(item, draft, types, nameOfEntity, { run, changed }) {
  const panel = id("answer");
  panel.hidden = false;
  const parts = [
    el("h3", { className: "unseen" }, "Your decision"),
    el("div", { className: "choices", role: "group", "aria-label": "Decision" }, CHOICES.map((one) => choice(one, draft, run))),
    sentence(item, draft, nameOfEntity),
    draft.word === "new" && form(draft, types, changed),
    note(draft, changed),
    el("div", { className: "save" }, saveButton(item, draft, run), el("p", { id: "lack", className: "lack" }, lackOf(draft))),
    el(
      "section",
      { className: "preview", "aria-labelledby": "preview-title" },
      el("h3", { id: "preview-title" }, "In the registry"),
      el("div", { id: "preview" }),
    ),
  ];
  panel.replaceChildren(...parts.filter(Boolean));
}

/** Show what the decision would write; `shown` is null as long as there is none. */
export function drawPreview(shown, draft) {
  const place = id("preview");
  if (!place) return;
  place.classList.remove("waiting");
  if (!draft.word) place.replaceChildren(el("p", { className: "quiet" }, "The lines that a decision would write are shown here."));
  else if (draft.word === "unsure") place.replaceChildren(el("p", { className: "quiet" }, "Nothing: the name stays in the queue."));
  else if (lackOf(draft)) place.replaceChildren(el("p", { className: "quiet" }, `${lackOf(draft)}.`));
  else if (shown) place.replaceChildren(...previewOf(shown));
  else place.classList.add("waiting");
}

function previewOf({ lines, diff, problems }) {
  if (problems.length) return [el("ul", { className: "problems" }, problems.map((text) => el("li", {}, visible(text))))];
  return [...lines.map((line) => el("p", { className: "line" }, visible(line))), diff ? diffOf(diff) : el("p", { className: "quiet" }, "No line changes.")];
}

function choice([word, label, key, command], draft, run) {
  const pressed = draft.word === word;
  return el(
    "button",
    { type: "button", className: `choice ${word}`, "aria-pressed": String(pressed), onclick: () => run(command, { byButton: true }) },
    el("span", { className: `sign ${word}`, "aria-hidden": "true" }, SIGNS[word] ?? "…"),
    label,
    kbd(key),
  );
}

function sentence(item, draft, nameOfEntity) {
  const named = (ids) => ids.flatMap((one, i) => [i ? " or " : "", el("b", {}, nameOf(nameOfEntity(one)))]);
  const count = item.count - item.variants.filter(([text]) => draft.except.has(text)).reduce((sum, [, n]) => sum + n, 0);
  const texts = {
    match: () => ["It is ", ...named(draft.entities), "."],
    new: () => ["A new ", draft.type || "…", ", ", el("b", {}, nameOf(draft.name || "…")), "."],
    not: () => (draft.entities.length ? ["It is not ", ...named(draft.entities), ", whoever it is."] : ["It is not …"]),
    not_an_entity: () => ["It is no name of an entity, and never asked again."],
    unsure: () => ["Looked at, not decided."],
  };
  if (!draft.word) return el("p", { className: "sentence quiet" }, "Not decided yet.");
  const settles = draft.word === "unsure" ? "" : ` Settles ${figure(count)} of ${figure(item.count)}.`;
  const out = draft.except.size ? el("span", { className: "quiet" }, settles, ` ${draft.except.size} taken out.`) : "";
  return el("p", { className: "sentence" }, texts[draft.word](), out);
}

function form(draft, types, changed) {
  const radio = (type) =>
    el(
      "label",
      { className: `chip ${type}` },
      el("input", { type: "radio", name: "new-type", value: type, checked: draft.type === type, onchange: () => changed({ type }) }),
      type,
    );
  return el(
    "div",
    { className: "form" },
    el("label", { className: "field" }, el("span", {}, "Name ", kbd("r")), el("input", { id: "new-name", value: draft.name, autocomplete: "off", spellcheck: "false", dir: "auto", oninput: (event) => changed({ name: event.target.value }) })),
    el(
      "div",
      { className: "field", role: "radiogroup", "aria-labelledby": "type-label" },
      el("span", { id: "type-label" }, "Type ", kbd("t")),
      el("div", { className: "types" }, types.map(radio)),
    ),
  );
}

function note(draft, changed) {
  return el(
    "label",
    { className: "field" },
    el("span", {}, "Note ", kbd("e")),
    el("input", { id: "note", value: draft.note, maxlength: "2000", placeholder: "why, in your words", autocomplete: "off", dir: "auto", oninput: (event) => changed({ note: event.target.value }) }),
  );
}

function saveButton(item, draft, run) {
  const saved = isSame(draft, item);
  const label = saved && draft.word ? "Saved" : "Save and go on";
  return el("button", { type: "button", id: "save", className: `primary${saved ? " idle" : ""}`, onclick: () => run("confirm", { byButton: true }) }, label, kbd("Enter"));
}
