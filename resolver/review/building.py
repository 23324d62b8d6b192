"""Occurrences of an audit -> a `Queue`: what comes in is a stream in any order, what goes out depends only on its set.

1. What the registry answers already is left out (`resolver.review.settled`).
2. Every other mention that was not resolved is tallied by status and spelling; only counts and a few places are kept.
3. The spellings of each status are clustered (`resolver.review.clustering`).
4. Every cluster becomes an item: its key, its name in the nominative, where it stands, what was considered, a draft.

The second step may run while an audit is under way (`QueueBuilder`), also on several machines whose tallies are
merged; the last one on several cores.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from resolver.audit.parallel import map_in_order
from resolver.audit.writing import occurrence_of, row_of
from resolver.forms import MAX_LENGTH
from resolver.model import Entity, Occurrence
from resolver.registry.writing import entity_lines
from resolver.review.antecedents import antecedents, definition
from resolver.review.clustering import Cluster, cluster
from resolver.review.documents import DocumentCounts
from resolver.review.drafting import draft_entity, slug
from resolver.review.groups import Name
from resolver.review.naming import best_name
from resolver.review.queue import QUEUE_STATUSES, Item, Queue, Snippet, Suggestion, by_weight, one_line
from resolver.review.settled import Settled
from resolver.review.snippets import snippet_of
from resolver.review.words import is_known_place

MAX_SNIPPETS = 3
MAX_CANDIDATES = 5
UNKNOWN_TYPE = "other"  # what a draft says until the curator knows better
UNRESOLVED = "unresolved"
UNNAMED = "unnamed"  # stands in ids and keys for a name that cannot be romanised

_SLUG_LENGTH = 40
_HASH_LENGTH = 4
_COUNTERS = ("statuses", "types", "langs", "reasons", "short_for", "defined")
_FEW = 200  # items for which it is not worth while to start processes: 0.1 s
_BATCH = 64  # items that a process makes before it hands them over: some 20 ms


def build_queue(occurrences: Iterable[Occurrence], registry: Iterable[Entity] = (), *, workers: int = 1) -> Queue:
    """The queue of everything that is ambiguous or unresolved, the question that settles most mentions first.

    With the registry of the audit, what its `never` phrases answer is not asked again.

    >>> where = ("Kupol makes it.", 0, "unresolved", None, 0.0, "no entity of this name")
    >>> queue = build_queue([Occurrence("a.txt", 0, 5, "Kupol", *where), Occurrence("b.txt", 0, 5, "Купол", *where)])
    >>> [(item.key, item.name, item.count, item.variants) for item in queue]
    [('kupol-9395', 'Kupol', 2, (('Kupol', 1), ('Купол', 1)))]
    """
    builder = QueueBuilder(registry)
    for occurrence in occurrences:
        builder.add(occurrence)
    return builder.build(workers=workers)


class QueueBuilder:
    """Builds a queue from occurrences as they come; memory grows with the number of different names, nothing else."""

    def __init__(self, registry: Iterable[Entity] = ()) -> None:
        self._settled = Settled(registry)
        self._tallies: dict[str, _Tally] = {}  # by spelling
        self._documents = DocumentCounts()

    def add(self, occurrence: Occurrence) -> str | None:
        """Count an occurrence, unless it is resolved or the registry has answered: the spelling it is counted under."""
        if occurrence.status not in QUEUE_STATUSES:
            return None
        open_ = self._settled.open_part(occurrence)
        if open_ is None:
            return None
        text = one_line(open_.text)[:MAX_LENGTH].rstrip()  # no more of a name is read
        tally = self._tally(text)
        tally.add(open_)
        self._documents.add(tally.number, open_.document)
        return text

    def parts(self) -> Iterator[tuple[str, str]]:
        """What was counted, piece by piece: a spelling, and its tally as JSON, for `merge`; documents are not in it."""
        for text, tally in self._tallies.items():
            yield text, tally.to_json()

    def merge(self, text: str, part: str) -> None:
        """Add a piece of what another builder has counted; they come in the order of their occurrences."""
        self._tally(text).merge(json.loads(part))

    def note(self, texts: Iterable[str], document: str) -> None:
        """Add that spellings, whose pieces are merged, stand in a document."""
        for text in texts:
            self._documents.add(self._tallies[text].number, document)

    def _tally(self, text: str) -> "_Tally":
        known = self._tallies.get(text)
        if known is None:
            known = self._tallies[text] = _Tally(len(self._tallies))
        return known

    def build(self, *, workers: int = 1) -> Queue:
        """The queue of all that was added; any number of workers builds the same."""
        questions = [
            _Question(group, {text: self._tallies[text] for text in group.texts})
            for group in cluster(
                (tally.name(text, self._settled) for text, tally in self._tallies.items()), workers=workers
            )
        ]
        documents = self._documents.of_groups([t.number for t in each.tallies.values()] for each in questions)
        processes = workers if len(questions) > _FEW else 1
        items = map_in_order(_Asking(questions), range(len(questions)), workers=processes, batch=_BATCH)
        taken: set[str] = set()
        complete = [
            replace(item, key=_shortened(item.key, taken), documents=count)
            for item, count in zip(items, documents, strict=True)
        ]
        return Queue(tuple(sorted(complete, key=by_weight)))


@dataclass(slots=True)
class _Tally:
    """What is kept of the mentions of one spelling, which has a number."""

    number: int
    statuses: Counter[str] = field(default_factory=Counter)
    places: list[Occurrence] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    langs: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    candidates: dict[str, tuple[float, str]] = field(default_factory=dict)
    short_for: Counter[tuple[str, ...]] = field(default_factory=Counter)
    defined: Counter[str] = field(default_factory=Counter)
    days: tuple[str, ...] = ()  # the oldest and the newest

    def name(self, text: str, settled: Settled) -> Name:
        """The spelling as what is clustered."""
        return Name(
            text,
            _most(self.langs),
            _most(self.types),
            short_for=tuple(sorted(self.short_for.items())),
            defined=tuple(sorted(self.defined.items())),
            nearest=min(self.candidates, key=lambda i: (-self.candidates[i][0], i), default=None),
            excluded=settled.excluded(text),
        )

    @property
    def count(self) -> int:
        """How many mentions have this spelling."""
        return self.statuses.total()

    def add(self, occurrence: Occurrence) -> None:
        self.statuses[occurrence.status] += 1
        self.reasons[one_line(occurrence.reason)] += 1
        if occurrence.type:
            self.types[occurrence.type] += 1
        longer = antecedents(occurrence)
        if longer:
            self.short_for[longer] += 1
        long = definition(occurrence)
        if long:
            self.defined[long] += 1
        if occurrence.lang:
            self.langs[occurrence.lang] += 1
        if occurrence.date and occurrence.date not in self.days:
            self.days = _ends((*self.days, occurrence.date))
        if len(self.places) < MAX_SNIPPETS or _place(occurrence) < _place(self.places[-1]):
            self.places = sorted([*self.places, occurrence], key=_place)[:MAX_SNIPPETS]
        self._consider(occurrence.candidates)

    def _consider(self, candidates: Iterable[tuple[str, float, str]]) -> None:
        for entity_id, score, why in candidates:
            best = self.candidates.get(entity_id)
            if best is None or (-score, why) < (-best[0], best[1]):
                self.candidates[entity_id] = score, why

    def to_json(self) -> str:
        """All of it but the number."""
        counters = {name: list(getattr(self, name).items()) for name in _COUNTERS}
        candidates = [(entity_id, *best) for entity_id, best in self.candidates.items()]
        places = [row_of(place) for place in self.places]
        return json.dumps({**counters, "candidates": candidates, "places": places, "days": self.days})

    def merge(self, row: dict[str, Any]) -> None:
        """Add what `to_json` has written of later mentions."""
        for name in _COUNTERS:
            getattr(self, name).update({tuple(k) if isinstance(k, list) else k: count for k, count in row[name]})
        self._consider(row["candidates"])
        self.places = sorted([*self.places, *map(occurrence_of, row["places"])], key=_place)[:MAX_SNIPPETS]
        self.days = _ends((*self.days, *row["days"]))


@dataclass(frozen=True, slots=True)
class _Question:
    """A cluster, with the tally of each of its spellings."""

    group: Cluster
    tallies: Mapping[str, _Tally]


@dataclass(frozen=True, slots=True)
class _Asking:
    """Makes items of questions by their number: a forked process has the questions, and only items are sent."""

    questions: Sequence[_Question]

    def __call__(self, number: int) -> Item:
        return _item(self.questions[number])


def _item(question: _Question) -> Item:
    """The item of a question, with its longest key, and without the number of documents."""
    found, group = question.tallies, question.group
    texts = sorted(group.texts, key=lambda text: (-found[text].count, text))
    tallies = [found[text] for text in texts]
    full = [found[form.text] for form in group.full]
    name = best_name({form: found[form.text].count for form in group.full})
    type_ = "location" if is_known_place(group.canonical) else _most(_sum(tally.types for tally in tallies))
    days = _ends(day for tally in tallies for day in tally.days)
    return Item(
        key=_key(group),
        name=name,
        type=type_,
        status=_most(_sum(tally.statuses for tally in tallies)) or UNRESOLVED,
        reason=_most(_sum(tally.reasons for tally in full)) or "",  # a short form is short for this very name
        count=sum(tally.count for tally in tallies),
        documents=0,
        variants=tuple((text, found[text].count) for text in texts),
        snippets=_snippets(tallies),
        candidates=_candidates(tallies),
        proposal=_proposal(name, type_ or UNKNOWN_TYPE, texts),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _key(group: Cluster) -> str:
    """A readable part and a hash of the name, with a word that keeps the keys that older queues have for it.

    The readable part is of the shortest spelling, in Latin letters if there is one: counts change from audit to audit.
    """
    label = min((form.text for form in group.full), key=lambda text: (not text.isascii(), len(text), text))
    words = slug(label)[:_SLUG_LENGTH].strip("-")
    digest = hashlib.sha256(f"{UNRESOLVED} {' '.join(group.canonical)}".encode()).hexdigest()
    return f"{words or UNNAMED}-{digest}"


def _shortened(key: str, taken: set[str]) -> str:
    """The key with as little of its hash as tells it from all that are taken; then it is, too."""
    words, _, digest = key.rpartition("-")
    lengths = range(_HASH_LENGTH, len(digest) + 1)
    short = next(each for n in lengths if (each := f"{words}-{digest[:n]}") not in taken)
    taken.add(short)
    return short


def _snippets(tallies: list[_Tally]) -> tuple[Snippet, ...]:
    """A few places: one of each spelling before a second of any, and other documents before the same again."""
    places = [tally.places[rank] for rank in range(MAX_SNIPPETS) for tally in tallies if rank < len(tally.places)]
    seen: set[str] = set()
    first: list[Occurrence] = []
    again: list[Occurrence] = []
    for place in places:
        (again if place.document in seen else first).append(place)
        seen.add(place.document)
    return tuple(map(snippet_of, [*first, *again][:MAX_SNIPPETS]))


def _candidates(tallies: list[_Tally]) -> tuple[Suggestion, ...]:
    best: dict[str, tuple[float, str]] = {}
    for tally in tallies:
        for entity_id, (score, why) in tally.candidates.items():
            known = best.get(entity_id)
            if known is None or (-score, why) < (-known[0], known[1]):
                best[entity_id] = score, why
    ranked = sorted(best.items(), key=lambda entry: (-entry[1][0], entry[0]))
    return tuple(Suggestion(i, round(score, 3), one_line(why)) for i, (score, why) in ranked[:MAX_CANDIDATES])


def _proposal(name: str, kind: str, texts: list[str]) -> str:
    entity = draft_entity(f"{kind}:{slug(name) or UNNAMED}", name, kind, texts)
    return "".join(f"{line}\n" for line in entity_lines(entity))


def _place(occurrence: Occurrence) -> tuple[str, int, int]:
    return occurrence.document, occurrence.start, occurrence.end


def _ends(days: Iterable[str]) -> tuple[str, ...]:
    """The oldest and the newest of some ISO days."""
    ordered = sorted(set(days))
    return (ordered[0], ordered[-1]) if len(ordered) > 1 else tuple(ordered)


def _most(counts: Counter[str]) -> str | None:
    """The most frequent value, the first in the alphabet of several."""
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _sum(counters: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return total
