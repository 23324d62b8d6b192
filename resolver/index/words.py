"""The words of a registry, found by the words of a mention: case forms, other languages, typos, sounds.

What comes in is a `Token`; what goes out are its `Neighbours`: the words of the registry that it may be a form of, each
with how alike the two are and the blocking key that found it, the surest first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from resolver.forms import Token
from resolver.index.edits import MIN_TYPO_LENGTH, NearWords, find_near
from resolver.index.tables import Numbers, WordTables
from resolver.language import names
from resolver.language.compounds import names_in
from resolver.language.inflection import adjective_bases, relate, stems
from resolver.language.organizations import concept
from resolver.language.orthographies import read_keys
from resolver.language.phonetics import sound_keys, without_ending
from resolver.language.pinyin import pinyin_keys
from resolver.language.places import place_names
from resolver.language.romanization import fold_all
from resolver.memory import MANY

CASE_FORM = 0.95  # similarity of a case form to its base form; two endings that only may belong together say less
_OTHER_LANGUAGE = _OTHER_FORM = 0.9
_ADJECTIVE = 0.85
_SOUND = 0.6
_MIN_MISSPELT_GENERIC = 6  # letters of a generic word from which on a word that is no other may be a misspelling of it
_SPELT = ("Latn", "Cyrl")  # scripts in which a slip of one letter is one
_MOST_SPELT = 24  # letters of such a word: all of its letters are tried, and longer ones may have more edits anyway
_READ = "read "  # in front of the keys that a word has in other languages
_OF = "of "  # in front of the names that a word may be the adjective of
_IN = "in "  # in front of the names that are a part of a word


class Neighbours(NamedTuple):
    """The registry's words that a token may be a form of.

    found   (index key, similarity 0..1, blocking key), the most alike first
    keys    the blocking key that found each index key
    """

    found: tuple[tuple[str, float, str], ...]
    keys: Mapping[str, str]


def word_tables(tokens: Iterable[Token]) -> WordTables:
    """The tables of a registry with these words; the first token of each key counts."""
    distinct: dict[str, Token] = {}
    for token in tokens:
        distinct.setdefault(token.key, token)
    words = [token for token in distinct.values() if not token.number and not token.initial]
    sounds = ((sound, t.key) for t in words for sound in _sounds_of(t.text, t.latin, t.script))
    places = ((token, name) for token in words for name in place_names(token.key))
    return WordTables(
        stems=_by_key((stem, token.key) for token in words for stem in stems(token.key)),
        sounds=_by_key(chain(sounds, _adjectives(words), _parts(words))),
        given=_by_key((name.group, token.key) for token in words for name in token.given),
        places=_by_key(dict.fromkeys((name.place, token.key) for token, name in places)),
        near=NearWords(t.key for t in words if t.index_key[0] != "=" or len(t.key) >= _MIN_MISSPELT_GENERIC),
    )


class Vocabulary:
    """The words of a registry, found by the words of a mention; `known` holds all index keys."""

    def __init__(self, tables: WordTables, known: Numbers) -> None:
        self._tables = tables
        self._known = known
        self._remembered = lru_cache(maxsize=MANY)(self._search)

    def neighbours(self, token: Token) -> Neighbours:
        """The registry's words that a token may be a form of."""
        is_word = not token.number and not token.initial
        return self._remembered(token.index_key, token.key, token.text, token.latin, token.script, is_word)

    def forms_of(self, token: Token) -> Iterator[str]:
        """The index keys of the registry's words that a token is, or is surely a case form of."""
        if token.index_key in self._known:
            yield token.index_key
        if not token.number and not token.initial:
            yield from (word for word, similarity in self._case_forms(token.key) if similarity == CASE_FORM)

    def _search(self, index_key: str, key: str, text: str, latin: str, script: str | None, is_word: bool) -> Neighbours:
        """The neighbours of a token with these fields, each word once, by the surest key that finds it.

        The fields one by one, as the garbage collector need not look into a tuple of strings again.
        """
        found: dict[str, tuple[str, float, str]] = {index_key: (index_key, 1.0, "token")}
        if is_word:
            for near in self._similar(index_key, key, text, latin, script):
                found.setdefault(near[0], near)
        if index_key not in self._known:
            del found[index_key]
        ranked = sorted(found.values(), key=lambda near: -near[1])
        return Neighbours(tuple(ranked), {word: blocking for word, _, blocking in ranked})

    def _similar(
        self, index_key: str, key: str, text: str, latin: str, script: str | None
    ) -> Iterator[tuple[str, float, str]]:
        forms = list(self._case_forms(key))
        for word, similarity in forms:
            yield word, similarity, "stem"
        is_known = bool(forms) or index_key in self._known
        for name in place_names(key):
            for word in self._tables.places.get(name.place, ()):
                yield word, _OTHER_LANGUAGE, "place"
        if index_key[0] == "=":
            return
        for given in names.given_forms(key):
            for word in self._tables.given.get(given.group, ()):
                yield word, _OTHER_FORM, "given"
        near = list(find_near(key, self._tables.near))
        if not near and not is_known and script in _SPELT and MIN_TYPO_LENGTH <= len(key) <= _MOST_SPELT:
            near = [(word, 1) for word in self._but_for_a_slip(latin, key)]
        for word, edits in near:
            generic = concept(word)
            if not generic or not is_known:  # a word of the registry, or a form of one, is no slip of a generic word
                yield f"={generic}" if generic else word, 1.0 - edits / (len(key) + 1), "typo"
        yield from self._sounding_alike(key, text, latin, script)

    def _but_for_a_slip(self, latin: str, key: str) -> Iterator[str]:
        """The words that one letter parts from a romanised word where the fold reads it with its neighbour.

        Karfohul folds to two letters more than Karfoul, and Jimeez to two less than Jimenez: so letters are taken out
        or change places before the fold, or the word is folded in two parts.
        """
        places = range(len(latin))
        mended = [latin[:i] + latin[i + 1 :] for i in places]
        mended += [latin[:i] + latin[i + 1] + latin[i] + latin[i + 2 :] for i in places[:-1]]
        for word in dict.fromkeys(fold_all(mended)):
            if word in self._known:
                yield word
        parts = fold_all([part for i in places[1:] for part in (latin[:i], latin[i:])])
        apart = map("".join, zip(parts[::2], parts[1::2], strict=True))
        for word in dict.fromkeys(word for word in apart if word != key):
            yield from (near for near, edits in find_near(word, self._tables.near) if edits <= 1)

    def _sounding_alike(self, key: str, text: str, latin: str, script: str | None) -> Iterator[tuple[str, float, str]]:
        """The words that a word is read as in another language or is the adjective of, the reverse, and what sounds
        like it.
        """
        by_sound = self._tables.sounds
        for word in (*_read_keys(text, script), *by_sound.get(_READ + key, ())):
            if word in self._known:
                yield word, _OTHER_LANGUAGE, "read"
        for word in (*adjective_bases(key), *by_sound.get(_OF + key, ())):
            if word in self._known:
                yield word, _ADJECTIVE, "adjective"
        yield from self._parts_of(key)
        sounds = chain(
            _sounds_of(text, latin, script), *(sound_keys(form, script) for form in without_ending(latin, script))
        )
        for sound in sounds:
            for word in by_sound.get(sound, ()):
                yield word, _SOUND, "sound"

    def _parts_of(self, key: str) -> Iterator[tuple[str, float, str]]:
        """The words that are a name in a compound, and the compounds that a name stands in: Malik, Abdelmalek."""
        for name in (name for part in names_in(key.lower()) for name in _one_name(part.name)):
            for word in (name, *self._tables.given.get(name, ())):
                if word in self._known:
                    yield word, _ADJECTIVE, "part"
        for name in _one_name(key):
            for word in self._tables.sounds.get(_IN + name, ()):
                yield word, _ADJECTIVE, "part"

    def _case_forms(self, key: str) -> Iterator[tuple[str, float]]:
        by_stem = self._tables.stems
        for word in dict.fromkeys([word for stem in stems(key) for word in by_stem.get(stem, ())]):
            relation = relate(key, word)
            if relation:
                yield word, CASE_FORM if relation.exact and relation.base else 0.9


def _sounds_of(text: str, latin: str, script: str | None) -> tuple[str, ...]:
    """What a word has in common with those that sound like it, in any script and in the spelling of any language."""
    read = [_READ + key for key in _read_keys(text, script)]
    return (*sound_keys(latin, script), *pinyin_keys(text, script), *read)


def _adjectives(words: Iterable[Token]) -> Iterator[tuple[str, str]]:
    return ((_OF + base, token.key) for token in words for base in adjective_bases(token.key))


def _parts(words: Iterable[Token]) -> Iterator[tuple[str, str]]:
    named = ((_IN + name, t.key) for t in words for part in names_in(t.key.lower()) for name in _one_name(part.name))
    return iter(dict.fromkeys(named))


def _one_name(key: str) -> tuple[str, ...]:
    """A word, and the given names that it may be a spelling of."""
    return (key, *(given.group for given in names.given_names(key)))


def _read_keys(text: str, script: str | None) -> tuple[str, ...]:
    return read_keys(text) if script in ("Latn", "Cyrl") else ()


def _by_key(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """The words of each key. In tuples, as the garbage collector need not look into tuples of strings again."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, word in pairs:
        found[key].append(word)
    return {key: tuple(words) for key, words in found.items()}
