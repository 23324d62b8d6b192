"""Labelled names against the bundled registry: `cases/*.yaml`. Known failures are visible and strict."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from resolver import Mention, Resolver

CASES = Path(__file__).parent / "cases"
PEOPLE = CASES / "people.yaml"


def cases_in(path: Path) -> list[dict[str, str]]:
    """The labelled names of a file; a file of another shape holds none."""
    rows = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 (strings only)
    return rows if isinstance(rows, list) else []


def all_cases() -> Iterator[object]:
    for path in sorted(CASES.glob("*.yaml")):
        for case in cases_in(path):
            known_failure = pytest.mark.xfail(strict=True, reason=case.get("comment", ""))
            marks = [known_failure] if case.get("expect") == "fail" else []
            yield pytest.param(case, id=f"{case['mention'] or 'empty'} ({case['label']})", marks=marks)


@pytest.fixture(scope="module")
def bundled() -> Resolver:
    return Resolver.load()


@pytest.mark.parametrize("case", list(all_cases()))
def test_case(bundled: Resolver, case: dict[str, str]) -> None:
    """The name resolves to the expected entity, or to none."""
    mention = Mention(case["mention"], type=case.get("type"), lang=case.get("lang"), context=case.get("context", ""))

    resolution = bundled.resolve(mention)

    expected = None if case["expected"] == "null" else case["expected"]
    assert expected == resolution.entity_id, resolution


@pytest.mark.parametrize("case", cases_in(PEOPLE), ids=lambda case: case["mention"])
def test_spellings_of_people_are_not_listed(bundled: Resolver, case: dict[str, str]) -> None:
    """They are found by knowledge of names: a spelling that is in the registry would show nothing."""
    listed = {
        text.casefold() for entity in bundled.registry for text in (*entity.resolve, *(a.text for a in entity.names))
    }

    assert case["expected"] == "null" or case["mention"].casefold() not in listed


def test_near_misses_of_people_are_as_many_as_their_names() -> None:
    """A matcher that links everything must not look good."""
    found = Counter(case["expected"] == "null" for case in cases_in(PEOPLE))

    assert abs(found[True] - found[False]) <= 0.1 * found.total()
