"""`resolver registry import` and `resolver registry export`."""

import json
import subprocess
from pathlib import Path

import pytest
from command_line import Run

from resolver.registry import Registry

LIST = "id,type,name,aliases\n,organization,Kupol,Kupol works\nperson:new,person,Boris Kovalenko,Борис Коваленко\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list with a known organisation and a new person."""
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_an_import_is_shown_and_written(run: Run, file: Path, aliases: Path) -> None:
    """What comes of it on stderr, the diff on stdout."""
    result = run("registry", "import", file, "--yes")

    assert result.code == 0
    assert "new: person:new (Boris Kovalenko), person" in result.err
    assert ", by its name 'Kupol', gets «Kupol works»" in result.err
    assert "1 new entity, 1 new spelling of 1 known entity" in result.err
    assert "+- id: person:new" in result.out
    assert Registry.load(aliases).get("person:new").source == "list.csv"


def test_an_import_twice_is_one(run: Run, file: Path) -> None:
    """The second time there is nothing to write."""
    run("registry", "import", file, "--yes")
    result = run("registry", "import", file, "--yes")

    assert (result.code, result.out) == (0, "")
    assert "The registry knows it all already." in result.err


def test_the_diff_takes_an_import_back(run: Run, file: Path, aliases: Path) -> None:
    """Byte for byte."""
    before = {path.name: path.read_bytes() for path in aliases.iterdir()}
    diff = run("registry", "import", file, "--yes").out

    subprocess.run(["patch", "-R", "-p1", "-d", str(aliases)], input=diff.encode(), check=True, capture_output=True)

    assert {path.name: path.read_bytes() for path in aliases.iterdir()} == before


def test_a_dry_run_writes_nothing(run: Run, file: Path, aliases: Path) -> None:
    """And shows the same."""
    result = run("registry", "import", file, "--dry-run", "--source", "the list", "--by", "grace")

    assert "source: the list, added: " in result.out
    assert "by: grace" in result.out
    assert "person:new" not in Registry.load(aliases)


def test_an_import_that_nobody_can_agree_to_is_not_written(run: Run, file: Path, aliases: Path) -> None:
    """In a pipe `--yes` is asked for."""
    result = run("registry", "import", file)

    assert result.code == 2
    assert "--yes" in result.err
    assert "person:new" not in Registry.load(aliases)


def test_rows_that_cannot_be_read_give_an_exit_code(run: Run, tmp_path: Path, aliases: Path) -> None:
    """With their lines; the rest is imported. What a terminal would obey is made visible."""
    path = tmp_path / "list.csv"
    path.write_text("id,type,name\n../x,person,Ivan\nx,pl\x1b[31manet,Tor\ny,product,Buk\n", encoding="utf-8")

    result = run("registry", "import", path, "--yes")

    assert result.code == 1
    assert "list.csv:2: wrong: the id '../x' leads out of a folder" in result.err
    assert "list.csv:3: wrong: the type holds the character U+001B: remove it" in result.err
    assert "\x1b" not in result.err
    assert "y" in Registry.load(aliases)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "xml"], "'xml' is no format: choose one of csv, tsv, ftm"),
        (["--aliases", "missing"], "missing"),
    ],
)
def test_wrong_usage(arguments: list[str], words: str, run: Run, file: Path) -> None:
    """Says what is right."""
    result = run("registry", "import", file, *arguments)

    assert result.code == 2
    assert words in result.err


def test_an_import_into_an_empty_folder(run: Run, file: Path, tmp_path: Path) -> None:
    """Begins a registry."""
    (tmp_path / "fresh").mkdir()
    result = run("registry", "import", file, "--aliases", tmp_path / "fresh", "--yes")

    assert result.code == 0
    assert sorted(path.name for path in (tmp_path / "fresh").glob("*.yaml")) == ["organization.yaml", "person.yaml"]


def test_an_export_goes_to_stdout_or_to_a_file(run: Run, tmp_path: Path) -> None:
    """The same bytes."""
    printed = run("registry", "export", "--format", "ftm")
    run("registry", "export", "--format", "ftm", "--out", tmp_path / "out.ftm.json")

    assert printed.err == ""
    assert (tmp_path / "out.ftm.json").read_text(encoding="utf-8") == printed.out
    assert {json.loads(line)["schema"] for line in printed.out.splitlines()} >= {"Person", "Organization"}


def test_an_export_is_safe_to_open_in_a_spreadsheet(run: Run, aliases: Path) -> None:
    """A name that would run as a formula gets an apostrophe."""
    (aliases / "more.yaml").write_text('- {id: x, type: other, name: "=1+1"}\n', encoding="utf-8")

    assert "\nx,other,'=1+1," in run("registry", "export", "--format", "csv").out


@pytest.mark.parametrize("format_", ["csv", "tsv", "ftm", "ssslm", "spacy", "openrefine"])
def test_what_was_exported_is_known(format_: str, run: Run, tmp_path: Path) -> None:
    """An export into the registry that it comes from changes nothing."""
    out = tmp_path / "out"
    run("registry", "export", "--format", format_, "--out", out)
    result = run("registry", "import", out, "--format", format_, "--yes")

    assert (result.code, result.out) == (0, "")
    assert "0 new entities" in result.err
