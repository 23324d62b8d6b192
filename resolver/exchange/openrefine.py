"""OpenRefine: the export of a column that was reconciled, a row for each name with the entity it was judged to be.

OpenRefine exports what its columns show, so these are made first (Edit column > Add column based on this column):

    name       value
    id         cell.recon.match.id
    match      cell.recon.match.name
    judgment   cell.recon.judgment       matched, new or none
    type       cell.recon.match.type[0]

https://openrefine.org/docs/manual/expressions#reconciliation has these variables. Only `name` and `id` are needed:
without a judgment a row with an id is matched. A matched name becomes an alias of the entity with that id.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from resolver.exchange.lines import Line, Row, read_rows, sniff_delimiter
from resolver.exchange.records import UNKNOWN, Intake, Record, gather, type_of_id
from resolver.model import ENTITY_TYPES, Entity
from resolver.wording import csv_line, plain_cell

COLUMNS = ("name", "id", "match", "judgment", "type")
MATCHED, NEW, NONE = "matched", "new", "none"


def read_openrefine(lines: Iterator[Line], intake: Intake) -> Iterator[Record]:
    """The records of a table of judgments."""
    header = next(lines, None)
    if header is None:
        return iter(())
    rows = read_rows(chain([header], lines), intake, sniff_delimiter(header.text))
    return gather(record for row in rows if (record := _record(row, intake)))


def write_openrefine(entities: Iterable[Entity]) -> Iterator[str]:
    """The lines of the table: every name is matched to its entity."""
    yield csv_line(COLUMNS)
    for entity in entities:
        for alias in entity.names:
            yield csv_line([alias.text, entity.id, entity.name, MATCHED, entity.type])


def _record(row: Row, intake: Intake) -> Record | None:
    cells = {name: plain_cell(cell).strip() for name, cell in row.cells.items()}
    name, entity_id = cells.get("name", ""), cells.get("id", "")
    judgment = cells.get("judgment", "").lower() or (MATCHED if entity_id else NONE)
    if judgment == NONE:
        intake.ignored["not judged yet"] += 1
        return None
    if judgment not in (MATCHED, NEW):
        intake.report(row.line, f"judgment is {judgment!r}: write {MATCHED}, {NEW} or {NONE}")
        return None
    if not name or (judgment == MATCHED and not entity_id):
        intake.report(row.line, "a matched row has 'name' and 'id': fill them in, or set the judgment to none")
        return None
    kind = cells.get("type", "").lower()
    type_ = kind if kind in ENTITY_TYPES else type_of_id(entity_id) if entity_id else UNKNOWN
    if judgment == NEW:
        return intake.record(row.line, "", name, type_)
    return intake.record(row.line, entity_id, cells.get("match") or name, type_, [intake.alias(row.line, name)])
