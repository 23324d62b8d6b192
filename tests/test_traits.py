"""What a name shows at all."""

import pytest

from resolver.forms import analyse
from resolver.traits import generation, traits_of

CASES = {
    "Aleksandr Vladimirovich Brechalov": {"male", "mixed", "patronymic"},
    "Olga Kovalenko": {"female", "mixed"},
    "ACADEMICIAN A. N. KRYLOV": {"acronym", "initial", "title", "upper"},
    "kupol": {"lower"},
    "ООО «Купол»": {"legal", "mixed"},
    "Bank of Estonia": {"generic", "mixed"},
    "Гарпія-А1": {"number", "mixed"},
    "ГРУ": {"acronym", "brief", "exonym", "generic", "upper"},
    "Osa": {"brief", "mixed"},
    "Institute of Steel named after Bauman": {"generic", "honoured", "mixed"},
    "Elizabeth II": {"acronym", "female", "generation", "mixed", "number"},
    "Israeli": {"demonym", "mixed"},
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=CASES)
def test_traits(text: str, expected: set[str]) -> None:
    """Each name has these traits and no other of those that the cases name."""
    form = analyse(text)
    assert form is not None

    assert traits_of(form) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Martin Luther King Junior", "junior"),
        ("Martin Luther King Senior", "senior"),
        ("Junior", ""),
        ("Martin Luther King", ""),
        ("Vladimir Kim", ""),
        ("King Louis XIV", "14"),
        ("King Louis IIII", ""),
    ],
)
def test_generation(text: str, expected: str) -> None:
    """A generation stands behind a name, and is none alone."""
    form = analyse(text)
    assert form is not None

    assert generation(form) == expected
