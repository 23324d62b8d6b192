"""Short texts against the bundled registry: `cases/text/*.yaml`. Known failures are visible and strict.

    text       one to three sentences
    lang       the language, where `annotate` is told it; else it finds out
    links      surface and id of each span that is linked: these, and no others
    unknown    surfaces of spans that are found and not linked; type, status, best (the id of the best candidate) where
               they matter
    not        surfaces that no span overlaps, linked or not
    unlinked   surfaces that no link overlaps; whether they wait in the review queue is left open
    why        what the text is about
    fails      what is wrong today, if anything is
    registry   entities instead of those of the bundled registry, written as there

A surface is a string, or a mapping with `nth`: which of its places in the text is meant, counted from 1.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from resolver import Registry, Resolution, Resolver

FOLDER = Path(__file__).parent / "cases" / "text"
PARTS = ("links", "unknown", "not", "unlinked")
LEAST_TEXTS = 300

Case = dict[str, Any]
Span = tuple[int, int]


@cache
def cases() -> dict[str, list[Case]]:
    """The texts of each file, with their expectations."""
    files = sorted(FOLDER.glob("*.yaml"))
    return {path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in files}  # noqa: S506


def all_cases() -> Iterator[Any]:
    for theme, rows in cases().items():
        for number, case in enumerate(rows, start=1):
            marks = [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
            yield pytest.param(case, id=f"{theme}-{number}: {case['why']}", marks=marks)


def row_of(expected: str | dict[str, str]) -> dict[str, str]:
    """An expectation as a mapping; a string is a surface of which nothing else is said."""
    return {"surface": expected} if isinstance(expected, str) else expected


def place_of(case: Case, expected: str | dict[str, str]) -> Span:
    """Where an expected surface stands in its text. One that stands there often needs `nth`."""
    text, row = case["text"], row_of(expected)
    starts = [start for start in range(len(text)) if text.startswith(row["surface"], start)]
    assert len(starts) == 1 or 0 < int(row.get("nth", 0)) <= len(starts), f"where is {row['surface']!r}?"
    start = starts[int(row.get("nth", 1)) - 1]
    return start, start + len(row["surface"])


def span_of(resolution: Resolution) -> Span:
    """The offsets of a resolution."""
    assert resolution.mention.end is not None
    return resolution.mention.start, resolution.mention.end


def over(found: list[Resolution], span: Span) -> list[Resolution]:
    """The resolutions that share a character with a span."""
    return [one for one in found if span_of(one)[0] < span[1] and span[0] < span_of(one)[1]]


def traits_of(resolution: Resolution, row: dict[str, str]) -> dict[str, str | None]:
    """Of an unlinked span, what the row of an unknown name speaks of."""
    best = resolution.candidates[0].entity.id if resolution.candidates else None
    known = {"type": resolution.mention.type, "status": resolution.status, "best": best}
    return {key: value for key, value in known.items() if key in row}


@pytest.fixture(scope="module")
def bundled() -> Resolver:
    return Resolver.load()


@pytest.fixture
def resolver(request: pytest.FixtureRequest, bundled: Resolver, tmp_path: Path) -> Resolver:
    """A resolver over the registry of the case, or over the bundled one."""
    rows = request.node.callspec.params["case"].get("registry")
    if rows is None:
        return bundled
    (tmp_path / "registry.yaml").write_text(yaml.safe_dump(rows), encoding="utf-8")
    return Resolver(Registry.load(tmp_path))


@pytest.mark.parametrize("case", list(all_cases()))
def test_text(case: Case, resolver: Resolver) -> None:
    """The names that are found are those that a reader finds, each in its place."""
    text = case["text"]
    links = {place_of(case, row): row["id"] for row in case.get("links", ())}
    unknown = {place_of(case, row): row for row in case.get("unknown", ())}
    nothing = [place_of(case, row) for row in case.get("not", ())]
    unlinked = [place_of(case, row) for row in case.get("unlinked", ())]

    found = resolver.annotate(text, lang=case.get("lang"))

    linked = [one for one in found if one.entity_id]
    others = {span_of(one): one for one in found if not one.entity_id}
    shown = {span: traits_of(others[span], row) if span in others else None for span, row in unknown.items()}
    wanted = {
        span: {key: row[key] for key in ("type", "status", "best") if key in row} for span, row in unknown.items()
    }
    assert [text[slice(*span_of(one))] for one in found] == [one.mention.text for one in found]
    assert {span_of(one): one.entity_id for one in linked} == links, found
    assert shown == wanted, found
    assert [one for span in nothing for one in over(found, span)] == []
    assert [one for span in unlinked for one in over(linked, span)] == []


def test_expectations_are_of_the_text_and_of_the_registry(bundled: Resolver) -> None:
    """A mistyped surface or id must not pass for a failure of the resolver."""
    for case in chain.from_iterable(cases().values()):
        own = {row["id"] for row in case.get("registry", ())}
        rows = [row_of(row) for part in PARTS for row in case.get(part, ())]
        named = [row[key] for row in rows for key in ("id", "best") if key in row]

        assert len({place_of(case, row) for row in rows}) == len(rows), case["text"]
        assert [entity_id for entity_id in named if entity_id not in (own or bundled.registry)] == [], case["text"]


def test_texts_say_no_as_often_as_yes() -> None:
    """A finder that shows or links everything must not look good: not even if capitals are all that it asks for."""
    rows = list(chain.from_iterable(cases().values()))
    surfaces = [(part, row_of(row)["surface"]) for case in rows for part in PARTS for row in case.get(part, ())]
    counts = Counter(part for part, _ in surfaces)
    written_as_names = Counter(part for part, surface in surfaces if surface != surface.lower())

    assert len(rows) >= LEAST_TEXTS
    assert counts["not"] + counts["unlinked"] >= counts["links"] + counts["unknown"]
    assert written_as_names["not"] + written_as_names["unlinked"] + counts["unknown"] >= counts["links"]
