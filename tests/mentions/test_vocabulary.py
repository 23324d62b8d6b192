"""What is known of a word by itself."""

import pytest

from resolver.mentions.vocabulary import is_frequent, is_german_word


def test_serbian_words_are_frequent_in_both_scripts() -> None:
    assert is_frequent("zemlja", "sr")
    assert is_frequent("земља", "sr")


@pytest.mark.parametrize("word", ["Garten", "Gärten", "Stromversorgung", "Montag", "Regierung"])
def test_german_words(word: str) -> None:
    assert is_german_word(word)


@pytest.mark.parametrize("word", ["Heinrich", "Selenskyj", "Charkiw", "Wladimir"])
def test_names_are_no_german_words(word: str) -> None:
    assert not is_german_word(word)
