"""The JSON Schema of a registry's files, so that editors complete and check while a curator types.

`aliases/registry.schema.json` is generated; a test compares. To write it again: `python -m resolver.registry.schema`.
A scalar may look like a number, a boolean or nothing to the editor: the registry reads all of them as texts.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from resolver.files import write_atomically
from resolver.registry.keys import ALIAS_KEYS, ENTITY_KEYS, EXPECT_KEYS, PHRASE_KEYS, Key
from resolver.registry.registry import bundled_folder

FILE_NAME = "registry.schema.json"
_TEXT = {"type": ["string", "number", "boolean", "null"]}
_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_LANGUAGE = {"type": "string", "pattern": "^[a-z]{2,3}$"}


def registry_schema() -> dict[str, Any]:
    """The schema of a file of entities, and of blocked.yaml: an item that is a text or has one is a phrase."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Registry of entities",
        "type": "array",
        "items": {
            "if": {"anyOf": [_TEXT, {"type": "object", "required": ["text"]}]},
            "then": {"$ref": "#/$defs/phrase"},
            "else": {"$ref": "#/$defs/entity"},
        },
        "$defs": {
            "entity": _object(ENTITY_KEYS),
            "alias": {"anyOf": [_TEXT, _object(ALIAS_KEYS)]},
            "phrase": {"anyOf": [_TEXT, _object(PHRASE_KEYS)]},
        },
    }


def schema_text() -> str:
    """The schema as the text of its file."""
    return json.dumps(registry_schema(), indent=2, ensure_ascii=False) + "\n"


def _object(keys: Mapping[str, Key]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {"description": key.help, **_value(key)} for key in keys.values()},
    }
    required = [key.name for key in keys.values() if key.required]
    return {**schema, "required": required} if required else schema


def _value(key: Key) -> dict[str, Any]:
    shapes: dict[str, dict[str, Any]] = {
        "line": _TEXT,
        "text": _TEXT,
        "date": _DAY,
        "lang": _LANGUAGE,
        "choice": {"enum": list(key.choices)},
        "lines": _list(_TEXT),
        "aliases": _list({"$ref": "#/$defs/alias"}),
        "phrases": _list({"$ref": "#/$defs/phrase"}),
        "pairs": {"type": "object", "additionalProperties": _TEXT},
        "expect": _object(EXPECT_KEYS) if key.shape == "expect" else {},
    }
    return shapes[key.shape]


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "uniqueItems": True}


if __name__ == "__main__":
    write_atomically(Path(bundled_folder()) / FILE_NAME, schema_text())
