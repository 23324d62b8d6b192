"""`resolver review`: a queue with the decisions of a curator in, lines of the registry out."""

import sys
from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import resolver
from resolver.checks import unmet_names
from resolver.cli.options import Aliases, Format, Output, QueueFile
from resolver.cli.output import say, write_records
from resolver.errors import Problem, ReviewError
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.wording import STYLES, console, score_text, spellings_with_counts, table_of, text_of, two_lines

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from resolver.review import Application, Item, Queue

COLUMNS = (
    "key",
    "name",
    "type",
    "status",
    "reason",
    "count",
    "documents",
    "variants",
    "candidates",
    "decision",
    "note",
)
SHOWN_VARIANTS = 6
SHOWN_CANDIDATES = 2

review_commands = typer.Typer(no_args_is_help=True, help="Look at a review queue, and write its decisions.")


@review_commands.command()
def show(queue: QueueFile, *, format_: Output = Format.TABLE) -> None:
    """List the questions of a queue, and what was decided.

    The question that settles most mentions comes first.

    Example: resolver review show audit/queue.yaml
    """
    from resolver.review import as_record, load_queue

    items = load_queue(queue)
    if format_ is Format.TABLE:
        console().print(_table(items))
        _say_how_far(items)
    elif format_ is Format.CSV:
        write_records((_flat(item) for item in items), COLUMNS, format_)
    else:
        write_records((as_record(item) for item in items), COLUMNS, format_)


@review_commands.command()
def apply(
    queue: QueueFile,
    *,
    aliases: Aliases = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change and write nothing.")] = False,
    by: Annotated[
        str, typer.Option(metavar="NAME", envvar=["USER", "USERNAME"], help="Who decided; kept with each line.")
    ] = "curator",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
) -> None:
    """Write the decisions of a queue into the registry, all or none.

    They are taken off the queue. What each decision does goes to stderr, the change as a diff to stdout;
    `patch -R -p1 -d DIR` takes it back.

    Example: resolver review apply audit/queue.yaml --dry-run
    """
    from resolver.review import save_queue

    plan = _plan(queue, aliases, by)
    if not plan.lines:
        say(f"No decision in {queue}: fill in `decision:` of an item first.")
        return
    diff, path = plan.diff(), plan.change.path
    _print_diff(diff)
    if dry_run:
        say("Nothing is written: --dry-run.")
        return
    if diff and not yes:
        _ask(path)
    plan.write()
    try:
        save_queue(plan.remaining, queue)
    except OSError as error:
        advice = "the registry has the decisions all the same, and applying them again changes nothing"
        raise ReviewError([Problem(str(queue), 0, f"cannot be saved: {error.strerror}; {advice}")]) from error
    done = f"Written to {path}." if diff else "The registry knows it all already."
    say(f"{done} {len(plan.remaining)} left in {queue}.")


def _plan(queue: Path, aliases: Path | None, by: str) -> "Application":
    """What the decisions do, said line by line; an item that would be asked again all the same stays in the queue."""
    from resolver.review import load_queue, plan_application

    registry = Registry.load(aliases)
    if registry.path and is_replaced_by_updates(registry.path):
        advice = f"copy {registry.path} and name the copy: the next update of resolver would undo this one"
        raise typer.BadParameter(advice, param_hint="--aliases")
    plan = plan_application(load_queue(queue), registry, by=by, on=date.today().isoformat())
    for line in plan.lines:
        say(line)
    unmet = unmet_names(Resolver(plan.change.result()), plan.names) if plan.names else {}
    for message in chain.from_iterable(unmet.values()):
        say(f"note: {message}. Change this in the registry; until then it stays in the queue.", colour="yellow")
    return plan.keeping(unmet)


def is_replaced_by_updates(path: Path) -> bool:
    """Whether a registry lies inside the installed package, where what a curator adds would not last."""
    return Path(resolver.__file__).parent in path.resolve().parents


def _ask(path: Path) -> None:
    """Go on only if a person agrees; where nobody can be asked, say how to agree."""
    if not sys.stdin.isatty():
        raise typer.BadParameter(
            "nothing is written: nobody can be asked here, so add --yes to agree", param_hint="--yes"
        )
    typer.confirm(f"Write this to {path}?", abort=True, err=True)


def _print_diff(diff: str) -> None:
    """The diff as it is, so that `patch` can read it; on a terminal with its usual colours."""
    output = console()
    if not output.is_terminal:
        sys.stdout.write(diff)
        return
    styles = {"+": "green", "-": "red", "@": "cyan"}
    for line in diff.splitlines():
        output.print(text_of(line, styles.get(line[:1], "")), soft_wrap=True)


# Rendering


def _table(items: "Queue") -> "Table":
    table = table_of("count", "name and spellings", "why, and the nearest", "decision", right=("count",))
    for item in items:
        table.add_row(f"{item.count:,}", _names(item), _why(item), _decision(item))
    return table


def _names(item: "Item") -> "Text":
    if item.variants == ((item.name, item.count),):
        return text_of(item.name, "bold")
    return two_lines(item.name, spellings_with_counts(item.variants, SHOWN_VARIANTS))


def _why(item: "Item") -> "Text":
    """The reason in the colour of the status; that of an ambiguous name lists the candidates already."""
    nearest = item.candidates[:SHOWN_CANDIDATES] if item.status == "unresolved" else ()
    scores = ", ".join(f"{candidate.id} {score_text(candidate.score)}" for candidate in nearest)
    return two_lines(item.reason, scores, style=STYLES[item.status])


def _decision(item: "Item") -> "Text":
    judgement = item.judgement
    target = ", ".join(judgement.entities) or judgement.name or ""
    return text_of(f"{judgement.decision or ''} {target}".strip())


def _say_how_far(items: "Queue") -> None:
    decided = Counter(item.judgement.decision or "open" for item in items)
    counts = ", ".join(f"{count} {word}" for word, count in sorted(decided.items()))
    say(f"{len(items)} in the queue" + (f": {counts}" if counts else ""))


def _flat(item: "Item") -> dict[str, Any]:
    """The item with its lists as texts, for a spreadsheet."""
    from resolver.review import as_record

    return as_record(item) | {
        "variants": "; ".join(f"{text} ({count})" for text, count in item.variants),
        "candidates": "; ".join(f"{candidate.id} ({candidate.score:g})" for candidate in item.candidates),
        "decision": _decision(item).plain,
    }
