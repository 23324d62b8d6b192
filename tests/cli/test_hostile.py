"""Hostile names, ids and paths through every command: a terminal obeys nothing, a spreadsheet runs nothing.

A registry, a corpus and a queue are full of the payloads of `hostile_texts`; each command is run with each format.
"""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Run
from hostile_texts import FORMULAS, MARKUP, OBEYED, TERMINAL

from resolver.wording import plain_cell

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")

PAYLOADS = [*MARKUP.values(), *TERMINAL.values(), *FORMULAS.values()]
TABLES = [
    ["audit", "corpus", "--out", "audit"],
    ["resolve", "-"],
    ["resolve", "Petrovskyy \x1b[31m\u202e", "--explain"],
    ["resolve", "Petrovskyy", "--against", "person:\x1b[31mx"],
    ["annotate", "corpus/rows.jsonl"],
    ["annotate", "corpus/\x1b[31mno.txt"],
    ["registry", "check", "hostile", "--verbose"],
    ["registry", "check", "hostile", "--format", "github"],
    ["registry", "check", "hostile\x1b[31m"],
    ["registry", "stats", "hostile"],
    ["review", "show", "audit/queue.yaml"],
    ["review", "show", "no\x1b[31m.yaml"],
    ["audit", "diff", "audit", "audit"],
    ["audit", "\x1b]0;x\x07", "--out", "audit"],
]
DATA = [
    ["resolve", "-", "--format"],
    ["annotate", "corpus/rows.jsonl", "--format"],
    ["audit", "corpus", "--out", "audit", "--format"],
    ["review", "show", "audit/queue.yaml", "--format"],
    ["registry", "check", "hostile", "--verbose", "--format"],
]


def yaml_text(text: str) -> str:
    """The text in the quotes of YAML, without what a registry refuses."""
    return json.dumps("".join(char for char in text if char.isprintable() or char in "\u200b\u202e\u2066\u00a0"))


@pytest.fixture
def hostile(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Commands in a folder with a hostile registry, a hostile corpus and the queue of its audit."""
    (tmp_path / "hostile").mkdir()
    lines = [
        f"- {{id: {yaml_text(f'person:{number}{text}')}, type: person, "
        f"name: {yaml_text(f'Ada Petrovskyy{number} {text}')}, "
        f"aliases: [{yaml_text(f'{text} Zolanko{number}')}], note: {yaml_text(text + '.')}, "
        f"expect: {{resolve: [{yaml_text(text + ' nobody')}]}}}}\n"
        for number, text in enumerate(PAYLOADS)
    ]
    (tmp_path / "hostile" / "all.yaml").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "corpus").mkdir()
    rows = []
    for number, text in enumerate(PAYLOADS):
        name = f"{text} Karpenko"
        body = f"Yesterday {name} met Ada Petrovskyy{number} {text} in Dnipro."
        rows.append({"id": f"{text}{number}", "text": body, "ents": [{"start": 10, "end": 10 + len(name)}]})
    (tmp_path / "corpus" / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "corpus" / "\x1b[31m\u202eno.txt").write_bytes(b"\xff\xfe\xfd")
    monkeypatch.setenv("RESOLVER_ALIASES", str(tmp_path / "hostile"))
    assert run("audit", "corpus", "--out", "audit").code == 0
    return run


def names() -> str:
    """Names for stdin, one a line."""
    return "".join(f"Petrovskyy {' '.join(text.split())}\n" for text in PAYLOADS)


def shown_on_terminal(command: list[str], folder: Path) -> str:
    """What a command writes if stdout is a terminal."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "RESOLVER_CACHE": "off"}
    with subprocess.Popen(command, stdout=follower, cwd=folder, env=environment) as process:
        os.close(follower)
        shown = b""
        try:
            while piece := os.read(leader, 65536):
                shown += piece
        except OSError:  # so Linux says that nobody holds the other end any more
            pass
        assert process.wait() == 0
    os.close(leader)
    return shown.decode()


def test_no_table_holds_what_a_terminal_obeys(hostile: Run) -> None:
    """Whatever the command, on stdout and on stderr."""
    for command in TABLES:
        result = hostile(*command, stdin=names())
        assert not OBEYED.intersection(result.out.replace("\n", "")), command
        assert not OBEYED.intersection(result.err.replace("\n", "")), command


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
def test_data_on_a_terminal_is_harmless_too(format_: str, hostile: Run, tmp_path: Path) -> None:
    """Into a pipe it is exact; somebody who only looks at it sees pictures."""
    text = "Zolanko \x1b[31m\x9b2J\u202e"
    command = [sys.executable, "-m", "resolver", "resolve", text, "--format", format_]
    shown = shown_on_terminal(command, tmp_path)

    assert not OBEYED.intersection(shown.replace("\r\n", ""))
    assert "Zolanko" in shown
    assert hostile("resolve", text, "--format", format_).records[0]["name"] == text


def test_no_cell_is_a_formula_and_no_text_is_lost(hostile: Run) -> None:
    """Every cell of every command that writes CSV, and of the export."""
    cells = []
    for command in [*DATA, ["registry", "export", "hostile", "--format"]]:
        result = hostile(*command, "csv", stdin=names())
        rows = list(csv.reader(io.StringIO(result.out, newline="")))
        assert len({len(row) for row in rows}) == 1, command
        cells += [cell for row in rows for cell in row]

    for cell in cells:
        shown = cell.lstrip(" \0\u00a0\u200b\ufeff")
        is_number = shown.lstrip("-").replace(".", "", 1).isdigit()
        assert is_number or not shown.startswith(
            ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦")
        ), cell
    documents = {plain_cell(cell) for cell in cells}
    assert {" ".join(f"Petrovskyy {text}".split()) for text in FORMULAS.values()} <= documents


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
def test_data_is_read_back(format_: str, hostile: Run) -> None:
    """One record a name, whatever the name holds."""
    records = hostile("resolve", "-", "--format", format_, stdin=names()).records

    assert [plain_cell(record["name"]) for record in records] == names().splitlines()[: len(records)]
    assert len(records) == len(PAYLOADS)


def test_annotations_of_github_hold_one_command_a_line(hostile: Run) -> None:
    """No name ends a command or begins another one."""
    lines = hostile("registry", "check", "hostile", "--verbose", "--format", "github").out.splitlines()

    assert lines
    assert all(
        line.startswith(("::error file=hostile/", "::warning file=hostile/", "::notice file=hostile/"))
        for line in lines
    )
    assert not [line for line in lines if line.count("::") > 2 and "file=" in line.split("::", 2)[2]]


def test_sarif_has_no_link_of_a_name(hostile: Run) -> None:
    """`[text](address)` in a message would be one."""
    log = json.loads(hostile("registry", "check", "hostile", "--verbose", "--format", "sarif").out)
    messages = [result["message"]["text"] for result in log["runs"][0]["results"]]

    assert any("javascript:" in message for message in messages)
    assert not [message for message in messages if "](" in message]


@pytest.mark.parametrize(
    "format_", ["csv", "ftm", "ssslm", "sssom", "turtle", "jsonld", "wikidata", "spacy", "openrefine"]
)
def test_an_export_of_hostile_names_can_be_read_back(format_: str, hostile: Run, tmp_path: Path) -> None:
    """No name breaks out of its field; what an import refuses are characters that obey, and ids that are paths."""
    exported = hostile("registry", "export", "hostile", "--format", format_)
    (tmp_path / "file").write_text(exported.out, encoding="utf-8")
    read = hostile("registry", "import", "file", "--format", format_, "--source", "x", "--dry-run")
    wrong = [line for line in read.err.splitlines() if ": wrong: " in line]

    assert exported.code == 0
    assert [
        line for line in wrong if " holds the character U+" not in line and "leads out of a folder" not in line
    ] == []
    assert "0 new entities" in read.err


def test_a_hostile_queue_is_written_and_read(hostile: Run, tmp_path: Path) -> None:
    """Its names and its snippets are those of the corpus, and no line of it is one of theirs."""
    from resolver.review import load_queue

    items = load_queue(tmp_path / "audit" / "queue.yaml").items

    assert len(items) > 10
    assert {item.judgement.decision for item in items} == {None}
