"""Examples of a registry, run as tests: what comes in is a resolver, what goes out is what does not hold.

1. `failed_examples` resolves the names under `expect` of every entity: they must, or must not, mean it.
2. `unmet_names` tells which names a decision was meant to settle and did not.
"""

from collections.abc import Iterable, Iterator

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


def unmet_names(resolver: Resolver, names: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
    """Key -> why names do not resolve to the entity that they were given: (key, spelling, entity id) are asked for.

    >>> osa = Entity("product:osa", "Osa", "product")
    >>> resolver = Resolver(Registry.from_entities([osa]))
    >>> unmet_names(resolver, [("a-1", "Osa", "product:osa"), ("b-2", "Tor", "product:osa")])
    {'b-2': ["'Tor' does not resolve to product:osa yet: no name of the registry is near"]}
    """
    unmet: dict[str, list[str]] = {}
    for key, text, entity_id in names:
        resolution = resolver.resolve(text)
        if resolution.entity_id != entity_id:
            message = f"{text!r} does not resolve to {entity_id} yet: {resolution.reason}"
            unmet.setdefault(key, []).append(message)
    return unmet


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
