"""One reader for each kind of file: bytes in, documents out.

1. `read_file` opens a file; `read_stream` gunzips it if its name says so, and hands the bytes to the reader of its
   suffix.
2. A reader yields a `Document` for each text and an `Unreadable` for each one that is damaged, with its place.

No reader holds more than `limit` bytes, and no `.gz` may expand without bounds.
"""

import codecs
import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from resolver.corpus.documents import Document, Unreadable, clean_date, clean_id, clean_language, clean_spans, date_in
from resolver.corpus.markup import page_charset, page_date, page_language, visible_text

if TYPE_CHECKING:  # the name exists only in the type stubs
    from _csv import Reader as CsvReader

    from pyarrow import RecordBatch

MAX_BYTES = 64 * 1024 * 1024  # some 10,000 pages: larger than a book, small enough for a laptop
# Text shrinks 3 to 10 times, very repetitive rows up to 100 times; a decompression bomb 1,000 times.
MAX_EXPANSION = 200
# What rows call the day of publication, the surest first. Telegram's own export says "date".
_DATE_FIELDS = ("date", "published", "published_at", "datePublished", "created_at", "time", "timestamp")
_FIELDS_OF_ROWS = ("lang", "ents", "spans", *_DATE_FIELDS)  # what may be read of a row besides its text and its id
_ROWS_AT_ONCE = 64  # of a Parquet file: an article has some 3 kB, so this is a moment's memory
_SURROGATE = re.compile("[\ud800-\udfff]")
GZIP_ERRORS = (gzip.BadGzipFile, EOFError, zlib.error)
_JSON_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How documents are found in rows, and how large one may be (in bytes)."""

    text_field: str = "text"
    id_field: str = "id"
    limit: int = MAX_BYTES


@dataclass(slots=True)
class Meter:
    """How far the reading of a corpus has come: `done` bytes of its files, compressed ones as they lie on the disk."""

    done: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """An open file: its id, its bytes, and after how many of them reading stops (None: never)."""

    id: str
    stream: BinaryIO
    cap: int | None = None


class _Line(NamedTuple):
    """A line of a file: its number from 1, and the offset of its first byte. A plain tuple, as there are millions."""

    number: int
    start: int
    data: bytes


Result = Document | Unreadable
Reader = Callable[[Source, ReadOptions], Iterator[Result]]


def suffix_of(path: Path) -> str:
    """The suffix that decides how a file is read: lower case, without `.gz`.

    >>> suffix_of(Path("a/2025.news.JSONL.gz"))
    '.jsonl'
    """
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def read_file(path: Path, document_id: str, options: ReadOptions, meter: Meter | None = None) -> Iterator[Result]:
    """The documents of one file. What cannot be opened or unzipped is listed, after what came before the damage."""
    meter = meter or Meter()
    before = meter.done
    try:
        with path.open("rb") as file:
            for result in read_stream(file, path.name, document_id, options, size=path.stat().st_size):
                meter.done = before + file.tell()
                yield result
    except OSError as error:
        yield Unreadable(document_id, f"cannot be read: {error.strerror or error}")


def read_stream(file: BinaryIO, name: str, document_id: str, options: ReadOptions, *, size: int) -> Iterator[Result]:
    """The documents of an open file of `size` bytes; its name says what it holds, and on which day it was published.

    What is damaged is listed; an OSError of the stream is left to the caller.
    """
    reader = READERS.get(suffix_of(Path(name)), read_text)
    day = date_in(name)
    stream = decompressed(name, file)
    cap = options.limit + MAX_EXPANSION * size if stream is not file else None
    is_empty = True
    try:
        for result in reader(Source(document_id, stream, cap), options):
            is_empty = False
            yield result if day is None or isinstance(result, Unreadable) else _dated(result, day)
    except GZIP_ERRORS as error:
        yield Unreadable(document_id, f"damaged gzip file: {error}")
    else:
        if is_empty:
            yield Unreadable(document_id, "holds no documents")


def _dated(document: Document, day: str) -> Document:
    """The document with the day of its file, unless it states its own."""
    return document if document.date else replace(document, date=day)


def decompressed(name: str, file: BinaryIO) -> BinaryIO:
    """The content of the file; buffered, as GzipFile reads lines ten times slower."""
    if not name.lower().endswith(".gz"):
        return file
    return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=file)))


# Whole files


def read_text(source: Source, options: ReadOptions) -> Iterator[Result]:
    """The file is one document."""
    yield _whole(source, options)


def read_html(source: Source, options: ReadOptions) -> Iterator[Result]:
    """The visible text of the page is one document."""
    page = _whole(source, options, charset=page_charset)
    if isinstance(page, Document):
        yield Document(page.id, visible_text(page.text), page_language(page.text), date=page_date(page.text))
    else:
        yield page


def read_json(source: Source, options: ReadOptions) -> Iterator[Result]:
    """An object is one document; a list holds one in each item, counted from 1."""
    whole = _whole(source, options)
    content = _parse_json(whole) if isinstance(whole, Document) else whole
    if isinstance(content, Unreadable):
        yield content
    elif isinstance(content, list):
        for number, row in enumerate(content, start=1):
            yield row_document(f"{source.id}#{number}", row, options)
    else:
        yield row_document(source.id, content, options)


def _whole(source: Source, options: ReadOptions, *, charset: Callable[[bytes], str | None] | None = None) -> Result:
    """All of a file as text. `charset` finds what a page declares; it is asked only where UTF-8 fails."""
    data = source.stream.read(options.limit + 1)
    if len(data) > options.limit:
        return Unreadable(source.id, _too_large(options))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(source.id, data, "utf-16")
    if b"\0" in data:
        return Unreadable(source.id, "binary file, not text")
    result = _decoded(source.id, data, "utf-8")
    declared = charset(data) if charset and isinstance(result, Unreadable) else None
    return _decoded(source.id, data, declared) if declared else result


def _too_large(options: ReadOptions) -> str:
    return f"larger than {options.limit:,} bytes; split it or raise the limit"


def _decoded(document_id: str, data: bytes, encoding: str) -> Result:
    """The bytes as text, without byte-order mark; the first byte that is wrong is named."""
    mark = len(codecs.BOM_UTF8) if encoding == "utf-8" and data.startswith(codecs.BOM_UTF8) else 0
    try:
        return Document(document_id, data[mark:].decode(encoding))
    except UnicodeDecodeError as error:
        name = encoding.upper()
        return Unreadable(document_id, f"not {name} at byte {mark + error.start}; save the file as UTF-8")
    except LookupError:  # a page may declare anything, also codecs that are not for text
        return Unreadable(document_id, f"declares the unknown character set {encoding!r}; save the file as UTF-8")


def _parse_json(document: Document) -> object:
    """The JSON value of a text; an `Unreadable` if there is none."""
    try:
        return cast("object", json.loads(document.text))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, " if error.lineno > 1 else ""
        return Unreadable(document.id, f"not JSON: {error.msg} ({place}column {error.colno})")
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; brackets nested 1,000 deep
        return Unreadable(document.id, f"not usable JSON: {error}")


# Rows


def read_json_lines(source: Source, options: ReadOptions) -> Iterator[Result]:
    """Each line that is not blank is one document."""
    for line in _lines(source, options):
        if isinstance(line, Unreadable):
            yield line
        elif line.data.strip():
            yield _line_document(f"{source.id}#{line.number}", line, options)


def _line_document(row_id: str, line: _Line, options: ReadOptions) -> Result:
    try:
        text = line.data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Unreadable(row_id, f"line {line.number}: not UTF-8 at byte {line.start + error.start} of the file")
    row = _parse_json(Document(row_id, text.strip()))
    result = row if isinstance(row, Unreadable) else row_document(row_id, row, options)
    if isinstance(result, Unreadable):
        return Unreadable(result.id, f"line {line.number}: {result.reason}")
    return result


def read_table(source: Source, options: ReadOptions, *, delimiters: str) -> Iterator[Result]:
    """Each row below the header is one document, named by the line on which it starts.

    The delimiter is the first one under which the header has a column for the text.
    """
    csv.field_size_limit(max(csv.field_size_limit(), options.limit))  # the default cuts off at 131,072 characters
    problems: list[Unreadable] = []
    lines = _text_lines(source, options, problems)
    first = next(lines, "")
    try:
        headers = {delimiter: next(csv.reader([first], delimiter=delimiter), []) for delimiter in delimiters}
    except csv.Error as error:
        yield Unreadable(f"{source.id}#1", f"line 1: {error}; the rest of the table is not read")
        return
    fitting = [delimiter for delimiter in delimiters if options.text_field in headers[delimiter]]
    if fitting:
        table = csv.reader(chain([first], lines), delimiter=fitting[0])
        yield from _table_documents(source.id, table, options)
    elif first:
        yield Unreadable(source.id, _missing(options.text_field, headers[delimiters[0]]))
    yield from problems


def _table_documents(table_id: str, table: "CsvReader", options: ReadOptions) -> Iterator[Result]:
    start = 1
    try:
        header = next(table)  # of more than one line, if it has quotes
        start = table.line_num + 1
        for cells in table:
            if cells:
                yield row_document(f"{table_id}#{start}", dict(zip(header, cells, strict=False)), options)
            start = table.line_num + 1
    except csv.Error as error:
        yield Unreadable(f"{table_id}#{start}", f"line {start}: {error}; the rest of the table is not read")


def _text_lines(source: Source, options: ReadOptions, problems: list[Unreadable]) -> Iterator[str]:
    """The lines of a table; bytes that are no UTF-8 come as surrogates, which `row_document` reports.

    Reading ends at a line that is a problem: without it nobody knows in which quotes the next one stands.
    """
    for line in _lines(source, options):
        if isinstance(line, Unreadable):
            problems.append(line)
            return
        yield line.data.decode("utf-8", "surrogateescape")


def _lines(source: Source, options: ReadOptions) -> Iterator[_Line | Unreadable]:
    """The lines of a file without byte-order mark; one beyond the limit is listed and passed over."""
    number, start = 0, 0
    while data := source.stream.readline(options.limit + 1):
        number += 1
        if number == 1 and b"\0" in data:
            yield Unreadable(source.id, "binary file, not text")
            return
        if len(data) > options.limit:
            yield Unreadable(f"{source.id}#{number}", f"line {number}: longer than {options.limit:,} bytes")
        elif start == 0 and data.startswith(codecs.BOM_UTF8):
            yield _Line(number, len(codecs.BOM_UTF8), data[len(codecs.BOM_UTF8) :])
        else:
            yield _Line(number, start, data)
        start += len(data)
        if source.cap is not None and start > source.cap:
            yield Unreadable(source.id, f"expands to more than {MAX_EXPANSION} times its size; the rest is not read")
            return
        while len(data) > options.limit and not data.endswith(b"\n"):
            data = source.stream.readline(options.limit + 1)
            start += len(data)
            if not data or (source.cap is not None and start > source.cap):
                break


def read_parquet(source: Source, options: ReadOptions) -> Iterator[Result]:
    """Each row is one document, counted from 1; only the columns in use are read. Needs pyarrow."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        yield Unreadable(source.id, "Parquet needs pyarrow: pip install 'resolver[dataframes]'")
        return
    if source.cap is not None:
        yield Unreadable(source.id, "gzipped Parquet; gunzip it, as Parquet is compressed inside")
        return
    number = expanded = 0
    try:
        cap = options.limit + MAX_EXPANSION * source.stream.seek(0, io.SEEK_END)
        names = parquet.read_schema(source.stream).names
        if options.text_field not in names:
            yield Unreadable(source.id, _missing(options.text_field, names))
            return
        table = parquet.ParquetFile(source.stream, read_dictionary=[options.text_field])
        used = [name for name in names if name in (options.text_field, options.id_field, *_FIELDS_OF_ROWS)]
        groups = map(table.metadata.row_group, range(table.num_row_groups))
        batches = (
            table.iter_batches(_ROWS_AT_ONCE, columns=used) if sum(g.total_byte_size for g in groups) <= cap else ()
        )
        for row in chain.from_iterable(map(_rows_of, batches)):
            number += 1
            expanded += len(str(row[options.text_field]))  # a text that comes again and again is in the file once
            if expanded > cap:
                break
            yield row_document(f"{source.id}#{number}", _plain(row), options)
        if expanded > cap or (not number and table.metadata.num_rows):
            yield Unreadable(source.id, f"expands to more than {MAX_EXPANSION} times its size; the rest is not read")
    except (ArrowException, OSError, UnicodeDecodeError) as error:
        yield Unreadable(source.id, f"damaged Parquet file after row {number}: {str(error).splitlines()[0]}")


def _rows_of(batch: "RecordBatch") -> Iterator[dict[str, object]]:
    """The rows of a batch, one in memory at a time."""
    for number in range(batch.num_rows):
        yield from batch.slice(number, 1).to_pylist()


def _plain(row: dict[str, object]) -> dict[str, object]:
    """The row with its days and times as texts."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def row_document(row_id: str, row: object, options: ReadOptions) -> Result:
    """The document of a row, under its own id if it has one."""
    if not isinstance(row, dict):
        return Unreadable(row_id, f"{_kind(row)}, where an object with the field {options.text_field!r} is needed")
    own_id = row.get(options.id_field)
    if isinstance(own_id, str | int) and clean_id(str(own_id)):
        row_id = clean_id(str(own_id))
    if options.text_field not in row:
        return Unreadable(row_id, _missing(options.text_field, list(row)))
    text = row[options.text_field]
    if not isinstance(text, str):
        return Unreadable(row_id, f"the field {options.text_field!r} holds {_kind(text)}, not a text")
    if len(text) > options.limit:
        return Unreadable(row_id, _too_large(options))
    broken = _SURROGATE.search(text)
    if broken:
        return Unreadable(row_id, f"not valid Unicode at character {broken.start()} of the text; save it as UTF-8")
    spans = clean_spans(row, len(text))
    if isinstance(spans, str):
        return Unreadable(row_id, spans)
    dates = (clean_date(row.get(field)) for field in _DATE_FIELDS)
    return Document(row_id, text, clean_language(row.get("lang")), spans, next(filter(None, dates), None))


def _kind(value: object) -> str:
    return _JSON_KINDS.get(type(value), "a number")


def _missing(field: str, fields: list[str]) -> str:
    known = ", ".join(clean_id(name)[:40] for name in fields[:8]) or "none"
    return f"no field {field!r} (fields: {known}); name the field that holds the text"


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".markdown": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".parquet": read_parquet,
    ".csv": partial(read_table, delimiters=",;\t|"),
    ".tsv": partial(read_table, delimiters="\t"),
}
