"""AliasIndex: the aliases of a registry by their words, and by the keys that look at a name as a whole.

1. `find` looks the words up and walks over their aliases, see `resolver.index.walk`, as far as it pays.
2. What looks at the name as a whole comes in, and the best are ranked by their rough scores.
3. `promising` reads them letter by letter, initials too, and leaves what is worth a close comparison.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from resolver.forms import SurfaceForm, Token, likeness
from resolver.index.building import acronyms_in, build_tables, exonym_key, exonym_keys, in_any_order
from resolver.index.entries import AliasEntry, Hit, Query
from resolver.index.tables import Tables
from resolver.index.walk import Walk
from resolver.index.words import Neighbours, Vocabulary
from resolver.initialisms import acronym_readings, name_readings
from resolver.language.chinese import chinese_keys
from resolver.language.korean import korean_keys
from resolver.memory import FEW
from resolver.model import Entity
from resolver.traits import traits_of

_ACRONYM, _INNER_ACRONYM = 0.6, 0.3  # rough scores of what an acronym finds: as the whole name, as a word of it
_OF_ONE_ACRONYM = 12  # names that it finds by itself: more cannot be told apart, and would crowd out what words find
ALIASES = 3  # the roughly best aliases of an entity that are compared closely
_SYLLABLES = 0.8  # rough score of a name whose syllables have the same consonants
_EXONYM = 0.6  # that of a single word, which may be more than the place
_ALIKE = 0.9  # rough score from which on a name of an entity is like the mention
_WORTH = 0.3  # aliases whose rough score is below this share of the best one's are not looked at
# Nor is one compared that promises too little, by itself or beside the best one: of 8,000 labelled queries 14 were
# decided otherwise, with five more right links and one more wrong, for a third less work.
_HOPELESS, _SHARE = 0.08, 0.35
# Beside a good one they must promise more: of 25,000 labelled queries, with types and without, 22 more were decided
# rightly and four fewer, for a fifth less work.
_GOOD, _SHARE_OF_GOOD = 0.7, 0.6
# Beside the best one, an entity of another type than the mention is known to be of must promise more, as it gets six
# bits less: a quarter fewer are compared, and of 32,000 labelled queries three were decided otherwise, none for worse.
_SHARE_OF_OTHER_TYPE = 0.8
_DEPTH = 8  # aliases for each entity that is compared, from which the most promising are chosen
_DEPTH_OF_INITIALS = 32  # the same where initials have yet to tell many aliases of one surname apart
_ROUGHLY = 0.6  # how far the rough score counts of a name that is written alike, as an exponent
_UNLIKE = 0.4  # the part of its rough score that a name promises which has no letter in common: acronyms, translations
_NO_KEYS: frozenset[str] = frozenset()

_Found = tuple[int, float, frozenset[str]]  # an alias by its number, its rough score, the keys that found all of it


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
        self._walk = Walk(self._tables.postings, self._tables.masses)
        self.entries = self._tables.entries
        self.rarity = self._tables.rarity.of
        self.weights = self._tables.rarity.of_all
        self.words_of = lru_cache(maxsize=FEW)(self._words_of)

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def tables(self) -> Tables:
        """All that the index holds."""
        return self._tables

    def knows(self, place: str) -> bool:
        """Whether some alias means a place or body of the table of exonyms."""
        return exonym_key(place) in self._tables.joined

    def entries_of(self, entity: Entity) -> list[AliasEntry]:
        """All indexed aliases of one entity."""
        return [self.entries[i] for i in self._tables.entities.get(entity.id, ())]

    def _words_of(self, entity_id: str) -> frozenset[str]:
        """The index keys of the words of all names of an entity."""
        numbers = self._tables.entities.get(entity_id, ())
        return frozenset([word for name in self._tables.written.select(numbers) for word in name.split(" ")])

    def find(self, form: SurfaceForm, *, limit: int = 32, worth: float = 0.0, most: int | None = None) -> list[Hit]:
        """The aliases that may be meant, best first; ties by entity id, then alias.

        None has a rough score below the share `worth` of the best one. With `most`, no more than so many aliases of
        each word are looked at, the shortest: all that share a frequent word are too many to ask for each of them.
        """
        near = [self._vocabulary.neighbours(token) for token in form.tokens]
        found_by = tuple([each.keys for each in near])
        return [
            Hit(self.entries[number], rough, found_by, whole)
            for number, rough, whole in self._ranked(form, near, limit, worth, most)
        ]

    def promising(
        self, form: SurfaceForm, *, entities: int, kind: str | None = None, aliases: int = ALIASES
    ) -> list[Hit]:
        """The aliases that are worth a close comparison, best first: some of each of so many entities.

        Which of them are is told by their rough scores and by how alike they are as strings. Entities of another type
        than `kind`, if it is known, must promise more.
        """
        near = [self._vocabulary.neighbours(token) for token in form.tokens]
        initials = [token for token in form.tokens if token.initial]
        depth = _DEPTH_OF_INITIALS if initials else _DEPTH
        ranked = self._ranked(form, near, entities * depth, _WORTH)
        written = self._tables.written.select([number for number, _, _ in ranked])
        if initials:
            ranked, written = self._read_initials(form, initials, ranked, written)
        owners = self._tables.owners
        mine = form.written.lower()  # the letters of Arabic and Hebrew are capitals there
        alike = [owners[number] for number, rough, _ in ranked if rough >= _ALIKE]
        pairs = [
            (_promise(found[1], likeness(mine, text.lower())), found)
            for found, text in zip(ranked, written, strict=True)
        ]
        best = max([promise for promise, _ in pairs], default=0.0)
        promising = _above(max(_HOPELESS, _SHARE * best), pairs)
        if best >= _GOOD:
            promising = _above(_SHARE_OF_GOOD * best, promising)
        count: dict[int, int] = {}
        hits = []
        found_by = tuple([each.keys for each in near])
        for promise, (number, rough, whole) in self._by_promise(form, promising):
            owner = owners[number]
            held = count.get(owner, 0)
            if held < aliases and (held or len(count) < entities):
                entry = self.entries[number]
                if promise >= _SHARE_OF_OTHER_TYPE * best or kind in (None, entry.entity.type):
                    count[owner] = held + 1
                    hits.append(Hit(entry, rough, found_by, whole, alike.count(owner)))
        return hits

    def _by_promise(self, form: SurfaceForm, promising: Iterable[tuple[float, _Found]]) -> list[tuple[float, _Found]]:
        """The aliases with the greatest promise first; of equal ones those spelt most like the mention.

        Names that fold to the same words are equal until then, such as one name in two scripts.
        """
        texts, mine = self._tables.texts, form.text.casefold()
        order = sorted(promising, key=itemgetter(0), reverse=True)
        equal = {one for (one, _), (other, _) in pairwise(order) if one == other}

        def place(pair: tuple[float, _Found]) -> tuple[float, float, int]:
            promise, (number, _, _) = pair
            return -promise, -likeness(mine, texts[number].casefold()) if promise in equal else 0.0, number

        return sorted(order, key=place) if equal else order

    def _read_initials(
        self, form: SurfaceForm, initials: Sequence[Token], ranked: Sequence[_Found], written: Sequence[str]
    ) -> tuple[list[_Found], list[str]]:
        """The aliases with the bits of initials that they have a word for, and as they are written with them.

        The index finds no word by its first letter: too many have it.
        """
        total, masses = sum(self.weights(form)), self._tables.masses
        worth = {token.key[0]: self.rarity(token) for token in initials}
        whole_words = {token.index_key for token in form.tokens}
        read = []
        short = []
        for (number, rough, whole), text in zip(ranked, written, strict=True):
            abbreviated, letters = _abbreviate(text, [token.key[0] for token in initials], whole_words)
            mass = masses[number]
            shared = math.sqrt(rough * total * mass) + sum([worth[letter] for letter in letters])
            better = min(1.0, shared / total) * min(1.0, shared / mass)
            read.append((number, better if letters and not whole else rough, whole))
            short.append(abbreviated)
        return read, short

    def _ranked(
        self, form: SurfaceForm, near: Sequence[Neighbours], limit: int, worth: float, most: int | None = None
    ) -> list[_Found]:
        """The numbers of the aliases that may be meant, with their rough scores and the keys of the whole name."""
        found_words = [each.found for each in near]
        scores = self._walk.scores(found_words, self.weights(form), limit=limit, worth=worth, most=most)
        whole: dict[int, frozenset[str]] = {}
        for key, score, found in self._whole(form):
            # They stand in the order of their numbers: of equal ones no more than the limit are among the best.
            enough = min(limit, _OF_ONE_ACRONYM) if key == "acronym" else limit
            for i in found if len(found) <= enough else (*found[:enough], *(scores.keys() & found[enough:])):
                whole[i] = whole.get(i, _NO_KEYS) | {key}
                if score > scores.get(i, 0.0):
                    scores[i] = score
        least = worth * max(scores.values(), default=0.0)
        ranked = sorted(
            [(-score, i not in whole or "exact" not in whole[i], i) for i, score in scores.items() if score >= least]
        )[:limit]
        return [(i, -score, whole.get(i, _NO_KEYS)) for score, _, i in ranked]

    def query(self, form: SurfaceForm) -> Query:
        """A form with what the registry knows of its words, to be aligned with many aliases."""
        near = [self._vocabulary.neighbours(token).keys for token in form.tokens]
        return Query(form, self.weights(form), tuple(near), traits_of(form), self.words_of)

    def neighbours(self, token: Token) -> tuple[tuple[str, float, str], ...]:
        """(index key, similarity 0..1, blocking key) of the registry's words that a token may be a form of."""
        return self._vocabulary.neighbours(token).found

    def forms_of(self, token: Token) -> Iterator[str]:
        """The index keys of the registry's words that a token is, or is surely a case form of."""
        return self._vocabulary.forms_of(token)

    def _whole(self, form: SurfaceForm) -> Iterator[tuple[str, float, Sequence[int]]]:
        """The keys that look at the name as a whole, each with the rough score of what it finds."""
        yield "exact", 1.0, self._tables.exact.get(in_any_order(form.folded), ())
        yield "joined", 1.0, self._tables.joined.get(form.joined, ())
        for key in korean_keys(form.folded):
            yield "korean", _SYLLABLES, self._tables.joined.get(key, ())
        for key in chinese_keys(form.text):
            yield "chinese", _SYLLABLES, self._tables.joined.get(key, ())
        for key in exonym_keys(form):
            yield "exonym", 1.0 if len(form.tokens) > 1 or form.acronym else _EXONYM, self._tables.joined.get(key, ())
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


def _above(least: float, pairs: Iterable[tuple[float, _Found]]) -> list[tuple[float, _Found]]:
    """The aliases that promise so much, and those that were found as a whole."""
    return [pair for pair in pairs if pair[0] >= least or pair[1][2]]


def _promise(rough: float, alike: float) -> float:
    """What an alias promises, 0..1: its rough score, less if it is written otherwise; or that it is written so alike.

    The rough score takes a misspelt word for a rare one, and may find it in other names.
    """
    return max(rough * (_UNLIKE + (1 - _UNLIKE) * alike), math.pow(rough, _ROUGHLY) * alike**4)


def _abbreviate(written: str, letters: Sequence[str], whole: Collection[str]) -> tuple[str, list[str]]:
    """A name with the first word for each of the letters cut to it, but for words that stand `whole`; and the letters.

    >>> _abbreviate("sandra elena smith", ["s", "e"], {"smith"})
    ('s e smith', ['s', 'e'])
    """
    words = written.split(" ")
    found = []
    for letter in letters:
        at = next(
            (i for i, word in enumerate(words) if word[0] == letter and word not in whole and len(word) > 1), None
        )
        if at is not None:
            words[at] = letter
            found.append(letter)
    return " ".join(words), found
