"""The surnames that exist beside each other."""

from collections import Counter

import pytest

from resolver.language.lexicon import key_of
from resolver.language.surnames import are_two_surnames
from resolver.language.tables import read_table

NAMES = [name.split("=") for _, row in read_table("surnames") for name in row]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Волков", "Волчков", True),
        ("Volkov", "Volchkov", True),
        ("Shevchenko", "Савченко", True),
        ("Иванова", "Ивакова", False),  # nobody is called Ivakov
        ("Волков", "Wolkow", False),
        ("Волкова", "Волков", False),
        ("Волкова", "Волчкова", True),
        ("Бречалов", "Бочаров", False),  # the first is not in the table: nothing is known of it
        ("Brechalov", "Bechalov", False),
        ("Полянский", "Полянская", False),
        ("Каминская", "Каменский", True),
        ("", "Волков", False),
    ],
)
def test_two_surnames(one: str, other: str, expected: bool) -> None:
    """Only where both are known, whichever comes first, a woman's by a man's."""
    assert are_two_surnames(key_of(one), key_of(other)) is expected
    assert are_two_surnames(key_of(other), key_of(one)) is expected


def test_each_spelling_stands_once() -> None:
    """A spelling of two names would make one of them at random."""
    assert [key for key, count in Counter(key for name in NAMES for key in name).items() if count > 1] == []


def test_spellings_are_folded() -> None:
    """What is not of small letters alone is never found."""
    assert [key for name in NAMES for key in name if not (key.isascii() and key.isalpha() and key.islower())] == []
