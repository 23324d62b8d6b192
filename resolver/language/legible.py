"""A text as its reader sees it: character references decoded, words that a line end divides in one piece.

1. `&nbsp;`, `&#39;` and their like become the signs that they stand for, once: `&amp;lt;` is `&lt;`.
2. A hyphen between small letters at the end of a line divides a word, and goes with the line end: Gar-⏎piya. So does
   a soft hyphen.
3. Any other hyphen at the end of a line belongs to the word, and only the line end goes: Warszawa-⏎Modlin, F-⏎16. So
   it is where the word goes on with another hyphen: Rostov-⏎on-Don.

Offsets of what is found map back to the text as it came in. Time is linear in the text; one that holds neither costs a
few searches for single signs.
Known limits: GAR-⏎PIYA in capitals keeps its hyphen, and Bielsko-⏎biała, if somebody wrote it so, would lose it.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from typing import NamedTuple

_REFERENCE = r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_HYPHENS = ("-", "\u2010", "\u2011")
_SOFT_HYPHEN = "\u00ad"
_LINE_END = rf"[{''.join(_HYPHENS)}{_SOFT_HYPHEN}]\r?\n[ \t]{{0,16}}+(?=[^\W_])"
_DIVISIONS = tuple(f"{sign}{end}" for sign in (*_HYPHENS, _SOFT_HYPHEN) for end in "\r\n")
_EDITED = re.compile(f"{_REFERENCE}|{_LINE_END}")
_LETTERS = re.compile(r"[^\W\d_]*+")


class _Edit(NamedTuple):
    """What stands at start..end of a legible text stands at first..last of the original one."""

    start: int
    end: int
    first: int
    last: int


class Legible(NamedTuple):
    """A legible text, and where it differs from the original one."""

    text: str
    edits: tuple[_Edit, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that a span of the legible one stands for: whole references, whole hyphens."""
        if not self.edits:
            return start, end
        before = bisect_right(self.edits, start, key=_start) - 1
        inside = bisect_left(self.edits, end, key=_start) - 1
        return (
            _moved(start, self.edits[before], self.edits[before].first) if before >= 0 else start,
            _moved(end, self.edits[inside], self.edits[inside].last) if inside >= 0 else end,
        )


def legible(text: str, *, hyphenated: Container[str] = ()) -> Legible:
    """The text with references decoded and divided words joined; a part in `hyphenated` stays behind its hyphen.

    >>> made = legible("Aleksandr&nbsp;Brechalov's Gar-\\npiya, Kyiv-\\nbased", hyphenated={"based"})
    >>> made.text, made.original(22, 29)
    ("Aleksandr\\xa0Brechalov's Garpiya, Kyiv-based", (27, 36))
    """
    is_one_line = "\n" not in text and "\r" not in text
    if "&" not in text and (is_one_line or not any(division in text for division in _DIVISIONS)):
        return Legible(text)
    pieces: list[str] = []
    edits: list[_Edit] = []
    length = done = 0
    for match, sign in _changes(text, hyphenated):
        pieces += text[done : match.start()], sign
        length += match.start() - done
        edits.append(_Edit(length, length + len(sign), match.start(), match.end()))
        length += len(sign)
        done = match.end()
    pieces.append(text[done:])
    return Legible("".join(pieces), tuple(edits))


def _changes(text: str, hyphenated: Container[str]) -> Iterator[tuple[re.Match[str], str]]:
    """What is to be replaced in a text, in order, and by which signs."""
    for match in _EDITED.finditer(text):
        if match.group()[0] == "&":
            sign = html.unescape(match.group())
            if sign != match.group():
                yield match, sign
        elif match.start() and text[match.start() - 1].isalnum():
            yield match, "" if _is_divided(text, match, hyphenated) else match.group()[0]


def _is_divided(text: str, line_end: re.Match[str], hyphenated: Container[str]) -> bool:
    """Whether the hyphen at a line end is there for the line end alone."""
    if line_end.group()[0] == _SOFT_HYPHEN:
        return True
    if not text[line_end.start() - 1].islower() or not text[line_end.end()].islower():
        return False
    rest = _LETTERS.match(text, line_end.end())
    return rest is not None and rest.group() not in hyphenated and not text.startswith(_HYPHENS, rest.end())


def _moved(position: int, edit: _Edit, inside: int) -> int:
    """Where a position stands in the original text: behind an edit, or, if it lies in one, at the place `inside`."""
    return inside if position < edit.end else edit.last + position - edit.end


def _start(edit: _Edit) -> int:
    return edit.start
