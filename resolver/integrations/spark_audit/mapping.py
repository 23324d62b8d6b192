"""What runs in the Python workers of Spark, beside the data: functions for `mapInArrow`.

Documents come as rows of `DOCUMENTS`. `FindOccurrences` makes rows of `OCCURRENCES` of them. `Gather` makes rows of
`GATHERED`: one for each document, with the lines of its mentions, and at the end of the partition its counts and the
tallies of its questions. `merge_counts` adds such counts up.
"""

import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
from pyspark import TaskContext
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    DoubleType,
    IntegerType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from resolver import Entity, Occurrence
from resolver.audit import Annotated, Annotator, Counts, DocumentRow, Recorder, document_row
from resolver.corpus import Document, ReadOptions, Unreadable, read_file, read_stream, row_document
from resolver.integrations.spark_audit.shipping import Shipment
from resolver.review import QueueBuilder

_ROWS_AT_ONCE = 64  # documents whose mentions wait for the rest of a batch


def _fields(**types: Any) -> StructType:
    return StructType([StructField(name, kind) for name, kind in types.items()])


_SPANS = ArrayType(_fields(start=IntegerType(), end=IntegerType()))
OCCURRENCES = _fields(  # an `Occurrence`
    document=StringType(),
    start=LongType(),
    end=LongType(),
    text=StringType(),
    sentence=StringType(),
    sentence_start=LongType(),
    status=StringType(),
    entity_id=StringType(),
    score=DoubleType(),
    reason=StringType(),
    candidates=ArrayType(_fields(entity_id=StringType(), score=DoubleType(), reason=StringType())),
    type=StringType(),
    lang=StringType(),
    date=StringType(),
)
DOCUMENTS = _fields(  # a `Document`, or an `Unreadable` if there is a reason; and where it stands in the corpus
    file=LongType(),
    row=LongType(),
    id=StringType(),
    text=StringType(),
    lang=StringType(),
    date=StringType(),
    spans=_SPANS,
    reason=StringType(),
)
FILES = _fields(file=LongType(), id=StringType(), path=StringType(), problem=StringType())
GATHERED = _fields(part=IntegerType(), kind=StringType(), key=StringType(), data=BinaryType())
DOCUMENT, COUNT, QUESTION = "document", "count", "question"  # the kinds of what was gathered

_COUNTED = pa.schema([("part", pa.int32()), ("kind", pa.string()), ("key", pa.string()), ("data", pa.binary())])
_CANDIDATES = pa.list_(pa.struct([("entity_id", pa.string()), ("score", pa.float64()), ("reason", pa.string())]))
_FOUND = pa.schema(
    [
        (field.name, {"string": pa.string(), "bigint": pa.int64(), "double": pa.float64()}.get(kind, _CANDIDATES))
        for field in OCCURRENCES
        if (kind := field.dataType.simpleString())
    ]
)
_READ = pa.schema(
    [
        ("file", pa.int64()),
        ("row", pa.int64()),
        *((name, pa.string()) for name in ("id", "text", "lang", "date")),
        ("spans", pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))),
        ("reason", pa.string()),
    ]
)

Batches = Iterator[pa.RecordBatch]
Result = Document | Unreadable


# Files to documents


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Reads the documents of files, as `read_corpus` does: rows of `FILES` in, with their `content` if Spark has it."""

    options: ReadOptions

    def __call__(self, batches: Batches) -> Batches:
        """Rows of `DOCUMENTS`; a file is read while its documents are taken."""
        return _in_batches(chain.from_iterable(map(self._documents, _rows(batches))), _READ)

    def _documents(self, file: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for number, result in enumerate(self._results(file)):
            yield {"file": file["file"], "row": number, **_as_row(result)}

    def _results(self, file: dict[str, Any]) -> Iterator[Result]:
        if file["problem"]:
            return iter([Unreadable(file["id"], file["problem"])])
        if "content" not in file:
            return read_file(Path(file["path"]), file["id"], self.options)
        content, name = file["content"] or b"", PurePosixPath(file["path"]).name
        return read_stream(BytesIO(content), name, file["id"], self.options, size=len(content))


def _as_row(result: Result) -> dict[str, Any]:
    if isinstance(result, Unreadable):
        return {"id": result.id, "reason": result.reason}
    spans = None if result.spans is None else [{"start": start, "end": end} for start, end in result.spans]
    return {"id": result.id, "text": result.text, "lang": result.lang, "date": result.date, "spans": spans}


# Rows to documents


def read_documents(batches: Batches) -> Iterator[Result]:
    """The documents of rows of `DOCUMENTS`."""
    for row in _rows(batches):
        if row["reason"] is not None:
            yield Unreadable(row["id"], row["reason"])
        else:
            spans = None if row["spans"] is None else tuple((span["start"], span["end"]) for span in row["spans"])
            yield Document(row["id"], row["text"], row["lang"], spans, row["date"])


def read_columns(batches: Batches) -> Iterator[Result]:
    """The documents of the columns of somebody's frame; a row without an id is named by partition and row."""
    part = _part()
    for number, row in enumerate(_rows(batches)):
        yield row_document(f"part {part}#{number}", row, ReadOptions())


# Documents to results


@dataclass(frozen=True, slots=True)
class FindOccurrences:
    """Annotates documents: rows of `OCCURRENCES` come out. What cannot be read gives none."""

    shipment: Shipment

    def __call__(self, batches: Batches) -> Batches:
        """The occurrences in the order of the documents."""
        results = map(Annotator(self.shipment.unpack()), read_columns(batches))
        found = (occurrence for result in results if isinstance(result, Annotated) for occurrence in result.occurrences)
        return _in_batches(map(_occurrence_row, found), _FOUND)


def _occurrence_row(occurrence: Occurrence) -> dict[str, Any]:
    row = {field.name: getattr(occurrence, field.name) for field in OCCURRENCES}
    names = ("entity_id", "score", "reason")
    return row | {"candidates": [dict(zip(names, each, strict=True)) for each in occurrence.candidates]}


@dataclass(frozen=True, slots=True)
class Gather:
    """Annotates documents, writes their lines, and counts: rows of `GATHERED` come out.

    is_frame   whether the rows are columns of somebody's frame, and not those of `DOCUMENTS`
    never      the entities with phrases that settle questions: all that a queue needs to know of the registry here
    """

    shipment: Shipment
    never: tuple[Entity, ...]
    is_frame: bool

    def __call__(self, batches: Batches) -> Batches:
        """A row for each document in their order, then the counts of this partition."""
        documents = read_columns(batches) if self.is_frame else read_documents(batches)
        return _in_batches(self._rows(documents), _COUNTED)

    def _rows(self, documents: Iterator[Result]) -> Iterator[dict[str, Any]]:
        record = Recorder(Annotator(self.shipment.unpack()))
        counts, builder, part = Counts(), QueueBuilder(self.never), _part()
        for document in documents:
            done = record(document)
            asked: set[str | None] = set()
            if isinstance(done.result, Annotated):
                counts.add(done.result)
                asked = set(map(builder.add, done.result.occurrences))
            head = _head(done.result, sorted(filter(None, asked)))
            yield {"part": part, "kind": DOCUMENT, "key": head, "data": done.mentions}
        yield from _counted(counts, builder, part)


def merge_counts(batches: Batches) -> Batches:
    """The counts of several partitions, sorted by these, as those of one: each key comes once."""
    counts, builder = Counts(), QueueBuilder()
    add_counts(_rows(batches), counts, builder)
    return _in_batches(_counted(counts, builder, 0), _COUNTED)


def add_counts(rows: Iterator[Any], counts: Counts, builder: QueueBuilder) -> None:
    """Merge rows of `GATHERED` that are counts, in the order of their partitions."""
    for row in rows:
        target = counts if row["kind"] == COUNT else builder
        target.merge(row["key"], bytes(row["data"]).decode())


def _counted(counts: Counts, builder: QueueBuilder, part: int) -> Iterator[dict[str, Any]]:
    for kind, source in ((COUNT, counts), (QUESTION, builder)):
        for key, data in source.parts():
            yield {"part": part, "kind": kind, "key": key, "data": data.encode()}


def _head(result: Annotated | Unreadable, asked: list[str]) -> str:
    """What the driver has to know of a document: its row in the report, and the spellings that are asked about."""
    if isinstance(result, Unreadable):
        return json.dumps({"unreadable": [result.id, result.reason]})
    return json.dumps({"row": astuple(document_row(result)), "asked": asked})


def parse_head(head: str) -> tuple[DocumentRow | Unreadable, list[str]]:
    """The row of a document in the report, and the spellings in it that are asked about."""
    values = json.loads(head)
    if "unreadable" in values:
        return Unreadable(*values["unreadable"]), []
    return DocumentRow(*values["row"]), values["asked"]


# Arrow


def _part() -> int:
    context = TaskContext.get()
    return 0 if context is None else context.partitionId()


def _rows(batches: Batches) -> Iterator[dict[str, Any]]:
    """The rows of batches; a large batch is not turned into values at once."""
    for batch in batches:
        for start in range(0, batch.num_rows, _ROWS_AT_ONCE):
            yield from batch.slice(start, _ROWS_AT_ONCE).to_pylist()


def _in_batches(rows: Iterator[dict[str, Any]], schema: pa.Schema) -> Batches:
    """The rows as batches of a few; a value that a row lacks is null."""
    waiting: list[dict[str, Any]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) >= _ROWS_AT_ONCE:
            yield pa.RecordBatch.from_pylist(waiting, schema=schema)
            waiting = []
    if waiting:
        yield pa.RecordBatch.from_pylist(waiting, schema=schema)
