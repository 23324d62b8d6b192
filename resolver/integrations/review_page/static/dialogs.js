// The two dialogs: the keys, and what all decisions would write.

import { send } from "./api.js";
import { counted, diffOf, el, kbd, visible } from "./dom.js";
import { KEYS } from "./keys.js";

const id = (name) => document.getElementById(name);

export function toggleHelp(quick) {
  const dialog = id("help");
  if (dialog.open) return dialog.close();
  const box = el("input", { type: "checkbox", checked: quick.value, onchange: (event) => quick.set(event.target.checked) });
  dialog.replaceChildren(
    head("help", "Keys", dialog),
    el("dl", { className: "keys" }, KEYS.map(({ shown, about }) => el("div", {}, el("dt", {}, shown.map(keyOf)), el("dd", {}, about)))),
    el("label", { className: "quick" }, box, el("span", {}, "One key decides: save at once, without Enter. ", el("span", { className: "quiet" }, "n, d and s still wait for it; u takes back."))),
    el("p", { className: "quiet" }, "Keys work by their place on a Cyrillic keyboard, too. In a field, Esc gives them back."),
  );
  dialog.showModal();
  return undefined;
}

function keyOf(key) {
  return key === "…" ? "…" : el("kbd", {}, key);
}

/** Show what all decisions would write. `written(queue)` is called when it is; `goto(key)` for a decision to look at. */
export async function showPlan({ facts, rows, written, goto }) {
  const dialog = id("plan");
  if (dialog.open) return;
  const body = el("div", { className: "body" }, el("p", { className: "quiet" }, "Looking at all decisions …"));
  dialog.replaceChildren(head("plan", "Apply", dialog), body);
  dialog.showModal();
  try {
    const plan = await send("plan");
    body.replaceChildren(...planOf(plan, facts, rows, () => write(plan, dialog, body, written)));
    body.querySelector(".primary")?.focus();
  } catch (error) {
    body.replaceChildren(...refusalOf(error, rows, (key) => (dialog.close(), goto(key))));
  }
}

function planOf(plan, facts, rows, write) {
  if (!plan.lines.length) return [el("p", {}, "Nothing is decided yet.")];
  const names = new Map(rows.map((row) => [row.key, row.name]));
  const unmet = plan.unmet.flatMap(({ messages }) => messages);
  const added = plan.diff.split("\n").filter((line) => line.startsWith("+") && !line.startsWith("+++")).length;
  const left = `${counted(plan.remaining, "name")} ${plan.remaining === 1 ? "stays" : "stay"} in the queue.`;
  return [
    el("p", { className: "lead" }, `${counted(plan.lines.length, "decision")}, ${counted(added, "line")} for the registry. ${left}`),
    unmet.length > 0 && warning("These stay in the queue, as they would not resolve even then:", unmet),
    el("ul", { className: "lines" }, plan.lines.map((line) => lineOf(line, names))),
    plan.impact.length > 0 && impact(plan.impact),
    plan.diff ? diffOf(plan.diff) : el("p", { className: "quiet" }, "The registry knows it all already."),
    el(
      "div",
      { className: "buttons" },
      el("p", { className: "quiet" }, "Into ", el("code", {}, visible(facts.registry)), `, as ${visible(facts.by)}`),
      el("button", { type: "button", onclick: () => id("plan").close() }, "Not now"),
      el("button", { type: "button", className: "primary", onclick: write }, "Write it", kbd("Enter")),
    ),
  ].filter(Boolean);
}

function lineOf(line, names) {
  const [key, rest] = [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)];
  return el("li", {}, el("b", {}, visible(names.get(key) ?? key)), ` ${visible(rest)}`);
}

async function write(plan, dialog, body, written) {
  body.querySelectorAll("button").forEach((button) => (button.disabled = true));
  try {
    written(await send("apply", { plan: plan.plan }), plan);
    dialog.close();
  } catch (error) {
    body.replaceChildren(...refusalOf(error, [], () => {}));
  }
}

function refusalOf(error, rows, goto) {
  if (!error.problems?.length) return [el("p", { className: "problem" }, visible(error.message))];
  const problem = ({ line, message }) => {
    const row = rows[line - 1];
    const link = row && el("button", { type: "button", className: "link", onclick: () => goto(row.key) }, visible(row.name));
    return el("li", {}, link ? [link, ": "] : "", visible(message));
  };
  return [
    el("p", { className: "lead" }, "Nothing can be written yet. One problem holds up all, so that nothing is half done."),
    el("ul", { className: "problems" }, error.problems.map(problem)),
  ];
}

function impact([title, ...lines]) {
  return el("div", { className: "impact" }, el("p", {}, visible(title)), el("ul", {}, lines.map((line) => el("li", {}, visible(line.trim())))));
}

function warning(title, lines) {
  return el("div", { className: "warning" }, el("p", {}, title), el("ul", {}, lines.map((line) => el("li", {}, visible(line)))));
}

function head(name, title, dialog) {
  const close = el("button", { type: "button", className: "close", "aria-label": "Close", onclick: () => dialog.close() }, kbd("Esc"));
  return el("header", {}, el("h2", { id: `${name}-title` }, title), close);
}
