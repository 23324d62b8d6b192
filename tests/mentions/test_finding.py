"""Names in texts as people write them: divided words, character references, headlines in small letters."""

import pytest
from factories import entity

from resolver.index import AliasIndex
from resolver.mentions import finding
from resolver.mentions.finding import NameFinder
from resolver.mentions.reading import Reading
from resolver.model import Alias

FINDER = NameFinder(
    AliasIndex(
        [
            entity("Aleksandr Brechalov", "Brechalov"),
            entity("Vladimir Putin", "Putin"),
            entity("Kupol", "Kupol plant", type="organization"),
            entity("Marks & Spencer", type="organization"),
            entity("NATO", type="organization"),
            entity("Izhevsk", "Ижевск", type="location"),
            entity("Udmurtia", type="location"),
            entity("Turkey", type="location"),
            entity("Rostov-on-Don", type="location"),
            entity("Garpiya", type="product"),
            entity("Osa", type="product"),
            entity("Tor", Alias("Tor missile system"), type="product"),
        ]
    )
)


def known(text: str, lang: str | None = None) -> list[str]:
    """The known names that are found in a text, in order."""
    return [text[start:end] for start, end in FINDER.find(text, lang).known]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aleksandr&nbsp;Brechalov left.", ["Aleksandr&nbsp;Brechalov"]),
        ("They like Marks&amp;Spencer.", ["Marks&amp;Spencer"]),
        ("Put&shy;in&#8217;s desk", ["Put&shy;in"]),
        ("&quot;Kupol&quot;, &lt;b&gt;Osa&lt;/b&gt;", ["Kupol", "Osa"]),
        ("It is the Gar-\npiya.", ["Gar-\npiya"]),
        ("It is Rostov-\non-Don.", ["Rostov-\non-Don"]),
        ("An Izhevsk-\nbased plant.", ["Izhevsk"]),
        ("It was put-\nin here.", []),
    ],
)
def test_names_that_are_written_in_pieces(text: str, expected: list[str]) -> None:
    """Spans are those of the original text."""
    assert known(text) == expected


def test_unknown_names_in_pieces_have_their_place_too() -> None:
    """Their text is that of the original, and so are the places of their words."""
    text = "We flew to Warszawa-\nModlin with Joe&nbsp;Biden."
    found = FINDER.find(text).shaped

    assert [span.text for span in found] == ["Warszawa-\nModlin", "Joe&nbsp;Biden"]
    assert all(text[span.start : span.end] == span.text for span in found)
    assert [text[start:end] for start, end in found[1].proper] == ["Joe", "Biden"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kupol plant in izhevsk\n\nThe Kupol plant is in Izhevsk.", ["kupol plant", "izhevsk"]),
        ("what\nputin said\n\nPutin spoke.", ["putin"]),
        ("в ижевске холодно\n\nМы приехали в Ижевск вечером.", ["ижевске"]),
    ],
)
def test_headlines_in_small_letters(text: str, expected: list[str]) -> None:
    """The names that the text has with capitals, in Slavic languages in another case form too."""
    assert known(text)[: len(expected)] == expected
    assert len(known(text)) == 2 * len(expected)


@pytest.mark.parametrize(
    "text",
    [
        "putin and izhevsk\n\nNobody was named.",
        "turkey for dinner\n\nTurkey is a country, and a turkey is a bird.",
        "nato news\n\nNATO has news.",
        "what putin said\nPutin spoke.",
        "What putin said\n\nPutin spoke.",
    ],
)
def test_other_first_lines_hold_no_names(text: str) -> None:
    """Of names that the text lacks or also writes small, of acronyms; and lines of the text or with a capital."""
    assert all(name[0].isupper() for name in known(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It makes Osa and Tor missile systems.", ["Osa", "Tor"]),
        ("OSA & TOR MISSILE SYSTEMS", ["OSA", "TOR"]),
        ("It makes the Osa and the Tor missile system.", ["Osa", "Tor missile system"]),
        ("The Kupol plant and Tor missile systems.", ["Kupol plant", "Tor missile systems"]),
        ("It makes Osa, Tor missile systems.", ["Osa", "Tor missile systems"]),
    ],
)
def test_a_noun_of_two_names_belongs_to_neither(text: str, expected: list[str]) -> None:
    """If it is a plural and the name before has no noun of its own."""
    assert known(text, "en") == expected


# ---------------------------------------------------------------------------------------------------------- long texts


@pytest.mark.parametrize("glue", ["\n", ". ", "! "])
def test_long_text_is_read_in_pieces(glue: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found, and where, is what one reading would find."""
    monkeypatch.setattr(finding, "LONGEST", 200)
    monkeypatch.setattr(finding, "_SEARCHED", 60)
    text = glue.join(f"they went to Udmurtia and met Joe Biden again in {number}" for number in range(30))

    found = FINDER.find(text, "en")

    assert [text[start:end] for start, end in found.known] == ["Udmurtia"] * 30
    assert [span.text for span in found.shaped if span.text != "Udmurtia"] == ["Joe Biden"] * 30
    assert all(text[span.start : span.end] == span.text for span in found.shaped)
    assert all(text[start:end][0].isupper() for span in found.shaped for start, end in span.proper)


@pytest.mark.pure_python
def test_text_without_any_space_is_cut_where_it_must_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every code point is in one piece, and none is longer than it may be: a reading takes fifty times its memory."""
    pieces: list[int] = []

    def read(text: str, *arguments: object, **options: object) -> Reading:
        pieces.append(len(text))
        return Reading(text, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(finding, "LONGEST", 200)
    monkeypatch.setattr(finding, "_SEARCHED", 60)
    monkeypatch.setattr(finding, "Reading", read)

    assert FINDER.find("x" * 1000).known == ()
    assert pieces == [200] * 5


def test_the_beginning_of_a_long_text_tells_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """All its words are more than may be in memory at once."""
    text = "this is what they have seen and who was there, " * 5 + "и это то, что они там видели и кто там был, " * 20
    before = FINDER.language(text)
    monkeypatch.setattr(finding, "LONGEST", 200)

    assert (before, FINDER.language(text)) == ("ru", "en")
