"""Words, sentences, headings and masked regions of running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.mentions.segments import LONGEST_WORD, headings, headline_end, is_heading, masked, sentences, words


def cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lviv and Kyiv", ["Lviv", "and", "Kyiv"]),
        ("Brechalov's car", ["Brechalov", "car"]),
        ("Brechalov\u2019s car", ["Brechalov", "car"]),
        ("RUSSIA'S BORDER", ["RUSSIA", "BORDER"]),
        ("м'який знак, В\u2019ячеслав", ["м'який", "знак", "В\u2019ячеслав"]),
        ("O'Neil's", ["O'Neil"]),
        ("don't", ["don't"]),
        ("'quoted'", ["quoted"]),
        ("Tor-M2E, Гарпия-А1", ["Tor-M2E", "Гарпия-А1"]),
        ("well - no, well -no", ["well", "no", "well", "no"]),
        ("Moscow\u2013Kyiv", ["Moscow", "Kyiv"]),
        ("Зеле\u0301нский", ["Зеле\u0301нский"]),
        ("Ку\u00adпол\u200b и", ["Ку\u00adпол", "и"]),
        ("snake_case", ["snake", "case"]),
        ("9K33 1,500", ["9K33", "1", "500"]),
        ("हिन्दी", ["हिन्दी"]),
        ("...", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    """A word keeps what stands inside it, and loses a possessive and what surrounds it."""
    found = words(text)
    assert [word.text for word in found] == expected
    assert [text[word.start : word.end] for word in found] == expected


def test_parts_are_the_pieces_between_hyphens() -> None:
    """A compound is one word with parts, a simple word has none."""
    text = "anti-aircraft Rostov-na-Donu Osa"
    assert [[part.text for part in word.parts] for word in words(text)] == [
        ["anti", "aircraft"],
        ["Rostov", "na", "Donu"],
        [],
    ]
    assert all(text[part.start : part.end] == part.text for word in words(text) for part in word.parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A. Smith", True),
        ("Gen. Smith", True),
        ("г. Москва", True),
        ("Kupol. Then", False),
        ("Gen Smith", False),
        ("5. maja", False),
    ],
)
def test_dot_marks_initials_and_abbreviations(text: str, expected: bool) -> None:
    """Only the period of an initial or an abbreviation belongs to the word before it."""
    assert words(text)[0].dot is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("He left! Why? Nobody knows\u2026 She did.", ["He left!", "Why?", "Nobody knows\u2026", "She did."]),
        ("\u201cHe left.\u201d She stayed.", ["\u201cHe left.\u201d", "She stayed."]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("Dr. Smith met Lt. Gen. Jones.", ["Dr. Smith met Lt. Gen. Jones."]),
        ("U.S. troops met A. B. Ivanov.", ["U.S. troops met A. B. Ivanov."]),
        ("Он родился в г. Ижевск на ул. Ленина, т.е. здесь.", ["Он родился в г. Ижевск на ул. Ленина, т.е. здесь."]),
        ("Dne 14. julija je odšel.", ["Dne 14. julija je odšel."]),
        ("It costs 3.5 million.", ["It costs 3.5 million."]),
        ("He waited... and left.", ["He waited... and left."]),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Sentences end at final marks and line ends, not after abbreviations, initials and ordinals."""
    assert cut(text, sentences(text)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Parliament Approves New Budget After Long Debate",
        "**Wind and Rain Return to the Coast**",
        "MORE ON THEME",
        "НОВОСТИ ДНЯ",
        "Storm Hits Northern Coast: Thousands Without Power",
    ],
)
def test_headings(line: str) -> None:
    """In Title Case and in capitals, a capital letter says nothing."""
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "Parliament approves a new budget after a long debate in Kyiv",
        "Joe Biden flew to Warsaw on Monday.",
        "By Anya Petrova | Moscow",
        "Yuri Zoria",
        "NATO",
        "Present: Ivan Ivanov, Petro Petrenko, Jan Kowalski, Eva Novak",
        "Верховный суд отменил приговор",
        "",
        "2025",
    ],
)
def test_no_headings(line: str) -> None:
    """Sentences, bylines, lists of names and short lines keep the evidence of their capitals."""
    assert not is_heading(line)


def test_headings_are_lines_of_the_text() -> None:
    """The spans of headings are those of their lines."""
    text = "Parliament Approves New Budget\nThe vote was close.\nWHAT COMES NEXT\n"
    assert cut(text, headings(text)) == ["Parliament Approves New Budget", "WHAT COMES NEXT"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zelensky on ukraine\n\nHe spoke.", "zelensky on ukraine\n"),
        ("\ufeff\nзеленський\nпро україну\r\n \r\nВін.", "\ufeff\nзеленський\nпро україну\r\n"),
        ("Zelensky on ukraine\n\nHe spoke.", ""),
        ("zelensky on ukraine\nHe spoke.\n\n", ""),
        ("zelensky on ukraine", ""),
        ("2025\n\nHe spoke.", ""),
        ("one\ntwo\nthree\nfour\n\nHe spoke.", ""),
        ("", ""),
    ],
)
def test_headline_in_small_letters(text: str, expected: str) -> None:
    """Up to three first lines without a capital, with an empty one behind them."""
    assert text[: headline_end(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://example.org/Kupol.", ["https://example.org/Kupol"]),
        ("mail Desk@example.org or @Astra", ["Desk@example.org", "@Astra"]),
        ("```html\nKupol", ["```html"]),
        ("<b>Kupol</b> &nbsp;", ["<b>", "</b>", "&nbsp;"]),
        ("Tue Jul 01 2025 22:27:47 GMT+0300 (Eastern European Summer Time)", None),
        ("Sun, 29 Jun 2025 16:48:02 GMT", None),
        ("2025/07/01 13:20:14", None),
        ("2025-07-01T13:20:14+00:00", None),
        ("on 17/11/2024 at 9:30", ["17/11/2024", "9:30"]),
        ("since July 2023 and 1 July", ["July 2023", "1 July"]),
        ("May 5th, 2017", None),
        ("16 листопада", None),
        ('{"name": "Kupol", "of": {"@type": "Plant"}}', None),
        ('x {"name": "Kupol"} y', ['{"name": "Kupol"}']),
        ('{\n"name": "Kupol",\n"headline": "Kupol is hi', None),
        ('{\n"name": "Kupol",\nKupol stands in Izhevsk.', ['{\n"name": "Kupol",']),
        ('"@type": "Person",\nKupol', ['"@type": "Person",']),
        ("All Rights Reserved", None),
        ("[LOGO_URL] Wikipedia_page", ["LOGO_URL"]),
        ("`Kupol()` and Kupol.txt", ["`Kupol()`", "Kupol.txt"]),
    ],
)
def test_masked(text: str, expected: list[str] | None) -> None:
    """Addresses, mark-up, JSON and dates hold no names; None stands for the whole text."""
    assert cut(text, masked(text)) == ([text] if expected is None else expected)


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May met April Jones",
        "Kupol {the plant} and [Astra]",
        'He said: "Kupol is here"',
        "a < b and b > c",
        "AT&T and R&D",
        "1,500 of 2000 in 9K33",
        "Gazeta.ru",
    ],
)
def test_nothing_masked(text: str) -> None:
    """Names that are months, quotations and signs of all kinds stay readable."""
    assert masked(text) == []


@pytest.mark.parametrize(("length", "is_word"), [(LONGEST_WORD, True), (LONGEST_WORD + 1, False), (100_000, False)])
def test_a_word_has_a_length(length: int, is_word: bool) -> None:
    """What is longer is a key or a picture; the words around it keep their places."""
    text = f"Kupol {'A' * length} Osa"
    found = [word.text for word in words(text)]

    assert found == ["Kupol", *["A" * length] * is_word, "Osa"]
    assert [text[word.start : word.end] for word in words(text)] == found


@given(st.text(st.sampled_from("aA.-'’ \n\"{}<>@«»1:/éй\u0301\u200b中")) | st.text())
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    """Whatever the text, spans are in order, apart and not empty; sentences hold every sign but white space."""
    for spans in (
        [(word.start, word.end) for word in words(text)],
        sentences(text),
        headings(text),
        masked(text),
    ):
        flat = [offset for span in spans for offset in span]
        assert flat == sorted(flat)
        assert all(0 <= start < end <= len(text) for start, end in spans)
    assert "".join("".join(cut(text, sentences(text))).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "unit", ["a", "a-", "a'", ".", '"', "{", '{"a":', '{"a":\nx\n', "<a", "@a", "1:1", "A\n", "www.", "\n ", " Jul 1"]
)
def test_time_is_linear(unit: str) -> None:
    """300,000 signs that repeat what patterns begin with are read at once; quadratic work would not end."""
    text = unit * (300_000 // len(unit))
    assert len(masked(text)) <= len(text)
    assert len(sentences(text)) <= len(text)
    assert len(words(text)) <= len(text)
    assert len(headings(text)) <= len(text)
    assert headline_end(text) <= len(text)
