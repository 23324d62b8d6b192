"""`resolver review`: a queue with the decisions of a curator in, lines of the registry out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resolver.cli import queues
from resolver.cli.change import is_agreed, load_writable
from resolver.cli.options import Aliases, By, DryRun, Format, Output, QueueFile, Yes
from resolver.cli.output import say, write_records
from resolver.cli.serving import serve
from resolver.registry import Registry
from resolver.wording import STYLES, console, counted, score_text, spellings_with_counts, table_of, text_of, two_lines

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from resolver.registry import Addition
    from resolver.review import Entry, Item, Ledger, Preview, Queue

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
LOG_COLUMNS = ("id", "on", "by", "key", "decision", "wrote", "note", "undone")
SHOWN_VARIANTS = 6
LARGE_AUDIT = 20_000_000  # bytes of mentions that take more than a few seconds to go through
SHOWN_CANDIDATES = 2

review_commands = typer.Typer(
    no_args_is_help=True, help="Look at a review queue, write its decisions, and take them back."
)


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
    by: By = "curator",
    audit: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", exists=True, help="Audit to try the change on.", show_default="the folder of the queue"
        ),
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Write the decisions of a queue into the registry, all or none.

    They are taken off the queue, and the ledger beside the registry says who decided what. First it is shown what each
    decision does, and what the change does to the names of the audit: those that it places, moves and loses. That goes
    to stderr, the change as a diff to stdout. `resolver review undo` takes it back.

    Example: resolver review apply audit/queue.yaml --dry-run
    """
    from resolver.review import load_queue, preview_of

    preview = preview_of(load_queue(queue), load_writable(aliases), by=by, on=date.today().isoformat())
    plan = preview.application
    for line in plan.lines:
        say(line)
    if not plan.lines:
        say(f"No decision in {queue}: fill in `decision:` of an item first.")
        return
    diff, path = plan.diff(), plan.change.path
    for message in chain.from_iterable(preview.unmet.values()):
        say(f"note: {message}. Change this in the registry; until then it stays in the queue.", colour="yellow")
    if diff:
        _say_impact(preview, audit or queue.parent)
    if not is_agreed(diff, path, dry_run=dry_run, yes=yes):
        return
    plan.write()
    done = f"Written to {path}." if diff else "The registry knows it all already."
    say(f"{done} {len(plan.remaining)} left in {queue}.")


@review_commands.command()
def undo(
    queue: Annotated[
        Path | None,
        typer.Argument(metavar="[QUEUE]", exists=True, dir_okay=False, help="Queue that gets the questions back."),
    ] = None,
    *,
    decision: Annotated[
        str | None, typer.Option(metavar="ID", help="Take back this decision only: its id or the key of its item.")
    ] = None,
    aliases: Aliases = None,
    by: By = "curator",
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Take the last application of decisions back, or one decision.

    What it wrote goes out of the registry, byte for byte; what was edited since refuses the whole. With a queue its
    items are there again as they were decided. `resolver review log` lists what can be taken back.

    Example: resolver review undo audit/queue.yaml --dry-run
    """
    from resolver.review import load_queue, plan_undo

    asked = load_queue(queue) if queue else None
    plan = plan_undo(load_writable(aliases), by=by, on=date.today().isoformat(), decision=decision, queue=asked)
    for line in plan.lines:
        say(line)
    if is_agreed(plan.diff(), plan.change.path, dry_run=dry_run, yes=yes):
        plan.write()
        again = f" {len(plan.queue)} in {queue}." if plan.queue is not None else " The next audit asks again."
        say(f"Taken back from {plan.change.path}.{again}")


@review_commands.command()
def log(
    about: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Only what has this text in its spellings, ids or notes.")
    ] = None,
    *,
    aliases: Aliases = None,
    format_: Output = Format.TABLE,
) -> None:
    """List the decisions that made the registry what it is: who decided what, when, and what it wrote.

    Example: resolver review log Brechalov
    """
    from resolver.review import Ledger

    registry = Registry.load(aliases)
    ledger = Ledger.beside(registry.path) if registry.path else None
    rows = [_log_row(entry, ledger) for entry in ledger.entries] if ledger else []
    found = [row for row in rows if not about or about.casefold() in " ".join(map(str, row.values())).casefold()]
    if format_ is Format.TABLE:
        console().print(_log_table(found))
        say(counted(len(found), "decision"))
    else:
        write_records(found, LOG_COLUMNS, format_)


review_commands.command()(queues.accept)
review_commands.command()(queues.merge)


def _say_impact(preview: "Preview", audit: Path) -> None:
    """What the change does to the names of an audit, if there is one."""
    from resolver.audit import MENTIONS

    mentions = audit / MENTIONS if audit.is_dir() else audit
    if not mentions.exists():
        say(f"No {MENTIONS} in {audit}: what the change does to a corpus is not shown.")
        return
    if mentions.stat().st_size > LARGE_AUDIT:
        say(f"Trying the change on {mentions} …")
    for line in preview.impact_on(mentions):
        say(line)


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


def _log_row(entry: "Entry", ledger: "Ledger") -> dict[str, Any]:
    judgement = entry.item.judgement
    undone = ledger.undone.get(entry.id)
    return {
        "id": entry.id,
        "on": entry.on,
        "by": entry.by,
        "key": entry.item.key,
        "decision": _decision(entry.item).plain,
        "wrote": "; ".join(map(_wrote, entry.additions)),
        "note": judgement.note or "",
        "undone": " ".join(undone) if undone else "",
    }


def _wrote(addition: "Addition") -> str:
    """What an addition says, without its details."""
    words = {
        "entity": "{0.entity} is new",
        "aliases": "{0.entity} gets {0.text}",
        "never": "{0.entity} is never {0.text}",
    }
    return words.get(addition.key, "{0.text} is blocked").format(addition)


def _log_table(rows: Sequence[Mapping[str, Any]]) -> "Table":
    table = table_of("id", "when and who", "decision", "what came of it")
    for row in rows:
        style = "dim strike" if row["undone"] else ""
        table.add_row(
            text_of(row["id"], style),
            text_of(f"{row['on']} {row['by']}" + (f", taken back {row['undone']}" if row["undone"] else ""), style),
            two_lines(row["decision"], row["note"], style=style or "bold"),
            text_of(row["wrote"], style),
        )
    return table


def _flat(item: "Item") -> dict[str, Any]:
    """The item with its lists as texts, for a spreadsheet."""
    from resolver.review import as_record

    return as_record(item) | {
        "variants": "; ".join(f"{text} ({count})" for text, count in item.variants),
        "candidates": "; ".join(f"{candidate.id} ({candidate.score:g})" for candidate in item.candidates),
        "decision": _decision(item).plain,
    }


review_commands.command()(serve)
