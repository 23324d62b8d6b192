"""`resolver review accept` and `resolver review merge`: a queue in, the same queue with more decisions out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resolver.cli.change import ask
from resolver.cli.options import Aliases, DryRun, QueueFile, Yes
from resolver.cli.output import say
from resolver.pipeline import Resolver
from resolver.wording import console, counted, score_text, spellings_with_counts, table_of, two_lines

if TYPE_CHECKING:
    from resolver.review import Item, Pattern

SHOWN_ITEMS = 3
SHOWN_VARIANTS = 4


def accept(
    queue: QueueFile,
    *,
    above: Annotated[float, typer.Option(min=0.0, max=1.0, metavar="SCORE", help="Least score of a candidate.")] = 0.5,
    pattern: Annotated[
        str | None, typer.Option(metavar="EVIDENCE", help="Accept the items with this evidence: a line of the list.")
    ] = None,
    aliases: Aliases = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Match many items at once to their best candidate, where the evidence is the same.

    Without --pattern the patterns are listed: what speaks for (+) and against (-, !) the only candidate above the
    score. With one, every item of it is shown, and then the matches are written into the queue. Nothing goes into the
    registry before `resolver review apply`.

    Example: resolver review accept audit/queue.yaml --above 0.4
    """
    from resolver.review import accept as accepted
    from resolver.review import load_queue, patterns, replace_queue

    asked = load_queue(queue)
    found = patterns(asked, Resolver.load(aliases), above=above)
    if pattern is None:
        _show_patterns(found)
        return
    wanted = " ".join(sorted(pattern.split()))
    chosen = next((each for each in found if each.name == wanted), None)
    if chosen is None:
        raise typer.BadParameter(
            "no open item has this evidence: leave --pattern out to list all", param_hint="--pattern"
        )
    _show_items(chosen)
    if dry_run:
        say("Nothing is written: --dry-run.")
        return
    if not yes:
        ask(f"Match {counted(len(chosen.items), 'item')} to these entities?")
    replace_queue(asked, accepted(asked, chosen.items, note=f"accepted together: {chosen.name}"))
    say(f"{counted(len(chosen.items), 'item')} matched in {queue}. Write them: resolver review apply {queue}")


def merge(
    mine: QueueFile,
    theirs: QueueFile,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the one queue goes.")],
    base: Annotated[
        Path | None, typer.Option(metavar="QUEUE", exists=True, help="The version that both began from.")
    ] = None,
    name: Annotated[
        Path | None, typer.Option(metavar="PATH", help="What the files are called, if their own names do not tell.")
    ] = None,
) -> None:
    """Make one queue of two, for decisions that two people made apart.

    Where both decided and differ, the item stays open with both decisions in its note; they are listed, and the exit
    code is 1. For git: `git config merge.queue.driver "resolver review merge %A %B --base %O --out %A --name %P"`, and
    `queue.yaml merge=queue` in .gitattributes.

    Example: resolver review merge ada.yaml grace.yaml --out queue.yaml
    """
    from resolver.files import write_atomically
    from resolver.review import combine, load_queue, queue_text

    versions = [load_queue(path, like=name) for path in (mine, theirs, *([base] if base else []))]
    one = combine(*versions)
    write_atomically(out, queue_text(one.queue, name or out))
    for conflict in one.conflicts:
        say(conflict, colour="yellow")
    decided = sum(item.judgement.decision is not None for item in one.queue)
    say(f"{counted(len(one.queue), 'item')} in {out}, {decided} decided, {counted(len(one.conflicts), 'conflict')}")
    if one.conflicts:
        raise typer.Exit(1)


def _show_patterns(found: "list[Pattern]") -> None:
    if not found:
        say("No open item has exactly one candidate above the score: give a lower one with --above.")
        return
    table = table_of("mentions", "items", "evidence, and examples", right=("mentions", "items"))
    for each in found:
        examples = "; ".join(_match(item) for item in each.items[:SHOWN_ITEMS])
        table.add_row(f"{each.mentions:,}", f"{len(each.items):,}", two_lines(each.name, examples))
    console().print(table)
    say("Accept one: the same command with --pattern 'EVIDENCE'. All its items are shown first.")


def _show_items(chosen: "Pattern") -> None:
    table = table_of("mentions", "name and spellings", "is", "score", right=("mentions", "score"))
    for item in chosen.items:
        best = item.candidates[0]
        spellings = spellings_with_counts(item.variants, SHOWN_VARIANTS)
        table.add_row(
            f"{item.count:,}", two_lines(item.name, spellings), two_lines(best.id, best.why), score_text(best.score)
        )
    console().print(table)


def _match(item: "Item") -> str:
    return f"{item.name} = {item.candidates[0].id}"
