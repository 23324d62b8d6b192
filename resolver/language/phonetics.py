"""Sound keys of a romanised word: same key, same sound to a hurried ear. Weak evidence, good for finding candidates.

    sound_key, metaphone      the consonants of a word, and its code to an English ear: for finding candidates
    has_english_vowels        Austin is Остин, and Biden is Байдън
    differ_in_near_vowels     Osama, Usama: by stress, scheme or language
    is_heard_as               Jackson is Джексон: foreign names that Cyrillic spells by their sound
    sound_keys                all of them; of a word in Arabic or Hebrew script, which leaves vowels out, what is heard

A key is None where it would mean nothing: too few consonants, or a word that was romanised from a script whose
romanisation does not spell sounds (Han, Arabic without vowels, Thai, Hebrew).
Why the limits: a sound key alone finds only 16 to 40 % of misspelt words, and one over two consonants puts Korean
Jang Sung and Kang Sun together.
"""

import re
from functools import cache, lru_cache
from itertools import islice, product

import jellyfish

from resolver.language.abjads import ARTICLE
from resolver.language.romanization import fold
from resolver.language.tables import read_table
from resolver.memory import FEW

_MEANINGFUL = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor", None})
_VOWELS = re.compile(r"[aeiou]+")
_VOICED = str.maketrans("bdvzg", "ptfsk")
# Vowels that change within one name, by stress, scheme or language: Лазарев, Лазарэў; Львов, Львів; Osama, Usama.
_NEAR_VOWELS = ("ei", "ea", "ao", "ou", "io")
# What two vowels of English beside each other may be heard as, by the first letter that Cyrillic writes.
_ENGLISH_PAIRS = {"au": "oa", "ea": "ie", "ee": "i", "ei": "aei", "ey": "aei", "oa": "o", "oo": "u", "ou": "aou"}
_LONG_VOWELS = frozenset({"i ay", "i ai", "y ay", "y ai", "a ey", "a ei", "u yu", "u iu"})  # Latin, heard
_SPOKEN_VOWELS = re.compile(r"[aeiouy]+")
_NO_VOWELS = str.maketrans("", "", "aeiouy")
_SILENT_H = re.compile(r"(?<=[aeiou])h(?![aeiouy])")  # John, Kohl
_SILENT_E = re.compile(r"(?<=[^aeiouy])e$")  # Brake, Sharpe
_SLAVIC_LATIN = re.compile("cz|sz|rz")  # Polish is not read as English
_ENDING = re.compile(r"(?<=.[^aeiouy])'?(?:i?[oe]m|[oe]vi)$")  # of an instrumental or a dative
_DOUBLED = re.compile(r"(.)\1+")
_HEARD = frozenset({"Latn", "Cyrl", "Arab", "Hebr"})
_NONE: frozenset[str] = frozenset()
_MIN_HEARD = 3  # consonants that two words must have in common: with fewer, half the world sounds alike
_MAX_READINGS = 16  # of one word, by its letters of several sounds


@lru_cache(maxsize=FEW)
def sound_key(latin: str, script: str | None = "Latn") -> str | None:
    """The consonant skeleton of a romanised word with voiced and voiceless as one, after its first letter.

    >>> sound_key("brechalov"), sound_key("brechaloff"), sound_key("prechalow")
    ('prclf', 'prclf', 'prclf')
    >>> sound_key("osa") is None, sound_key("mhmd", "Arab") is None
    (True, True)
    """
    if script not in _MEANINGFUL or len(latin) < 5:
        return None
    key = fold(latin)
    head = "" if key[0] in "aeiou" else key[0]
    skeleton = (head + _VOWELS.sub("", key[1:])).translate(_VOICED)
    return skeleton if len(skeleton) >= 3 else None


@lru_cache(maxsize=FEW)
def metaphone(latin: str, script: str | None = "Latn") -> str | None:
    """The Metaphone code (Philips 1990, by jellyfish) of a romanised word of five letters or more, else None.

    >>> metaphone("schwarz") == metaphone("shvarts"), metaphone("li") is None
    (False, True)
    >>> metaphone("catherine") == metaphone("katherine")
    True
    """
    if script not in _MEANINGFUL or len(latin) < 5:
        return None
    return jellyfish.metaphone(latin) or None


@lru_cache(maxsize=FEW)
def sound_keys(latin: str, script: str | None = "Latn") -> tuple[str, ...]:
    """All sound keys of a word, each marked by its kind; Metaphone only for words that are written in Latin letters.

    >>> sound_keys("catherine"), sound_keys("li")
    (('skeleton cthrn', 'metaphone K0RN', 'heard ktrn'), ())
    """
    skeleton = sound_key(latin, script)
    code = metaphone(latin, script) if script == "Latn" else None
    heard = (f"heard {key}" for key in sorted(_heard(latin, script)))
    return (*([f"skeleton {skeleton}"] if skeleton else []), *([f"metaphone {code}"] if code else []), *heard)


def is_heard_as(latin: str, script: str | None, other: str, other_script: str | None) -> bool:
    """Whether one of two romanised words is the other in Cyrillic, spelt by the sound of an English or German name.

    The consonants agree in one of their readings, and each vowel is one that the other may be heard as.

    >>> is_heard_as("jackson", "Latn", "dzhekson", "Cyrl"), is_heard_as("hoover", "Latn", "khuver", "Cyrl")
    (True, True)
    >>> is_heard_as("jackson", "Latn", "dzhons", "Cyrl"), is_heard_as("potanin", "Latn", "putin", "Cyrl")
    (False, False)
    """
    if {script, other_script} != {"Latn", "Cyrl"}:
        return False
    mine, cyrillic = (latin, other) if script == "Latn" else (other, latin)
    return any(_is_heard_so(mine, form) for form in (cyrillic, *without_ending(cyrillic, "Cyrl")))


def without_ending(latin: str, script: str | None) -> tuple[str, ...]:
    """A romanised Cyrillic word without the ending of an instrumental or dative that it may have: Джонсоном.

    >>> without_ending("dzhonsonom", "Cyrl"), without_ending("dzhonson", "Cyrl")
    (('dzhonson',), ())
    """
    base = _ENDING.sub("", latin) if script == "Cyrl" else latin
    return (base,) if base != latin else ()


def _is_heard_so(latin: str, cyrillic: str) -> bool:
    if _heard(latin, "Latn").isdisjoint(_heard(cyrillic, "Cyrl")):
        return False
    if _starts_with_vowel(latin) != _starts_with_vowel(cyrillic) and "w" not in (latin[0], cyrillic[0]):
        return False
    return _agree_in_vowels(latin, cyrillic)


def has_english_vowels(latin: str, cyrillic: str, written: str) -> bool:
    """Whether a romanised Cyrillic word has other vowels than a Latin one only where an English ear explains them.

    That is where English writes two letters or hears two (Austin, Остин; Biden, Байден), and where Bulgarian has its ъ,
    which stands for any (Байдън).

    >>> has_english_vowels("austin", "ostin", "Остин"), has_english_vowels("austin", "ustin", "Устин")
    (True, False)
    """
    mine, heard = _SPOKEN_VOWELS.findall(_SILENT_E.sub("", latin)), _SPOKEN_VOWELS.findall(cyrillic)
    if len(mine) != len(heard):
        return False
    any_vowel = "a" if "ъ" in written.lower() else None
    return all(
        a == b or b[0] in _ENGLISH_PAIRS.get(a, "") or f"{a} {b}" in _LONG_VOWELS or b == any_vowel
        for a, b in zip(mine, heard, strict=True)
    )


def differ_in_near_vowels(key: str, other: str) -> bool:
    """Whether two folded words are one but for vowels that stand for each other.

    >>> differ_in_near_vowels("osama", "usama"), differ_in_near_vowels("hafur", "hafar")
    (True, False)
    """
    if len(key) != len(other) or _VOWELS.sub("", key) != _VOWELS.sub("", other):
        return False
    return all(a == b or any(a in near and b in near for near in _NEAR_VOWELS) for a, b in zip(key, other, strict=True))


@cache
def _readings(script: str) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """The sequences of letters of a script that have a sound of their own, and the consonants they may stand for."""
    rules = (rule.partition("=") for row, listed in read_table("sounds") if row == script for rule in listed)
    sounds = {letters: tuple(heard.translate(_NO_VOWELS).split("/")) for letters, _, heard in rules}
    return re.compile(f"({'|'.join(sorted(sounds, key=len, reverse=True))})"), sounds


@lru_cache(maxsize=FEW)
def _heard(latin: str, script: str | None) -> frozenset[str]:
    """The consonants of a romanised word as they may be heard, one string a reading; none if they are too few."""
    latin = latin.lower()
    if script not in _HEARD or (script == "Latn" and _SLAVIC_LATIN.search(latin)):
        return _NONE
    if script == "Arab" and latin.startswith(ARTICLE):
        return _heard_in(latin, script) | _heard_in(latin.removeprefix(ARTICLE), script)
    return _heard_in(latin, script)


def _heard_in(latin: str, script: str) -> frozenset[str]:
    pattern, sounds = _readings(script)
    word = _SILENT_H.sub("", latin) if script == "Latn" and "h" in latin else latin
    ways = [sounds.get(piece) or (piece.translate(_NO_VOWELS),) for piece in pattern.split(word)]
    spoken = {"".join(reading) for reading in islice(product(*ways), _MAX_READINGS)}
    return frozenset(key for key in (_DOUBLED.sub(_once, heard) for heard in spoken) if len(key) >= _MIN_HEARD) or _NONE


def _once(doubled: re.Match[str]) -> str:
    return doubled[1]


def _agree_in_vowels(latin: str, cyrillic: str) -> bool:
    """Whether the vowels of a word may be heard as those of a Cyrillic one.

    An e behind another vowel may be silent (James, Джеймс), Mc is heard with a vowel (Макдональд), and a vowel more at
    the end of either is a case ending (Байдена).
    """
    mine, heard = _SPOKEN_VOWELS.findall(_SILENT_E.sub("", latin)), _SPOKEN_VOWELS.findall(cyrillic)
    if len(mine) == len(heard) + 1:
        ending = len(mine) - 1 if _ends_with_vowel(latin) else None
        silent = (i for i, vowels in enumerate(mine) if i and ("e" in vowels or i == ending))
        return any(all(map(_may_be_heard, mine[:i] + mine[i + 1 :], heard)) for i in silent)
    if len(mine) + 1 == len(heard):
        if latin.startswith("mc"):
            heard = heard[1:]
        elif _ends_with_vowel(cyrillic):
            heard = heard[:-1]
    return len(mine) == len(heard) and all(map(_may_be_heard, mine, heard))


def _may_be_heard(vowels: str, heard: str) -> bool:
    return len(vowels) > 1 or "y" in heard or heard[0] in _heard_vowels()[vowels]


@cache
def _heard_vowels() -> dict[str, frozenset[str]]:
    """What each vowel may be heard as."""
    rules = (rule.partition("=") for row, listed in read_table("sounds") if row == "vowels" for rule in listed)
    return {vowel: frozenset(heard.split("/")) for vowel, _, heard in rules}


def _starts_with_vowel(latin: str) -> bool:
    return latin[0] in "aeiouy"


def _ends_with_vowel(latin: str) -> bool:
    return latin[-1] in "aeiouy"
