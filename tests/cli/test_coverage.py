"""`resolver registry coverage`."""

from pathlib import Path

import pytest
from command_line import Run

BRECHALOV = "person:aleksandr-brechalov"


def test_the_names_of_an_entity(run: Run) -> None:
    """Without a source, what the registry says itself."""
    result = run("registry", "coverage", BRECHALOV)

    assert result.code == 0
    assert "✓" in result.out
    assert "Aleksandr Bechalov" in result.out
    assert "no spelling needs" not in result.err


def test_spellings_of_a_file(run: Run) -> None:
    """Each with its rule, or with a reason and a line; the aliases that they do not need are named."""
    Path("a.txt").write_text("Бречаловым\nGlava Udmurtii\n", encoding="utf-8")
    result = run("registry", "coverage", BRECHALOV, "--attested", "a.txt")

    assert "✓   Бречаловым" in result.out
    assert "✗   Glava Udmurtii" in result.out
    assert "- Glava Udmurtii" in result.out
    assert "covered: 1 of 2 spellings of 1 entity" in result.err
    assert "no spelling needs" in result.err


def test_spellings_of_stdin_name_their_entity(run: Run) -> None:
    """Of entities that nobody named, only what is missing is shown."""
    lines = f"{BRECHALOV}\tAleksandr Brechalov\n{BRECHALOV}\tGlava Udmurtii\norganization:kupol\tKupol\n"
    result = run("registry", "coverage", "--attested", "-", stdin=lines)

    assert "✓" not in result.out
    assert "organization:kupol" not in result.out
    assert "covered: 2 of 3 spellings of 2 entities" in result.err


def test_spellings_of_an_audit(run: Run, corpus: Path) -> None:
    """With how often they were seen."""
    run("audit", corpus, "--out", "audit")
    records = run("registry", "coverage", "--audit", "audit", "--format", "jsonl").records
    kupol = [record for record in records if record["entity_id"] == "organization:kupol"]

    assert {(record["text"], record["source"], record["covered"]) for record in kupol} >= {("Kupol", "audit", True)}
    assert all(record["count"] for record in records)


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
def test_records(format_: str, run: Run) -> None:
    """The keys are always the same."""
    stdin = "Бречаловым\n=1+1\n"
    first, second = run("registry", "coverage", BRECHALOV, "--attested", "-", "--format", format_, stdin=stdin).records

    assert (first["rule"], first["alias"], str(first["covered"])) == ("inflected", "Brechalov", "True")
    assert str(second["covered"]) == "False"
    assert second["text"] == ("'=1+1" if format_ == "csv" else "=1+1")


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        ([], "", "name an ENTITY"),
        (["person:nobody"], "", "no entity 'person:nobody'"),
        (["--attested", "-"], "Kupol\n", "-:1: no entity: write entity_id<TAB>spelling"),
        (["--attested", "-"], "x\tKupol\ny\tKupol\n", "-:2: no entity 'y'"),
        (["--attested", "nowhere.txt"], "", "nowhere.txt"),
        (["--attested", "-"], b"Kupol\n\xff\n", "-:2: not UTF-8"),
        (["--audit", "."], "", "run `resolver audit`"),
    ],
)
def test_wrong_input_is_told(arguments: list[str], stdin: str | bytes, words: str, run: Run) -> None:
    """With the line, and what to do."""
    result = run("registry", "coverage", *arguments, stdin=stdin)

    assert result.code == 2
    assert words in " ".join(result.err.split())
