"""The addresses of the review page: what they answer, whom they answer, and what they refuse."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from review_queue import HOSTILE, four_names, saved
from starlette.testclient import TestClient

from resolver.integrations.review_page.live import RegistryView
from resolver.integrations.review_page.security import MOST_BYTES, Guard
from resolver.integrations.review_page.server import create_app
from resolver.integrations.review_page.state import ReviewState
from resolver.registry import Registry
from resolver.review import load_queue, save_queue

ORIGIN = "http://127.0.0.1:8642"
ANY = "0.0.0.0"  # noqa: S104 (nothing listens on it here)
GUARD = Guard("127.0.0.1", 8642)
HEADERS = {"X-Review-Token": GUARD.token, "Origin": ORIGIN}
UNSURE = {"key": "osa-1", "fields": {"decision": "unsure"}}
SYRSKYI = {"key": "syrskyi-2", "fields": {"decision": {"match": "person:aleksandr-brechalov"}}}
LENIN_STREET = {"key": "lenin-street-3", "fields": {"decision": {"new": {"type": "location", "name": "Lenin Street"}}}}


@pytest.fixture
def client(queue: Path, aliases: Path) -> Iterator[TestClient]:
    """The page's side of the server, with the four names and the tiny registry."""
    app = create_app(ReviewState(queue), RegistryView(aliases, by="ada"), GUARD)
    with TestClient(app, base_url=ORIGIN, headers=HEADERS) as client:
        yield client


# Answers


def test_the_page_needs_nothing_from_elsewhere(client: TestClient) -> None:
    """No inline script or style, no other host; the token is in it."""
    text = client.get("/").text

    assert GUARD.token in text
    assert "<style" not in text
    assert " style=" not in text
    assert "://" not in text
    assert text.count("<script") == text.count('<script type="module" src="/') == 1


@pytest.mark.parametrize("path", ["/page.js", "/page.css", "/list.js"])
def test_files_of_the_page_are_served(path: str, client: TestClient) -> None:
    """With the type that a browser wants under `nosniff`."""
    answer = client.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/css" if path.endswith("css") else "text/javascript")


def test_the_list_has_a_row_for_each_name(client: TestClient) -> None:
    """In the order of the file."""
    answer = client.get("/api/queue").json()
    rows = [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]

    assert [row["key"] for row in rows] == [item.key for item in four_names()]
    assert rows[0] == {
        "key": "osa-1", "name": "OSA", "type": "person", "status": "ambiguous", "count": 11, "documents": 1,
        "decision": None, "target": "", "settled": 0, "note": False,
    }  # fmt: skip
    assert (answer["by"], answer["changed"], answer["undo"]) == ("ada", False, 0)


def test_an_item_comes_with_what_the_registry_says_of_its_candidates(client: TestClient) -> None:
    """Their names, and what else they are called."""
    answer = client.get("/api/item", params={"key": "osa-1"}).json()
    names = {entity_id: entity["name"] for entity_id, entity in answer["entities"].items()}

    assert names == {"product:osa": "Osa", "organization:kupol": "Izhevsk Electromechanical Plant Kupol"}
    assert answer["entities"]["product:osa"]["names"] == ["9K33", "OSA"]
    assert answer["item"]["variants"] == [["OSA", 9], ["Оса", 2]]


def test_an_unsound_registry_keeps_nobody_from_deciding(client: TestClient, queue: Path, aliases: Path) -> None:
    """Somebody is editing it just now: the preview says what is wrong, and the decision is saved."""
    (aliases / "all.yaml").write_text("- [\n", encoding="utf-8")

    assert client.get("/api/item", params={"key": "osa-1"}).json()["entities"] == {}
    assert client.post("/api/preview", json=LENIN_STREET).json()["problems"]
    assert client.post("/api/decide", json=LENIN_STREET).status_code == 200
    assert client.post("/api/plan", json={}).status_code == 422
    assert load_queue(queue).items[2].judgement.decision == "new"


def test_a_hostile_name_travels_as_data(client: TestClient) -> None:
    """JSON under `nosniff` is no page, and the page sets it as text."""
    answer = client.get("/api/item", params={"key": "hostile-4"})

    assert answer.json()["item"]["name"] == HOSTILE
    assert answer.headers["content-type"] == "application/json"


def test_half_a_surrogate_pair_does_not_break_an_answer(client: TestClient) -> None:
    """JSON can spell it, UTF-8 cannot."""
    body = b'{"key": "osa-1", "fields": {"decision": {"match": "\\ud800"}}}'
    answer = client.post("/api/preview", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 200
    assert "surrogate" in answer.json()["problems"][0]


def test_search(client: TestClient) -> None:
    """Positions in the list."""
    assert client.get("/api/search", params={"words": "сирський"}).json()["found"] == [1]


def test_entities(client: TestClient) -> None:
    """Those of the registry."""
    assert client.get("/api/entities", params={"words": "kupol"}).json()["entities"][0]["id"] == "organization:kupol"


def test_evidence(client: TestClient) -> None:
    """In bits."""
    evidence = client.get("/api/evidence", params={"key": "osa-1"}).json()["evidence"]

    assert evidence["product:osa"]["evidence"]


def test_decide_undo_redo(client: TestClient, queue: Path) -> None:
    """Each is in the file when the answer comes."""
    words = []
    for address, body in (("decide", UNSURE), ("undo", {}), ("redo", {})):
        answer = client.post(f"/api/{address}", json=body)
        assert answer.status_code == 200
        words.append((answer.json()["row"][6], load_queue(queue).items[0].judgement.decision))

    assert words == [("unsure", "unsure"), (None, None), ("unsure", "unsure")]


def test_a_preview_saves_nothing(client: TestClient, queue: Path, aliases: Path) -> None:
    """Neither the queue nor the registry."""
    before = queue.read_bytes(), (aliases / "all.yaml").read_bytes()
    answer = client.post("/api/preview", json=LENIN_STREET).json()

    assert "+- id: location:lenin-street" in answer["diff"]
    assert (queue.read_bytes(), (aliases / "all.yaml").read_bytes()) == before


def test_apply_writes_what_was_shown(client: TestClient, queue: Path, aliases: Path) -> None:
    """The registry gets the lines, the queue keeps what is left, and there is nothing to undo here any more."""
    client.post("/api/decide", json=LENIN_STREET)
    plan = client.post("/api/plan", json={}).json()
    answer = client.post("/api/apply", json={"plan": plan["plan"]}).json()

    assert plan["remaining"] == 3
    assert "location:lenin-street" in plan["lines"][0]
    assert Registry.load(aliases).get("location:lenin-street").source == "a.txt"
    assert [item.key for item in load_queue(queue)] == ["osa-1", "syrskyi-2", "hostile-4"]
    assert len(answer["rows"]) == 3
    assert answer["undo"] == 0


def test_what_would_not_resolve_stays(client: TestClient) -> None:
    """Osa holds the spelling already, and needs a cue for it: to match it again settles nothing."""
    client.post("/api/decide", json={"key": "osa-1", "fields": {"decision": {"match": "product:osa"}}})
    plan = client.post("/api/plan", json={}).json()

    assert plan["unmet"][0]["key"] == "osa-1"
    assert plan["remaining"] == 4


# Refusals


def test_a_plan_that_was_not_shown_is_not_written(client: TestClient, aliases: Path) -> None:
    """A decision after the plan: look again."""
    client.post("/api/decide", json=LENIN_STREET)
    plan = client.post("/api/plan", json={}).json()
    client.post("/api/decide", json=UNSURE)
    before = (aliases / "all.yaml").read_bytes()

    for number in (plan["plan"], plan["plan"] + 1, None):
        answer = client.post("/api/apply", json={"plan": number})
        assert (answer.status_code, answer.json()["kind"]) == (400, "StalePlanError")
    assert (aliases / "all.yaml").read_bytes() == before


def test_a_plan_is_written_once(client: TestClient) -> None:
    """A second request for the same plan is refused."""
    client.post("/api/decide", json=LENIN_STREET)
    plan = client.post("/api/plan", json={}).json()["plan"]

    assert client.post("/api/apply", json={"plan": plan}).status_code == 200
    assert client.post("/api/apply", json={"plan": plan}).status_code == 400


def test_a_registry_that_changed_meanwhile_is_not_overwritten(client: TestClient, queue: Path, aliases: Path) -> None:
    """Neither it nor the queue is written."""
    client.post("/api/decide", json=SYRSKYI)
    plan = client.post("/api/plan", json={}).json()["plan"]
    file = aliases / "all.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# theirs\n", encoding="utf-8")
    before = file.read_bytes(), queue.read_bytes()
    answer = client.post("/api/apply", json={"plan": plan})

    assert answer.status_code == 422
    assert "changed on disk" in answer.json()["error"]
    assert (file.read_bytes(), queue.read_bytes()) == before


def test_problems_of_a_plan_name_their_item(client: TestClient) -> None:
    """By its place in the list, from 1."""
    client.post("/api/decide", json={"key": "osa-1", "fields": {"decision": "not_an_entity"}})
    answer = client.post("/api/plan", json={})

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["line"] == 1


def test_a_registry_that_must_not_be_written_is_not(queue: Path, aliases: Path) -> None:
    """The reason is told."""
    app = create_app(ReviewState(queue), RegistryView(aliases, by="ada"), GUARD, refusal="copy it first")
    answer = TestClient(app, base_url=ORIGIN, headers=HEADERS).post("/api/plan", json={})

    assert (answer.status_code, answer.json()["error"]) == (400, "copy it first")


def test_a_file_that_somebody_else_changed_is_read_again_first(client: TestClient, queue: Path) -> None:
    """409 until the curator has agreed to read it; then the other's decision is there, and one's own can be made."""
    text = queue.read_text(encoding="utf-8").replace("\n  decision:\n", "\n  decision: unsure\n", 1)
    queue.write_text(text, encoding="utf-8")

    assert client.get("/api/state").json()["changed"]
    refused = client.post("/api/decide", json=LENIN_STREET)
    assert (refused.status_code, refused.json()["kind"]) == (409, "QueueChangedError")
    assert queue.read_text(encoding="utf-8") == text
    client.post("/api/reload", json={})
    assert client.post("/api/decide", json=LENIN_STREET).status_code == 200
    assert [item.judgement.decision for item in load_queue(queue)].count("unsure") == 1


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        ("decide", {"key": "nobody", "fields": {"decision": "unsure"}}, 404),
        ("decide", {"key": "osa-1", "fields": {"decision": "maybe"}}, 422),
        ("decide", {"key": "osa-1", "fields": {"decision": {"match": {"a": "b"}}}}, 422),
        ("decide", {"key": "osa-1", "fields": {"decision": [[[[]]]]}}, 422),
        ("decide", {"key": "osa-1", "fields": {"proposal": "x"}}, 422),
        ("decide", {"key": "osa-1", "fields": []}, 400),
        ("decide", {"key": 1, "fields": {}}, 400),
        ("decide", {}, 400),
        ("decide", [], 400),
        ("decide", "unsure", 400),
        ("undo", {}, 409),
        ("redo", {}, 409),
        ("apply", {"plan": 1}, 400),
        ("no-such-address", {}, 404),
    ],
)
def test_a_bad_request_is_refused_and_changes_nothing(
    address: str, body: Any, status: int, client: TestClient, queue: Path
) -> None:
    """With a status that says what it was, and a message."""
    before = queue.read_bytes()
    answer = client.post(f"/api/{address}", json=body)

    assert answer.status_code == status
    assert queue.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 50_000, b'{"key": NaN'])
def test_what_is_no_json_is_refused(content: bytes, client: TestClient) -> None:
    """Without a traceback."""
    answer = client.post("/api/decide", content=content, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:8642"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1:80"}, 403),
        ({"Host": "127.0.0.1.evil.example:8642"}, 403),
        ({"Host": "192.168.0.7:8642"}, 403),
        ({"Host": ""}, 403),
        ({"X-Review-Token": ""}, 403),
        ({"X-Review-Token": "guess"}, 403),
        ({"X-Review-Token": "\xe9".encode("latin-1")}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://evil.example:8642"}, 403),
        ({"Origin": "https://127.0.0.1:8642"}, 403),
        ({"Origin": "http://127.0.0.1:8643"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Length": str(MOST_BYTES + 1)}, 413),
        ({"Content-Length": "-1"}, 411),
    ],
    ids=str,
)
def test_who_is_not_the_page_is_refused(headers: dict[str, Any], status: int, client: TestClient, queue: Path) -> None:
    """Another page in the same browser, another name for this address, another program that guesses."""
    before = queue.read_bytes()
    answer = client.post("/api/decide", json=UNSURE, headers=headers)

    assert answer.status_code == status
    assert queue.read_bytes() == before


def test_a_body_without_a_length_is_refused(client: TestClient) -> None:
    """It could go on for ever."""
    headers = {"Content-Type": "application/json"}

    assert client.post("/api/decide", content=iter([b"{}"]), headers=headers).status_code == 411


@pytest.mark.parametrize("headers", [{"Host": "evil.example:8642"}, {"X-Review-Token": "guess"}], ids=str)
def test_reading_needs_the_token_and_the_name_too(headers: dict[str, str], client: TestClient) -> None:
    """The names of a queue are nobody else's business."""
    assert client.get("/api/queue", headers=headers).status_code == 403


@pytest.mark.parametrize("address", ["decide", "undo", "apply", "reload"])
def test_nothing_changes_by_a_link(address: str, client: TestClient) -> None:
    """GET only reads."""
    assert client.get(f"/api/{address}").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/../state.py", "/%2e%2e/state.py", "/..%2fstate.py", "/static/page.js", "/page.html", "//etc/passwd",
        "/page.js/../../server.py", "/%00", "/queue.yaml", "/page.js%00.css", "/.page.css", "/api/../page.js/x",
    ],
)  # fmt: skip
def test_only_the_files_of_the_page_are_served(path: str, client: TestClient) -> None:
    """They are a list, not a folder: there is no way out of it."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/page.js"), ("GET", "/x"), ("POST", "/api/undo")])
def test_every_answer_has_the_headers(method: str, path: str, client: TestClient) -> None:
    """Refusals too."""
    for headers in ({}, {"Host": "evil.example"}):
        answer = client.request(method, path, headers=headers)
        policy = answer.headers["content-security-policy"]

        assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("host", "authority", "is_own"),
    [
        ("127.0.0.1", "127.0.0.1:8642", True),
        ("127.0.0.1", "localhost:8642", True),
        ("localhost", "[::1]:8642", True),
        ("127.0.0.1", "192.168.0.7:8642", False),
        ("192.168.0.7", "192.168.0.7:8642", True),
        ("192.168.0.7", "review.example:8642", False),
        (ANY, "192.168.0.7:8642", True),
        (ANY, "[fe80::1]:8642", True),
        (ANY, "review.example:8642", False),
        ("::", "192.168.0.7:8642", True),
        ("127.0.0.1", "localhost", False),
        ("127.0.0.1", "localhost:", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "localhost:8642 ", False),
        ("127.0.0.1", "LOCALHOST.:8642", False),
    ],
)
def test_a_server_knows_its_names(host: str, authority: str, is_own: bool) -> None:
    """A domain can be led to any address, an address in digits cannot."""
    assert Guard(host, 8642).is_own(authority) is is_own


def test_each_start_has_its_own_token() -> None:
    """And it is not shown by accident."""
    one, other = Guard("127.0.0.1", 1), Guard("127.0.0.1", 1)

    assert one.token != other.token
    assert one.token not in repr(one)


def test_jsonl_is_served_too(tmp_path: Path, aliases: Path) -> None:
    """The format for programs, decided by a person."""
    path = saved(tmp_path / "queue.jsonl")
    client = TestClient(
        create_app(ReviewState(path), RegistryView(aliases, by="ada"), GUARD), base_url=ORIGIN, headers=HEADERS
    )
    client.post("/api/decide", json=LENIN_STREET)
    plan = client.post("/api/plan", json={}).json()["plan"]

    assert client.post("/api/apply", json={"plan": plan}).status_code == 200
    assert len(load_queue(path)) == 3


def test_items_that_an_apply_settled_are_unknown_afterwards(client: TestClient, queue: Path) -> None:
    """A second tab that still shows one is told so."""
    items = load_queue(queue).items[:2]
    save_queue(type(load_queue(queue))(items), queue)
    client.post("/api/reload", json={})

    assert client.get("/api/item", params={"key": "lenin-street-3"}).status_code == 404


def test_every_module_of_the_page_is_fetched_at_once(client: TestClient) -> None:
    """None waits until another one names it, and none that is named is missing."""
    text = client.get("/").text
    named = re.findall(r'modulepreload" href="/(\w+\.js)"', text)
    scripts = sorted(one.name for one in files("resolver.integrations.review_page").joinpath("static").iterdir())

    assert sorted([*named, "page.js"]) == [name for name in scripts if name.endswith(".js")]
