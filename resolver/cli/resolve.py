"""`resolver resolve`: names in, one decision each out; with `--explain` also the evidence."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resolver.cli.options import Aliases, Format, Language, Output, Type
from resolver.cli.output import (
    ENTITY,
    NAME,
    SCORE_DIGITS,
    STYLES,
    console,
    score_of,
    shown,
    status_of,
    table_of,
    text_of,
    write_records,
)
from resolver.model import Candidate, Mention, Resolution
from resolver.pipeline import Resolver

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

COLUMNS = ("name", "status", "id", "score", "reason")
STDIN = "-"
SHOWN_CANDIDATES = 5


def resolve(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Names; - reads them from stdin, one a line.")],
    *,
    type_: Type = None,
    lang: Language = None,
    context: Annotated[str, typer.Option(metavar="TEXT", help="Text around the names, read for cues.")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Show the evidence for the best candidates.")] = False,
    against: Annotated[
        str | None, typer.Option(metavar="ID", help="Explain this entity, also if it lost; implies --explain.")
    ] = None,
    aliases: Aliases = None,
    format_: Output = Format.TABLE,
) -> None:
    """Say which entity each name means, and why.

    Example: resolver resolve Bechalov "Garpiya A1" --explain
    """
    explain = explain or against is not None
    if explain and format_ is Format.CSV:
        raise typer.BadParameter("evidence has no place in CSV: use json or jsonl", param_hint="--format")
    resolver = Resolver.load(aliases)
    if against is not None:
        resolver.registry.get(against)  # a mistyped id ends the command before it prints half of its answer
    mentions = (Mention(name, type_, lang, context) for name in _names(names))
    resolutions = resolver.resolve_all(mentions)
    if format_ is not Format.TABLE:
        records = (_record(resolution, resolver, explain=explain, against=against) for resolution in resolutions)
        write_records(records, COLUMNS, format_)
    elif explain:
        for resolution in resolutions:
            for part in _explanation(resolution, resolver, against):
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


def resolution_table(resolutions: Iterable[Resolution]) -> "RenderableType":
    """A row for each decision."""
    table = table_of(NAME, "status", "score", ENTITY, right=("score",))
    for resolution in resolutions:
        table.add_row(
            text_of(resolution.mention.text),
            status_of(resolution),
            score_of(resolution.score),
            entity_and_reason(resolution),
        )
    return table


def entity_and_reason(resolution: Resolution) -> "Text":
    """The id, if there is one, and the reason below it."""
    reason = text_of(resolution.reason, "dim")
    if resolution.entity_id is None:
        return reason
    return text_of(resolution.entity_id, "bold").append("\n").append_text(reason)


# --------------------------------------------------------------------------------------------- explanations


def _candidates(
    resolution: Resolution, resolver: Resolver, against: str | None
) -> tuple[list[Candidate], Candidate | None]:
    """The candidates to show, and the one whose evidence is asked for."""
    candidates = list(resolution.candidates[:SHOWN_CANDIDATES])
    if against is None:
        return candidates, candidates[0] if candidates else None
    asked = resolver.explain(resolution.mention, against)
    if asked.entity.id not in {candidate.entity.id for candidate in candidates}:
        candidates.append(asked)
    return candidates, asked


def _record(resolution: Resolution, resolver: Resolver, *, explain: bool, against: str | None) -> dict[str, Any]:
    record = {"name": resolution.mention.text, **decision_record(resolution)}
    if explain:
        candidates, _ = _candidates(resolution, resolver, against)
        record["candidates"] = [_candidate_record(candidate) for candidate in candidates]
    return record


def decision_record(resolution: Resolution) -> dict[str, Any]:
    """Status, id, score and reason, as every format has them."""
    return {
        "status": resolution.status,
        "id": resolution.entity_id,
        "score": round(resolution.score, SCORE_DIGITS),
        "reason": resolution.reason,
    }


def _candidate_record(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.entity.id,
        "name": candidate.entity.name,
        "alias": candidate.alias.text,
        "score": round(candidate.score, SCORE_DIGITS),
        "bits": round(candidate.bits, SCORE_DIGITS),
        "found_by": list(candidate.blocked_by),
        "evidence": [
            {
                "name": item.name,
                "channel": item.channel,
                "bits": round(item.bits, SCORE_DIGITS),
                "detail": item.detail,
            }
            for item in candidate.evidence
        ],
    }


def _explanation(resolution: Resolution, resolver: Resolver, against: str | None) -> Iterator["RenderableType"]:
    """The decision, its candidates, and the evidence for one of them."""
    from rich.text import Text

    style = STYLES[resolution.status]
    target = f"{resolution.status} {resolution.entity_id or ''}".strip()
    yield Text.assemble((shown(resolution.mention.text), "bold"), " ", (target, style), ": ", shown(resolution.reason))
    candidates, asked = _candidates(resolution, resolver, against)
    if asked is None:
        return
    overview = table_of("candidate", "by its name", "bits", "score", right=("bits", "score"))
    for candidate in candidates:
        style = "bold" if candidate.entity.id == asked.entity.id else ""
        overview.add_row(
            text_of(candidate.entity.id, style), text_of(candidate.alias.text), f"{candidate.bits:+.1f}",
            score_of(candidate.score),
        )  # fmt: skip
    yield ""
    yield overview
    yield ""
    yield _evidence_table(asked, resolver.policy.accept)


def _evidence_table(candidate: Candidate, accept: float) -> "RenderableType":
    table = table_of(
        "evidence", "channel", "bits", "detail", title=f"Why {shown(candidate.entity.id)}", right=("bits",)
    )
    styles = {"agree": "green", "contradict": "red"}
    for item in candidate.evidence:
        table.add_row(
            text_of(item.name), text_of(item.channel, styles.get(item.channel, "")), f"{item.bits:+.1f}",
            text_of(item.detail),
        )  # fmt: skip
    table.add_section()
    veto = "; a contradiction keeps it from being resolved" if candidate.vetoes else ""
    score = score_of(candidate.score)
    table.add_row("sum", "", f"{candidate.bits:+.1f}", f"score {score}, accepted from {accept:g}{veto}")
    return table
