"""A text as its reader sees it, and the way back to the text as it came in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.language.legible import legible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aleksandr&nbsp;Brechalov", "Aleksandr\xa0Brechalov"),
        ("Marks&amp;Spencer", "Marks&Spencer"),
        ("&#1050;упол, &#x41A;упол", "Купол, Купол"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("Gar-\npiya", "Garpiya"),
        ("Gar-\r\n  piya", "Garpiya"),
        ("Бреча\u2010\nлов", "Бречалов"),
        ("Gar\u00ad\npiya", "Garpiya"),
        ("GAR\u00ad\nPIYA", "GARPIYA"),
        ("Warszawa-\nModlin", "Warszawa-Modlin"),
        ("Rostov-\non-Don", "Rostov-on-Don"),
        ("F-\n16", "F-16"),
        ("well-\nknown", "wellknown"),
        ("Kyiv-\nbased", "Kyiv-based"),
    ],
)
def test_what_a_reader_sees(text: str, expected: str) -> None:
    """References decoded once; of a hyphen at the end of a line, whether it stays."""
    assert legible(text, hyphenated={"based"}).text == expected


@pytest.mark.parametrize(
    "text",
    ["", "AT&T; R&D", "Kupol &unknown;", "a -\nb", "---\nKupol", "- one\n- two", "Gar- piya", "Gar-\n\npiya", "Gar-"],
)
def test_other_signs_stay(text: str) -> None:
    """Ampersands that stand for themselves, dashes, lists, the end of a paragraph."""
    assert legible(text).text == text


def test_spans_map_back_to_the_original() -> None:
    """Around a change, in front of it, behind it; a part of a reference is all of it."""
    text = "x &quot;Gar-\npiya&quot;&nbsp;y"
    shown = legible(text)

    def original(surface: str) -> str:
        start = shown.text.index(surface)
        first, last = shown.original(start, start + len(surface))
        return text[first:last]

    assert original("Garpiya") == "Gar-\npiya"
    assert original("Gar") == "Gar"
    assert original("piya") == "piya"
    assert original('"Garpiya"') == "&quot;Gar-\npiya&quot;"
    assert original("\xa0y") == "&nbsp;y"
    assert original("x") == "x"


@given(st.text(st.sampled_from("aA1&;-\n\r \u00adnbsp#")))
def test_every_span_has_its_place(text: str) -> None:
    """Offsets grow with offsets, the whole is the whole, and what was not changed is the same."""
    shown = legible(text)
    places = [shown.original(at, at + 1) for at in range(len(shown.text))]

    assert all(0 <= first < last <= len(text) for first, last in places)
    assert places == sorted(places)
    assert all(
        text[first:last] == sign or last - first > 1 or sign in "-\u00ad"
        for (first, last), sign in zip(places, shown.text, strict=True)
    )


@pytest.mark.parametrize("unit", ["&", "&a", "&amp;", "a-\n", "-\n", "A-\n", "a-\r\n ", "a\u00ad\n", "&#1"])
def test_time_is_linear(unit: str) -> None:
    """300,000 signs that repeat what is changed; quadratic work would not end."""
    shown = legible(unit * (300_000 // len(unit)))
    places = [shown.original(at, at + 1) for at in range(0, len(shown.text), 100)]

    assert places == sorted(places)
