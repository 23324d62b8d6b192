"""Regions of a text that are code, files, identifiers or coded data, and prose that looks like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.mentions.code import LONGEST_BLOCK, code
from resolver.mentions.reading import merged


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in merged(code(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```python\nKupol()\n```\nKupol", ["```python\nKupol()\n```"]),
        ("~~~~\nKupol\n```\n~~~~", None),
        ("> ```\n> Kupol\n> ```", None),
        ("````\n```\nKupol\n```\n````", None),
        ("call `Kupol.load()` or ``Kupol``.", ["`Kupol.load()`", "``Kupol``"]),
        ("<script>Kupol</script> Kupol", ["<script>Kupol</script>"]),
        ('<STYLE type="a">Kupol</STYLE>', None),
        ("<script>'<code>'</script>", None),
        ("<code>Kupol</code>", None),
        ("<!-- <b>Kupol</b> -->", None),
        ("see Kupol.jpg, Kupol.2.PDF!", ["Kupol.jpg", "Kupol.2.PDF"]),
        ("(/home/Kupol/a.txt)", ["/home/Kupol/a.txt"]),
        ("in /usr/Kupol/Osa now", ["/usr/Kupol/Osa"]),
        ("in C:\\Kupol\\Osa now", ["C:\\Kupol\\Osa"]),
        ("see t.me/kupol/Osa.", ["t.me/kupol/Osa"]),
        ("doi:10.1000/Kupol.2020.", ["doi:10.1000/Kupol.2020"]),
        ("at 10.1000/Kupol.2020, p. 5", ["10.1000/Kupol.2020"]),
        ("URN:ISBN:Kupol", None),
        ("tg://resolve?domain=Kupol", None),
        ("data:image/png;base64,Kupol+Osa", None),
        ("550E8400-E29B-41D4-A716-446655440000", None),
        ("a Kx9Osa8/Qw2Kupol3+Zz7Tor4/Aa1Bb2Cc= b", ["Kx9Osa8/Qw2Kupol3+Zz7Tor4/Aa1Bb2Cc="]),
    ],
)
def test_code_is_found(text: str, expected: list[str] | None) -> None:
    """From the first sign to the last, without the mark that ends the sentence; None stands for the whole text."""
    assert found(text) == ([text] if expected is None else expected)


@pytest.mark.parametrize(
    "text",
    [
        "```markdown\nKupol is a plant.\n```",
        "```html\nKupol",
        "```\nKupol",
        "Zelensky`s office and Putin`s desk",
        "the `Kupol' of ``a'' church",
        "<pre>Kupol</pre> <p>Kupol</p> <scripture>Kupol</scripture>",
        "<script>Kupol",
        "Kupol</script>",
        "<!-- Kupol",
        "Gazeta.ru, LIGA.net and Point.md",
        "RadioZET.pl/PAP/JŚ, Gazeta.ru/Lenta.ru",
        "/Reuters/AFP/ reported",
        "Izhevsk/Udmurtia/Russia",
        "Source:Kupol. City:Izhevsk 13:20",
        "Bielsko-Biała/Kraków-Podgórze/Warszawa-Modlin",
        "from 2018-2019 to 2020-2021",
        "a < b, b > c, C: D",
    ],
)
def test_prose_is_not(text: str) -> None:
    """Fences and tags that are not closed, apostrophes, sites that are names, words between slashes and hyphens."""
    assert found(text) == []


def test_an_open_block_hides_nothing_but_itself() -> None:
    """What is closed too far behind is not, and the next one is found."""
    far = "Kupol. " * (LONGEST_BLOCK // 7 + 1)

    assert found(f"```\n{far}\n```\n") == []
    assert found(f"<script>{far}</script><script>1</script>") == ["<script>1</script>"]
    assert found(f"```c\n{far}\n```c\nx\n```") == ["```c\nx\n```"]


@given(st.text(st.sampled_from("`~<>/!-:.\\ \naA1@")))
def test_spans_lie_in_the_text(text: str) -> None:
    """Whatever the text, no span is empty."""
    assert all(0 <= start < end <= len(text) for start, end in code(text))


@pytest.mark.parametrize(
    "unit",
    [
        "`",
        "`a",
        "``a`",
        "```\n",
        "```a\n",
        "~~~\n",
        "<script>",
        "<script",
        "<!--",
        "-->",
        "</code>",
        ".",
        "a.jpg",
        ".ru/a",
        "/home/",
        " /home/",
        "C:\\",
        "a:b",
        "doi:",
        "a://",
        "10.1000/",
        "1a",
        "1aaaaaaaaaaaaaaa ",
        "1111aaaaaaaaaaaa",
    ],
)
def test_time_is_linear(unit: str) -> None:
    """300,000 signs that repeat what patterns begin with are read at once; quadratic work would not end."""
    text = unit * (300_000 // len(unit))
    assert len(list(code(text))) <= len(text)
