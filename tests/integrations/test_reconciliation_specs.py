"""The service against the specifications themselves: their schemas and their examples, where a checkout is named.

Every answer that the tests of the service check is held against the schemas too: see `reconciliation_facts.check`.
"""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
from reconciliation_facts import SCHEMAS, SPECIFIED, check
from reconciliation_specs import HOW, VERSIONS, checkout, examples_of, kinds_of, schema_of
from starlette.testclient import TestClient

if checkout() is None:
    pytest.skip(f"no checkout of the specifications: {HOW}", allow_module_level=True)

QUERIES, EXTENSION = "reconciliation-query-batch", "data-extension-query"
LEFT_OUT = object()
Steps = tuple[str | int, ...]


def examples(kinds: Callable[[str], list[str]], *, valid: bool) -> list[Any]:
    """The examples of some kinds in both versions, (version, kind, example), named by their files."""
    return [
        pytest.param(version, kind, example, id=f"{version}-{kind}-{name}")
        for version in VERSIONS
        for kind in kinds(version)
        for name, example in examples_of(kind, version, valid=valid)
    ]


def answered(version: str) -> list[str]:
    """The schemas of what the service answers."""
    return [kind for kind in SPECIFIED.values() if kind in kinds_of(version)]


def ask(service: TestClient, version: str, kind: str, asked: Any) -> Any:
    """The response to a request in the words of a version."""
    if version == "0.2":
        field = "queries" if kind == QUERIES else "extend"
        return service.post("/reconcile", data={field: json.dumps(asked)})
    return service.post("/reconcile" if kind == QUERIES else "/extend", json=asked)


@pytest.mark.parametrize("valid", [True, False])
@pytest.mark.parametrize("version", VERSIONS)
def test_the_schemas_judge_their_own_examples_as_they_say(version: str, valid: bool) -> None:
    """So they are read as they are meant, and there is something to be held against."""
    judged = [
        (kind, name, schema_of(kind, version).is_valid(example))
        for kind in kinds_of(version)
        for name, example in examples_of(kind, version, valid=valid)
    ]

    assert len(judged) > 3
    assert [(kind, name) for kind, name, is_valid in judged if is_valid != valid] == []


# Requests


@pytest.mark.parametrize(("version", "kind", "example"), examples(lambda _: [QUERIES], valid=True))
def test_queries_of_the_examples_are_answered(version: str, kind: str, example: Any, service: TestClient) -> None:
    """Each of them; nobody in them is in the registry."""
    response = ask(service, version, kind, example)

    assert response.status_code == 200, response.text
    answer = check(response.json(), "results", version)
    found = list(answer.values()) if version == "0.2" else answer["results"]
    assert len(found) == len(example if version == "0.2" else example["queries"])
    assert not any(each.get("match") for result in found for each in next(iter(result.values())))


@pytest.mark.parametrize(("version", "kind", "example"), examples(lambda _: [EXTENSION], valid=True))
def test_extensions_of_the_examples_are_answered(version: str, kind: str, example: Any, service: TestClient) -> None:
    """With a row for each id and a column for each property, though all of them are unknown."""
    response = ask(service, version, kind, example)

    assert response.status_code == 200, response.text
    answer = check(response.json(), "extended", version)
    rows = answer["rows"] if version == "0.2" else [row["id"] for row in answer["rows"]]
    assert list(rows) == example["ids"]
    assert [each["id"] for each in answer["meta"]] == [each["id"] for each in example["properties"]]


@pytest.mark.parametrize(("version", "kind", "example"), examples(lambda _: [QUERIES, EXTENSION], valid=False))
def test_requests_of_the_examples_are_refused(version: str, kind: str, example: Any, service: TestClient) -> None:
    """As the schemas refuse them, with a message."""
    response = ask(service, version, kind, example)

    assert response.status_code == 400
    assert response.json()["error"]


# Where more is taken than the schemas allow: each is harmless, and some client sends it.
LENIENT: dict[str, list[Any]] = {
    "0.2": [
        {"q": {"query": "Kupol", "type": None, "limit": None}},  # what a program writes that has nothing to say
        {"q": {"query": "Kupol", "properties": None}},
        {"q": {"query": "Kupol", "limit": "5"}},
        {"q": {"query": "Kupol", "properties": [{"pid": "alias", "v": None}]}},  # an empty cell
    ],
    "1.0-draft": [
        {"queries": [{"conditions": [{"matchType": "name", "v": "Kupol"}]}]},  # earlier drafts
        {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Kupol", "matchQualifier": None}]}]},
        {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Kupol"}], "type": None, "dir": ""}]},
    ],
}
# Where less is taken: the schemas cannot say what the text of the specifications does.
STRICT: dict[str, list[Any]] = {
    "0.2": [
        {"q": {"query": "Kupol", "limit": 0}},
        {"q": {"query": "Kupol", "limit": 2.5}},
        {"q": {"query": ""}},
    ],
    "1.0-draft": [
        {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Kupol"}], "limit": -1}]},
        {"queries": [{"conditions": [{"matchType": "property", "propertyValue": "Kupol"}]}]},
        {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Kupol"}], "lang": "not a language"}]},
    ],
}


@pytest.mark.parametrize("version", VERSIONS)
def test_where_the_service_differs_from_the_schemas(version: str, service: TestClient) -> None:
    """All that is known; the rest of what the service takes and refuses is in its own tests."""
    for request, status in [*((each, 200) for each in LENIENT[version]), *((each, 400) for each in STRICT[version])]:
        assert schema_of(QUERIES, version).is_valid(request) == (status == 400), request
        assert ask(service, version, QUERIES, request).status_code == status, request


# Answers


def answers(version: str, service: TestClient) -> Iterator[tuple[str, Any]]:
    """One answer of each kind, (kind as our own schemas name it, answer), with every field that the service fills."""
    condition = {"matchType": "name", "propertyValue": "Анна Шмідт"}
    batch = {"q": {"query": "Анна Шмідт"}} if version == "0.2" else {"queries": [{"conditions": [condition]}]}
    wanted = {"ids": ["person:anna-schmidt"], "properties": [{"id": "alias"}, {"id": "identifiers.viaf"}]}
    yield "manifest", service.get("/reconcile" if version == "0.2" else "/").json()
    yield "results", ask(service, version, QUERIES, batch).json()
    yield "extended", ask(service, version, EXTENSION, wanted).json()
    yield "propose", service.get("/extend/propose?type=person&limit=2").json()
    for kind in ("entity", "type", "property"):
        yield f"suggest-{kind}", service.get(f"/suggest/{kind}?prefix=o").json()


@pytest.mark.parametrize("version", VERSIONS)
def test_answers_are_what_the_schemas_say(version: str, service: TestClient) -> None:
    """One of each kind; `check` holds all others of the tests against them."""
    found = dict(answers(version, service))

    assert list(found) == list(SPECIFIED)
    for kind in answered(version):
        schema_of(kind, version).validate(found[own_name(kind)])


# Our own schemas, which the tests use without a checkout, against those of the specifications


@pytest.mark.parametrize("version", VERSIONS)
def test_what_the_schemas_refuse_ours_refuse(version: str, service: TestClient) -> None:
    """For each answer with one value left out, or of another kind."""
    for ours, answer in answers(version, service):
        check(answer, ours, version)
        if SPECIFIED[ours] not in kinds_of(version):
            continue
        theirs = schema_of(SPECIFIED[ours], version)
        refused = [each for each in spoilt(answer) if not theirs.is_valid(each)]
        assert refused
        assert [each for each in refused if is_ours(each, ours, version)] == []


@pytest.mark.parametrize(("version", "kind", "example"), examples(answered, valid=False))
def test_invalid_answers_are_none_of_ours(version: str, kind: str, example: Any) -> None:
    """By our own schemas."""
    assert not is_ours(example, own_name(kind), version)


@pytest.mark.parametrize(("version", "kind", "example"), examples(answered, valid=True))
def test_valid_answers_differ_from_ours_by_fields_alone(version: str, kind: str, example: Any) -> None:
    """Ours have no others, no settings, and always those that they have; what both have is of the same shape."""
    problems = jsonschema.Draft202012Validator(SCHEMAS[version][own_name(kind)]).iter_errors(example)

    assert {each.validator for each in problems} <= {"additionalProperties", "required", "maxItems"}


def own_name(kind: str) -> str:
    """What our own schemas call what a schema of the specification describes."""
    (own,) = (own for own, specified in SPECIFIED.items() if specified == kind)
    return own


def is_ours(answer: Any, kind: str, version: str) -> bool:
    """Whether our own schemas take an answer."""
    return bool(jsonschema.Draft202012Validator(SCHEMAS[version][kind]).is_valid(answer))


def spoilt(answer: Any) -> Iterator[Any]:
    """The answer with one part of it left out, or replaced by something of another kind."""
    for *above, last in steps_of(answer):
        for other in (LEFT_OUT, None, 7, -2.5, True, "x", [], {}, [[]], [7]):
            copied = copy.deepcopy(answer)
            holder = copied
            for step in above:
                holder = holder[step]
            if other is LEFT_OUT:
                del holder[last]
            else:
                holder[last] = other
            yield copied


def steps_of(value: Any, above: Steps = ()) -> Iterator[Steps]:
    """The way to each part of a value: keys of objects and numbers of items."""
    parts: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        yield (*above, step)
        yield from steps_of(part, (*above, step))
