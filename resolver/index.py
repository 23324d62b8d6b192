"""AliasIndex: finds the aliases that a surface form may mean, and says by which blocking key.

What comes in is a `SurfaceForm`; what goes out are `Hit`s, best first, at most `limit`. Several independent keys look:

    exact     the same words but for case and punctuation       token    a word in common
    joined    the same letters but for spaces                   stem     a word in common but for a case ending
    acronym   initials, own or translated                       typo     a word with a few edits
    given     another form of a given name                      sound    a word with the same sound key

so that no single rule decides recall. Words are weighted by rarity; the rough score of an alias is the product of the
weighted shares of both names that found a partner. It only ranks what the comparison then looks at closely.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from typing import NamedTuple

from rapidfuzz.distance import OSA

from resolver.forms import SurfaceForm, Token, analyse
from resolver.initialisms import acronym_readings, name_readings
from resolver.language import names
from resolver.language.inflection import relate, stems
from resolver.language.phonetics import sound_keys
from resolver.language.places import place_names
from resolver.model import Alias, Entity
from resolver.traits import traits_of

BACKGROUND = 8192  # a small registry says little about how rare a word is; count it as part of this many names
MAX_RARITY = 14.0  # bits; beyond one name in 16,000 rarity no longer matters
COMMON_RARITY = 6.0  # bits; the cap for given names and generic words, which are common outside the registry too
MIN_INNER_ACRONYM = 3  # letters of an acronym that is looked up as a part of a name
_ACRONYM, _INNER_ACRONYM = 0.6, 0.3  # rough scores of what an acronym finds: as the whole name, as a word of it
WRONG_KINDS = ("misspelling", "misnomer")  # aliases that say nothing true about the entity's other names
MIN_TYPO_LENGTH = 4  # shorter words are never matched with an edit
PREFIX = 7  # letters of a word that are looked up with edits: more take memory, fewer find too much to compare
CASE_FORM = 0.95  # similarity of a case form to its base form; two endings that only may belong together say less


@dataclass(frozen=True, slots=True)
class AliasEntry:
    """An alias in the index: its entity, its form, and the rarity of each of its tokens in bits.

    mass        the rarity of all tokens together
    forenames   given names, patronymics and initials in all names of a person, but for names marked as wrong
    traits      what the name shows at all, see `resolver.traits`
    """

    entity: Entity
    alias: Alias
    form: SurfaceForm
    weights: tuple[float, ...]
    mass: float
    forenames: tuple[Token, ...] = ()
    traits: frozenset[str] = frozenset()


class Hit(NamedTuple):
    """An alias that may be meant, its rough score 0..1, and the blocking keys that found words, and it as a whole."""

    entry: AliasEntry
    rough: float
    found_by: Mapping[str, list[str]]
    whole: frozenset[str]

    @property
    def keys(self) -> tuple[str, ...]:
        """The blocking keys that found the alias, sorted."""
        keys = set(self.whole)
        for token in self.entry.form.tokens:
            if token.index_key in self.found_by:
                keys.update(self.found_by[token.index_key])
            if token.key in self.found_by:
                keys.update(self.found_by[token.key])
        return tuple(sorted(keys))


class Query(NamedTuple):
    """A surface form as the registry sees it.

    weights   the rarity of each of its tokens, in bits
    near      for each token, the registry's words that it may be a form of
    traits    what it shows at all, see `resolver.traits`
    """

    form: SurfaceForm
    weights: tuple[float, ...]
    near: tuple[frozenset[str], ...]
    traits: frozenset[str]


def allowed_edits(length: int) -> int:
    """How many edits a word of this many letters may have: none below 4, one below 10, two below 14, then three.

    Longer words carry more; the steps follow where one more edit still meant the same name in labelled Slavic news.
    """
    return 0 if length < MIN_TYPO_LENGTH else 1 if length < 10 else 2 if length < 14 else 3


class _Neighbours(NamedTuple):
    """The registry's words that a token may be a form of, as `AliasIndex.neighbours` gives them, and as a set."""

    found: tuple[tuple[str, float, str], ...]
    words: frozenset[str]


class _NearWords:
    """Finds the words within a few edits of another without looking at all of them.

    Two words that k edits part become the same when up to k letters are deleted from each (Mor and Fraenkel 1982), and
    so do the first letters of both. Each word stands under all that deletions may leave of its first letters, in a
    table for each length of words, which is made when it is first needed.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._tables: dict[int, Mapping[str, list[str]]] = {}
        for word in words:
            self._by_length[len(word)].append(word)

    def find(self, word: str) -> Iterator[tuple[str, int]]:
        """(word, edits) of all words within as many edits as the length of `word` allows, the shortest first."""
        edits = allowed_edits(len(word))
        for length in range(len(word) - edits, len(word) + edits + 1) if edits else ():
            table = self._table(length)
            # A longer word loses its additional letters first: what it then has is left of the other with fewer edits.
            rests = _with_deletions(word[: PREFIX + max(0, len(word) - length)], edits)
            for near in dict.fromkeys(near for rest in rests for near in table.get(rest, ())):
                distance = OSA.distance(word, near, score_cutoff=edits)
                if distance <= edits:
                    yield near, distance

    def _table(self, length: int) -> Mapping[str, list[str]]:
        table = self._tables.get(length)
        if table is None:
            table = self._tables[length] = defaultdict(list)
            for word in self._by_length.pop(length, ()):
                for rest in _with_deletions(word[:PREFIX], allowed_edits(length)):
                    table[rest].append(word)
        return table


def _with_deletions(word: str, edits: int) -> Mapping[str, None]:
    """All that is left of a word when up to so many of its letters are deleted."""
    sizes = range(len(word) - edits, len(word) + 1)
    return dict.fromkeys("".join(kept) for size in sizes for kept in combinations(word, size))


class AliasIndex:
    """All names of all entities under their blocking keys.

    >>> from resolver.model import Entity
    >>> index = AliasIndex([Entity("product:garpiya", "Garpiya", "product"), Entity("product:osa", "Osa", "product")])
    >>> [(hit.entry.entity.id, hit.keys) for hit in index.find(analyse("Гарпією"))]
    [('product:garpiya', ('stem',))]
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entries: list[AliasEntry] = []
        self._postings: dict[str, list[int]] = defaultdict(list)
        self._masses: list[float] = []
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._joined: dict[str, list[int]] = defaultdict(list)
        self._derived: dict[str, list[int]] = defaultdict(list)  # initials of longer names
        self._acronyms: dict[str, list[int]] = defaultdict(list)  # names that are acronyms
        self._words: dict[str, Token] = {}
        self._rarity: dict[str, float] = {}
        self._near: dict[tuple[str, str], _Neighbours] = {}
        forms = self._read(entities)
        self._size = max(BACKGROUND, len({entity.id for entity, _, _ in forms}))
        self._frequency = self._count(forms)
        forenames = self._forenames(forms)
        for entity, alias, form in forms:
            weights = self.weights(form)
            known, traits = forenames.get(entity.id, ()), traits_of(form)
            self._add(AliasEntry(entity, alias, form, weights, sum(weights), known, traits))
        self._stems, self._sounds, self._given, self._places = self._word_keys()
        self._near_words = _NearWords(
            key
            for key, token in self._words.items()
            if not token.number and token.index_key[0] != "=" and not token.initial
        )

    def __len__(self) -> int:
        return len(self.entries)

    def entries_of(self, entity: Entity) -> list[AliasEntry]:
        """All indexed aliases of one entity."""
        return [entry for entry in self.entries if entry.entity.id == entity.id]

    def rarity(self, token: Token) -> float:
        """How much a shared token says, in bits: log2 of one over the share of entities that have it."""
        known = self._rarity.get(token.index_key)
        if known is None:
            frequency = self._frequency.get(token.index_key, 0)
            known = min(MAX_RARITY, math.log2(self._size / max(1, frequency)))
            if frequency:
                self._rarity[token.index_key] = known
        bits = known
        if token.initial:
            return min(bits, 2.0)
        if token.given or token.index_key[0] == "=" or token.patronymic or token.title:
            return min(bits, COMMON_RARITY)
        return bits

    def weights(self, form: SurfaceForm) -> tuple[float, ...]:
        """The rarity of each token of a form, in bits."""
        return tuple(map(self.rarity, form.tokens))

    def find(self, form: SurfaceForm, *, limit: int = 32, worth: float = 0.0) -> list[Hit]:
        """The aliases that may be meant, best first; ties by entity id, then alias.

        None has a rough score below the share `worth` of the best one.
        """
        weights = self.weights(form)
        total = sum(weights) or 1.0
        rough, found_by = self._rough(form, weights)
        scores = self._scores(rough, total, worth)
        whole: dict[int, frozenset[str]] = {}
        for key, score, found in self._whole(form):
            for i in found:
                whole[i] = whole.get(i, frozenset()) | {key}
                scores[i] = max(scores.get(i, 0.0), score)
        least = worth * max(scores.values(), default=0.0)
        ranked = sorted(
            (i for i, score in scores.items() if score >= least),
            key=lambda i: (-scores[i], "exact" not in whole.get(i, ()), self.entries[i].entity.id, i),
        )
        return [Hit(self.entries[i], scores[i], found_by, whole.get(i, frozenset())) for i in ranked[:limit]]

    def _rough(self, form: SurfaceForm, weights: tuple[float, ...]) -> tuple[dict[int, float], dict[str, list[str]]]:
        """How much of the form each alias has, in bits, and by which blocking keys a word of the registry was found."""
        rough: dict[int, float] = {}
        found_by: dict[str, list[str]] = defaultdict(list)
        for token, weight in zip(form.tokens, weights, strict=True):
            best: dict[int, float] = {}
            for word, similarity, key in self.neighbours(token):
                found_by[word].append(key)
                postings = self._postings.get(word, ())
                if not best:
                    best = dict.fromkeys(postings, similarity)
                    continue
                for entry in postings:
                    if similarity > best.get(entry, 0.0):
                        best[entry] = similarity
            for entry, similarity in best.items():
                rough[entry] = rough.get(entry, 0.0) + weight * similarity
        return rough, found_by

    def _scores(self, rough: Mapping[int, float], total: float, worth: float) -> dict[int, float]:
        """The rough scores of the aliases by what they have of the form; not of those that cannot be worth enough."""
        if not rough:
            return {}
        scores: dict[int, float] = {}
        least_mass = 0.0
        richest = max(rough, key=rough.__getitem__)  # goes first, as it rules out most of the others
        for i, mass in chain([(richest, rough[richest])], rough.items()):
            if mass >= least_mass:
                whole = self._masses[i]
                scores[i] = score = (mass / total if mass < total else 1.0) * (mass / whole if mass < whole else 1.0)
                least_mass = max(least_mass, worth * score * total)
        return scores

    def query(self, form: SurfaceForm) -> Query:
        """A form with what the registry knows of its words, to be aligned with many aliases."""
        near = tuple([self._look_up(token).words for token in form.tokens])
        return Query(form, self.weights(form), near, traits_of(form))

    def neighbours(self, token: Token) -> tuple[tuple[str, float, str], ...]:
        """(index key, similarity 0..1, blocking key) of the registry's words that a token may be a form of."""
        return self._look_up(token).found

    def _look_up(self, token: Token) -> "_Neighbours":
        known = self._near.get((token.index_key, token.key))
        if known is None:
            found = tuple(self._search(token))
            known = _Neighbours(found, frozenset(word for word, _, _ in found))
            self._near[token.index_key, token.key] = known
            if len(self._near) > 100_000:  # bounded memory on endless streams
                self._near.pop(next(iter(self._near)))
        return known

    def forms_of(self, token: Token) -> Iterator[str]:
        """The index keys of the registry's words that a token is, or is surely a case form of."""
        if token.index_key in self._postings:
            yield token.index_key
        if not token.number and not token.initial:
            yield from (word for word, similarity in self._case_forms(token.key) if similarity == CASE_FORM)

    def _search(self, token: Token) -> Iterator[tuple[str, float, str]]:
        """The neighbours of a token, from the surest key on, each word once."""
        key = token.index_key
        if key in self._postings:
            yield key, 1.0, "token"
        if token.number or token.initial:
            return
        seen = {key}
        for word, similarity, blocking in self._similar(token):
            if word not in seen:
                seen.add(word)
                yield word, similarity, blocking

    def _similar(self, token: Token) -> Iterator[tuple[str, float, str]]:
        key = token.key
        yield from ((word, similarity, "stem") for word, similarity in self._case_forms(key))
        yield from ((word, 0.9, "place") for name in place_names(key) for word in self._places.get(name.place, ()))
        if token.index_key[0] == "=":
            return
        yield from (
            (word, 0.9, "given") for name in names.given_forms(token.key) for word in self._given.get(name.group, ())
        )
        near = self._near_words.find(key)
        yield from ((word, 1.0 - edits / (len(key) + 1), "typo") for word, edits in near)
        for sound in sound_keys(token.latin, token.script):
            yield from ((word, 0.6, "sound") for word in self._sounds.get(sound, ()))

    def _case_forms(self, key: str) -> Iterator[tuple[str, float]]:
        for word in dict.fromkeys(word for stem in stems(key) for word in self._stems.get(stem, ())):
            relation = relate(key, word)
            if relation:
                yield word, CASE_FORM if relation.exact and relation.base else 0.9

    def _whole(self, form: SurfaceForm) -> Iterator[tuple[str, float, list[int]]]:
        """The keys that look at the name as a whole, each with the rough score of what it finds."""
        yield "exact", 1.0, self._exact.get(form.folded, [])
        yield "joined", 1.0, self._joined.get(form.joined, [])
        score = _ACRONYM if len(form.tokens) == 1 else _INNER_ACRONYM
        for letters in _acronyms_in(form):
            yield "acronym", score, self._derived.get(letters, [])
            yield "acronym", score, self._acronyms.get(letters, [])
        spelt = name_readings(form)
        for letters in sorted(spelt & self._acronyms.keys()):
            yield "acronym", _ACRONYM, self._acronyms[letters]
        if any(_is_acronym(token) for token in form.tokens):
            for letters in sorted(spelt & self._derived.keys()):
                yield "acronym", _INNER_ACRONYM, self._derived[letters]

    def _read(self, entities: Iterable[Entity]) -> list[tuple[Entity, Alias, SurfaceForm]]:
        forms = []
        for entity in entities:
            for alias in entity.names:
                form = analyse(alias.text, alias.lang)
                if form is not None:
                    forms.append((entity, alias, form))
        return forms

    def _forenames(self, forms: list[tuple[Entity, Alias, SurfaceForm]]) -> Mapping[str, tuple[Token, ...]]:
        found: dict[str, dict[str, Token]] = defaultdict(dict)
        for entity, alias, form in forms:
            if entity.type == "person" and alias.kind not in WRONG_KINDS and len(form.tokens) > 1:
                first = next((t for t in form.tokens if t.given), None)  # the middle name is not what people go by
                found[entity.id] |= {t.key: t for t in form.tokens if t is first or t.patronymic or t.initial}
        return {entity_id: tuple(tokens.values()) for entity_id, tokens in found.items()}

    def _count(self, forms: list[tuple[Entity, Alias, SurfaceForm]]) -> Mapping[str, int]:
        """How many entities hold each index key."""
        last: dict[str, str] = {}
        frequency: dict[str, int] = defaultdict(int)
        for entity, _, form in forms:
            for token in form.tokens:
                self._words.setdefault(token.key, token)
                if last.get(token.index_key) != entity.id:
                    last[token.index_key] = entity.id
                    frequency[token.index_key] += 1
        return frequency

    def _add(self, entry: AliasEntry) -> None:
        i = len(self.entries)
        self.entries.append(entry)
        self._masses.append(entry.mass)
        for key in dict.fromkeys(key for token in entry.form.tokens for key in (token.index_key, token.key)):
            self._postings[key].append(i)
        self._exact[entry.form.folded].append(i)
        self._joined[entry.form.joined].append(i)
        for letters in _acronyms_in(entry.form):
            self._acronyms[letters].append(i)
        if entry.entity.type == "organization":
            for letters in sorted(name_readings(entry.form)):
                self._derived[letters].append(i)

    def _word_keys(self) -> tuple[Mapping[str, list[str]], ...]:
        by_stem: dict[str, list[str]] = defaultdict(list)
        by_sound: dict[str, list[str]] = defaultdict(list)
        by_given: dict[str, list[str]] = defaultdict(list)
        by_place: dict[str, list[str]] = defaultdict(list)
        for key, token in self._words.items():
            if token.number or token.initial:
                continue
            for stem in stems(key):
                by_stem[stem].append(key)
            for name in token.given:
                by_given[name.group].append(key)
            for place in dict.fromkeys(name.place for name in place_names(key)):
                by_place[place].append(key)
            for sound in sound_keys(token.latin, token.script):
                by_sound[sound].append(key)
        return by_stem, by_sound, by_given, by_place


def _acronyms_in(form: SurfaceForm) -> list[str]:
    """The folded letters of the acronyms in a name: of its only word, or of the longer ones among its words."""
    least = 2 if len(form.tokens) == 1 else MIN_INNER_ACRONYM
    found = (acronym_readings(token.text) for token in form.tokens if token.index_key[0] != "=")
    return [letters for group in found for letters in group if len(letters) >= least]


def _is_acronym(token: Token) -> bool:
    return bool(acronym_readings(token.text))
