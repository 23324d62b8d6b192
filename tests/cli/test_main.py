"""The command line as a whole: usage, messages, exit codes, encodings."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Run, commands


def test_version(run: Run) -> None:
    """--version prints the version."""
    result = run("--version")

    assert (result.code, result.out) == (0, "resolver 0.1.0\n")


@pytest.mark.parametrize("command", commands())
def test_each_command_has_help_with_an_example(command: str, run: Run) -> None:
    """The help of a command shows how it is called."""
    result = run(*command.split(), "--help")

    assert result.code == 0
    assert f"Example: resolver {command} " in result.out


@pytest.mark.parametrize("group", [[], ["review"], ["registry"]])
def test_a_group_without_a_command_shows_its_commands(group: list[str], run: Run) -> None:
    """Who types only the name sees what there is."""
    result = run(*group)

    assert "Commands" in result.out + result.err
    assert result.code in (0, 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ["resolve"],
        ["resolve", "Osa", "--format", "xml"],
        ["resolve", "Osa", "--type", "planet"],
        ["resolve", "Osa", "--explain", "--format", "csv"],
        ["resolve", "Osa", "--aliases", "nowhere"],
        ["resolve", "Osa", "--against", "product:osaa"],
        ["annotate"],
        ["annotate", "nowhere.txt"],
        ["audit", "articles"],
        ["audit", "nowhere", "--out", "audit"],
        ["audit", "articles", "--out", "audit", "--workers", "0"],
        ["audit", "articles", "--out", "audit", "--fail-on", "boredom"],
        ["review", "show", "nowhere.yaml"],
        ["review", "apply", "nowhere.yaml"],
        ["registry", "check", "nowhere"],
        ["resolves", "Osa"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_said_and_gives_2(arguments: list[str], run: Run, corpus: Path, tmp_path: Path) -> None:
    """Wrong usage gives a message on stderr, nothing on stdout, no files and exit code 2."""
    result = run(*arguments)

    assert (result.code, result.out) == (2, "")
    assert result.err.strip()
    assert not (tmp_path / "audit").exists()


def test_a_malformed_registry_is_one_list_of_problems(run: Run, aliases: Path) -> None:
    """All problems come as path:line, without a traceback, and give exit code 1."""
    (aliases / "all.yaml").write_text("- id: person:a\n  nmae: A\n  type: planet\n", encoding="utf-8")

    result = run("resolve", "Osa")

    assert (result.code, result.out) == (1, "")
    assert f"{aliases / 'all.yaml'}:2: unknown key 'nmae': did you mean 'name'?" in result.err
    assert f"{aliases / 'all.yaml'}:3: 'type' is 'planet'" in result.err


def test_a_lack_of_memory_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do, and without a traceback."""

    def lack(_: Path) -> bytes:
        raise MemoryError

    monkeypatch.setattr(Path, "read_bytes", lack)
    result = run("resolve", "Osa")

    assert (result.code, result.out) == (2, "")
    assert result.err == "resolver: out of memory; try fewer workers, or smaller documents\n"


def test_a_reader_that_leaves_early_gets_no_traceback(aliases: Path) -> None:
    """`resolver ... | head` ends in silence."""
    code = "import os, sys; os.close(0); from resolver.cli import main; main()"
    read, write = os.pipe()
    os.close(read)
    arguments = ["resolve", "Osa", "--aliases", str(aliases), "--format", "jsonl"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)

    assert done.stderr == ""


def test_output_into_a_pipe_is_utf8_in_any_locale(aliases: Path) -> None:
    """Names of any script come out whole where the locale knows only ASCII."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "RESOLVER_ALIASES": str(aliases)}
    command = [sys.executable, "-m", "resolver", "resolve", "Купол", "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, env=environment)

    assert json.loads(done.stdout.decode("utf-8"))["name"] == "Купол"
