"""The description of the service is sound OpenAPI, and true: each answer is what it says."""

import json
import re
from typing import Any

import jsonschema
import pytest
from starlette.testclient import TestClient

from resolver.integrations.reconciliation.app import create_app
from resolver.integrations.reconciliation.openapi import document
from resolver.integrations.reconciliation.reloading import LiveRegistry

DOCUMENT = document("http://127.0.0.1:8643")
CONDITION = {"matchType": "name", "propertyValue": "Kupol"}
EXTENSION = {"ids": ["product:osa"], "properties": [{"id": "alias"}]}
BATCH = json.dumps({"q": {"query": "Kupol"}})
ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("get", "/", {}),
    ("get", "/reconcile", {}),
    ("get", "/reconcile", {"params": {"queries": BATCH}}),
    ("get", "/reconcile", {"params": {"extend": json.dumps(EXTENSION)}}),
    ("post", "/reconcile", {"data": {"queries": BATCH}}),
    ("post", "/reconcile", {"json": {"queries": [{"conditions": [CONDITION]}]}}),
    ("post", "/reconcile", {"data": {"queries": "["}}),
    ("post", "/extend", {"json": EXTENSION}),
    ("post", "/extend", {"json": []}),
    ("get", "/extend/propose", {"params": {"type": "product", "limit": 2}}),
    ("get", "/suggest/entity", {"params": {"prefix": "k"}}),
    ("get", "/suggest/type", {"params": {"prefix": ""}}),
    ("get", "/suggest/property", {"params": {"prefix": ""}}),
    ("get", "/suggest/property", {}),
    ("get", "/preview", {"params": {"id": "product:nobody"}}),
    ("get", "/entity/{id}", {}),
    ("get", "/resolve", {"params": {"name": "Kupol"}}),
    ("post", "/resolve", {"json": {"names": ["Kupol", "Nobody Known"]}}),
    ("post", "/resolve", {"content": b"{}"}),
    ("post", "/annotate", {"json": {"text": "Kupol stands in Izhevsk."}}),
    ("get", "/health", {}),
    ("get", "/openapi.json", {}),
]


def test_it_is_sound() -> None:
    """By the validator of the OpenAPI initiative's schema."""
    pytest.importorskip("openapi_spec_validator").validate(DOCUMENT)


@pytest.mark.parametrize(("method", "path", "sent"), ASKED, ids=lambda value: str(value)[:40])
def test_answers_are_as_described(method: str, path: str, sent: dict[str, Any], service: TestClient) -> None:
    """Status, kind and shape; also of refusals."""
    answer = service.request(method.upper(), path, **sent)
    described = DOCUMENT["paths"][path][method]["responses"][str(answer.status_code)]["content"]
    media = answer.headers["content-type"].partition(";")[0]
    schema = {**described[media]["schema"], "components": DOCUMENT["components"]}

    jsonschema.Draft202012Validator(schema).validate(answer.json())


def test_each_address_is_described(live: LiveRegistry) -> None:
    """And no other."""
    routes = [re.sub(r":path}", "}", str(getattr(route, "path", ""))) for route in create_app(live).routes]
    described = [path for path in DOCUMENT["paths"] if not path.startswith("/suggest/")]

    assert sorted(described) == sorted(path for path in routes if not path.startswith("/suggest/"))
    assert {path for _, path, _ in ASKED} == set(DOCUMENT["paths"])


def test_it_is_served(service: TestClient) -> None:
    """With the address that it was asked at."""
    served = service.get("/openapi.json").json()

    assert served == DOCUMENT
