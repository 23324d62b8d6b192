"""The service over HTTP: what each address answers, in either version of the API, and what it refuses."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reconciliation_facts import INVALID, VALID, check
from starlette.testclient import TestClient

from resolver import Policy
from resolver.integrations.reconciliation.app import create_app
from resolver.integrations.reconciliation.bodies import MOST_BYTES, MOST_CHARACTERS
from resolver.integrations.reconciliation.extending import MOST_IDS, MOST_PROPERTIES
from resolver.integrations.reconciliation.plain import MOST_CONTEXT, MOST_NAMES
from resolver.integrations.reconciliation.preview import STYLE
from resolver.integrations.reconciliation.queries import MOST_CONDITIONS, MOST_QUERIES
from resolver.integrations.reconciliation.reloading import LiveRegistry
from resolver.integrations.reconciliation.workers import Workers

JSON = {"Content-Type": "application/json"}


def ask(client: TestClient, *queries: Any) -> list[list[dict[str, Any]]]:
    """The candidates of queries in the words of 0.2."""
    batch = {f"q{number}": query for number, query in enumerate(queries)}
    answer = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert answer.status_code == 200, answer.text
    found = check(answer.json(), "results", "0.2")
    assert list(found) == list(batch)
    return [each["result"] for each in found.values()]


def ask_draft(client: TestClient, *queries: Any) -> list[list[dict[str, Any]]]:
    """The candidates of queries in the words of 1.0-draft."""
    answer = client.post("/reconcile", json={"queries": queries})
    assert answer.status_code == 200, answer.text
    found = check(answer.json(), "results", "1.0-draft")["results"]
    assert len(found) == len(queries)
    return [each["candidates"] for each in found]


def matches(candidates: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in candidates if each["match"]]


# Manifests


def test_each_version_has_its_manifest(service: TestClient) -> None:
    """0.2 where its queries go, 1.0-draft at the root."""
    old = check(service.get("/reconcile").json(), "manifest", "0.2")
    new = check(service.get("/").json(), "manifest", "1.0-draft")

    assert old["defaultTypes"] == new["defaultTypes"]
    assert [each["id"] for each in old["defaultTypes"]] == ["organization", "person", "product"]
    assert old["batchSize"] == MOST_QUERIES


def test_the_addresses_of_the_manifest_answer(service: TestClient) -> None:
    """Each leads somewhere."""
    manifest = service.get("/reconcile").json()
    paths = [manifest["preview"]["url"], manifest["view"]["url"]]
    paths += [f"{each['service_url']}{each['service_path']}?prefix=o" for each in manifest["suggest"].values()]
    paths += ["".join(manifest["extend"]["propose_properties"].values()), manifest["documentation"]]

    for path in paths:
        assert service.get(path.replace("{{id}}", "product%3Aosa")).status_code == 200


def test_a_base_url_takes_the_place_of_the_own_address(live: LiveRegistry) -> None:
    """Behind a proxy."""
    with TestClient(create_app(live, base_url="https://names.example/api/")) as client:
        manifest = check(client.get("/reconcile").json(), "manifest", "0.2")

    assert manifest["view"]["url"] == "https://names.example/api/entity/{{id}}"
    assert "testserver" not in json.dumps(manifest)


@pytest.mark.parametrize("host", ["[::1", "a b", "", ":", "[::1]:99999999", 'evil"><script>', "user@host", "a/b?c#d"])
def test_a_host_that_is_none_is_no_error(host: str, service: TestClient) -> None:
    """The address of the server takes its place."""
    answer = service.get("/", headers={"Host": host})

    assert answer.status_code == 200
    check(answer.json(), "manifest", "1.0-draft")


@pytest.mark.parametrize("version", ["0.2", "1.0-draft"])
@pytest.mark.parametrize("change", [{"versions": ["0.1"]}, {"name": None}, {"view": {"url": "https://names.example/"}}])
def test_the_facts_can_fail_on_manifests(change: dict[str, Any], version: str, service: TestClient) -> None:
    """What a service must not say is not taken for an answer."""
    manifest = service.get("/reconcile" if version == "0.2" else "/").json()

    with pytest.raises(jsonschema.ValidationError):
        check(manifest | change, "manifest", version)
    with pytest.raises(jsonschema.ValidationError):
        check(manifest, "manifest", "1.0-draft" if version == "0.2" else "0.2")


@pytest.mark.parametrize(
    "change",
    [
        {"score": 101},
        {"score": "99"},
        {"match": "yes"},
        {"id": 7},
        {"features": [{"id": "x"}]},
        {"type": ["x"]},
        {"x": 1},
    ],
    ids=str,
)
def test_the_facts_can_fail_on_candidates(change: dict[str, Any], service: TestClient) -> None:
    """Nor a candidate of another shape, nor a list without its object around it."""
    (candidate,) = ask(service, {"query": "Kupol"})[0]

    for answer in ({"q": {"result": [candidate | change]}}, [{"result": [candidate]}], {"q": [candidate]}):
        with pytest.raises(jsonschema.ValidationError):
            check(answer, "results", "0.2")


# Queries


@pytest.mark.parametrize("query", VALID["0.2"], ids=json.dumps)
def test_queries_of_0_2(query: Any, service: TestClient) -> None:
    """By form and by address, with the same answer."""
    batch = json.dumps({"q0": query})
    posted = service.post("/reconcile", data={"queries": batch})
    got = service.get("/reconcile", params={"queries": batch})

    assert posted.status_code == got.status_code == 200
    assert check(posted.json(), "results", "0.2") == got.json()
    assert posted.json()["q0"]["result"]


@pytest.mark.parametrize("query", VALID["1.0-draft"], ids=json.dumps)
def test_queries_of_the_draft(query: Any, service: TestClient) -> None:
    """As JSON."""
    ask_draft(service, query)


@pytest.mark.parametrize("query", INVALID["0.2"], ids=json.dumps)
def test_a_wrong_query_of_0_2_is_refused(query: Any, service: TestClient) -> None:
    """With a message that names it, though another of the batch is sound."""
    batch = json.dumps({"sound": {"query": "Kupol"}, "wrong": query})
    answer = service.post("/reconcile", data={"queries": batch})

    assert answer.status_code == 400
    assert "'wrong'" in answer.json()["error"]


@pytest.mark.parametrize("query", INVALID["1.0-draft"], ids=json.dumps)
def test_a_wrong_query_of_the_draft_is_refused(query: Any, service: TestClient) -> None:
    """With a message."""
    answer = service.post("/reconcile", json={"queries": [query]})

    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"queries=", "form", 400),
        (b"queries={", "form", 400),
        (b"queries=[]", "form", 400),
        (b"queries=7", "form", 400),
        (b"queries=%ff", "form", 400),
        (b"\xff", "form", 400),
        (b"", "form", 400),
        (b"callback=x", "form", 400),
        (b"&".join(b"a=1" for _ in range(50)), "form", 400),
        (b"extend=[]", "form", 400),
        (b"extend=%7B%22ids%22%3A%5B%5D%7D", "form", 400),
        (b"[]", "json", 400),
        (b"{}", "json", 400),
        (b'{"queries": {}}', "json", 400),
        (b"[" * 50_000, "json", 400),
        (b"1" * 5_000, "json", 400),
        (b"\xff", "json", 400),
        (b"x" * (MOST_BYTES + 1), "json", 413),
        (b"x" * (MOST_BYTES + 1), "form", 413),
        (b"queries=%7B%7D", "text", 415),
        (b"queries=%7B%7D", "multipart", 415),
        (b"queries=%7B%7D", "none", 415),
    ],
)
def test_what_is_no_batch_is_refused(content: bytes, kind: str, status: int, service: TestClient) -> None:
    """Whatever was sent."""
    kinds = {
        "form": "application/x-www-form-urlencoded; charset=utf-8",
        "json": "application/json; charset=utf-8",
        "text": "text/plain",
        "multipart": "multipart/form-data; boundary=x",
        "none": "",
    }
    answer = service.post("/reconcile", content=content, headers={"Content-Type": kinds[kind]})

    assert answer.status_code == status
    assert answer.json()["error"]


def test_an_empty_batch_has_an_empty_answer(service: TestClient) -> None:
    """It asks for nothing."""
    assert ask(service) == []
    assert ask_draft(service) == []


@pytest.mark.parametrize("size", [MOST_QUERIES, MOST_QUERIES + 1])
def test_a_batch_has_so_many_queries_at_most(size: int, service: TestClient) -> None:
    """413 beyond, as the specification has it."""
    status = 200 if size == MOST_QUERIES else 413
    batch = json.dumps({str(number): {"query": "Kupol"} for number in range(size)})
    draft = {"queries": [VALID["1.0-draft"][0]] * size}

    assert service.post("/reconcile", data={"queries": batch}).status_code == status
    assert service.post("/reconcile", json=draft).status_code == status


def test_a_query_has_so_many_conditions_at_most(service: TestClient) -> None:
    """Each may be resolved."""
    query = {"query": "Kupol", "properties": [{"pid": "alias", "v": "x"}] * (MOST_CONDITIONS + 1)}

    assert service.post("/reconcile", data={"queries": json.dumps({"q": query})}).status_code == 413


def test_a_text_too_long_for_a_name_has_no_candidates(service: TestClient) -> None:
    """A cell with an article in it does not spoil the batch."""
    assert ask(service, {"query": "Kupol " * MOST_CHARACTERS}, {"query": "Kupol"})[0] == []


# Candidates


def test_the_match_is_what_the_resolver_resolves(service: TestClient) -> None:
    """In whatever script and case; two namesakes are no match."""
    found = ask(service, {"query": "Олександра Сирського"}, {"query": "Anna Schmidt"}, {"query": "Nobody Known"})

    assert matches(found[0]) == ["person:oleksandr-syrskyi"]
    assert found[0][0]["score"] > 50
    assert sorted(each["id"] for each in found[1]) == ["person:anna-schmidt", "person:anna-schmidt-2"]
    assert matches(found[1]) == matches(found[2]) == []


def test_features_are_the_evidence(service: TestClient) -> None:
    """In bits, each kind once."""
    features = {each["id"]: each["value"] for each in ask(service, {"query": "Kupol"})[0][0]["features"]}

    assert features["spelling"] > 0
    assert features["none"] < 0


def test_both_versions_answer_alike(service: TestClient) -> None:
    """But for the names of features."""
    old = ask(service, {"query": "Kupol", "type": "organization"})[0][0]
    condition = {"matchType": "name", "propertyValue": "Kupol"}
    new = ask_draft(service, {"type": "organization", "conditions": [condition]})[0][0]

    assert {**old, "features": 0} == {**new, "features": 0}
    assert old["features"] == [{"id": each["id"], "value": each["value"]} for each in new["features"]]


@pytest.mark.parametrize("one", ["product:osa", "person:syrskyi"])
def test_an_id_finds_its_entity(one: str, service: TestClient) -> None:
    """Also one that was merged."""
    (candidate,) = ask(service, {"query": one})[0]

    assert (candidate["score"], candidate["match"]) == (100, True)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"type": "person"}, []),
        ({"type": "no such type"}, []),
        ({"type": ["person", "organization"]}, ["organization:kupol"]),
        ({"type": ["person", "organization"], "type_strict": "all"}, []),
        ({"type": "organization", "type_strict": "all"}, ["organization:kupol"]),
        ({"type": "no such type", "type_strict": "should"}, ["organization:kupol"]),
        ({"limit": 1}, ["organization:kupol"]),
    ],
)
def test_types_restrict(query: Any, ids: list[str], service: TestClient) -> None:
    """Unless they only should."""
    assert [each["id"] for each in ask(service, {"query": "Kupol", **query})[0]] == ids


@pytest.mark.parametrize(
    ("query", "properties", "match"),
    [
        ("Anna Schmidt", {"identifiers.wikidata": "Q1002"}, "person:anna-schmidt-2"),
        ("Anna Schmidt", {"identifiers.wikidata": "http://www.wikidata.org/entity/Q1001"}, "person:anna-schmidt"),
        ("Anna Schmidt", {"identifiers.wikidata": {"id": "Q1001", "name": "Anna"}}, "person:anna-schmidt"),
        ("Anna Schmidt", {"identifiers.viaf": 77}, "person:anna-schmidt"),
        ("Anna Schmidt", {"identifiers.wikidata": "Q1002", "identifiers.viaf": "77"}, None),
        ("Anna Schmidt", {"identifiers.wikidata": ["Q1001", "Q1002"]}, None),
        ("Anna Schmidt", {"identifiers.wikidata": "Q9"}, None),
        ("", {"identifiers.wikidata": "Q1002"}, "person:anna-schmidt-2"),
        ("Nobody Known", {"identifiers.wikidata": "Q1002"}, "person:anna-schmidt-2"),
        ("Kupol", {"identifiers.wikidata": "Q1002"}, None),
        ("Oleksandr Syrskyi", {"identifiers.wikidata": "Q9"}, None),
        ("Oleksandr Syrskyi", {"identifiers.wikidata": ""}, "person:oleksandr-syrskyi"),
        ("Oleksandr Syrskyi", {"identifiers.unknown": "Q9"}, "person:oleksandr-syrskyi"),
        ("Oleksandr Syrskyi", {"no such property": "x"}, "person:oleksandr-syrskyi"),
        ("Oleksandr Syrskyi", {"alias": "Сирського"}, "person:oleksandr-syrskyi"),
        ("Oleksandr Syrskyi", {"alias": "Kupol"}, None),
        ("Oleksandr Syrskyi", {"alias": "Nobody Known"}, "person:oleksandr-syrskyi"),
        ("", {"alias": "Kupol"}, "organization:kupol"),
        ("OSA", {}, None),
        ("OSA", {"context": "an air defence system"}, "product:osa"),
        ("Kupol", {"lang": "en"}, "organization:kupol"),
        ("Kupol", {"lang": "no language at all"}, "organization:kupol"),
        ("Kupol", {"type": "organization"}, "organization:kupol"),
        ("Kupol", {"type": "person"}, None),
        ("Kupol", {"name": "Kupol", "cue": "x"}, "organization:kupol"),
        ("Oleksandr Syrskyi", {"note": "another text"}, "person:oleksandr-syrskyi"),
        ("", {"note": "Commander-in-chief of the Armed Forces of Ukraine"}, None),
    ],
    ids=str,
)
def test_properties_decide(query: str, properties: dict[str, Any], match: str | None, service: TestClient) -> None:
    """An identifier settles, what contradicts keeps from a match, and what nobody knows says nothing."""
    listed = [{"pid": pid, "v": value} for pid, value in properties.items()]

    assert matches(ask(service, {"query": query, "properties": listed})[0]) == ([match] if match else [])


def test_what_contradicts_lowers_and_what_agrees_raises(service: TestClient) -> None:
    """The score, and it is among the features."""
    plain, lower, higher = (
        next(each for each in found if each["id"] == "person:anna-schmidt")
        for found in ask(
            service,
            {"query": "Anna Schmidt"},
            {"query": "Anna Schmidt", "properties": [{"pid": "identifiers.viaf", "v": "78"}]},
            {"query": "Anna Schmidt", "properties": [{"pid": "identifiers.viaf", "v": "77"}]},
        )
    )

    assert lower["score"] < plain["score"] < higher["score"]
    assert {"id": "identifiers.viaf", "value": -8.0} in lower["features"]
    assert {"id": "identifiers.viaf", "value": 20.0} in higher["features"]


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ({"propertyId": "identifiers.viaf", "propertyValue": "77"}, 2),
        ({"propertyId": "identifiers.viaf", "propertyValue": "77", "required": True}, 1),
        ({"propertyId": "identifiers.viaf", "propertyValue": "9", "required": True}, 0),
        ({"propertyId": "no such property", "propertyValue": "9", "required": True}, 0),
        ({"propertyId": "identifiers.viaf", "propertyValue": "77", "required": True, "matchQuantifier": "none"}, 1),
        ({"propertyId": "type", "propertyValue": ["person", "x"], "required": True, "matchQuantifier": "all"}, 0),
        ({"propertyId": "type", "propertyValue": ["person", "x"], "required": True}, 2),
    ],
    ids=str,
)
def test_conditions_that_are_required_leave_out(condition: Any, ids: int, service: TestClient) -> None:
    """The others only weigh."""
    name = {"matchType": "name", "propertyValue": "Anna Schmidt"}

    assert len(ask_draft(service, {"conditions": [name, {"matchType": "property", **condition}]})[0]) == ids


@pytest.mark.parametrize(
    ("quantifier", "values", "match"),
    [
        ("any", ["Kupol", "Nobody Known"], ["organization:kupol"]),
        ("all", ["Kupol", "Nobody Known"], []),
        ("all", ["Kupol", "Купол"], ["organization:kupol"]),
        ("any", ["Kupol", "9K33"], []),
        ("none", ["Kupol"], []),
        ("all", ["Nobody Known"], []),
        ("any", [], []),
    ],
)
def test_several_names(quantifier: str, values: list[str], match: list[str], service: TestClient) -> None:
    """A match only if they lead to one entity."""
    condition = {"matchType": "name", "propertyValue": values, "matchQuantifier": quantifier}

    assert matches(ask_draft(service, {"conditions": [condition]})[0]) == match


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ([{"propertyValue": "Kupol", "required": True}, {"propertyValue": "Nobody Known"}], ["organization:kupol"]),
        ([{"propertyValue": "Kupol", "required": True}, {"propertyValue": "9K33", "required": True}], []),
        ([{"propertyValue": ["Kupol", "9K33"]}, {"propertyValue": "9K33", "matchQuantifier": "none"}],
         ["organization:kupol"]),
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("wikidata", [[], ["Q1002"]])
def test_names_that_are_required_or_not_wanted(
    conditions: list[Any], ids: list[str], wikidata: list[str], service: TestClient
) -> None:
    """An identifier brings in an entity that no name speaks for only where none is required."""
    names = [{"matchType": "name", **each} for each in conditions]
    held = [{"matchType": "property", "propertyId": "identifiers.wikidata", "propertyValue": each} for each in wikidata]
    found = [each["id"] for each in ask_draft(service, {"conditions": [*names, *held]})[0]]
    is_brought = wikidata and not any(each.get("required") for each in conditions)

    assert sorted(found) == sorted([*ids, "person:anna-schmidt-2"] if is_brought else ids)


def test_a_condition_may_have_a_language_of_its_own(service: TestClient) -> None:
    """Else it has that of the query; a name in Ukrainian letters counts for less in Russian."""
    name = {"matchType": "name", "propertyValue": "Сырський Олександр"}
    (own,), (ukrainian,), (russian,) = ask_draft(
        service,
        {"lang": "ru", "conditions": [{**name, "lang": "uk-UA"}]},
        {"lang": "uk", "conditions": [name]},
        {"lang": "ru", "conditions": [{**name, "lang": ""}]},
    )

    assert own == ukrainian
    assert own["score"] > russian["score"]


def test_an_alias_alone_is_a_name(service: TestClient) -> None:
    """It counts once."""
    (by_alias,), (by_name,) = ask(service, {"properties": [{"pid": "alias", "v": "Kupol"}]}, {"query": "Kupol"})

    assert by_alias == by_name


def test_the_reader_s_language_chooses_among_other_names(service: TestClient) -> None:
    """It does not change who is meant."""
    batch = {"queries": json.dumps({"q": {"query": "Anna Maria Schmidt"}})}
    plain, read = (
        service.post("/reconcile", data=batch, headers=headers).json()["q"]["result"][0]
        for headers in ({}, {"Accept-Language": "uk-UA, en;q=0.5"})
    )

    assert plain["description"] == "also Anna Maria Schmidt, Анна Шмідт"
    assert read == {**plain, "description": "also Анна Шмідт, Anna Maria Schmidt"}


# Suggestions


@pytest.mark.parametrize(
    ("prefix", "ids"),
    [
        ("kup", ["organization:kupol"]),
        ("КУП", ["organization:kupol"]),
        ("electro", ["organization:kupol"]),
        ("product:osa", ["product:osa"]),
        ("person:syrskyi", ["person:oleksandr-syrskyi"]),
        ("сир", ["person:oleksandr-syrskyi"]),
        ("olek syr", []),
        ("upol", []),
        ("zzz", []),
        ("\x00", []),
    ],
)
def test_entities_are_suggested_by_prefix(prefix: str, ids: list[str], service: TestClient) -> None:
    """Of any word of any name, and of the id."""
    found = check(service.get("/suggest/entity", params={"prefix": prefix}).json(), "suggest-entity", "0.2")

    assert [each["id"] for each in found["result"]] == ids


def test_suggestions_go_on_at_the_cursor(service: TestClient) -> None:
    """An empty prefix has all."""
    pages = [
        service.get("/suggest/entity", params={"prefix": "", "cursor": cursor, "limit": 2}).json()["result"]
        for cursor in (0, 2, 4, 6)
    ]

    assert [len(page) for page in pages] == [2, 2, 2, 0]
    assert len({each["id"] for page in pages for each in page}) == 6


def test_suggestions_of_a_type(service: TestClient) -> None:
    """As OpenRefine asks for them."""
    found = service.get("/suggest/entity", params={"prefix": "", "type": "product"}).json()["result"]

    assert {each["notable"][0]["id"] for each in found} == {"product"}


@pytest.mark.parametrize(
    ("kind", "prefix", "ids"),
    [
        ("type", "", ["organization", "person", "product"]),
        ("type", "P", ["person", "product"]),
        ("type", "x", []),
        ("property", "wiki", ["identifiers.wikidata"]),
        ("property", "identifiers.v", ["identifiers.viaf"]),
        ("property", "x", []),
    ],
)
def test_types_and_properties_are_suggested(kind: str, prefix: str, ids: list[str], service: TestClient) -> None:
    """By prefix; with none, all."""
    found = check(service.get(f"/suggest/{kind}", params={"prefix": prefix}).json(), f"suggest-{kind}", "1.0-draft")

    assert [each["id"] for each in found["result"]] == ids


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/suggest/entity", 400),
        ("/suggest/entity?prefix=a&cursor=-1", 400),
        ("/suggest/entity?prefix=a&cursor=x", 400),
        ("/suggest/entity?prefix=a&cursor=99999999999999999999", 400),
        ("/suggest/entity?prefix=a&limit=0", 400),
        ("/suggest/type", 400),
        ("/suggest/person?prefix=a", 404),
        ("/suggest/", 404),
        (f"/suggest/entity?prefix={'a' * (MOST_CHARACTERS + 1)}", 400),
        ("/extend/propose?limit=0", 400),
        ("/preview", 404),
        ("/preview?id=product:nobody", 404),
        ("/entity/product:nobody", 404),
        ("/entity/", 404),
        ("/entity/../../etc/passwd", 404),
        ("/resolve", 400),
        ("/resolve?name=a&type=x", 400),
        ("/resolve?name=a&lang=1", 400),
        ("/reconcile?lang=1&queries={}", 400),
        ("/annotate", 405),
        ("/extend", 405),
        ("/nowhere", 404),
    ],
)
def test_what_cannot_be_got_is_refused(path: str, status: int, service: TestClient) -> None:
    """With a status that says why, and a message."""
    answer = service.get(path)

    assert answer.status_code == status
    assert answer.json()["error"]


# Values of properties


def test_values_are_fetched(service: TestClient) -> None:
    """In the shape of each version; only the draft knows languages."""
    ids = ["person:anna-schmidt", "person:nobody"]
    query = {
        "ids": ids,
        "properties": [{"id": "alias"}, {"id": "identifiers.wikidata"}, {"id": "context"}, {"id": "x"}],
    }
    old = check(service.post("/reconcile", data={"extend": json.dumps(query)}).json(), "extended", "0.2")
    new = check(service.post("/extend", json=query).json(), "extended", "1.0-draft")

    assert [each["name"] for each in old["meta"]] == ["alias", "wikidata id", "context", "x"]
    assert old["rows"][ids[0]]["alias"] == [{"str": "Anna Maria Schmidt"}, {"str": "Анна Шмідт"}]
    assert old["rows"][ids[0]]["identifiers.wikidata"] == [{"str": "Q1001"}]
    assert not any(old["rows"][ids[1]].values())
    assert [row["id"] for row in new["rows"]] == ids
    assert new["rows"][0]["properties"][0]["values"][1] == {"str": "Анна Шмідт", "lang": "uk"}
    assert service.get("/reconcile", params={"extend": json.dumps(query)}).json() == old


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ([], 400),
        ({}, 400),
        ({"ids": []}, 400),
        ({"ids": "a", "properties": []}, 400),
        ({"ids": [1], "properties": []}, 400),
        ({"ids": [], "properties": ["alias"]}, 400),
        ({"ids": [], "properties": [{}]}, 400),
        ({"ids": ["a"] * (MOST_IDS + 1), "properties": []}, 413),
        ({"ids": [], "properties": [{"id": "a"}] * (MOST_PROPERTIES + 1)}, 413),
        ({"ids": [], "properties": []}, 200),
    ],
)
def test_wrong_extensions_are_refused(query: Any, status: int, service: TestClient) -> None:
    """In both versions."""
    assert service.post("/extend", json=query).status_code == status
    assert service.post("/reconcile", data={"extend": json.dumps(query)}).status_code == status


def test_only_properties_with_values_are_proposed(service: TestClient) -> None:
    """For a type, or for all, as for a type that nobody knows."""
    person = check(service.get("/extend/propose?type=person&limit=9").json(), "propose", "0.2")
    product = check(service.get("/extend/propose?type=product").json(), "propose", "1.0-draft")
    every = service.get("/extend/propose").json()["properties"]

    assert "identifiers.wikidata" in [each["id"] for each in person["properties"]]
    assert [each["id"] for each in product["properties"]] == ["name", "type", "alias", "cue", "note"]
    assert len(every) == 7
    for unknown in ("nothing", service.get("/reconcile").json()["schemaSpace"], ""):
        assert service.get("/extend/propose", params={"type": unknown}).json()["properties"] == every


# Pages


@pytest.mark.parametrize(
    "path", ["/preview?id=product:hostile", "/entity/product:hostile", "/entity/product%3Ahostile"]
)
def test_hostile_names_are_escaped(path: str, service: TestClient) -> None:
    """And the page may run nothing anyway."""
    answer = service.get(path)
    body = answer.text.replace(f"<style>{STYLE}</style>", "")

    assert answer.status_code == 200
    assert "<script" not in body
    assert "<img" not in body
    assert "</style>" not in body
    assert "&lt;script&gt;alert(1)" in body
    assert "&amp;lt;b&amp;gt;" in body
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "x-frame-options" not in answer.headers


def test_a_page_of_a_merged_id_is_that_of_the_entity(service: TestClient) -> None:
    """Links stay valid."""
    assert service.get("/entity/person:syrskyi").text == service.get("/preview?id=person:oleksandr-syrskyi").text


# Plain JSON


def test_resolve(service: TestClient) -> None:
    """By address and by body, with the same answer."""
    posted = service.post("/resolve", json={"names": ["Kupol", "Nobody Known"]}).json()

    assert posted == service.get("/resolve?name=Kupol&name=Nobody+Known").json()
    assert list(posted[0]) == ["name", "status", "id", "score", "reason"]
    assert [each["id"] for each in posted] == ["organization:kupol", None]
    cue = {"names": ["OSA"], "context": "air defence", "type": "product", "lang": "en-GB"}
    assert service.post("/resolve", json=cue).json()[0]["status"] == "resolved"


def test_annotate(service: TestClient) -> None:
    """Offsets count code points."""
    text = "𝔘 Syrskyi visited Kupol."
    found = service.post("/annotate", json={"text": text, "document": "a.txt"}).json()
    given = service.post("/annotate", json={"text": text, "spans": [[18, 23]], "lang": "en"}).json()

    assert [(each["document"], each["start"], each["id"]) for each in found][-1] == ("a.txt", 18, "organization:kupol")
    assert [(each["text"], each["id"]) for each in given] == [("Kupol", "organization:kupol")]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/resolve", [], 400),
        ("/resolve", {}, 400),
        ("/resolve", {"names": "Kupol"}, 400),
        ("/resolve", {"names": [1]}, 400),
        ("/resolve", {"names": ["x" * (MOST_CHARACTERS + 1)]}, 400),
        ("/resolve", {"names": ["x"], "context": "x" * (MOST_CONTEXT + 1)}, 400),
        ("/resolve", {"names": ["x"] * (MOST_NAMES + 1)}, 413),
        ("/resolve", {"names": [], "type": "nothing"}, 400),
        ("/resolve", {"names": [], "lang": 1}, 400),
        ("/resolve", {"names": [], "context": []}, 400),
        ("/annotate", {}, 400),
        ("/annotate", {"text": None}, 400),
        ("/annotate", {"text": "Kupol", "spans": [[0, 6]]}, 400),
        ("/annotate", {"text": "Kupol", "spans": [[-1, 3]]}, 400),
        ("/annotate", {"text": "a" * (MOST_CHARACTERS + 1), "spans": [[0, MOST_CHARACTERS + 1]]}, 400),
        ("/annotate", {"text": "Kupol", "spans": [[3, 3]]}, 400),
        ("/annotate", {"text": "Kupol", "spans": [[0, True]]}, 400),
        ("/annotate", {"text": "Kupol", "spans": [[0, 1, 2]]}, 413),
        ("/annotate", {"text": "Kupol", "spans": {"0": 5}}, 400),
    ],
)
def test_wrong_names_and_texts_are_refused(path: str, body: Any, status: int, service: TestClient) -> None:
    """With a message."""
    answer = service.post(path, json=body)

    assert answer.status_code == status
    assert answer.json()["error"]


@pytest.mark.parametrize("path", ["/resolve", "/annotate", "/extend"])
def test_only_json_is_taken(path: str, service: TestClient) -> None:
    """A form of another page cannot send it without asking first."""
    assert service.post(path, content=b"{}", headers={"Content-Type": "text/plain"}).status_code == 415


def test_half_a_surrogate_pair_is_no_error(service: TestClient) -> None:
    """JSON can spell it, UTF-8 cannot."""
    answer = service.post("/resolve", content=b'{"names": ["Kupol\\ud800"]}', headers=JSON)

    assert answer.status_code == 200
    assert answer.json()[0]["name"] == "Kupol\ud800"


# The rest


def test_any_page_may_read(service: TestClient) -> None:
    """And send what it reads with; nothing else."""
    origin = {"Origin": "https://refine.example"}
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    preflight = service.options("/reconcile", headers=origin | asked)

    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    for path in ("/", "/nowhere", "/preview?id=product:osa"):
        answer = service.get(path, headers=origin)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
    refused = service.options("/reconcile", headers=origin | {"Access-Control-Request-Method": "DELETE"})
    assert refused.status_code == 400


@pytest.mark.parametrize("path", ["/?callback=alert", "/reconcile?callback=alert", "/suggest/type?prefix=&callback=f"])
def test_there_is_no_script_in_an_answer(path: str, service: TestClient) -> None:
    """JSONP is for clients before 2020."""
    answer = service.get(path)

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text.startswith("{")


def test_health(service: TestClient, live: LiveRegistry) -> None:
    """What is served."""
    health = service.get("/health").json()

    assert (health["status"], health["entities"]) == ("ok", 6)
    assert health["fingerprint"] == live.served.resolver.registry.fingerprint


def test_who_comes_too_late_is_told_when_to_come_again(live: LiveRegistry) -> None:
    """One thread, no room to wait: 503 for the second, while the first is answered."""
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Workers):
        async def run(self, work: Any) -> Any:
            def slowly() -> Any:
                begun.set()
                assert go_on.wait(10)
                return work()

            return await super().run(slowly)

    with (
        TestClient(create_app(live, workers=Slow(threads=1, waiting=0))) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        first = pool.submit(client.get, "/resolve?name=Kupol")
        assert begun.wait(10)
        refused = client.get("/resolve?name=Kupol")
        health = client.get("/health")
        go_on.set()

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert refused.json()["error"]
    assert health.status_code == 200
    assert first.result().status_code == 200


def test_threads_give_what_one_thread_gives(live: LiveRegistry) -> None:
    """The resolver is asked by several at once."""
    names = ["Kupol", "Сирського", "Anna Schmidt", "9K33", "Osa", "Купол", "Nobody Known", "Schmidt"] * 20
    resolve = LiveRegistry(live.path, Policy()).served.resolver.resolve
    with ThreadPoolExecutor(8) as pool:
        several = list(pool.map(live.served.resolver.resolve, names))

    assert several == [resolve(name) for name in names]


_JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_FIELDS = st.sampled_from(
    ["query", "type", "limit", "properties", "type_strict", "conditions", "lang", "queries", "names", "text", "spans",
     "ids", "matchType", "propertyValue", "propertyId", "v", "pid", "required", "matchQuantifier", "context", "id"]
)  # fmt: skip
_WORDS = st.sampled_from(
    ["Kupol", "name", "property", "identifiers.wikidata", "alias", "lang", "person", "any", "\ud800"]
)
_NEAR_MISSES = st.recursive(
    _JSON_VALUES | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_FIELDS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=_NEAR_MISSES)
def test_no_json_is_an_error_of_the_service(value: Any, service: TestClient) -> None:
    """It is answered, or refused with a reason."""
    bodies = [value, {"queries": value}, {"queries": [value]}, {"names": value}, {"text": value}]
    answers = [
        service.post(path, content=json.dumps(body).encode(), headers=JSON)
        for body in bodies
        for path in ("/reconcile", "/resolve", "/annotate", "/extend")
    ]
    for body in (value, {"q": value}):
        answers.append(service.post("/reconcile", data={"queries": json.dumps(body)}))
        answers.append(service.post("/reconcile", data={"extend": json.dumps(body)}))

    for answer in answers:
        assert answer.status_code in (200, 400, 413)
        assert answer.status_code == 200 or answer.json()["error"]
