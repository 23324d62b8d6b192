"""Checks a registry against itself: what comes in is a loaded registry, what goes out are `Problem`s with their place.

1. `failed_examples` resolves the names under `expect` of every entity: they must, or must not, mean it.
2. `shared_names` lists the names that several entities hold. They are no error: the context may decide.
3. `unmet_names` tells which names a decision was meant to settle and did not.
"""

from collections.abc import Iterable, Iterator

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
    return [problem for entity in resolver.registry for problem in _failures(entity, resolver)]


def count_examples(registry: Registry) -> int:
    """How many examples the registry holds."""
    return sum(len(entity.resolve) + len(entity.reject) for entity in registry)


def shared_names(registry: Registry) -> list[Problem]:
    """A note for each name that several entities hold, at the place of the first of them."""
    return [
        _problem(registry, shared.entity_ids[0], f"{shared.text!r} is a name of {' and '.join(shared.entity_ids)}")
        for shared in registry.collisions()
    ]


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


def _failures(entity: Entity, resolver: Resolver) -> Iterator[Problem]:
    for text in entity.resolve:
        resolution = resolver.resolve(text)
        if resolution.entity_id != entity.id:
            found = f"resolves to {resolution.entity_id}" if resolution.entity_id else resolution.status
            message = f"expect.resolve {text!r}: {found} ({resolution.reason}): add an alias, or remove the example"
            yield _problem(resolver.registry, entity.id, message)
    for text in entity.reject:
        resolution = resolver.resolve(text)
        if resolution.entity_id == entity.id:
            message = f"resolves to it ({resolution.reason}): add it to 'never', or remove the example"
            yield _problem(resolver.registry, entity.id, f"expect.reject {text!r}: {message}")


def _problem(registry: Registry, entity_id: str, message: str) -> Problem:
    """The problem at the place of an entity; a registry that was not read from files has only its ids."""
    path, line = registry.where(entity_id) or (entity_id, 0)
    return Problem(str(path), line, message)
