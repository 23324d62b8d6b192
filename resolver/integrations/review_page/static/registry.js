// A field that finds entities of the registry by any of their names.

import { ask } from "./api.js";
import { el, nameOf, visible } from "./dom.js";

/** Put the field into a place. `taken(entity)` is called for the chosen one, `left()` when the field is left without. */
export function searchRegistry(place, { taken, left, failed }) {
  document.getElementById("other")?.remove();
  const results = el("ul", { role: "listbox", id: "other-found", "aria-label": "Entities" });
  const field = el("input", {
    type: "search", id: "other-search", role: "combobox", "aria-expanded": "true", "aria-controls": "other-found",
    placeholder: "Another entity of the registry", "aria-label": "Another entity of the registry", autocomplete: "off", spellcheck: "false",
  });
  const box = el("div", { id: "other", className: "elsewhere" }, field, results);
  place.append(box);
  let found = [];
  let at = 0;

  const take = (one) => {
    box.remove();
    taken(one);
  };
  const mark = (row) => {
    at = Math.min(Math.max(row, 0), Math.max(found.length - 1, 0));
    [...results.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === at)));
    field.setAttribute("aria-activedescendant", found.length ? `other-${at}` : "");
  };
  const rowOf = (one, i) =>
    el("li", { role: "option", id: `other-${i}`, onclick: () => take(one) }, el("b", {}, nameOf(one.name)), el("code", {}, visible(one.id)));

  field.addEventListener("input", async () => {
    const words = field.value;
    const answer = await ask("entities", { words }).catch((error) => (failed(error), { entities: [] }));
    if (words !== field.value) return; // typed on meanwhile
    found = answer.entities;
    results.replaceChildren(...found.map(rowOf));
    mark(0);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Enter" && found[at]) take(found[at]);
    else if (event.key === "Escape") {
      box.remove();
      left();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.focus();
}
