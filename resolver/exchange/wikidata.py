"""Wikidata's JSON: labels and aliases by language, and the class (P31) that tells the type.

https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html has the format. What is read is the file of
Special:EntityData (`{"entities": {...}}`), or a dump with an entity a line, in brackets or not, also as `.gz`.

The QID becomes an identifier; the id of a new entity is made of its type and name. The canonical name is the label for
all languages (`mul`), else the English one, else that of the first language. Written are the entities that have a QID.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from resolver.exchange.lines import Line, join_lines, parse_json
from resolver.exchange.records import UNKNOWN, Intake, Record
from resolver.language.tables import read_table
from resolver.model import Alias, Entity

SCHEME = "wikidata"
ALL_LANGUAGES = "mul"
_PREFERRED = (ALL_LANGUAGES, "en")
_CLASSES = {qid: values[0] for qid, values in read_table("wikidata", "resolver.exchange")}
_WRITTEN = {
    "person": "Q5",
    "organization": "Q43229",
    "location": "Q17334923",
    "product": "Q2424752",
    "event": "Q1656682",
    "other": "Q35120",
}
_RANKS = ("preferred", "normal")


def read_wikidata(lines: Iterator[Line], intake: Intake) -> Iterator[Record]:
    """The records of a file of entities or of a dump."""
    for line, data in _objects(lines, intake):
        if data.get("type", "item") != "item" or "missing" in data:
            intake.ignored[f"{data.get('type', 'missing')}: no item"] += 1
            continue
        record = _record(line, data, intake)
        if record is not None:
            yield record


def write_wikidata(entities: Iterable[Entity]) -> Iterator[str]:
    """A line for each entity that has a QID, as a dump in brackets."""
    yield "[\n"
    before = ""
    for entity in entities:
        qid = dict(entity.identifiers).get(SCHEME)
        if qid:
            yield before + json.dumps(_data(entity, qid), ensure_ascii=False)
            before = ",\n"
    yield "\n]\n" if before else "]\n"


def _objects(lines: Iterator[Line], intake: Intake) -> Iterator[tuple[int, dict[str, Any]]]:
    first = next(lines, None)
    if first is None:
        return
    text = first.text.strip()
    if text.startswith('{"entities"') or not (text in ("", "[") or text.endswith(("}", "},"))):
        yield from _of_whole(first, lines, intake)
        return
    for number, content in chain([first], lines):
        row = content.strip().removesuffix(",")
        if row in ("", "[", "]"):
            continue
        value = parse_json(row, number, intake)
        if isinstance(value, dict):
            yield number, value
        elif value is not None:
            intake.report(number, "no entity of Wikidata: a dump has one a line")


def _of_whole(first: Line, rest: Iterator[Line], intake: Intake) -> Iterator[tuple[int, dict[str, Any]]]:
    value = parse_json(join_lines(chain([first], rest), intake), first.number, intake)
    held = value.get("entities", value) if isinstance(value, dict) else value
    items = [held] if isinstance(held, dict) and "labels" in held else held
    for item in items.values() if isinstance(items, dict) else items if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield first.number, item


def _record(line: int, data: dict[str, Any], intake: Intake) -> Record | None:
    qid = intake.text(line, data.get("id"), "the id")
    spelt = _spellings(data)
    if not qid or not spelt:
        intake.report(line, f"{qid or 'an entity'} has no label: it cannot be found by a name")
        return None
    langs: dict[str, set[str]] = {}
    for lang, text in spelt:
        langs.setdefault(text, set()).add(lang.partition("-")[0])
    # A spelling of several languages belongs to none of them.
    names = [
        intake.alias(line, text, lang=next(iter(codes)) if len(codes) == 1 and codes != {"simple"} else None)
        for text, codes in langs.items()
    ]
    identifiers = intake.pairs(line, [(SCHEME, qid)])
    return intake.record(line, "", spelt[0][1], _type(data), names[1:], identifiers=identifiers)


def _spellings(data: dict[str, Any]) -> list[tuple[str, str]]:
    """(language, text) of all labels and aliases, that of the canonical name first."""
    labels, aliases = data.get("labels"), data.get("aliases")
    found: list[tuple[int, int, str, str]] = []
    if isinstance(labels, dict):  # PHP writes an empty mapping as a list
        found += [(0, _rank(lang), lang, _value(label)) for lang, label in labels.items()]
    if isinstance(aliases, dict):
        for lang, items in aliases.items():
            found += [(1, _rank(lang), lang, _value(item)) for item in (items if isinstance(items, list) else ())]
    # In the order of the file within a language: sorting is stable.
    return [(lang, text) for _, _, lang, text in sorted(found, key=lambda each: each[:3]) if text]


def _rank(lang: str) -> int:
    return _PREFERRED.index(lang) if lang in _PREFERRED else len(_PREFERRED)


def _value(term: object) -> str:
    value = term.get("value") if isinstance(term, dict) else None
    return value if isinstance(value, str) else ""


def _type(data: dict[str, Any]) -> str:
    """The type of the best statement of a class that the table knows."""
    claims = data.get("claims")
    statements = claims.get("P31") if isinstance(claims, dict) else None
    items = [item for item in statements if isinstance(item, dict)] if isinstance(statements, list) else []
    for rank in _RANKS:
        for item in items:
            known = _CLASSES.get(_class(item))
            if item.get("rank", "normal") == rank and known:
                return known
    return UNKNOWN


def _class(statement: dict[str, Any]) -> str:
    value: object = statement
    for key in ("mainsnak", "datavalue", "value"):
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, dict):
        return ""
    return str(value.get("id") or f"Q{value.get('numeric-id', '')}")


def _data(entity: Entity, qid: str) -> dict[str, Any]:
    aliases: dict[str, list[dict[str, str]]] = {}
    for alias in entity.aliases:
        aliases.setdefault(alias.lang or ALL_LANGUAGES, []).append(_term(alias))
    name = _term(Alias(entity.name))
    return {
        "type": "item",
        "id": qid,
        "labels": {name["language"]: name},
        "aliases": aliases,
        "claims": {"P31": [_statement(_WRITTEN[entity.type])]},
    }


def _term(alias: Alias) -> dict[str, str]:
    return {"language": alias.lang or ALL_LANGUAGES, "value": alias.text}


def _statement(qid: str) -> dict[str, Any]:
    value = {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}
    snak = {"snaktype": "value", "property": "P31", "datavalue": {"value": value, "type": "wikibase-entityid"}}
    return {"mainsnak": snak | {"datatype": "wikibase-item"}, "type": "statement", "rank": "normal"}
