"""`resolver audit diff`: the folders of two audits in, what changed between them and why out."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resolver.cli.options import Format, Output
from resolver.cli.output import say, write_lines, write_records
from resolver.wording import console

if TYPE_CHECKING:
    from resolver.audit.diff import Change
    from resolver.audit.reading import Conditions

OldFolder = Annotated[
    Path, typer.Argument(metavar="OLD", exists=True, file_okay=False, help="Folder of the earlier audit.")
]
NewFolder = Annotated[
    Path, typer.Argument(metavar="NEW", exists=True, file_okay=False, help="Folder of the later audit.")
]


class Failure(StrEnum):
    """What makes a comparison fail, if asked for."""

    LOST = "lost"
    MOVED = "moved"
    CHANGED = "changed"


def diff(
    old: OldFolder,
    new: NewFolder,
    *,
    old_aliases: Annotated[
        Path | None, typer.Option(metavar="DIR", exists=True, help="Registry of OLD: then it says which lines changed.")
    ] = None,
    new_aliases: Annotated[Path | None, typer.Option(metavar="DIR", exists=True, help="Registry of NEW.")] = None,
    fail_on: Annotated[
        list[Failure] | None,
        typer.Option(
            metavar="|".join(Failure),
            help="Leave with exit code 1 if any name is no longer resolved, means another entity, or is decided "
            "otherwise in any way; may be given again.",
        ),
    ] = None,
    format_: Output = Format.TABLE,
) -> None:
    """Say what changed between two audits, name by name, and why.

    A name that is decided otherwise in a document that is the same is due to what differs between the two: the
    registry, the policy, the version of resolver. If several of them do, all are named. In a document that was edited
    it may be due to the corpus as well.

    Example: resolver audit diff audit-before audit-after --fail-on lost
    """
    from resolver.audit.diff import compare_audits
    from resolver.report.audit_diff import COLUMNS, change_records, diff_record, diff_table

    found = compare_audits(old, new)
    lines = _changed_lines((old_aliases, found.old), (new_aliases, found.new))
    if format_ is Format.TABLE:
        console().print(diff_table(found, lines=lines))
    elif format_ is Format.JSON:
        write_lines([json.dumps(diff_record(found, lines), ensure_ascii=False, indent=1) + "\n"])
    else:
        records = change_records(found.changes, lines)
        if format_ is Format.CSV:
            records = (each | {key: "; ".join(each[key]) for key in ("causes", "changed_lines")} for each in records)
        write_records(records, COLUMNS, format_)
    if any(_fails(failure, found.changes) for failure in fail_on or ()):
        raise typer.Exit(1)


def _fails(failure: Failure, changes: "tuple[Change, ...]") -> bool:
    return bool(changes) if failure is Failure.CHANGED else any(each.kind == failure.value for each in changes)


def _changed_lines(*sides: "tuple[Path | None, Conditions]") -> dict[str, tuple[str, ...]]:
    """What changed between the registries of two audits, by entity; nothing unless both are given."""
    from resolver.registry import Registry
    from resolver.registry.differences import entity_differences

    if any(path is None for path, _ in sides):
        return {}
    registries = []
    for path, conditions in sides:
        registry = Registry.load(path)
        if registry.fingerprint != conditions.registry:
            say(f"note: {path} has changed since its audit: what it says of single lines may be wrong", colour="yellow")
        registries.append(registry)
    return entity_differences(*registries)
