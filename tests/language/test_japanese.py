"""Japanese names in Cyrillic, read back into the spelling of Hepburn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.language.japanese import hepburn_of
from resolver.language.tables import read_table


@pytest.mark.parametrize(
    ("cyrillic", "hepburn"),
    [
        ("Синдзо", "shinzo"),
        ("СИНДЗО", "shinzo"),
        ("Сіндзо", "shinzo"),
        ("Кисида", "kishida"),
        ("Дзюнъитиро", "junichiro"),
        ("Коидзуми", "koizumi"),
        ("Ёсихидэ", "yoshihide"),
        ("Мицубиси", "mitsubishi"),
        ("Тосиба", "toshiba"),
        ("Хитати", "hitachi"),
        ("Хасимото", "hashimoto"),
        ("Кусиро", "kushiro"),
        ("Цутия", "tsuchiya"),
        ("Нисси", "nisshi"),
    ],
)
def test_names_in_russian_and_ukrainian(cyrillic: str, hepburn: str) -> None:
    """People, firms and cities."""
    assert hepburn_of(cyrillic) == hepburn


@pytest.mark.parametrize(
    "word", ["Суга", "Хонда", "Токио", "Петров", "Василий", "Титов", "Мисин", "Никитина", "Sindzo", "", "си" * 10]
)
def test_other_words_have_no_reading(word: str) -> None:
    """What is spelt letter by letter needs none."""
    assert hepburn_of(word) is None


def test_every_syllable_of_the_table_is_read() -> None:
    """Behind another one, as most stand within a word."""
    syllables = [value.partition("=")[::2] for value in dict(read_table("japanese"))["syllables"]]
    assert {cyrillic: hepburn_of("ка" + cyrillic) for cyrillic, _ in syllables} == {
        cyrillic: "ka" + latin for cyrillic, latin in syllables
    }


@given(st.text(alphabet="аиуэоеяюёкгсзтдцнхпбмрвйъ", max_size=24))
def test_a_reading_is_ascii(word: str) -> None:
    """Any letters at all."""
    found = hepburn_of(word)
    assert found is None or (found.isascii() and found.isalpha() and found.islower())
