"""Names that signs set apart, whatever their words are: in quotes, with a digit in front, or the addresses of sites."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from resolver.mentions.reading import Reading, covers
from resolver.mentions.runs import is_styled
from resolver.mentions.vocabulary import is_frequent, kind_beside, plain, rows, traits

_QUOTED = re.compile(r"[«„“\"](?=[^\W_])([^«»„“”\"\n]{2,60})[»“”\"]")
_SENTENCE_SIGNS = re.compile(r"[,:;?!…]|\.\s")
_LONGEST_QUOTED = 5  # words
_LONGEST_IN_HEADING = 2
SITE_ENDING = r"\.(?:com|org|net|info|ru|ua|by|pl|cz|sk|si|bg|de|eu|tv|lt|lv|ee|it|at|hr|rs|mk)"
# The address of a site, which is also its name: trud.bg; not one with a path, of a mailbox or in a longer address.
_SITE_END = re.compile(rf"{SITE_ENDING}(?![\w@/-]|\.\w)")
_SITE_START = re.compile(r"(?<![\w@./:&=?%~+-])[a-z0-9][a-z0-9-]{1,30}\Z")
_LONGEST_SITE = 40  # signs before its ending
_NUMBERED = re.compile(
    r"(?<![\w.,:/@#-])\d(?:[A-Z](?=[A-Za-z]*[a-z])|(?=[a-z]{4}))[A-Za-z]+(?![\w/@-])"
)  # 4chan, 2Sisters


class Marked(NamedTuple):
    """A name that signs set apart, with the kind that a legal form or a noun before it tells."""

    start: int
    end: int
    kind: str | None


def quoted_names(reading: Reading) -> Iterator[Marked]:
    """Names in quotes: behind a legal form in any language, else in those that quote the names of firms and papers."""
    for match in _QUOTED.finditer(reading.text):
        before = reading.word_before(match.start())
        legal = before >= 0 and _is_legal_form(reading, before, match.start())
        beside = kind_beside(plain(reading.surfaces[before])) if before >= 0 else None
        if not legal and (reading.lang in {"en", None} or not _may_be_title(reading, match.group(1), beside)):
            continue
        start = reading.words[before].start if legal else match.start(1)
        end = match.end() if legal else match.end(1)
        if covers(reading.barred, start, end) or (not legal and not _is_short_in_heading(reading, match)):
            continue
        yield Marked(start, end, "organization" if legal else beside)


def sites(reading: Reading) -> Iterator[Marked]:
    """The addresses of sites in small letters, which texts use as names: "according to trud.bg".

    >>> text = "Writes trud.bg, not trud.bg/news nor info@trud.bg."
    >>> [text[start:end] for start, end, _ in sites(Reading(text, ()))]
    ['trud.bg']
    """
    for ending in _SITE_END.finditer(reading.text):
        start = _SITE_START.search(reading.text, max(0, ending.start() - _LONGEST_SITE), ending.start())
        if start and not covers(reading.barred, start.start(), ending.end()):
            yield Marked(start.start(), ending.end(), None)


def numbered_names(reading: Reading) -> Iterator[Marked]:
    """Names with a digit in front and letters right behind it, which are no unit or length: 4chan, not "5krat".

    >>> text = "He wrote 4chan in 2days."
    >>> [text[start:end] for start, end, _ in numbered_names(Reading(text, ()))]
    ['4chan']
    """
    for match in _NUMBERED.finditer(reading.text):
        letters = match.group()[1:]
        counted = letters.islower() and letters.startswith(tuple(rows()["counted"]))
        if not counted and not is_frequent(letters, reading.lang) and not covers(reading.barred, *match.span()):
            yield Marked(*match.span(), None)


def _is_legal_form(reading: Reading, index: int, quote: int) -> bool:
    surface = reading.surfaces[index]
    return quote - reading.words[index].end == 1 and surface.isupper() and plain(surface) in rows()["legal"]


def _is_short_in_heading(reading: Reading, quoted: re.Match[str]) -> bool:
    """Whether a quotation stands outside headings, or is no sentence there: headlines quote what people say."""
    if not covers(reading.headings, *quoted.span(1)):
        return True
    return len(quoted.group(1).split()) <= _LONGEST_IN_HEADING and not is_styled(
        reading, reading.word_before(quoted.end(1))
    )


def _may_be_title(reading: Reading, inside: str, beside: str | None) -> bool:
    found = inside.split()
    if not inside[0].isupper() or len(found) > _LONGEST_QUOTED or _SENTENCE_SIGNS.search(inside):
        return False
    first = traits(found[0], reading.lang)
    return inside[-1].isalnum() and not first.function and not (len(found) == 1 and first.generic and not beside)
