"""SSSOM, the Simple Standard for Sharing Ontological Mappings: a TSV of ids that mean the same, below a YAML header.

https://mapping-commons.github.io/sssom/spec-formats-tsv has the format. An entity is the subject; each identifier and
each id that was merged into it is the object of an exact match. The header says what the prefixes stand for.

The format has no names but the label of the subject: an import finds or makes entities, and gives them no spellings.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, dropwhile

from resolver.exchange.curies import BASE, curie_of, id_of, quoted
from resolver.exchange.lines import Line, Row, read_rows
from resolver.exchange.records import Intake, Record, gather
from resolver.exchange.ssslm import tsv_line
from resolver.model import ENTITY_TYPES, Entity
from resolver.registry.writing import scalar

COLUMNS = ("subject_id", "subject_label", "subject_category", "predicate_id", "object_id", "mapping_justification")
EXACT = ("skos:exactMatch", "owl:sameAs", "owl:equivalentClass")
_JUSTIFICATION = "semapv:ManualMappingCuration"
_HEADER = {
    "mapping_set_id": "urn:resolver:registry",
    "license": "https://w3id.org/sssom/license/unspecified",
}
_KNOWN = {"wikidata": "http://www.wikidata.org/entity/"}
_PREFIX = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")


def read_sssom(lines: Iterator[Line], intake: Intake) -> Iterator[Record]:
    """The records of a TSV of mappings."""
    table = dropwhile(lambda line: line.text.startswith("#"), lines)
    return gather(record for row in read_rows(table, intake, "\t") if (record := _record(row, intake)))


def write_sssom(entities: Iterable[Entity]) -> Iterator[str]:
    """The lines of the header and of the table; entities without identifiers and merged ids have none."""
    mapped = [entity for entity in entities if list(_objects(entity))]
    yield from _header(mapped)
    yield tsv_line(COLUMNS)
    for entity in mapped:
        subject = curie_of(entity.id)
        for target in _objects(entity):
            yield tsv_line([subject, entity.name, f"{BASE}:{entity.type}", EXACT[0], target, _JUSTIFICATION])


def _record(row: Row, intake: Intake) -> Record | None:
    line, cells = row
    subject, target = cells.get("subject_id", "").strip(), cells.get("object_id", "").strip()
    if not subject or not target:
        intake.report(line, "a mapping has 'subject_id' and 'object_id': fill them in, or remove the row")
        return None
    if cells.get("predicate_id") not in EXACT or cells.get("predicate_modifier"):
        intake.ignored["no exact match"] += 1
        return None
    entity_id = id_of(subject)
    category = id_of(cells.get("subject_category", ""))
    type_ = intake.type(line, category if category in ENTITY_TYPES else None, entity_id)
    prefix, _, local = target.partition(":")
    is_id = prefix in (BASE, subject.partition(":")[0], *ENTITY_TYPES)
    return intake.record(
        line,
        entity_id,
        cells.get("subject_label"),
        type_,
        redirects=intake.texts(line, id_of(target), "object_id") if is_id else (),
        identifiers=() if is_id else intake.pairs(line, [(prefix, id_of(f"{BASE}:{local}"))]),
    )


def _objects(entity: Entity) -> Iterator[str]:
    for scheme, value in entity.identifiers:
        if _PREFIX.fullmatch(scheme):
            yield f"{scheme}:{quoted(value)}"
    yield from map(curie_of, entity.redirects)


def _header(entities: Sequence[Entity]) -> Iterator[str]:
    curies = chain.from_iterable((curie_of(entity.id), *_objects(entity)) for entity in entities)
    yield "#curie_map:\n"
    for prefix in sorted({BASE, *(curie.partition(":")[0] for curie in curies)}):
        yield f"#  {scalar(prefix)}: {scalar(_KNOWN.get(prefix, f'urn:resolver:{prefix}:'))}\n"
    for name, value in _HEADER.items():
        yield f"#{name}: {scalar(value)}\n"
