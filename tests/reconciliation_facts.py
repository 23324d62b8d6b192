"""What the W3C Entity Reconciliation API says of requests and answers, as JSON schemas, and a registry to ask.

Written from the text of the specifications of versions 0.2 and 1.0-draft
(https://reconciliation-api.github.io/specs/), with fields that they do not name refused: what is answered is to hold
nothing but what they say. Where a checkout of the specifications is named (`reconciliation_specs`), each answer is held
against their own schemas as well.
"""

from typing import Any

import jsonschema
from reconciliation_specs import kinds_of, schema_of

Schema = dict[str, Any]

REGISTRY = """\
- id: person:anna-schmidt
  type: person
  name: Anna Schmidt
  aliases: [Anna Maria Schmidt, {text: Анна Шмідт, lang: uk}]
  identifiers: {wikidata: Q1001, viaf: "77"}
- id: person:anna-schmidt-2
  type: person
  name: Anna Schmidt
  aliases: [Anna Elisabeth Schmidt, {text: Анна Шмідт, lang: uk}]
  identifiers: {wikidata: Q1002}
- id: person:oleksandr-syrskyi
  type: person
  name: Oleksandr Syrskyi
  aliases: [{text: Олександр Сирський, lang: uk}, {text: Александр Сырский, lang: ru}]
  identifiers: {wikidata: Q4446438}
  redirects: [person:syrskyi]
  note: Commander-in-chief of the Armed Forces of Ukraine
- id: organization:kupol
  type: organization
  name: Izhevsk Electromechanical Plant Kupol
  aliases: [{text: Kupol, kind: short}, {text: Купол, lang: ru, kind: short}]
- id: product:osa
  type: product
  name: Osa
  aliases: [{text: 9K33, kind: designator}, {text: OSA, requires: cue}]
  cues: [air defence]
- id: product:hostile
  type: product
  name: <script>alert(1)</script>
  aliases: ['"><img src=x onerror=alert(1)>', "&lt;b&gt;"]
  note: "</style><script>alert(2)</script>"
"""

_TEXT: Schema = {"type": "string", "minLength": 1}
_ADDRESS: Schema = {"type": "string", "pattern": "^https?://"}


def _object(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    properties = {**required, **(optional or {})}
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


_NAMED = _object({"id": _TEXT, "name": _TEXT})
_SUGGESTED = {"description": _TEXT}
_SHARED = {"name": _TEXT, "defaultTypes": _list(_NAMED, uniqueItems=True)}
_SHARED_OPTIONAL = {"documentation": _ADDRESS, "serviceVersion": _TEXT, "batchSize": {"type": "integer", "minimum": 1}}
_SIZE = {"width": {"type": "integer"}, "height": {"type": "integer"}}
_PATH = _object({"service_url": _ADDRESS, "service_path": {"type": "string", "pattern": "^/"}})


def _template(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^https?://.*{pattern}.*"}


def _candidate(feature: Schema) -> Schema:
    return _object(
        {
            "id": _TEXT,
            "name": _TEXT,
            "type": _list(_NAMED),
            "score": {"type": "number", "minimum": 0, "maximum": 100},
            "match": {"type": "boolean"},
            "features": _list(feature, uniqueItems=True),
        },
        {"description": _TEXT},
    )


_FEATURE = {"id": _TEXT, "value": {"type": ["number", "boolean"]}}
_SUGGEST: dict[str, Schema] = {
    "suggest-entity": _object(
        {"result": _list(_object({"id": _TEXT, "name": _TEXT}, {**_SUGGESTED, "notable": _list(_NAMED)}))}
    ),
    "suggest-type": _object({"result": _list(_NAMED)}),
    "suggest-property": _object({"result": _list(_object({"id": _TEXT, "name": _TEXT}, _SUGGESTED))}),
    "propose": _object({"properties": _list(_NAMED)}, {"type": _TEXT, "limit": {"type": "integer"}}),
}
SCHEMAS: dict[str, dict[str, Schema]] = {
    "0.2": {
        "manifest": _object(
            {
                **_SHARED,
                "versions": {**_list(_TEXT), "contains": {"const": "0.2"}},
                "identifierSpace": _ADDRESS,
                "schemaSpace": _ADDRESS,
            },
            {
                **_SHARED_OPTIONAL,
                "view": _object({"url": _template(r"\{\{id\}\}")}),
                "preview": _object({"url": _template(r"\{\{id\}\}"), **_SIZE}),
                "suggest": _object({}, {"entity": _PATH, "property": _PATH, "type": _PATH}),
                "extend": _object({}, {"propose_properties": _PATH, "property_settings": _list({}, maxItems=0)}),
            },
        ),
        "results": _map(_object({"result": _list(_candidate(_object(_FEATURE)))})),
        "extended": _object({"meta": _list(_NAMED), "rows": _map(_map(_list(_object({"str": _TEXT}))))}),
        **_SUGGEST,
    },
    "1.0-draft": {
        "manifest": _object(
            {
                **_SHARED,
                "versions": {**_list(_TEXT), "contains": {"const": "1.0-draft"}},
                "view": _object({"url": _template(r"\{id\}")}),
            },
            {
                **_SHARED_OPTIONAL,
                "preview": _object(_SIZE),
                "suggest": _object({kind: {"type": "boolean"} for kind in ("entity", "property", "type")}),
                "extend": _object(
                    {}, {"proposeProperties": {"type": "boolean"}, "propertySettings": _list({}, maxItems=0)}
                ),
                "standardizedScore": {"type": "boolean"},
            },
        ),
        "results": _object(
            {"results": _list(_object({"candidates": _list(_candidate(_object({**_FEATURE, "name": _TEXT})))}))}
        ),
        "extended": _object(
            {
                "meta": _list(_NAMED),
                "rows": _list(
                    _object(
                        {
                            "id": _TEXT,
                            "properties": _list(
                                _object({"id": _TEXT, "values": _list(_object({"str": _TEXT}, {"lang": _TEXT}))})
                            ),
                        }
                    )
                ),
            }
        ),
        **_SUGGEST,
    },
}


# What the specifications call these answers: the names of their own schemas.
SPECIFIED = {
    "manifest": "manifest",
    "results": "reconciliation-result-batch",
    "extended": "data-extension-response",
    "propose": "data-extension-property-proposal",
    "suggest-entity": "suggest-entities-response",
    "suggest-type": "suggest-types-response",
    "suggest-property": "suggest-properties-response",
}


def check(answer: Any, kind: str, version: str) -> Any:
    """The answer, if it is of the shape that a version gives to this kind of answer."""
    jsonschema.Draft202012Validator(SCHEMAS[version][kind]).validate(answer)
    if SPECIFIED[kind] in kinds_of(version):
        schema_of(SPECIFIED[kind], version).validate(answer)
    return answer


# Queries, (what is special, query): 0.2, and the same in words of 1.0-draft where that has them.
VALID = {
    "0.2": [
        {"query": "Kupol"},
        {"query": "Kupol", "type": "organization", "limit": 5, "type_strict": "any"},
        {"query": "Kupol", "type": ["organization", "person"], "type_strict": "should"},
        {"query": "Kupol", "type": [], "properties": []},
        {"query": "Kupol", "limit": 5.0},
        {"query": "Kupol", "type": None, "limit": None},
        {"query": "Kupol", "type": ""},
        {"query": "Kupol", "properties": [{"pid": "P1", "v": "x"}, {"pid": "P2", "v": 3}, {"pid": "P3", "v": True}]},
        {"query": "Kupol", "properties": [{"pid": "alias", "v": ["x", {"id": "Q1", "name": "y"}, 2.5, None]}]},
        {"properties": [{"pid": "identifiers.wikidata", "v": "Q1001"}]},
        {"query": "", "properties": [{"pid": "identifiers.wikidata", "v": "Q1001"}]},
    ],
    "1.0-draft": [
        {"conditions": [{"matchType": "name", "propertyValue": "Kupol"}]},
        {"conditions": [{"matchType": "name", "v": "Kupol"}]},
        {"type": "organization", "limit": 5, "conditions": [{"matchType": "name", "propertyValue": "Kupol"}]},
        {"lang": "uk", "dir": "ltr", "conditions": [{"matchType": "name", "propertyValue": ["Kupol", "Купол"]}]},
        {
            "conditions": [
                {
                    "matchType": "property",
                    "propertyId": "alias",
                    "propertyValue": ["Kupol", {"id": "Q1"}],
                    "required": False,
                    "matchQuantifier": "any",
                    "matchQualifier": "ExactMatch",
                }
            ]
        },
        {"conditions": [{"matchType": "property", "pid": "note", "v": 7, "matchQuantifier": "none"}]},
    ],
}
INVALID: dict[str, list[Any]] = {
    "0.2": [
        {},
        [],
        "Kupol",
        None,
        {"query": ""},
        {"query": 7},
        {"query": None},
        {"query": "x", "limit": 0},
        {"query": "x", "limit": -1},
        {"query": "x", "limit": 2.5},
        {"query": "x", "limit": True},
        {"query": "x", "limit": "many"},
        {"query": "x", "type": 7},
        {"query": "x", "type": [7]},
        {"query": "x", "type": {"id": "person"}},
        {"query": "x", "type_strict": "some"},
        {"query": "x", "type_strict": ["any"]},
        {"query": "x", "properties": {"pid": "alias", "v": "y"}},
        {"query": "x", "properties": ["alias"]},
        {"query": "x", "properties": [{"v": "y"}]},
        {"query": "x", "properties": [{"pid": 3, "v": "y"}]},
        {"query": "x", "properties": [{"pid": "alias"}]},
        {"query": "x", "properties": [{"pid": "alias", "v": {"name": "y"}}]},
        {"query": "x", "properties": [{"pid": "alias", "v": [["y"]]}]},
        {"query": "x", "props": [{"pid": "alias", "v": "y"}]},
        {"query": "x", "lang": "uk"},
        {"query": "x", "conditions": []},
    ],
    "1.0-draft": [
        {},
        [],
        "Kupol",
        {"query": "Kupol"},
        {"conditions": []},
        {"conditions": {"matchType": "name", "propertyValue": "x"}},
        {"conditions": ["Kupol"]},
        {"conditions": [{"propertyValue": "x"}]},
        {"conditions": [{"matchType": "label", "propertyValue": "x"}]},
        {"conditions": [{"matchType": "name"}]},
        {"conditions": [{"matchType": "name", "value": "x"}]},
        {"conditions": [{"matchType": "property", "propertyValue": "x"}]},
        {"conditions": [{"matchType": "property", "propertyId": 1, "propertyValue": "x"}]},
        {"conditions": [{"matchType": "name", "propertyValue": "x", "required": "yes"}]},
        {"conditions": [{"matchType": "name", "propertyValue": "x", "matchQuantifier": "most"}]},
        {"conditions": [{"matchType": "name", "propertyValue": "x"}], "type": ["a", "b"]},
        {"conditions": [{"matchType": "name", "propertyValue": "x"}], "limit": 0},
        {"conditions": [{"matchType": "name", "propertyValue": "x"}], "lang": 5},
        {"conditions": [{"matchType": "name", "propertyValue": "x"}], "lang": "no language at all"},
        {"conditions": [{"matchType": "name", "propertyValue": "x", "lang": "no language at all"}]},
        {"conditions": [{"matchType": "name", "propertyValue": "x"}], "query": "x"},
        {"conditions": [{"matchType": "name", "propertyValue": "x"}], "properties": [{"pid": "alias", "v": "y"}]},
        {"conditions": [{"matchType": "name", "propertyValue": "x"}], "type_strict": "any"},
    ],
}
