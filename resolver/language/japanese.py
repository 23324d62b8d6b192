"""Japanese names in Cyrillic: Синдзо is Shinzo. A word comes in, its spelling by Hepburn goes out.

The system of Polivanov hears si and ti where that of Hepburn hears shi and chi, which no romanisation undoes. A word is
read as a run of syllables; what cannot be divided into them is no Japanese name. Nor is what ends as Russian surnames
do: Мисин is not Мишин.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from resolver.language.romanization import romanize
from resolver.language.tables import read_table
from resolver.memory import FEW

_MAX_LETTERS = 18  # of a word
_RUSSIAN = re.compile("[иі]н(?:а|у|е|о[йю]|ы[мх]?|[иі]?м)?$")


@lru_cache(maxsize=FEW)
def hepburn_of(word: str) -> str | None:
    """How Hepburn spells a Japanese word in Cyrillic letters; None if it is none, or spelt letter by letter.

    >>> hepburn_of("Синдзо"), hepburn_of("Дзюнъитиро"), hepburn_of("Цутия")
    ('shinzo', 'junichiro', 'tsuchiya')
    >>> hepburn_of("Суга") is None, hepburn_of("Петров") is None
    (True, True)
    """
    pattern, differing, syllables = _tables()
    text = word.lower()
    if len(text) > _MAX_LETTERS or not differing.search(text) or _RUSSIAN.search(text) or not pattern.fullmatch(text):
        return None
    latin = differing.sub(lambda found: syllables[found[0]], text)
    return romanize(latin.replace("ъ", "").replace("х", "h"))


@cache
def _tables() -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, str]]:
    """The pattern of a word, that of the syllables that are spelt otherwise, and their spellings."""
    rows = dict(read_table("japanese"))
    syllables = {cyrillic: latin for cyrillic, _, latin in (value.partition("=") for value in rows["syllables"])}
    differing = "|".join(sorted(syllables, key=len, reverse=True))
    others = f"(?:{'|'.join(rows['consonants'])})?(?:{'|'.join(rows['vowels'])})"
    doubled = r"([кпст])(?=\1)"
    word = f"(?:{differing}|{others}|{'|'.join(rows['alone'])}|{doubled})+"
    return re.compile(word), re.compile(differing), syllables
