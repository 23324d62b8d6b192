"""What the words of two names say: how alike they are as written, and what the other names of the entity have."""

import pytest
from factories import entity, mention

from resolver.evidence import Finding, align, as_initialled, findings
from resolver.evidence.finding import is_as_written
from resolver.forms import analyse
from resolver.index import AliasIndex
from resolver.model import Entity


def said_by(name: str, text: str, known: Entity, *, alias: int = 0) -> Finding | None:
    """What one comparison says of a mention beside one of the names of an entity: the main one, or the n-th alias."""
    index, form = AliasIndex([known]), analyse(text)
    assert form is not None
    pair = align(mention(text), index.query(form), index.entries_of(known)[alias])
    return dict(findings(pair)).get(name)


def value(name: str, feature: str, text: str, known: Entity, *, alias: int = 0) -> float:
    """The value of a feature, 0 where it is not seen."""
    finding = said_by(name, text, known, alias=alias)
    return finding.values.get(feature, 0.0) if finding else 0.0


FOX = entity("Fox News", "Fox News Channel", "Фокс Нюз", type="organization")
MINISTRY = entity("Министерство культуры Италии", type="organization")


@pytest.mark.parametrize(
    ("text", "known", "told"),
    [
        ("Fox News Channel", FOX, "only the mention has Channel; other names have Channel"),
        ("Fox News Nation", FOX, "only the mention has Nation"),
        ("Fox News Channel", entity("Fox News", type="organization"), "only the mention has Channel"),  # no other name
        ("Fox News", FOX, None),
    ],
)
def test_a_word_that_another_name_has_is_known(text: str, known: Entity, told: str | None) -> None:
    finding = said_by("words_missing", text, known)

    assert (finding.text if finding else None) == told
    assert (value("words_missing", "elsewhere", text, known) > 0) == ("other names" in (told or ""))


def test_where_no_word_agrees_what_other_names_have_says_nothing() -> None:
    """The initials of WTO are those of both organisations: that both are organisations of the world is not news."""
    known = entity("World Trade Organization", "WTO", type="organization")

    assert value("words_missing", "elsewhere", "World Tourism Organization", known, alias=1) == 0


@pytest.mark.parametrize(
    ("text", "known", "is_place"),
    [
        ("Министерство культуры", MINISTRY, True),
        ("Bank", entity("Bank Anglii", type="organization"), True),
        ("Gazprom", entity("Gazprom Neft", type="organization"), False),
        ("Министерство культуры Италии", MINISTRY, False),
        ("Kyiv", entity("Kyiv Ukraine", type="location"), False),  # where it is, not another Kyiv
        ("Brechalov", entity("Brechalov Russia"), False),
    ],
)
def test_a_place_more_in_the_registry(text: str, known: Entity, is_place: bool) -> None:
    assert value("words_missing", "alias_place", text, known) == is_place


@pytest.mark.parametrize(
    ("text", "name", "least", "most"),
    [
        ("Київ", "Київ", 1.0, 1.0),
        ("Київ", "Киев", 0.7, 0.8),
        ("Київ", "Kyiv", 0.9, 1.0),  # of two scripts, as they are folded
        ("I Petrov", "Ivan Petrov", 1.0, 1.0),  # the word that an initial stands for is cut to it
        ("O Petrov", "Ivan Petrov", 0.5, 0.9),
    ],
)
def test_likeness_as_written(text: str, name: str, least: float, most: float) -> None:
    known = entity(name, type="location" if "K" in name.upper() else "person")

    assert least <= value("spelling", "as_written", text, known) <= most


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("Brechalov", {"part"}),
        ("brechalov", {"part", "lower"}),
        ("Aleksandr", {"part", "inner"}),
        ("aleksandr", {"part", "inner", "lower"}),
    ],
)
def test_a_lone_word_is_told_by_its_place_and_its_case(text: str, features: set[str]) -> None:
    finding = said_by("loose_word", text, entity("Aleksandr Brechalov", type="organization"))

    assert finding is not None
    assert finding.values.keys() == features


@pytest.mark.parametrize(
    ("alias", "told"),
    [
        (0, None),  # the main name
        (1, None),  # a part of it
        (2, "Etihad Airways is unlike British Airways plc"),
    ],
)
def test_a_name_unlike_the_main_one_is_odd(alias: int, told: str | None) -> None:
    known = entity("British Airways plc", "British Airways", "Etihad Airways", type="organization")
    finding = said_by("odd_name", "Etihad Airways", known, alias=alias)

    assert (finding.text if finding else None) == told


def test_what_has_one_name_has_no_odd_one() -> None:
    assert said_by("odd_name", "Etihad Airways", entity("Etihad", type="organization")) is None


@pytest.mark.parametrize(
    ("text", "name", "is_own"),
    [
        ("Києву", "Київ", True),
        ("Північній", "Північна", True),  # a generic word in another case
        ("Київ", "Kyiv", False),
        ("Kyiv", "KYIV", True),
        ("Kyiw", "Kyiv", False),
    ],
)
def test_two_words_are_written_the_same(text: str, name: str, is_own: bool) -> None:
    known = entity(name, type="location")
    index, form = AliasIndex([known]), analyse(text)
    assert form is not None
    pair = align(mention(text), index.query(form), index.entries[0])

    assert pair.pairs
    assert all(map(is_as_written, pair.pairs)) == is_own


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [("A. Brechalov", "Aleksandr Brechalov", "A Brechalov"), ("Brechalov", "Aleksandr Brechalov", None)],
)
def test_words_are_cut_to_initials(text: str, name: str, expected: str | None) -> None:
    known = entity(name)
    index, form = AliasIndex([known]), analyse(text)
    assert form is not None

    assert as_initialled(align(mention(text), index.query(form), index.entries[0])) == (expected or name)
