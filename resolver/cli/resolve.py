"""`resolver resolve`: names in, one decision each out; with `--explain` also the evidence."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resolver.cli.options import (
    DEFAULT_PRESET,
    Accept,
    Aliases,
    Format,
    Language,
    Output,
    Preset,
    Type,
    load_resolver,
)
from resolver.cli.output import ENTITY, TABLE_DIGITS, status_of, write_records
from resolver.model import Mention, Resolution
from resolver.pipeline import Resolver
from resolver.wording import NAME, console, name_record, score_text, table_of, text_of, two_lines, visible

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from resolver.report.explanation import Explanation

COLUMNS = ("name", "status", "id", "score", "reason")
STDIN = "-"
SHOWN_CANDIDATES = 5


def resolve(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Names; - reads them from stdin, one a line.")],
    *,
    type_: Type = None,
    lang: Language = None,
    context: Annotated[str, typer.Option(metavar="TEXT", help="Text around the names, read for cues.")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Show the evidence for the best candidate.")] = False,
    against: Annotated[
        str | None, typer.Option(metavar="ID", help="Explain this entity beside the best; implies --explain.")
    ] = None,
    policy: Preset = DEFAULT_PRESET,
    accept: Accept = None,
    aliases: Aliases = None,
    format_: Output = Format.TABLE,
) -> None:
    """Say which entity each name means, and why.

    Example: resolver resolve Bechalov "Garpiya A1" --explain
    """
    explain = explain or against is not None
    if explain and format_ is Format.CSV:
        raise typer.BadParameter("evidence has no place in CSV: use json or jsonl", param_hint="--format")
    resolver = load_resolver(aliases, policy, accept)
    if against is not None:  # a mistyped id ends the command before it prints half of its answer
        against = resolver.registry.get(against).id
    mentions = (Mention(name, type_, lang, context) for name in _names(names))
    resolutions = resolver.resolve_all(mentions)
    if format_ is not Format.TABLE:
        records = (_record(resolution, resolver, explain=explain, against=against) for resolution in resolutions)
        write_records(records, COLUMNS, format_)
    elif explain:
        for number, resolution in enumerate(resolutions):
            for part in [*([""] if number else []), *_explanation(resolution, resolver, against)]:
                console().print(part)
    else:
        console().print(resolution_table(resolutions))


def _names(arguments: Iterable[str]) -> Iterator[str]:
    """The names, with the lines of stdin in the place of `-`; empty lines are no names."""
    for argument in arguments:
        if argument == STDIN:
            yield from (line.strip() for line in sys.stdin if line.strip())
        else:
            yield argument


def resolution_table(resolutions: Iterable[Resolution]) -> "Table":
    """A row for each decision."""
    table = table_of(NAME, "status", "score", ENTITY, right=("score",))
    for resolution in resolutions:
        table.add_row(
            text_of(resolution.mention.text),
            status_of(resolution),
            score_text(resolution.score, TABLE_DIGITS),
            entity_and_reason(resolution),
        )
    return table


def entity_and_reason(resolution: Resolution) -> "Text":
    """The id, if there is one, and the reason below it."""
    if resolution.entity_id is None:
        return text_of(resolution.reason, "dim")
    return two_lines(resolution.entity_id, resolution.reason)


# Explanations


def _explained(
    resolution: Resolution, resolver: Resolver, against: str | None
) -> tuple[list["Explanation"], list["Explanation"]]:
    """The candidates to show, and those whose evidence is asked for: the best one, and the one that is named."""
    from resolver.report.explanation import explain_candidate

    candidates = list(resolution.candidates[:SHOWN_CANDIDATES])
    if against is not None and against not in {candidate.entity.id for candidate in candidates}:
        candidates.append(resolver.explain(resolution.mention, against))
    explained = [explain_candidate(resolution, candidate, resolver.policy) for candidate in candidates]
    asked = [one for one in explained if one.candidate.entity.id == against]
    best = [one for one in explained[:1] if one not in asked]
    return explained, [*best, *asked]


def _record(resolution: Resolution, resolver: Resolver, *, explain: bool, against: str | None) -> dict[str, Any]:
    record = name_record(resolution)
    if explain:
        from resolver.report.explanation import explanation_record

        policy = resolver.policy
        record["thresholds"] = {name: getattr(policy, name) for name in ("accept", "accept_lone", "review")}
        explained, _ = _explained(resolution, resolver, against)
        record["candidates"] = [explanation_record(one) for one in explained]
    return record


def _explanation(resolution: Resolution, resolver: Resolver, against: str | None) -> Iterator["RenderableType"]:
    """The decision, its candidates if there are more than are explained, and the evidence."""
    from rich.text import Text

    from resolver.cli.explain import evidence_of, overview

    status = Text.assemble((visible(resolution.mention.text), "bold"), "  ", status_of(resolution))
    yield status.append(f"  {visible(resolution.entity_id)}" if resolution.entity_id else "")
    yield text_of(resolution.reason)
    explained, shown = _explained(resolution, resolver, against)
    if len(explained) > len(shown):
        yield ""
        yield overview(explained, shown)
    if shown:
        yield ""
        yield from evidence_of(shown)
