"""The review page in a real browser: decided by keyboard, saved at once, and never obeying a name."""

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browsers import CHROMIUM, serving
from playwright.sync_api import Browser, Error, Page, Route, expect
from review_queue import HOSTILE, four_names, item
from starlette.types import ASGIApp

from resolver.decision import Policy
from resolver.integrations.review_page.live import RegistryView
from resolver.integrations.review_page.security import Guard
from resolver.integrations.review_page.server import create_app
from resolver.integrations.review_page.state import ReviewState
from resolver.registry import Registry
from resolver.review import Judgement, Queue, Suggestion, load_queue, save_queue

MANY = 10_000
expect.set_options(timeout=20_000)  # milliseconds: a machine that builds something else meanwhile is slow, not wrong

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium")

Serve = Callable[[Path], str]
StartServer = Callable[..., tuple[str, "subprocess.Popen[str]"]]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in which no script fails and nothing is refused by the policy."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: failures.append(message.text) if is_failure(message.text) else None)
    page.on("dialog", lambda dialog: (failures.append(dialog.message), dialog.dismiss()))
    yield page
    page.close()
    assert failures == []


@pytest.fixture
def serve(aliases: Path) -> Iterator[Serve]:
    """Serve a queue from a thread of the tests, which starts sooner than a process; the address of its page."""
    with ExitStack() as servers:

        def serve(queue: Path) -> str:
            def app(port: int) -> ASGIApp:
                return create_app(ReviewState(queue), RegistryView(aliases, by="ada"), Guard("127.0.0.1", port))

            return f"http://127.0.0.1:{servers.enter_context(serving(app))}/"

        yield serve


@pytest.fixture
def run_server(aliases: Path) -> Iterator[StartServer]:
    """Run `resolver review serve` as a user does; the address of its page, and the process."""
    started: list[subprocess.Popen[str]] = []

    def run(queue: Path, port: int = 0) -> tuple[str, "subprocess.Popen[str]"]:
        command = [sys.executable, "-m", "resolver", "review", "serve", str(queue), "--aliases", str(aliases)]
        options: dict[str, Any] = {"stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        process = subprocess.Popen([*command, "--port", str(port), "--by", "ada"], **options)
        started.append(process)
        assert process.stderr is not None
        talk = iter(process.stderr.readline, "")
        address = next(found[0] for line in talk if (found := re.search(r"http://\S+", line)))
        return address, process

    yield run
    for process in started:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


@pytest.fixture
def opened(queue: Path, serve: Serve, page: Page) -> Page:
    """The page of the four names."""
    visit(page, serve(queue))
    return page


def is_failure(text: str) -> bool:
    """Whether a message of the console tells of a mistake; a refused request does so by its status, too."""
    return "Failed to load resource" not in text


def visit(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#question h2")).to_be_visible()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def decisions(queue: Path) -> dict[str, Judgement]:
    return {item.key: item.judgement for item in load_queue(queue)}


def expect_saved(page: Page, number: int, of: int = 4) -> None:
    """The page says so, and it says so only when it is in the file."""
    expect(page.locator("#progress-text")).to_contain_text(f"{number} of {of} names decided")


def test_a_queue_is_decided_by_keyboard_alone(opened: Page, queue: Path, aliases: Path) -> None:
    """Match, new with a spelling taken out, not an entity, unsure with a note; then all of it is applied."""
    expect(opened.locator("#question h2")).to_have_text("OSA")
    press(opened, "2")
    expect(opened.locator(".candidate.match")).to_contain_text("Izhevsk Electromechanical Plant Kupol")
    expect(opened.locator("#preview")).to_contain_text("'OSA' is a name of product:osa")
    press(opened, "d")
    expect(opened.locator("#preview .added").first).to_contain_text("never:")
    press(opened, "Enter")
    expect(opened.locator("#question h2")).to_have_text("Oleksandr Syrskyi")
    press(opened, "v", "Tab", "Tab", "Space", "n")
    expect(opened.locator("#preview")).to_contain_text("Сирський")
    expect(opened.locator("#preview")).not_to_contain_text("Syrsky,")
    press(opened, "r")
    opened.keyboard.type("General Syrskyi")
    expect(opened.locator("#preview")).to_contain_text("person:general-syrskyi")
    press(opened, "Enter")
    expect(opened.locator("#question h2")).to_have_text("Lenin Street")
    press(opened, "s")
    opened.keyboard.type("which town?")
    press(opened, "Enter", "x", "x")
    expect(opened.locator("#question h2")).to_have_text("Everything is looked at")
    expect_saved(opened, 3)

    assert decisions(queue) == {
        "osa-1": Judgement("not", entities=("organization:kupol",)),
        "syrskyi-2": Judgement("new", type="person", name="General Syrskyi", except_=("Syrsky",)),
        "lenin-street-3": Judgement("unsure", note="which town?"),
        "hostile-4": Judgement("not_an_entity"),
    }
    press(opened, "a")
    expect(opened.locator("#plan .lead")).to_contain_text("4 decisions")
    press(opened, "Enter")
    expect(opened.locator("#said")).to_contain_text("Written to")
    expect_saved(opened, 0, of=2)
    assert set(decisions(queue)) == {"lenin-street-3", "syrskyi-2"}
    assert Registry.load(aliases).get("person:general-syrskyi").aliases[-1].by == "ada"


def test_undo_and_redo(opened: Page, queue: Path) -> None:
    """To the byte, and back at the name that it was about; also after the page was opened anew."""
    before = queue.read_bytes()
    press(opened, "x", "x", "x", "x")
    expect_saved(opened, 2)
    opened.reload()
    expect_saved(opened, 2)
    expect(opened.locator("#question h2")).to_have_text("Lenin Street")
    press(opened, "u")
    expect_saved(opened, 1)
    expect(opened.locator("#question h2")).to_have_text("Oleksandr Syrskyi")
    press(opened, "u")
    expect_saved(opened, 0)
    assert queue.read_bytes() == before
    expect(opened.locator("#undo")).to_be_disabled()
    press(opened, "Shift+U")
    expect_saved(opened, 1)
    assert decisions(queue)["osa-1"].decision == "not_an_entity"


def test_a_decision_survives_a_kill(queue: Path, page: Page, run_server: StartServer) -> None:
    """The server is killed and started anew: the page says what to do, and nothing that was saved is lost."""
    address, process = run_server(queue)
    visit(page, address)
    press(page, "x", "x")
    expect_saved(page, 1)
    process.kill()
    process.wait()
    press(page, "n", "Enter")
    expect(page.locator("#notice")).to_contain_text("does not answer")
    assert decisions(queue)["syrskyi-2"] == Judgement()
    run_server(queue, int(address.rstrip("/").rpartition(":")[2]))
    page.locator("#notice-button").click()
    expect(page.locator("#notice")).to_contain_text("reload the page")
    page.locator("#notice-button").click()
    expect_saved(page, 1)


def test_what_another_program_writes_is_not_lost(opened: Page, queue: Path) -> None:
    """The page says so and reads it again; the decision that was being made is still there."""
    press(opened, "x")
    names = four_names().items
    save_queue(Queue((names[0], replace(names[1], judgement=Judgement("unsure")), *names[2:])), queue)
    theirs = queue.read_bytes()
    press(opened, "x")
    expect(opened.locator("#notice")).to_contain_text("changed by another program")
    assert queue.read_bytes() == theirs
    opened.locator("#notice-button").click()
    expect(opened.locator("#notice")).to_be_hidden()
    expect(opened.locator(".choice.not_an_entity")).to_have_attribute("aria-pressed", "true")
    press(opened, "x")
    expect_saved(opened, 1)

    assert [judgement.decision for judgement in decisions(queue).values()][:2] == ["not_an_entity", "unsure"]


def test_a_second_key_decides(opened: Page, queue: Path) -> None:
    """Enter, or the same key again; each of these is then taken back."""
    expected = {
        "xx": "not_an_entity", "xEnter": "not_an_entity", "11": "match", "jk22": "match", "dd": "not", "-Enter": "not",
        "0Enter": "not", "1dEnter": "not", "nn": "new", "1nn": "new", "nEscapexx": "not_an_entity", "sEnter": "unsure",
    }  # fmt: skip
    for keys, decision in expected.items():
        press(opened, *re.findall(r"Enter|Escape|.", keys))
        expect(opened.locator("#said")).to_have_text("Saved: OSA")
        assert decisions(queue)["osa-1"].decision == decision, keys
        press(opened, "u")
        expect(opened.locator("#said")).to_have_text("Taken back: OSA")
        expect(opened.locator("#question h2")).to_have_text("OSA")


def test_a_single_slip_decides_nothing(opened: Page, queue: Path) -> None:
    """One key, keys of different decisions, or keys while something is typed or the keys are shown."""
    before = queue.read_bytes()
    for keys in ("x", "n", "1", "xn", "12", "xd", "9Enter", "Enter", "xEscapeEnter", "?xx", "/xx", "exx", "rxx", "mxx"):
        press(opened, *re.findall(r"Enter|Escape|.", keys), "Escape", "Escape", "Escape")
        opened.locator("#search").fill("")
        opened.locator("#list").focus()
    expect_saved(opened, 0)

    assert queue.read_bytes() == before


def test_one_key_decides_where_the_curator_wants_it(opened: Page, queue: Path) -> None:
    """After it was switched on among the keys."""
    press(opened, "?")
    opened.locator("#help input").check()
    press(opened, "Escape", "x", "n", "Enter", "x")
    expect_saved(opened, 3)
    words = [judgement.decision for judgement in decisions(queue).values()]

    assert words == ["not_an_entity", "new", "not_an_entity", None]


def test_keys_work_on_a_cyrillic_keyboard(opened: Page, queue: Path) -> None:
    """By their place: ч is on x, г on u."""
    for key, code in (("ч", "KeyX"), ("ч", "KeyX"), ("г", "KeyU")):
        opened.evaluate(
            "([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true}))",
            [key, code],
        )
    expect(opened.locator("#said")).to_contain_text("Taken back")

    assert decisions(queue)["osa-1"] == Judgement()


def test_another_entity_of_the_registry_can_be_meant(opened: Page, queue: Path) -> None:
    """Searched for by any of its names."""
    press(opened, "j", "m")
    expect(opened.locator("#other-search")).to_be_focused()
    opened.keyboard.type("бречал")
    expect(opened.locator("#other-found li")).to_have_count(1)
    press(opened, "Enter", "Enter")
    expect_saved(opened, 1)

    assert decisions(queue)["syrskyi-2"] == Judgement("match", entities=("person:aleksandr-brechalov",))


def test_what_is_typed_before_a_field_is_there_goes_into_it(opened: Page, queue: Path) -> None:
    """The decision before it is still being saved: no letter of the search is taken for a command."""
    saving: list[Route] = []

    def hold(route: Route) -> None:
        saving.append(route)

    opened.route("**/api/decide", hold, times=1)
    press(opened, "x", "Enter", "m", *"brechal")
    assert len(saving) == 1
    saving[0].continue_()
    expect(opened.locator("#other-search")).to_have_value("brechal")
    expect(opened.locator("#other-found li")).to_have_count(1)
    press(opened, "Enter", "Enter")
    expect_saved(opened, 2)

    assert decisions(queue)["syrskyi-2"] == Judgement("match", entities=("person:aleksandr-brechalov",))


def test_search_and_filters(opened: Page) -> None:
    """Search looks into spellings and texts; filters narrow down; both say when nothing is left."""
    rows = opened.locator("#rows .row")
    press(opened, "/")
    opened.keyboard.type("сирський")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Oleksandr Syrskyi")
    opened.locator("#search").fill("nobody")
    expect(opened.locator("#none")).to_have_text("No name is like this.")
    opened.locator("#search").fill("")
    expect(rows).to_have_count(4)
    press(opened, "Escape", "x", "x")
    opened.locator("[data-tab=decided]").click()
    expect(rows).to_have_count(1)
    opened.locator("[data-tab=open]").click()
    expect(rows).to_have_count(3)
    opened.locator("#filters summary").click()
    opened.locator("#least").select_option("5")
    expect(rows).to_have_count(1)
    opened.locator("#least").select_option("1")
    opened.locator("#order").select_option("name")
    expect(rows.first).to_contain_text("alert")
    opened.locator("#status").select_option("ambiguous")
    expect(opened.locator("#none")).to_have_text("Nothing is open here.")


def test_the_evidence_is_shown_on_demand(opened: Page) -> None:
    """In bits, with their sum."""
    press(opened, "w")
    expect(opened.locator(".waterfall").first).to_contain_text(f"it takes {Policy().accept}")
    press(opened, "w")
    expect(opened.locator(".waterfall")).to_have_count(0)


def test_a_hostile_name_is_only_a_text(queue: Path, serve: Serve, page: Page) -> None:
    """In the list, as a heading, a spelling, a snippet, a candidate, a note, in the plan: nothing of it is obeyed."""
    hostile = replace(
        item("a-1", (HOSTILE, 3), ("<img src=x onerror=alert(2)>", 1)),
        reason=HOSTILE,
        candidates=(Suggestion(HOSTILE, 0.5, HOSTILE),),
        judgement=Judgement("new", type="person", name=HOSTILE, note=HOSTILE),
    )
    save_queue(Queue((hostile,)), queue)
    visit(page, serve(queue) + "#a-1")
    press(page, "w", "a")
    expect(page.locator("#plan .lead")).to_be_visible()
    shown = page.locator("body").inner_text()

    assert '<script>alert("1")</script>\ufffd&<b>' in shown
    assert "\u202e" not in shown
    assert page.locator("#question script, #question img, #question b b, dialog img, dialog script").count() == 0
    assert page.title().startswith("<script>")


def test_the_policy_holds_in_the_browser(queue: Path, serve: Serve, browser: Browser) -> None:
    """A script put into the page is not run, no text becomes markup, and no other server is asked."""
    page = browser.new_page()
    visit(page, serve(queue))
    inline = "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.x = 1'}))"
    for code in (inline, "document.body.innerHTML = '<b>x</b>'", "fetch('http://127.0.0.1:9/')"):
        with pytest.raises(Error):
            page.evaluate(code)
    assert page.evaluate("window.x") is None
    page.close()


def test_a_foreign_page_can_do_nothing(queue: Path, serve: Serve, browser: Browser, tmp_path: Path) -> None:
    """A page from elsewhere in the same browser can neither decide nor read nor frame."""
    address = serve(queue)
    foreign = tmp_path / "foreign.html"
    foreign.write_text(f"<iframe src='{address}'></iframe>", encoding="utf-8")
    page = browser.new_page()
    page.goto(foreign.as_uri())
    before = queue.read_bytes()
    for options in ("{}", "{method: 'POST', body: '{}', mode: 'no-cors'}", "{method: 'POST', body: '{}'}"):
        page.evaluate(f"fetch('{address}api/undo', {options}).then((answer) => answer.text(), String)")
    texts = [frame.locator("body").inner_text() for frame in page.frames[1:]]
    page.close()

    assert queue.read_bytes() == before
    assert not any("OSA" in text for text in texts)


@pytest.mark.parametrize("size", [(1280, 800), (800, 900), (640, 400)], ids=["laptop", "narrow", "zoomed to 200 %"])
def test_nothing_is_cut_off(size: tuple[int, int], opened: Page) -> None:
    """At no size is the page wider than its window, and the decision can be reached."""
    opened.set_viewport_size({"width": size[0], "height": size[1]})
    press(opened, "n")
    opened.locator("#save").scroll_into_view_if_needed()

    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(opened.locator("#save")).to_be_in_viewport()


def test_everything_has_a_name_for_a_screen_reader(opened: Page) -> None:
    """Landmarks, one heading of the page, and no field or button without a name."""
    for role, name in (("main", None), ("search", "Find names"), ("listbox", "Names to review"), ("region", "Names")):
        expect(opened.get_by_role(role, name=name) if name else opened.get_by_role(role)).to_be_visible()  # type: ignore[arg-type]
    press(opened, "n")
    nameless = opened.evaluate(
        """() => [...document.querySelectorAll('button, input, select')]
        .filter((one) => one.checkVisibility())
        .filter((one) => !(one.labels?.length || one.ariaLabel || one.textContent.trim()))
        .map((one) => one.outerHTML)"""
    )

    assert nameless == []
    assert opened.locator("h1").count() == 1
    assert opened.locator("#said").get_attribute("aria-live") == "polite"
    expect(opened.locator("#list").get_by_role("option", selected=True)).to_contain_text("OSA")


def test_the_keyboard_reaches_everything(opened: Page) -> None:
    """With Tab and Enter alone: a candidate, then save. The focus goes on to what comes next."""
    opened.locator(".candidate").nth(1).focus()
    press(opened, "Enter")
    expect(opened.locator("#save")).to_be_focused()
    opened.locator(".choice.not_an_entity").focus()
    press(opened, "Enter")
    expect(opened.locator("#save")).to_be_focused()
    press(opened, "Enter")
    expect_saved(opened, 1)
    expect(opened.locator("#list")).to_be_focused()


def test_a_page_without_names_says_what_to_do(tmp_path: Path, serve: Serve, page: Page) -> None:
    """An empty queue is a good end."""
    path = tmp_path / "empty.yaml"
    save_queue(Queue(), path)
    visit(page, serve(path))

    expect(page.locator("#question h2")).to_have_text("Nothing to review")


def test_ten_thousand_names(tmp_path: Path, run_server: StartServer, page: Page) -> None:
    """Few rows are drawn, decisions are saved, and the last name is found; tests/bench/review_page.py has the times."""
    path = tmp_path / "queue.yaml"
    names = ((f"Name {n:05}", MANY - n) for n in range(MANY))
    save_queue(Queue(tuple(item(f"name-{n}", name) for n, name in enumerate(names))), path)
    address, _ = run_server(path)
    visit(page, address)
    assert page.locator("#rows .row").count() < 50
    for _ in range(20):
        press(page, "x", "x")
    expect(page.locator("#progress-text")).to_contain_text("20 of 10,000 names decided")
    press(page, "/")
    page.keyboard.type("name 09999")
    expect(page.locator("#rows .row")).to_have_count(1)


def test_ctrl_c_stops_it(queue: Path, run_server: StartServer) -> None:
    """At once, with a word on how far the review is, and no traceback."""
    address, process = run_server(queue)
    with urllib.request.urlopen(address) as answer:  # noqa: S310 (it listens)
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    _, talk = process.communicate(timeout=10)

    assert process.returncode == 0
    assert "Stopped. 0 of 4 names decided" in talk
    assert "Traceback" not in talk


def test_the_guide_has_every_key(opened: Page) -> None:
    """The table of docs/review.md is that of the page."""
    press(opened, "?")
    rows = opened.evaluate(
        """() => [...document.querySelectorAll('#help dl div')].map((row) => [
        [...row.firstChild.childNodes].map((key) => [key.nodeName, key.textContent]), row.lastChild.textContent])"""
    )
    shown = [([f"`{key}`" if node == "KBD" else key for node, key in keys], about) for keys, about in rows]
    guide = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")

    assert [f"| {' '.join(keys)} | {about} |" for keys, about in shown] == re.findall(r"(?m)^\| `.*\|$", guide)
