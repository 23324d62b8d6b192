"""Examples of a registry, run as tests: what comes in is a resolver, what goes out is what does not hold.

The names under `expect` of every entity are resolved: they must, or must not, mean it.
"""

from collections.abc import Iterator

from resolver.checks.findings import Finding, finding
from resolver.checks.reading import REJECT, RESOLVE, Places
from resolver.errors import Problem
from resolver.model import Entity
from resolver.pipeline import Resolver
from resolver.registry import Registry


def failed_examples(resolver: Resolver) -> list[Problem]:
    """A problem for each example of the registry that does not hold, in the order of the registry.

    >>> osa = Entity("product:osa", "Osa", "product", resolve=("9K33",), reject=("Osa",))
    >>> for problem in failed_examples(Resolver(Registry.from_entities([osa]))):
    ...     print(problem)
    product:osa: expect.resolve '9K33': unresolved (...): add an alias, or remove the example
    product:osa: expect.reject 'Osa': resolves to it (...): add it to 'never', or remove the example
    """
    registry = resolver.registry
    problems = []
    for entity in registry:
        path, line = registry.where(entity.id) or (entity.id, 0)
        problems += [
            Problem(str(path), line, f"{each.message}: {each.fix}") for each in _failures(entity, resolver, Places())
        ]
    return problems


def example_findings(resolver: Resolver, places: Places) -> Iterator[Finding]:
    """The same as findings, each at the line of its example."""
    for entity in resolver.registry:
        yield from _failures(entity, resolver, places)


def count_examples(registry: Registry) -> int:
    """How many examples the registry holds."""
    return sum(len(entity.resolve) + len(entity.reject) for entity in registry)


def _failures(entity: Entity, resolver: Resolver, places: Places) -> Iterator[Finding]:
    for text in entity.resolve:
        resolution = resolver.resolve(text)
        if resolution.entity_id != entity.id:
            found = f"resolves to {resolution.entity_id}" if resolution.entity_id else resolution.status
            yield finding(
                "R010",
                places.name(entity.id, text, RESOLVE),
                f"expect.resolve {text!r}: {found} ({resolution.reason})",
                fix="add an alias, or remove the example",
                entity_id=entity.id,
                text=text,
            )
    for text in entity.reject:
        resolution = resolver.resolve(text)
        if resolution.entity_id == entity.id:
            yield finding(
                "R011",
                places.name(entity.id, text, REJECT),
                f"expect.reject {text!r}: resolves to it ({resolution.reason})",
                fix="add it to 'never', or remove the example",
                entity_id=entity.id,
                text=text,
            )
