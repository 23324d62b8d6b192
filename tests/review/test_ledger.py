"""The ledger says which decision wrote which line, and never forgets one."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from factories import item

from resolver.errors import ReviewError
from resolver.registry import Registry
from resolver.review import Ledger, Queue, plan_application, plan_undo

PRODUCTS = "- id: product:osa\n  type: product\n  name: Osa\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "products.yaml").write_text(PRODUCTS, encoding="utf-8")
    return tmp_path


def apply(folder: Path, *items, by: str = "ada", on: str = "2025-07-01") -> str:
    """Apply decisions; what came into the registry, line by line."""
    application = plan_application(Queue(items), Registry.load(folder), by=by, on=on)
    diff = application.diff()
    application.write()
    return diff


def test_a_decision_is_remembered_with_what_the_curator_saw(folder: Path) -> None:
    """Who, when, why, the item as it was, and the very lines of the registry."""
    asked = item("Оса", decision="match", entities=("product:osa",), note="the missile")
    apply(folder, asked)
    (entry,) = Ledger.beside(folder).standing

    assert (entry.by, entry.on, entry.item, entry.application) == ("ada", "2025-07-01", asked, entry.id)
    line = (folder / "ledger.jsonl").read_text(encoding="utf-8")
    assert "Оса" in line
    assert list(json.loads(line)) == ["id", "application", "on", "by", "item", "additions"]
    assert [(each.file, each.key, each.entity, each.text) for each in entry.additions] == [
        ("products.yaml", "aliases", "product:osa", "Оса")
    ]


def test_every_new_line_of_the_registry_has_its_decision(folder: Path) -> None:
    """Also where two items are one new entity: each has its own."""
    new = {"decision": "new", "type": "person", "name": "Oleksandr Syrskyi"}
    apply(
        folder,
        item("Syrskyi", key="a-1", **new),
        item("Сирський", key="a-2", **new),
        item("Wasp", key="b-1", decision="not", entities=("product:osa",)),
        item("Contents", key="c-1", decision="not_an_entity"),
        item("Tor", key="d-1", decision="unsure"),
        item("Buk", key="e-1"),
    )
    told = {
        (entry.item.key, each.key, each.text) for entry in Ledger.beside(folder).standing for each in entry.additions
    }

    assert told == {
        ("a-1", "entity", "Oleksandr Syrskyi"),
        ("a-1", "aliases", "Syrskyi"),
        ("a-2", "aliases", "Сирський"),
        ("b-1", "never", "Wasp"),
        ("c-1", "blocked", "Contents"),
    }


def test_what_the_registry_knew_already_is_no_decision(folder: Path) -> None:
    """Nothing was written, so there is nothing to explain."""
    apply(folder, item("OSA", decision="match", entities=("product:osa",)))

    assert not Ledger.beside(folder).path.exists()


def test_a_ledger_only_grows(folder: Path) -> None:
    """Applying and taking back each add lines below those that are there."""
    texts = [""]
    apply(folder, item("Оса", decision="match", entities=("product:osa",)))
    texts.append(Ledger.beside(folder).text)
    plan_undo(Registry.load(folder), by="grace", on="2025-07-02").write()
    texts.append(Ledger.beside(folder).text)
    apply(folder, item("Оса", decision="match", entities=("product:osa",)))
    texts.append(Ledger.beside(folder).text)

    assert all(new.startswith(old) and len(new) > len(old) for old, new in pairwise(texts))
    ledger = Ledger.beside(folder)
    assert ledger.undone == {ledger.entries[0].id: ("2025-07-02", "grace")}
    assert ledger.standing == ledger.entries[1:]
    assert ledger.entries[0].id != ledger.entries[1].id


def test_a_registry_of_one_file_has_its_ledger_beside_it(folder: Path) -> None:
    """Two such registries in one folder do not share it."""
    apply(folder / "products.yaml", item("Оса", decision="match", entities=("product:osa",)))

    assert sorted(path.name for path in folder.iterdir()) == ["products.ledger.jsonl", "products.yaml"]


def test_a_ledger_without_a_last_line_end_is_gone_on_with(folder: Path) -> None:
    """An editor may have taken it away."""
    apply(folder, item("Оса", decision="match", entities=("product:osa",)))
    path = Ledger.beside(folder).path
    path.write_text(path.read_text("utf-8").rstrip("\n"), "utf-8")
    apply(folder, item("9K33", key="b-1", decision="match", entities=("product:osa",)))

    assert [entry.item.name for entry in Ledger.beside(folder).entries] == ["Оса", "9K33"]


def test_an_item_that_is_none_is_named(folder: Path) -> None:
    """With its line, and what is wrong with it."""
    for text, key in (("Оса", "a-1"), ("9K33", "b-1")):
        apply(folder, item(text, key=key, decision="match", entities=("product:osa",)))
    path = Ledger.beside(folder).path
    first, second = path.read_text("utf-8").splitlines()
    path.write_text(f"{first}\n{second.replace('unresolved', 'unsolved')}\n", "utf-8")

    with pytest.raises(ReviewError, match=r"ledger\.jsonl:2: unknown status 'unsolved': did you mean 'unresolved'\?"):
        Ledger.beside(folder)


@pytest.mark.parametrize(
    "line", ["{", "[]", "1", '{"id": "a"}', '{"undoes": "a"}', "[" * 100_000, '{"undoes": [], "on": 1}']
)
def test_a_line_of_something_else_is_named(folder: Path, line: str) -> None:
    """Guessing would take out the wrong lines later."""
    (folder / "ledger.jsonl").write_text(f"\n{line}\n", encoding="utf-8")

    with pytest.raises(ReviewError, match=r"ledger\.jsonl:2: not a line of a ledger: take the file back"):
        Ledger.beside(folder)


def test_a_ledger_that_is_no_text_is_refused(folder: Path) -> None:
    """With its path."""
    (folder / "ledger.jsonl").write_bytes(b"\xff\xfe")

    with pytest.raises(ReviewError, match=r"ledger\.jsonl: cannot be read"):
        Ledger.beside(folder)


def test_two_applications_at_once_do_not_lose_each_other(folder: Path) -> None:
    """The one that comes second is told so, also if the two touch different files."""
    first = plan_application(
        Queue((item("Contents", decision="not_an_entity"),)), Registry.load(folder), by="ada", on="2025-07-01"
    )
    match = item("Оса", key="b-1", decision="match", entities=("product:osa",))
    second = plan_application(Queue((match,)), Registry.load(folder), by="grace", on="2025-07-01")
    first.write()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(Exception, match="changed on disk in the meantime: nothing was changed"):
        second.write()
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_ledger_is_json_lines_that_any_program_reads(folder: Path) -> None:
    """One object a line, whatever the names hold."""
    apply(folder, item('Os"a \U0001f41d', decision="match", entities=("product:osa",)))
    (line,) = (folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()

    assert json.loads(line)["by"] == "ada"
