"""What is known of a word by itself, and the language of a text."""

from collections import Counter

import pytest

from resolver.mentions.segments import words
from resolver.mentions.vocabulary import is_frequent, is_german_word, language_of


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
    assert language_of(Counter(word.text for word in words(text))) == expected


def test_serbian_words_are_frequent_in_both_scripts() -> None:
    assert is_frequent("zemlja", "sr")
    assert is_frequent("земља", "sr")


@pytest.mark.parametrize("word", ["Garten", "Gärten", "Stromversorgung", "Montag", "Regierung"])
def test_german_words(word: str) -> None:
    assert is_german_word(word)


@pytest.mark.parametrize("word", ["Heinrich", "Selenskyj", "Charkiw", "Wladimir"])
def test_names_are_no_german_words(word: str) -> None:
    assert not is_german_word(word)
