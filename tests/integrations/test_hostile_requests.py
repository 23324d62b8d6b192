"""Requests that no browser and no client sends, over a real socket: both servers refuse them and go on serving."""

import asyncio
import json
import logging
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from browsers import serving
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.testclient import TestClient

from resolver.integrations import web
from resolver.integrations.reconciliation.app import create_app as create_service
from resolver.integrations.reconciliation.bodies import MOST_BYTES
from resolver.integrations.reconciliation.reloading import LiveRegistry
from resolver.integrations.review_page.live import RegistryView
from resolver.integrations.review_page.security import Guard
from resolver.integrations.review_page.server import create_app as create_page
from resolver.integrations.review_page.state import ReviewState
from resolver.integrations.web import read_body

SECONDS = 10.0  # until a server that does not answer has failed
JSON = b"Content-Type: application/json\r\n"
CHUNK = b"10000\r\n" + b"a" * 65536 + b"\r\n"

# What is sent, `HOST` being the line that names the server, and the statuses that may be the answer
RAW: dict[str, tuple[tuple[bytes, ...], set[int]]] = {
    "no HTTP": ((b"\x16\x03\x01\x02\x00" * 100,), {400}),
    "no end of the line": ((b"GET " + b"a" * 100_000,), {400}),
    "a flood of headers": ((b"GET / HTTP/1.1\r\nHOST", *(b"X: " + b"a" * 8_000 + b"\r\n",) * 100), {400, 431}),
    "thousands of headers": ((b"GET / HTTP/1.1\r\nHOST", b"X: a\r\n" * 20_000), {400, 431}),
    "two hosts": ((b"GET / HTTP/1.1\r\nHOSTHost: evil.example\r\n\r\n",), {400}),
    "two lengths": ((b"POST /resolve HTTP/1.1\r\nHOSTContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345",), {400}),
    "a length below zero": ((b"POST /resolve HTTP/1.1\r\nHOSTContent-Length: -1\r\n\r\n",), {400}),
    "NUL in the address": ((b"GET /\0 HTTP/1.1\r\nHOST\r\n",), {400}),
    "another host in the address": ((b"GET http://evil.example/api/queue HTTP/1.1\r\nHOST\r\n",), {403, 404}),
    "a length and chunks": (
        (
            b"POST /resolve HTTP/1.1\r\nHOST"
            + JSON
            + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ),
        {400, 403, 404, 411},
    ),
    "chunks without end": (
        (b"POST /resolve HTTP/1.1\r\nHOST" + JSON + b"Transfer-Encoding: chunked\r\n\r\n", *(CHUNK,) * 60),
        {403, 404, 411, 413},
    ),
    "chunks without end to the page": (
        (b"POST /api/decide HTTP/1.1\r\nHOST" + JSON + b"Transfer-Encoding: chunked\r\n\r\n", *(CHUNK,) * 60),
        {403, 404, 411},
    ),
    "ten gigabytes": (
        (b"POST /resolve HTTP/1.1\r\nHOST" + JSON + b"Content-Length: 10000000000\r\n\r\n", b"a" * 2 * MOST_BYTES),
        {403, 404, 413},
    ),
    "a method of nobody": ((b"BREW / HTTP/1.1\r\nHOST\r\n",), {405}),
    "TRACE": ((b"TRACE / HTTP/1.1\r\nHOSTCookie: secret=1\r\n\r\n",), {405}),
    "CONNECT": ((b"CONNECT evil.example:443 HTTP/1.1\r\nHOST\r\n",), {400, 403, 404, 405}),
    "a web socket": (
        (b"GET /api/queue HTTP/1.1\r\nHOSTUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\n\r\n",),
        {400, 403, 404, 426},
    ),
}


@pytest.fixture(params=["service", "page"])
def port(request: pytest.FixtureRequest, live: LiveRegistry, queue: Path, aliases: Path) -> Iterator[int]:
    """The port of the service, and that of the review page."""

    def app(port: int) -> object:
        if request.param == "service":
            return create_service(live)
        return create_page(ReviewState(queue), RegistryView(aliases, by="ada"), Guard("127.0.0.1", port))

    with serving(app) as port:  # type: ignore[arg-type]
        yield port


def answer_to(port: int, pieces: Iterable[bytes]) -> bytes:
    """All that a server says to these bytes until it closes the connection, or for a second after them."""
    host = f"Host: 127.0.0.1:{port}\r\nConnection: close\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as client:
        try:
            for piece in pieces:
                client.sendall(piece.replace(b"HOST", host))
        except OSError:  # it has heard enough
            pass
        said = b""
        try:
            while piece := client.recv(65536):
                said += piece
        except ConnectionError:
            pass
    return said


def test_requests_that_nobody_sends(port: int, caplog: pytest.LogCaptureFixture) -> None:
    """Each gets a refusal and no traceback, and the next request is answered."""
    for title, (pieces, statuses) in RAW.items():
        with caplog.at_level(logging.ERROR):
            said = answer_to(port, pieces)
            after = answer_to(port, [b"GET / HTTP/1.1\r\nHOST\r\n"])

        assert said.startswith(b"HTTP/1.1 "), title
        assert int(said.split()[1]) in statuses, title
        assert b"secret=1" not in said, title
        assert b"Traceback" not in said, title
        assert caplog.records == [], title
        assert after.startswith(b"HTTP/1.1 200 "), title


def test_a_client_that_leaves_in_the_middle(live: LiveRegistry, caplog: pytest.LogCaptureFixture) -> None:
    """It is no error of the server: nothing is logged."""
    start = "POST /resolve HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
    with serving(lambda _: create_service(live)) as port, caplog.at_level(logging.ERROR):
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as client:
                client.sendall(start.encode())
        assert answer_to(port, [b"GET /health HTTP/1.1\r\nHOST\r\n"]).startswith(b"HTTP/1.1 200 ")

    assert caplog.records == []


@pytest.mark.parametrize(("is_gone", "status"), [(False, 408), (True, 400)], ids=["silent", "gone"])
def test_a_body_that_does_not_come_is_given_up(is_gone: bool, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request may not hold its place for ever; a client that is gone is no error of the server."""

    async def receive() -> dict[str, object]:
        await asyncio.sleep(0 if is_gone else SECONDS)
        return {"type": "http.disconnect"}

    monkeypatch.setattr(web, "SECONDS_FOR_BODY", 0.05)
    with pytest.raises(HTTPException) as caught:
        asyncio.run(read_body(Request({"type": "http", "headers": []}, receive), 10))
    assert caught.value.status_code == status


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/nowhere", {}),
        ("DELETE", "/", {}),
        ("POST", "/resolve", {"Content-Type": "text/plain"}),
        ("GET", "/health", {}),
        ("GET", "/entity/nobody", {}),
        ("GET", "/reconcile?callback=alert(1)//", {}),
        ("OPTIONS", "/resolve", {"Origin": "http://evil.example", "Access-Control-Request-Method": "DELETE"}),
        ("OPTIONS", "/resolve", {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}),
        ("GET", "/health", {"Origin": "http://evil.example", "Cookie": "a=1"}),
    ],
)
def test_every_answer_of_the_service_has_the_headers(
    method: str, path: str, headers: dict[str, str], service: TestClient
) -> None:
    """Errors and preflights too. Any page may read, and none with the cookies of anybody."""
    answer = service.request(method, path, headers=headers)

    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.headers.get("access-control-allow-origin") in (None, "*")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("name", ["alert(1)//", "<script>", "a.b", "x"])
def test_no_answer_is_a_script(name: str, service: TestClient) -> None:
    """JSONP would let any page run what the registry holds: the name of a callback changes nothing."""
    asked = {"queries": json.dumps({"q": {"query": "Kupol"}})}
    plain = service.get("/reconcile", params=asked)
    called = service.get("/reconcile", params={**asked, "callback": name, "jsonp": name})

    assert called.content == plain.content
    assert called.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    ["/%2e%2e/%2e%2e/etc/passwd", "/%252e%252e%252fetc%252fpasswd", "/..%5c..%5cetc", "/entity/../../etc/passwd",
     "/entity/..%2f..%2fetc%2fpasswd", "/entity/%00", "//evil.example/%2e%2e", "/preview?id=../../etc/passwd"],
)  # fmt: skip
def test_no_address_is_a_file(path: str, service: TestClient) -> None:
    """Entities are looked up by id: there is no folder to leave."""
    answer = service.get(path)

    assert answer.status_code == 404
    assert "root:" not in answer.text
