"""Names of Cyrillic languages as languages of Latin script write them: Gorochow, Loukachenko, Tjuprov.

A word in Latin letters -> how it sounds if it is read in one of the languages of `orthographies.txt`; or a Japanese one
in Cyrillic. Two words of one sound are two ways to write one name; an index finds them by the keys of their sounds.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, product
from typing import NamedTuple

from resolver.language.japanese import hepburn_of
from resolver.language.pinyin import pinyin_keys
from resolver.language.romanization import fold, fold_words
from resolver.language.tables import read_table
from resolver.memory import MANY

_EDGE = "."  # of a word, at its beginning and its end
_MIN_LETTERS = 5  # of a word: shorter ones are one name in one language and another in the next (Chan, Shan)
_MAX_SYLLABLE = 6  # letters of a syllable of pinyin: Zhang is not Chang in any language
_MAX_READINGS = 16  # of a word in one language
_JAPANESE = "Japanese"  # of words in Cyrillic letters
_AFTER_LATIN = "\u0250"  # the first letter behind those of Latin script
_SIGNS = {"sh": "3", "zh": "7", "ch": "4"}
_FOLDED_SIGNS = str.maketrans({"3": "s", "7": "z", "4": "c"})
_DOUBLED = re.compile(r"(.)\1+")
_NONE: Mapping[str, str] = {}


class _Orthography(NamedTuple):
    """A row of the table: what a word must hold, the letters that are read otherwise, and how."""

    language: str
    sign: re.Pattern[str]
    letters: re.Pattern[str]
    readings: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=MANY)
def readings(word: str) -> Mapping[str, str]:
    """The sounds of a word in Latin letters in other languages, each with the first language that reads it so.

    Sounds are folded keys that tell sh, zh and ch from s, z and c: "musin" and "mu3in" are two names.

    >>> readings("Gorochow"), readings("Loukachenko")["luka3enko"], readings("Smith")
    ({'horohov': 'German', 'horo3ov': 'French'}, 'French', {})
    """
    if len(word) < _MIN_LETTERS or (len(word) <= _MAX_SYLLABLE and pinyin_keys(word, "Latn")):
        return _NONE
    spellings = list(_spellings(_EDGE + word.lower() + _EDGE))
    if not spellings:
        return _NONE
    own, *sounds = fold_words([_marked(spelling) for spelling in (word.lower(), *[each for each, _ in spellings])])
    found: dict[str, str] = {}
    for sound, (_, language) in zip(sounds, spellings, strict=True):
        if sound != own:
            found.setdefault(sound, language)
    return found


@lru_cache(maxsize=MANY)
def read_keys(word: str) -> tuple[str, ...]:
    """The folded keys of what a word in Latin letters may be read as, sorted: what an index finds it by.

    >>> read_keys("Loukachenko")
    ('lukahenko', 'lukakenko', 'lukasenko')
    """
    return tuple(sorted({_without_marks(sound) for sound in readings(word)}))


def shared_reading(word: str, latin: str, other: str, other_latin: str) -> str | None:
    """The language, or two of them, in which a word is read as another one; None if it is not.

    Each word comes as written and romanised: that is how all others are read.

    >>> shared_reading("Gorochow", "gorochow", "Горохов", "gorokhov")
    'German'
    >>> shared_reading("Muchin", "muchin", "Мусин", "musin") is None
    True
    """
    mine, others = readings(word), readings(other)
    if not mine and not others:
        return None
    sound, other_sound = sound_of(latin), sound_of(other_latin)
    if other_sound in mine or sound in others:
        return mine.get(other_sound) or others[sound]
    if _JAPANESE in (*mine.values(), *others.values()):
        return None  # nobody reads Мусин as Japanese and Muchin as French
    both = min(mine.keys() & others.keys(), default=None)
    return f"{mine[both]} and {others[both]}" if both else None


@lru_cache(maxsize=MANY)
def sound_of(latin: str) -> str:
    """The folded key of a romanised word that tells sh, zh and ch from s, z and c.

    >>> sound_of("mishin"), sound_of("misin")
    ('mi3in', 'misin')
    """
    return fold(_marked(latin))


def _marked(spelling: str) -> str:
    """The spelling with a sign for each sound that the fold would make one with another."""
    for letters, sign in _SIGNS.items():
        spelling = spelling.replace(letters, sign)
    return spelling


def _without_marks(sound: str) -> str:
    return _DOUBLED.sub(lambda doubled: doubled[1], sound.translate(_FOLDED_SIGNS))


def _spellings(word: str) -> Iterator[tuple[str, str]]:
    """(the word as an English press may write it, language) for each way to read it."""
    if word[1].lower() >= _AFTER_LATIN:  # behind the edge
        japanese = hepburn_of(word.strip(_EDGE))
        yield from [(japanese, _JAPANESE)] if japanese else ()
        return
    for row in _orthographies():
        if row.sign.search(word):
            ways = [row.readings.get(piece, (piece,)) for piece in row.letters.split(word) if piece]
            for way in islice(product(*ways), _MAX_READINGS):
                yield "".join(way).strip(_EDGE), row.language


@cache
def _orthographies() -> tuple[_Orthography, ...]:
    return tuple(_orthography(language, cells) for language, cells in read_table("orthographies"))


def _orthography(language: str, cells: tuple[str, ...]) -> _Orthography:
    (_, _, signs), *rules = [cell.partition("=") for cell in cells]
    read = {letters: tuple(ways.split("/")) for letters, _, ways in rules}
    return _Orthography(language, _any_of(signs.split("/")), re.compile(f"({_any_of([*read]).pattern})"), read)


def _any_of(pieces: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(piece) for piece in sorted(pieces, key=len, reverse=True)))
