"""`resolver audit`: a corpus in, a folder with a report, all mentions and a review queue out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from resolver.cli.options import DEFAULT_PRESET, Accept, Aliases, Format, Output, Preset, load_resolver
from resolver.cli.output import say, write_lines
from resolver.errors import ResolverError
from resolver.pipeline import Resolver
from resolver.wording import console, counted, visible

if TYPE_CHECKING:
    from resolver.audit import AuditReport
    from resolver.corpus import Meter
    from resolver.review import Queue

QUEUE = "queue.yaml"
SHOWN_UNREADABLE = 10


class Engine(StrEnum):
    """What does the work: processes of this machine, or Spark."""

    LOCAL = "local"
    SPARK = "spark"


class Failure(StrEnum):
    """What makes an audit fail, if asked for."""

    UNRESOLVED = "unresolved"
    AMBIGUOUS = "ambiguous"
    UNREADABLE = "unreadable"


def audit(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, globs; - reads stdin.")],
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the report and the queue; made if missing.")],
    workers: Annotated[
        int, typer.Option(min=1, metavar="N", help="Processes; the result is the same for any number.")
    ] = 1,
    text_field: Annotated[str, typer.Option(metavar="FIELD", help="Field or column that holds the text.")] = "text",
    id_field: Annotated[str, typer.Option(metavar="FIELD", help="Field or column that holds the id.")] = "id",
    resume: Annotated[bool, typer.Option("--resume", help="Take up an audit that was interrupted.")] = False,
    fail_on: Annotated[
        list[Failure] | None,
        typer.Option(
            metavar="|".join(Failure),
            help="Leave with exit code 1 if there is any such name or document; may be given again.",
        ),
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="Who does the work; spark also reads s3a://, hdfs:// and the like.")
    ] = Engine.LOCAL,
    master: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Master of --engine spark, as local[4].", show_default="Spark's own setting"),
    ] = None,
    policy: Preset = DEFAULT_PRESET,
    accept: Accept = None,
    aliases: Aliases = None,
    format_: Output = Format.TABLE,
) -> None:
    """Resolve all names of a corpus into a report and a review queue.

    Writes report.html, report.json, mentions.jsonl and queue.yaml. Decisions in a queue.yaml that is there already are
    kept. The summary goes to stdout; with --format json it is the report, with jsonl or csv all mentions.

    Example: resolver audit seeds --out audit
    """
    if engine is Engine.LOCAL and master:
        raise typer.BadParameter("--master is for --engine spark")
    if engine is Engine.SPARK and resume:
        raise typer.BadParameter("--resume is for --engine local; Spark does what failed again by itself")

    def load() -> Resolver:
        return load_resolver(aliases, policy, accept)

    corpus = _Corpus(tuple(paths), text_field, id_field, out)
    if engine is Engine.SPARK:
        report, queue = _audit_by_spark(corpus, load, workers, master)
    else:
        report, queue = _audit_here(corpus, load, workers, resume=resume)
    _print(report, out, format_)
    _say_what_next(report, queue, out)
    if any(_count(failure, report) for failure in fail_on or ()):
        raise typer.Exit(1)


class _Corpus(NamedTuple):
    """What is audited, and the folder for what comes out."""

    paths: tuple[str, ...]
    text_field: str
    id_field: str
    out: Path


def _audit_here(
    corpus: _Corpus, load: Callable[[], Resolver], workers: int, *, resume: bool
) -> tuple["AuditReport", "Queue"]:
    from resolver.audit import write_audit
    from resolver.corpus import Meter, corpus_size, read_corpus
    from resolver.report import write_html
    from resolver.review import Queue, QueueBuilder, load_queue, renew_queue

    paths, text_field, id_field, out = corpus
    meter = Meter()
    documents = read_corpus(paths, text_field=text_field, id_field=id_field, exclude=[out], meter=meter)
    if (out / QUEUE).exists():
        load_queue(out / QUEUE)  # before the work begins: what is wrong in it should not come after
    resolver = load()
    builder = QueueBuilder(resolver.registry)
    queues: list[Queue] = []

    def finish(report: "AuditReport") -> None:
        write_html(out, report, resolver=resolver)
        queues.append(builder.build(workers=workers))

    with _progress(meter, lambda: corpus_size(paths, exclude=[out])) as progress:
        try:
            report = write_audit(
                out,
                documents,
                resolver,
                workers=workers,
                resume=resume,
                progress=progress,
                found=builder.add,
                finish=finish,
            )
        except (KeyboardInterrupt, SystemExit):
            say("Interrupted. What is done is kept: the same command with --resume takes it up.")
            raise
    # Last, once nothing is left to resume: what it says has changed is so beside the queue that was there before.
    return report, renew_queue(queues[0], out / QUEUE)


def _audit_by_spark(
    corpus: _Corpus, load: Callable[[], Resolver], workers: int, master: str | None
) -> tuple["AuditReport", "Queue"]:
    """The same files by Spark. ResolverError if it, pyarrow or Java is missing."""
    missing = [name for name in ("pyspark", "pyarrow") if find_spec(name) is None]
    if missing:
        raise ResolverError(f"--engine spark needs {' and '.join(missing)}: pip install 'resolver[spark]'")
    from resolver.integrations.spark_audit import start_session, write_spark_audit

    paths, text, id_, out = corpus
    resolver = load()
    return write_spark_audit(paths, out, resolver, spark=start_session(master), text=text, id=id_, workers=workers)


def _count(failure: Failure, report: "AuditReport") -> int:
    return len(report.unreadable) if failure is Failure.UNREADABLE else report.totals[failure.value]


@contextmanager
def _progress(meter: "Meter", size: Callable[[], int | None]) -> Iterator[Callable[[str], None]]:
    """A function that takes the id of each finished document; on a terminal it moves a bar.

    The bar shows the bytes that have been read: the reading is never far ahead of the work.
    """
    talk = console(stderr=True)
    if not talk.is_terminal:
        yield lambda document: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    done = count(1)
    speed = (
        TextColumn("{task.fields[done]:,} done"),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    name = TextColumn("{task.fields[document]}", style="dim", markup=False)
    with Progress(BarColumn(24), *speed, name, console=talk, transient=True) as progress:
        task = progress.add_task("", total=size(), document="", done=0)
        yield lambda document: progress.update(task, completed=meter.done, done=next(done), document=visible(document))


def _print(report: "AuditReport", out: Path, format_: Format) -> None:
    from resolver.audit import MENTIONS, read_occurrences, report_pieces
    from resolver.report import mentions_csv, summary_table

    if format_ is Format.TABLE:
        console().print(summary_table(report))
    elif format_ is Format.JSON:
        write_lines(report_pieces(report))
    elif format_ is Format.CSV:
        write_lines(mentions_csv(read_occurrences(out)))
    else:
        with (out / MENTIONS).open(encoding="utf-8", newline="\n") as lines:
            write_lines(lines)


def _say_what_next(report: "AuditReport", queue: "Queue", out: Path) -> None:
    """The unreadable documents, where the files are, and the next step."""
    from resolver.report import PAGE

    for document in report.unreadable[:SHOWN_UNREADABLE]:
        say(f"not read: {document.id}: {document.reason}", colour="yellow")
    if len(report.unreadable) > SHOWN_UNREADABLE:
        say(f"not read: {len(report.unreadable) - SHOWN_UNREADABLE:,} more, listed in the report", colour="yellow")
    say(f"Report: {out / PAGE}")
    if not len(queue):
        say("Nothing is left to decide.")
        return
    questions = counted(len(queue), "question")
    say(f"Queue:  {out / QUEUE}, {questions}. Decide in it, then: resolver review apply {out / QUEUE}")
