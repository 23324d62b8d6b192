"""What one registry says of its entities that another does not."""

import pytest
from factories import entity

from resolver.model import Alias, Entity
from resolver.registry import Registry
from resolver.registry.differences import entity_differences

OSA = entity("Osa", "9K33", "Оса", type="product", cues=("missile",))


def differences(old: Entity, new: Entity) -> tuple[str, ...]:
    """What is different about one entity; nothing if it is the same."""
    found = entity_differences(Registry.from_entities([old]), Registry.from_entities([new]))
    return found.get(old.id, ())


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (entity("Osa", "9K33", type="product", cues=("missile",)), ("alias «Оса» removed",)),
        (entity("Osa", type="product", cues=("missile",)), ("aliases «9K33», «Оса» removed",)),
        (entity("Osa", "9K33", "Оса", "OSA", type="product", cues=("missile",)), ("alias «OSA» added",)),
        (
            entity("Osa", Alias("9K33", kind="designator"), "Оса", type="product", cues=("missile",)),
            ("alias «9K33» changed",),
        ),
        (entity("OSA", "9K33", "Оса", type="product", id=OSA.id, cues=("missile",)), ("name 'Osa' → 'OSA'",)),
        (entity("Osa", "9K33", "Оса", type="product", never=("Osa Peninsula",)), ("cues changed", "never changed")),
    ],
)
def test_each_difference_is_told(new: Entity, expected: tuple[str, ...]) -> None:
    """In words."""
    assert differences(OSA, new) == expected


def test_what_decides_nothing_is_no_difference() -> None:
    """Notes and examples are for people; so is the order of aliases."""
    noted = entity("Osa", "Оса", "9K33", type="product", cues=("missile",), note="a note", resolve=("9К33",))

    assert differences(OSA, OSA) == ()
    assert differences(OSA, noted) == ()


def test_entities_come_and_go() -> None:
    """Each under its id."""
    old, new = Registry.from_entities([OSA]), Registry.from_entities([entity("Tor", type="product")])

    assert entity_differences(old, new) == {OSA.id: ("entity removed",), "product:tor": ("entity added",)}


def test_many_aliases_are_told_in_short() -> None:
    """The first few by name."""
    new = entity("Osa", "9K33", "Оса", *(f"Osa {number}" for number in range(9)), type="product", cues=("missile",))

    assert differences(OSA, new) == ("aliases «Osa 0», «Osa 1», «Osa 2», «Osa 3», «Osa 4» and 4 more added",)
