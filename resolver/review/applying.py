"""Judgements -> a change of the registry: what comes in is a decided queue, what goes out is a plan that can be read.

1. Every decision becomes effects: an alias, a phrase that never means an entity, a new entity, a blocked string. What
   the registry knows already has no effect, so that applying twice is applying once.
2. Decisions that contradict the registry or each other are problems. One problem refuses the whole queue.
3. Only then the effects go into a `RegistryChange`; nothing is written before `Application.write`, which writes the
   registry, its ledger and the queue, all of them or none.

Not every decision settles its question: a spelling that the entity holds already, and that needs a cue there or is
shared with another entity, resolves no better than before. `Application.names` lets the caller find that out, and
`keeping` leaves such items in the queue.

A spelling that another entity holds is never given to a second one here: that makes every mention of it ambiguous, so
it is for the curator to change in the registry itself.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from resolver.errors import Problem, ReviewError
from resolver.forms import analyse
from resolver.model import Alias, Entity
from resolver.registry import Addition, Registry, RegistryChange
from resolver.review.drafting import distinct, draft_alias, folded, slug
from resolver.review.ledger import Entry, Ledger
from resolver.review.queue import Item, Judgement, Queue, by_weight
from resolver.review.reading import unknown_ids
from resolver.review.snippets import marked
from resolver.review.writing import queue_text

BLOCKED = ""  # the holder of a string that is never an entity; no id is empty


@dataclass(frozen=True, slots=True)
class Application:
    """What the decisions of a queue would do to a registry.

    change     the change itself, not yet written
    lines      one sentence for each decision, in the order of the queue
    names      what shall resolve from now on: key of the item, spelling, id of the entity
    remaining  the queue without the decisions that take effect: undecided, unsure and excepted names
    """

    change: RegistryChange
    lines: tuple[str, ...]
    names: tuple[tuple[str, str, str], ...]
    remaining: Queue
    _planner: "_Planner"

    def keeping(self, keys: Collection[str]) -> "Application":
        """The same, but the items of these keys stay in the queue with their decisions."""
        kept = {item.key: item for item in (*self.remaining, *(i for i in self._planner.queue if i.key in keys))}
        return replace(self, remaining=replace(self.remaining, items=tuple(sorted(kept.values(), key=by_weight))))

    def diff(self) -> str:
        """The change as a unified diff, empty if the registry knows it all."""
        return self.change.diff()

    def write(self) -> None:
        """Write the registry, its ledger, and `remaining` over the queue if that was read from a file: all or none."""
        ledger, queue = self._planner.ledger, self._planner.queue
        also, provided = {ledger.path: self._planner.ledger_text(self.change)}, {ledger.path: ledger.text}
        if queue.text:
            path = Path(queue.path)
            also[path], provided[path] = queue_text(self.remaining, path), queue.text
        changed = {path: text for path, text in also.items() if text != provided[path]}
        self.change.write(changed, provided=provided)


def plan_application(queue: Queue, registry: Registry, *, by: str, on: str) -> Application:
    """What the decisions do, with `by` and the ISO date `on` as the provenance of what they add.

    ReviewError lists every decision that cannot be applied; then none is.
    """
    date.fromisoformat(on)
    if registry.path is None:
        message = "the registry was not read from files: load it from a folder to save decisions in it"
        raise ReviewError([Problem(queue.path, 0, message)])
    planner = _Planner(queue, registry, Ledger.beside(registry.path), by=by, on=on)
    for item in queue:
        planner.add(item)
    if planner.problems:
        raise ReviewError(sorted(planner.problems, key=lambda problem: problem.line))
    change = planner.change(RegistryChange(registry.path))
    return Application(change, tuple(planner.lines), tuple(planner.names), _remaining(queue), planner)


class _Planner:
    """Collects the effects of the decisions one by one, with what is wrong with them."""

    def __init__(self, queue: Queue, registry: Registry, ledger: Ledger, *, by: str, on: str) -> None:
        self.queue, self.registry, self.ledger, self.by, self.on = queue, registry, ledger, by, on
        self.problems = unknown_ids(queue, registry)
        self.lines: list[str] = []
        self.names: list[tuple[str, str, str]] = []
        self._aliases: list[tuple[str, Alias]] = []
        self._never: list[tuple[str, str, Item]] = []
        self._blocked: list[tuple[str, Item]] = []
        self._new: dict[str, Entity] = {}
        self._sources: dict[tuple[str, str, str], Item] = {}  # (key, entity, text) of an addition -> its item
        self._holders = _holders(registry)
        self._claims: dict[str, str] = {}
        self._earlier = {folded(each.text): entry for entry in ledger.standing for each in entry.additions}

    def add(self, item: Item) -> None:
        """Take the decision of one item."""
        judgement = item.judgement
        if judgement.decision and item.variants and not item.decided:
            message = "every variant is excepted: empty the decision instead"
            self.problems.append(Problem(self.queue.path, judgement.line, message))
        elif judgement.decision == "match" and judgement.entities[0] in self.registry:
            self._match(item, self.registry.get(judgement.entities[0]))
        elif judgement.decision == "new":
            self._create(item)
        elif judgement.decision == "not":
            self._exclude(item)
        elif judgement.decision == "not_an_entity":
            self._block(item)
        elif judgement.decision == "unsure":
            self.lines.append(f"{item.key}: unsure, stays in the queue")

    def change(self, change: RegistryChange) -> RegistryChange:
        """The change with all effects in it."""
        for entity in self._new.values():
            change.add_entity(entity)
        for entity_id, alias in self._aliases:
            change.add_alias(entity_id, alias)
        for entity_id, phrase, item in self._never:
            change.add_never(entity_id, phrase, **self._provenance(item, phrase))
        for text, item in self._blocked:
            change.block(text, **self._provenance(item, text))
        return change

    def ledger_text(self, change: RegistryChange) -> str:
        """The text of the ledger with the decisions that add something."""
        additions: dict[str, list[Addition]] = {}
        for each in change.additions():
            item = self._sources[each.key, each.entity, each.text]
            additions.setdefault(item.key, []).append(each)
        decided = [(item, additions[item.key]) for item in self.queue if item.key in additions]
        return self.ledger.with_decisions(decided, by=self.by, on=self.on, creates=change.created())

    def _provenance(self, item: Item, text: str) -> dict[str, str | None]:
        return {"note": item.judgement.note, "source": _source(item, text), "added": self.on, "by": self.by}

    def _refuse(self, item: Item, text: str, message: str) -> None:
        """Note why a spelling of an item cannot be decided so, and who decided otherwise."""
        entry = self._earlier.get(folded(text))
        earlier = f"; {_told(entry)}" if entry else ""
        problem = Problem(self.queue.path, item.judgement.line, f"{text!r} {message}{earlier}")
        if problem not in self.problems:  # the name of a new entity is mostly one of the spellings, too
            self.problems.append(problem)

    def _match(self, item: Item, entity: Entity) -> None:
        aliases = self._add_aliases(item, entity)
        gets = f"gets {_list(alias.text for alias in aliases)}" if aliases else "knows every spelling already"
        self.lines.append(f"{item.key}: {entity.id} ({entity.name}) {gets}")

    def _create(self, item: Item) -> None:
        judgement = item.judgement
        name, kind = str(judgement.name), str(judgement.type)
        known = self._known(name, kind, item.decided)
        if known is not None:
            message = (
                "is in the registry with these spellings; another of the same name needs a name that tells them apart"
            )
            self.lines.append(f"{item.key}: {known.id} ({known.name}) {message}")
            return
        twin = next((e for e in self._new.values() if (e.type, folded(e.name)) == (kind, folded(name))), None)
        source = _source(item, name) or next((s.document for s in item.snippets if s.document), None)
        entity = twin or Entity(self._free_id(kind, name, item.key), name, kind, source=source, note=judgement.note)
        self._claim(item, name, entity.id)
        if twin is None:
            self._new[entity.id] = entity
            self._come_from(item, "entity", entity.id, [name])
        aliases = self._add_aliases(item, entity)
        also = f", also {_list(alias.text for alias in aliases)}" if aliases else ""
        self.lines.append(f"{item.key}: new {kind} {entity.id} ({name}){also}")

    def _exclude(self, item: Item) -> None:
        for entity in [self.registry.get(i) for i in item.judgement.entities if i in self.registry]:
            known = {folded(phrase) for phrase in entity.never}
            texts = [text for text in item.decided if folded(text) not in known]
            for text in texts:
                if entity.id in self._holders_of(text):
                    self._refuse(item, text, f"is a name of {entity.id}: remove it there, or except it here")
            fresh = distinct(texts)
            self._doubt(item, entity, fresh, [alias.text for alias in entity.names], "is a name of it")
            self._never += [(entity.id, text, item) for text in fresh]
            self._come_from(item, "never", entity.id, fresh)
            never = f"is never {_list(fresh)}" if fresh else "excludes every spelling already"
            self.lines.append(f"{item.key}: {entity.id} ({entity.name}) {never}")

    def _block(self, item: Item) -> None:
        texts = distinct(item.decided)
        fresh = [text for text in texts if BLOCKED not in self._holders_of(text)]
        for text in texts:
            self._claim(item, text, BLOCKED)
        self._blocked += [(text, item) for text in fresh]
        self._come_from(item, "blocked", "", fresh)
        gets = f"{_list(fresh)} never an entity" if fresh else "every spelling is blocked already"
        self.lines.append(f"{item.key}: {gets}")

    def _add_aliases(self, item: Item, entity: Entity) -> list[Alias]:
        """Give an entity the spellings of an item that it does not have, as aliases with their provenance."""
        fresh = [text for text in distinct(item.decided) if entity.id not in self._holders_of(text)]
        self.names += [(item.key, text, entity.id) for text in item.decided]
        for text in item.decided:
            self._claim(item, text, entity.id)
            if folded(text) in {folded(phrase) for phrase in entity.never}:
                self._refuse(item, text, f"stands under 'never' of {entity.id}: remove it there, or except it here")
        self._doubt(item, entity, fresh, entity.never, "never means it")
        aliases = [self._alias(text, item, entity) for text in fresh]
        self._aliases += [(entity.id, alias) for alias in aliases]
        self._come_from(item, "aliases", entity.id, fresh)
        return aliases

    def _doubt(self, item: Item, entity: Entity, texts: Iterable[str], decided: Iterable[str], what: str) -> None:
        """Say which spellings are only other forms, or other scripts, of what was decided the other way."""
        forms = {form.key: text for text in decided if (form := analyse(text))}
        for text in texts:
            form = analyse(text)
            earlier = forms.get(form.key) if form else None
            if earlier is not None and folded(earlier) != folded(text):
                entry = self._earlier.get(folded(earlier))
                told = f"; {_told(entry)}" if entry else ""
                message = f"{marked(text)} is another form of {marked(earlier)}, which {what}: {entity.id}{told}"
                self.lines.append(f"{item.key}: note: {message}")

    def _come_from(self, item: Item, key: str, entity_id: str, texts: Iterable[str]) -> None:
        """Remember whose decision adds these."""
        for text in texts:
            self._sources.setdefault((key, entity_id, text.strip()), item)

    def _alias(self, text: str, item: Item, entity: Entity) -> Alias:
        source = _source(item, text)
        note = item.judgement.note if entity.id in self.registry else None
        return replace(draft_alias(text, entity), source=source, added=self.on, by=self.by, note=note)

    def _claim(self, item: Item, text: str, holder: str) -> None:
        """Give a spelling to one holder; a problem if the registry or another decision gave it to a second."""
        others = sorted(self._holders_of(text) - {holder})
        if not others:
            self._claims[folded(text)] = holder
        elif BLOCKED in others:
            self._refuse(item, text, "is blocked: unblock it first, or except it here")
        else:
            holders = " and ".join(others)
            self._refuse(item, text, f"is a name of {holders}: match it, remove it there, or except it here")

    def _holders_of(self, text: str) -> set[str]:
        """The ids that hold a spelling in the registry or by an earlier decision of this queue."""
        holders = set(self._holders.get(folded(text), ()))
        claim = self._claims.get(folded(text))
        return holders if claim is None else holders | {claim}

    def _known(self, name: str, kind: str, texts: Iterable[str]) -> Entity | None:
        """The entity of the registry that has this name, type and all spellings."""
        holders = [set(self._holders.get(folded(text), ())) for text in (name, *texts)]
        for entity_id in sorted(set.intersection(*holders) - {BLOCKED}):
            entity = self.registry.get(entity_id)
            if entity.type == kind and folded(entity.name) == folded(name):
                return entity
        return None

    def _free_id(self, kind: str, name: str, fallback: str) -> str:
        base = f"{kind}:{slug(name) or fallback}"
        taken = (base, *(f"{base}-{number}" for number in range(2, len(self._new) + len(self.registry) + 3)))
        return next(i for i in taken if i not in self.registry and i not in self._new)


def _source(item: Item, text: str) -> str | None:
    """A document in which the item shows this very spelling."""
    return next((s.document for s in item.snippets if marked(text) in s.text and s.document), None)


def _holders(registry: Registry) -> dict[str, set[str]]:
    """Folded spelling -> the ids of the entities that have it, and `BLOCKED`."""
    holders: dict[str, set[str]] = {}
    for entity in registry:
        for alias in entity.names:
            holders.setdefault(folded(alias.text), set()).add(entity.id)
    for text in registry.blocked:
        holders.setdefault(folded(text), set()).add(BLOCKED)
    return holders


def _told(entry: Entry) -> str:
    """Who decided earlier, and how to take it back."""
    return f"{entry.by} decided so on {entry.on}, `resolver review undo --decision {entry.id}` takes it back"


def _list(texts: Iterable[str]) -> str:
    return ", ".join(map(marked, texts))


def _remaining(queue: Queue) -> Queue:
    items = []
    for item in queue:
        if item.judgement.decision in (None, "unsure"):
            items.append(item)
        elif item.judgement.except_:
            variants = tuple((text, count) for text, count in item.variants if text in item.judgement.except_)
            count = sum(count for _, count in variants)
            items.append(replace(item, variants=variants, count=count, judgement=Judgement()))
    return replace(queue, items=tuple(sorted(items, key=by_weight)))
