"""Names that no letters relate: the table, and what of it is near the words of a text."""

from collections import Counter

import pytest

from resolver.exonyms import abbreviated, phrases_near
from resolver.forms import analyse
from resolver.language.tables import read_table

ROWS = read_table("exonyms")


@pytest.mark.parametrize(
    ("word", "lang", "expected"),
    [
        ("США", "ru", "united-states"),
        ("САЩ", None, "united-states"),
        ("ООН", "uk", "united-nations"),
        ("ЄС", "uk", "european-union"),
        ("PE", "pl", "european-parliament"),
        ("PE", "en", None),
        ("PE", None, None),
        ("who", "en", None),
        ("Who", "en", None),
        ("ОСА", "ru", None),
        ("", None, None),
    ],
)
def test_abbreviations_count_in_capitals_and_in_their_language(word, lang, expected):
    """WHO is a body, who a pronoun."""
    assert expected == abbreviated(word, lang)


def test_no_spelling_names_two_places():
    """A table that contradicts itself would join what it shall tell apart."""
    held = Counter(name.casefold() for _, names in ROWS for name in set(names))

    assert [name for name, count in held.items() if count > 1] == []


def test_each_place_stands_once_and_every_name_is_one():
    """One line a place; a name has a letter."""
    assert [place for place, count in Counter(place for place, _ in ROWS).items() if count > 1] == []
    assert [name for _, names in ROWS for name in names if analyse(name.rpartition("/")[2]) is None] == []


def test_a_name_is_near_if_all_its_words_begin_alike():
    """In any case form; one word of it is not enough."""
    assert ("Чорне море", "black-sea") in [(form.text, place) for form, place in phrases_near({"cornoho", "moria"})]
    assert phrases_near({"cornoho"}) == []
    assert phrases_near(set()) == []
