"""SECURITY.md tells the truth: its numbers are those of the code, and the tests that it names are there."""

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "SECURITY.md"
TEXT = PAGE.read_text(encoding="utf-8")
LIMITS = re.findall(r"^\| ([^|]+) \| ([\d,]+)[^|]* \| `(resolver[\w.]+)\.(\w+)` \|", TEXT, re.MULTILINE)
PATHS = sorted(set(re.findall(r"[`(]((?:tests|docs|\.ci)/[\w./-]+)[`)]", TEXT)))


@pytest.mark.parametrize(("what", "number", "module", "name"), LIMITS, ids=[row[0] for row in LIMITS])
def test_a_limit_is_that_of_the_code(what: str, number: str, module: str, name: str) -> None:
    """The name says where it stands."""
    assert getattr(import_module(module), name) == int(number.replace(",", ""))


def test_the_table_is_read_whole() -> None:
    """Every row has a number and a name."""
    rows = TEXT.partition("## Limits")[2].partition("\n## ")[0].count("\n| ")

    assert len(LIMITS) == rows - 1 > 10  # without the head


@pytest.mark.parametrize("path", PATHS)
def test_a_path_leads_to_something(path: str) -> None:
    """A test that was moved is looked for in vain."""
    assert (ROOT / path).exists() or path.startswith(".ci/")


@pytest.mark.parametrize("command", re.findall(r"`make\s+([\w-]+)`", TEXT))
def test_a_command_is_one_of_the_makefile(command: str) -> None:
    """It has a rule."""
    assert re.search(rf"^{command}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_it_is_short() -> None:
    """Somebody who has found something reads it in a hurry."""
    lines = TEXT.splitlines()

    assert len(lines) <= 120
    assert max(map(len, lines)) <= 120 or all("|" in line for line in lines if len(line) > 120)


@pytest.mark.parametrize("code", sorted(set(re.findall(r"R0\d\d", TEXT))))
def test_a_code_is_one_of_the_checks(code: str) -> None:
    """And means what the page says."""
    from resolver.checks import RULES

    assert code in RULES
