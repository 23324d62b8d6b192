"""The values of a corpus: a `Document`, or an `Unreadable` that says why there is none."""

import re
from dataclasses import dataclass

ID_LENGTH = 500  # far above any path in use; an id is repeated with every mention of its document
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")


@dataclass(frozen=True, slots=True)
class Document:
    """One text to audit. Offsets of its mentions are code points in `text`.

    lang   ISO 639 code of the text if the source states one
    """

    id: str
    text: str
    lang: str | None = None


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
