"""What a decision would write, as the registry is at the moment, and what the list shows."""

from pathlib import Path
from typing import Any

import pytest
from review_queue import four_names

from resolver.errors import RegistryError
from resolver.integrations.review_page.live import RegistryView
from resolver.integrations.review_page.state import judged
from resolver.integrations.review_page.view import COLUMNS, Search, row_of
from resolver.registry import Registry
from resolver.review import Item

OSA, SYRSKYI, LENIN_STREET, _ = four_names().items


@pytest.fixture
def view(aliases: Path) -> RegistryView:
    """The tiny registry, as the page sees it."""
    return RegistryView(aliases, by="ada")


def decided(item: Item, decision: Any, *excepted: str) -> Item:
    return judged(item, {"decision": decision, "except": list(excepted)})


@pytest.mark.parametrize(
    ("item", "added"),
    [
        (decided(SYRSKYI, {"match": "person:aleksandr-brechalov"}, "Syrsky"), ["{text: Oleksandr Syrskyi", "Сирський"]),
        (decided(SYRSKYI, {"new": {"type": "person", "name": "Oleksandr Syrskyi"}}), ["- id: person:", "Syrsky,"]),
        (decided(OSA, {"not": "organization:kupol"}), ["never:", "{text: OSA,", "{text: Оса,"]),
        (decided(LENIN_STREET, "not_an_entity"), ["- {text: Lenin Street,", "by: ada}"]),
    ],
    ids=["match", "new", "not", "not_an_entity"],
)
def test_a_preview_shows_the_lines_to_be_written(item: Item, added: list[str], view: RegistryView) -> None:
    """Those of the one decision, and nothing is taken away."""
    shown = view.preview(item)
    lines = [line for line in shown.diff.splitlines() if not line.startswith(("+++", "---"))]

    assert shown.problems == ()
    assert all(any(text in line for line in lines if line.startswith("+")) for text in added)
    assert not [line for line in lines if line.startswith("-")]
    assert not any("{text: Syrsky," in line for line in lines if item.judgement.except_)


@pytest.mark.parametrize("word", [None, "unsure"])
def test_what_stays_in_the_queue_writes_nothing(word: str | None, view: RegistryView) -> None:
    """No line and no problem."""
    shown = view.preview(decided(OSA, word))

    assert (shown.lines, shown.diff, shown.problems) == ((), "", ())


@pytest.mark.parametrize(
    ("decision", "problem"),
    [
        ({"match": "product:tor"}, "no entity 'product:tor'"),
        ({"new": {"type": "other", "name": "OSA"}}, "'OSA' is a name of product:osa"),
        ({"not": "product:osa"}, "'OSA' is a name of product:osa: remove it there"),
        ("not_an_entity", "'OSA' is a name of product:osa"),
    ],
)
def test_what_stands_in_the_way_is_told(decision: Any, problem: str, view: RegistryView) -> None:
    """Before it is saved, and instead of lines."""
    shown = view.preview(decided(OSA, decision))

    assert shown.diff == ""
    assert shown.problems[0].startswith(problem)


def test_the_registry_is_read_again_when_a_file_changes(aliases: Path, view: RegistryView) -> None:
    """An entity that an editor added meanwhile can be matched at once; what is unsound is told."""
    before = view.registry()
    file = aliases / "all.yaml"
    assert view.registry() is before

    file.write_text(file.read_text(encoding="utf-8") + "- {id: product:tor, type: product, name: Tor}\n")
    tor = {"id": "product:tor", "name": "Tor", "type": "product", "names": [], "note": None}
    assert view.entities(["product:tor", "product:buk"]) == {"product:tor": tor, "product:buk": None}
    file.write_text("- {id: product:tor}\n", encoding="utf-8")
    with pytest.raises(RegistryError):
        view.registry()
    assert "product:tor" not in before


def test_an_unsound_registry_is_a_problem_of_the_preview(aliases: Path, view: RegistryView) -> None:
    """The page shows it where the lines would stand."""
    (aliases / "all.yaml").write_text("- [\n", encoding="utf-8")

    assert view.preview(decided(LENIN_STREET, "not_an_entity")).problems


def test_files_in_use_are_not_parsed_again(aliases: Path) -> None:
    """Reading a registry again gives the same values, and the files that did not change the same sources."""
    (aliases / "more.yaml").write_text("- {id: product:tor, type: product, name: Tor}\n", encoding="utf-8")
    first = Registry.load(aliases)
    view = RegistryView(aliases, by="ada")
    view.registry()
    (aliases / "more.yaml").write_text("- {id: product:tor, type: product, name: Tor-M2}\n", encoding="utf-8")
    again = Registry.load(aliases)

    assert first.get("product:osa") == again.get("product:osa") == view.registry().get("product:osa")
    assert view.registry().get("product:osa") is again.get("product:osa")
    assert again.get("product:tor").name == "Tor-M2"


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("osa", ["product:osa"]),
        ("alek bre", ["person:aleksandr-brechalov"]),
        ("БРЕЧАЛОВ", ["person:aleksandr-brechalov"]),
        ("organization:", ["organization:kupol"]),
        ("9k33", ["product:osa"]),
        ("nobody", []),
        ("  ", []),
    ],
)
def test_entities_are_found_by_any_name_or_id(words: str, ids: list[str], view: RegistryView) -> None:
    """Every word must be in one name; case does not matter; no words find nothing."""
    assert [entity["id"] for entity in view.search(words)] == ids


def test_evidence_is_that_of_the_candidates(view: RegistryView) -> None:
    """For each candidate that the registry still holds, by the spelling that fits best."""
    evidence = view.evidence(OSA)

    assert list(evidence) == ["product:osa", "organization:kupol"]
    assert evidence["product:osa"]["score"] > evidence["organization:kupol"]["score"]
    assert evidence["product:osa"]["evidence"][0]["name"] == "none"


def test_a_row_tells_what_was_decided() -> None:
    """What it settles is without what was taken out; unsure settles nothing."""
    match = decided(OSA, {"match": "product:osa"}, "Оса")
    column = {name: place for place, name in enumerate(COLUMNS)}

    assert [row_of(match)[column[name]] for name in ("decision", "target", "settled")] == ["match", "product:osa", 9]
    assert row_of(decided(OSA, "unsure"))[column["settled"]] == 0
    assert len(row_of(OSA)) == len(COLUMNS)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("osa", [0]),
        ("ОСА", [0]),
        ("syrskyi news", [1]),
        ("сирський", [1]),
        ("yesterday", [0, 1, 2, 3]),
        ("a.txt lenin", [2]),
        ("organization:kupol", [0]),
        ("<script>", [3]),
        ("«", []),
        ("nobody", []),
        ("", [0, 1, 2, 3]),
    ],
)
def test_names_are_found_by_spelling_text_document_and_candidate(words: str, places: list[int]) -> None:
    """Every word must be in it; the marks around a name are not of the text."""
    assert Search().positions(four_names(), words) == places


def test_names_are_found_by_what_was_decided() -> None:
    """By the note and by the entity."""
    item = judged(LENIN_STREET, {"decision": {"new": {"type": "location", "name": "Leninstraße"}}, "note": "ask Ada"})

    search = Search()

    assert search.positions([LENIN_STREET], "leninstrasse ada") == []
    assert search.positions([item], "leninstrasse ada") == [0]
