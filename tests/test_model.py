"""The values of the model: frozen, comparable, and with the few answers that they give themselves."""

from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest
from factories import entity, mention

from resolver.model import Alias, Candidate, Entity, Evidence, Mention, Occurrence, Resolution

OSA = entity("Osa", "9K33", Alias("Оса", lang="ru"), type="product")
TOR = entity("Tor", type="product")
AGREES = Evidence("spelling", "agree", 8.0, "written the same")
ABSENT = Evidence("patronymic", "absent", -1.5, "no patronymic")
VETO = Evidence("number", "contradict", -2.0, "numbers differ")
FIRST = Candidate(OSA, Alias("Osa"), 0.75, (AGREES, ABSENT))
SECOND = Candidate(TOR, Alias("Tor"), 0.25, (VETO,))
VALUES = (
    Alias("Osa"),
    OSA,
    Mention("Osa"),
    AGREES,
    FIRST,
    Resolution(Mention("Osa"), "resolved", (FIRST,), "written the same"),
    Occurrence("a.txt", 0, 3, "Osa", "Osa.", 0, "resolved", "product:osa", 0.75, "written the same"),
)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_are_frozen(value: Any) -> None:
    """Nobody mutates a result."""
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(value)[0].name, "changed")


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_have_no_room_for_more(value: Any) -> None:
    """A misspelt field is an error, not a new field."""
    with pytest.raises((AttributeError, TypeError)):
        value.scroe = 1.0


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_may_be_kept_in_sets(value: Any) -> None:
    """Equal values are one."""
    assert len({value, value}) == 1


@pytest.mark.parametrize("option", ["lang", "kind", "case", "match", "requires", "from_", "until", "source", "note"])
def test_options_of_an_alias_are_named(option: str) -> None:
    """Only the text goes by its place."""
    assert getattr(Alias("Osa", **{option: "x"}), option) == "x"
    with pytest.raises(TypeError):
        Alias("Osa", "x")  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (mention("Osa"), (0, 3)),
        (mention("Osa", start=5), (5, 8)),
        (mention("Osa", start=5, end=9), (5, 9)),
        (mention(""), (0, 0)),
        (mention("𝕆sa"), (0, 3)),
    ],
)
def test_end_of_a_mention_is_counted_in_code_points(given: Mention, expected: tuple[int, int]) -> None:
    """Without an end it is as long as its text."""
    assert (given.start, given.end) == expected


def test_names_of_an_entity_begin_with_the_canonical_one() -> None:
    """The aliases follow in their order, with their languages."""
    assert list(OSA.names) == [Alias("Osa"), Alias("9K33"), Alias("Оса", lang="ru")]


def test_entity_without_aliases_has_one_name() -> None:
    """The canonical name is always there."""
    assert list(TOR.names) == [Alias("Tor")]


def test_bits_of_a_candidate_are_the_sum_of_its_evidence() -> None:
    """What the curator sees adds up."""
    assert (FIRST.bits, SECOND.bits) == (6.5, -2.0)


def test_only_contradictions_are_vetoes() -> None:
    """What is absent, or weighs little, keeps nobody from being meant."""
    assert (FIRST.vetoes, SECOND.vetoes) == ((), (VETO,))


def test_resolved_mention_means_the_best_candidate() -> None:
    """The first candidate is the best."""
    resolution = Resolution(Mention("Osa"), "resolved", (FIRST, SECOND), "")

    assert (resolution.entity, resolution.entity_id, resolution.score) == (OSA, "product:osa", 0.75)


@pytest.mark.parametrize("status", ["ambiguous", "unresolved"])
def test_mention_that_is_not_resolved_means_nobody(status: str) -> None:
    """Its candidates and their scores stay there to be read."""
    resolution = Resolution(Mention("Osa"), status, (FIRST, SECOND), "")

    assert (resolution.entity, resolution.entity_id, resolution.score) == (None, None, 0.75)


def test_resolution_without_candidates_scores_nothing() -> None:
    """NIL is a value with a score of zero."""
    resolution = Resolution(Mention("Emma"), "unresolved", (), "")

    assert (resolution.entity, resolution.entity_id, resolution.score) == (None, None, 0.0)


def test_candidate_shows_what_a_reader_of_a_log_needs() -> None:
    """Not all of its evidence, but who, how sure and by which name."""
    assert repr(FIRST) == "<Candidate product:osa 0.750 as 'Osa'>"


@pytest.mark.parametrize(("status", "shown"), [("resolved", "product:osa"), ("ambiguous", "ambiguous")])
def test_resolution_shows_its_target_or_its_status(status: str, shown: str) -> None:
    """The reason stands behind it."""
    resolution = Resolution(Mention("Osa"), status, (FIRST,), "because")

    assert repr(resolution) == f"<Resolution 'Osa' -> {shown} 0.750: because>"


def test_equal_fields_make_equal_entities() -> None:
    """Aliases count, in their order."""
    assert Entity("a", "A", "other", (Alias("B"),)) == Entity("a", "A", "other", (Alias("B"),))
    assert Entity("a", "A", "other", (Alias("B"), Alias("C"))) != Entity("a", "A", "other", (Alias("C"), Alias("B")))
