// The keys of the page, in one table: what they do, and the help that is shown for them.

export const KEYS = [
  { keys: ["j", "ArrowDown"], command: "next", shown: ["j", "↓"], about: "Next name" },
  { keys: ["k", "ArrowUp"], command: "previous", shown: ["k", "↑"], about: "Previous name" },
  { keys: ["g"], command: "nextOpen", shown: ["g"], about: "Next name without a decision" },
  { keys: ["PageDown"], command: "scrollDown", shown: ["PgDn"], about: "Read on: candidates, spellings, texts" },
  { keys: ["PageUp"], command: "scrollUp", shown: ["PgUp"], about: "Read back" },
  { keys: ["/"], command: "search", shown: ["/"], about: "Search" },
  { keys: "123456789", command: "candidate", shown: ["1", "…", "9"], about: "It is this candidate" },
  { keys: ["m"], command: "other", shown: ["m"], about: "It is another entity of the registry: search for it" },
  { keys: ["n"], command: "create", shown: ["n"], about: "A new entity, named and typed as proposed" },
  { keys: ["r"], command: "rename", shown: ["r"], about: "… under another name" },
  { keys: ["t"], command: "retype", shown: ["t"], about: "… of another type" },
  { keys: ["d", "-"], command: "exclude", shown: ["d", "-"], about: "Not this candidate; 1 … 9 choose which, 0 all" },
  { keys: ["0"], command: "excludeAll", shown: ["0"], about: "None of the candidates" },
  { keys: ["x"], command: "block", shown: ["x"], about: "Not an entity, never ask again" },
  { keys: ["s"], command: "defer", shown: ["s"], about: "Unsure: leave it in the queue, with a note" },
  { keys: ["v"], command: "spellings", shown: ["v"], about: "Spellings: take one out with the space bar" },
  { keys: ["w"], command: "evidence", shown: ["w"], about: "Why: the evidence for the candidates, in bits" },
  { keys: ["e"], command: "note", shown: ["e"], about: "Note: why, in your words" },
  { keys: ["Enter"], command: "confirm", shown: ["Enter"], about: "Save the decision and go on; the same key twice does it too" },
  { keys: ["Escape"], command: "cancel", shown: ["Esc"], about: "Leave a field, then drop what is not saved" },
  { keys: ["u"], command: "undo", shown: ["u"], about: "Undo the last decision" },
  { keys: ["U"], command: "redo", shown: ["Shift", "u"], about: "Redo it" },
  { keys: ["o"], command: "reopen", shown: ["o"], about: "Open this name again: no decision" },
  { keys: ["a"], command: "apply", shown: ["a"], about: "Apply: see what all decisions write, then write it" },
  { keys: ["?"], command: "help", shown: ["?"], about: "These keys" },
];

const COMMANDS = new Map(KEYS.flatMap(({ keys, command }) => [...keys].map((key) => [key, command])));

/** The command of a key event and the key that it stands for; null if it is none of this page's. */
export function commandOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  const key = latin(event);
  const command = COMMANDS.get(key);
  return command ? { command, key } : null;
}

/** Whether a key event types a character. */
export function isText(event) {
  return [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** Whether the keys belong to what has the focus: a field to type in, or a list of options. */
export function isTyping(target) {
  return target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

// A Cyrillic keyboard, or one with digits above the shift, types something else in the same place.
function latin(event) {
  const digit = event.code.match(/^Digit([0-9])$/)?.[1];
  if (digit && !event.shiftKey) return digit;
  if (/^[a-z]$/i.test(event.key)) return event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
  if (/^[!-+\-/-~]$/.test(event.key)) return event.key;
  if (event.code === "Slash") return event.shiftKey ? "?" : "/"; // it types a dot and a comma there
  const letter = event.code.match(/^Key([A-Z])$/)?.[1];
  if (letter && event.key.length === 1) return event.shiftKey ? letter : letter.toLowerCase();
  return event.key;
}
