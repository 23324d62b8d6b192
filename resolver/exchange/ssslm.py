"""SSSLM, the Simple Standard for Sharing Literal Mappings: a TSV with a row for each name of an entity.

https://pypi.org/project/ssslm has the twelve columns. `curie` is the entity, `name` its canonical name, `text` the
spelling; `type` says which kind of name it is, with a term of OMO where there is one.

Languages have two letters. The format has no type of entities: it is read from an id such as `person:x`.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from resolver.exchange.curies import BASE, curie_of, id_of, quoted
from resolver.exchange.lines import Line, Row, read_rows
from resolver.exchange.records import Intake, Record, gather, type_of_id
from resolver.model import ALIAS_KINDS, Alias, Entity

COLUMNS = (
    "text",
    "curie",
    "name",
    "predicate",
    "type",
    "provenance",
    "contributor",
    "date",
    "language",
    "comment",
    "source",
    "taxon",
)
LABEL = "rdfs:label"
_EXACT, _RELATED = "oboInOwl:hasExactSynonym", "oboInOwl:hasRelatedSynonym"
_OMO = {
    "OMO:0003000": "acronym",  # abbreviation
    "OMO:0003006": "misspelling",
    "OMO:0003007": "misnomer",
    "OMO:0003008": "former",
    "OMO:0003012": "acronym",
    "OMO:0003003": "nickname",  # layperson synonym
}
_TERMS = {kind: f"{BASE}:{kind}" for kind in ALIAS_KINDS} | {
    "spelling": "",
    "acronym": "OMO:0003012",
    "misspelling": "OMO:0003006",
    "misnomer": "OMO:0003007",
    "former": "OMO:0003008",
}
_LOOSE = ("misnomer", "description")
_LETTERS = 2  # of a language code


def read_ssslm(lines: Iterator[Line], intake: Intake) -> Iterator[Record]:
    """The records of a TSV of literal mappings."""
    return gather(record for row in read_rows(lines, intake, "\t") if (record := _record(row, intake)))


def write_ssslm(entities: Iterable[Entity]) -> Iterator[str]:
    """The lines of the TSV."""
    yield tsv_line(COLUMNS)
    for entity in entities:
        yield tsv_line(_cells(entity, Alias(entity.name), LABEL))
        for alias in entity.aliases:
            yield tsv_line(_cells(entity, alias, _RELATED if alias.kind in _LOOSE else _EXACT))


def tsv_line(cells: Iterable[str | None]) -> str:
    """A line of a TSV that programs read: nothing is added to make it safe for a spreadsheet."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t", lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def _record(row: Row, intake: Intake) -> Record | None:
    line, cells = row
    entity_id = id_of(cells.get("curie", "").strip())
    if not entity_id or not cells.get("text"):
        intake.report(line, "a literal mapping has 'text' and 'curie': fill them in, or remove the row")
        return None
    is_label = cells.get("predicate") == LABEL
    alias = intake.alias(
        line,
        cells["text"],
        lang=cells.get("language"),
        kind=_kind(cells.get("type", "")),
        source=cells.get("source"),
        added=cells.get("date"),
        by=id_of(cells.get("contributor", "")),
        note=cells.get("comment"),
    )
    name = cells.get("name") or (cells["text"] if is_label else "")
    return intake.record(line, entity_id, name, type_of_id(entity_id), [alias])


def _kind(term: str) -> str:
    prefix, _, kind = term.partition(":")
    return kind if prefix == BASE and kind in ALIAS_KINDS else _OMO.get(term, "spelling")


def _cells(entity: Entity, alias: Alias, predicate: str) -> list[str | None]:
    contributor = f"{BASE}:{quoted(alias.by)}" if alias.by else None
    lang = alias.lang if alias.lang and len(alias.lang) == _LETTERS else None
    row = {
        "text": alias.text,
        "curie": curie_of(entity.id),
        "name": entity.name,
        "predicate": predicate,
        "type": _TERMS[alias.kind],
        "contributor": contributor,
        "date": alias.added,
        "language": lang,
        "comment": alias.note,
        "source": alias.source,
    }
    return [row.get(column) for column in COLUMNS]
