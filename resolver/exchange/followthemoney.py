"""FollowTheMoney JSON lines, as OpenSanctions and Aleph have them: an entity a line, with a schema and properties.

https://followthemoney.tech/explorer/ has the schemata; `entities.ftm.json` of OpenSanctions adds `caption` (the name to
show) and `referents` (the ids that were merged into this one).

Entities that have no name of their own to look for (sanctions, passports, ownerships, documents) are passed over. The
format has names of four kinds and no languages of them.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from resolver.exchange.lines import Line, read_json
from resolver.exchange.records import Intake, Record
from resolver.model import Alias, Entity

# A legal entity may be a person.
TYPES = {
    "Person": "person",
    "Organization": "organization",
    "Company": "organization",
    "PublicBody": "organization",
    "LegalEntity": "other",
    "Vessel": "product",
    "Airplane": "product",
    "Vehicle": "product",
    "Asset": "product",
    "Address": "location",
    "Territory": "location",
    "RealEstate": "location",
    "Event": "event",
    "Project": "other",
    "Thing": "other",
}
SCHEMATA = {
    "person": "Person",
    "organization": "Organization",
    "location": "Address",
    "product": "Asset",
    "event": "Event",
    "other": "Thing",
}
# The property of a name, and the kind that a name of it gets.
KINDS = {"alias": "spelling", "previousName": "former", "abbreviation": "acronym", "weakAlias": "short"}
PROPERTIES = {"former": "previousName", "acronym": "abbreviation"} | dict.fromkeys(
    ("short", "nickname", "description"), "weakAlias"
)
_ABBREVIATED = ("Person", "Organization")  # of those that are written, the schemata that have abbreviations
# Identifiers that are unique enough to tell that two entities are one.
SCHEMES = {
    "wikidataId": "wikidata",
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "okpoCode": "okpo",
    "leiCode": "lei",
    "dunsCode": "duns",
    "swiftBic": "bic",
    "imoNumber": "imo",
    "mmsi": "mmsi",
    "isinCode": "isin",
    "permId": "permid",
    "registrationNumber": "registration",
    "taxNumber": "tax",
    "vatCode": "vat",
    "passportNumber": "passport",
    "icaoCode": "icao",
    "serialNumber": "serial",
}
_PROPERTY_OF = {scheme: name for name, scheme in SCHEMES.items()}
# Which identifiers the schemata that are written have.
_OF_ALL = ("wikidata",)
_OF_LEGAL = ("inn", "ogrn", "okpo", "lei", "duns", "bic", "registration", "tax", "vat")
_HAS = {"Person": (*_OF_ALL, *_OF_LEGAL, "passport"), "Organization": (*_OF_ALL, *_OF_LEGAL, "imo", "permid")}


def read_followthemoney(lines: Iterator[Line], intake: Intake) -> Iterator[Record]:
    """The records of JSON lines."""
    for line, data in read_json(lines, intake):
        schema, properties = data.get("schema"), data.get("properties")
        if not isinstance(schema, str) or not isinstance(properties, dict):
            intake.report(line, "no entity of FollowTheMoney: it has 'id', 'schema' and 'properties'")
        elif schema not in TYPES:
            intake.ignored[f"{schema}: no name to look for"] += 1
        else:
            yield _record(line, data, schema, properties, intake)


def write_followthemoney(entities: Iterable[Entity]) -> Iterator[str]:
    """A line for each entity."""
    for entity in entities:
        yield json.dumps(_data(entity), ensure_ascii=False) + "\n"


def _record(line: int, data: dict[str, Any], schema: str, properties: dict[str, Any], intake: Intake) -> Record:
    names = [*_values(data.get("caption")), *_values(properties.get("name"))]
    if schema == "Address":
        names += _values(properties.get("full"))
    aliases = [intake.alias(line, text) for text in names[1:]]
    for name, kind in KINDS.items():
        aliases += [intake.alias(line, text, kind=kind) for text in _values(properties.get(name))]
    found = [(scheme, value) for name, scheme in SCHEMES.items() for value in _values(properties.get(name))]
    notes = _values(properties.get("notes"))
    sources = intake.texts(line, _values(properties.get("sourceUrl")), "sourceUrl")
    return intake.record(
        line,
        data.get("id"),
        names[0] if names else "",
        TYPES[schema],
        aliases,
        identifiers=intake.pairs(line, found),
        redirects=intake.texts(line, _values(data.get("referents")), "a referent"),
        source=next(iter(sources), None),
        note=intake.note(line, notes[0]) if notes else None,
    )


def _values(value: object) -> list[object]:
    """The values of a property: a list, or one alone."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _data(entity: Entity) -> dict[str, Any]:
    schema = SCHEMATA[entity.type]
    properties: dict[str, list[str]] = {"name": [entity.name]}
    if schema == "Address":
        properties["full"] = [entity.name]
    for alias in entity.aliases:
        properties.setdefault(_property(alias, schema), []).append(alias.text)
    for scheme, value in entity.identifiers:
        if scheme in _HAS.get(schema, _OF_ALL):
            properties[_PROPERTY_OF[scheme]] = [value]
    if entity.source and entity.source.startswith(("https://", "http://")):
        properties["sourceUrl"] = [entity.source]
    if entity.note:
        properties["notes"] = [entity.note]
    data = {"id": entity.id, "caption": entity.name, "schema": schema, "properties": properties}
    return data | ({"referents": list(entity.redirects)} if entity.redirects else {})


def _property(alias: Alias, schema: str) -> str:
    name = PROPERTIES.get(alias.kind, "alias")
    return "alias" if name == "abbreviation" and schema not in _ABBREVIATED else name
