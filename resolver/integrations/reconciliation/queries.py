"""Queries of either version of the API -> one kind of Query.

    0.2        {"q0": {query, type: one or several, type_strict, limit, properties: [{pid, v}]}}
    1.0-draft  {"queries": [{type, limit, lang, dir, conditions: [{matchType, propertyId, propertyValue, required,
               matchQuantifier, lang}]}]}; earlier drafts say `pid` and `v`, and these are taken, too

A value is a text, a number, true or false, or an entity {id, name}; a property may have several. A query has no other
fields, as the specifications have it: conditions under a name that nobody reads would leave more matches than meant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resolver.integrations.reconciliation.bodies import (
    BadRequestError,
    Body,
    as_count,
    as_language,
    as_list,
    as_object,
    as_optional_text,
    as_text,
    check_length,
    quoted,
)
from resolver.integrations.reconciliation.catalogue import CONTEXT, LANG
from resolver.integrations.reconciliation.served import MOST_CANDIDATES

MOST_QUERIES = 100  # of a batch
MOST_CONDITIONS = 20  # of a query
MOST_VALUES = 20  # of a condition
STRICTNESS = ("any", "all", "should")
QUANTIFIERS = ("any", "all", "none")
_FIELDS = ("query", "type", "type_strict", "limit", "properties")
_DRAFT_FIELDS = ("type", "limit", "lang", "dir", "conditions")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a property, or the name, should be.

    pid         the id of the property; None for the name
    values      one or more texts
    quantifier  "any": one of them, "all", or "none" of them
    required    whether an entity that does not meet it is no candidate
    lang        what the values are written in, if that is another language than that of the query
    """

    pid: str | None
    values: tuple[str, ...]
    quantifier: str = "any"
    required: bool = False
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """Who is meant?

    names      conditions on the name; none if only properties are given
    types      what the entity may be; empty for anything
    strict     whether an entity of another type is no candidate
    needs_all  whether it must have all of the types, not one of them
    """

    names: tuple[Condition, ...]
    conditions: tuple[Condition, ...] = ()
    types: tuple[str, ...] = ()
    strict: bool = True
    needs_all: bool = False
    limit: int = MOST_CANDIDATES
    lang: str | None = None
    context: str = ""


def read_batch(value: Any, lang: str | None) -> dict[str, Query]:
    """The queries of version 0.2 by their keys; BadRequestError names the first that is wrong."""
    batch = as_object(value, "queries")
    check_length(batch, "queries", most=MOST_QUERIES)
    return {key: _read_query(as_object(query, _place(key)), _place(key), lang) for key, query in batch.items()}


def read_draft_batch(value: Any, lang: str | None) -> list[Query]:
    """The queries of version 1.0-draft in their order; BadRequestError names the first that is wrong."""
    queries = as_list(as_object(value, "the body").get("queries"), "queries", most=MOST_QUERIES)
    return [
        _read_draft_query(as_object(query, f"query {number}"), f"query {number}", lang)
        for number, query in enumerate(queries)
    ]


def _place(key: str) -> str:
    return f"query {quoted(key)}"


def _check_fields(body: Body, place: str, known: Sequence[str]) -> None:
    """BadRequestError if a query has a field that queries of its version do not have."""
    unknown = next((field for field in body if field not in known), None)
    if unknown is not None:
        raise BadRequestError(f"{place}: {quoted(unknown)} is no field of a query: {', '.join(known)}")


def _read_query(body: Body, place: str, lang: str | None) -> Query:
    _check_fields(body, place, _FIELDS)
    strictness = body.get("type_strict", "any")
    if strictness not in STRICTNESS:
        raise BadRequestError(f"{place}: type_strict must be one of {', '.join(STRICTNESS)}")
    properties = as_list(body.get("properties") or [], f"{place}: properties", most=MOST_CONDITIONS)
    conditions = [_read_property(as_object(each, f"{place}: a property"), place) for each in properties]
    name = as_text(body["query"], f"{place}: query") if "query" in body else ""
    if not name and not conditions:
        raise BadRequestError(f"{place}: a query, or at least one property, is missing")
    names = (Condition(None, (name,)),) if name else ()
    return _query(body, place, names, conditions, _types(body, place), lang, strictness)


def _read_draft_query(body: Body, place: str, lang: str | None) -> Query:
    _check_fields(body, place, _DRAFT_FIELDS)
    found = as_list(body.get("conditions"), f"{place}: conditions", most=MOST_CONDITIONS)
    if not found:
        raise BadRequestError(f"{place}: at least one condition is needed")
    conditions = [_read_condition(as_object(each, f"{place}: a condition"), place) for each in found]
    kind = as_optional_text(body, "type")
    return _query(
        body,
        place,
        tuple(each for each in conditions if each.pid is None),
        [each for each in conditions if each.pid is not None],
        (kind,) if kind else (),
        as_language(body.get("lang")) or lang,
        "any",
    )


def _query(
    body: Body,
    place: str,
    names: tuple[Condition, ...],
    conditions: Sequence[Condition],
    types: tuple[str, ...],
    lang: str | None,
    strictness: str,
) -> Query:
    """A query; what is said of the name, its language and its context, is no condition on an entity."""
    said: Mapping[str, str] = {each.pid: "\n".join(each.values) for each in conditions if each.pid in (LANG, CONTEXT)}
    limit = body.get("limit")
    return Query(
        names=names,
        conditions=tuple(each for each in conditions if each.pid not in (LANG, CONTEXT)),
        types=types,
        strict=strictness != "should",
        needs_all=strictness == "all",
        limit=MOST_CANDIDATES if limit is None else as_count(limit, f"{place}: limit"),
        lang=_language_said(said.get(LANG)) or lang,
        context=said.get(CONTEXT, ""),
    )


def _language_said(text: str | None) -> str | None:
    """The language in a cell of a column; a cell that holds something else says nothing, as others of the batch may."""
    try:
        return as_language(text)
    except BadRequestError:
        return None


def _types(body: Body, place: str) -> tuple[str, ...]:
    kinds = body.get("type")
    if kinds is None or kinds == "":
        return ()
    if isinstance(kinds, str):
        return (kinds,)
    return tuple(as_text(kind, f"{place}: a type") for kind in as_list(kinds, f"{place}: type", most=MOST_VALUES))


def _read_property(body: Body, place: str) -> Condition:
    if "v" not in body:
        raise BadRequestError(f"{place}: a property has no value v")
    return Condition(as_text(body.get("pid"), f"{place}: pid"), _values(body["v"], place))


def _read_condition(body: Body, place: str) -> Condition:
    kind = body.get("matchType")
    if kind not in ("name", "property"):
        raise BadRequestError(f"{place}: matchType must be name or property")
    quantifier = body.get("matchQuantifier", "any")
    if quantifier not in QUANTIFIERS:
        raise BadRequestError(f"{place}: matchQuantifier must be one of {', '.join(QUANTIFIERS)}")
    required = body.get("required", False)
    if not isinstance(required, bool):
        raise BadRequestError(f"{place}: required must be true or false")
    if "propertyValue" not in body and "v" not in body:
        raise BadRequestError(f"{place}: a condition has no propertyValue")
    values = _values(body["propertyValue"] if "propertyValue" in body else body["v"], place)
    lang = as_language(body.get("lang"))
    if kind == "name":
        return Condition(None, values, quantifier, required, lang)
    pid = as_text(body.get("propertyId", body.get("pid")), f"{place}: propertyId")
    return Condition(pid, values, quantifier, required, lang)


def _values(value: Any, place: str) -> tuple[str, ...]:
    several = as_list(value, f"{place}: values", most=MOST_VALUES) if isinstance(value, list) else [value]
    return tuple(text for text in (_value(each, place) for each in several) if text)


def _value(value: Any, place: str) -> str:
    """A value as a text; an empty cell is one without letters, which is no value."""
    if isinstance(value, dict):
        return as_text(value.get("id"), f"{place}: the id of a value")
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, str | int | float):
        return "" if value is None else str(value).strip()
    raise BadRequestError(f"{place}: a value must be a text, a number, true or false, or an entity with an id")
