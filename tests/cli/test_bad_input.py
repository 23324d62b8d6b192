"""What cannot be used is refused with one clear message, an exit code, and nothing half-written."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run, decide

REGISTRIES = {
    "no YAML": ("- id: person:x\n  name: [unclosed\n", r"bad/all\.yaml:3: not valid YAML: .*close the brackets"),
    "an id twice": (
        "- {id: 'person:x', type: person, name: X Y}\n- {id: 'person:x', type: person, name: Z W}\n",
        r"bad/all\.yaml:2: id 'person:x' is taken by",
    ),
    "an unknown key": (
        "- {id: 'person:x', type: person, nam: X}\n",
        r"bad/all\.yaml:1: unknown key 'nam': did you mean",
    ),
    "no list": ("id: person:x\n", r"bad/all\.yaml:1: "),
    "no UTF-8": (b"- {id: 'person:x', type: person, name: \xff}\n", r"bad/all\.yaml:1: byte 0xff is not UTF-8"),
    "a binary file": (b"\x89PNG\r\n\x1a\n\x00\x00", r"bad/all\.yaml:1: byte 0x89 is not UTF-8"),
}
TEXTS = {
    "a binary file": (b"\x89PNG\r\n\x1a\n\x00\x00", "binary file, not text"),
    "no UTF-8": (b"The plant \xff Kupol", "not UTF-8 at byte 10"),
}
DECISIONS = {
    "a slip": ("mach", "unknown decision 'mach': did you mean 'match'?"),
    "a word that needs an id": ("match", "'match' of what? Write {match: person:x}"),
    "an unknown id": ("{match: person:nobody}", "no entity 'person:nobody' in the registry"),
    "two ids for one name": ("{match: [product:osa, person:x]}", "one name means one entity"),
    "an unknown type": ("{new: {type: persn, name: X}}", "unknown type 'persn': did you mean 'person'?"),
    "no type": ("{new: {name: X}}", "the key 'type' is missing"),
    "no id": ("{not: }", "no id: write {not: person:x}"),
    "two decisions": ("{match: product:osa, not: product:osa}", "decide for one"),
    "no variant": ("unsure\n  except: [Nope]", "'Nope' is no variant of the item"),
    "nothing left": ("unsure\n  except: [Stanislav Petrovskyy]", "every variant is excepted"),
    "a name that is taken": ("{new: {type: product, name: Osa}}", "'Osa' is a name of product:osa: match it, "),
    "no YAML": ("[a", "not valid YAML"),
    "a reference": ("*x", "is a YAML reference"),
}


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    "command", [["resolve", "Osa"], ["audit", "articles", "--out", "audit"]], ids=["resolve", "audit"]
)
@pytest.mark.parametrize(("content", "message"), REGISTRIES.values(), ids=REGISTRIES.keys())
def test_a_registry_that_cannot_be_loaded(
    content: str | bytes, message: str, command: list[str], run: Run, corpus: Path, tmp_path: Path
) -> None:
    """The place and what to do, before anything is written."""
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "all.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    before = contents(tmp_path)

    result = run(*command, "--aliases", "bad")

    assert (result.code, result.out) == (1, "")
    assert re.search(message, result.err)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(("content", "message"), TEXTS.values(), ids=TEXTS.keys())
def test_a_text_that_cannot_be_read(content: bytes, message: str, run: Run, corpus: Path) -> None:
    """In a corpus it is listed and the rest is done; alone it is an error."""
    (corpus / "b.txt").write_bytes(content)

    audited = run("audit", corpus, "--out", "audit")
    annotated = run("annotate", corpus / "b.txt")

    assert audited.code == 0
    assert f"not read: b.txt: {message}" in audited.err
    assert (annotated.code, annotated.out) == (2, "")
    assert f"b.txt: {message}" in annotated.err


@pytest.mark.parametrize("path", ["nowhere", "no*where", "empty"])
@pytest.mark.parametrize("command", [["annotate"], ["audit", "--out", "audit"]], ids=["annotate", "audit"])
def test_a_path_that_leads_nowhere(path: str, command: list[str], run: Run, tmp_path: Path) -> None:
    """A mistyped path is no empty corpus."""
    (tmp_path / "empty").mkdir()

    result = run(*command, path)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"resolver: {path}: ")
    assert result.err.count("\n") == 1
    assert not (tmp_path / "audit").exists()


def file_in_the_way(folder: Path) -> str:
    (folder / "taken").write_text("mine", encoding="utf-8")
    return "taken"


@pytest.mark.parametrize(
    "place",
    [
        file_in_the_way,
        lambda folder: f"{file_in_the_way(folder)}/below",
        pytest.param(
            lambda folder: "/proc/audit", marks=pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc")
        ),
    ],
    ids=["a file", "below a file", "where even the superuser may not write"],
)
def test_an_output_folder_that_cannot_be(place: Callable[[Path], str], run: Run, corpus: Path, tmp_path: Path) -> None:
    """Nothing is written, and no file is replaced by a folder."""
    out = place(tmp_path)
    before = contents(tmp_path)

    result = run("audit", corpus, "--out", out)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"resolver: {out}: ")
    assert contents(tmp_path) == before


@pytest.mark.parametrize(("decision", "message"), DECISIONS.values(), ids=DECISIONS.keys())
def test_a_decision_that_cannot_be_applied(
    decision: str, message: str, run: Run, queue: Path, aliases: Path, tmp_path: Path
) -> None:
    """One problem refuses the whole queue: registry and queue stay as they are."""
    decide(queue, decision)
    before = contents(tmp_path)

    result = run("review", "apply", queue, "--yes")

    assert (result.code, result.out) == (1, "")
    assert re.match(r"\S*queue\.yaml:\d+: ", result.err)
    assert message in result.err
    assert contents(tmp_path) == before


def test_a_queue_that_cannot_be_saved(run: Run, queue: Path, aliases: Path) -> None:
    """Then the registry does not get the decisions either, and the message says so."""
    decide(queue, "not_an_entity")
    long = queue.rename(queue.with_name("q" * 245 + ".yaml"))  # no room for the name of a temporary file beside it
    before = long.read_bytes(), sorted(aliases.iterdir())

    result = run("review", "apply", long, "--yes")

    assert result.code == 1
    assert "cannot be written: " in result.err
    assert "nothing was changed" in result.err
    assert before == (long.read_bytes(), sorted(aliases.iterdir()))
