"""What begins with a prefix: entities of the registry, types and properties, some at a time."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from resolver.integrations.reconciliation.bodies import Body, as_count, as_name, as_optional_text
from resolver.integrations.reconciliation.catalogue import Property
from resolver.integrations.reconciliation.describing import description_of, type_record
from resolver.integrations.reconciliation.served import Served, folded

MOST_SUGGESTED = 20  # of an answer; `cursor` skips those that were seen
Answer = dict[str, Any]
_T = TypeVar("_T")


def suggest_entities(served: Served, asked: Body, preferred: Sequence[str]) -> Answer:
    """Entities by a prefix of a word of a name, or of the id; `type` leaves those of one type."""
    kind = as_optional_text(asked, "type")
    found = [entity for entity in served.with_prefix(_prefix(asked)) if kind is None or entity.type == kind]
    page = _page(found, asked)
    return {
        "result": [
            {
                "id": entity.id,
                "name": entity.name,
                **_described(description_of(entity, preferred)),
                "notable": [type_record(entity.type)],
            }
            for entity in page
        ]
    }


def suggest_types(served: Served, asked: Body) -> Answer:
    """Types of the registry."""
    wanted = folded(_prefix(asked))
    return {"result": _page([type_record(kind) for kind in served.types if folded(kind).startswith(wanted)], asked)}


def suggest_properties(served: Served, asked: Body) -> Answer:
    """Properties by a prefix of their id or of a word of their name."""
    wanted = folded(_prefix(asked))
    found = [each for each in served.properties.values() if _begins(each, wanted)]
    return {"result": [property_record(each) | _described(each.description) for each in _page(found, asked)]}


def propose_properties(served: Served, asked: Body) -> Answer:
    """The properties that entities of a type have values of; of all types, if the registry knows none of that name.

    OpenRefine 3.5 names the schema space as the type of a column that was reconciled without one.
    """
    kind = as_optional_text(asked, "type")
    fetched = served.fetched[kind] if kind in served.fetched else frozenset().union(*served.fetched.values())
    found = [property_record(each) for each in served.properties.values() if each.id in fetched]
    answer: Answer = {"properties": found}
    if kind:
        answer["type"] = kind
    if "limit" in asked:
        answer["limit"] = as_count(asked["limit"], "limit")
        answer["properties"] = found[: answer["limit"]]
    return answer


def property_record(each: Property) -> dict[str, str]:
    """A property as both versions write it."""
    return {"id": each.id, "name": each.name}


def _prefix(asked: Body) -> str:
    return as_name(asked.get("prefix"), "prefix")


def _page(found: Sequence[_T], asked: Body) -> Sequence[_T]:
    start = as_count(asked["cursor"], "cursor", least=0) if "cursor" in asked else 0
    size = as_count(asked["limit"], "limit") if "limit" in asked else MOST_SUGGESTED
    return found[start : start + min(size, MOST_SUGGESTED)]


def _begins(each: Property, wanted: str) -> bool:
    words: Iterable[str] = (each.id, *each.id.split("."), each.name, *each.name.split())
    return any(folded(word).startswith(wanted) for word in words)


def _described(description: str) -> dict[str, str]:
    return {"description": description} if description else {}
