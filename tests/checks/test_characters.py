"""Ids and names that are not what they seem."""

import unicodedata

import pytest
from factories import entity
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.checks import Finding, Places
from resolver.checks.characters import character_findings, seen
from resolver.model import Entity
from resolver.registry import Registry

# Another id that an eye takes for person:ivanov-cafe, and what tells it
TWINS = {
    "a Cyrillic letter": "person:iv\u0430nov-cafe",
    "a word of Cyrillic letters": "p\u0435rs\u043en:iv\u0430n\u043ev-caf\u0435",
    "a Greek letter": "person:ivan\u03bfv-cafe",
    "full width": "person:\uff49vanov-cafe",
    "a letter of mathematics": "person:\U0001d422vanov-cafe",
    "zero width": "person:iva\u200bnov-cafe",
    "a joiner": "person:iva\u2060nov-cafe",
    "a soft hyphen": "person:iva\u00adnov-cafe",
    "an override": "person:\u202eivanov-cafe",
    "a mark of direction": "person:ivanov-cafe\u200e",
    "a tag": "person:ivanov\U000e0061-cafe",
    "private use": "person:ivanov\ue000-cafe",
    "no character": "person:ivanov\ufdd0-cafe",
    "capitals": "person:Ivanov-Cafe",
}
PLAIN = "person:ivanov-cafe"


def found(*entities: Entity) -> list[Finding]:
    """The findings in a registry of these entities."""
    return list(character_findings(Registry.from_entities(entities), Places()))


@pytest.mark.parametrize("twin", TWINS.values(), ids=TWINS)
def test_ids_that_look_the_same(twin: str) -> None:
    """The later one is named, with the character that tells it from the first, and the place of the first."""
    findings = found(entity("Ada", id=PLAIN), entity("Bob", id=twin))
    (each,) = [each for each in findings if each.code == "R025"]
    odd = [char for char in twin if char not in PLAIN]

    assert (each.entity_id, each.text) == (twin, twin)
    assert [place.path for place in each.related] == [PLAIN]
    assert "U+" in each.message
    assert all(f"U+{ord(char):04X}" in each.message for char in odd[:3])


@pytest.mark.parametrize(
    "twin",
    [twin for title, twin in TWINS.items() if title not in ("capitals", "full width", "a letter of mathematics")],
)
def test_an_odd_id_is_found_alone(twin: str) -> None:
    """Its twin may be in another registry."""
    assert [each.code for each in found(entity("Bob", id=twin))] == ["R033"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("person:ivanov", "person:ivanova"), ("product:t-72", "product:t-72b"), ("product:a-1", "product:a1"),
        ("person:иванов", "person:иванова"), ("person:café", "person:cafe"), ("person:иванов", "person:ivanov"),
        ("x:1", "x:l"), ("location:tver", "location:твер"),
    ],
)  # fmt: skip
def test_ids_that_can_be_told_apart(one: str, other: str) -> None:
    """Neither two of them, nor one alone."""
    assert found(entity("Ada", id=one), entity("Bob", id=other)) == []


def test_the_forms_of_unicode_are_one_to_the_eye() -> None:
    """The id whose accents are apart is odd as well."""
    composed, decomposed = "person:caf\u00e9", "person:cafe\u0301"

    assert [each.code for each in found(entity("Ada", id=composed), entity("Bob", id=decomposed))] == ["R025", "R033"]
    assert "U+0301 COMBINING ACUTE ACCENT" in found(entity("Bob", id=decomposed))[0].message


def test_an_old_id_counts() -> None:
    """Who looks up the old one of the one gets the other; but an entity may have had any ids itself."""
    old = "person:iv\u0430nov"

    assert [each.code for each in found(entity("Ada", id="person:ivanov"), entity("Bob", redirects=(old,)))] == ["R025"]
    assert found(entity("Ada", id="person:ivanov", redirects=(old,))) == []


@pytest.mark.parametrize(
    "hidden",
    ["\u200b", "\u2060", "\u202e", "\u2066", "\U000e0041", "\ue000", "\ufdd0", "\ufeff", "\ufff9", "\U000f0000"],
)
def test_a_name_with_what_is_not_seen(hidden: str) -> None:
    """In the name and in an alias."""
    findings = found(entity("Ada", f"Pet{hidden}rov"), entity(f"Bo{hidden}b", id="person:bob"))

    assert [(each.code, each.text) for each in findings] == [("R034", f"Pet{hidden}rov"), ("R034", f"Bo{hidden}b")]
    assert all(f"U+{ord(hidden):04X}" in each.message for each in findings)


@pytest.mark.parametrize(
    "name", ["می\u200cخواهم", "क्\u200dष", "محمد\u200f", "Donau\u00addampf", "Їжак", "Café", "Cafe\u0301", "東京"]
)
def test_what_a_script_needs_is_left_alone(name: str) -> None:
    """Joiners and marks of direction are part of the spelling."""
    assert found(entity("Ada", name)) == []


@settings(deadline=None)
@given(st.text(max_size=20))
def test_what_is_seen_is_seen_once(text: str) -> None:
    """It depends neither on capitals nor on the form of Unicode."""
    assert seen(unicodedata.normalize("NFD", text)) == seen(unicodedata.normalize("NFC", text))
    assert seen(text + "\u200b") == seen(text)
