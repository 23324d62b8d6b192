"""Settings of a project: which file, for which command, and what is refused."""

from pathlib import Path

import pytest
from command_line import Run

NAME = "Aleksandr Bechalov"


def write(folder: Path, text: str, name: str = "resolver.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_setting_holds_for_every_command_that_has_the_option(run: Run, tmp_path: Path) -> None:
    """And for no other: `registry stats` has no policy."""
    write(tmp_path, 'format = "json"\npolicy = "strict"\n')

    assert run("resolve", NAME).out.startswith("[")
    assert run("registry", "stats").out.startswith("[")


def test_a_table_holds_for_its_command(run: Run, tmp_path: Path) -> None:
    """Before what holds for all, and also below a group."""
    write(tmp_path, 'format = "json"\n[resolve]\nformat = "csv"\n[registry.stats]\nformat = "jsonl"\n')

    assert run("resolve", NAME).out.startswith("name,")
    assert run("registry", "stats").out.startswith("{")


def test_what_is_typed_counts_more_and_then_the_environment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings are only where nobody says otherwise."""
    write(tmp_path, 'format = "json"\naliases = "nowhere"\n')

    assert run("resolve", NAME, "--format", "csv").out.startswith("name,")
    assert run("resolve", NAME).code == 0  # RESOLVER_ALIASES is set
    monkeypatch.delenv("RESOLVER_ALIASES")
    assert "nowhere" in run("resolve", NAME).err


def test_the_registry_is_found_from_the_file(
    run: Run, tmp_path: Path, aliases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever below it the command is run, and also where it is an argument."""
    write(tmp_path, f'[tool.resolver]\naliases = "{aliases.name}"\n', "pyproject.toml")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.delenv("RESOLVER_ALIASES")
    monkeypatch.chdir(below)

    assert "person:aleksandr-brechalov" in run("resolve", NAME).out
    assert "4 entities" in run("registry", "check").err


def test_settings_of_a_command_below_another(run: Run, tmp_path: Path, corpus: Path) -> None:
    """`audit diff` has its own, as `audit` has."""
    write(tmp_path, '[audit]\nout = "found"\n[audit.diff]\nformat = "json"\n')
    run("audit", corpus)

    assert (tmp_path / "found" / "queue.yaml").exists()
    assert run("audit", "diff", "found", "found").out.startswith(("[", "{"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('polcy = "strict"', "no setting 'polcy': did you mean 'policy'?"),
        ("[audti]\nworkers = 2", "no command 'audti': did you mean 'audit'?"),
        ('[review.aply]\nby = "ada"', "no command 'review.aply': did you mean 'apply'?"),
        ("[audit]\nworker = 2", "no setting 'audit.worker': did you mean 'workers'?"),
        ("[review.apply]\nyes = true", "'review.apply.yes' can only be typed: remove it"),
        ('host = "0.0.0.0"', "'host' can only be typed: remove it"),
        ("= 1", "cannot be read: "),
    ],
)
def test_what_no_command_knows_is_refused(run: Run, tmp_path: Path, text: str, problem: str) -> None:
    """With the file and what was probably meant; nothing is done."""
    path = write(tmp_path, text)
    result = run("resolve", NAME)

    assert (result.code, result.out) == (2, "")
    assert f"{path}: {problem}" in result.err


@pytest.mark.parametrize("text", ['policy = "wild"', "policy = 3", "accept = 7"])
def test_a_value_that_the_option_does_not_take_is_refused(run: Run, tmp_path: Path, text: str) -> None:
    """As if it had been typed."""
    write(tmp_path, text)

    assert run("resolve", NAME).code == 2


def test_other_files_are_left_alone(run: Run, tmp_path: Path) -> None:
    """A pyproject.toml without the table, and one that is broken but says nothing of us."""
    write(tmp_path, "[tool.other]\nx = 1\n", "pyproject.toml")
    assert run("resolve", NAME).code == 0
    write(tmp_path, "[[[", "pyproject.toml")
    assert run("resolve", NAME).code == 0


def test_the_variable_names_another_file_or_none(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a script that wants none of a project's habits."""
    write(tmp_path, 'format = "json"')
    write(tmp_path, 'format = "csv"', "other.toml")
    monkeypatch.setenv("RESOLVER_CONFIG", "other.toml")
    assert run("resolve", NAME).out.startswith("name,")
    monkeypatch.setenv("RESOLVER_CONFIG", "off")
    assert not run("resolve", NAME).out.startswith(("[", "name,"))
    monkeypatch.setenv("RESOLVER_CONFIG", "gone.toml")
    assert run("resolve", NAME).code == 2
