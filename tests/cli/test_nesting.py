"""A command with others below it."""

from pathlib import Path

import pytest
import typer
from command_line import Run, commands
from typer.testing import CliRunner

from resolver.cli.nesting import command_with

app = typer.Typer(rich_markup_mode=None)


def _inner(name: str) -> None:
    """Say a name."""
    typer.echo(f"inner {name}")


@app.command(cls=command_with({"inner": _inner}))
def outer(paths: list[str], *, loud: bool = False) -> None:
    """Say all paths."""
    typer.echo(f"outer {' '.join(paths)}{'!' if loud else ''}")


@app.command()
def other() -> None:
    """Make the application one of several commands."""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["outer", "a", "b"], "outer a b\n"),
        (["outer", "inner", "b"], "inner b\n"),
        (["outer", "./inner", "b"], "outer ./inner b\n"),
        (["outer", "a", "inner"], "outer a inner\n"),
        (["outer", "--loud", "inner"], "outer inner!\n"),
    ],
)
def test_the_first_argument_decides(arguments: list[str], said: str) -> None:
    """Only where it stands first, and only as it is written."""
    assert CliRunner().invoke(app, arguments).output == said


@pytest.mark.parametrize("arguments", [["outer"], ["outer", "inner"], ["outer", "inner", "a", "b"], ["outer", "--no"]])
def test_wrong_usage_is_told(arguments: list[str]) -> None:
    """By the command that was meant."""
    result = CliRunner().invoke(app, arguments)

    assert result.exit_code == 2
    assert " ".join(arguments[:2] if "inner" in arguments else arguments[:1]) in result.output


def test_the_help_lists_what_is_below() -> None:
    """As that of a group does; each command has its own help, under its whole name."""
    above = CliRunner().invoke(app, ["outer", "--help"]).output
    below = CliRunner().invoke(app, ["outer", "inner", "--help"]).output

    assert "Commands:\n  inner  Say a name." in above
    assert "outer inner [OPTIONS]" in below
    assert "Say a name." in below


def test_audit_and_audit_diff_are_both_commands(run: Run, corpus: Path) -> None:
    """`resolver audit PATH...` is what it was, also for a folder that is called diff."""
    corpus.rename("diff")

    assert {"audit", "audit diff"} <= set(commands())
    assert run("audit", "./diff", "--out", "audit").code == 0
    assert run("audit", "diff", "audit", "audit").out.endswith("no name was decided otherwise\n")
