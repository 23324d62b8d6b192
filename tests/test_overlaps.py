"""Which of two names stays where they overlap: a known one, or a longer one found by its shape."""

import pytest
from factories import entity, mention

from resolver.mentions.kinds import Span
from resolver.model import Alias, Candidate, Entity, Evidence, Resolution
from resolver.overlaps import settle

BRECHALOV = entity("Aleksandr Brechalov")
OSA = entity("Osa", type="product")
UDMURTIA = entity("Udmurtia", type="location")
KUPOL = entity("Kupol", type="organization")
AGREES = Evidence("spelling", "agree", 9.0, "written the same")
GIVEN = Evidence("given_name", "contradict", -2.0, "given names differ")


def candidate(known: Entity, score: float, *evidence: Evidence) -> Candidate:
    """A candidate by its canonical name."""
    return Candidate(known, Alias(known.name), score, evidence or (AGREES,))


def resolved(text: str, known: Entity, start: int = 0) -> Resolution:
    """A mention that means an entity."""
    return Resolution(mention(text, start=start), "resolved", (candidate(known, 0.95),), "written the same")


def unresolved(text: str, *candidates: Candidate, start: int = 0) -> Resolution:
    """A mention that means nobody, as yet."""
    return Resolution(mention(text, start=start), "unresolved", candidates, "too weak")


def shape(whole: Resolution, *proper: str, kind: str | None = None) -> Span:
    """The span of a mention, with those of its words that are names by themselves."""
    start, text = whole.mention.start, whole.mention.text
    words = ((start + text.index(word), start + text.index(word) + len(word)) for word in proper)
    return Span(start, start + len(text), text, kind, tuple(words))


def settled(known: list[Resolution], whole: Resolution, *proper: str, kind: str | None = None) -> list[str]:
    """What stays, as texts, of known names and one longer name."""

    def decide(start: int, end: int, _kind: str | None) -> Resolution:
        text = whole.mention.text[start - whole.mention.start : end - whole.mention.start]
        return whole if text == whole.mention.text else unresolved(text, start=start)

    return [each.mention.text for each in settle(known, [shape(whole, *proper, kind=kind)], decide)]


def test_spans_that_are_apart_all_stay() -> None:
    """In the order of the text."""
    assert settled([resolved("Osa", OSA, 20)], unresolved("Emma Daniels", start=0)) == ["Emma Daniels", "Osa"]


def test_longer_name_that_is_resolved_wins() -> None:
    """The whole name says more than its part."""
    whole = resolved("Aleksandr Brechalov", BRECHALOV, 0)

    assert settled([resolved("Brechalov", BRECHALOV, 10)], whole) == ["Aleksandr Brechalov"]
    assert settled([resolved("Brechalov", UDMURTIA, 10)], whole) == ["Aleksandr Brechalov"]


def test_but_not_with_words_that_are_no_part_of_it() -> None:
    """Of US Aleksandr Brechalov, the alias holds two words."""
    whole = resolved("US Aleksandr Brechalov", BRECHALOV, 0)
    known = [resolved("US", UDMURTIA, 0), resolved("Aleksandr Brechalov", BRECHALOV, 3)]

    assert settled(known, whole, "Aleksandr", "Brechalov") == ["US", "Aleksandr Brechalov"]
    assert settled(known[1:], whole) == ["Aleksandr Brechalov"]


@pytest.mark.parametrize(
    ("text", "proper"),
    [
        ("Today Udmurtia", ()),  # a word that only begins the sentence
        ("Udmurtia Ugur Sahin", ("Ugur", "Sahin")),  # two names side by side
        ("District Udmurtia", ()),  # a district is a place too
    ],
)
def test_known_name_stays_beside_words_that_do_not_change_it(text: str, proper: tuple[str, ...]) -> None:
    """What else looks like a name of two words is not lost."""
    stays = settled([resolved("Udmurtia", UDMURTIA, text.index("Udmurtia"))], unresolved(text), *proper)

    assert stays == ["Udmurtia", *([" ".join(proper)] if proper else [])]


@pytest.mark.parametrize(
    ("text", "proper"),
    [
        ("Bank of Udmurtia", ()),  # a generic word
        ("Udmurtia Museum", ()),
        ("Lion Udmurtia", ("Lion",)),  # a word that is a name by itself
        ("Udmurtia-Quux", ("Quux",)),
    ],
)
def test_one_more_word_makes_another_name_of_the_known_one(text: str, proper: tuple[str, ...]) -> None:
    """The bank of Udmurtia is not Udmurtia."""
    part = resolved("Udmurtia", UDMURTIA, text.index("Udmurtia"))

    assert settled([part], unresolved(text), *proper) == [text]


@pytest.mark.parametrize("part", ["Milan", "Zver"])
def test_a_person_is_more_than_one_of_the_names(part: str) -> None:
    """Whatever the registry knows by it."""
    known = resolved(part, UDMURTIA, "Milan Zver".index(part))

    assert settled([known], unresolved("Milan Zver"), "Milan", kind="person") == ["Milan Zver"]
    assert settled([known], unresolved("Milan Zver"), kind="person") == [part]  # Sám Cameron: himself


def test_longer_name_that_contradicts_replaces_its_part() -> None:
    """Igor Brechalov speaks against what Brechalov alone would mean."""
    whole = unresolved("Igor Brechalov", candidate(BRECHALOV, 0.4, AGREES, GIVEN))

    assert settled([resolved("Brechalov", BRECHALOV, 5)], whole) == ["Igor Brechalov"]


def test_of_two_names_that_nobody_knows_the_longer_stays() -> None:
    """Whoever reviews it sees the whole name."""
    assert settled([unresolved("Nord Stream")], unresolved("Nord Stream AG")) == ["Nord Stream AG"]


def test_span_that_only_overlaps_a_known_name_goes() -> None:
    """It cuts a name in two."""
    known = resolved("Osa missile system", OSA, 0)

    assert settled([known], unresolved("system Quux", start=12), "Quux") == ["Osa missile system"]


@pytest.mark.parametrize(("known", "expected"), [("resolved", "by name"), ("unresolved", "by shape")])
def test_of_two_readings_of_one_span_the_resolved_one_stays(known: str, expected: str) -> None:
    """That of the registry, if both are."""
    by_name = resolved("Osa", OSA) if known == "resolved" else unresolved("Osa")
    by_shape = Resolution(mention("Osa", type="product"), "resolved", (candidate(OSA, 0.95),), "by shape")

    stays = list(settle([by_name], [shape(by_shape)], lambda *_: by_shape))

    assert stays == [by_name if expected == "by name" else by_shape]


def test_a_span_that_cannot_matter_is_not_decided() -> None:
    """One that only overlaps a known name, and one that a resolved name already fills."""
    known = [resolved("Osa missile system", OSA, 0), resolved("Kupol", KUPOL, 30)]
    asked: list[int] = []

    def decide(start: int, _end: int, _kind: str | None) -> Resolution:
        asked.append(start)
        return unresolved("Emma Daniels", start=50)

    shapes = [Span(12, 23, "system Quux"), Span(30, 35, "Kupol"), Span(50, 62, "Emma Daniels")]
    list(settle(known, shapes, decide))

    assert asked == [50]


def test_nothing_found_is_nothing_settled() -> None:
    """A text without names has none."""
    assert list(settle([], [], lambda *_: unresolved(""))) == []
