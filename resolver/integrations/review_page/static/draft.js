// A decision that is being made: what it says, and how it is spelled for the queue file.

/** The empty draft of an item, or what was decided on it. */
export function draftOf(item) {
  const decision = item.decision;
  const draft = {
    word: typeof decision === "object" && decision ? Object.keys(decision)[0] : decision,
    entities: [],
    type: item.type ?? "",
    name: item.name,
    except: new Set(item.except),
    note: item.note ?? "",
  };
  if (draft.word === "match") draft.entities = [decision.match];
  if (draft.word === "not") draft.entities = [decision.not].flat();
  if (draft.word === "new") Object.assign(draft, decision.new);
  return draft;
}

/** The fields of the queue file that the draft spells. */
export function fieldsOf(draft) {
  return { decision: decisionOf(draft), except: [...draft.except], note: draft.note.trim() || null };
}

export function isSame(draft, item) {
  return JSON.stringify(fieldsOf(draft)) === JSON.stringify(fieldsOf(draftOf(item)));
}

/** Why the draft cannot be saved as it is, "" if it can. */
export function lackOf(draft) {
  if (draft.word === "new" && !draft.type) return "Choose a type: t";
  if (draft.word === "new" && !draft.name.trim()) return "A new entity needs a name: r";
  if (draft.word === "not" && !draft.entities.length) return "Choose which it is not: 1 … 9, or 0 for all";
  return "";
}

/** The candidate chosen for "it is this one", or in and out of "it is none of these". */
export function choose(draft, entity) {
  if (draft.word !== "not") return Object.assign(draft, { word: "match", entities: [entity] });
  const others = draft.entities.filter((one) => one !== entity);
  return Object.assign(draft, { entities: others.length < draft.entities.length ? others : [...others, entity] });
}

function decisionOf({ word, entities, type, name }) {
  if (word === "match") return { match: entities[0] };
  if (word === "not") return { not: entities };
  if (word === "new") return { new: { type, name: name.trim() } };
  return word ?? null;
}
