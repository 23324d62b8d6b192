"""Labelled names against the bundled registry: `cases/resolve.yaml`. Known failures are visible and strict."""

from pathlib import Path

import pytest
import yaml

from resolver import Mention, Resolver

CASES = yaml.load((Path(__file__).parent / "cases" / "resolve.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 (strings only)


def _params() -> list[object]:
    known_failure = pytest.mark.xfail(strict=True)
    return [
        pytest.param(case, id=f"{case['mention'] or 'empty'} ({case['label']})", marks=marks)
        for case in CASES
        for marks in [known_failure if case.get("expect") == "fail" else ()]
    ]


@pytest.fixture(scope="module")
def bundled() -> Resolver:
    return Resolver.load()


@pytest.mark.parametrize("case", _params())
def test_case(bundled: Resolver, case: dict[str, str]) -> None:
    """The name resolves to the expected entity, or to none."""
    mention = Mention(case["mention"], type=case.get("type"), lang=case.get("lang"), context=case.get("context", ""))

    resolution = bundled.resolve(mention)

    expected = None if case["expected"] == "null" else case["expected"]
    assert expected == resolution.entity_id, resolution
