"""Occurrences as CSV, safe to open in a spreadsheet."""

from collections.abc import Iterable, Iterator

from resolver.model import Occurrence
from resolver.wording import csv_line

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
    "date",
    "reason",
    "candidates",
    "sentence",
)


def mentions_csv(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    r"""The lines of a CSV with a header, lazily.

    >>> list(mentions_csv([]))[0]
    'document,start,end,text,status,entity_id,score,type,lang,date,reason,candidates,sentence\n'
    """
    yield csv_line(COLUMNS)
    for occurrence in occurrences:
        yield csv_line(_cell(occurrence, column) for column in COLUMNS)


def _cell(occurrence: Occurrence, column: str) -> object:
    if column == "candidates":
        return "; ".join(f"{entity_id} {score:.4g}" for entity_id, score, _ in occurrence.candidates)
    return getattr(occurrence, column)
