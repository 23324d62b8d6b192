"""Korean names in any spelling: 김정은, Kim Jong-un, Kim Chong Un and Ким Чен Ын are one.

What comes in is a name in casefolded words; what goes out is its syllables, each as the sounds that it may stand for.
Every system writes some sounds alike (Jong is 종 and, more often, 정), so two names are one if each of their syllables
may be.

Known limits: a family name and two syllables, as nine of ten Koreans have; a name of two is too short to tell that it
is Korean. Some names of other countries are read as Korean, but only compared with their like.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from resolver.language.tables import read_table
from resolver.memory import FEW

_SYLLABLES = 3  # of a name
_MAX_LETTERS = 21  # of three syllables and the spaces between them
_HANGUL = re.compile("[가-힣]{3}")
_FIRST = ord("가")  # of the syllables in Unicode, which stand in the order of their letters
_BEYOND_LATIN = "\u0370"
_MARKS = re.compile("['’ʼ`]")

_Name = tuple["_Syllable", ...]


class _Syllable(NamedTuple):
    """The consonants in front of a syllable and behind it, in all readings, and all sounds that it may stand for."""

    frame: tuple[str, ...]
    sounds: frozenset[str]


def is_same_name(name: str, other: str) -> bool:
    """Whether two names, in casefolded words, are one Korean name, whichever part stands first.

    >>> is_same_name("kim jong un", "ким чен ын"), is_same_name("jang myong jin", "chang myong chin")
    (True, True)
    >>> is_same_name("kim jong un", "kim jong il"), is_same_name("vladimir putin", "vladimir putin")
    (False, False)
    """
    mine = _names(name) if _is_apart(name) or _is_apart(other) else ()
    return bool(mine) and any(
        all(a.sounds & b.sounds for a, b in zip(one, two, strict=True)) for one in mine for two in _names(other)
    )


def are_two_names(name: str, other: str) -> bool:
    """Whether two names, in casefolded words, are those of two Koreans.

    >>> are_two_names("kim jong nam", "kim yong nam"), are_two_names("kim jong nam", "kim")
    (True, False)
    """
    if not (_is_apart(name) and _is_apart(other) and _names(name) and _names(other)):
        return False
    return not is_same_name(name, other)


def _is_apart(name: str) -> bool:
    """Whether the syllables of a name stand apart: Joe Biden has three as well."""
    return name.count(" ") == _SYLLABLES - 1 or _HANGUL.fullmatch(name) is not None


@lru_cache(maxsize=FEW)
def korean_keys(name: str) -> tuple[str, ...]:
    """What all spellings of a Korean name, in casefolded words, have in common: the consonants of its syllables.

    >>> korean_keys("pak chol su"), korean_keys("пак чхоль су"), korean_keys("vladimir putin")
    (('korean p-k c-l s-',), ('korean p-k c-l s-',), ())
    """
    frames = {
        f"korean {a} {b} {c}" for one, two, three in _names(name)
        for a in one.frame for b in two.frame for c in three.frame
    }  # fmt: skip
    return tuple(sorted(frames))


@lru_cache(maxsize=FEW)
def _names(name: str) -> tuple[_Name, ...]:
    """The Korean names that casefolded words may be, the family first; none in most cases."""
    if _HANGUL.fullmatch(name):
        found = [tuple(map(_from_hangul, name))]
    elif len(name) <= _MAX_LETTERS and 1 <= name.count(" ") < _SYLLABLES:
        found = list(_in_syllables([_MARKS.sub("", word) for word in name.split(" ")]))
    else:
        return ()
    return tuple(dict.fromkeys(known for known in found if known[0].sounds & _families()))


def _in_syllables(words: list[str]) -> Iterator[_Name]:
    """All ways to read words as three syllables, with a family of one word in front, or else behind: Jongun Kim."""
    for family, *given in (words, [words[-1], *words[:-1]]):
        for one in _parse(family, 1):
            if len(given) == 1:
                yield from (one + both for both in _parse(given[0], 2))
            else:
                yield from (one + two + three for two in _parse(given[0], 1) for three in _parse(given[1], 1))


@lru_cache(maxsize=FEW)
def _parse(word: str, count: int) -> tuple[_Name, ...]:
    """The ways to read a word as so many syllables."""
    if count == 1:
        one = _syllable(word)
        return ((one,),) if one else ()
    pairs = ((_syllable(word[:i]), _syllable(word[i:])) for i in range(1, len(word)))
    return tuple((one, two) for one, two in pairs if one and two)


@lru_cache(maxsize=FEW)
def _syllable(text: str) -> _Syllable | None:
    """A syllable in Latin or Cyrillic letters; None if it is none of Korean."""
    pattern, script = _scripts()["Latn" if text < _BEYOND_LATIN else "Cyrl"]
    match = pattern.fullmatch(text)
    if not match:
        return None
    initials, vowels, finals = (script[part][match[part]] for part in ("initials", "vowels", "finals"))
    if match["initials"] and match["finals"]:
        vowels = (*vowels, *script["closed"].get(match["vowels"], ()))
    return _as_syllable(initials, vowels, finals)


def _from_hangul(block: str) -> _Syllable:
    initials, vowels, finals = (_hangul()[part] for part in ("initials", "vowels", "finals"))
    initial, rest = divmod(ord(block) - _FIRST, len(vowels) * len(finals))
    vowel, final = divmod(rest, len(finals))
    return _as_syllable((initials[initial],), (vowels[vowel],), (finals[final],))


@cache
def _hangul() -> Mapping[str, list[str]]:
    """The letters of each part of a syllable."""
    rows = {row.removeprefix("Hang "): values for row, values in read_table("korean") if row.startswith("Hang ")}
    return {part: [letter.partition("=")[2] for letter in letters] for part, letters in rows.items()}


def _as_syllable(initials: tuple[str, ...], vowels: tuple[str, ...], finals: tuple[str, ...]) -> _Syllable:
    """The syllable of these letters. R and n in front of a name are left out or change places in the South."""
    frames = {f"{initial if initial not in ('r', 'n') else ''}-{final[:1]}" for initial in initials for final in finals}
    sounds = [initial + vowel + final for initial in initials for vowel in vowels for final in finals]
    southern = [sound[1:] for sound in sounds if sound[0] == "r" and sound[1] in "iy"]
    southern += ["n" + sound[1:] for sound in sounds if sound[0] == "r" and sound[1] not in "iy"]
    return _Syllable(tuple(sorted(frames)), frozenset((*sounds, *southern)))


@cache
def _scripts() -> Mapping[str, tuple[re.Pattern[str], Mapping[str, Mapping[str, tuple[str, ...]]]]]:
    """For each script, the pattern of a syllable and the sounds of its parts."""
    rows = dict(read_table("korean"))
    found: dict[str, tuple[re.Pattern[str], Mapping[str, Mapping[str, tuple[str, ...]]]]] = {}
    for script in ("Latn", "Cyrl"):
        parts: dict[str, dict[str, tuple[str, ...]]] = {}
        for part in ("initials", "vowels", "closed", "finals"):
            values = [value.partition("=") for value in rows[f"{script} {part}"]]
            parts[part] = {letters: tuple(sounds.split("/")) for letters, _, sounds in values}
        groups = (
            f"(?P<{part}>{'|'.join(sorted(parts[part], key=len, reverse=True))})"
            for part in ("initials", "vowels", "finals")
        )
        found[script] = re.compile("".join(groups)), parts
    return found


@cache
def _families() -> frozenset[str]:
    """The sounds of the family names."""
    names = dict(read_table("korean"))["surnames"]
    return frozenset(sound for name in names for one in [_syllable(name)] if one for sound in one.sounds)
