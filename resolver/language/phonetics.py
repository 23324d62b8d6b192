"""Sound keys of a romanised word: same key, same sound to a hurried ear. Weak evidence, good for finding candidates.

A key is None where it would mean nothing: too few consonants, or a word that was romanised from a script whose
romanisation does not spell sounds (Han, Arabic without vowels, Thai, Hebrew).
Why the limits: a sound key alone finds only 16 to 40 % of misspelt words, and one over two consonants puts Korean
Jang Sung and Kang Sun together.
"""

import re
from functools import lru_cache

import jellyfish

from resolver.language.romanization import fold

_MEANINGFUL = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor", None})
_VOWELS = re.compile(r"[aeiou]+")
_VOICED = str.maketrans("bdvzg", "ptfsk")


@lru_cache(maxsize=65536)
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


@lru_cache(maxsize=65536)
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


@lru_cache(maxsize=65536)
def sound_keys(latin: str, script: str | None = "Latn") -> tuple[str, ...]:
    """All sound keys of a word, each marked by its kind; Metaphone only for words that are written in Latin letters.

    >>> sound_keys("catherine"), sound_keys("li")
    (('skeleton cthrn', 'metaphone K0RN'), ())
    """
    skeleton = sound_key(latin, script)
    code = metaphone(latin, script) if script == "Latn" else None
    return (*([f"skeleton {skeleton}"] if skeleton else []), *([f"metaphone {code}"] if code else []))
