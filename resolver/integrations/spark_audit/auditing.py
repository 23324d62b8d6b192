"""The audit by Spark: documents in a frame -> occurrences in a frame, or the four files of `resolver audit`.

1. Each partition is annotated where it lies. What it gives is kept on the disks of the executors until it is fetched.
2. Its counts and the tallies of its questions are merged by Spark, key by key.
3. The driver takes the merged counts, then the lines of the mentions, partition by partition, and writes the files.

So the driver holds what the local engine holds: counts of different names, never documents or their mentions.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from resolver import CorpusError, Resolver
from resolver.audit import AuditReport, Counts, DocumentRow, write_gathered
from resolver.corpus import ReadOptions, Unreadable
from resolver.integrations.spark_audit.files import read_paths
from resolver.integrations.spark_audit.mapping import (
    DOCUMENT,
    GATHERED,
    OCCURRENCES,
    FindOccurrences,
    Gather,
    add_counts,
    merge_counts,
    parse_head,
)
from resolver.integrations.spark_audit.session import plain_errors, start_session
from resolver.integrations.spark_audit.shipping import ship
from resolver.report import write_html
from resolver.review import Queue, QueueBuilder, load_queue, renew_queue

QUEUE = "queue.yaml"
_ROWS = "spark.sql.execution.arrow.maxRecordsPerBatch"
_FEW = "256"  # documents in a batch: an article has some 5 kB, a page of HTML 200 kB; 10,000 of them would be 2 GB


class SparkAudit(NamedTuple):
    """What an audit wrote into its folder."""

    report: AuditReport
    queue: Queue


def audit_frame(
    frame: DataFrame,
    resolver: Resolver,
    *,
    text: str = "text",
    id: str = "id",  # noqa: A002 (the name of the column)
    lang: str | None = None,
    date: str | None = None,
) -> DataFrame:
    """The occurrences of the names in a frame of documents, lazily: rows of `OCCURRENCES`.

    text, id, lang, date   the columns of the documents; the text is a string, the others may be of any simple type

    They stand in the order of the rows. A row without text has none. CorpusError if a column is missing.
    """
    documents = _columns(frame, text, id, lang, date)
    shipment = ship(frame.sparkSession.sparkContext, resolver)
    return documents.mapInArrow(FindOccurrences(shipment), OCCURRENCES)


def write_spark_audit(
    corpus: DataFrame | str | Path | Iterable[str | Path],
    out: str | Path,
    resolver: Resolver,
    *,
    spark: SparkSession | None = None,
    text: str = "text",
    id: str = "id",  # noqa: A002 (the name of the column)
    lang: str | None = None,
    date: str | None = None,
    workers: int = 1,
    progress: Callable[[str], None] | None = None,
) -> SparkAudit:
    """The audit of a frame or of files in a folder of the driver: what `resolver audit` writes, byte for byte.

    corpus     a frame of documents, with the columns as in `audit_frame`; or paths, for which text and id are the
               fields of JSON rows and tables, as in `read_corpus`
    workers    processes of the driver that build the queue; the session is `spark`, that of the frame, or a new one
    progress   gets the id of each document as its mentions are written

    Decisions in a queue that is there are kept. CorpusError if the corpus or the folder cannot be used at all.
    """
    folder = Path(out)
    if (folder / QUEUE).exists():
        load_queue(folder / QUEUE)  # before the work begins: what is wrong in it should not come after
    with plain_errors():
        if isinstance(corpus, DataFrame):
            session, documents = corpus.sparkSession, _columns(corpus, text, id, lang, date)
        else:
            session = spark or start_session()
            paths = [corpus] if isinstance(corpus, str | Path) else list(corpus)
            options = ReadOptions(text_field=text, id_field=id)
            documents = read_paths(session, map(str, paths), options, exclude=[folder])
        never = tuple(entity for entity in resolver.registry.entities if entity.never)
        gather = Gather(ship(session.sparkContext, resolver), never, isinstance(corpus, DataFrame))
        builder = QueueBuilder(resolver.registry)
        with _small_batches(session), _kept(documents.mapInArrow(gather, GATHERED)) as gathered:
            counts = _count(gathered, builder)
            report = write_gathered(folder, _written(gathered, builder, progress), counts, resolver)
    write_html(folder, report, resolver=resolver)
    queue = renew_queue(builder.build(workers=workers), folder / QUEUE)
    return SparkAudit(report, queue)


def _columns(frame: DataFrame, text: str, id_: str, lang: str | None, date: str | None) -> DataFrame:
    """The columns of the documents under the names that rows have."""
    chosen = {"text": text, "id": id_, "lang": lang, "date": date}
    for name in chosen.values():
        if name is not None and name not in frame.columns:
            known = ", ".join(frame.columns) or "none"
            raise CorpusError(f"no column {name!r} (columns: {known}); name the columns that hold the text and the id")
    kind = frame.schema[text].dataType.simpleString()
    if kind != "string":
        raise CorpusError(f"the column {text!r} holds {kind}, not texts")
    return frame.select(*(f.col(f"`{old}`").cast("string").alias(new) for new, old in chosen.items() if old))


def _count(gathered: DataFrame, builder: QueueBuilder) -> Counts:
    """What all partitions have counted: Spark merges the pieces of a name, the driver gets one of each."""
    pieces = gathered.where(f.col("kind") != DOCUMENT).repartition("kind", "key").sortWithinPartitions("part")
    counts = Counts()
    merged = pieces.mapInArrow(merge_counts, GATHERED)
    add_counts(merged.toLocalIterator(prefetchPartitions=True), counts, builder)
    return counts


def _written(
    gathered: DataFrame, builder: QueueBuilder, progress: Callable[[str], None] | None
) -> Iterator[tuple[DocumentRow | Unreadable, bytes]]:
    """The documents in their order, a partition at a time."""
    documents = gathered.where(f.col("kind") == DOCUMENT).select("key", "data")
    for row in documents.toLocalIterator(prefetchPartitions=True):
        document, asked = parse_head(row["key"])
        builder.note(asked, document.id)
        if progress:
            progress(document.id)
        yield document, bytes(row["data"])


@contextmanager
def _kept(frame: DataFrame) -> Iterator[DataFrame]:
    """The frame, computed once and kept on the disks of the executors."""
    kept = frame.persist(StorageLevel.DISK_ONLY)
    try:
        yield kept
    finally:
        kept.unpersist()


@contextmanager
def _small_batches(spark: SparkSession) -> Iterator[None]:
    """Batches of documents that fit into memory, as long as this lasts."""
    before = spark.conf.get(_ROWS)
    spark.conf.set(_ROWS, _FEW)
    try:
        yield
    finally:
        spark.conf.set(_ROWS, before or "10000")
