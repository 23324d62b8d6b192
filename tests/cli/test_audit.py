"""`resolver audit`."""

import json
import os
import re
from pathlib import Path

import pytest
import yaml
from command_line import ARTICLE, OUTPUT, Run, decide


def test_audit_writes_its_files_and_says_where(run: Run, corpus: Path, tmp_path: Path) -> None:
    """A summary on stdout, four files in the folder, the next step on stderr."""
    result = run("audit", corpus, "--out", "audit")

    assert result.code == 0
    assert sorted(path.name for path in (tmp_path / "audit").iterdir()) == OUTPUT
    assert "organization:kupol" in result.out
    assert "resolver review apply audit/queue.yaml" in result.err


@pytest.mark.parametrize(
    ("format_", "file"), [("json", "report.json"), ("jsonl", "mentions.jsonl")], ids=["json", "jsonl"]
)
def test_audit_prints_what_it_wrote(format_: str, file: str, run: Run, corpus: Path, tmp_path: Path) -> None:
    """With --format json the report goes to stdout, with jsonl all mentions."""
    result = run("audit", corpus, "--out", "audit", "--format", format_)

    assert (tmp_path / "audit" / file).read_text(encoding="utf-8") == result.out


def test_audit_prints_mentions_as_csv(run: Run, corpus: Path) -> None:
    """With --format csv all mentions go to stdout."""
    result = run("audit", corpus, "--out", "audit", "--format", "csv")

    assert "Kupol" in {record["text"] for record in result.records}


def test_audit_is_the_same_with_any_number_of_workers(run: Run, corpus: Path, tmp_path: Path) -> None:
    """Two processes write the same bytes as one."""
    for number in range(12):
        (corpus / f"{number}.txt").write_text(ARTICLE * (number + 1), encoding="utf-8")

    run("audit", corpus, "--out", "one")
    run("audit", corpus, "--out", "two", "--workers", "2")

    assert [(tmp_path / "one" / name).read_bytes() for name in OUTPUT] == [
        (tmp_path / "two" / name).read_bytes() for name in OUTPUT
    ]


def test_audit_reads_fields_by_name(run: Run, tmp_path: Path) -> None:
    """Text and id may have other names."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"nr": "n-1", "body": ARTICLE}), encoding="utf-8")

    result = run("audit", "a.jsonl", "--out", "audit", "--text-field", "body", "--id-field", "nr", "--format", "jsonl")

    assert {record["document"] for record in result.records} == {"n-1"}


def test_audit_leaves_its_own_output_out(run: Run, corpus: Path) -> None:
    """An output folder inside the corpus is no part of it."""
    first = run("audit", corpus, "--out", corpus / "audit", "--format", "json")
    second = run("audit", corpus, "--out", corpus / "audit", "--format", "json")

    assert first.out == second.out


@pytest.mark.parametrize(("failure", "expected"), [("unresolved", 1), ("ambiguous", 0), ("unreadable", 1)])
def test_audit_can_fail_on_what_it_finds(failure: str, expected: int, run: Run, corpus: Path, tmp_path: Path) -> None:
    """--fail-on gives exit code 1, and the files are there all the same."""
    (corpus / "b.txt").write_bytes(b"\x00\x01\x02\x03")

    result = run("audit", corpus, "--out", "audit", "--fail-on", failure)

    assert expected == result.code
    assert sorted(path.name for path in (tmp_path / "audit").iterdir()) == OUTPUT


def test_audit_shows_progress_only_on_a_terminal(run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log file gets no bar; a terminal gets it on stderr, and stdout stays clean."""
    quiet = run("audit", corpus, "--out", "audit", "--format", "jsonl")
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = run("audit", corpus, "--out", "audit", "--format", "jsonl")

    assert "1 done" not in quiet.err
    assert "1 done" in shown.err
    assert quiet.out == shown.out


def test_audit_names_what_it_could_not_read(run: Run, corpus: Path) -> None:
    """A binary file is listed, the others are audited."""
    (corpus / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")

    result = run("audit", corpus, "--out", "audit")

    assert result.code == 0
    assert "not read: b.txt: " in result.err
    assert "organization:kupol" in result.out


def test_audit_keeps_the_decisions_in_its_folder(run: Run, corpus: Path, queue: Path) -> None:
    """A second audit updates the counts and keeps what a curator wrote."""
    decide(queue, "unsure")
    (corpus / "b.txt").write_text(ARTICLE, encoding="utf-8")

    run("audit", corpus, "--out", "audit")

    (item,) = yaml.safe_load(queue.read_text(encoding="utf-8"))
    assert (item["decision"], item["count"]) == ("unsure", 2)


def test_audit_does_not_begin_with_a_broken_queue(run: Run, corpus: Path, queue: Path) -> None:
    """A queue that cannot be merged is not overwritten: the curator's work is in it."""
    decide(queue, "{mtach: person:x}")
    (corpus / "b.txt").write_text(ARTICLE, encoding="utf-8")
    before = {path: path.read_bytes() for path in queue.parent.iterdir()}

    result = run("audit", corpus, "--out", "audit")

    assert result.code == 1
    assert re.search(r"queue\.yaml:\d+: .*did you mean 'match'", result.err)
    assert before == {path: path.read_bytes() for path in queue.parent.iterdir()}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_audit_refuses_a_folder_that_is_read_only(run: Run, corpus: Path, tmp_path: Path) -> None:
    """Where nothing can be written, nothing is left half-written."""
    (tmp_path / "audit").mkdir(mode=0o500)

    result = run("audit", corpus, "--out", "audit")

    assert (result.code, result.out) == (2, "")
    assert "audit: cannot write" in result.err
    assert not list((tmp_path / "audit").iterdir())
