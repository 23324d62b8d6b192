"""The words of a registry under many threads, as a service asks for them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from resolver.forms import Token, analyse
from resolver.index import words


@pytest.mark.pure_python
@pytest.mark.usefixtures("hasty_threads")
def test_threads_may_share_what_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the memory is full, and each of them makes room."""
    monkeypatch.setattr(words, "MANY", 2)
    vocabulary = words.Vocabulary(words.word_tables([]), {})
    tokens = [token for number in range(50) for token in analyse_all(f"Kupol{number:02}x")]

    def ask(_: int) -> list[words.Neighbours]:
        return [vocabulary.neighbours(token) for token in tokens * 20]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(16)))

    assert all(each == found[0] for each in found)


def test_a_word_is_looked_for_once_wherever_it_stands() -> None:
    """In two names it has other offsets, and is the same word."""
    vocabulary = words.Vocabulary(words.word_tables([]), {})
    (first,), (_, second) = analyse_all("Kupol"), analyse_all("Izhevsk Kupol")

    assert vocabulary.neighbours(first) is vocabulary.neighbours(second)


@pytest.mark.parametrize(
    ("word", "misspelt"),
    [
        ("Karfoul", "Karfohul"),  # ou is u
        ("Jimenez", "Jimeez"),  # ee is i
        ("Stephanie", "tSephanie"),  # ph is f
        ("Zaluzhnyi", "Zalzuhnyi"),  # zh is z
    ],
)
@pytest.mark.parametrize("others", [[], ["Kupol"]])
def test_a_letter_that_is_folded_with_its_neighbour_may_be_wrong(word: str, misspelt: str, others: list[str]) -> None:
    """Once folded, more letters differ than a slip has."""
    (known,), (asked,) = analyse_all(word), analyse_all(misspelt)
    tokens = [known, *(token for other in others for token in analyse_all(other))]
    vocabulary = words.Vocabulary(words.word_tables(tokens), {token.index_key: (0,) for token in tokens})

    assert [key for key, _, _ in vocabulary.neighbours(asked).found] == [known.index_key]


@pytest.mark.parametrize(("word", "other"), [("Karfoul", "Kardohul"), ("Jimenez", "Jimoz"), ("Osa", "Os")])
def test_more_letters_are_no_slip(word: str, other: str) -> None:
    """Nor is any in a short word."""
    (known,), (asked,) = analyse_all(word), analyse_all(other)
    vocabulary = words.Vocabulary(words.word_tables([known]), {known.index_key: (0,)})

    assert not [found for found in vocabulary.neighbours(asked).found if found[2] == "typo"]


@pytest.mark.pure_python
def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service is asked for new words for months."""
    monkeypatch.setattr(words, "MANY", 2)
    vocabulary = words.Vocabulary(words.word_tables([]), {})
    for number in range(5):
        for token in analyse_all(f"Kupol{number}x"):
            vocabulary.neighbours(token)
        assert vocabulary._remembered.cache_info().currsize <= 2


def analyse_all(text: str) -> tuple[Token, ...]:
    form = analyse(text)
    return form.tokens if form else ()
