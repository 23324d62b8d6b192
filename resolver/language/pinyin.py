"""Chinese names in Cyrillic: Цзиньпин is Jinping. A word comes in, the pinyin that it stands for goes out.

The system of Palladius spells each syllable of pinyin in one way, which no romanisation by letters undoes: си is xi and
чжун is zhong. A word is read as a run of syllables; what cannot be divided into them is no Chinese name.

    pinyin_of       the readings of a Cyrillic word, whose case ending is no part of the name
    is_pinyin, pinyin_syllables     the words of Latin letters, and the syllables
    pinyin_keys     for finding candidates: n and ng are one, as the soft sign that tells them apart is often left out

Known limits: names of another system (Пекин, Гонконг) are exonyms, in places.txt; Wade-Giles is read by `chinese`.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from resolver.language.tables import read_table
from resolver.memory import FEW

_MAX_LETTERS = 18  # of a word: three of the longest syllables (чжуань); names have at most two or three
_ALIKE = str.maketrans("эыіїє", "еииие")
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=FEW)
def pinyin_of(word: str) -> frozenset[str]:
    """The pinyin that a Cyrillic word may stand for; none if it is no run of Chinese syllables.

    >>> sorted(pinyin_of("Цзиньпин")), "jinping" in pinyin_of("Цзіньпіном"), sorted(pinyin_of("Петров"))
    (['jinping'], True, [])
    >>> sorted(pinyin_of("Чэнь")), sorted(pinyin_of("Чэн"))
    (['chen'], ['cheng'])
    """
    text = word.lower().translate(_ALIKE)
    if len(text) > _MAX_LETTERS:
        return _NONE
    return frozenset(reading for base in _bases(text) for reading in _readings(base)) or _NONE


@lru_cache(maxsize=FEW)
def pinyin_keys(word: str, script: str | None) -> tuple[str, ...]:
    """What a word in Cyrillic, or in the Latin letters of pinyin, has in common with the same name in the other script.

    >>> pinyin_keys("Цзинпин", "Cyrl"), pinyin_keys("Jinping", "Latn"), pinyin_keys("Petrov", "Latn")
    (('pinyin jinpin',), ('pinyin jinpin',), ())
    """
    if script == "Cyrl":
        readings = pinyin_of(word)
    else:
        latin = word.lower()
        is_run = script == "Latn" and len(latin) <= _MAX_LETTERS and is_pinyin(latin)
        readings = frozenset((latin,)) if is_run else _NONE
    return tuple(sorted({f"pinyin {reading.replace('ng', 'n')}" for reading in readings}))


@cache
def _syllables() -> Mapping[str, frozenset[str]]:
    """Each syllable in Cyrillic letters, those that are read alike as one, with the pinyin that it may stand for."""
    rows = {row: [value.partition("=")[::2] for value in values] for row, values in read_table("palladius")}
    found: dict[str, set[str]] = {}
    for kind in ("", "soft "):
        for initial, first in rows[f"{kind}initials"]:
            for final, rest in rows[f"{kind}finals"]:
                found.setdefault((initial + final).translate(_ALIKE), set()).add(first + rest)
    for whole, latin in rows["whole"]:
        found.setdefault(whole.translate(_ALIKE), set()).add(latin)
    return {syllable: frozenset(latin) for syllable, latin in found.items()}


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    """The endings of cases, each with what it takes the place of: нь gives up its soft sign."""
    rows = dict(read_table("palladius"))
    pairs = [(ending, "н") for ending in rows["endings"]] + [(ending, "нь") for ending in rows["soft endings"]]
    return tuple(sorted({("н" + ending.translate(_ALIKE), base) for ending, base in pairs}))


def _bases(word: str) -> Iterator[str]:
    """The word, and what it may be a case form of."""
    yield word
    for ending, base in _endings():
        if word.endswith(ending):
            yield word.removesuffix(ending) + base


@lru_cache(maxsize=FEW)
def _readings(word: str) -> frozenset[str]:
    """The pinyin of a run of syllables, in every way to divide it."""
    known = _syllables()
    found = set(known.get(word, _NONE))
    for end in range(1, min(len(word), 7)):
        if word[:end] in known:
            found.update(first + rest for rest in _readings(word[end:]) for first in known[word[:end]])
    return frozenset(found) or _NONE


@cache
def pinyin_syllables() -> frozenset[str]:
    """The syllables of pinyin, without tones and marks."""
    return frozenset().union(*_syllables().values())


@lru_cache(maxsize=FEW)
def is_pinyin(latin: str) -> bool:
    """Whether a word of small Latin letters is a run of syllables of pinyin.

    >>> is_pinyin("zedong"), is_pinyin("tse"), is_pinyin("tung")
    (True, False, False)
    """
    known, ends = pinyin_syllables(), range(1, min(len(latin), 6) + 1)
    return any(latin[:end] in known and (end == len(latin) or is_pinyin(latin[end:])) for end in ends)
