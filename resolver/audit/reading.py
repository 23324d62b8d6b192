"""An audit on disk, read back in pieces: the head of its report, its documents, and its mentions, document by document.

Nothing is held that grows with the corpus: a report has a row for each document, and is read row by row.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from resolver.audit.writing import REPORT, read_occurrences
from resolver.errors import CorpusError
from resolver.model import Occurrence

_BLOCK = 1 << 16  # characters that are read at once
_DECODER = json.JSONDecoder()
_DIGESTS = {"documents": ("digest", ""), "unreadable": ("reason", None)}  # what tells whether a document is the same
_BEHIND = frozenset(",:]}")  # what stands behind a value
_SPACE = re.compile(r"\s*")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a pair, which JSON can spell, is no text
_KINDS = {"version": str, "registry": str, "accept": float | int, "review": float | int}  # of what `Conditions` holds


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an audit was made with. The same conditions and the same corpus give the same audit."""

    version: str
    registry: str
    accept: float
    review: float

    def differences(self, other: "Conditions") -> tuple[str, ...]:
        """In what two audits differ besides their corpus: "registry", "policy", "version".

        >>> Conditions("1.0", "ab12", 0.58, 0.15).differences(Conditions("1.0", "cd34", 0.85, 0.15))
        ('registry', 'policy')
        """
        differing = {
            "registry": self.registry != other.registry,
            "policy": (self.accept, self.review) != (other.accept, other.review),
            "version": self.version != other.version,
        }
        return tuple(name for name, differs in differing.items() if differs)


def read_conditions(folder: str | Path) -> Conditions:
    """What the audit in a folder was made with. CorpusError if there is none."""
    wanted = tuple(Conditions.__dataclass_fields__)
    found: dict[str, Any] = {}
    for key, value in report_items(folder):
        if key in wanted:
            found[key] = value
        if len(found) == len(wanted):
            if not all(isinstance(found[key], kind) for key, kind in _KINDS.items()):
                raise _not_a_report(Path(folder) / REPORT)
            return Conditions(**found)
    missing = ", ".join(key for key in wanted if key not in found)
    raise CorpusError(f"{Path(folder) / REPORT}: no report of an audit, it lacks {missing}; run the audit again")


def read_documents(folder: str | Path) -> Iterator[tuple[str, str]]:
    """(id, digest) of each document of an audit; an unreadable one has its reason for a digest."""
    for key, row in report_items(folder):
        if key in _DIGESTS:
            yield _digest_of(row, *_DIGESTS[key], Path(folder) / REPORT)


def read_by_document(folder: str | Path) -> Iterator[tuple[str, list[Occurrence]]]:
    """The occurrences of each document that has any, in the order of the corpus."""
    for document, occurrences in groupby(read_occurrences(folder), key=lambda each: each.document):
        yield document, list(occurrences)


def report_items(folder: str | Path) -> Iterator[tuple[str, Any]]:
    """(key, value) of the report in a folder, lazily; a list gives a pair for each of its items."""
    path = Path(folder) / REPORT
    try:
        with path.open(encoding="utf-8") as file:
            yield from _items(_Text(file))
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}; run `resolver audit` with this output folder first") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _not_a_report(path) from error


def _digest_of(row: Any, key: str, default: str | None, path: Path) -> tuple[str, str]:
    """The id of a document and what stands under the key; CorpusError if the row is none of a report."""
    name, digest = (row.get("id"), row.get(key, default)) if isinstance(row, dict) else (None, None)
    if not isinstance(name, str) or not isinstance(digest, str) or _SURROGATE.search(name + digest):
        raise _not_a_report(path)
    return name, digest


def _not_a_report(path: Path) -> CorpusError:
    return CorpusError(f"{path}: not the report of an audit; run the audit again")


class _Text:
    """JSON that is decoded value by value, with little more of it in memory than the value that is next."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._is_all = False

    def peek(self) -> str:
        """The next character that is no white space, "" at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr] # it matches nothing, too
            if self._at < len(self._text) or self._is_all:
                return self._text[self._at : self._at + 1]
            self._read()

    def take(self, expected: str) -> None:
        """Step over a character; ValueError if another one stands there."""
        if self.peek() != expected:
            raise ValueError(f"no {expected!r}")
        self._at += 1

    def value(self) -> Any:
        """The next value."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except ValueError:
                if self._is_all:
                    raise
            else:
                if self._ends_at(end):
                    self._at = end
                    return value
            self._read()

    def _ends_at(self, end: int) -> bool:
        """Whether a value ends there, and not only what has been read of it: a number may go on in the next block."""
        behind = _SPACE.match(self._text, end).end()  # type: ignore[union-attr]
        return self._is_all or self._text[behind : behind + 1] in _BEHIND

    def _read(self) -> None:
        left = self._text[self._at :]
        more = self._file.read(max(_BLOCK, len(left)))
        self._text, self._at, self._is_all = left + more, 0, not more


def _items(text: _Text) -> Iterator[tuple[str, Any]]:
    text.take("{")
    while text.peek() != "}":
        key = text.value()
        text.take(":")
        if text.peek() == "[":
            for value in _list(text):
                yield key, value
        else:
            yield key, text.value()
        if text.peek() == ",":
            text.take(",")


def _list(text: _Text) -> Iterator[Any]:
    text.take("[")
    while text.peek() != "]":
        yield text.value()
        if text.peek() == ",":
            text.take(",")
    text.take("]")
