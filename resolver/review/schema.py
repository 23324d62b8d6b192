"""The JSON Schema of a queue, for editors that check a YAML queue and for programs that read JSON lines.

`queue.schema.json` is generated; a test compares. To write it again: `python -m resolver.review.schema`.
In YAML an unquoted scalar may look like another type to an editor; the queue reads all scalars as text.
"""

import json
from pathlib import Path
from typing import Any

from resolver.files import write_atomically
from resolver.model import ENTITY_TYPES
from resolver.review.queue import DECISION_WORDS, QUEUE_STATUSES
from resolver.review.reading import REQUIRED

FILE = Path(__file__).with_name("queue.schema.json")

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_OPTIONAL_TEXT = {"type": ["string", "null"]}


def queue_schema() -> dict[str, Any]:
    """The schema of a queue; `$defs/item` is that of one JSON line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Review queue",
        "type": "array",
        "items": {"$ref": "#/$defs/item"},
        "$defs": {"item": _item(), "decision": _decision()},
    }


def schema_text() -> str:
    """The schema as the text of its file."""
    return json.dumps(queue_schema(), indent=2, ensure_ascii=False) + "\n"


def _item() -> dict[str, Any]:
    snippet = _object({"document": _TEXT, "start": _COUNT, "end": _COUNT, "text": _TEXT})
    score = {"type": "number", "minimum": 0, "maximum": 1}
    candidate = _object({"id": _TEXT, "score": score, "why": _TEXT}, ("id", "score"))
    properties = {
        "key": _about("Stable between audits: keep it", _TEXT),
        "name": _about("The proposed canonical spelling", _TEXT),
        "type": _about("The proposed type", {"enum": [*ENTITY_TYPES, None]}),
        "status": _about("ambiguous: which of these? unresolved: who is this?", {"enum": list(QUEUE_STATUSES)}),
        "reason": _about("Why it was not resolved", _TEXT),
        "count": _about("How many mentions one decision settles", _COUNT),
        "documents": _about("In how many documents they stand", _COUNT),
        "first": _about("The day of the oldest of them", _TEXT),
        "last": _about("The day of the newest of them", _TEXT),
        "changed": _about("What is new since the audit before", _TEXT),
        "variants": _about(
            "Spelling: mentions", {"type": "object", "minProperties": 1, "additionalProperties": _COUNT}
        ),
        "snippets": _about("Places, the name in «guillemets»", {"type": "array", "items": snippet}),
        "candidates": _about("Entities that were considered, best first", {"type": "array", "items": candidate}),
        "proposal": _about("A draft of a registry entry; only `decision` counts", _TEXT),
        "decision": _about("Empty while undecided", {"$ref": "#/$defs/decision"}),
        "except": _about("Variants that the decision leaves open", {"type": ["array", "null"], "items": _TEXT}),
        "note": _about("Why, in the curator's words", _OPTIONAL_TEXT),
    }
    return _object(properties, REQUIRED)


def _decision() -> dict[str, Any]:
    ids = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
    entity = _object({"type": {"enum": list(ENTITY_TYPES)}, "name": _TEXT})
    return {
        "anyOf": [
            {"enum": [None, *DECISION_WORDS]},
            _about("It is this entity", _object({"match": _TEXT})),
            _about("It is a new entity", _object({"new": entity})),
            _about("It is none of these entities", _object({"not": ids})),
        ]
    }


def _about(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, **schema}


def _object(properties: dict[str, Any], required: tuple[str, ...] | None = None) -> dict[str, Any]:
    """An object of these properties and no other; all are required unless told which."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": list(properties if required is None else required),
    }


if __name__ == "__main__":
    write_atomically(FILE, schema_text())
