"""Names that two entities share, after every fold; and as many that they do not share."""

import pytest
from factories import entity
from hypothesis import given
from hypothesis import strategies as st

from resolver.checks import Finding, Places, Severity, shared_names
from resolver.checks.sharing import sharing_findings
from resolver.model import Alias, Entity
from resolver.pipeline import Resolver
from resolver.registry import Registry

PHOTONICS = entity("Gorotasan Photonics Institute", type="organization")


def found(*entities: Entity) -> list[Finding]:
    """The findings in a registry of these entities."""
    return list(sharing_findings(Resolver(Registry.from_entities(entities)), Places()))


def product(name: str, *aliases: str | Alias, **fields: object) -> Entity:
    return entity(name, *aliases, type="product", **fields)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (product("Osa"), entity("OSA", type="event"), "R020"),
        (product("Tor-M2"), entity("Tor M2", type="event"), "R020"),
        (entity("Сергей Шойгу"), entity("Sergei Shoigu", type="other", id="other:shoigu"), "R021"),
        (entity("Зеленский", id="person:1"), entity("Zelenskyi", id="person:2"), "R021"),
        (entity("Купол", type="organization"), entity("Куполом", type="product"), "R022"),
        (PHOTONICS, entity("Gorotaran Photonics Institute", type="organization"), "R024"),
        (PHOTONICS, entity("Goratosan Photonics Institute", type="organization"), "R023"),
    ],
)
def test_entities_that_share_a_name_are_found(one: Entity, other: Entity, code: str) -> None:
    """Once, by the strongest code, in whatever order they stand."""
    assert [each.code for each in found(one, other)] == [code]
    assert [each.code for each in found(other, one)] == [code]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (product("Garpiya-A1"), product("Garpiya-A2")),  # another number
        (entity("Ivan Petrov"), entity("Igor Petrov")),  # another given name
        (entity("Petrov", id="person:1"), entity("Petrova Anna", id="person:2")),
        (product("Osa"), product("Tor")),
        (entity("Budanov", id="person:1"), entity("Bulanov", id="person:2")),  # twins are two people's
        (product("Kometa"), entity("Kupol", type="organization")),
        (PHOTONICS, entity("Gorotaran Photonics Institute", type="location")),  # only twins of one type are looked for
        (entity("Kupol", "Купол", type="organization"), entity("Antey", type="organization")),
    ],
)
def test_entities_that_the_matcher_tells_apart_are_no_finding(one: Entity, other: Entity) -> None:
    """Names of one entity may be as alike as they like."""
    assert found(one, other) == []


def test_a_shared_name_without_any_cue_is_a_warning() -> None:
    """It stays ambiguous wherever it stands; all names that two entities share are one finding."""
    (each,) = found(product("Osa", "Оса"), entity("Osa", "Оса", type="event"))

    assert each.severity is Severity.WARNING
    assert "«Osa» and «Оса» are names of event:osa and product:osa" in each.message
    assert each.related


def test_a_shared_name_with_a_cue_is_a_note() -> None:
    """What stands beside it can decide."""
    (each,) = found(product("Osa", cues=("missile",)), entity("Osa", type="event"))

    assert each.severity is Severity.NOTE


@pytest.mark.parametrize(
    "fields", [{"reject": (PHOTONICS.name,)}, {"never": (PHOTONICS.name.lower(),)}, {"reject": ("Gorotasan",)}]
)
def test_what_the_registry_refuses_is_settled(fields: dict[str, tuple[str, ...]]) -> None:
    """A curator who has looked at two near names says so, and is not asked again; another name settles nothing."""
    twin = entity("Gorotaran Photonics Institute", type="organization", **fields)

    assert len(found(PHOTONICS, twin)) == (fields == {"reject": ("Gorotasan",)})


def test_names_of_many_entities_are_one_finding() -> None:
    """Not one for each pair of them."""
    found_ = found(*(entity("Ivan Petrov", id=f"person:{number:02}") for number in range(40)))

    assert len(found_) == 1
    assert "37 more" in found_[0].message


def test_a_shared_name_is_noted_once() -> None:
    """All holders of a name stand in one note."""
    registry = Registry.from_entities([entity("Osa"), entity("OSA", type="event"), entity("Kupol")])

    assert [problem.message for problem in shared_names(registry)] == ["'osa' is a name of event:osa and person:osa"]


NAMES = st.lists(st.sampled_from(["Osa", "OSA", "Оса", "Осой", "Kupol", "Купол", "Tor-M2", "Tor M2"]), min_size=1)


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_a_pair_of_entities_is_found_once(names: list[list[str]]) -> None:
    """Whatever they share, and only if they share something; the order of the registry makes no difference."""
    entities = [
        entity(texts[0], *dict.fromkeys(t for t in texts if t != texts[0]), type="product", id=f"product:{number}")
        for number, texts in enumerate(names)
    ]
    pairs = [(each.code, each.message) for each in found(*entities)]

    assert len(pairs) == len(set(pairs))
    assert sorted(pairs) == sorted((each.code, each.message) for each in found(*reversed(entities)))
    assert bool(pairs) <= (len(entities) > 1)
