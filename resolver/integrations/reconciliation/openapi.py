"""The description of all addresses as OpenAPI 3.1, written by hand: the tests hold it against what is answered."""

from typing import Any

from resolver import __version__
from resolver.integrations.reconciliation.bodies import MOST_BYTES, MOST_CHARACTERS
from resolver.integrations.reconciliation.extending import MOST_IDS, MOST_PROPERTIES
from resolver.integrations.reconciliation.plain import MOST_CONTEXT, MOST_NAMES, MOST_SPANS
from resolver.integrations.reconciliation.queries import MOST_QUERIES, QUANTIFIERS
from resolver.integrations.reconciliation.suggesting import MOST_SUGGESTED

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NAME: Schema = {"type": "string", "maxLength": MOST_CHARACTERS}
_CONTEXT: Schema = {"type": "string", "maxLength": MOST_CONTEXT}
_STATUS: Schema = {"type": "string", "enum": ["resolved", "ambiguous", "unresolved"]}
_ID: Schema = {"type": ["string", "null"], "description": "The entity that is meant; null unless resolved"}
_PROBABILITY: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_SPECIFICATION = "https://reconciliation-api.github.io/specs/"


def document(base: str) -> Schema:
    """The description; `base` is the address of the service."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "resolver",
            "version": __version__,
            "description": "Every spelling of a name to one entity of a registry, with the reasons. The addresses that "
            f"are not plain JSON are those of the W3C Entity Reconciliation API, {_SPECIFICATION}.",
        },
        "servers": [{"url": base}],
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }


def _paths() -> Schema:
    lang = _parameter("lang", "What the names are written in: uk, ru, en and so on")
    prefix = [
        _parameter("prefix", "What a word of the name or of the id begins with", required=True),
        _parameter("cursor", "How many to skip", {"type": "integer", "minimum": 0}),
        _parameter("limit", "How many to give", {"type": "integer", "minimum": 1, "maximum": MOST_SUGGESTED}),
    ]
    kind = _parameter("type", "Only entities of this type")
    batch, draft = _ref("Batch"), _ref("DraftBatch")
    form = _object(queries=_encoded(batch), extend=_encoded(_ref("Extension")))
    return {
        "/": {"get": _operation("manifestDraft", "The manifest of version 1.0-draft", _ref("Manifest"))},
        "/reconcile": {
            "get": _operation(
                "manifest",
                "The manifest of version 0.2; with `queries` or `extend`, what they ask for",
                {"anyOf": [_ref("Manifest"), _ref("Results"), _ref("Extended")]},
                parameters=[
                    _parameter("queries", "A batch of queries, as JSON", _encoded(batch)),
                    _parameter("extend", "What to fetch, as JSON", _encoded(_ref("Extension"))),
                    lang,
                ],
            ),
            "post": _operation(
                "reconcile",
                "Candidates for a batch of queries: a form for version 0.2, JSON for version 1.0-draft",
                {"anyOf": [_ref("Results"), _ref("DraftResults"), _ref("Extended")]},
                parameters=[lang],
                body={"application/x-www-form-urlencoded": form, "application/json": draft},
            ),
        },
        "/extend": {
            "post": _operation(
                "extend",
                "Values of properties of entities (1.0-draft)",
                _ref("DraftExtended"),
                body={"application/json": _ref("Extension")},
            )
        },
        "/extend/propose": {
            "get": _operation(
                "propose",
                "Properties that entities of a type have values of",
                _object(["properties"], properties=_list(_ref("Named")), type=_TEXT, limit={"type": "integer"}),
                parameters=[kind, _parameter("limit", "How many to give", {"type": "integer", "minimum": 1})],
            )
        },
        **{
            f"/suggest/{what}": {
                "get": _operation(
                    f"suggest{what.capitalize()}",
                    f"What of kind {what} begins with a prefix",
                    _object(["result"], result=_list(_ref("Named"))),
                    parameters=[*prefix, kind] if what == "entity" else prefix,
                )
            }
            for what in ("entity", "type", "property")
        },
        "/preview": {"get": _page("preview", _parameter("id", "Id of the entity", required=True))},
        "/entity/{id}": {"get": _page("entity", {**_parameter("id", "Id of the entity", required=True), "in": "path"})},
        "/resolve": {
            "get": _operation(
                "resolveNames",
                "Decisions on names",
                _list(_ref("Decision")),
                parameters=[
                    _parameter("name", "A name; may be given again", _list(_NAME), required=True),
                    _parameter("type", "What the names are"),
                    lang,
                    _parameter("context", "Text around the names, read for cues", _CONTEXT),
                ],
            ),
            "post": _operation(
                "resolve", "Decisions on names", _list(_ref("Decision")), body={"application/json": _ref("Names")}
            ),
        },
        "/annotate": {
            "post": _operation(
                "annotate",
                "The names in a text, with their decisions; offsets count code points",
                _list(_ref("Annotation")),
                body={"application/json": _ref("Text")},
            )
        },
        "/health": {
            "get": _operation("health", "Whether it answers, and from which registry", _ref("Health"), refused=())
        },
        "/openapi.json": {"get": _operation("openapi", "This description", {"type": "object"}, refused=())},
    }


def _schemas() -> Schema:
    named = _object(["id", "name"], id=_TEXT, name=_TEXT, description=_TEXT)
    value: Schema = {
        "anyOf": [_TEXT, {"type": ["number", "boolean"]}, _object(["id"], id=_TEXT, name=_TEXT), {"type": "null"}]
    }
    values: Schema = {"anyOf": [*value["anyOf"], _list(value)]}
    query = _closed(
        query=_TEXT,
        type={"anyOf": [_TEXT, _list(_TEXT)]},
        type_strict={"type": "string", "enum": ["any", "all", "should"]},
        limit={"type": "integer", "minimum": 1},
        properties=_list(_object(["pid", "v"], pid=_TEXT, v=values)),
    )
    condition = _object(
        ["matchType"],
        matchType={"type": "string", "enum": ["name", "property"]},
        propertyId=_TEXT,
        propertyValue=values,
        required={"type": "boolean"},
        matchQuantifier={"type": "string", "enum": list(QUANTIFIERS)},
        lang=_TEXT,
    )
    draft_query = _closed(
        ["conditions"],
        conditions={**_list(condition), "minItems": 1},
        type=_TEXT,
        limit={"type": "integer", "minimum": 1},
        lang=_TEXT,
        dir={"type": "string", "enum": ["ltr", "rtl", "auto"]},
    )
    features = _list(_object(["id", "value"], id=_TEXT, name=_TEXT, value={"type": ["number", "boolean"]}))
    candidate = _object(
        ["id", "name", "type", "score", "match", "features"],
        id=_TEXT,
        name=_TEXT,
        description=_TEXT,
        type=_list(_ref("Named")),
        score={"type": "number", "minimum": 0, "maximum": 100},
        match={"type": "boolean", "description": "Whether this entity is meant: never a guess"},
        features={**features, "description": "The evidence, in bits"},
    )
    found = _list(_object(["str"], str=_TEXT, lang=_TEXT))
    meta = _list(_ref("Named"))
    cell = _object(["id", "values"], id=_TEXT, values=found)
    decision = {"status": _STATUS, "id": _ID, "score": _PROBABILITY, "reason": _TEXT}
    return {
        "Error": _object(["error"], error=_TEXT),
        "Named": named,
        "Manifest": _object(
            ["versions", "name", "view"], versions=_list(_TEXT), name=_TEXT, view=_object(["url"], url=_TEXT)
        ),
        "Batch": {"type": "object", "maxProperties": MOST_QUERIES, "additionalProperties": query},
        "DraftBatch": _object(["queries"], queries={**_list(draft_query), "maxItems": MOST_QUERIES}),
        "Candidate": candidate,
        "Results": {
            "type": "object",
            "additionalProperties": _object(["result"], result=_list(_ref("Candidate"))),
        },
        "DraftResults": _object(
            ["results"], results=_list(_object(["candidates"], candidates=_list(_ref("Candidate"))))
        ),
        "Extension": _object(
            ["ids", "properties"],
            ids={**_list(_TEXT), "maxItems": MOST_IDS},
            properties={**_list(_object(["id"], id=_TEXT)), "maxItems": MOST_PROPERTIES},
        ),
        "Extended": _object(
            ["meta", "rows"],
            meta=meta,
            rows={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": found}},
        ),
        "DraftExtended": _object(
            ["meta", "rows"], meta=meta, rows=_list(_object(["id", "properties"], id=_TEXT, properties=_list(cell)))
        ),
        "Names": _object(
            ["names"], names={**_list(_NAME), "maxItems": MOST_NAMES}, type=_TEXT, lang=_TEXT, context=_CONTEXT
        ),
        "Decision": _object(["name", *decision], name=_TEXT, **decision),
        "Text": _object(
            ["text"],
            text=_TEXT,
            spans={
                **_list({**_list({"type": "integer", "minimum": 0}), "minItems": 2, "maxItems": 2}),
                "maxItems": MOST_SPANS,
            },
            lang=_TEXT,
            document=_TEXT,
        ),
        "Annotation": _object(
            ["document", "start", "end", "text", *decision],
            document=_TEXT,
            start={"type": "integer"},
            end={"type": "integer"},
            text=_TEXT,
            **decision,
        ),
        "Health": _object(
            ["status", "version", "entities", "fingerprint", "loaded"],
            status={"type": "string", "enum": ["ok", "stale"]},
            version=_TEXT,
            entities={"type": "integer"},
            fingerprint=_TEXT,
            loaded={"type": "string", "format": "date-time"},
            problem=_TEXT,
        ),
    }


_REFUSED = {
    400: "The request has a shape that is not taken",
    408: "The body does not come in time",
    413: f"Too many parts, or more than {MOST_BYTES:,} bytes",
    415: "Another format than the one that is taken",
    503: "Too many requests wait; Retry-After says when to come again",
}


def _operation(
    name: str,
    summary: str,
    answer: Schema,
    *,
    parameters: list[Schema] | None = None,
    body: Schema | None = None,
    refused: tuple[int, ...] = tuple(_REFUSED),
) -> Schema:
    responses = {"200": {"description": summary, "content": {"application/json": {"schema": answer}}}}
    responses |= {str(status): _error(_REFUSED[status]) for status in refused}
    operation: Schema = {"operationId": name, "summary": summary, "responses": responses}
    if parameters:
        operation["parameters"] = parameters
    if body:
        content = {media: {"schema": schema} for media, schema in body.items()}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _page(name: str, parameter: Schema) -> Schema:
    return {
        "operationId": name,
        "summary": "An entity as a page",
        "parameters": [parameter],
        "responses": {
            "200": {"description": "The page", "content": {"text/html": {"schema": _TEXT}}},
            "404": _error("The registry holds no such entity"),
        },
    }


def _error(description: str) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": _ref("Error")}}}


def _parameter(name: str, description: str, schema: Schema | None = None, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "required": required, "description": description, "schema": schema or _TEXT}


def _object(required: list[str] | None = None, /, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def _closed(required: list[str] | None = None, /, **properties: Schema) -> Schema:
    """An object without other fields."""
    return {**_object(required, **properties), "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _encoded(schema: Schema) -> Schema:
    return {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
