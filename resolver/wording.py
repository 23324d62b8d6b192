r"""What all renderers share: texts of others made harmless, numbers as people read them, and the one look of tables.

Names come from texts that anyone may have written. A terminal and a page get no control characters and no directional
overrides, a terminal no markup, a spreadsheet no formulas. Nothing here changes the length of a text, so offsets hold.

The functions that need rich import it themselves: it takes 50 ms, and most callers of the package do not print.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from resolver.model import Resolution

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

STYLES = {"resolved": "green", "ambiguous": "yellow", "unresolved": "red"}
SCORE_DIGITS = 4  # in data; tables show three
NAME = "name"  # a column of this title wraps early, so that what stands beside it stays whole

# A cell that begins with one of these is a formula to Excel, LibreOffice and Google Sheets (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫")
# What a spreadsheet may drop before it looks at the cell; the apostrophes are those that were put there.
_DROPPED = "' \0\u00a0\u200b\ufeff"
# Each control character as its picture. Directional overrides make a name read as another one; the marks that Arabic
# and Hebrew texts need (U+200E, U+200F) do no harm. Annotations (U+FFF9) and tags (U+E0000) carry a text that nobody
# sees. Half of a surrogate pair cannot be written at all.
_PICTURES = {
    **{code: 0x2400 + code for code in range(32)},
    0x7F: 0x2421,
    **dict.fromkeys(
        (
            *range(0x80, 0xA0),
            *range(0x202A, 0x202F),
            *range(0x2066, 0x2070),
            *range(0xD800, 0xE000),
            *range(0xFFF9, 0xFFFC),
            *range(0xE0000, 0xE0080),
        ),
        0xFFFD,
    ),
}
_ON_ONE_LINE = _PICTURES | dict.fromkeys((0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029), 0x20)
_ON_LINES = {code: picture for code, picture in _ON_ONE_LINE.items() if code not in (0x09, 0x0A)}


def visible(text: str) -> str:
    r"""The text on one line, with a picture for each character that would not be seen but obeyed.

    >>> visible("Ku\npol\x1b[31m \u202eIzhevsk")
    'Ku pol␛[31m �Izhevsk'
    """
    return text if text.isprintable() else text.translate(_ON_ONE_LINE)


def visible_lines(text: str) -> str:
    """Like `visible`, with line breaks and tabs as they stand."""
    return text.translate(_ON_LINES)


def csv_line(cells: Iterable[object], *, delimiter: str = ",") -> str:
    r"""A line of CSV, safe to open in a spreadsheet: a text that would run as a formula gets an apostrophe before it.

    >>> csv_line(["Kupol, Izhevsk", "=1+1", -0.5, None])
    '"Kupol, Izhevsk",\'=1+1,-0.5,\n'
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(map(_cell, cells))  # so that both are quoted inside a cell
    return buffer.getvalue().removesuffix("\r\n") + "\n"


def plain_cell(text: str) -> str:
    """The text of a cell that `csv_line` wrote, without the apostrophe.

    >>> plain_cell("'=1+1"), plain_cell("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return text[1:] if text.startswith("'") and _is_formula(text) else text


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _is_formula(value) else value


def _is_formula(text: str) -> bool:
    """Whether a text is a formula, with or without apostrophes before it: so each one put there can be taken off."""
    return text.lstrip(_DROPPED).startswith(_FORMULA_STARTS)


def percent(share: float | None) -> str:
    """A share as people read it; only all is 100 %, and only nothing is 0 %.

    >>> percent(0.8179), percent(0.99999), percent(0.00001), percent(1.0), percent(None)
    ('81.8 %', '99.9 %', '0.1 %', '100 %', 'none')
    """
    if share is None:
        return "none"
    if share in (0.0, 1.0):
        return f"{share:.0%}".replace("%", " %")
    return f"{min(max(share * 100, 0.1), 99.9):.1f} %"


def score_text(score: float, digits: int = 2) -> str:
    """A score for people; it never looks certain where it is not.

    >>> score_text(0.98349, 3), score_text(0.9996), score_text(1.0)
    ('0.983', '0.99', '1.00')
    """
    return f"{score if score == 1.0 else min(score, 1 - 10**-digits):.{digits}f}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """The number with its noun.

    >>> counted(1, "mention"), counted(2500, "mention"), counted(2, "entity", "entities")
    ('1 mention', '2,500 mentions', '2 entities')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def spellings_with_counts(spellings: Sequence[tuple[str, int]], most: int) -> str:
    """The first few spellings, each with its count unless that is one, and how many more there are.

    >>> spellings_with_counts([("Kupol", 7), ("Купол", 1), ("КУПОЛ", 1)], 2)
    'Kupol ×7, Купол, 1 more'
    """
    texts = [text if count == 1 else f"{text} ×{count:,}" for text, count in spellings[:most]]
    if len(spellings) > most:
        texts.append(f"{len(spellings) - most:,} more")
    return ", ".join(texts)


# Data


def name_record(resolution: Resolution) -> dict[str, Any]:
    """The decision on a name, as `resolver resolve --format json` and the service write it."""
    return {"name": resolution.mention.text, **_decision_record(resolution)}


def mention_record(resolution: Resolution, document: str) -> dict[str, Any]:
    """The decision on a name in a document, as `resolver annotate --format json` and the service write it."""
    mention = resolution.mention
    place = {"document": document, "start": mention.start, "end": mention.end, "text": mention.text}
    return place | _decision_record(resolution)


def _decision_record(resolution: Resolution) -> dict[str, Any]:
    return {
        "status": resolution.status,
        "id": resolution.entity_id,
        "score": round(resolution.score, SCORE_DIGITS),
        "reason": resolution.reason,
    }


# The terminal


def console(*, stderr: bool = False) -> "Console":
    """A console for texts of others: no markup, no emoji codes, no colours by guess."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def text_of(text: str, style: str = "") -> "Text":
    """The text as rich takes it literally."""
    from rich.text import Text

    return Text(visible(text), style=style)


def two_lines(first: str, second: str, *, style: str = "bold") -> "Text":
    """What matters, and dimmed below it what explains it; the first line alone if there is nothing more."""
    text = text_of(first, style)
    return text.append("\n").append_text(text_of(second, "dim")) if second else text


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
