"""The addresses of the service and of the review page, asked for with requests of any shape.

The service is asked by schemathesis, which makes requests from the description of the service, sound ones and others,
and holds each answer against it. The page has no description for others: here its requests are made of what it takes.
No answer may be an error of the server but 503, and a request that is refused changes no file.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from conftest import TINY
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from reconciliation_facts import REGISTRY
from review_queue import saved
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from resolver import Policy
from resolver.integrations.reconciliation.app import create_app as create_service
from resolver.integrations.reconciliation.reloading import LiveRegistry
from resolver.integrations.review_page.live import RegistryView
from resolver.integrations.review_page.security import Guard
from resolver.integrations.review_page.server import create_app as create_page
from resolver.integrations.review_page.state import ReviewState

ORIGIN = "http://127.0.0.1:8642"
BUSY = 503
SECONDS = 2.0  # of processor time that an answer may take
_GETS = ("queue", "state", "item", "evidence", "search", "entities")
_POSTS = ("preview", "decide", "undo", "redo", "reload", "plan", "apply")
_KEYS = st.sampled_from(["osa-1", "syrskyi-2", "lenin-street-3", "hostile-4", "", "none"])
_TEXT = st.one_of(_KEYS, st.text(max_size=20), st.sampled_from(["\ud800", "\0", "a" * 70_000, "../x", "<b>", "Osa"]))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)
_IDS = st.sampled_from(["product:osa", "organization:kupol", "person:nobody", ""])
_DECISIONS = st.one_of(
    st.sampled_from(["unsure", "not_an_entity", "match", "", "none"]),
    st.builds(lambda word, value: {word: value}, st.sampled_from(["match", "not"]), _IDS | st.lists(_IDS, max_size=2)),
    st.builds(lambda kind, name: {"new": {"type": kind, "name": name}}, st.sampled_from(["person", "x"]), _TEXT),
    _JSON,
)
_FIELDS = st.fixed_dictionaries(
    {},
    optional={"decision": _DECISIONS, "note": _TEXT | _JSON, "except": st.lists(_TEXT, max_size=2) | _JSON, "x": _JSON},
)
_BODIES = st.one_of(
    st.fixed_dictionaries({"key": _KEYS, "fields": _FIELDS}),
    st.fixed_dictionaries({"key": _TEXT | _JSON, "fields": _JSON}),
    st.fixed_dictionaries({"plan": st.integers(-1, 9) | _JSON}),
    _JSON,
)
_CONTENT = st.one_of(
    _BODIES.map(lambda body: json.dumps(body).encode()),
    st.binary(max_size=20),
    st.sampled_from([b"", b"[" * 50_000, b"{}", b"9" * 6_000, b'{"key": "osa-1", "key": 1}', b"\xff\xfe{\0}\0"]),
)
_HEADERS = st.sampled_from(
    [
        *[{}] * 12,
        {"Content-Type": "text/plain"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example:8642"},
        {"Host": ""},
        {"X-Review-Token": "wrong"},
        {"X-Review-Token": "é"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Content-Length": "-1"},
        {"Content-Encoding": "gzip"},
    ]
)
REQUESTS = st.one_of(
    st.tuples(
        st.sampled_from(["POST"] * 9 + ["GET", "PUT", "DELETE", "OPTIONS", "HEAD"]),
        st.sampled_from([*_POSTS, "preview", "decide", "decide", "decide"]).map("/api/{}".format),
        st.just({}),
        _CONTENT,
        _HEADERS,
    ),
    st.tuples(
        st.just("GET"),
        st.sampled_from(
            [*(f"/api/{name}" for name in _GETS), "/", "/page.js", "/../page.html", "/api/", "/api/x", "/%00"]
        ),
        st.dictionaries(st.sampled_from(["key", "words", "x"]), _TEXT.map(lambda text: text[:2_000]), max_size=2),
        st.just(b""),
        _HEADERS,
    ),
)
Request = tuple[str, str, Mapping[str, str], bytes, Mapping[str, str]]


Told = Counter[tuple[str, int]]  # how often an address gave a status


def ask_page(folder: Path, runs: int, seed: int) -> Told:
    """Ask the review page so often; AssertionError at an answer that may not be."""
    told: Told = Counter()
    with _page(folder) as ask:

        @seeded(seed)
        @_often(runs)
        @given(REQUESTS)
        def asked(request: Request) -> None:
            told[request[1], ask(request)] += 1

        asked()
    return told


def ask_service(folder: Path, runs: int, seed: int) -> Told:
    """Ask the service so often, each of its addresses as often; AssertionError at an answer that may not be."""
    import schemathesis
    from schemathesis.generation import GenerationMode

    told: Told = Counter()
    schema = schemathesis.openapi.from_asgi("/openapi.json", _service(folder))
    checks = _checks()
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        kinds = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

        @seeded(seed)
        @_often(max(1, runs // len(operations)))
        @given(st.one_of(kinds))
        def asked(case: Any) -> None:
            answer = case.call()
            told[case.formatted_path, answer.status_code] += 1
            try:
                case.validate_response(answer, checks=checks)
            except schemathesis.FailureGroup as failures:
                raise AssertionError("\n".join(map(str, failures.exceptions))) from failures

        asked()
    return told


def _often(runs: int) -> settings:
    return settings(
        max_examples=runs,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )


@contextmanager
def _page(folder: Path) -> Iterator[Callable[[Request], int]]:
    """The review page over a queue and a registry in the folder; what asks it, and gives the status or fails."""
    aliases = folder / "aliases"
    aliases.mkdir()
    (aliases / "all.yaml").write_text(TINY, encoding="utf-8")
    queue = saved(folder / "queue.yaml")
    guard = Guard("127.0.0.1", 8642)
    app = create_page(ReviewState(queue), RegistryView(aliases, by="ada"), guard)
    headers = {"X-Review-Token": guard.token, "Origin": ORIGIN, "Content-Type": "application/json"}
    with TestClient(app, base_url=ORIGIN, headers=headers) as client:

        def ask(request: Request) -> int:
            method, path, params, content, more = request
            before = files_of(folder)
            sent = [(name.encode(), value.encode("latin-1")) for name, value in more.items()]
            start = time.process_time()
            answer = client.request(method, path, params=_sendable(params), content=content or None, headers=sent)
            status = int(answer.status_code)
            if status >= 500 and status != BUSY:
                raise AssertionError(f"{status}: {answer.text[:500]}")
            if time.process_time() - start > SECONDS:
                raise AssertionError(f"{time.process_time() - start:.1f} s")
            if status != 200 and files_of(folder) != before:
                raise AssertionError(f"{status}, and files have changed")
            return status

        yield ask


def files_of(folder: Path) -> dict[str, bytes]:
    """What lies in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _service(folder: Path) -> ASGIApp:
    """The service over a registry in the folder, as an application that schemathesis may start and stop at will.

    What it starts and stops is not passed on: the service closes its threads when it is stopped, and is asked again.
    """
    (folder / "all.yaml").write_text(REGISTRY, encoding="utf-8")
    service = create_service(LiveRegistry(folder, Policy()))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await service(scope, receive, send)
            return
        kind = ""
        while not kind.endswith("shutdown"):
            kind = (await receive())["type"]
            await send({"type": f"{kind}.complete"})

    return app


def _checks() -> list[Any]:
    """What schemathesis holds against each answer; a request that the description allows may still be refused."""
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks as described

    return [
        not_a_server_error,
        described.status_code_conformance,
        described.content_type_conformance,
        described.response_headers_conformance,
        described.response_schema_conformance,
    ]


def _sendable(params: Mapping[str, str]) -> dict[str, str]:
    """Parameters as a client can write them into an address."""
    return {name: value.encode("utf-8", "replace").decode() for name, value in params.items()}
