"""A change of the registry is tried on the mentions of an audit before it is made."""

from collections.abc import Iterable

from factories import entity

from resolver.model import Entity, Occurrence
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.review import Impact, impact_of
from resolver.review.impact import TRIED

OSA = entity("Osa", "9K33", type="product", cues=("missile",))
KUPOL = entity("Kupol", type="organization")


def occurrence(text: str, sentence: str, document: str = "a.txt") -> Occurrence:
    start = sentence.index(text)
    return Occurrence(document, start, start + len(text), text, sentence, 0, "unresolved", None, 0.0, "")


def tried(
    before: Iterable[Entity], after: Iterable[Entity], *seen: Occurrence, blocked: tuple[str, ...] = ()
) -> Impact:
    old = Registry.from_entities(before)
    return impact_of(Resolver(old), Resolver(Registry.from_entities(after, blocked=blocked)), seen)


def test_a_new_entity_places_its_mentions() -> None:
    """In all their forms; the others stay as they are."""
    seen = [
        occurrence("Kupol", "The Kupol plant."),
        occurrence("Купола", "Рабочие Купола."),
        occurrence("Tor", "A Tor."),
    ]
    found = tried([OSA], [OSA, KUPOL], *seen)

    assert {(effect.text, effect.before, effect.after) for effect in found.placed} == {
        ("Kupol", "unresolved", "organization:kupol"),
        ("Купола", "unresolved", "organization:kupol"),
    }
    assert (found.mentions, found.moved, found.lost) == (3, (), ())


def test_an_alias_that_two_entities_hold_loses_mentions() -> None:
    """And is told as shared."""
    other = entity("Kupol", type="organization", id="organization:dome")
    found = tried([KUPOL], [KUPOL, other], occurrence("Kupol", "Kupol began."))

    assert [(effect.before, effect.after) for effect in found.lost] == [("organization:kupol", "ambiguous")]
    assert (found.placed, found.moved) == ((), ())
    assert found.shared == (("kupol", ("organization:dome", "organization:kupol")),)
    assert found.lines()[1:] == [
        "  1 lost: Kupol (organization:kupol -> ambiguous)",
        "  now a name of organization:dome and organization:kupol: 'kupol'",
    ]


def test_an_entity_that_goes_loses_its_mentions() -> None:
    """Nothing that comes is near them."""
    found = tried([OSA, KUPOL], [OSA], occurrence("Kupol", "Kupol began."), occurrence("Osa", "The Osa missile."))

    assert [(effect.text, effect.before, effect.after) for effect in found.lost] == [
        ("Kupol", "organization:kupol", "unresolved")
    ]
    assert (found.placed, found.moved) == ((), ())


def test_a_mention_may_move() -> None:
    """From the entity that was only near to the one that is meant."""
    found = tried(
        [entity("Andrii Kovalenko")],
        [entity("Andrey Kovalenkov", "Andrii Kovalenko")],
        occurrence("Andrii Kovalenko", "Andrii Kovalenko came."),
    )

    assert [(effect.before, effect.after) for effect in found.moved] == [
        ("person:andrii-kovalenko", "person:andrey-kovalenkov")
    ]
    assert found.lines()[1].startswith("  1 moved to another entity: Andrii Kovalenko (person:andrii-kovalenko -> ")
    assert (found.placed, found.lost) == ((), ())


def test_a_blocked_string_loses_its_mentions() -> None:
    """Also in capitals, as the resolver blocks it."""
    found = tried([KUPOL], [KUPOL], occurrence("KUPOL", "KUPOL again."), blocked=("Kupol",))

    assert [(effect.text, effect.after) for effect in found.lost] == [("KUPOL", "unresolved")]


def test_a_phrase_that_never_means_the_entity_counts_in_its_sentence() -> None:
    """The same name elsewhere still means it."""
    never = entity("Kupol", type="organization", never=("Kupol of the church",))
    found = tried(
        [KUPOL], [never], occurrence("Kupol", "The Kupol of the church."), occurrence("Kupol", "Kupol works.")
    )

    assert [(effect.count, effect.total) for effect in found.lost] == [(1, 2)]


def test_nothing_that_changes_nothing_is_told() -> None:
    """An alias that is covered already."""
    found = tried([KUPOL], [entity("Kupol", "Купол", type="organization")], occurrence("Купол", "Купол работает."))

    assert (found.placed, found.moved, found.lost, found.shared) == ((), (), (), ())
    assert found.lines() == [
        "Of 1 mention in the audit, each alone in its sentence:",
        "  none is decided in another way",
    ]


def test_of_a_frequent_spelling_the_first_are_tried() -> None:
    """If they change alike, so do the others; if not, only what was seen is told."""
    seen = [occurrence("Kupol", f"Kupol, day {day}.") for day in range(TRIED + 5)]
    never = entity("Kupol", type="organization", never=("Kupol, day 3",))
    (all_,), (some,) = tried([], [KUPOL], *seen).placed, tried([], [never], *seen).placed

    assert (all_.count, all_.total) == (TRIED + 5, TRIED + 5)
    assert (some.count, some.total) == (TRIED - 1, TRIED + 5)
    assert tried([], [KUPOL], *seen).lines()[1] == (
        f"  {TRIED + 5} placed: Kupol ×{TRIED + 5} (unresolved -> organization:kupol)"
    )


def test_no_more_examples_than_asked_for_are_told() -> None:
    """The others are counted."""
    seen = [occurrence(text, f"{text} began.") for text in ("Kupol", "Купол", "Куполом", "KUPOL")]
    found = tried([], [KUPOL], *seen, occurrence("Kupol", "Kupol again."), occurrence("—", "A — dash."))

    assert (found.mentions, sum(effect.count for effect in found.placed)) == (6, 5)
    assert found.lines(most=1)[1] == ("  5 placed: Kupol ×2 (unresolved -> organization:kupol), 3 more spellings")
    assert found.lines(most=3)[1].endswith("), 1 more spelling")
    assert "more spelling" not in found.lines(most=4)[1]
