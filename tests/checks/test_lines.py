"""Names that are wrong or risky by themselves."""

import pytest
from factories import entity
from hypothesis import given
from hypothesis import strategies as st

from resolver.checks import Finding, Places, Severity
from resolver.checks.lines import line_findings, repaired
from resolver.model import Alias, Entity
from resolver.pipeline import Resolver
from resolver.registry import Registry

TODAY = "2026-01-15"


def found(*entities: Entity) -> list[Finding]:
    """The findings in a registry of these entities."""
    return list(line_findings(Resolver(Registry.from_entities(entities)), Places(), TODAY))


def codes(*aliases: str | Alias, name: str = "Vitaliy Zhmurko", type: str = "person") -> list[str]:  # noqa: A002
    """The codes that an entity with these aliases gets."""
    return [each.code for each in found(entity(name, *aliases, type=type))]


def test_look_alike_letters_are_repaired() -> None:
    """The message names the letters, and the fix the right spelling."""
    (each,) = found(entity("Ohaio", "Oхaйо", type="location"))

    assert (each.code, each.repaired) == ("R031", "Охайо")
    assert "a (U+0061)" in each.message
    assert each.fix == "write «Охайо»"


@pytest.mark.parametrize("text", ["Охайо", "Ohaio", "С-300", "C-300", "ІЕМЗ Kupol", "А1", "Kupol А1", "T-72Б3"])
def test_words_of_one_script_are_left_alone(text: str) -> None:
    """A name may be of words of two scripts, and letters without a twin in the other script mix on purpose."""
    assert "R031" not in codes(text, name="X", type="product")


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        (("Kupol Plant", "KUPOL plant", "kupol  Plant"), ["KUPOL plant", "kupol  Plant"]),
        (("ZHMURKO and sons",), ["ZHMURKO and sons"]),
        (("Kupol Plant", Alias("KUPOL plant", kind="former")), []),
        (("Kupol Plant", Alias("KUPOL plant", requires="cue")), []),
        ((Alias("Kupol Plant", requires="cue"), "KUPOL plant"), []),  # the later one says less, and matches more
        (("Kupol-Plant", "Kupol Plant"), []),
        (("Osa", "OSA"), []),
        (("Kupol Plant", "kupol plant"), []),  # small letters say that texts write it so
        (("Kupol", "KUPOL"), []),  # an acronym is matched in capitals only
    ],
)
def test_an_alias_again_in_another_case_is_a_duplicate(aliases: tuple[str | Alias, ...], expected: list[str]) -> None:
    """The later one, if both say nothing but their spelling, and no capitals tell them apart."""
    findings = found(entity("Zhmurko and Sons", *aliases, type="organization"))

    assert [each.text for each in findings if each.code == "R030"] == expected


@given(st.text(alphabet="aceopxасеорхйщ -1", max_size=12))
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    """And keeps its length."""
    assert repaired(repaired(text)) == repaired(text)
    assert len(repaired(text)) == len(text)


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        (Alias("Zhmurko Ltd", until="2026-01-14"), ["R032"]),
        (Alias("Zhmurko Ltd", until=TODAY), []),
        (Alias("Zhmurko Ltd", until="2020-01-01", kind="former"), []),
        (Alias("Zhmurko Ltd", from_="2020-01-01"), []),
    ],
)
def test_an_alias_expires_on_the_day_after_its_last(alias: Alias, expected: list[str]) -> None:
    """One of the kind `former` says so already."""
    assert codes(alias, type="organization") == expected


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        (Alias("Дело", lang="ru"), ["R050"]),
        (Alias("World"), ["R050"]),
        (Alias("World", requires="cue"), []),
        (Alias("World Today"), []),
        (Alias("WORLD"), []),  # an acronym, matched in capitals only
        (Alias("Zhmurkon"), []),
    ],
)
def test_a_common_word_alone_is_risky(alias: Alias, expected: list[str]) -> None:
    """Unless it needs a cue, or is a part of a longer name."""
    assert codes(alias, type="organization") == expected


def test_a_frequent_name_is_only_a_note() -> None:
    """Texts hold it often because it is the name of this entity."""
    (each,) = found(entity("Turkey", type="location"))

    assert (each.code, each.severity) == ("R050", Severity.NOTE)


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        (Alias("Vitaliy"), ["R051"]),
        (Alias("Віталій", lang="uk"), ["R051"]),
        (Alias("Vitaliy", requires="cue"), []),
        (Alias("Zhmurko"), []),
        (Alias("Vitaliy Zhmurko-Roman"), []),
    ],
)
def test_a_given_name_alone_is_risky(alias: Alias, expected: list[str]) -> None:
    """For a person; a surname that is also a given name is not."""
    assert codes(alias) == expected
    assert codes(Alias("Andriy"), name="Vitaliy Andriy") == []
    assert codes(alias, type="organization", name="Zhmurko and Sons") == []
