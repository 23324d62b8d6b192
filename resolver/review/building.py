"""Occurrences of an audit -> a `Queue`: what comes in is a stream in any order, what goes out depends only on its set.

1. What the registry answers already is left out (`resolver.review.settled`).
2. Every other mention that was not resolved is tallied by status and spelling; only counts and a few places are kept.
3. The spellings of each status are clustered (`resolver.review.clustering`).
4. Every cluster becomes an item: its key, its name in the nominative, where it stands, what was considered, a draft.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from resolver.model import Entity, Occurrence
from resolver.registry.writing import entity_lines
from resolver.review.clustering import Cluster, Name, cluster
from resolver.review.drafting import draft_entity, slug
from resolver.review.naming import best_name
from resolver.review.queue import QUEUE_STATUSES, Item, Queue, Snippet, Suggestion, by_weight, one_line
from resolver.review.settled import Settled
from resolver.review.snippets import snippet_of

MAX_SNIPPETS = 3
MAX_CANDIDATES = 5
UNKNOWN_TYPE = "other"  # what a draft says until the curator knows better
UNNAMED = "unnamed"  # stands in ids and keys for a name that cannot be romanised

_SLUG_LENGTH = 40
_HASH_LENGTH = 4


def build_queue(occurrences: Iterable[Occurrence], registry: Iterable[Entity] = ()) -> Queue:
    """The queue of everything that is ambiguous or unresolved, the question that settles most mentions first.

    With the registry of the audit, what its `never` phrases answer is not asked again.

    >>> where = ("Kupol makes it.", 0, "unresolved", None, 0.0, "no entity of this name")
    >>> queue = build_queue([Occurrence("a.txt", 0, 5, "Kupol", *where), Occurrence("b.txt", 0, 5, "Купол", *where)])
    >>> [(item.key, item.name, item.count, item.variants) for item in queue]
    [('kupol-9395', 'Kupol', 2, (('Kupol', 1), ('Купол', 1)))]
    """
    tallies: dict[str, dict[str, _Tally]] = {status: defaultdict(_Tally) for status in QUEUE_STATUSES}
    settled = Settled(registry)
    for occurrence in occurrences:
        open_ = settled.open_part(occurrence) if occurrence.status in tallies else None
        if open_:
            tallies[open_.status][one_line(open_.text)].add(open_)
    taken: set[str] = set()
    items = [
        _item(status, group, found, taken)
        for status, found in tallies.items()
        for group in cluster(Name(text, _most(t.langs), _most(t.types)) for text, t in found.items())
    ]
    return Queue(tuple(sorted(items, key=by_weight)))


@dataclass(slots=True)
class _Tally:
    """What is kept of the mentions of one spelling."""

    count: int = 0
    documents: set[str] = field(default_factory=set)
    places: list[Occurrence] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    langs: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    candidates: dict[str, tuple[float, str]] = field(default_factory=dict)

    def add(self, occurrence: Occurrence) -> None:
        self.count += 1
        self.documents.add(occurrence.document)
        self.reasons[one_line(occurrence.reason)] += 1
        if occurrence.type:
            self.types[occurrence.type] += 1
        if occurrence.lang:
            self.langs[occurrence.lang] += 1
        if len(self.places) < MAX_SNIPPETS or _place(occurrence) < _place(self.places[-1]):
            self.places = sorted([*self.places, occurrence], key=_place)[:MAX_SNIPPETS]
        for entity_id, score, why in occurrence.candidates:
            best = self.candidates.get(entity_id)
            if best is None or (-score, why) < (-best[0], best[1]):
                self.candidates[entity_id] = score, why


def _item(status: str, group: Cluster, found: Mapping[str, _Tally], taken: set[str]) -> Item:
    texts = sorted(group.texts, key=lambda text: (-found[text].count, text))
    tallies = [found[text] for text in texts]
    full = [found[form.text] for form in group.full]
    name = best_name({form: found[form.text].count for form in group.full})
    type_ = _most(_sum(tally.types for tally in tallies))
    return Item(
        key=_key(status, group, taken),
        name=name,
        type=type_,
        status=status,
        reason=_most(_sum(tally.reasons for tally in full)) or "",  # a short form is short for this very name
        count=sum(tally.count for tally in tallies),
        documents=len(set().union(*(tally.documents for tally in tallies))),
        variants=tuple((text, found[text].count) for text in texts),
        snippets=_snippets(tallies),
        candidates=_candidates(tallies),
        proposal=_proposal(name, type_ or UNKNOWN_TYPE, texts),
    )


def _key(status: str, group: Cluster, taken: set[str]) -> str:
    """A readable part and a hash of the name and the question; longer if another item has it already.

    The readable part is of the shortest spelling, in Latin letters if there is one: counts change from audit to audit.
    """
    label = min((form.text for form in group.full), key=lambda text: (not text.isascii(), len(text), text))
    words = slug(label)[:_SLUG_LENGTH].strip("-")
    digest = hashlib.sha256(f"{status} {' '.join(group.canonical)}".encode()).hexdigest()
    lengths = range(_HASH_LENGTH, len(digest) + 1)
    key = next(k for n in lengths if (k := f"{words or UNNAMED}-{digest[:n]}") not in taken)
    taken.add(key)
    return key


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


def _most(counts: Counter[str]) -> str | None:
    """The most frequent value, the first in the alphabet of several."""
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _sum(counters: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return total
