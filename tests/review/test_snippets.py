"""Occurrences as one safe line."""

import pytest

from resolver.model import Occurrence
from resolver.review.snippets import WIDTH, snippet_of


def occurrence(sentence: str, name: str, *, offset: int = 0, document: str = "a.txt") -> Occurrence:
    start = sentence.index(name) + offset
    end = start + len(name)
    return Occurrence(document, start, end, name, sentence, offset, "unresolved", None, 0.0, "")


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("Kupol makes Osa.", "Osa", "Kupol makes «Osa»."),
        ("Kupol", "Kupol", "«Kupol»"),
        ("The\nOsa\r\nsystem", "Osa", "The «Osa» system"),
        ("Завод «Купол» делает Осу", "Купол", "Завод “«Купол»” делает Осу"),
        ("Завод «Купол»", "«Купол»", "Завод «“Купол”»"),
        ("\x1b[2JOsa\x07", "Osa", "[2J«Osa»"),
        ("pre-Osa's", "Osa", "pre-«Osa»'s"),
    ],
)
def test_the_name_is_marked_and_the_line_is_safe(sentence, name, expected):
    """One pair of guillemets, one line, nothing that a terminal would obey."""
    assert expected == snippet_of(occurrence(sentence, name)).text


def test_offsets_are_those_of_the_document():
    """The sentence may begin anywhere."""
    snippet = snippet_of(occurrence("Kupol makes Osa.", "Osa", offset=1000))

    assert (snippet.start, snippet.end, snippet.text) == (1012, 1015, "Kupol makes «Osa».")


def test_a_long_sentence_is_cut_at_words():
    """What is left out is shown by dots."""
    text = snippet_of(occurrence("before " * 90 + "Osa" + " after" * 90, "Osa")).text

    assert text.startswith("… before before")
    assert text.endswith("after after …")
    assert len(text) <= 2 * WIDTH + len("… «Osa» …")


def test_a_sentence_without_spaces_is_cut_as_well():
    """A line of base64 does not flood the queue."""
    assert len(snippet_of(occurrence("x" * 5000 + "Osa" + "x" * 5000, "Osa")).text) < 2 * WIDTH + 20


def test_a_sentence_that_does_not_hold_the_offsets_shows_the_name_alone():
    """Better little than the wrong words in guillemets."""
    wrong = Occurrence("a.txt", 50, 53, "Osa", "Kupol makes Osa.", 0, "unresolved", None, 0.0, "")

    assert snippet_of(wrong).text == "«Osa»"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("b" * WIDTH, "a" * WIDTH, "b" * WIDTH + "«Osa»" + "a" * WIDTH),
        ("b" * (WIDTH + 1), "a" * (WIDTH + 1), "… «Osa» …"),
        (
            "one " + "b" * (WIDTH - 1) + " ",
            " " + "a" * (WIDTH - 1) + " two",
            f"… {'b' * (WIDTH - 1)} «Osa» {'a' * (WIDTH - 1)} …",
        ),
        (
            "one two three " + "b" * 90 + " ",
            " " + "a" * 90 + " two three four",
            f"… three {'b' * 90} «Osa» {'a' * 90} two …",
        ),
        ("\n" * (4 * WIDTH - 2) + "b ", " a" + "\n" * (4 * WIDTH - 2), "b «Osa» a"),
    ],
)
def test_a_side_is_cut_where_it_is_wider_than_allowed(before: str, after: str, expected: str) -> None:
    """Not before; the words that are left are whole, and the dots tell that some are not there."""
    text = snippet_of(occurrence(before + "Osa" + after, "Osa")).text

    assert text == expected


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (14, 17), (3, 3), (5, 4)])
def test_offsets_out_of_the_sentence_show_the_name_alone(start: int, end: int) -> None:
    """One letter too far is too far."""
    wrong = Occurrence("a.txt", start, end, "Osa", "Kupol makes Osa.", 0, "unresolved", None, 0.0, "")

    assert snippet_of(wrong).text == "«Osa»"
