"""`resolver registry coverage`: entities and attested spellings in; which of them resolve, and by which rule, out."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resolver.cli.options import Aliases, AuditFolders, Format, Output
from resolver.cli.output import say, write_records
from resolver.errors import CorpusError
from resolver.pipeline import Resolver
from resolver.wording import SCORE_DIGITS, console, counted, score_text, table_of, text_of, two_lines

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from resolver.checks.coverage import Attested, Covered

COLUMNS = (
    "entity_id",
    "text",
    "source",
    "count",
    "covered",
    "in_text",
    "status",
    "resolved_to",
    "score",
    "rule",
    "alias",
    "reason",
    "line",
)
_SHOWN = 4  # aliases that no spelling needs, of those that are named


def coverage(
    entities: Annotated[
        list[str] | None,
        typer.Argument(metavar="ENTITY", help="Ids of entities.", show_default="all that are attested"),
    ] = None,
    *,
    attested: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Spellings, one a line, of one ENTITY; or lines of entity_id<TAB>spelling. - reads stdin.",
        ),
    ] = None,
    audit: AuditFolders = None,
    aliases: Aliases = None,
    format_: Output = Format.TABLE,
) -> None:
    """Say which spellings of an entity resolve, and by which rule.

    Attested spellings come from a file, or from audits: what resolved to the entity there, or had it for a candidate.
    Without either they are its names, its examples and their romanisations. Each is resolved alone. For those that do
    not resolve it says why, and which line of YAML would cover them; and it names the aliases that nothing needs.

    Example: resolver registry coverage organization:kupol --audit audit
    """
    from resolver.checks.coverage import cover

    resolver = Resolver.load(aliases)
    ids = [resolver.registry.get(entity).id for entity in entities or ()]
    if not ids and attested is None and not audit:
        raise typer.BadParameter("name an ENTITY, or give spellings with --attested or --audit", param_hint="ENTITY")
    found = list(cover(resolver, _attested(resolver, ids, attested, audit or ())))
    if format_ is not Format.TABLE:
        write_records(map(_record, found), COLUMNS, format_)
    else:
        _print(resolver, found, is_full=bool(ids))
    _say_totals(resolver, found, is_attested=bool(attested or audit))


def _attested(
    resolver: Resolver, ids: Sequence[str], file: str | None, folders: Sequence[Path]
) -> Iterator["Attested"]:
    """The spellings that were asked for, those of each entity together."""
    from resolver.checks.coverage import attested_in_audits, attested_in_lines, attested_in_registry
    from resolver.checks.usage import read_usage

    found: list[Attested] = []
    if file is not None:
        found += attested_in_lines(_lines(file), file, resolver.registry, ids)
    if folders:
        known = (each for each in attested_in_audits(read_usage(folders), ids) if each.entity_id in resolver.registry)
        found += known
    if file is None and not folders:
        found += attested_in_registry(resolver.registry.get(entity) for entity in ids)
    seen: dict[tuple[str, str], Attested] = {}
    for each in found:
        seen.setdefault((each.entity_id, each.text), each)
    yield from sorted(seen.values(), key=lambda each: each.entity_id)  # stable: the rest stays in order


def _lines(file: str) -> list[str]:
    """The lines of a file or of stdin."""
    content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CorpusError(f"{file}:{line}: not UTF-8: save the file as UTF-8") from error


# Rendering


def _print(resolver: Resolver, found: Iterable["Covered"], *, is_full: bool) -> None:
    """A table for each entity; of entities that nobody named, only what is not covered."""
    output = console()
    for entity_id, group in groupby(found, key=lambda each: each.attested.entity_id):
        held = list(group)
        shown = held if is_full else [each for each in held if _is_missing(each)]
        if shown:
            output.print(_table(f"{resolver.registry.get(entity_id).name}, {entity_id}", shown))
            output.print()


def _is_missing(each: "Covered") -> bool:
    """Whether a spelling that is surely of the entity does not resolve to it."""
    from resolver.checks.coverage import POSSIBLE

    return not each.is_covered and not each.is_covered_in_text and each.attested.source != POSSIBLE


def _table(title: str, found: Iterable["Covered"]) -> "Table":
    """What is covered first, the most frequent first."""
    from resolver.checks.coverage import AUDIT

    table = table_of("", "spelling", "seen", "score", "how, and by which name", title=title, right=("score",))
    for each in sorted(found, key=lambda each: (not each.is_covered, -each.attested.count)):
        seen = f"×{each.attested.count:,}" if each.attested.source == AUDIT else each.attested.source
        in_text = text_of("~", "yellow") if each.is_covered_in_text else text_of("✗", "red")
        mark = text_of("✓", "green") if each.is_covered else in_text
        table.add_row(mark, text_of(each.attested.text, "bold"), text_of(seen), score_text(each.score), _how(each))
    return table


def _how(each: "Covered") -> "Text":
    if each.is_covered:
        via = "" if each.alias == each.attested.text else f", by «{each.alias}»"
        return two_lines(f"{each.rule}{via}", each.reason if via else "", style="")
    if each.is_covered_in_text:
        return two_lines("resolved only by what stands beside it", each.reason, style="")
    return two_lines(each.reason, each.line, style="")


def _record(each: "Covered") -> dict[str, Any]:
    return {
        "entity_id": each.attested.entity_id,
        "text": each.attested.text,
        "source": each.attested.source,
        "count": each.attested.count,
        "covered": each.is_covered,
        "in_text": each.is_covered_in_text,
        "status": each.status,
        "resolved_to": each.found,
        "score": round(each.score, SCORE_DIGITS),
        "rule": each.rule,
        "alias": each.alias,
        "reason": each.reason,
        "line": each.line,
    }


def _say_totals(resolver: Resolver, found: Sequence["Covered"], *, is_attested: bool) -> None:
    """How much is covered, and for attested spellings the aliases that they do not need."""
    from resolver.checks.coverage import POSSIBLE, tally, unneeded_aliases

    counts = tally(found)
    have, of = sum(have for have, _ in counts.values()), sum(of for _, of in counts.values())
    possible = sum(each.attested.source == POSSIBLE and not each.is_covered for each in found)
    in_text = sum(each.is_covered_in_text for each in found)
    more = f", {in_text:,} more only beside a cue" if in_text else ""
    more += f"; {counted(possible, 'other name')} had one for a candidate" if possible else ""
    say(f"covered: {have:,} of {counted(of, 'spelling')} of {counted(len(counts), 'entity', 'entities')}{more}")
    for entity_id in counts if is_attested else ():
        unneeded = unneeded_aliases(resolver.registry.get(entity_id), found)
        if unneeded and len(counts) == 1:
            listed = ", ".join(f"«{text}»" for text in unneeded[:_SHOWN])
            rest = f" and {len(unneeded) - _SHOWN:,} more" if len(unneeded) > _SHOWN else ""
            say(f"no spelling needs {counted(len(unneeded), 'alias', 'aliases')}: {listed}{rest}")
