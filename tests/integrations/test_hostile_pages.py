"""Hostile texts in a real browser: whatever a name holds, no script runs, nothing is loaded, no dialog opens.

The review page, the report of an audit and the page of an entity are full of the payloads of `hostile_texts`.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browsers import CHROMIUM, serving
from factories import entity
from hostile_texts import ADDRESS, FLAG, FORMULAS, MARKUP, TERMINAL
from playwright.sync_api import Browser, Page, expect
from review_queue import item

from resolver import Alias, Registry, Resolver
from resolver.audit import audit
from resolver.corpus import Document, Unreadable
from resolver.integrations.reconciliation.preview import HEADERS, preview_page
from resolver.integrations.review_page.live import RegistryView
from resolver.integrations.review_page.security import Guard
from resolver.integrations.review_page.server import create_app
from resolver.integrations.review_page.state import ReviewState
from resolver.report import render_html
from resolver.review import Judgement, Queue, Snippet, Suggestion, save_queue

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium")

PAYLOADS = [*MARKUP.values(), *TERMINAL.values(), *FORMULAS.values()]


class Watched:
    """A page with everything that it asks for and opens."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.seen: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("dialog", lambda dialog: (self.seen.append(dialog.message), dialog.dismiss()))
        page.on("popup", lambda popup: self.seen.append(popup.url))
        page.on("download", lambda download: self.seen.append(download.url))
        page.on("pageerror", lambda error: self.seen.append(str(error)))

    def expect_peace(self, own: str) -> None:
        """Nothing ran, nothing opened, and nothing was asked of anybody else than the page's own address."""
        assert self.page.evaluate(f"window.{FLAG}") is None
        assert self.seen == []
        assert [url for url in self.asked if not url.startswith(own)] == []
        assert ADDRESS not in self.page.url


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """An empty page that is watched."""
    page = browser.new_page()
    yield Watched(page)
    page.close()


def clean(text: str) -> str:
    """The payload as a registry takes it."""
    return "".join(char for char in text if char.isprintable())


def test_the_review_page(watched: Watched, tmp_path: Path, aliases: Path) -> None:
    """Each payload as name, spelling, reason, document, snippet, candidate, decision and note; each is opened."""
    texts = [clean(text) for text in (*MARKUP.values(), *TERMINAL.values())]
    items = [
        replace(
            item(f"a-{number}", (f"{text}{number}", 3), (f"x{text}", 1)),
            reason=text,
            snippets=(Snippet(text, 0, len(text), f"{text} {text}"),),
            candidates=(Suggestion(f"product:osa{text}", 0.5, text),),
            judgement=Judgement(note=text),
        )
        for number, text in enumerate(texts)
    ]
    decided = Judgement("new", type="person", name=texts[0], note=texts[1])
    items.append(replace(items[0], key="decided", judgement=decided))
    save_queue(Queue(tuple(items)), tmp_path / "queue.yaml")
    registry = RegistryView(aliases, by=PAYLOADS[0])
    with serving(
        lambda port: create_app(ReviewState(tmp_path / "queue.yaml"), registry, Guard("127.0.0.1", port))
    ) as port:
        own = f"http://127.0.0.1:{port}/"
        page = watched.page
        page.goto(own)
        for number, text in enumerate(texts):
            expect(page.locator("#question h2")).to_have_text(f"{' '.join(text.split())}{number}")
            assert (
                page.locator("script:not([src]), iframe, object, embed, base, meta[http-equiv=refresh i]").count() == 0
            ), text
            page.keyboard.press("j")
        page.keyboard.press("a")
        watched.expect_peace(own)
        assert page.locator("img, form[action], link[rel=stylesheet]:not([href^='/'])").count() == 0


def test_the_report(watched: Watched, tmp_path: Path) -> None:
    """Each payload as a name, as an entity with its spellings and notes, as a document and as a reason."""
    entities = [
        entity(
            f"Zolanko{n} {clean(text)}", Alias(f"{clean(text)} Zolenko{n}"), id=f"person:{n}{clean(text)}", note=text
        )
        for n, text in enumerate(PAYLOADS)
    ]
    resolver = Resolver(Registry.from_entities(entities))
    documents: list[Document | Unreadable] = [
        Document(
            f"{n} {text}",
            f"{text} Karpenko{n} met Zolanko{n} {text}.",
            spans=((0, len(text) + 9), (len(text) + 15, len(text) + 24)),
        )
        for n, text in enumerate(PAYLOADS)
    ]
    documents += [Unreadable(text, text) for text in PAYLOADS]
    path = tmp_path / "report.html"
    path.write_text(render_html(audit(documents, resolver), resolver=resolver), encoding="utf-8")
    watched.page.goto(path.as_uri())
    for details in watched.page.locator("summary").all()[:20]:
        details.click()

    watched.expect_peace(path.as_uri())
    assert watched.page.locator("script").count() == 1
    assert watched.page.locator("img, iframe, form, base, link, object").count() == 0
    assert "Karpenko" in watched.page.locator("body").inner_text()


def test_the_page_of_an_entity(watched: Watched) -> None:
    """Under the headers with which it is served."""
    own, served = "http://127.0.0.1:1/", ""
    headers = {**HEADERS, "Content-Type": "text/html; charset=utf-8"}
    watched.page.route(f"{own}**", lambda route: route.fulfill(body=served, headers=headers))
    for text in MARKUP.values():
        alias = Alias(f"{text}!")
        served = preview_page(
            entity(text, alias, note=text, cues=(text,), identifiers=((text, text),), id=f"person:{text}")
        )
        watched.page.goto(own)

        watched.expect_peace(own)
        assert watched.page.locator("script, img, iframe, form, base, link, meta[http-equiv]").count() == 0, text
