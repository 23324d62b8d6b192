"""Files to lines, rows and JSON, with bounds: no file can take more memory than one of its lines may have.

`read_lines`   the lines of a file, also of a `.gz`, each with its number
`read_json`    a JSON value a line
`read_rows`    the rows of a table, each with its number and by its header
`join_lines`   a whole file, where a format has no lines

A line that cannot be used is listed and passed over. Numbers in JSON are read as texts: nothing here calculates with
them, and a number of a million digits is then only a text that is too long.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from resolver.corpus.formats import GZIP_ERRORS, decompressed
from resolver.errors import CorpusError
from resolver.exchange.records import Intake

MAX_LINE = 16 * 2**20  # bytes; the longest entities of Wikidata have some 4 MB
MAX_CELL = 131_072  # characters of a cell: a whole list of aliases has some thousand
MAX_WHOLE = 64 * 2**20  # characters of a file that is read as a whole
_BYTE_ORDER_MARK = "\ufeff"


class Line(NamedTuple):
    """A line of a file without its end, counted from 1."""

    number: int
    text: str


class Row(NamedTuple):
    """A row of a table: the line on which it begins, and its cells by the names of the header."""

    line: int
    cells: Mapping[str, str]


def read_lines(path: Path, intake: Intake) -> Iterator[Line]:
    """The lines of a file that are UTF-8 and not too long; the others are listed."""
    with path.open("rb") as file, closing(decompressed(path.name, file)) as stream:
        number = 0
        try:
            for number, data in enumerate(_bounded(stream), 1):
                if data is None:
                    intake.report(number, f"longer than {MAX_LINE // 2**20} MB: split it")
                    continue
                try:
                    text = data.decode()
                except UnicodeDecodeError as error:
                    intake.report(number, f"byte 0x{data[error.start]:02x} is not UTF-8: save the file as UTF-8")
                    continue
                yield Line(number, text.removeprefix(_BYTE_ORDER_MARK) if number == 1 else text)
        except GZIP_ERRORS as error:
            intake.report(number + 1, f"damaged gzip file: {error}")


def read_json(lines: Iterable[Line], intake: Intake) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of JSON lines; empty lines do not count."""
    for number, text in lines:
        if text.strip():
            value = parse_json(text, number, intake)
            if isinstance(value, dict):
                yield number, value
            elif value is not None:
                intake.report(number, "no JSON object: each line is one, in braces")


def parse_json(text: str, line: int, intake: Intake) -> Any:
    """A JSON value with its numbers as texts, None if it is not valid."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        intake.report(line + error.lineno - 1, f"no valid JSON at character {error.colno}: {error.msg}")
    except RecursionError:
        intake.report(line, "nested too deeply: no entity is")
    return None


def read_rows(lines: Iterable[Line], intake: Intake, delimiter: str) -> Iterator[Row]:
    """The rows of a table below its header, which is folded to lower case; empty rows do not count."""
    csv.field_size_limit(MAX_CELL)  # of the whole process: a corpus may have raised it
    rows = _cells(lines, intake, delimiter)
    line, header = next(rows, (0, []))
    header = [cell.strip().lower() for cell in header]
    if len(set(filter(None, header))) < len(list(filter(None, header))):
        intake.report(line, "two columns have the same name: rename one")
        return
    for line, cells in rows:
        if len(cells) > len(header):
            intake.report(line, f"{len(cells)} cells, and the header has {len(header)}: quote cells with delimiters")
        elif any(cells):
            yield Row(line, dict(zip(header, cells, strict=False)))


def sniff_delimiter(header: str) -> str:
    """The delimiter of a table: a tab if its header has one, else a comma or, if there are more, a semicolon."""
    if "\t" in header:
        return "\t"
    return ";" if header.count(";") > header.count(",") else ","


def join_lines(lines: Iterable[Line], intake: Intake) -> str:
    """The text of a format that has no lines; CorpusError if that is too much to hold."""
    texts: list[str] = []
    size = 0
    for _, text in lines:
        texts.append(text)
        size += len(text)
        if size > MAX_WHOLE:
            raise CorpusError(f"{intake.path}: over {MAX_WHOLE // 2**20} MB, and it is read as a whole: split the file")
    return "\n".join(texts)


def _bounded(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream, None for each that is too long; of such a line no more is held than may be."""
    while data := stream.readline(MAX_LINE + 1):
        is_long = len(data) > MAX_LINE
        while is_long and not data.endswith(b"\n") and (data := stream.readline(MAX_LINE + 1)):
            pass
        yield None if is_long else data.rstrip(b"\r\n")


def _cells(lines: Iterable[Line], intake: Intake, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    first = 0

    def texts() -> Iterator[str]:
        nonlocal first
        for number, text in lines:
            first = first or number
            yield f"{text}\n"

    reader = csv.reader(texts(), delimiter=delimiter)
    while True:
        first = 0
        try:
            cells = next(reader, None)
        except csv.Error as error:
            intake.report(first, f"no row of a table: {error}; close the quotes")
            continue
        if cells is None:
            return
        yield first, cells
