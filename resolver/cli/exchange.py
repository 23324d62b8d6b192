"""`resolver registry import` and `export`: a file of another tool in, a diff of the registry out; and back."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resolver.cli.change import is_agreed, refuse_bundled
from resolver.cli.options import Aliases, By, DryRun, RegistryPath, Yes
from resolver.cli.output import say, write_lines
from resolver.registry import Registry, RegistryChange
from resolver.registry.registry import bundled_folder
from resolver.wording import counted

if TYPE_CHECKING:
    from resolver.errors import Problem
    from resolver.exchange import Intake, Plan

SHOWN = 20  # new entities and spellings; the diff has all of them
_NAMES = "csv, tsv, ftm, ssslm, sssom, turtle, jsonld, wikidata, spacy or openrefine"
FormatName = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=f"{_NAMES}; told from the file.")]


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="The file to read.")],
    *,
    format_: FormatName = None,
    aliases: Aliases = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Where it comes from; kept with each line.", show_default="the file's name"),
    ] = None,
    by: By = "curator",
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Propose the entities and spellings of a file, and write them into the registry, all or none.

    An entity is known by its id, an identifier or its name; then it gets the spellings it does not have, and nothing of
    it is changed. What is new, shared, skipped or wrong in the file is listed on stderr, the change goes to stdout as a
    diff; `patch -R -p1` takes it back. Exit code 1 if rows of the file could not be read.

    Example: resolver registry import entities.ftm.json --aliases aliases --dry-run
    """
    from resolver.exchange import Intake, find_format, plan_import, read_records

    path = bundled_folder() if aliases is None else aliases
    refuse_bundled(path, "--aliases")
    found = find_format(file, format_)
    intake = Intake(file)
    records = read_records(file, found, intake)
    on = date.today().isoformat()
    plan = plan_import(records, RegistryChange(path), intake, source=source or file.name, by=by, on=on)
    _say_plan(plan, intake, found.title)
    diff = plan.change.diff()
    if not diff:
        say("The registry knows it all already.")
    elif is_agreed(diff, path, dry_run=dry_run, yes=yes):
        plan.change.write()
        say(f"Written to {path}.")
    if intake.problems:
        raise typer.Exit(1)


def export(
    path: RegistryPath = None,
    *,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help=f"{_NAMES}.")],
    out: Annotated[Path, typer.Option(metavar="FILE", allow_dash=True, help="Where it goes; - is stdout.")] = Path("-"),
) -> None:
    """Write a registry in the format of another tool.

    The entities come by id, so that the same registry gives the same bytes. What a format cannot hold is left out.

    Example: resolver registry export aliases --format ftm --out entities.ftm.json
    """
    from resolver.exchange import export_lines, find_format

    found = find_format(out, format_)
    registry = Registry.load(path)
    lines = export_lines(registry, found)
    if str(out) == "-":
        write_lines(lines)
        return
    from resolver.files import write_atomically

    write_atomically(out, "".join(lines))
    say(f"{counted(len(registry), 'entity', 'entities')} of {registry.path} in {out}: {found.title}")


def _say_plan(plan: "Plan", intake: "Intake", title: str) -> None:
    """What the file holds and what comes of it, the decisions of a person last."""
    say(f"{intake.path}: {title}")
    for why, number in sorted(intake.ignored.items()):
        say(f"{number:,} passed over, {why}")
    _say_some([f"new: {entity.id} ({entity.name}), {entity.type}" for entity in plan.new])
    _say_some(
        f"{match.entity.id} ({match.entity.name}), by its {match.how}, gets "
        + ", ".join(f"«{alias.text}»" for alias in match.aliases)
        for match in plan.gains
    )
    _say_all("collision", plan.collisions)
    _say_all("skipped", plan.skipped)
    _say_all("note", plan.notes)
    _say_all("wrong", intake.problems)
    spellings = sum(len(match.aliases) for match in plan.gains)
    say(
        f"{counted(len(plan.new), 'new entity', 'new entities')}, "
        f"{counted(spellings, 'new spelling')} of {counted(len(plan.gains), 'known entity', 'known entities')}, "
        f"{len(plan.matches) - len(plan.gains):,} known with all spellings, "
        f"{counted(len(plan.collisions), 'collision')}, {len(plan.skipped):,} skipped, "
        f"{counted(len(intake.problems), 'problem')} in the file"
    )


def _say_some(lines: Iterable[str]) -> None:
    shown = list(lines)
    for line in shown[:SHOWN]:
        say(line)
    if len(shown) > SHOWN:
        say(f"... and {len(shown) - SHOWN:,} more: see the diff")


def _say_all(kind: str, problems: "Sequence[Problem]") -> None:
    for problem in problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        say(f"{place}: {kind}: {problem.message}", colour="yellow")
