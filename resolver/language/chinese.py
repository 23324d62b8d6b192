"""Chinese names in another spelling than pinyin: Mao Tse-tung, Si Ťin-pching, Си Цзиньпин.

A name comes in as written, and what goes out are the keys of the pinyin that it may stand for. Wade-Giles, and what
Czech and Slovak newspapers write, give each syllable a word of its own, so a name is read as a whole.

Known limits: one syllable alone (Si, Hsi) may be anything and is not read; what Cantonese and other tongues spell
(Chiang Kai-shek) has no pinyin; Czech without its marks is not Czech.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, product

from resolver.language.pinyin import is_pinyin, pinyin_of, pinyin_syllables
from resolver.language.romanization import fold
from resolver.language.tables import read_table
from resolver.memory import FEW

_SYSTEMS = ("Wade-Giles", "Czech")
_MIN_WORDS, _MAX_WORDS = 2, 4
_MAX_READINGS = 64  # of a name: three syllables of Wade-Giles without its apostrophes
_LATIN = re.compile("[a-zčšťžüěův']{1,10}")
_CYRILLIC = re.compile("[Ѐ-ԯ]{1,18}")
_GAPS = re.compile("[ ‐-]+")  # the hyphen of a given name is a gap as well
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘`ʻ", "'"))
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=FEW)
def chinese_keys(name: str) -> tuple[str, ...]:
    """The keys of the pinyin that a name may stand for, with the family in front, sorted; none if it is in pinyin.

    >>> all("maozedonh" in chinese_keys(name) for name in ("Mao Tse-tung", "Mao Ce-tung", "Мао Цзэдун"))
    True
    >>> chinese_keys("Mao Zedong"), chinese_keys("Jean-Luc")
    ((), ())
    """
    words = _GAPS.split(name.casefold().translate(_APOSTROPHES))
    if not _MIN_WORDS <= len(words) <= _MAX_WORDS:
        return ()
    if all(map(_CYRILLIC.fullmatch, words)):
        found = set(_readings([pinyin_of(word) for word in words]))
    elif all(map(_LATIN.fullmatch, words)) and ("-" in name or not all(map(is_pinyin, words))):
        found = {reading for system in _SYSTEMS for reading in _readings([_read(word, system) for word in words])}
    else:
        return ()
    return tuple(sorted(map(fold, found)))


def _readings(words: list[frozenset[str]]) -> Iterator[str]:
    """The pinyin of a name in one word, as its words stand and with the last one, a family behind, in front."""
    if all(words):
        for way in islice(product(*map(sorted, words)), _MAX_READINGS):
            yield "".join(way)
            yield "".join((way[-1], *way[:-1]))


@lru_cache(maxsize=FEW)
def _read(word: str, system: str) -> frozenset[str]:
    """The pinyin of a word of Latin letters in a system, whose case ending is no part of it."""
    syllables, endings = _systems()[system]
    found = syllables.get(word, _NONE)
    for ending in endings:
        base = word.removesuffix(ending)
        if base != word and base.endswith(("n", "g")):
            found |= syllables.get(base, _NONE)
    return found


@cache
def _systems() -> Mapping[str, tuple[Mapping[str, frozenset[str]], tuple[str, ...]]]:
    """For each system, the pinyin of each of its syllables, and the endings of cases."""
    rows = dict(read_table("chinese"))
    found = {}
    for system in _SYSTEMS:
        initials, finals, whole = (_pairs(rows[f"{system} {part}"]) for part in ("initials", "finals", "whole"))
        known = {syllable: {syllable} for syllable in pinyin_syllables()} if system == "Wade-Giles" else {}
        for letters, ways in whole:
            known.setdefault(letters, set()).update(ways)
        for (initial, first), (final, rest) in product(initials, finals):
            meant = pinyin_syllables().intersection(a + b for a in first for b in rest)
            if meant:
                known.setdefault(initial + final, set()).update(meant)
        found[system] = {word: frozenset(meant) for word, meant in known.items()}, rows.get(f"{system} endings", ())
    return found


def _pairs(row: Iterable[str]) -> list[tuple[str, list[str]]]:
    return [(letters, ways.split("/")) for letters, _, ways in (value.partition("=") for value in row)]
