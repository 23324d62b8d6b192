"""The words of a registry, found by the words of a mention: case forms, other languages, typos, sounds.

What comes in is a `Token`; what goes out are its `Neighbours`: the words of the registry that it may be a form of, each
with how alike the two are and the blocking key that found it, the surest first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from resolver.forms import Token
from resolver.index.edits import NearWords, find_near
from resolver.index.tables import Numbers, WordTables
from resolver.language import names
from resolver.language.inflection import relate, stems
from resolver.language.orthographies import read_keys
from resolver.language.phonetics import sound_keys
from resolver.language.pinyin import pinyin_keys
from resolver.language.places import place_names
from resolver.memory import MANY

CASE_FORM = 0.95  # similarity of a case form to its base form; two endings that only may belong together say less
_OTHER_LANGUAGE = _OTHER_FORM = 0.9
_SOUND = 0.6
_READ = "read "  # in front of the keys that a word has in other languages


class Neighbours(NamedTuple):
    """The registry's words that a token may be a form of.

    found   (index key, similarity 0..1, blocking key), the most alike first
    words   the index keys alone
    keys    the blocking key that found each
    """

    found: tuple[tuple[str, float, str], ...]
    words: frozenset[str]
    keys: Mapping[str, str]


def word_tables(tokens: Iterable[Token]) -> WordTables:
    """The tables of a registry with these words; the first token of each key counts."""
    distinct: dict[str, Token] = {}
    for token in tokens:
        distinct.setdefault(token.key, token)
    words = [token for token in distinct.values() if not token.number and not token.initial]
    places = ((token, name) for token in words for name in place_names(token.key))
    return WordTables(
        stems=_by_key((stem, token.key) for token in words for stem in stems(token.key)),
        sounds=_by_key((sound, token.key) for token in words for sound in _sounds_of(token)),
        given=_by_key((name.group, token.key) for token in words for name in token.given),
        places=_by_key(dict.fromkeys((name.place, token.key) for token, name in places)),
        near=NearWords(token.key for token in words if token.index_key[0] != "="),
    )


class Vocabulary:
    """The words of a registry, found by the words of a mention; `known` holds all index keys."""

    def __init__(self, tables: WordTables, known: Numbers) -> None:
        self._tables = tables
        self._known = known
        self._remembered = lru_cache(maxsize=MANY)(self._search)

    def neighbours(self, token: Token) -> Neighbours:
        """The registry's words that a token may be a form of."""
        return self._remembered(token._replace(start=0, end=0))  # wherever it stands

    def forms_of(self, token: Token) -> Iterator[str]:
        """The index keys of the registry's words that a token is, or is surely a case form of."""
        if token.index_key in self._known:
            yield token.index_key
        if not token.number and not token.initial:
            yield from (word for word, similarity in self._case_forms(token.key) if similarity == CASE_FORM)

    def _search(self, token: Token) -> Neighbours:
        """The neighbours of a token, each word once, by the surest key that finds it."""
        key = token.index_key
        found: dict[str, tuple[str, float, str]] = {key: (key, 1.0, "token")}
        if not token.number and not token.initial:
            for near in self._similar(token):
                found.setdefault(near[0], near)
        if key not in self._known:
            del found[key]
        ranked = sorted(found.values(), key=lambda near: -near[1])
        return Neighbours(tuple(ranked), frozenset(found), {word: blocking for word, _, blocking in ranked})

    def _similar(self, token: Token) -> Iterator[tuple[str, float, str]]:
        key = token.key
        for word, similarity in self._case_forms(key):
            yield word, similarity, "stem"
        for name in place_names(key):
            for word in self._tables.places.get(name.place, ()):
                yield word, _OTHER_LANGUAGE, "place"
        if token.index_key[0] == "=":
            return
        for given in names.given_forms(key):
            for word in self._tables.given.get(given.group, ()):
                yield word, _OTHER_FORM, "given"
        for word, edits in find_near(key, self._tables.near):
            yield word, 1.0 - edits / (len(key) + 1), "typo"
        yield from self._sounding_alike(token)

    def _sounding_alike(self, token: Token) -> Iterator[tuple[str, float, str]]:
        """The words that a word is read as in another language, those that are read as it, and what sounds like it."""
        by_sound = self._tables.sounds
        for word in (*_read_keys(token), *by_sound.get(_READ + token.key, ())):
            if word in self._known:
                yield word, _OTHER_LANGUAGE, "read"
        for sound in _sounds_of(token):
            for word in by_sound.get(sound, ()):
                yield word, _SOUND, "sound"

    def _case_forms(self, key: str) -> Iterator[tuple[str, float]]:
        by_stem = self._tables.stems
        for word in dict.fromkeys(word for stem in stems(key) for word in by_stem.get(stem, ())):
            relation = relate(key, word)
            if relation:
                yield word, CASE_FORM if relation.exact and relation.base else 0.9


def _sounds_of(token: Token) -> tuple[str, ...]:
    """What a word has in common with those that sound like it, in any script and in the spelling of any language."""
    read = [_READ + key for key in _read_keys(token)]
    return (*sound_keys(token.latin, token.script), *pinyin_keys(token.text, token.script), *read)


def _read_keys(token: Token) -> tuple[str, ...]:
    return read_keys(token.text) if token.script == "Latn" else ()


def _by_key(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """The words of each key. In tuples, as the garbage collector need not look into tuples of strings again."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, word in pairs:
        found[key].append(word)
    return {key: tuple(words) for key, words in found.items()}
