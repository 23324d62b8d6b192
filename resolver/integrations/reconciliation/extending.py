"""The values of properties of entities, as OpenRefine adds columns: one row an id, a list of values a property.

An id that the registry does not hold, and a property that entities do not have, get empty lists: a table has some of
both, and the rest of it is wanted all the same.
"""

from typing import Any

from resolver import Entity
from resolver.integrations.reconciliation.bodies import as_list, as_name, as_object
from resolver.integrations.reconciliation.served import Served
from resolver.integrations.reconciliation.suggesting import property_record

MOST_IDS = 1_000  # of a request
MOST_PROPERTIES = 50


def extend(served: Served, value: Any, *, is_draft: bool) -> dict[str, Any]:
    """The values of what is asked for, {ids, properties: [{id}]}, in the shape of a version of the API."""
    asked = as_object(value, "the query")
    ids = [as_name(each, "an id") for each in as_list(asked.get("ids"), "ids", most=MOST_IDS)]
    wanted = as_list(asked.get("properties"), "properties", most=MOST_PROPERTIES)
    properties = [as_name(as_object(each, "a property").get("id"), "the id of a property") for each in wanted]
    known = served.properties
    meta = [property_record(known[each]) if each in known else {"id": each, "name": each} for each in properties]
    rows = {one: _row(served, served.find(one), properties, is_draft=is_draft) for one in ids}
    if not is_draft:
        return {"meta": meta, "rows": rows}
    listed = [
        {"id": one, "properties": [{"id": pid, "values": values} for pid, values in row.items()]}
        for one, row in rows.items()
    ]
    return {"meta": meta, "rows": listed}


def _row(
    served: Served, entity: Entity | None, properties: list[str], *, is_draft: bool
) -> dict[str, list[dict[str, str]]]:
    return {pid: _values(served, entity, pid, is_draft=is_draft) for pid in properties}


def _values(served: Served, entity: Entity | None, pid: str, *, is_draft: bool) -> list[dict[str, str]]:
    """The values of a property; only the draft says what they are written in."""
    known = served.properties.get(pid)
    if entity is None or known is None or known.values is None:
        return []
    return [{"str": text, **({"lang": lang} if lang and is_draft else {})} for text, lang in known.values(entity)]
