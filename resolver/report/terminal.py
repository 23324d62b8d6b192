"""An `AuditReport` as tables for the terminal."""

from typing import TYPE_CHECKING

from resolver.audit import AuditReport, EntityRow, NameRow
from resolver.wording import (
    NAME,
    STYLES,
    counted,
    percent,
    score_text,
    spellings_with_counts,
    table_of,
    text_of,
    two_lines,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

TOP = 15  # rows of each table: what fits a screen
SPELLINGS = 6
NEAREST = 2
AMBIGUOUS, UNRESOLVED = "Ambiguous names", "Unresolved names"
_BAR = 48  # cells


def summary_table(report: AuditReport, *, top: int = TOP) -> "RenderableType":
    """The totals, the entities named most and the names without an entity, ready for `rich.console.Console.print`."""
    from rich.console import Group  # here, as rich takes 50 ms to import and most callers do not print

    parts: list[RenderableType] = [*_totals(report)]
    if report.entities:
        parts += ["", _entity_table(report.entities, top)]
    for title, rows in ((AMBIGUOUS, report.ambiguous), (UNRESOLVED, report.unresolved)):
        if rows:
            parts += ["", _name_table(title, rows, top)]
    return Group(*parts)


def _totals(report: AuditReport) -> list["RenderableType"]:
    from rich.text import Text

    totals = report.totals
    bar = Text()
    for status, count in totals.items():
        bar.append("█" * round(_BAR * count / max(report.mentions, 1)), style=STYLES[status])
    legend = Text("   ").join(
        Text.assemble((f"{count:,}", f"bold {STYLES[status]}"), f" {status}") for status, count in totals.items()
    )
    documents = counted(len(report.documents), "document")
    line = Text(f"{counted(report.mentions, 'mention')} in {documents}, {percent(report.coverage)} resolved")
    unread = Text(f"{counted(len(report.unreadable), 'document')} could not be read", style="yellow")
    return [line, bar, legend, *([unread] if report.unreadable else [])]


def _entity_table(rows: tuple[EntityRow, ...], top: int) -> "Table":
    table = _table("Entities", len(rows), top, "entity", "spellings")
    for row in rows[:top]:
        spellings = text_of(spellings_with_counts(row.spellings, SPELLINGS))
        table.add_row(f"{row.count:,}", two_lines(row.name, row.id), spellings)
    return table


def _name_table(title: str, rows: tuple[NameRow, ...], top: int) -> "Table":
    """The names with their reasons; that of an ambiguous one lists the candidates already."""
    table = _table(title, len(rows), top, NAME, "why, and the nearest")
    for row in rows[:top]:
        nearest = row.candidates[:NEAREST] if title == UNRESOLVED else ()
        scores = ", ".join(f"{entity_id} {score_text(score)}" for entity_id, score, _ in nearest)
        table.add_row(f"{row.count:,}", text_of(row.text, "bold"), two_lines(row.reason, scores, style=""))
    return table


def _table(title: str, total: int, top: int, *columns: str) -> "Table":
    shown = f"{title}, {top:,} of {total:,}" if total > top else title
    return table_of("count", *columns, title=shown, right=("count",))
