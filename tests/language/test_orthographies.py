"""Names of Cyrillic languages in the orthographies of Latin ones."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.language.orthographies import read_keys, readings, shared_reading
from resolver.language.romanization import fold, romanize
from resolver.language.tables import read_table

# Public people and places, as the press of each language writes them.
SPELLINGS = [
    ("Горохов", "Gorochow", "German"),
    ("Азаров", "Asarow", "German"),
    ("Стеценко", "Stezenko", "German"),
    ("Ходорковский", "Chodorkovskij", "Czech"),
    ("Хрущёв", "Chruščov", "Czech"),
    ("Ковалёв", "Kovaljov", "Slovene"),
    ("Йорданов", "Jordanov", "Slovene"),
    ("Бжезинский", "Brzezinski", "Polish"),
    ("Аксёнов", "Aksionow", "Polish"),
    ("Ціханоўская", "Cichanouska", "Polish"),
    ("Тихановская", "Tichanovská", "Czech"),
    ("Лукашенко", "Loukachenko", "French"),
    ("Пригожин", "Prigojine", "French"),
    ("Шойгу", "Choïgou", "French"),
    ("Шойгу", "Sjojgoe", "Dutch"),
    ("Черномырдин", "Tjernomyrdin", "Scandinavian"),
    ("Шевченко", "Sevcsenko", "Hungarian"),
    ("Захарова", "Zajárova", "Spanish"),
    ("Кабельо", "Cabello", "Spanish"),
    ("Шевченко", "Xevtxenko", "Portuguese"),
    ("Чайковский", "Ciaikovski", "Italian"),
    ("Бабкоў", "Babkau", "Belarusian"),
    ("Фахризаде", "Fakhrizadeh", "Arabic"),
    ("Насралла", "Nasrallah", "Arabic"),
]
OTHERS = [
    ("Мусин", "Muchin"),  # French for Мушин, German for Мухин
    ("Волков", "Volchkov"),
    ("Чан", "Shan"),
    ("Мисин", "Mishin"),  # a Russian surname, not a Japanese one
    ("Zhang", "Chang"),
    ("Cheng", "Sheng"),
    ("Бочаров", "Brechalow"),
    ("Путин", "Potanin"),
    ("Краевский", "Kraszewski"),
    ("Major", "Mayer"),
    ("Чехов", "Чехев"),
]


def latin(word: str) -> str:
    """The word, romanised."""
    return romanize(word) or ""


@pytest.mark.parametrize(("cyrillic", "spelling", "language"), SPELLINGS)
def test_a_name_is_read_as_its_language_says(cyrillic: str, spelling: str, language: str) -> None:
    """Whichever of the two comes first, and an index finds it."""
    assert shared_reading(spelling, latin(spelling), cyrillic, latin(cyrillic)) == language
    assert shared_reading(cyrillic, latin(cyrillic), spelling, latin(spelling)) == language
    assert fold(latin(cyrillic)) in read_keys(spelling)


def test_two_languages_may_spell_one_name() -> None:
    """Neither as an English press does."""
    assert shared_reading("Loukachenko", "loukachenko", "Lukasjenko", "lukasjenko") == "French and Dutch"
    assert shared_reading("Gorbatjov", "gorbatjov", "Gorbatschow", "gorbatschow") == "Scandinavian and German"


def test_japanese_names_in_cyrillic_are_read_by_hepburn() -> None:
    """In either direction, and by the key of the name in Latin letters."""
    assert shared_reading("Синдзо", "sindzo", "Shinzo", "shinzo") == "Japanese"
    assert shared_reading("Shinzo", "shinzo", "Синдзо", "sindzo") == "Japanese"
    assert fold("shinzo") in read_keys("Синдзо")


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_names_are_not_read_alike(one: str, other: str) -> None:
    """In no language; sounds that the fold makes one are told apart."""
    assert shared_reading(one, latin(one), other, latin(other)) is None
    assert shared_reading(other, latin(other), one, latin(one)) is None


@pytest.mark.parametrize("word", ["Smith", "Petrov", "Kupol", "Osa", "Chan", "Zhang", "A1", "", "Горохов"])
def test_most_words_have_no_other_readings(word: str) -> None:
    """They have no letters of another language, or are too short, or a syllable of Chinese."""
    assert read_keys(word) == ()


@pytest.mark.parametrize(("language", "cells"), read_table("orthographies"))
def test_each_rule_of_the_table_is_used(language: str, cells: tuple[str, ...]) -> None:
    """A word with a sign of the language and the letters of the rule has a reading with what the rule says."""
    (_, _, signs), *rules = [cell.partition("=") for cell in cells]
    for letters, _, ways in rules:
        for sign in signs.split("/"):
            front, back = ("", letters) if letters.endswith(".") else (letters, "o" if sign.endswith(".") else "")
            word = f"{front}mamama{back}{'' if letters.endswith('.') else sign}".replace(".", "")
            sounds = "".join(readings(word))
            found = [fold(way.replace("sh", "3").replace("zh", "7").replace("ch", "4")) for way in ways.split("/")]
            if all(sound in sounds for sound in found):
                break
        else:
            pytest.fail(f"{language}: {letters} is never read as {ways}")


@given(st.text(alphabet="abcdehijklmnorstuvwxyzčšžïáó", min_size=5, max_size=12))
def test_readings_are_folded_sounds(word: str) -> None:
    """Letters and digits alone; the keys to find them by have letters alone, and are not the word's own."""
    assert all(re.fullmatch(r"[a-z0-9]*", sound) for sound in readings(word))
    assert all(re.fullmatch(r"[a-z]*", key) for key in read_keys(word))


@given(st.text(alphabet="abchijosuwzščкухшчц", max_size=9), st.text(alphabet="abchijosuwzščкухшчц", max_size=9))
def test_reading_alike_has_no_direction(one: str, other: str) -> None:
    """What is read as another word is so whichever comes first."""
    there = shared_reading(one, latin(one), other, latin(other)) if one and other else None
    back = shared_reading(other, latin(other), one, latin(one)) if one and other else None

    assert (there is None) == (back is None)
