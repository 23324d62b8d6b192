"""Aliases that the rest of their entity covers."""

import pytest
from factories import entity
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.checks import Finding, Places
from resolver.checks.redundancy import redundancy_findings
from resolver.decision import Policy
from resolver.model import Alias, Entity
from resolver.pipeline import Resolver
from resolver.registry import Registry


def found(*entities: Entity) -> list[Finding]:
    """The findings in a registry of these entities."""
    return list(redundancy_findings(Resolver(Registry.from_entities(entities)), Places()))


def codes(*entities: Entity) -> dict[str | None, str]:
    """Text of the alias -> code."""
    return {each.text: each.code for each in found(*entities)}


@pytest.mark.parametrize(
    ("alias", "words"),
    [
        ("Бречалов Александр", "Бречалов = Brechalov"),
        ("Aleksandr Bechalov", "Bechalov ~ Brechalov"),
        ("Александра Бречалова", "genitive"),
    ],
)
def test_what_the_matcher_covers_is_redundant(alias: str, words: str) -> None:
    """The message says by which name, by which rule, and how surely."""
    (each,) = found(entity("Aleksandr Brechalov", alias))

    assert (each.code, each.text) == ("R040", alias)
    assert "by «Aleksandr Brechalov» with 0." in each.message
    assert words in each.message


@pytest.mark.parametrize(
    "alias",
    [
        Alias("Бречалов Александр", kind="nickname"),  # it says more than its text
        Alias("Бречалов Александр", requires="cue"),
        Alias("Бречалов Александр", match="exact"),
        Alias("Бречалов Александр", until="2020-01-01", kind="former"),
        Alias("Igor Brechalov"),  # another given name
        Alias("Glava Udmurtii"),
        Alias("Brechalov"),  # a surname alone is no sure link
    ],
)
def test_what_says_more_or_is_not_covered_is_kept(alias: Alias) -> None:
    """The decision of a curator is not called redundant where it decides something."""
    assert found(entity("Aleksandr Brechalov", alias)) == []


def test_a_duplicate_is_not_called_redundant_as_well() -> None:
    """It has a code of its own."""
    assert codes(entity("Astra Channel", "Kupol Plant", "KUPOL plant", type="organization")) == {}


def test_aliases_that_cover_one_another_do_not_both_go() -> None:
    """All that is found may go together."""
    known = entity("Glava Udmurtii", "Aleksandr Brechalov", "Aleksandr Bretchalov", "Алексáндр Бречалов")
    texts = set(codes(known))
    left = [alias for alias in known.names if alias.text not in texts]

    assert texts
    assert {"Aleksandr Brechalov", "Aleksandr Bretchalov", "Алексáндр Бречалов"} - texts
    assert len(left) >= 2


def test_what_only_the_alias_tells_from_another_entity_is_kept() -> None:
    """Without it, the name would be ambiguous."""
    one = entity("Sergei Ivanov", "Сергей Иванов", id="person:1")
    other = entity("Сергій Іванов", id="person:2")

    assert codes(one) == {"Сергей Иванов": "R040"}
    assert "Сергей Иванов" not in codes(one, other)


def test_what_an_example_needs_is_kept() -> None:
    """The other spellings of an entity that its curator relies on must hold without the alias."""
    aliases = ("Александр Бречалов", "Aleksandr Bechalov")
    plain = entity("Aleksandr Brechalov", *aliases)
    relied_on = entity("Aleksandr Brechalov", *aliases, resolve=("Bechalov",))

    assert set(codes(plain)) == set(aliases)
    assert codes(relied_on) == {}


SPELLINGS = st.lists(
    st.sampled_from(
        ["Бречалов", "Brechalov", "Бречалов Александр", "Aleksandr Bechalov", "ALEKSANDR BRECHALOV", "Igor Brechalov"]
    ),
    unique=True,
)


@settings(max_examples=20, deadline=None)
@given(SPELLINGS, SPELLINGS)
def test_without_what_is_found_every_name_resolves_as_surely(mine: list[str], others: list[str]) -> None:
    """The law of the check: all found aliases are taken out, and each resolves to its entity by the strict policy."""
    entities = (
        entity("Aleksandr Brechalov", *mine),
        entity("Oleksandr Brechko", *others, id="person:other"),
    )
    findings = found(*entities)
    gone = {(each.entity_id, each.text) for each in findings}
    left = [Entity(e.id, e.name, e.type, tuple(a for a in e.aliases if (e.id, a.text) not in gone)) for e in entities]
    resolver = Resolver(Registry.from_entities(left), policy=Policy.preset("strict"))

    assert [resolver.resolve(str(text)).entity_id for _, text in sorted(gone, key=str)] == [
        entity_id for entity_id, _ in sorted(gone, key=str)
    ]
