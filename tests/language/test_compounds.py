"""Arabic names of two words in one: what may stand in a word, what is written as one, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.language.compounds import is_same_compound, is_written_as_one, names_in
from resolver.language.lexicon import key_of


def keys(*words: str) -> list[str]:
    """The folded keys of words."""
    return [key_of(word) for word in words]


@pytest.mark.parametrize(
    ("one", "two", "word"),
    [
        ("Abd", "Malik", "Abdelmalek"),
        ("Abdul", "Latif", "Abdellatif"),
        ("Abd", "Aziz", "Abdulaziz"),
        ("Abdur", "Rahman", "Abdirahman"),
        ("Abdoul", "Salam", "Abdussalam"),
        ("Abd", "Nur", "Abdennour"),
        ("Абд", "Рахман", "Абдурахман"),
        ("Badr", "Din", "Badreddine"),
        ("Noor", "Din", "Nooruddin"),
        ("Zia", "Din", "Ziauddin"),
        ("Jalal", "Din", "Джалалуддин"),
        ("Ansar", "Allah", "Ansarullah"),
        ("Obaid", "Ullah", "Ubaidullah"),
        ("Rahmat", "Allah", "Rahmatollah"),
        ("Khalil", "Rahman", "Khalilurrahman"),
        ("Habib", "Rehman", "Habiburrahman"),
    ],
)
def test_names_that_are_written_as_one(one: str, two: str, word: str) -> None:
    """With whatever article, and in the vowels of any scheme."""
    assert is_written_as_one(*keys(one, two, word))


@pytest.mark.parametrize(
    ("one", "two", "word"),
    [
        ("Abd", "Khaliq", "Abdelmalek"),
        ("Abd", "Ghafur", "Abdulghaffar"),
        ("Abd", "Rahim", "Abdurrahman"),
        ("Ali", "Malik", "Abdelmalek"),
        ("Siraj", "Din", "Badruddin"),
        ("Badr", "Allah", "Badruddin"),
        ("Ansar", "Islam", "Ansarullah"),
        ("Boris", "Din", "Borodin"),
        ("El", "Burhan", "Elburhan"),
        ("Vladimir", "Putin", "Putin"),
    ],
)
def test_names_that_are_not(one: str, two: str, word: str) -> None:
    """Another name, another part, and words that only end like one."""
    assert not is_written_as_one(*keys(one, two, word))


@pytest.mark.parametrize(
    ("word", "other", "same"),
    [
        ("Hizballah", "Hezbollah", True),
        ("Хезболла", "Hizbullah", True),
        ("Jallalouddine", "Jalaluddin", True),
        ("Abdelmalek", "Abdulmalik", True),
        ("Badruddin", "Sadruddin", False),
        ("Abdulghafur", "Abdulghaffar", False),
        ("Hizballah", "Ansarullah", False),
        ("Elburhan", "Alburhan", False),  # the article says nothing of a name
        ("Borodin", "Baradin", False),
        ("Paola", "Paula", False),
        ("Mandela", "Mandala", False),
    ],
)
def test_compounds_of_the_same_names(word: str, other: str, same: bool) -> None:
    """Beside the same part."""
    assert is_same_compound(*keys(word, other)) is same


@pytest.mark.parametrize("word", ["Putin", "Kovalenko", "Abdi", "Ali", "Elena", "Alia", "Din", "Allah", ""])
def test_most_words_hold_no_other_name(word: str) -> None:
    """Nor do the parts by themselves."""
    assert names_in(key_of(word)) == ()


@given(st.text("abdelmiunrhz", max_size=14), st.text("abdelmiunrhz", max_size=14))
def test_which_word_comes_first_does_not_matter(word: str, other: str) -> None:
    """A law of likeness."""
    assert is_same_compound(word, other) == is_same_compound(other, word)
