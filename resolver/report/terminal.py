"""An `AuditReport` as tables for the terminal."""

from typing import TYPE_CHECKING

from resolver.audit import AuditReport, EntityRow, NameRow
from resolver.report.wording import counted, percent, visible

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

TOP = 15  # rows of each table: what fits a screen
SPELLINGS = 6
_BAR = 48  # cells
_STYLES = {"resolved": "cyan", "ambiguous": "yellow", "unresolved": "red"}


def summary_table(report: AuditReport, *, top: int = TOP) -> "RenderableType":
    """The totals, the entities named most and the names without an entity, ready for `rich.console.Console.print`."""
    from rich.console import Group  # here, as rich takes 50 ms to import and most callers do not print

    parts: list[RenderableType] = [*_totals(report)]
    if report.entities:
        parts += ["", _entity_table(report.entities, top)]
    for title, rows in (("Unresolved names", report.unresolved), ("Ambiguous names", report.ambiguous)):
        if rows:
            parts += ["", _name_table(title, rows, top)]
    return Group(*parts)


def _totals(report: AuditReport) -> list["RenderableType"]:
    from rich.text import Text

    totals = report.totals
    bar = Text()
    for status, count in totals.items():
        bar.append("█" * round(_BAR * count / max(report.mentions, 1)), style=_STYLES[status])
    legend = Text("   ").join(
        Text.assemble((f"{totals[status]:,}", f"bold {style}"), f" {status}") for status, style in _STYLES.items()
    )
    documents = counted(len(report.documents), "document")
    line = Text(f"{counted(report.mentions, 'mention')} in {documents}, {percent(report.coverage)} resolved")
    unread = Text(f"{counted(len(report.unreadable), 'document')} could not be read", style="yellow")
    return [line, bar, legend, *([unread] if report.unreadable else [])]


def _entity_table(rows: tuple[EntityRow, ...], top: int) -> "Table":
    table = _table("Entities", len(rows), top, ("Mentions", "Entity", "Id", "Spellings"))
    for row in rows[:top]:
        spellings = [f"{text} ×{count}" for text, count in row.spellings[:SPELLINGS]]
        rest = len(row.spellings) - SPELLINGS
        if rest > 0:
            spellings.append(f"{rest:,} more")
        table.add_row(*_cells(f"{row.count:,}", row.name, row.id, ", ".join(spellings)))
    return table


def _name_table(title: str, rows: tuple[NameRow, ...], top: int) -> "Table":
    table = _table(title, len(rows), top, ("Mentions", "Name", "Nearest", "Why"))
    for row in rows[:top]:
        nearest = [f"{entity_id} {score:.2f}" for entity_id, score, _ in row.candidates[:2]]
        table.add_row(*_cells(f"{row.count:,}", row.text, ", ".join(nearest), row.reason))
    return table


def _table(title: str, total: int, top: int, columns: tuple[str, ...]) -> "Table":
    from rich import box
    from rich.table import Table

    shown = f"{title}, {top:,} of {total:,}" if total > top else title
    table = Table(title=shown, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column == "Mentions" else "left", overflow="fold")
    return table


def _cells(*texts: str) -> list["RenderableType"]:
    """The texts as they are: a name may hold what rich would read as markup, or an escape sequence."""
    from rich.text import Text

    return [Text(visible(text)) for text in texts]
