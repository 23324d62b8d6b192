"""The examples of a registry, run as its tests."""

from pathlib import Path

import pytest
from factories import entity

from resolver.checks import count_examples, failed_examples
from resolver.checks.examples import example_findings
from resolver.checks.reading import read_registry
from resolver.model import Entity
from resolver.pipeline import Resolver
from resolver.registry import Registry

KUPOL = entity("Kupol", type="organization", resolve=("Kupol", "Купол"), reject=("Tupolev",))


def failures(*entities: Entity) -> list[str]:
    """What does not hold in a registry of these entities."""
    return [str(problem) for problem in failed_examples(Resolver(Registry.from_entities(entities)))]


def test_examples_that_hold_are_no_problem() -> None:
    """A name that must resolve does, and one that must not does not."""
    assert failures(KUPOL) == []


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (entity("Kupol", resolve=("Antey",)), "person:kupol: expect.resolve 'Antey': unresolved ("),
        (entity("Kupol", reject=("Купол",)), "person:kupol: expect.reject 'Купол': resolves to it ("),
    ],
    ids=["resolve", "reject"],
)
def test_an_example_that_does_not_hold_is_a_problem(broken: Entity, expected: str) -> None:
    """The message says what happened instead."""
    (problem,) = failures(broken)

    assert problem.startswith(expected)


def test_an_example_that_means_another_entity_names_it() -> None:
    """Whoever wrote the example sees which entity takes the name."""
    (problem,) = failures(
        entity("Antey", type="organization", resolve=("Kupol",)), entity("Kupol", type="organization")
    )

    assert problem.startswith("organization:antey: expect.resolve 'Kupol': resolves to organization:kupol (")


def test_a_problem_stands_at_its_entity(tmp_path: Path) -> None:
    """A registry that was read from files gives file and line."""
    path = tmp_path / "a.yaml"
    path.write_text("# one\n- {id: x, type: event, name: Y, expect: {resolve: [Kupol]}}\n", encoding="utf-8")

    (problem,) = failed_examples(Resolver(Registry.load(path)))

    assert (problem.path, problem.line) == (str(path), 2)


def test_examples_are_counted() -> None:
    """Both kinds count."""
    assert count_examples(Registry.from_entities([KUPOL])) == 3


def test_a_finding_stands_at_its_example(tmp_path: Path) -> None:
    """Not at the entity, which may have many lines."""
    path = tmp_path / "a.yaml"
    path.write_text(
        "- id: x\n  type: event\n  name: Y\n  expect:\n    resolve:\n      - Y\n      - Kupol\n    reject: [Y]\n",
        encoding="utf-8",
    )
    path.write_text(path.read_text(encoding="utf-8").replace("[Y]", "[y]"), encoding="utf-8")
    registry, places = read_registry(path)
    found = list(example_findings(Resolver(registry), places))

    assert next((each.code, each.place.line, each.text) for each in found) == ("R010", 7, "Kupol")


def test_every_example_of_the_bundled_registry_holds() -> None:
    """What its curators wrote under `expect` is true."""
    assert [str(problem) for problem in failed_examples(Resolver.load())] == []
