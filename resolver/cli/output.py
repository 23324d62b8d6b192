"""What the commands print: records to stdout in the format that was asked for, talk to stderr."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from resolver.cli.options import Format
from resolver.model import Resolution
from resolver.wording import STYLES, csv_line, text_of, visible, visible_lines

if TYPE_CHECKING:
    from rich.text import Text

Record = Mapping[str, Any]

TABLE_DIGITS = 3
ENTITY = "entity and reason"  # the reason below the id, so that both fit 80 cells


def write_records(records: Iterable[Record], columns: Sequence[str], format_: Format) -> None:
    """Write records as JSON (one list), JSON lines or CSV; the last two as they come."""
    if format_ is Format.CSV:
        write_lines([csv_line(columns)])
        write_lines(csv_line(record[column] for column in columns) for record in records)
    elif format_ is Format.JSONL:
        write_lines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    else:
        write_lines([json.dumps(list(records), ensure_ascii=False, indent=1) + "\n"])


def write_lines(lines: Iterable[str]) -> None:
    """Write lines that are ready, as they come: exactly into a file or a pipe, harmless onto a terminal."""
    sys.stdout.writelines(map(visible_lines, lines) if sys.stdout.isatty() else lines)


def say(message: str, *, colour: str | None = None) -> None:
    """A line of talk on stderr, after the data that came before it."""
    sys.stdout.flush()
    typer.secho(visible(message), err=True, fg=colour)


def status_of(resolution: Resolution) -> "Text":
    """The status in its colour."""
    return text_of(resolution.status, STYLES[resolution.status])
