"""The table of codes, and what `--select` and `--ignore` let through."""

import re
from pathlib import Path

import pytest

from resolver.checks import RULES, Place
from resolver.checks.findings import finding, is_wanted, selected

GUIDE = Path(__file__).parents[2] / "docs" / "registry.md"


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ([], [], ["R010", "R020", "R022", "R040"]),
        (["R02"], [], ["R020", "R022"]),
        (["R02"], ["R022"], ["R020"]),
        ([], ["R"], []),
        (["R040", "R01"], [], ["R010", "R040"]),
        (["R06"], [], []),
    ],
)
def test_codes_are_selected_by_their_beginning(select: list[str], ignore: list[str], expected: list[str]) -> None:
    """What is ignored is left out even if it is selected."""
    found = [finding(code, Place("a.yaml", 1), "") for code in ("R010", "R020", "R022", "R040")]

    assert [each.code for each in selected(found, select, ignore)] == expected


def test_a_group_is_wanted_if_one_of_its_codes_is() -> None:
    """So that a check which nobody wants is not run."""
    assert is_wanted("R02", ["R024"], [])
    assert is_wanted("R02", [], ["R020"])
    assert not is_wanted("R02", [], ["R02"])
    assert not is_wanted("R02", ["R03"], [])


def test_codes_and_names_are_unique_and_well_formed() -> None:
    """A code is a key of the table, and a name is written as in a configuration file."""
    assert [rule.code for rule in RULES.values()] == sorted(RULES)
    assert all(re.fullmatch(r"R\d{3}", code) for code in RULES)
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name) for rule in RULES.values())


def test_the_guide_has_every_code() -> None:
    """docs/registry.md shows the table as it is, row by row."""
    rows = [
        f"| {rule.code} | {rule.name} | {rule.severity.value} | {rule.about} {rule.why} | {rule.fix} |"
        for rule in RULES.values()
    ]
    table = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| R")]

    assert table == rows
