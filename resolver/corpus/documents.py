"""The values of a corpus: a `Document`, or an `Unreadable` that says why there is none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

ID_LENGTH = 500  # far above any path in use; an id is repeated with every mention of its document
# Characters of a name that a row states: ten thousand spans of a long text would be more than any disk holds.
SPAN_LENGTH = 1_000
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")


@dataclass(frozen=True, slots=True)
class Document:
    """One text to audit. Offsets of its mentions are code points in `text`.

    lang    ISO 639 code of the text if the source states one
    spans   (start, end) of its names in text order, if another program has found them; else they are looked for
    date    the ISO day on which it was published, if the source or the name of the file states one
    """

    id: str
    text: str
    lang: str | None = None
    spans: tuple[tuple[int, int], ...] | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that could not be read, and why."""

    id: str
    reason: str


def clean_id(name: str) -> str:
    r"""The name as an id: one line of valid Unicode, bytes that are none written as escapes.

    >>> clean_id("caf\udce9\n1.txt")
    'caf\\udce9 1.txt'
    """
    valid = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return _CONTROL.sub(" ", valid).strip()[:ID_LENGTH]


def clean_language(value: object) -> str | None:
    """The language of a tag such as "uk-UA", in lower case; None if it is no language tag.

    >>> clean_language("uk-UA"), clean_language("Ukrainian"), clean_language(None)
    ('uk', None, None)
    """
    match = _LANGUAGE.fullmatch(value) if isinstance(value, str) else None
    return match[1].lower() if match else None


def clean_date(value: object) -> str | None:
    """The ISO day that a text begins with, None if it begins with none that the calendar has.

    >>> clean_date("2025-07-01T09:30:00+03:00"), clean_date("2025-02-30"), clean_date("1 July 2025"), clean_date(2025)
    ('2025-07-01', None, None, None)
    """
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found[0]).isoformat() if found else None
    except ValueError:
        return None


def date_in(name: str) -> str | None:
    """The first ISO day in the name of a file.

    >>> date_in("news/2024-11-17_first-strike.txt"), date_in("report 12-2025-07-011.txt")
    ('2024-11-17', None)
    """
    days = (clean_date(name[found.start() :]) for found in _DAY.finditer(name))
    return next(filter(None, days), None)


def clean_spans(row: Mapping[str, object], length: int) -> tuple[tuple[int, int], ...] | str | None:
    """The names that a row says its text of that length holds, None if it does not say, or what is wrong with them.

    spaCy writes them as "ents" (`Doc.to_json`), Prodigy and other recognisers as "spans"; their labels are not read.

    >>> clean_spans({"ents": [{"start": 8, "end": 12, "label": "GPE"}, {"start": 0, "end": 4}]}, 20)
    ((0, 4), (8, 12))
    >>> clean_spans({"text": "no names are given"}, 20), clean_spans({"spans": [{"start": 4, "end": 2}]}, 20)
    (None, 'spans[0] is no span of the text: start 4, end 2, text of 20 characters')
    """
    key = next((key for key in ("ents", "spans") if isinstance(row.get(key), list)), None)
    if key is None:
        return None
    found = []
    for number, span in enumerate(cast("list[object]", row[key])):
        start, end = (span.get("start"), span.get("end")) if isinstance(span, dict) else (None, None)
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
            return f"{key}[{number}] is no span of the text: start {start!r}, end {end!r}, text of {length} characters"
        if end - start > SPAN_LENGTH:
            return f"{key}[{number}] has {end - start:,} characters, and a name has at most {SPAN_LENGTH:,}"
        found.append((start, end))
    return tuple(sorted(found))
