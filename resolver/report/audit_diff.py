"""An `AuditDiff` as tables for the terminal, and as records for programs."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from resolver.audit.diff import NOT_FOUND, AuditDiff, Change, Decision, DocumentCount
from resolver.report.terminal import TOP
from resolver.wording import NAME, STYLES, counted, table_of, text_of, two_lines

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

COLUMNS = (
    "kind",
    "text",
    "new_text",
    "count",
    "documents",
    "old_status",
    "old_entity_id",
    "new_status",
    "new_entity_id",
    "causes",
    "changed_lines",
    "old_reason",
    "new_reason",
    "document",
    "start",
)
_TITLES = {
    "lost": "No longer resolved",
    "moved": "Another entity",
    "gained": "Resolved now",
    "other": "Neither resolved",
}
_SHORT = 12  # signs of a fingerprint that are shown

Lines = dict[str, tuple[str, ...]]  # what changed in the registry, by the id of the entity


def diff_table(diff: AuditDiff, *, lines: Lines | None = None, top: int = TOP) -> "RenderableType":
    """What the audits were made with, a table for each kind of change, and what the registry changed about them.

    lines   what changed in the registry about each entity, if both registries are known
    """
    from rich.console import Group

    parts: list[RenderableType] = [*_head(diff)]
    shown: list[Change] = []
    causes = {change.causes for change in diff.changes}
    for kind, title in _TITLES.items():
        changes = [change for change in diff.changes if change.kind == kind]
        if changes:
            parts += ["", _table(title, changes, top, with_causes=len(causes) > 1)]
            shown += changes[:top]
    entities = dict.fromkeys(entity for change in shown for entity in _entities(change))
    changed = {entity: (lines or {})[entity] for entity in entities if entity in (lines or {})}
    if changed:
        parts += ["", _lines_table(changed)]
    return Group(*parts)


def change_records(changes: Iterable[Change], lines: Lines) -> Iterator[dict[str, Any]]:
    """The changes as JSON has them; the keys are always the same."""
    for each in changes:
        old, new = each.old, each.new
        yield {
            "kind": each.kind,
            "text": old.text,
            "new_text": new.text,
            "count": each.count,
            "documents": each.documents,
            "old_status": old.status,
            "old_entity_id": old.entity_id,
            "new_status": new.status,
            "new_entity_id": new.entity_id,
            "causes": list(each.causes),
            "changed_lines": _lines_for(each, lines),
            "old_reason": old.reason,
            "new_reason": new.reason,
            "document": each.document,
            "start": each.start,
        }


def diff_record(diff: AuditDiff, lines: Lines) -> dict[str, Any]:
    """All of a comparison as one JSON object."""
    names = ("old", "new", "added", "removed", "edited")
    return {
        **{name: asdict(getattr(diff, name)) for name in names},
        "differs": list(diff.differs),
        "mentions": dict(zip(("old", "new"), diff.mentions, strict=True)),
        "resolved": dict(zip(("old", "new"), diff.resolved, strict=True)),
        "changes": list(change_records(diff.changes, lines)),
    }


def _head(diff: AuditDiff) -> Iterator["Text"]:
    """The conditions that differ, the documents, the totals; a line each."""
    old, new = diff.old, diff.new
    told = {
        "registry": f"registry {old.registry[:_SHORT]} → {new.registry[:_SHORT]}",
        "policy": _thresholds(diff),
        "version": f"version {old.version} → {new.version}",
    }
    yield text_of("; ".join(told[name] for name in diff.differs) or "the same registry, policy and version")
    documents = [f"{_counted(getattr(diff, state))} {state}" for state in ("added", "removed", "edited")]
    there = [text for text in documents if not text.startswith("0 ")]
    yield text_of("; ".join(there) or "the same documents")
    yield text_of(
        f"{counted(diff.mentions[0], 'mention')}, {diff.resolved[0]:,} resolved → "
        f"{counted(diff.mentions[1], 'mention')}, {diff.resolved[1]:,} resolved"
    )
    names = {kind: sum(c.count for c in diff.changes if c.kind == kind) for kind in _TITLES}
    summary = ", ".join(f"{count:,} {_TITLES[kind].lower()}" for kind, count in names.items() if count)
    causes = {change.causes for change in diff.changes}
    due = f", due to {' or '.join(next(iter(causes)))}" if len(causes) == 1 else ""
    yield text_of(f"{summary or 'no name was decided otherwise'}{due}", "bold")


def _thresholds(diff: AuditDiff) -> str:
    """The thresholds that differ."""
    names = [name for name in ("accept", "review") if getattr(diff.old, name) != getattr(diff.new, name)]
    return ", ".join(f"{name} {getattr(diff.old, name):g} → {getattr(diff.new, name):g}" for name in names)


def _counted(count: DocumentCount) -> str:
    mentions = f" ({counted(count.mentions, 'mention')})" if count.documents else ""
    return f"{counted(count.documents, 'document')}{mentions}"


def _table(title: str, changes: list[Change], top: int, *, with_causes: bool) -> "Table":
    shown = f"{title}, {top:,} of {len(changes):,}" if len(changes) > top else title
    causes = ["due to"] if with_causes else []
    table = table_of("count", NAME, "before", "after", *causes, title=shown, right=("count",))
    for each in changes[:top]:
        due = [text_of(" or ".join(each.causes))] if with_causes else []
        table.add_row(f"{each.count:,}", _name(each), _cell(each.old), _cell(each.new), *due)
    return table


def _lines_table(lines: Lines) -> "Table":
    table = table_of("entity", "what changed", title="In the registry")
    for entity, changes in lines.items():
        table.add_row(text_of(entity, "bold"), text_of("; ".join(changes)))
    return table


def _name(change: Change) -> "Text":
    old, new = change.old.text, change.new.text
    return text_of(old, "bold") if old == new else two_lines(old, f"now {new}")


def _cell(decision: Decision) -> "Text":
    """The entity, or the status in its colour, and the reason below."""
    style = "bold" if decision.entity_id else STYLES.get(decision.status, "dim")
    reason = "" if decision.status == NOT_FOUND else decision.reason
    return two_lines(decision.entity_id or decision.status, reason, style=style)


def _lines_for(change: Change, lines: Lines) -> list[str]:
    """What the registry changed about the entities of a change."""
    if "registry" not in change.causes:
        return []
    return [f"{entity_id}: {line}" for entity_id in _entities(change) for line in lines.get(entity_id, ())]


def _entities(change: Change) -> list[str]:
    return list(dict.fromkeys(entity for entity in (change.old.entity_id, change.new.entity_id) if entity))
