"""Numbers and designations: what comes in is a word of a name, what goes out is its normal form, or None.

A different number is a different thing, so normal forms are compared for equality and never fuzzily:

1. Cyrillic letters are romanised: М2Э is M2E, С-300 is S-300, Ту-22М3 is Tu-22M3. That is how designations are
   translated in practice; by look-alikes С-300 would become C-300. A lone Latin x or c, which people type for Х and С,
   counts as kh or s, so that X-101 is Kh-101 and C-300 is S-300; Cy and Ty in front of digits are the Su and Tu of
   aeroplanes, and Ch is the Polish and Czech Kh.
2. Hyphens, dots and slashes are dropped, except between two digits: F-16 is F16, but 11-12 is not 1112.
3. Ordinal endings and number signs are dropped: 155-я, 155th, №155. Leading zeros too: unit 03 is unit 3.
4. A Roman numeral in capitals, of two letters or more, is its number: II is 2. Only I, V and X count, since MI, CD and
   LI are more often names.
5. An ordinal in words is its number, by the table ordinals.txt: Third Brigade is 3rd Brigade.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from resolver.language.lexicon import keys_of
from resolver.language.romanization import repair_homoglyphs, romanize
from resolver.language.tables import read_table
from resolver.memory import FEW

_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_ROMAN_LETTERS = "IVXІХ"
_CYRILLIC_ROMAN = str.maketrans("ІХ", "IX")
_NUMBER_SIGN = re.compile(r"^(?:№|#|[Nn][Oo]\.?(?=\s*\d)|[Nn]°|[Nn]º)\s*")
# Endings of ordinals: English; Russian, Ukrainian, Belarusian, Bulgarian. Without a hyphen only those that cannot be
# a letter of a designation or of a house number: 9м and 2а keep theirs.
_ORDINAL = re.compile(
    r"(\d+)(?:st|nd|rd|th|ST|ND|RD|TH|[-‐‑–]?(?:й|я|ая|ый|ий|ой|го|ого|му|ому|та|ма|ша|га|тя|ої|ту|му|ти|ри|то|ят)"
    r"|[-‐‑–](?:е|ое|а|у|ю|м|ом|х|их|ых|ї|і|те))"
)
_SEPARATOR = re.compile(r"[\W_]+")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_LONE_X = re.compile(r"(?<![a-z])x(?![a-z])")
_LONE_C = re.compile(r"(?<![a-z])c(?![a-z])")
_POLISH_KH = re.compile(r"\bCh(?=\W?\d)")  # the helicopter CH-47 has two capitals
_LOOKS_LIKE_U = re.compile(r"^[ct]y(?=\d)")
_SU_AND_TU = {"cy": "su", "ty": "tu"}


@lru_cache(maxsize=FEW)
def designator(word: str) -> str | None:
    """The normal form of a word that holds a digit or is a Roman numeral in capitals; None for any other word.

    >>> designator("А1"), designator("9К33"), designator("155-я"), designator("№5"), designator("II")
    ('a1', '9k33', '155', '5', '2')
    >>> designator("F-16") == designator("f16"), designator("С-300"), designator("М2Э"), designator("01")
    (True, 's300', 'm2e', '1')
    >>> designator("Ch-101"), designator("CH-47"), designator("Cy-34")
    ('kh101', 'ch47', 'su34')
    >>> designator("Kupol"), designator("I"), designator("MI"), designator("Xi")
    (None, None, None, None)
    """
    text = repair_homoglyphs(word.strip())
    if text.isalpha() or not any(map(str.isdigit, text)):
        return _roman(text)
    text = _POLISH_KH.sub("Kh", _NUMBER_SIGN.sub("", text))
    ordinal = _ORDINAL.fullmatch(text)
    parts = [romanize(part) or "" for part in _SEPARATOR.split(ordinal[1] if ordinal else text)]
    joined = _LEADING_ZEROS.sub("", _join(part for part in parts if part))
    joined = _LOOKS_LIKE_U.sub(lambda letters: _SU_AND_TU[letters[0]], joined)
    return _LONE_C.sub("s", _LONE_X.sub("kh", joined)) or None


def is_ordinal(word: str) -> bool:
    """Whether a number is written as an ordinal: 58-ма, 3rd, but not F-16 or 11-12.

    >>> is_ordinal("58-ма"), is_ordinal("3rd"), is_ordinal("11-12"), is_ordinal("58")
    (True, True, False, False)
    """
    return _ORDINAL.fullmatch(word) is not None


@cache
def _ordinals() -> Mapping[str, str]:
    return {key: number for number, words in read_table("ordinals") for key in keys_of(words)}


def ordinal(key: str) -> str | None:
    """The number that a folded word says, or None: третья of the Third Brigade is 3.

    >>> ordinal("third"), ordinal("tretia"), ordinal("friend")
    ('3', '3', None)
    """
    return _ordinals().get(key)


@cache
def ordinal_initials(number: str) -> tuple[str, ...]:
    """The folded letters that an ordinal in words may give to an acronym in Cyrillic; none for another number.

    >>> ordinal_initials("1"), ordinal_initials("2"), ordinal_initials("155")
    (('p',), ('v', 'd'), ())
    """
    words = dict(read_table("ordinals")).get(number, ())
    return tuple(dict.fromkeys(key[0] for key in keys_of([word for word in words if "Ѐ" <= word[0] <= "ԯ"])))


def _join(parts: Iterable[str]) -> str:
    """The parts in one word; a hyphen stays where two digits would run into one number."""
    joined = ""
    for part in parts:
        joined += "-" * (joined[-1:].isdigit() and part[0].isdigit()) + part
    return joined


def _roman(text: str) -> str | None:
    if len(text) < 2 or text[0] not in _ROMAN_LETTERS:
        return None
    numeral = text.translate(_CYRILLIC_ROMAN)
    if not _ROMAN.fullmatch(numeral):
        return None
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    pairs = zip(values, (*values[1:], 0), strict=True)
    return str(sum(-value if value < following else value for value, following in pairs))
