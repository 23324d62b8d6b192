"""Acronyms that a text defines."""

import pytest

from resolver.mentions.definitions import definitions

DEFINED = [
    ("The Centre for Countering Disinformation (CCD) reads.", "CCD", "Centre for Countering Disinformation"),
    ("have a charge-coupled device (CCD).", "CCD", "charge-coupled device"),
    ('the Security Service ("SS") said', "SS", "Security Service"),
    ("Служба безпеки України (СБУ)", "СБУ", "Служба безпеки України"),
    ("Научно-исследовательский институт [НИИ]", "НИИ", "Научно-исследовательский институт"),
    ("Министерство по делам (МПД)", "МПД", "Министерство по делам"),
    ("Internet Research Agency  (IRA)", "IRA", "Internet Research Agency"),
]
NOT_DEFINED = [
    "Sam lives in Kyiv (Ukraine).",
    "Nobody knows (see there).",
    "The firm (UK) left.",
    "A word. Bank of England (ABE)",  # across the end of a sentence
    "Bank of England (BOX)",
    "(NATO) stands alone",
    "empty () and (1) and (A)",
    "НАТО (NATO)",  # another script
]


@pytest.mark.parametrize(("text", "acronym", "meaning"), DEFINED)
def test_initials_define_an_acronym(text: str, acronym: str, meaning: str) -> None:
    """Its span is that of the words, in the text as it is."""
    (found,) = definitions(text)

    assert (found.acronym, found.text) == (acronym, meaning)
    assert text[found.start : found.end] == meaning


@pytest.mark.parametrize("text", NOT_DEFINED)
def test_other_parentheses_do_not(text: str) -> None:
    """Countries, asides, other letters."""
    assert definitions(text) == []


def test_definitions_come_in_order() -> None:
    """Each time that they stand there."""
    text = "United Nations (UN), European Union (EU), Union Nationale (UN)"

    assert [found.acronym for found in definitions(text)] == ["UN", "EU", "UN"]


def test_cost_is_bounded() -> None:
    """Many parentheses behind much text are read in no time: each looks back a fixed way."""
    assert definitions("(AB " * 20_000 + "(AB)" * 20_000) == []
