"""The language of a text, long or short."""

from collections import Counter

import pytest

from resolver.mentions.languages import language_of
from resolver.mentions.segments import words


def language(text: str) -> str | None:
    """The language of a text."""
    return language_of(Counter(word.text for word in words(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The house was not built by them.", "en"),
        ("Troops die in the war, and all hope is gone.", "en"),
        ("La Vanguardia", "en"),
        ("U.S., U.K. and E.U. have dots.", "en"),
        ("Он не знает, что это было.", "ru"),
        ("Він не знає, що це було.", "uk"),
        ("Державне бюро створене у Києві.", "uk"),
        ("Ён не ведае, што гэта было.", "be"),
        ("Той не знае какво беше това.", "bg"),
        ("Он не зна шта је то било.", "sr"),
        ("On ne zna šta se to desilo i zašto su tamo.", "sr"),
        ("On nie wie, co to było.", "pl"),
        ("On neví, co to bylo, ale je to tak.", "cs"),
        ("On ne ve, kaj je to bilo, in zakaj.", "sl"),
        ("Das Tor war geschlossen, und der Hund lag im Garten.", "de"),
        ("Il y a un train pour Kiev.", "fr"),
    ],
)
def test_language(text: str, expected: str) -> None:
    """Function words tell it; names and words that are frequent in several languages do not."""
    assert language(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prezident Petr Pavel přijal Donalda Tuska.", "cs"),
        ("Szef Rosnieftu nie przyjechał.", "pl"),
        ("Następnie szczepionkę otrzymają seniorzy.", "pl"),
        ("Kajo Kallas je sprejel Mark Rutte.", "sl"),
        ("Президентът на Русия говори с премиера.", "bg"),
        ("Никол Пашинян разговаря с Илхам Алиев.", "bg"),
        ("Над Чорним морем збили Су-34.", "uk"),
        ("Над Чёрным морем сбили Су-34.", "ru"),
        ("Прэзідэнт прыехаў у Мінск.", "be"),
        ("Predsednik Srbije je rekao da neće doći.", "sr"),
        ("Der Präsident sprach mit Orbán.", "de"),
        ("Le président a reçu Emmanuel Macron.", "fr"),
    ],
)
def test_language_of_a_sentence(text: str, expected: str) -> None:
    """Frequent words and letters tell it where there are few function words."""
    assert language(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Vučić met Łukasz Škoda and Jiří Dvořák in Białystok.",
        "Emmanuel Macron",
        "Robert Fičo: no more weapons",
        "Nord Stream 2",
        "Martin Van Buren (1840)",
        "",
    ],
)
def test_names_do_not_tell_the_language(text: str) -> None:
    """Nor do the letters in them; what is left is taken for English."""
    assert language(text) == "en"


@pytest.mark.parametrize("text", ["Владимир Путин", "Гарпія-А1", "ТАСС"])
def test_names_in_cyrillic_are_in_one_of_its_languages(text: str) -> None:
    assert language(text) in {"ru", "uk"}


def test_letters_that_look_alike_are_read_as_meant() -> None:
    """A Bulgarian sentence with Latin a, e, o and c."""
    assert language("Тoчнo cрeщу чeрквaтa ce нaмирa eдин зaпуcнaт пaрцeл") == "bg"


def test_a_long_text_in_another_language_has_none() -> None:
    assert language("xyzzy qwfp zxcv " * 30) is None
