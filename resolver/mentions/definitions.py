"""Acronyms that a text defines: "Centre for Countering Disinformation (CCD)", "charge-coupled device (CCD)".

The words in front of a parenthesis define the acronym in it if their initials spell it, read backwards from the
parenthesis, as in Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text"
(2003), but by initials alone: it is names that are looked for. Small words (of, for, і, по) may be passed over, and so
may the hyphen inside a word. Known limits: a definition in another script or language than its acronym, one behind the
acronym, and syllables (Минобороны).
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BEFORE = 160  # characters in front of a parenthesis that are read for a definition
_ACRONYM = re.compile(r"[(\[][\"«„“]?([^\W\d_]{2,10})[\"»”“]?[)\]]")
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"[.!?;:()\[\]\n]")
_SMALL = 4  # letters of a word in small letters that may be passed over


class Definition(NamedTuple):
    """What a text says that an acronym stands for: `text[start:end]`."""

    acronym: str
    start: int
    end: int
    text: str


def definitions(text: str) -> list[Definition]:
    """The definitions of acronyms in a text, in order.

    >>> found = definitions("The Defense Innovation Unit (DIU) is new. Служба безпеки України (СБУ) діє з 1992 (див.).")
    >>> [(each.acronym, each.text) for each in found]
    [('DIU', 'Defense Innovation Unit'), ('СБУ', 'Служба безпеки України')]
    >>> definitions("Sam (US), the Union (EU)")
    []
    """
    return list(_definitions(text))


def _definitions(text: str) -> Iterator[Definition]:
    for match in _ACRONYM.finditer(text):
        acronym = match.group(1)
        if not acronym.isupper():
            continue
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        words = list(_WORD.finditer(_END.split(before)[-1].rstrip()))
        first = _spelt(acronym.casefold(), [word.group() for word in words])
        if first is not None:
            end = match.start() - (len(before) - len(before.rstrip()))
            start = end - (words[-1].end() - words[first].start())
            yield Definition(acronym, start, end, text[start:end])


def _spelt(letters: str, words: Sequence[str]) -> int | None:
    """The first of the words at the end of a phrase whose initials spell the letters; None if they do not."""
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and words[at][0].casefold() != letter and _is_small(words[at]):
            at -= 1
        if at < 0 or words[at][0].casefold() != letter:
            return None
    return at


def _is_small(word: str) -> bool:
    return word.islower() and len(word) < _SMALL
