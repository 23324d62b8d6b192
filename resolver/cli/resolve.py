"""`resolver resolve`: names in, one decision each out; with `--explain` also the evidence."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resolver.cli.options import Aliases, Format, Language, Output, Type
from resolver.cli.output import ENTITY, SCORE_DIGITS, TABLE_DIGITS, status_of, write_records
from resolver.model import Candidate, Mention, Resolution
from resolver.pipeline import Resolver
from resolver.wording import NAME, console, score_text, table_of, text_of, two_lines, visible

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

COLUMNS = ("name", "status", "id", "score", "reason")
STDIN = "-"
SHOWN_CANDIDATES = 5
START = "none"  # the evidence with which every candidate begins
CHANNEL_STYLES = {"agree": "green", "absent": "", "contradict": "red"}
MARKS = {"contradict": "contradicts:"}  # said in words, as colours get lost


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
    """The decision, its candidates if there are several, and the evidence for one of them."""
    from rich.text import Text

    status = Text.assemble((visible(resolution.mention.text), "bold"), "  ", status_of(resolution))
    yield status.append(f"  {visible(resolution.entity_id)}" if resolution.entity_id else "")
    yield text_of(resolution.reason)
    candidates, asked = _candidates(resolution, resolver, against)
    if len(candidates) > 1:
        yield ""
        yield _overview(candidates, asked)
    if asked is not None:
        yield ""
        yield _evidence_table(asked, resolver.policy.accept)


def _overview(candidates: Iterable[Candidate], asked: Candidate | None) -> "Table":
    table = table_of("candidate", "by its name", "bits", "score", right=("bits", "score"))
    for candidate in candidates:
        style = "bold" if candidate is asked else ""
        table.add_row(
            text_of(candidate.entity.id, style), text_of(candidate.alias.text, style), f"{candidate.bits:+.1f}",
            score_text(candidate.score, TABLE_DIGITS),
        )  # fmt: skip
    return table


def _evidence_table(candidate: Candidate, accept: float) -> "Table":
    """Where every candidate begins, then each piece of evidence, strongest first, and the sum."""
    title = visible(f"Why {candidate.entity.id}, by its name {candidate.alias.text}")
    table = table_of("bits", "evidence", "what was seen", title=title, right=("bits",))
    for item in sorted(candidate.evidence, key=lambda item: item.name != START):
        seen = text_of(f"{MARKS[item.channel]} {item.detail}" if item.channel in MARKS else item.detail)
        table.add_row(f"{item.bits:+.1f}", text_of(item.name, CHANNEL_STYLES[item.channel]), seen)
    table.add_section()
    verdict = f"score {score_text(candidate.score, TABLE_DIGITS)}, accepted from {accept:g}"
    if candidate.vetoes:
        verdict += "; a contradiction keeps it from being resolved"
    table.add_row(f"{candidate.bits:+.1f}", "sum", verdict)
    return table
