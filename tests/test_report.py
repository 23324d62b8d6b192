"""Tests of resolver.report: the page, the terminal and the CSV, with names that mean harm."""

import base64
import csv
import hashlib
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from resolver.audit import AuditReport, DocumentRow, EntityRow, NameRow
from resolver.corpus import Unreadable
from resolver.model import Alias, Entity, Occurrence
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.report import mentions_csv, render_html, summary_table, write_html
from resolver.report.page import ROWS, WATERFALLS

HOSTILE = "<script>alert(1)</script>\"'&\x1b[31m\u202eIzhevsk [bold]x[/bold]"


def report(**changes: object) -> AuditReport:
    """A small report; any part of it can be given."""
    parts: dict[str, object] = {
        "version": "0.1.0",
        "registry": "0123456789abcdef0123",
        "accept": 0.7,
        "review": 0.15,
        "documents": (DocumentRow("a.txt", 12, 9, 1, 2), DocumentRow("b.txt", 0, 0, 0, 0)),
        "unreadable": (Unreadable("c.pdf", "unknown kind of file (.pdf)"),),
        "entities": (entity("organization:kupol", "Kupol", "organization", (("Kupol", 7), ("Купол", 2))),),
        "ambiguous": (name("Osa", (("product:osa", 0.48, "the same word"), ("organization:osa", 0.44, ""))),),
        "unresolved": (name("Anya Petrova", (), count=2),),
    }
    return AuditReport(**{**parts, **changes})  # type: ignore[arg-type]


def entity(entity_id: str, title: str, kind: str, spellings: tuple[tuple[str, int], ...]) -> EntityRow:
    return EntityRow(entity_id, title, kind, sum(count for _, count in spellings), 1, spellings)


def name(text: str, candidates: tuple[tuple[str, float, str], ...], count: int = 1) -> NameRow:
    return NameRow(text, "person", count, 1, "no name of the registry is near", candidates)


def occurrence(**changes: object) -> Occurrence:
    parts: dict[str, object] = {
        "document": "a.txt",
        "start": 4,
        "end": 9,
        "text": "Kupol",
        "sentence": "The Kupol plant, in Izhevsk.",
        "sentence_start": 0,
        "status": "resolved",
        "entity_id": "organization:kupol",
        "score": 0.9731,
        "reason": "the same name",
        "candidates": (("organization:kupol", 0.9731, "the same name"), ("product:kupol", 0.02, "")),
        "type": "organization",
    }
    return Occurrence(**{**parts, **changes})  # type: ignore[arg-type]


class Page(HTMLParser):
    """The elements of a page, with attributes, and its text outside of style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element, and that it must be closed."""
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of SVG that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Check that it closes the element opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect what a reader may see."""
        if not {"style", "script"} & set(self.open):
            self.text += data


# ------------------------------------------------------------------------------------------------- the page


def test_page_is_well_formed_and_says_it_all() -> None:
    """Each element is closed, and every fact of the report can be read without JavaScript."""
    page = Page(render_html(report()))

    assert page.open == []
    for fact in (
        "75 % of",
        "1 ambiguous name",
        "1 unresolved name",
        "Kupol",
        "Купол",
        "Osa",
        "0.48",
        "Anya Petrova",
        "c.pdf",
        "b.txt",
    ):
        assert fact in page.text.replace("75.0", "75")


def test_the_head_of_the_page_leads_to_what_is_open() -> None:
    """Each number of open questions is a link to its table; where nothing is open it says so."""
    page = Page(render_html(report()))
    links = {attributes["href"] for tag, attributes in page.tags if tag == "a"}
    anchors = {f"#{attributes['id']}" for _, attributes in page.tags if "id" in attributes}

    assert {"#ambiguous", "#unresolved", "#unreadable"} <= links <= anchors
    assert "Nothing is left to review" in render_html(report(unreadable=(), ambiguous=(), unresolved=()))


def test_equal_reports_give_equal_pages() -> None:
    """No clock, no chance."""
    assert render_html(report()) == render_html(report())


def test_hostile_names_stay_text() -> None:
    """A name from a text can neither open an element nor leave an attribute, whatever field it is in."""
    hostile = report(
        version=HOSTILE,
        registry=HOSTILE,
        documents=(DocumentRow(HOSTILE, 1, 1, 0, 0),),
        unreadable=(Unreadable(HOSTILE, HOSTILE),),
        entities=(entity(HOSTILE, HOSTILE, HOSTILE, ((HOSTILE, 1),)),),
        ambiguous=(NameRow(HOSTILE, HOSTILE, 1, 1, HOSTILE, ((HOSTILE, 0.4, HOSTILE),)),),
    )
    page = Page(render_html(hostile))

    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not [key for _, attributes in page.tags for key in attributes if key.startswith("on")]
    assert "<script>alert(1)</script>\"'&␛[31m\ufffdIzhevsk" in page.text


def test_page_loads_nothing_and_runs_only_its_own_script() -> None:
    """The content security policy names style and script by hash; no other file, address or inline style is in it."""
    html = render_html(report())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)

    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert content
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    attributes = {key for _, found in Page(html).tags for key in found}
    assert not attributes & {"src", "style", "srcset"}
    assert "http" not in html.replace("http-equiv", "")


def test_page_without_any_name() -> None:
    """An empty audit is a page, too."""
    page = Page(render_html(report(documents=(), unreadable=(), entities=(), ambiguous=(), unresolved=())))

    assert "No names found" in page.text
    assert "table" not in [tag for tag, _ in page.tags]


def test_rows_beyond_the_limit_are_announced() -> None:
    """The page stays usable for a large corpus and says what it leaves out."""
    rows = tuple(entity(f"person:p{i}", f"Person {i}", "person", (("P", 1),)) for i in range(ROWS + 20))
    html = render_html(report(entities=rows))

    assert "20 more in report.json" in html
    assert f"Person {ROWS - 1}<" in html
    assert f"Person {ROWS}<" not in html


def test_spellings_beyond_the_first_can_be_unfolded() -> None:
    """All spellings are in the page; those beyond the first six wait behind a button."""
    spellings = tuple((f"Kupol {i}", 1) for i in range(9))
    html = render_html(report(entities=(entity("organization:kupol", "Kupol", "organization", spellings),)))

    assert "3 more</button>" in html
    assert all(f"<bdi>{text}</bdi>" in html for text, _ in spellings)


def test_every_control_has_a_name_and_every_bar_a_text() -> None:
    """The page can be used without seeing it."""
    tags = Page(render_html(report())).tags

    assert all("aria-label" in found or "aria-hidden" in found for tag, found in tags if tag == "svg")
    assert all(found.get("scope") in ("col", "row") for tag, found in tags if tag == "th")
    assert ("html", {"lang": "en"}) in tags
    assert [found["aria-pressed"] for tag, found in tags if "data-filter" in found] == ["false"] * 5


def test_write_html_puts_the_page_into_the_output_folder(tmp_path: Path) -> None:
    """The file is the rendered page, and nothing else is left behind."""
    path = write_html(tmp_path, report())

    assert path.read_text(encoding="utf-8") == render_html(report())
    assert list(tmp_path.iterdir()) == [tmp_path / "report.html"]


# ------------------------------------------------------------------------------------------------- the evidence


def explained(resolver: Resolver) -> AuditReport:
    """A report on names that the tiny registry knows, and on one that contradicts it."""
    brechalov = (("person:aleksandr-brechalov", 0.3, "given names differ"), ("product:osa", 0.0, ""))
    return report(
        entities=(entity("product:garpiya-a1", "Garpiya-A1", "product", (("Garpiya-A1", 3), ("Гарпією-А1", 1))),),
        ambiguous=(),
        unresolved=(name("Igor Brechalov", brechalov),),
    )


def test_page_shows_the_evidence_with_the_resolver(resolver: Resolver) -> None:
    """Each nearest entity unfolds: evidence with its bits, the sum, the threshold, and what would have to change."""
    page = Page(render_html(explained(resolver), resolver=resolver))

    assert page.open == []
    assert [tag for tag, _ in page.tags].count("details") == 3
    for fact in ("words_in_common", "given names differ: Igor", "it takes 0.", "a contradiction is never outvoted"):
        assert fact in page.text
    assert re.search(r"[+−]\d+\.\d", page.text)


def test_page_without_the_resolver_has_no_evidence(resolver: Resolver) -> None:
    """A report that was read back from a file is rendered without a registry."""
    assert "<details" not in render_html(explained(resolver))


def test_an_entity_shows_its_weakest_spelling(resolver: Resolver) -> None:
    """The case form says less than the name as it is written in the registry."""
    assert "Weakest: Гарпією-А1" in Page(render_html(explained(resolver), resolver=resolver)).text


def test_only_the_nearest_entities_show_their_evidence(resolver: Resolver) -> None:
    """The rest would only make the page heavy."""
    candidates = (("product:osa", 0.1, ""),) * (WATERFALLS + 2)
    rows = (name("Osa", candidates),)
    html = render_html(report(entities=(), ambiguous=(), unresolved=rows), resolver=resolver)

    assert html.count("<details>") == WATERFALLS
    assert html.count("<code>product:osa</code>") == WATERFALLS + 2


def test_bars_of_evidence_are_not_all_there_is(resolver: Resolver) -> None:
    """Who cannot see the bars reads name, bits and detail in this order; the bars say nothing to a screen reader."""
    html = render_html(explained(resolver), resolver=resolver)
    rows = re.findall(r'<li class="(?:for|less|against|total)">(.*?)</li>', html)

    assert rows
    for row in rows:
        assert re.match(
            r'<span class="what">\w+</span> <span class="bits">[+−]\d+\.\d</span> <svg aria-hidden="true">', row
        )


def test_bars_of_evidence_begin_where_the_last_one_ended(resolver: Resolver) -> None:
    """No bar leaves its column, and the first and the last one begin at nothing."""
    html = render_html(explained(resolver), resolver=resolver)
    bars = [
        (float(x), float(width))
        for x, width in re.findall(r'class="step" x="([\d.e-]+)%" y="20%" width="([\d.e-]+)%"', html)
    ]

    assert bars
    assert all(x >= 0 and x + width <= 100.1 for x, width in bars)


def test_hostile_names_stay_text_in_the_evidence() -> None:
    """A name of the registry, or one of a text, is no element here, either."""
    known = Entity("person:x", f"Brechalov {HOSTILE}", "person", (Alias(f"Bechalov {HOSTILE}"),))
    resolver = Resolver(Registry.from_entities([known]))
    rows = (name(f"Brechalof {HOSTILE}", (("person:x", 0.4, HOSTILE),)),)
    page = Page(render_html(report(entities=(), ambiguous=rows), resolver=resolver))

    assert "details" in [tag for tag, _ in page.tags]
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not {key for _, found in page.tags for key in found} & {"style", "onclick", "src"}
    assert "\x1b" not in page.text


# ------------------------------------------------------------------------------------------------- the terminal


def terminal(value: AuditReport, *, top: int = 15) -> str:
    console = Console(file=io.StringIO(), width=160, force_terminal=False)
    console.print(summary_table(value, top=top))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_terminal_summary_says_totals_entities_and_open_names() -> None:
    """What an analyst wants to see after a run."""
    text = terminal(report())

    for fact in ("12 mentions in 2 documents, 75.0 % resolved", "1 document could not be read"):
        assert fact in text
    for fact in ("organization:kupol", "Kupol ×7, Купол ×2", "Anya Petrova", "no name of the registry is near"):
        assert fact in text


def test_terminal_shows_the_first_rows_only() -> None:
    """A screen is short; the heading says how many there are."""
    rows = tuple(name(f"Name{i}", ()) for i in range(30))
    text = terminal(report(unresolved=rows), top=5)

    assert "Unresolved names, 5 of 30" in text
    assert "Name4" in text
    assert "Name5" not in text


def test_terminal_gets_no_markup_and_no_control_characters() -> None:
    """A name must not colour, move or rewrite what the terminal shows."""
    text = terminal(report(unresolved=(name(HOSTILE, ()),)))

    assert "␛[31m" in text
    assert "[bold]x[/bold]" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_terminal_summary_of_nothing() -> None:
    """No division by zero, no empty tables."""
    text = terminal(report(documents=(), unreadable=(), entities=(), ambiguous=(), unresolved=()))

    assert "0 mentions in 0 documents, none resolved" in text
    assert "Entities" not in text


# ------------------------------------------------------------------------------------------------- CSV


def test_csv_reads_back() -> None:
    """One line for each occurrence; commas, quotes and line breaks in texts are quoted."""
    lines = "".join(mentions_csv([occurrence(text='Ku"p,ol\n'), occurrence(entity_id=None)]))
    rows = list(csv.DictReader(io.StringIO(lines)))

    assert rows[0]["text"] == 'Ku"p,ol\n'
    assert rows[0]["candidates"] == "organization:kupol 0.9731; product:kupol 0.02"
    assert (rows[1]["entity_id"], rows[1]["start"], rows[1]["score"]) == ("", "4", "0.9731")


@pytest.mark.parametrize("text", ["=1+1", "+7 495", "-Kupol", "@kupol", "\t=1", "\r=1", "＝1"])
def test_csv_cell_is_never_a_formula(text: str) -> None:
    """A spreadsheet runs what begins like a formula; the apostrophe makes it text."""
    fields = ("document", "text", "sentence", "reason", "entity_id", "type", "lang")
    rows = list(
        csv.DictReader(io.StringIO("".join(mentions_csv([occurrence(**dict.fromkeys(fields, text))])), newline=""))
    )

    assert [rows[0][field] for field in fields] == [f"'{text}"] * len(fields)


@pytest.mark.parametrize("text", ["Kupol", "155-я", "a=b", " Tor"])
def test_csv_leaves_other_texts_alone(text: str) -> None:
    """Only what would run is changed."""
    assert f",{text}," in "".join(mentions_csv([occurrence(text=text)]))
