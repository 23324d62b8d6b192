"""Acronyms and the names that they are made of."""

import pytest

from resolver.forms import SurfaceForm, analyse
from resolver.initialisms import acronym_readings, acronym_run, name_readings, readings, usualness


def form_of(text: str, lang: str | None = None) -> SurfaceForm:
    """The form of a text that has one."""
    form = analyse(text, lang)
    assert form is not None
    return form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Служба безпеки України", "sbu"),
        ("Security Service of Ukraine", "ssu"),
        ("Defence Intelligence", "di"),
        ("Scientific Production Association", "npo"),
        ("Научно-производственное объединение", "spa"),
        ("Research Institute of Space Instruments", "niikp"),
        ("Tula Machine Building Plant", "tmz"),
        ("Computing Research Institute", "niiv"),
    ],
)
def test_names_of_several_words_have_initials(text: str, expected: str) -> None:
    """Their own, those of their generic words in Russian and in English, and with the kind in front."""
    assert expected in readings(form_of(text).tokens)


@pytest.mark.parametrize("text", ["Kupol", "A B C D E F G H I J Kovalenko"])
def test_single_words_and_sentences_have_no_initials(text: str) -> None:
    """One letter is no acronym, and eleven make none."""
    assert readings(form_of(text).tokens) == frozenset()


def test_languages_are_not_mixed() -> None:
    """НПО or SPA, but never SPO: nobody translates half of an acronym."""
    assert "spo" not in readings(form_of("Research and Production Association").tokens)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("НПО Ижевские беспилотные системы", "ibs"),
        ("V.V. Tikhomirov Scientific Research Institute of Instrument Engineering", "niip"),
        ("Scientific Research Institute of Instrument Engineering named after V.V. Tikhomirov", "niip"),
    ],
)
def test_a_name_may_be_shortened_without_its_front_or_its_hero(text: str, expected: str) -> None:
    """What kind of firm it is, and after whom it is named, is often no part of the acronym."""
    assert expected in name_readings(form_of(text))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ЦНИИ", ("cnii",)),
        ("TsNIIAG", ("cniiah", "tsniiah")),
        ("НИИмаш", ("niim",)),
        ("ГосНИИП", ("hniip",)),
        ("БелОМО", ("bomo",)),
    ],
)
def test_acronyms_are_read_letter_by_letter(word: str, expected: tuple[str, ...]) -> None:
    """Digraphs, a syllable in front and a cut word behind give one letter."""
    assert acronym_readings(word) == expected


@pytest.mark.parametrize("word", ["Kupol", "Купол", "osa", "А", "МиГ", "Tsentr", "GAZPROMVOLGA", "A1", ""])
def test_other_words_are_no_acronyms(word: str) -> None:
    """Plain words, single letters, numbers and what is too long."""
    assert acronym_readings(word) == ()


def test_an_acronym_finds_its_run_of_words() -> None:
    """The rest of the name is left alone."""
    words = form_of("Kazan Helicopter Plant Repair Service").tokens
    assert [token.text for token in acronym_run(form_of("КВЗ Ремсервис").tokens[0], words)] == [
        "Kazan",
        "Helicopter",
        "Plant",
    ]


@pytest.mark.parametrize("text", ["ВКЗ Ремсервис", "Квз Ремсервис", "КВЗД Ремсервис"])
def test_other_letters_find_none(text: str) -> None:
    """Another order, another letter, or a word that is no acronym."""
    assert acronym_run(form_of(text).tokens[0], form_of("Kazan Helicopter Plant Repair Service").tokens) == ()


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Красмаш", "Krasnoyarsk Machine-Building Plant"),
        ("КРАСМАШ", "Красноярский машиностроительный завод"),
        ("Севмаш", "Severnoye mashinostroitelnoye predpriyatie"),
        ("Курганмашзавод", "Курганский машиностроительный завод"),
        ("Уралвагонзавод", "Ural Wagon Plant"),
        ("Туламашзавод", "Tula Machine Building Plant"),
    ],
)
def test_names_of_syllables(word: str, text: str) -> None:
    """The beginning of a place and the syllables of generic words, in the order of the long name."""
    assert not name_readings(form_of(text)).isdisjoint(acronym_readings(word))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Красмаш", "Samara Machine-Building Plant"),
        ("Красмаш", "Krasnoyarsk Aluminium Plant"),
        ("Radiopribor", "Saratov Radio Instrument Plant"),
        ("Купол", "Kursk Plant"),
    ],
)
def test_other_names_of_syllables(word: str, text: str) -> None:
    """Another place, another trade, a part of a name, and a plain word."""
    assert name_readings(form_of(text)).isdisjoint(acronym_readings(word))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("North Atlantic Treaty Organization", "nato"),
        ("Khabarovsk Shipbuilding Plant", "hsz"),
        ("Research Institute of Communication and Control Systems", "niissu"),
        ("Research Institute of Electronic Engineering Materials", "niimet"),
        ("Far Eastern Shipbuilding and Ship Repair Center", "dcss"),
    ],
)
def test_english_words_and_russian_order(text: str, expected: str) -> None:
    """The English word counts beside its concept, Kh is one letter, and what English says last Russian says first."""
    assert expected in name_readings(form_of(text))


def test_a_russian_word_gives_its_own_letters() -> None:
    """ОСК is the United Shipbuilding Corporation: an aircraft is a самолёт too, but the name says авиастроительная."""
    found = readings(form_of("Объединённая авиастроительная корпорация").tokens)

    assert "oak" in found
    assert "osk" not in found


def test_the_first_letters_are_the_usual_ones() -> None:
    """An acronym in the order of the words is surer than one of rarer letters, or of a place that is cut."""
    tula, krasnoyarsk = form_of("Tula Machine Building Plant"), form_of("Krasnoyarsk Machine Building Plant")

    assert usualness(tula, ["tmz"]) > usualness(tula, ["tzms"])
    assert usualness(krasnoyarsk, ["krasnoiarskmas"]) > usualness(krasnoyarsk, ["krasmas"])


@pytest.mark.parametrize("words", [2, 4, 8])
def test_initials_are_no_longer_than_an_acronym(words: int) -> None:
    """Acronyms within the name give all of their letters, and ten letters are the most that is looked up."""
    name = " ".join(["Vega", *(f"НИИСУКБ{letter}" for letter in "АБВГДЕЖ")][:words])

    assert all(len(letters) <= 10 for letters in readings(form_of(name).tokens))
