r"""CSV and TSV: a row for each entity, and below it a row for each other name.

The header names the columns, in any order; only `name` (or `alias`) is needed. In the row of an entity `alias` is
empty; in the row of another name it holds the name, with its details beside it. A table of others may instead give all
other names in one cell, `aliases`. Such lists are separated by `|`; a backslash makes the next character an ordinary
one.

A text that a spreadsheet would run as a formula has an apostrophe before it, which is taken off again.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from resolver.exchange.lines import Line, Row, read_rows, sniff_delimiter
from resolver.exchange.records import Intake, Record, gather
from resolver.model import Alias, Entity
from resolver.wording import csv_line, plain_cell

LISTS = ("identifiers", "redirects", "cues", "never", "resolve", "reject")
DETAILS = ("lang", "kind", "case", "match", "requires", "from", "until", "source", "added", "by", "note")
COLUMNS = ("id", "type", "name", "alias", *DETAILS, *LISTS)
# What others call the columns.
OTHERS = {
    "label": "name",
    "preferred_label": "name",
    "language": "lang",
    "synonym": "alias",
    "synonyms": "aliases",
    "qid": "wikidata",
}
_SCHEMES = ("wikidata",)  # a column of identifiers of one scheme
_ITEM = re.compile(r"(?:[^\\|]|\\.)+", re.DOTALL)
_PAIR = re.compile(r"((?:[^\\=]|\\.)+)=(.+)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPECIAL = re.compile(r"[\\|=]")


def read_table(lines: Iterator[Line], intake: Intake) -> Iterator[Record]:
    """The records of a table with commas, semicolons or tabs."""
    header = next(lines, None)
    if header is None:
        return
    delimiter = sniff_delimiter(header.text)
    renamed = ((row.line, _renamed(row)) for row in read_rows(chain([header], lines), intake, delimiter))
    yield from gather(_records(renamed, intake, header.number))


def write_csv(entities: Iterable[Entity]) -> Iterator[str]:
    """The lines of a table with commas."""
    return _write(entities, ",")


def write_tsv(entities: Iterable[Entity]) -> Iterator[str]:
    """The lines of a table with tabs."""
    return _write(entities, "\t")


def split_list(text: str) -> list[str]:
    r"""The items of a cell.

    >>> split_list(r"Ak Bars|a \| b")
    ['Ak Bars', 'a | b']
    """
    return [_ESCAPED.sub(r"\1", item) for item in _ITEM.findall(text)]


def join_list(items: Iterable[str]) -> str:
    """The cell of a list."""
    return "|".join(map(_escaped, items))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _renamed(row: Row) -> dict[str, str]:
    return {OTHERS.get(name, name): plain_cell(cell) for name, cell in row.cells.items()}


def _records(rows: Iterable[tuple[int, dict[str, str]]], intake: Intake, header: int) -> Iterator[Record]:
    strange: set[str] | None = None
    for line, row in rows:
        if strange is None:
            strange = set(row) - {*COLUMNS, *_SCHEMES, "aliases", ""}
            if not {"name", "alias"} & set(row):
                intake.report(
                    header, "no column 'name': the first line names the columns, such as id,type,name,aliases"
                )
                return
            if strange:
                names = ", ".join(map(repr, sorted(strange)))
                intake.report(header, f"unknown columns are not read: {names}; known are {', '.join(COLUMNS)}")
        yield _record(line, row, intake)


def _record(line: int, row: dict[str, str], intake: Intake) -> Record:
    entity_id = row.get("id", "")
    type_ = intake.type(line, row.get("type"), entity_id)
    details: dict[str, object] = {"from_" if key == "from" else key: row.get(key) for key in DETAILS}
    if row.get("alias"):
        return intake.record(line, entity_id, row.get("name"), type_, [intake.alias(line, row["alias"], **details)])
    lists = {name: split_list(row.get(name, "")) for name in LISTS if name != "identifiers"}
    aliases = [intake.alias(line, text, lang=row.get("lang")) for text in split_list(row.get("aliases", ""))]
    return intake.record(
        line,
        entity_id,
        row.get("name"),
        type_,
        aliases,
        identifiers=_identifiers(line, row, intake),
        source=intake.text(line, row.get("source"), "source") or None,
        note=intake.note(line, row.get("note")),
        **{name: intake.texts(line, items, name) for name, items in lists.items()},
    )


def _identifiers(line: int, row: dict[str, str], intake: Intake) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, object]] = [(scheme, row[scheme]) for scheme in _SCHEMES if row.get(scheme)]
    for item in _ITEM.findall(row.get("identifiers", "")):
        found = _PAIR.fullmatch(item)
        if found:
            pairs.append((_ESCAPED.sub(r"\1", found[1]), _ESCAPED.sub(r"\1", found[2])))
        else:
            intake.report(line, f"identifier {item!r} has no scheme: write scheme=value, such as wikidata=Q42")
    return intake.pairs(line, pairs)


def _write(entities: Iterable[Entity], delimiter: str) -> Iterator[str]:
    yield csv_line(COLUMNS, delimiter=delimiter)
    for entity in entities:
        yield csv_line(_entity_cells(entity), delimiter=delimiter)
        for alias in entity.aliases:
            yield csv_line(_alias_cells(entity, alias), delimiter=delimiter)


def _entity_cells(entity: Entity) -> list[str | None]:
    values: dict[str, str | None] = {"id": entity.id, "type": entity.type, "name": entity.name}
    values |= {"source": entity.source, "note": entity.note}
    values |= {name: join_list(getattr(entity, name)) for name in LISTS if name != "identifiers"}
    pairs = (f"{_escaped(scheme)}={_escaped(value)}" for scheme, value in entity.identifiers)
    return [values.get(column) for column in COLUMNS[: COLUMNS.index("identifiers")]] + [
        "|".join(pairs),
        *(values[name] for name in LISTS[1:]),
    ]


def _alias_cells(entity: Entity, alias: Alias) -> list[str | None]:
    details = [getattr(alias, "from_" if key == "from" else key) for key in DETAILS]
    return [entity.id, entity.type, entity.name, alias.text, *details, *[None] * len(LISTS)]
