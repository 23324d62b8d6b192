"""`resolver audit diff`."""

import json
from pathlib import Path

import pytest
from command_line import ARTICLE, Run

SHORT = "    - {text: Kupol, kind: short}\n    - {text: Купол, lang: ru, kind: short}\n"


@pytest.fixture
def audits(run: Run, corpus: Path, aliases: Path) -> Path:
    """An audit, and one after the registry has lost a plant and the corpus has got an article."""
    run("audit", corpus, "--out", "old")
    old = Path("old-aliases")
    old.mkdir()
    text = (aliases / "all.yaml").read_text(encoding="utf-8")
    (old / "all.yaml").write_text(text, encoding="utf-8")
    assert SHORT in text
    (aliases / "all.yaml").write_text(text.replace(SHORT, "    - Izhevsk Works\n"), encoding="utf-8")
    (corpus / "b.txt").write_text(ARTICLE, encoding="utf-8")
    run("audit", corpus, "--out", "new")
    return corpus


def test_it_says_what_changed_and_why(run: Run, audits: Path) -> None:
    """The conditions, the documents, the totals, and each name with its reasons."""
    result = run("audit", "diff", "old", "new")

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("registry ")
    assert "1 document (5 mentions) added" in result.out
    assert "due to registry" in result.out
    assert "No longer resolved" in result.out
    assert "organization:kupol" in result.out


def test_with_the_registries_it_says_which_line(run: Run, audits: Path, aliases: Path) -> None:
    """And warns if one of them is not that of its audit."""
    arguments = ("audit", "diff", "old", "new", "--old-aliases", "old-aliases", "--new-aliases", aliases)
    result = run(*arguments)

    assert "«Kupol»" in result.out
    assert result.err == ""
    swapped = run("audit", "diff", "old", "new", "--old-aliases", aliases, "--new-aliases", "old-aliases")
    assert "has changed since its audit" in swapped.err


def test_with_one_registry_it_says_nothing_of_lines(run: Run, audits: Path, aliases: Path) -> None:
    """There is nothing to compare it with."""
    assert "In the registry" not in run("audit", "diff", "old", "new", "--new-aliases", aliases).out


@pytest.mark.parametrize("format_", ["jsonl", "csv"])
def test_changes_are_records(format_: str, run: Run, audits: Path) -> None:
    """One each, with both decisions."""
    records = run("audit", "diff", "old", "new", "--format", format_).records

    assert {record["kind"] for record in records} == {"lost"}
    assert {record["old_entity_id"] for record in records} == {"organization:kupol"}
    assert all("registry" in record["causes"] for record in records)


def test_json_has_all_of_it(run: Run, audits: Path) -> None:
    """Conditions and documents as well."""
    data = json.loads(run("audit", "diff", "old", "new", "--format", "json").out)

    assert data["differs"] == ["registry"]
    assert data["added"]["documents"] == 1
    assert data["old"]["registry"] != data["new"]["registry"]
    assert data["changes"][0]["old_reason"]


@pytest.mark.parametrize(
    ("failure", "forth", "back"), [("lost", 1, 0), ("moved", 0, 0), ("changed", 1, 1)], ids=["lost", "moved", "changed"]
)
def test_it_can_be_a_gate(failure: str, forth: int, back: int, run: Run, audits: Path) -> None:
    """What is gained the one way is lost the other."""
    assert run("audit", "diff", "old", "new", "--fail-on", failure).code == forth
    assert run("audit", "diff", "new", "old", "--fail-on", failure).code == back
    assert run("audit", "diff", "old", "old", "--fail-on", failure).code == 0


@pytest.mark.parametrize("arguments", [["old"], ["old", "nowhere"], ["old", "."], []])
def test_what_is_no_audit_is_wrong_usage(arguments: list[str], run: Run, audits: Path) -> None:
    """A folder must be there, and hold an audit."""
    result = run("audit", "diff", *arguments)

    assert result.code == 2
    assert result.err


@pytest.mark.parametrize("columns", [80, 120])
def test_the_table_fits(columns: int, run: Run, audits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))

    assert max(map(len, run("audit", "diff", "old", "new").out.splitlines())) <= columns
