"""Names of the registry in running text: in their case forms, the longest, and nothing that only looks like one."""

from itertools import pairwise

import pytest
from factories import entity
from fuzzing.nasty import letters_of

from resolver.index import AliasIndex
from resolver.memory import MANY
from resolver.mentions.known import KnownNames
from resolver.mentions.segments import words
from resolver.model import Alias

KNOWN = KnownNames(
    AliasIndex(
        [
            entity("Aleksandr Brechalov", "Brechalov"),
            entity("Vladimir Putin", "Putin"),
            entity("Kupol", "Izhevsk Electromechanical Plant Kupol", "Kupol plant", type="organization"),
            entity("Security Service of Ukraine", "SBU", type="organization"),
            entity("Air Defence of Poland", type="organization"),
            entity("Ukraine", type="location"),
            entity("Izhevsk", type="location"),
            entity("Israel", type="location"),
            entity("Garpiya-A1", "Garpiya", type="product"),
            entity("Osa", "9K33", type="product"),
            entity("Tor missile system", type="product"),
            entity("iPhone", Alias("drone boat"), type="product"),
        ]
    )
)


def found(text: str, lang: str | None = None) -> list[str]:
    """The names that are found in a text, in order."""
    return [text[start:end] for start, end in KNOWN.find(text, words(text), lang)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aleksandr Brechalov spoke.", ["Aleksandr Brechalov"]),
        ("Brechalov and Putin met in Izhevsk", ["Brechalov", "Putin", "Izhevsk"]),
        ("Встреча с Александром Бречаловым в Ижевске", ["Александром Бречаловым", "Ижевске"]),
        ("Купол завод", ["Купол завод"]),
        ("завод «Купол»", ["Купол"]),
        ("the Security Service of Ukraine", ["Security Service of Ukraine"]),
        ("агенти Служби безпеки України", ["Служби безпеки України"]),
        ("SBU drones", ["SBU"]),
        ("Garpiya-A1, the drone", ["Garpiya-A1"]),
        ("Гарпію-А1 збирають", ["Гарпію-А1"]),
        ("the 9K33 (Osa)", ["9K33", "Osa"]),
        ("BRECHALOV", ["BRECHALOV"]),
        ("Ukraine's drones", ["Ukraine"]),
        ("a drone boat at sea", ["drone boat"]),
    ],
)
def test_names_of_the_registry_are_found(text: str, expected: list[str]) -> None:
    """In any script and case form."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the security service of Ukraine", ["security service of Ukraine"]),
        ("агенти служби безпеки України", ["служби безпеки України"]),
        ("служба Безпеки України", ["служба Безпеки України"]),
        ("the air defence of Poland", ["air defence of Poland"]),
        ("the defence of Poland", []),
        ("security and secret service of Ukraine", ["Ukraine"]),
        ("security, service of Ukraine", ["Ukraine"]),
    ],
)
def test_a_name_may_start_in_small_letters(text: str, expected: list[str]) -> None:
    """If it goes on to a capital, over words and phrases that all belong to it."""
    assert found(text) == expected


@pytest.mark.parametrize("unit", ["Аа ", "служба безпеки ", "служба безпеки України ", "air defence ", "Security of "])
def test_time_is_linear(unit: str) -> None:
    """A line that repeats what names begin with is read in no time; quadratic work would not end."""
    text = unit * (100_000 // len(unit))
    assert len(found(text)) <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing to see here.",
        "Emma Daniels went to Kazan.",
        "Rasputin",
        "osa",  # a wasp
        "the kupol of the church",
        "9K34",
        "Brechelov",  # typos are found by their shape
        "Tor Browser",
        "Security in Ukrainian service",
        "https",
    ],
)
def test_other_words_are_not(text: str) -> None:
    """Not in lower case, not with another number, and not as a part of a word."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Izhevsk Electromechanical Plant Kupol", ["Izhevsk Electromechanical Plant Kupol"]),
        ("the Kupol plant", ["Kupol plant"]),
        ("Izhevsk Electromechanical", ["Izhevsk"]),
        ("Security Service of Kyiv", []),
        ("Security Service of Ukraine Ukraine", ["Security Service of Ukraine", "Ukraine"]),
    ],
)
def test_the_longest_name_wins(text: str, expected: list[str]) -> None:
    """And what is left of a longer one is found again."""
    assert found(text) == expected


@pytest.mark.parametrize("gap", [" ", "  ", "\n", " «", "-", "\u00a0"])
def test_words_of_a_name_may_be_apart(gap: str) -> None:
    """By spaces, a line end, a quotation mark, a hyphen."""
    assert found(f"Aleksandr{gap}Brechalov") == [f"Aleksandr{gap}Brechalov"]


@pytest.mark.parametrize("gap", [", ", ".\n", "; ", "\n\n", ": ", "! ", " said to "])
def test_a_break_ends_a_name(gap: str) -> None:
    """A comma, a sentence, a paragraph, other words."""
    assert found(f"Aleksandr{gap}Brechalov") == ["Brechalov"]


@pytest.mark.parametrize(("lang", "expected"), [("en", []), (None, ["Israela"]), ("pl", ["Israela"])])
def test_english_has_no_slavic_cases(lang: str | None, expected: list[str]) -> None:
    """A form that is a Slavic genitive is another word in English."""
    assert found("Israela", lang) == expected


@pytest.mark.parametrize(
    "text", ["Kupol", "Ivan Brechalov met Putin, Osa, Tor missile system.", "SBU SBU SBU", "𝕆sa Osa"]
)
def test_spans_are_in_order_and_apart(text: str) -> None:
    """No character belongs to two names."""
    spans = KNOWN.find(text, words(text))

    assert spans
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_index_of_nothing_knows_no_names() -> None:
    """An empty registry finds nothing."""
    assert KnownNames(AliasIndex([])).find("Kupol", words("Kupol")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Hill writes.", "The Hill"),
        ("So The Hill writes.", "The Hill"),
        ("On Hill Street.", "Hill"),
        ("OThe Hill", "Hill"),
        ("It is called Yahoo! by all.", "Yahoo!"),
        ("It is Yahoo, or so.", "Yahoo"),
    ],
)
def test_what_an_alias_holds_around_its_words_belongs_to_the_span(text: str, expected: str) -> None:
    """An article and a sign, wherever the text has them, also at its very start."""
    names = KnownNames(AliasIndex([entity("The Hill", type="organization"), entity("Yahoo!", type="organization")]))

    assert [text[start:end] for start, end in names.find(text, words(text), "en")] == [expected]


def test_words_of_a_long_text_are_looked_up_once() -> None:
    """Also where it holds more of them than are remembered: the look for starts passes on what it finds."""
    text = "".join(f"and {letters_of(number).capitalize()} " for number in range(2 * MANY))
    before = KNOWN._keys.cache_info().misses
    found(text)

    assert KNOWN._keys.cache_info().misses - before <= 1.1 * 2 * MANY
