"""Records to stdout, in the format that was asked for, and what the tables of all commands have in common.

Names come from texts that anyone may have written: a terminal gets no control characters and no markup, a CSV no
formulas.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from resolver.cli.options import Format
from resolver.model import Resolution

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

Record = Mapping[str, Any]

STYLES = {"resolved": "green", "ambiguous": "yellow", "unresolved": "red"}
SCORE_DIGITS = 4
NAME = "name"  # wraps early, so that the ids beside it stay whole
ENTITY = "entity and reason"  # the reason below the id, so that both fit 80 cells

# A cell that begins with one of these is a formula to a spreadsheet (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CONTROLS = {code: 0x2400 + code for code in range(32)} | {127: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
# Directional marks can make a name read as another one; half a surrogate pair cannot be written at all.
_MISLEADING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)), 0xFFFD)
_BREAKS = dict.fromkeys((9, 10, 13, 0x85, 0x2028, 0x2029), " ")
_ON_ONE_LINE = _CONTROLS | _MISLEADING | _BREAKS
_AS_IT_STANDS = {code: picture for code, picture in _ON_ONE_LINE.items() if code not in (9, 10)}


def write_records(records: Iterable[Record], columns: Sequence[str], format_: Format) -> None:
    """Write records as JSON (one list), JSON lines or CSV; the last two as they come."""
    if format_ is Format.CSV:
        _write_csv(records, columns)
    elif format_ is Format.JSONL:
        for record in records:
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(json.dumps(list(records), ensure_ascii=False, indent=1) + "\n")


def write_lines(lines: Iterable[str]) -> None:
    """Write lines that are ready, as they come."""
    sys.stdout.writelines(lines)


def _write_csv(records: Iterable[Record], columns: Sequence[str]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow([_cell(record[column]) for column in columns])


def _cell(value: object) -> str:
    """The value as a cell; a text that a spreadsheet would run gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA_STARTS) else text


def shown(text: str) -> str:
    r"""The text on one line, safe for a terminal: what it might obey becomes a picture. Its length stays the same.

    >>> shown("Ku\npol\x1b[31m")
    'Ku pol␛[31m'
    """
    return text if text.isprintable() else text.translate(_ON_ONE_LINE)


def shown_document(text: str) -> str:
    """Like `shown`, with line breaks and tabs as they stand."""
    return text.translate(_AS_IT_STANDS)


def console(*, stderr: bool = False) -> "Console":
    """A console for texts of others: no markup, no emoji codes, no colours by guess."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def text_of(text: str, style: str = "") -> "Text":
    """The text as rich takes it literally."""
    from rich.text import Text

    return Text(shown(text), style=style)


def say(message: str, *, colour: str | None = None) -> None:
    """A line of talk on stderr, after the data that came before it."""
    sys.stdout.flush()
    typer.secho(shown(message), err=True, fg=colour)


def status_of(resolution: Resolution) -> "Text":
    """The status in its colour."""
    return text_of(resolution.status, STYLES[resolution.status])


def score_of(score: float) -> str:
    """A score for a table: three digits, and never 1.000 for what is not certain.

    >>> score_of(0.98349), score_of(0.99999), score_of(1.0)
    ('0.983', '0.999', '1.000')
    """
    return f"{score if score == 1.0 else min(score, 0.999):.3f}"


def table_of(*columns: str, title: str = "", right: Sequence[str] = ()) -> "Table":
    """An empty table of the one look that all commands have; `right` names the columns of numbers."""
    from rich import box
    from rich.table import Table

    table = Table(title=title or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.show_edge = table.pad_edge = False
    for column in columns:
        is_number = column in right
        table.add_column(
            column,
            justify="right" if is_number else "left",
            no_wrap=is_number,
            overflow="fold",
            max_width=console().width // 4 if column == NAME else None,
        )
    return table
