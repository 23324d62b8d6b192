"""Numbers and designations: one normal form for every way to write them, and no two things under one."""

import pytest

from resolver.language.designators import designator, ordinal, ordinal_initials
from resolver.language.lexicon import key_of
from resolver.language.organizations import concept
from resolver.language.tables import read_table


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("А1", "a1"),
        ("A1", "a1"),
        ("А-1", "a1"),
        ("9К33", "9k33"),
        ("9K33", "9k33"),
        ("M2E", "m2e"),
        ("М2Э", "m2e"),
        ("F-16", "f16"),
        ("F16", "f16"),
        ("С-300", "s300"),
        ("C-300", "s300"),
        ("Х-101", "kh101"),
        ("Kh-101", "kh101"),
        ("X-101", "kh101"),
        ("Ch-101", "kh101"),
        ("CH-47", "ch47"),
        ("Cy-34", "su34"),
        ("Ty-95", "tu95"),
        ("Cyprus-34", "cyprus34"),
        ("Ту-22М3", "tu22m3"),
        ("Tu-22M3", "tu22m3"),
        ("COVID-19", "covid19"),
        ("155", "155"),
        ("01", "1"),
        ("A05", "a5"),
        ("100", "100"),
        ("0", "0"),
        ("000", "0"),
    ],
)
def test_designations_have_one_normal_form(word: str, expected: str) -> None:
    """Scripts, hyphens, case and leading zeros do not matter."""
    assert designator(word) == expected


@pytest.mark.parametrize(
    "word",
    [
        "155-я",
        "155я",
        "155-ю",
        "155-й",
        "155-ої",
        "155-а",
        "155th",
        "155-го",
        "№155",
        "№ 155",
        "#155",
        "No155",
        "No.155",
    ],
)
def test_ordinal_endings_and_number_signs_are_dropped(word: str) -> None:
    """The 155th brigade is number 155 in every case and language."""
    assert designator(word) == "155"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("47-ма", "47"), ("1st", "1"), ("2nd", "2"), ("3rd", "3"), ("4-та", "4"), ("12-та", "12"), ("3-тя", "3")],
)
def test_short_ordinals(word: str, expected: str) -> None:
    """Ordinals of other numbers, in English and Ukrainian."""
    assert designator(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"), [("9м", "9m"), ("2а", "2a"), ("76мм", "76mm"), ("5G", "5g"), ("9М", "9m"), ("3D", "3d")]
)
def test_a_letter_of_a_designation_is_no_ordinal_ending(word: str, expected: str) -> None:
    """Without a hyphen the letter belongs to the designation."""
    assert designator(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("II", "2"),
        ("III", "3"),
        ("ІІІ", "3"),
        ("IV", "4"),
        ("VI", "6"),
        ("IX", "9"),
        ("ХІІ", "12"),
        ("XVI", "16"),
        ("XXIX", "29"),
        ("XXX", "30"),
    ],
)
def test_roman_numerals_are_numbers(word: str, expected: str) -> None:
    """Roman numerals in capitals, also when they are typed in Cyrillic."""
    assert designator(word) == expected


@pytest.mark.parametrize(
    "word",
    [
        "",
        " ",
        "-",
        "№",
        "Kupol",
        "Купол",
        "I",
        "V",
        "X",
        "Х",
        "ii",
        "Ii",
        "Xi",
        "MI",
        "LI",
        "CD",
        "DC",
        "MM",
        "IIII",
        "VV",
        "IXI",
        "XXXX",
        "Viktor",
        "VIX",
    ],
)
def test_words_without_a_number_are_no_designations(word: str) -> None:
    """One letter is an initial, and most pairs of Roman letters are names."""
    assert designator(word) is None


@pytest.mark.parametrize(
    ("left", "right"), [("A1", "А-1"), ("a1", "A1"), ("№5", "5"), ("II", "2"), ("155-я", "155th"), ("11-12", "11–12")]
)
def test_same_designators(left: str, right: str) -> None:
    """Two ways to write one thing, in both directions."""
    assert designator(left) == designator(right) is not None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("A1", "A2"),
        ("A1", "A11"),
        ("A-11", "A-1"),
        ("9K33", "9K3"),
        ("M2", "M2E"),
        ("S-300", "S-400"),
        ("11-12", "1112"),
        ("1-12", "11-2"),
        ("2", "III"),
        ("Kupol", "Kupol"),
        ("", ""),
        ("5", "Kupol"),
    ],
)
def test_a_different_number_is_a_different_thing(left: str, right: str) -> None:
    """Nothing is fuzzy, and what is no designation is the same as nothing."""
    assert designator(left) != designator(right) or designator(left) is None


@pytest.mark.parametrize(
    "word", ["А1", "9К33", "155-я", "С-300", "X-101", "11-12", "01", "II", "COVID-19", "٤٢", "Ａ１"]
)
def test_normalising_twice_is_normalising_once(word: str) -> None:
    """A normal form is its own normal form."""
    normal = designator(word)
    assert normal
    assert designator(normal) == normal


def test_digits_of_other_scripts_count() -> None:
    """Arabic-Indic and full-width digits are digits."""
    assert designator("٤٢") == "42"
    assert designator("Ａ１") == "a1"


ORDINALS = [(number, word) for number, words in read_table("ordinals") for word in words]


def test_every_ordinal_in_words_is_its_number() -> None:
    """Each entry of the table; none says two numbers, and none is a generic word."""
    assert {word: ordinal(key_of(word)) for _, word in ORDINALS} == {word: number for number, word in ORDINALS}
    assert [word for _, word in ORDINALS if concept(key_of(word))] == []


def test_no_given_name_is_an_ordinal() -> None:
    """Сёма is not the seventh, whom Ukrainian writes with the same letters."""
    names = [value.lstrip("~") for row, values in read_table("given_names") for value in (row.split()[0], *values)]
    assert [name for name in names if ordinal(key_of(name))] == []


@pytest.mark.parametrize(
    "word", ["друга", "друзья", "one", "two", "firstly", "Третьяк", "Третьяков", "Пятаков", "Шестаков", "Десятов"]
)
def test_other_words_are_no_ordinals(word: str) -> None:
    """A friend's, counting words, and surnames."""
    assert ordinal(key_of(word)) is None


@pytest.mark.parametrize(
    ("number", "letters"), [("1", {"p"}), ("2", {"v", "d"}), ("3", {"t"}), ("9", {"d"}), ("13", set()), ("a1", set())]
)
def test_letters_of_ordinals(number: str, letters: set[str]) -> None:
    """As Russian and Ukrainian have them; other numbers give none."""
    assert set(ordinal_initials(number)) == letters
