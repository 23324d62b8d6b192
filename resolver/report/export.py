"""Occurrences as CSV, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator

from resolver.model import Occurrence

COLUMNS = (
    "document",
    "start",
    "end",
    "text",
    "status",
    "entity_id",
    "score",
    "type",
    "lang",
    "reason",
    "candidates",
    "sentence",
)
# A cell that begins with one of these is a formula to Excel, LibreOffice and Google Sheets (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def mentions_csv(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    r"""The lines of a CSV with a header, lazily. A text that a spreadsheet would run as a formula gets an apostrophe.

    >>> list(mentions_csv([]))[0]
    'document,start,end,text,status,entity_id,score,type,lang,reason,candidates,sentence\n'
    """
    yield _csv_line(COLUMNS)
    for occurrence in occurrences:
        yield _csv_line([_cell(occurrence, column) for column in COLUMNS])


def _cell(occurrence: Occurrence, column: str) -> str:
    if column == "candidates":
        return _safe("; ".join(f"{entity_id} {score:.4g}" for entity_id, score, _ in occurrence.candidates))
    value = getattr(occurrence, column)
    if isinstance(value, str):
        return _safe(value)
    return "" if value is None else str(value)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _csv_line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)  # so that both are quoted inside a cell
    return buffer.getvalue().removesuffix("\r\n") + "\n"
