// The review page: what the keys do, what is shown for the chosen name, what is saved.

import { drawAnswer, drawPreview } from "./answer.js";
import { ask, send } from "./api.js";
import { showPlan, toggleHelp } from "./dialogs.js";
import { counted, el, figure, nameOf, visible } from "./dom.js";
import { choose, draftOf, fieldsOf, isSame, lackOf } from "./draft.js";
import { commandOf, isText, isTyping } from "./keys.js";
import { isDecided, isOpen, NameList } from "./list.js";
import { choicesOf, drawQuestion } from "./question.js";
import { searchRegistry } from "./registry.js";

const id = (name) => document.getElementById(name);
const PAUSE = 30; // milliseconds without a key before it is asked what a decision would write
const WATCH = 4000; // milliseconds between two looks at the server
const SAID = { decide: "Saved", undo: "Taken back", redo: "Decided again" };
const KEPT = 60; // items that need not be asked for again

const facts = { types: [], registry: "", by: "", version: 0 };
const kept = new Map(); // key -> promise of {item, entities}
const drafts = new Map(); // key -> a decision that is not saved yet
const entities = new Map(); // id -> what the registry says of it
let shown = null; // {item, draft} of the chosen name, null while another one is on its way
let saving = false;
let asWeighed = false; // whether the evidence is shown

const list = new NameList({ selected: show, search: (words) => ask("search", { words }).then(({ found }) => found) });
const quick = {
  value: localStorage.getItem("quick") === "yes",
  set(value) {
    this.value = value;
    localStorage.setItem("quick", value ? "yes" : "no");
  },
};

// Loading

async function load(queue) {
  Object.assign(facts, queue);
  kept.clear();
  list.load(queue.columns, queue.rows, queue.types);
  id("where").textContent = visible(queue.path.split(/[\\/]/).pop());
  id("where").title = visible(queue.path);
  drawSteps(queue);
  drawProgress();
  const wanted = decodeURIComponent(location.hash.slice(1));
  const start = list.byKey.get(list.key) ?? list.byKey.get(wanted) ?? list.rows.find(isOpen);
  if (start) await show(start.key);
  else drawDone();
}

async function start() {
  try {
    await load(await ask("queue"));
    list.list.focus();
  } catch (error) {
    refused(error);
  }
  setInterval(watch, WATCH);
  addEventListener("focus", watch);
}

/** See whether the server is there, and whether somebody else has changed the queue. */
async function watch() {
  if (document.hidden || saving) return;
  const { version } = facts;
  try {
    const state = await ask("state");
    if (saving || version !== facts.version) return;
    if (state.changed) noticeChanged();
    else if (id("notice").dataset.kind) hideNotice();
    if (state.version !== facts.version) await load(await ask("queue"));
  } catch (error) {
    refused(error);
  }
}

function fetchItem(key) {
  if (!kept.has(key)) {
    kept.set(key, ask("item", { key }));
    kept.get(key).catch(() => kept.delete(key));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  }
  return kept.get(key);
}

// The chosen name

async function show(key) {
  keepDraft();
  shown = null;
  list.select(key);
  history.replaceState(null, "", `#${encodeURIComponent(key)}`);
  try {
    const { item, entities: known } = await fetchItem(key);
    if (list.key !== key) return; // gone on meanwhile
    for (const [one, entity] of Object.entries(known)) entities.set(one, entity);
    shown = { item, draft: drafts.get(key) ?? draftOf(item) };
    id("question").scrollTop = 0;
    if (id("question").getBoundingClientRect().top < 0) id("question").scrollIntoView(); // where the page itself scrolls
    id("answer").scrollTop = 0;
    draw();
    for (const row of list.neighbours()) fetchItem(row.key).catch(() => {});
  } catch (error) {
    refused(error);
  }
}

function keepDraft() {
  if (!shown) return;
  if (isSame(shown.draft, shown.item)) drafts.delete(shown.item.key);
  else drafts.set(shown.item.key, shown.draft);
}

function draw() {
  const { item, draft } = shown;
  document.title = `${visible(item.name)} · Review`;
  if (asWeighed && !shown.evidence) weigh(shown);
  drawQuestion(item, draft, entities, asWeighed ? shown.evidence : null, { choose: (one) => change(choose(draft, one), { byButton: true }), toggle });
  drawPanel();
}

/** Fetch the evidence for the candidates, then show it. */
async function weigh(one) {
  one.evidence = {};
  try {
    Object.assign(one.evidence, (await ask("evidence", { key: one.item.key })).evidence);
    if (one === shown) draw();
  } catch (error) {
    refused(error);
  }
}

function drawPanel() {
  const focus = document.activeElement?.closest("#answer") && document.activeElement.id;
  drawAnswer(shown.item, shown.draft, facts.types, (one) => entities.get(one)?.name ?? one, { run, changed });
  if (focus) id(focus)?.focus();
  preview();
}

function drawDone() {
  shown = null;
  list.key = null;
  list.draw();
  id("answer").hidden = true;
  const [decided, rest] = [list.rows.filter(isDecided).length, list.rows.length - list.rows.filter(isDecided).length];
  const unsure = rest ? `${counted(rest, "name")} ${rest === 1 ? "is" : "are"} left as unsure.` : "";
  const apply = el("button", { type: "button", className: "primary", onclick: () => run("apply") }, "See what it writes", el("kbd", {}, "a"));
  const nothing = el("p", {}, "The queue has no names. An audit that finds some writes a new one: ", el("code", {}, "resolver audit FILES --out DIR"));
  id("question").replaceChildren(
    el(
      "div",
      { className: "finished" },
      el("h2", {}, list.rows.length ? "Everything is looked at" : "Nothing to review"),
      list.rows.length ? el("p", {}, `${counted(decided, "name")} decided, ${counted(settledMentions(), "mention")} settled. ${unsure}`) : nothing,
      decided > 0 && apply,
    ),
  );
}

// What a decision would write

let previewTimer = 0;
let previewOf = "";

function preview() {
  const { item, draft } = shown;
  const asked = JSON.stringify([item.key, fieldsOf(draft)]);
  previewOf = asked;
  drawPreview(null, draft);
  clearTimeout(previewTimer);
  if (!draft.word || draft.word === "unsure" || lackOf(draft)) return;
  previewTimer = setTimeout(async () => {
    try {
      const answer = await send("preview", { key: item.key, fields: fieldsOf(draft) });
      if (previewOf === asked) drawPreview(answer, draft);
    } catch (error) {
      if (previewOf === asked) refused(error);
    }
  }, PAUSE);
}

/** The draft was changed by a key or a button. */
function change(_, { byButton = false } = {}) {
  draw();
  if (byButton) id("save").focus();
  else if (!document.activeElement?.closest("#answer, #question")) list.list.focus({ preventScroll: true });
}

/** A field of the draft was typed in; the field itself is not drawn anew. */
function changed(values) {
  Object.assign(shown.draft, values);
  if ("type" in values) return drawPanel();
  id("lack").textContent = lackOf(shown.draft);
  id("save").firstChild.textContent = "Save and go on";
  id("save").classList.remove("idle");
  return preview();
}

function toggle(spelling) {
  const { item, draft } = shown;
  if (draft.except.has(spelling)) draft.except.delete(spelling);
  else if (draft.except.size < item.variants.length - 1) draft.except.add(spelling);
  else say("The last spelling stays: a decision speaks of one at least.");
  draft.except = new Set(item.variants.map(([text]) => text).filter((text) => draft.except.has(text)));
  draw();
}

// Keys and buttons

const commands = {
  next: () => list.move(1),
  previous: () => list.move(-1),
  evidence() {
    asWeighed = !asWeighed;
    if (shown) draw();
  },
  nextOpen: () => goOn(),
  scrollDown: () => scroll(1),
  scrollUp: () => scroll(-1),
  search: () => id("search").select(),
  help: () => toggleHelp(quick),
  apply: () => showPlan({ facts, rows: list.rows, written, goto: show }),
  undo: () => step("undo"),
  redo: () => step("redo"),
  cancel,
};

// What needs a name to be chosen; `again` says that the same key was pressed twice.
const decisions = {
  candidate: ({ key, byButton }) => pick(Number(key ?? 1) - 1, byButton),
  create: () => decideAs("new", { quickly: false }),
  exclude() {
    const { draft } = shown;
    if (draft.word === "not") return draft.entities.length ? confirm() : undefined;
    const choices = choicesOf(shown.item, draft, entities);
    if (!choices.length) return say("There is no candidate that it could not be.");
    const chosen = draft.word === "match" ? draft.entities : choices.slice(0, 1).map((one) => one.id);
    return change(Object.assign(draft, { word: "not", entities: chosen }));
  },
  excludeAll() {
    const all = shown.item.candidates.map((one) => one.id);
    if (!all.length) return say("There is no candidate that it could not be.");
    return change(Object.assign(shown.draft, { word: "not", entities: all }));
  },
  block: () => decideAs("not_an_entity"),
  defer() {
    decideAs("unsure", { quickly: false });
    id("note").focus();
  },
  reopen: () => change(Object.assign(shown.draft, { word: null, entities: [] })),
  confirm: () => confirm(),
  note: () => id("note").focus(),
  other: () => searchEntity(),
  spellings: () => id("question").querySelector(".spellings input")?.focus(),
  rename() {
    if (shown.draft.word !== "new") decideAs("new", { quickly: false });
    id("new-name").select();
  },
  retype() {
    const { draft } = shown;
    if (draft.word !== "new") return decideAs("new", { quickly: false });
    draft.type = facts.types[(facts.types.indexOf(draft.type) + 1) % facts.types.length];
    return change();
  },
};

const FIELDS = new Set(["search", "other", "rename", "note", "defer"]); // the commands that put the cursor into a field

let before = Promise.resolve();
let typedAhead = null; // what is typed before that field is there, null when none is awaited

/** Do what a key or a button says, after what came before it is done: a quick hand never decides on the wrong name. */
function run(command, options = {}) {
  before = before.then(() => execute(command, options)).catch(refused);
}

async function execute(command, options) {
  if (command in commands) return commands[command](options);
  if (!shown) return undefined;
  const done = decisions[command](options);
  if (options.byButton && command !== "confirm" && command !== "other") id("save")?.focus();
  return done;
}

/** Choose a decision without an entity; a second time confirms it. */
function decideAs(word, { quickly = quick.value } = {}) {
  const { draft } = shown;
  if (draft.word === word && word !== "unsure") return confirm();
  change(Object.assign(draft, { word, entities: [] }));
  return quickly ? confirm() : undefined;
}

function pick(place, byButton) {
  const { item, draft } = shown;
  const one = choicesOf(item, draft, entities)[place];
  if (!one) return byButton ? searchEntity() : say(`There is no candidate ${place + 1}.`);
  const again = draft.word === "match" && draft.entities[0] === one.id;
  if (again && !byButton) return confirm();
  if (byButton) Object.assign(draft, { word: "match", entities: [] });
  change(choose(draft, one.id));
  return quick.value && draft.word === "match" ? confirm() : undefined;
}

/** Scroll what stands in the middle; where all stands below each other, the page itself. */
function scroll(direction) {
  const pane = id("question");
  const target = pane.scrollHeight > pane.clientHeight ? pane : window;
  target.scrollBy({ top: direction * 0.8 * (pane.clientHeight < innerHeight ? pane.clientHeight : innerHeight) });
}

function cancel() {
  if (!shown) return;
  if (isTyping(document.activeElement)) return list.list.focus();
  drafts.delete(shown.item.key);
  shown.draft = draftOf(shown.item);
  draw();
  list.list.focus({ preventScroll: true });
}

addEventListener("keydown", (event) => {
  if (typedAhead !== null && isText(event)) {
    typedAhead += event.key;
    event.preventDefault();
    return;
  }
  const found = commandOf(event);
  if (!found) return;
  const { command, key } = found;
  const target = event.target instanceof Element ? event.target : document.body;
  if (document.querySelector("dialog[open]")) {
    if (command === "help" && id("help").open) id("help").close();
    return;
  }
  if (isTyping(target) && !leaves(target, command)) return;
  if (command === "confirm" && target.closest("button, summary, a")) return; // Enter presses it
  if (command === "cancel" && target.id === "search" && target.value) return; // the field empties itself
  event.preventDefault();
  run(command, { key });
  if (FIELDS.has(command)) typeAhead();
});

/** Keep what is typed until the field that a key opens is there: none of its letters is a command. */
function typeAhead() {
  typedAhead = "";
  before = before.then(() => {
    const field = document.activeElement;
    if (typedAhead && isTyping(field)) {
      field.setRangeText(typedAhead, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    typedAhead = null;
  });
}

/** Whether a key works although a field has the focus: Escape, and Enter where it saves. */
function leaves(target, command) {
  return command === "cancel" || (command === "confirm" && target.closest("#answer") && !target.closest("#other"));
}

id("search").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== "ArrowDown") return;
  event.preventDefault();
  if (list.shown.length && !list.shown.some((row) => row.key === list.key)) show(list.shown[0].key);
  list.list.focus();
});
for (const name of ["undo", "apply"]) id(name).addEventListener("click", () => run(name));
id("keys").addEventListener("click", () => run("help"));

// Saving

async function confirm() {
  const { item, draft } = shown;
  const lack = lackOf(draft);
  if (lack) return say(lack);
  if (isSame(draft, item)) return draft.word ? goOn() : say("Not decided yet: choose with 1 … 9, n, d, x or s.");
  if (isTyping(document.activeElement)) list.list.focus({ preventScroll: true }); // what is typed from here on are keys
  return saved(item.key, "decide", { key: item.key, fields: fieldsOf(draft) });
}

async function step(word) {
  const answer = await saved(null, word);
  if (answer) await show(answer.item.key);
}

/** Send what changes the queue; then show what came of it, and after a decision go on to the next name. */
async function saved(key, name, body = {}) {
  if (saving) return null;
  saving = true;
  clearTimeout(previewTimer);
  try {
    const answer = await send(name, body);
    const missed = answer.version !== facts.version + 1;
    facts.version = answer.version;
    drafts.delete(answer.item.key);
    const next = key && list.nextOpen();
    if (shown?.item.key === answer.item.key) shown = null;
    kept.delete(answer.item.key);
    const row = list.update(answer.row);
    drawSteps(answer);
    drawProgress();
    say(`${SAID[name]}: ${row.name}`);
    if (missed) await load(await ask("queue"));
    else if (key) await goOn(next);
    return answer;
  } catch (error) {
    refused(error);
    return null;
  } finally {
    saving = false;
  }
}

function goOn(next = list.nextOpen()) {
  list.list.focus({ preventScroll: true });
  if (next) return show(next.key);
  if (list.rows.some(isOpen)) {
    say("Nothing else is open among the names shown: change the filter.");
    return list.key && show(list.key);
  }
  return drawDone();
}

async function written(queue, plan) {
  drafts.clear();
  entities.clear();
  list.key = null;
  shown = null;
  await load(queue);
  say(`Written to ${facts.registry}: ${counted(plan.lines.length, "decision")}. ${counted(plan.remaining, "name")} left.`);
}

// What is said

function say(text) {
  id("said").replaceChildren(nameOf(text));
  id("said").classList.add("on");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => id("said").classList.remove("on"), 4000);
}

function refused(error) {
  if (error.kind === "QueueChangedError") return noticeChanged();
  if (error.kind === "offline") return notice("offline", "The server does not answer. What you decide now is not saved: start it again.", "Try again", watch);
  if (error.status === 403) return notice("token", error.message, "Reload the page", () => location.reload());
  if (error.status === 404) return ask("queue").then(load, () => {});
  return say(error.problems?.[0]?.message ?? error.message);
}

function noticeChanged() {
  const text = "The queue file was changed by another program. Nothing is saved here until it is read again.";
  notice("changed", text, "Read it again", async () => {
    keepDraft();
    try {
      await load(await send("reload"));
      hideNotice();
    } catch (error) {
      say(error.problems?.length ? `${error.problems[0].path}:${error.problems[0].line}: ${error.problems[0].message}` : error.message);
    }
  });
}

function notice(kind, text, label, action) {
  if (id("notice").dataset.kind === kind) return;
  id("notice").dataset.kind = kind;
  id("notice-text").textContent = text;
  id("notice-button").textContent = label;
  id("notice-button").onclick = action;
  id("notice").hidden = false;
}

function hideNotice() {
  id("notice").hidden = true;
  delete id("notice").dataset.kind;
}

function settledMentions() {
  return list.rows.reduce((sum, row) => sum + row.settled, 0);
}

function drawSteps({ undo }) {
  id("undo").disabled = !undo;
}

function drawProgress() {
  const [mentions, settled] = [list.rows.reduce((sum, row) => sum + row.count, 0), settledMentions()];
  const share = mentions ? Math.floor((100 * settled) / mentions) : 100;
  id("settled").style.width = `${mentions ? (100 * settled) / mentions : 100}%`;
  id("track").setAttribute("aria-valuenow", String(share));
  const decided = list.rows.filter(isDecided).length;
  id("progress-text").replaceChildren(
    el("b", {}, figure(decided)),
    ` of ${counted(list.rows.length, "name")} decided`,
    el("span", { className: "mentions" }, ` · ${figure(settled)} of ${counted(mentions, "mention")} settled`),
  );
}

/** Search the registry for what the name means; what is found becomes one more candidate. */
function searchEntity() {
  searchRegistry(id("question").querySelector(".candidates"), {
    failed: refused,
    left: () => list.list.focus(),
    taken(one) {
      entities.set(one.id, one);
      change(choose(shown.draft, one.id), { byButton: true });
    },
  });
}

start();
