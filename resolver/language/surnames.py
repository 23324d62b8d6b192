"""Slavic surnames that exist, and which spellings are of one: Volkov and Volchkov are two, and neither a misspelling.

are_two_surnames, is_surname   whether the table holds folded words; it is read when it is first asked, which is when
                               two surnames differ as slips of the pen do
is_surname_form                whether one in Latin letters may be a case form of another as they are written
without_habits                 a surname without what languages and schemes write differently in it
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from unidecode import unidecode

from resolver.language.inflection import is_spelt_so
from resolver.language.romanization import fold, romanize
from resolver.language.tables import read_table
from resolver.memory import FEW

# Endings that are cut: of a woman's name beside a man's, and of cases that no other surname ends in.
_FORM = re.compile("(?<=[eo]v|in)(?:a|u|e|im|om|oi|oiu)$|(?<=sk)(?:aia|a|oho|omu|im|u|oi|uiu)$")

# What languages write differently in one surname, behind the fold. East Slavic: Морозов, Марозаў; Демидов, Дзямідаў;
# Пономарьов, Пономарев; Лихачёв, Лихачов; Полянская, Полянська. German: Jelzin, Yeltsin; Mueller, Müller. Persian:
# Raisi, Raeisi. Indian: Gandhi, Ганди.
_SURNAME_HABITS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("[aeo]u$", "ov"),
        ("dz(?=[ie])", "d"),
        ("io", "e"),
        ("(?<=[csz])o(?=v)", "e"),
        ("i(?=[aeu])", ""),
        ("(?<=[lnr])z", "c"),
        ("(?<=[^aeiouhkq])([aou])e(?=[^aeiouv])", r"\1"),
        ("aei", "ai"),
        ("(?<=[bdkpt])h", ""),
    )
)
_NO_CASES = frozenset({"ei", "eo", "ie", "io"})  # last letter of a surname, and what no case of it has for it
# Languages of a genitive in a bare s (Angela Merkels Rede), or that end foreign names in one (Marks Blats).
WITH_BARE_S = frozenset({"da", "de", "lt", "lv", "nb", "nl", "nn", "no", "sv"})
_DOUBLED = re.compile(r"(.)\1+")


def are_two_surnames(key: str, other: str) -> bool:
    """Whether two folded words are surnames that exist beside each other, no spellings of one.

    >>> [are_two_surnames("volkov", other) for other in ("volckov", "volkova", "vulkof")]
    [True, False, False]
    """
    mine, others = _names_of(key), _names_of(other)
    return bool(mine and others) and mine.isdisjoint(others)


def is_surname(key: str) -> bool:
    """Whether a folded word is a surname that exists, or a form of one.

    >>> is_surname("bohdanov"), is_surname("bohdan")
    (True, False)
    """
    return bool(_names_of(key))


def is_surname_form(text: str, other: str, lang: str | None) -> bool:
    """Whether a surname in Latin letters may be a case form of another one as they are written, marks or no marks.

    No single vowel takes the place of another in any case, and a bare s makes another surname in English. What stands
    behind an apostrophe is an ending: Wallace'em.

    >>> [is_surname_form(form, "Wood", None) for form in ("Woodem", "Woods")]
    [True, False]
    >>> is_surname_form("Conti", "Conte", "pl"), is_surname_form("Reyes", "Reese", None)
    (False, False)
    >>> is_surname_form("Čaputovej", "Caputova", "sk")
    True
    """
    mine, base = text.lower(), other.lower()
    if mine[:-1] == base[:-1] and base[-1] + mine[-1] in _NO_CASES:
        return False
    if mine == f"{base}s" and lang not in WITH_BARE_S:
        return False
    if "’" in text or "'" in text:
        return True
    return _is_spelt_so(text, romanize(text) or mine, romanize(other) or base, lang) or _is_spelt_so(
        text, unidecode(mine), unidecode(base), lang
    )


def _is_spelt_so(text: str, latin: str, other: str, lang: str | None) -> bool:
    return is_spelt_so(text, latin, fold(latin), other, fold(other), lang)


def _names_of(key: str) -> frozenset[int]:
    """The surnames, by their number, that a folded word is, or is a form of, as a woman's is of a man's."""
    base = _FORM.sub("", key)
    forms = (key, base, base + "i")
    return frozenset(_surnames()[form] for form in forms if form in _surnames())


@cache
def _surnames() -> Mapping[str, int]:
    names = [name for _, row in read_table("surnames") for name in row]
    return {key: number for number, name in enumerate(names) for key in name.split("=")}


@lru_cache(maxsize=FEW)
def without_habits(key: str) -> str:
    """The key of a surname without what East Slavic languages and their schemes write differently.

    >>> without_habits("marozau"), without_habits("dziamidau"), without_habits("obolenskaia")
    ('marozev', 'damidov', 'obolenska')
    """
    for pattern, replacement in _SURNAME_HABITS:
        key = pattern.sub(replacement, key)
    return _DOUBLED.sub(r"\1", key)
