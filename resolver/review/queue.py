"""The values of the review: a `Queue` of `Item`s, each one question to a curator, each with its `Judgement`.

An item is a cluster: the spellings that seem to be one name. Its status is that of most of its mentions: "which of
these entities?" (ambiguous) or "who is this at all?" (unresolved). `merge` carries the judgements of an old queue into
a newly built one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

QUEUE_STATUSES = ("ambiguous", "unresolved")
MOST_UNSEEN = 5  # new spellings that are named
DECISION_WORDS = ("not_an_entity", "unsure")
DECISION_KEYS = ("match", "new", "not")
DECISIONS = DECISION_KEYS + DECISION_WORDS


@dataclass(frozen=True, slots=True)
class Snippet:
    """One place where the name stands: code-point offsets in the document, and a line with the name in «guillemets»."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entity that was considered: its best score among the mentions, and why it was not taken."""

    id: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a curator decided on an item; the default is undecided.

    decision     one of `DECISIONS`, or None while undecided
    entities     the ids that are meant ("match": one) or are not ("not": one or more)
    type, name   of the new entity ("new")
    except_      variants that the decision leaves open (key `except`); they stay in the queue
    note         why, in the curator's words
    line         where the decision stands in the file that was read
    """

    decision: str | None = None
    entities: tuple[str, ...] = field(default=(), kw_only=True)
    type: str | None = field(default=None, kw_only=True)
    name: str | None = field(default=None, kw_only=True)
    except_: tuple[str, ...] = field(default=(), kw_only=True)
    note: str | None = field(default=None, kw_only=True)
    line: int = field(default=0, kw_only=True, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One question to a curator: a cluster of spellings, what is known about it, and the judgement.

    key         stable between audits: it depends on the name, not on the status or on counts
    name        the proposed canonical spelling, in the nominative where it can be told
    type        the proposed type, or None
    count       mentions that one decision settles; documents: in how many documents
    first, last the ISO days of the oldest and of the newest of these documents, as far as they are known
    changed     what is new since the audit before: "new", "3 mentions more", "also «Оса»"
    variants    (spelling, mentions), most frequent first
    candidates  the entities that were considered, best first
    proposal    a registry entry, ready to be edited
    """

    key: str
    name: str
    type: str | None
    status: str
    reason: str
    count: int
    documents: int
    variants: tuple[tuple[str, int], ...]
    snippets: tuple[Snippet, ...] = ()
    candidates: tuple[Suggestion, ...] = ()
    proposal: str = ""
    judgement: Judgement = Judgement()
    first: str | None = None
    last: str | None = None
    changed: str | None = None

    @property
    def decided(self) -> tuple[str, ...]:
        """The spellings that the decision speaks of: all variants but the excepted ones."""
        return tuple(text for text, _ in self.variants if text not in self.judgement.except_)


@dataclass(frozen=True, slots=True)
class Queue:
    """Items in the order in which they are worth deciding: most mentions first, then by key.

    path, text    of the file that it was read from; no text if there is none yet
    """

    items: tuple[Item, ...] = ()
    path: str = field(default="queue", kw_only=True, compare=False)
    text: str = field(default="", kw_only=True, compare=False, repr=False)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def by_weight(item: Item) -> tuple[int, str]:
    """The order of a queue, for `sorted`."""
    return -item.count, item.key


def one_line(text: str) -> str:
    """The text on one line: control and invisible format characters removed, white space made single spaces.

    >>> one_line("Oleksandr\\n  Syr\\u00adskyi\\x1b")
    'Oleksandr Syrskyi'
    """
    if not text.isprintable():
        unseen = {char for char in text if not char.isprintable()}
        text = text.translate({ord(char): " " if char.isspace() else None for char in unseen})
    return " ".join(text.split())


def merge(old: Queue, new: Queue) -> Queue:
    """The new queue with the judgements and notes of the old one; decided items of the old one are never lost.

    A judgement speaks of exactly the spellings that its curator saw: one that joined the cluster since then is
    excepted from it, one that is no longer found stays with no mentions. If a cluster changed its key, the judgement
    follows the only new item that shares a spelling. What is new about an item is said in its `changed`.

    >>> blocked = Judgement("not_an_entity")
    >>> seen = Item("osa-1", "Osa", None, "unresolved", "", 3, 1, (("Osa", 3),), judgement=blocked)
    >>> now = Item("osa-1", "Osa", None, "unresolved", "", 9, 4, (("Osa", 8), ("Оса", 1)))
    >>> merged = merge(Queue((seen,)), Queue((now,))).items[0]
    >>> merged.count, merged.judgement.decision, merged.judgement.except_
    (9, 'not_an_entity', ('Оса',))
    """
    judged = {item.key: item for item in old if item.judgement != Judgement()}
    successors = _successors(judged, new)
    before = {item.key: item for item in old}
    known = {text for item in old for text, _ in item.variants}
    marked = [replace(item, changed=_changed(item, before.get(item.key), known)) if old.items else item for item in new]
    merged = [_inherit(item, successors.get(item.key)) for item in marked]
    carried = {item.key for item in successors.values()}
    lost = [item for key, item in judged.items() if key not in carried and item.judgement.decision]
    return Queue(tuple(sorted(merged + lost, key=by_weight)), path=old.path)


def _changed(item: Item, old: Item | None, known: Collection[str]) -> str | None:
    """What is new about an item, in words; None if nothing is."""
    if old is None and not any(text in known for text, _ in item.variants):
        return "new"
    unseen = [f"«{text}»" for text, _ in item.variants if text not in known]
    more = item.count - old.count if old else 0
    said = [
        *([f"{more:,} {'mention' if more == 1 else 'mentions'} more"] if more > 0 else []),
        *([f"also {', '.join(unseen[:MOST_UNSEEN])}{' and others' * (len(unseen) > MOST_UNSEEN)}"] if unseen else []),
    ]
    return ", ".join(said) or None


def _successors(judged: dict[str, Item], new: Queue) -> dict[str, Item]:
    """Key of a new item -> the judged old item whose judgement it inherits."""
    successors = {item.key: judged[item.key] for item in new if item.key in judged}
    holders = {text: item.key for item in new if item.key not in judged for text, _ in item.variants}
    for key, item in sorted(judged.items()):
        if key not in successors:
            found = {holders.get(text) for text, _ in item.variants} - {None}
            if len(found) == 1:
                successors.setdefault(str(found.pop()), item)
    return successors


def _inherit(item: Item, old: Item | None) -> Item:
    if old is None:
        return item
    if old.judgement.decision in (None, "unsure"):
        return replace(item, judgement=old.judgement)
    seen = {text for text, _ in old.variants}
    found = {text for text, _ in item.variants}
    gone = tuple((text, 0) for text in old.decided if text not in found)
    unseen = tuple(text for text, _ in item.variants if text not in seen)
    excepted = (*(text for text in old.judgement.except_ if text in found), *unseen)
    judgement = replace(old.judgement, except_=excepted)
    return replace(item, variants=item.variants + gone, judgement=judgement)
