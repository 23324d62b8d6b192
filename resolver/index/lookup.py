"""AliasIndex: the aliases of a registry by their words, and by the keys that look at a name as a whole.

1. `find` looks the words up, the rarest first. The aliases of each word stand in the order of their mass, the rarity of
   all their words: a short name that has the word is a better match than a long one.
2. Once some alias is known to be good, the walk over the aliases of a word ends where none can be worth enough beside
   it; of frequent words then only the aliases count that a rarer word has found already.
3. What looks at the name as a whole comes in, and the best are ranked.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from resolver.forms import SurfaceForm, Token, likeness
from resolver.index.building import acronyms_in, build_tables
from resolver.index.entries import AliasEntry, Hit, Query
from resolver.index.tables import Tables
from resolver.index.words import Neighbours, Vocabulary
from resolver.initialisms import acronym_readings, name_readings
from resolver.model import Entity
from resolver.traits import traits_of

_ACRONYM, _INNER_ACRONYM = 0.6, 0.3  # rough scores of what an acronym finds: as the whole name, as a word of it
_SHORT = 8  # so many aliases of a word are looked at faster than it is found out which are too long
_LOOK_UPS = 64  # aliases of a word are looked at in the time that it takes to look one up among them
_ROUNDING = 1.0 + 1e-9  # bounds are wider by more than sums in another order may differ
ALIASES = 3  # the roughly best aliases of an entity that are compared closely
_ALIKE = 0.9  # rough score from which on a name of an entity is like the mention
_WORTH = 0.3  # aliases whose rough score is below this share of the best one's are not looked at
# Nor is one compared that promises too little, by itself or beside the best one: of 8,000 labelled queries 14 were
# decided otherwise, with five more right links and one more wrong, for a third less work.
_HOPELESS, _SHARE = 0.08, 0.35
_DEPTH = 8  # aliases for each entity that is compared, from which the most promising are chosen
_UNLIKE = 0.4  # the part of its rough score that a name promises which has no letter in common: acronyms, translations
_NO_KEYS: frozenset[str] = frozenset()


class _Found(NamedTuple):
    """The number of an alias that may be meant, its rough score, and the blocking keys that found it as a whole."""

    number: int
    rough: float
    whole: frozenset[str]


class AliasIndex:
    """All names of all entities under their blocking keys.

    >>> from resolver.forms import analyse
    >>> index = AliasIndex([Entity("product:garpiya", "Garpiya", "product"), Entity("product:osa", "Osa", "product")])
    >>> [(hit.entry.entity.id, hit.keys) for hit in index.find(analyse("Гарпією"))]
    [('product:garpiya', ('stem',))]
    """

    def __init__(self, entities: Iterable[Entity] = (), *, tables: Tables | None = None) -> None:
        self._tables = build_tables(entities) if tables is None else tables
        self._vocabulary = Vocabulary(self._tables.words, self._tables.postings)
        self.entries = self._tables.entries
        self.rarity = self._tables.rarity.of
        self.weights = self._tables.rarity.of_all

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def tables(self) -> Tables:
        """All that the index holds."""
        return self._tables

    def entries_of(self, entity: Entity) -> list[AliasEntry]:
        """All indexed aliases of one entity."""
        return [self.entries[i] for i in self._tables.entities.get(entity.id, ())]

    def find(self, form: SurfaceForm, *, limit: int = 32, worth: float = 0.0) -> list[Hit]:
        """The aliases that may be meant, best first; ties by entity id, then alias.

        None has a rough score below the share `worth` of the best one.
        """
        near = [self._vocabulary.neighbours(token) for token in form.tokens]
        return [self._hit(found, near) for found in self._ranked(form, near, limit, worth)]

    def promising(self, form: SurfaceForm, *, entities: int, aliases: int = ALIASES) -> list[Hit]:
        """The aliases that are worth a close comparison, best first: some of each of so many entities.

        Which of them are is told by their rough scores and by how alike they are as strings.
        """
        near = [self._vocabulary.neighbours(token) for token in form.tokens]
        ranked = self._ranked(form, near, entities * _DEPTH, _WORTH)
        written, owners = self._tables.written, self._tables.owners
        alike = Counter([owners[found.number] for found in ranked if found.rough >= _ALIKE])
        promises = [f.rough * (_UNLIKE + (1 - _UNLIKE) * likeness(form.written, written[f.number])) for f in ranked]
        least = max(_HOPELESS, _SHARE * max(promises, default=0.0))
        count: dict[int, int] = {}
        hits = []
        for promise, found in sorted(zip(promises, ranked, strict=True), key=lambda pair: -pair[0]):
            owner = owners[found.number]
            held = count.get(owner, 0)
            is_promising = promise >= least or found.whole
            if is_promising and held < aliases and (held or len(count) < entities):
                count[owner] = held + 1
                hits.append(self._hit(found, near, alike[owner]))
        return hits

    def _ranked(self, form: SurfaceForm, near: Sequence[Neighbours], limit: int, worth: float) -> list["_Found"]:
        """The numbers of the aliases that may be meant, with their rough scores and the keys of the whole name."""
        scores = self._scores(near, self.weights(form), worth)
        whole: dict[int, frozenset[str]] = {}
        for key, score, found in self._whole(form):
            for i in found:
                whole[i] = whole.get(i, _NO_KEYS) | {key}
                if score > scores.get(i, 0.0):
                    scores[i] = score
        least = worth * max(scores.values(), default=0.0)
        ranked = sorted(
            [(-score, i not in whole or "exact" not in whole[i], i) for i, score in scores.items() if score >= least]
        )[:limit]
        return [_Found(i, -score, whole.get(i, _NO_KEYS)) for score, _, i in ranked]

    def _hit(self, found: "_Found", near: Sequence[Neighbours], alike: int = 0) -> Hit:
        return Hit(self.entries[found.number], found.rough, tuple([each.keys for each in near]), found.whole, alike)

    def query(self, form: SurfaceForm) -> Query:
        """A form with what the registry knows of its words, to be aligned with many aliases."""
        near = [self._vocabulary.neighbours(token).words for token in form.tokens]
        return Query(form, self.weights(form), tuple(near), traits_of(form))

    def neighbours(self, token: Token) -> tuple[tuple[str, float, str], ...]:
        """(index key, similarity 0..1, blocking key) of the registry's words that a token may be a form of."""
        return self._vocabulary.neighbours(token).found

    def forms_of(self, token: Token) -> Iterator[str]:
        """The index keys of the registry's words that a token is, or is surely a case form of."""
        return self._vocabulary.forms_of(token)

    def _scores(self, near: Sequence[Neighbours], weights: Sequence[float], worth: float) -> dict[int, float]:
        """The rough scores of all aliases that are worth enough, and of some others."""
        bar = _Bar(sum(weights) or 1.0, worth)
        left = sum(weights)
        found: dict[int, float] = {}  # what each alias shares with the form, in bits
        for at in sorted(range(len(near)), key=lambda i: -weights[i]):
            left -= weights[at]
            shared = self._shared(near[at].found, weights[at], left, found, bar)
            if not found:
                found = shared
                continue
            for i in found.keys() & shared.keys():
                shared[i] += found[i]
                bar.raise_for(shared[i], self._tables.masses[i])
            found |= shared
        masses, least = self._tables.masses, bar.least * bar.total
        return {i: bar.score(bits, masses[i]) for i, bits in found.items() if bits >= least}

    def _shared(
        self,
        near: Iterable[tuple[str, float, str]],
        weight: float,
        left: float,
        found: Mapping[int, float],
        bar: "_Bar",
    ) -> dict[int, float]:
        """The bits that aliases share by a token, but for aliases not `found` yet that cannot be worth enough.

        `near` holds the most alike words first; `left` is what an alias may share by the tokens that come later.
        """
        masses = self._tables.masses
        shared: dict[int, float] = {}
        for word, similarity, _ in near:
            postings = self._tables.postings.get(word, ())
            bits = weight * similarity
            if not shared:
                bar.raise_for(bits, masses[postings[0]])
            if len(postings) > _SHORT:
                cut = bisect_right(postings, bar.longest(bits + left), key=masses.__getitem__)
                postings = (*postings[:cut], *self._among(found, postings[cut:]))
            for i in postings:
                shared.setdefault(i, bits)
        return shared

    def _among(self, found: Mapping[int, float], postings: Sequence[int]) -> Iterable[int]:
        """The aliases found so far that are among these, which stand by mass and then by number."""
        if len(postings) < _LOOK_UPS * len(found):
            return [i for i in postings if i in found]
        masses = self._tables.masses

        def place(i: int) -> tuple[float, int]:
            return masses[i], i

        at = [(i, bisect_left(postings, place(i), key=place)) for i in found]
        return [i for i, n in at if n < len(postings) and postings[n] == i]

    def _whole(self, form: SurfaceForm) -> Iterator[tuple[str, float, Sequence[int]]]:
        """The keys that look at the name as a whole, each with the rough score of what it finds."""
        yield "exact", 1.0, self._tables.exact.get(form.folded, ())
        yield "joined", 1.0, self._tables.joined.get(form.joined, ())
        acronyms, derived = self._tables.acronyms, self._tables.derived
        score = _ACRONYM if len(form.tokens) == 1 else _INNER_ACRONYM
        for letters in acronyms_in(form):
            yield "acronym", score, derived.get(letters, ())
            yield "acronym", score, acronyms.get(letters, ())
        spelt = name_readings(form)
        for letters in sorted([letters for letters in spelt if letters in acronyms]):
            yield "acronym", _ACRONYM, acronyms.get(letters, ())
        if any(acronym_readings(token.text) for token in form.tokens):
            for letters in sorted([letters for letters in spelt if letters in derived]):
                yield "acronym", _INNER_ACRONYM, derived.get(letters, ())


class _Bar:
    """What an alias must score to be worth a look: a share of the best score that is known so far.

    An alias whose words have W bits, and that shares m of the M bits of the form, scores m/M * m/W, where neither
    share is more than one. So it is known before the walk how long an alias may be that shares so much.
    """

    __slots__ = ("least", "total", "worth")

    def __init__(self, total: float, worth: float) -> None:
        self.total = total
        self.worth = worth
        self.least = 0.0

    def score(self, shared: float, whole: float) -> float:
        """The rough score of an alias of `whole` bits."""
        return (shared / self.total if shared < self.total else 1.0) * (shared / whole if shared < whole else 1.0)

    def raise_for(self, shared: float, whole: float) -> None:
        """Takes note of an alias that shares at least so much."""
        least = self.worth * self.score(shared, whole)
        if least > self.least:
            self.least = least

    def longest(self, shared: float) -> float:
        """The bits of the longest alias that may be worth a look if it shares so much."""
        if not self.least:
            return math.inf
        shared *= _ROUNDING
        return shared * shared / (self.total * self.least) if shared >= self.total * self.least else 0.0
