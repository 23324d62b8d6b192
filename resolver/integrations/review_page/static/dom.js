// Elements from texts. Texts come from documents that anyone may have written: they are only ever set as text.

/** An element with properties and children; strings become text nodes, null and false are left out. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name === "className" ? "class" : name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A name in its own direction, so that no character of it turns round what follows. */
export function nameOf(text) {
  return el("bdi", {}, visible(text));
}

/** The text on one line, with a picture for each character that would not be seen but obeyed. */
export function visible(text) {
  return String(text)
    .replace(/[\t\n\r\x85\u2028\u2029]/g, " ")
    .replace(/[\x00-\x1f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replace(/\x7f/g, "\u2421")
    .replace(/[\x80-\x9f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** A snippet with the name, which stands in «guillemets», marked. */
export function marked(text) {
  const [before, name, after] = [text.split("«")[0], (text.split("«")[1] ?? "").split("»")[0], text.split("»")[1] ?? ""];
  if (!name) return [visible(text)];
  return [visible(before), el("mark", {}, nameOf(name)), visible(after)];
}

export function kbd(key) {
  return el("kbd", { "aria-hidden": "true" }, key);
}

const NUMBERS = new Intl.NumberFormat("en");

export function figure(number) {
  return NUMBERS.format(number);
}

export function counted(number, one, many = `${one}s`) {
  return `${figure(number)} ${number === 1 ? one : many}`;
}

/** The diff of the registry, a line a span; the two lines of a file's head become its name. */
export function diffOf(text) {
  const lines = text.split("\n").slice(0, -1).filter((line) => !line.startsWith("--- "));
  return el("pre", { className: "diff", tabindex: "0", "aria-label": "Lines of the registry" }, lines.map(diffLine));
}

function diffLine(line) {
  if (line.startsWith("+++ ")) return el("span", { className: "file" }, visible(line.slice(line.indexOf("/") + 1)));
  const kind = { "+": "added", "-": "removed", "@": "place" }[line[0]] ?? "kept";
  const shown = kind === "place" ? `line ${line.match(/\+(\d+)/)?.[1] ?? ""}` : visible(line);
  return el("span", { className: kind }, shown);
}
