"""`resolver annotate`."""

import re
from pathlib import Path

import pytest
from command_line import ARTICLE, ESCAPE, Run


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
def test_annotate_gives_places_in_code_points(format_: str, run: Run, tmp_path: Path) -> None:
    """Start and end cut the name out of the text."""
    text = "🚩 Александр Бречалов на заводе «Купол»"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    records = run("annotate", "a.txt", "--lang", "ru", "--format", format_).records

    assert list(records[0]) == ["document", "start", "end", "text", "status", "id", "score", "reason"]
    assert "person:aleksandr-brechalov" in {record["id"] for record in records}
    assert all(text[int(record["start"]) : int(record["end"])] == record["text"] for record in records)


def test_annotate_takes_the_names_that_the_file_gives(run: Run, tmp_path: Path) -> None:
    """Those and no others, in text order."""
    row = '{"text": "Kupol, Brechalov, Osa", "ents": [{"start": 7, "end": 16}, {"start": 0, "end": 5}]}'
    (tmp_path / "a.jsonl").write_text(row, encoding="utf-8")

    records = run("annotate", "a.jsonl", "--format", "json").records

    assert [(record["text"], record["id"]) for record in records] == [
        ("Kupol", "organization:kupol"),
        ("Brechalov", "person:aleksandr-brechalov"),
    ]


def test_annotate_reads_stdin(run: Run) -> None:
    """`-` stands for stdin."""
    result = run("annotate", "-", "--format", "jsonl", stdin=ARTICLE)

    assert "organization:kupol" in {record["id"] for record in result.records}


@pytest.mark.parametrize("columns", [80, 120])
def test_annotate_prints_a_table_that_fits(
    columns: int, run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is wider than the terminal, no word is lost, and no colour is written into a pipe."""
    monkeypatch.setenv("COLUMNS", str(columns))

    result = run("annotate", corpus / "a.txt")
    records = run("annotate", corpus / "a.txt", "--format", "json").records

    assert max(map(len, result.out.splitlines())) <= columns
    assert {word for record in records for word in record["reason"].split()} <= set(result.out.split())
    assert ESCAPE not in result.out


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"Osa \xff\xfe\xfa Osa"])
def test_annotate_refuses_what_is_no_text(content: bytes, run: Run, tmp_path: Path) -> None:
    """A binary file, or broken UTF-8, is one clear message."""
    (tmp_path / "a.txt").write_bytes(content)

    result = run("annotate", "a.txt")

    assert (result.code, result.out) == (2, "")
    assert "a.txt: " in result.err
    assert len(result.err.splitlines()) == 1


def test_annotate_shows_the_text_on_a_terminal(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The names stand in colour in their text; what else the text holds does not command the terminal."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    (tmp_path / "a.txt").write_text(f"The [b]Kupol[/b] plant\n{ESCAPE}]0;title and more", encoding="utf-8")

    result = run("annotate", "a.txt")

    assert re.search(rf"The \[b\]{ESCAPE}\[1;32mKupol", result.out)
    assert f"{ESCAPE}]0;" not in result.out
