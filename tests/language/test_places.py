"""Names of places across languages, and of their peoples: one place, another place, or no place at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.language.places import PlaceName, place_names, place_relation
from resolver.language.romanization import fold, fold_words, romanize
from resolver.language.tables import read_table

ENTRIES = [(place, word) for place, words in read_table("places") for word in words]


def key(word: str) -> str:
    return fold(romanize(word) or "")


def test_every_entry_fires_on_its_own_citation_form() -> None:
    """A word that its own row does not find would be a line that nobody reads."""
    keys = fold_words([word.lstrip("~") for _, word in ENTRIES])
    silent = [
        (place, word)
        for (place, word), folded in zip(ENTRIES, keys, strict=True)
        if PlaceName(place, word.startswith("~")) not in place_names(folded)
    ]

    assert silent == []


def test_every_entry_is_one_word_of_three_letters_or_more() -> None:
    """A name of several words, or one of two letters, would never be looked up."""
    assert [word for _, word in ENTRIES if " " in word or "-" in word or len(key(word.lstrip("~"))) < 3] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wiedeń", "Vídeň"),
        ("Dunaj", "Вена"),
        ("Německo", "Германия"),
        ("Niemcy", "Nemčija"),
        ("Rzym", "Řím"),
        ("Londýn", "Лондон"),
        ("Węgry", "Maďarsko"),
        ("Угорщина", "Унгария"),
        ("Запорожье", "Zaporizhzhia"),
        ("Czernihów", "Чернігів"),
        ("Rakousko", "Австрія"),
        ("Benátky", "Венеция"),
        ("Lipsk", "Leipzig"),
        ("Niderlandy", "Голландия"),
        ("Francuzi", "французы"),
        ("Basilej", "Bazylea"),
        ("Soluň", "Салоники"),
        ("Korutany", "Koroška"),
        ("Mohuč", "Moguncja"),
        ("Дюселдорф", "Duesseldorf"),
        ("Štajerska", "Штирия"),
        ("Wełtawa", "Влтава"),
        ("Američanko", "американцы"),
    ],
)
def test_two_names_of_one_place_are_exonyms(one: str, other: str) -> None:
    """Languages name a place each in their own way, in both directions."""
    assert place_relation(key(one), key(other)) == "exonym"
    assert place_relation(key(other), key(one)) == "exonym"


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("Vídni", "Wien"),
        ("Wiedniem", "Вена"),
        ("Niemczech", "Германия"),
        ("Угорщиною", "Węgry"),
        ("Maďarskem", "Унгария"),
        ("Benátkách", "Wenecja"),
    ],
)
def test_case_forms_of_a_name_are_read(form: str, base: str) -> None:
    """A place is found in any case, of whatever language."""
    assert place_relation(key(form), key(base)) == "exonym"


@pytest.mark.parametrize(
    ("people", "name"),
    [
        ("польский", "Polska"),
        ("норвежского", "Norsko"),
        ("Maďarů", "Венгрия"),
        ("латвийцах", "Lotyšsko"),
        ("Szwajcarów", "Швейцария"),
        ("афганским", "Afghanistan"),
        ("Danci", "Дания"),
        ("londýnského", "Лондон"),
        ("Egyptian", "Египет"),
        ("колорадских", "Colorado"),
        ("wołyńskiego", "Волынь"),
        ("Turków", "Турция"),
    ],
)
def test_a_people_or_an_adjective_is_a_demonym_of_its_place(people: str, name: str) -> None:
    """Of the place, but not its name: it says so in both directions."""
    assert place_relation(key(people), key(name)) == "demonym"
    assert place_relation(key(name), key(people)) == "demonym"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Austria", "Австралия"),
        ("Slovinsko", "Словакия"),
        ("Niger", "Нигерия"),
        ("Iran", "Ирак"),
        ("Litva", "Латвия"),
        ("Monako", "Марокко"),
        ("Indonezja", "Индия"),
        ("Mali", "Малави"),
        ("Белград", "Berlin"),
        ("Bukareszt", "Будапешт"),
        ("словенский", "Slovakia"),
        ("Краснодарский", "Krasnoyarsk"),
        ("Томск", "Omsk"),
        ("Молдова", "Мордовия"),
        ("Чернигов", "Чернівці"),
        ("Генуя", "Женева"),
        ("Hesja", "Rosja"),
    ],
)
def test_names_of_two_places_are_known_to_differ(one: str, other: str) -> None:
    """Near twins stay apart, however alike they look."""
    assert place_relation(key(one), key(other)) == ""


@pytest.mark.parametrize(
    "word",
    ["Бречалов", "Купол", "Иванова", "Roman", "Pavel", "Marian", "Nový", "osa", "", "Индианаполис", "Полищук", "Чехов"],
)
def test_other_words_are_no_places(word: str) -> None:
    """A surname that starts like a place is none."""
    assert place_names(key(word)) == ()


@pytest.mark.parametrize("form", ["slovenska", "Нигера"])
def test_a_form_of_two_places_is_read_as_neither(form: str) -> None:
    """Slovenska is of Slovakia in Czech and Slovene in Slovene: what may be either says nothing."""
    assert place_names(key(form)) == ()


def test_one_name_may_be_that_of_two_places() -> None:
    """Dunaj is Vienna in Slovene, and the Danube in Polish."""
    assert [name.place for name in place_names(key("Dunaj"))] == ["vienna", "danube"]


@given(st.text("abehiklmnoprstuv", max_size=9), st.sampled_from(["vien", "polsa", "osa", ""]))
def test_a_relation_holds_in_both_directions(left: str, right: str) -> None:
    """Which of two words is the mention does not matter."""
    assert place_relation(left, right) == place_relation(right, left)
