"""What a registry has answered is not asked again."""

from dataclasses import replace

import pytest

from resolver.model import Entity, Occurrence
from resolver.review import build_queue
from resolver.review.settled import NEAR, Settled

OSA = Entity("product:osa", "Osa", "product", never=("Osa Peninsula",))
BRECHALOV = Entity("person:aleksandr-brechalov", "Aleksandr Brechalov", "person", never=("Sergei Brechalov",))
SETTLED = Settled([OSA, BRECHALOV])


def seen(text: str, *candidates: tuple[str, float], sentence: str = "") -> Occurrence:
    start = sentence.find(text) if sentence else 0
    found = tuple((entity_id, score, "") for entity_id, score in candidates)
    sentence = sentence or text
    return Occurrence("a.txt", start, start + len(text), text, sentence, 0, "unresolved", None, 0.0, "", found)


@pytest.mark.parametrize("text", ["Sergei Brechalov", "SERGEI  BRECHALOV", "Ser\u00adgei Brechalov"])
def test_a_name_that_is_listed_is_settled(text: str) -> None:
    """In any case and with any invisible sign."""
    assert SETTLED.open_part(seen(text, (BRECHALOV.id, 0.4))) is None


def test_a_listed_name_is_settled_without_its_entity_among_the_candidates() -> None:
    """The phrase itself is what pushes the entity down."""
    assert SETTLED.open_part(seen("Sergei Brechalov")) is None


def test_a_part_of_a_listed_phrase_is_settled() -> None:
    """The Osa of the Osa Peninsula is no missile system."""
    assert SETTLED.open_part(seen("Osa", (OSA.id, 0.9), sentence="It lies on the Osa Peninsula.")) is None


@pytest.mark.parametrize(
    "sentence", ["Osa was near the Osa Peninsula.", "The Osa system.", "In Peninsula Osa, they say."]
)
def test_the_same_word_elsewhere_is_a_question(sentence: str) -> None:
    """Only the mention that the phrase holds is meant."""
    found = seen("Osa", (OSA.id, 0.5), sentence=sentence)

    assert SETTLED.open_part(found) == found


def test_the_same_word_behind_the_phrase_is_a_question() -> None:
    """The phrase holds another mention."""
    sentence = "The Osa Peninsula has no Osa."
    start = sentence.rindex("Osa")
    found = replace(seen("Osa", (OSA.id, 0.5), sentence=sentence), start=start, end=start + 3)

    assert SETTLED.open_part(found) == found


def test_another_entity_that_is_near_keeps_the_question_open() -> None:
    """It is asked without the entity that was excluded."""
    found = SETTLED.open_part(seen("Sergei Brechalov", (BRECHALOV.id, 0.4), ("person:other", 0.3)))

    assert found is not None
    assert [candidate[0] for candidate in found.candidates] == ["person:other"]


def test_another_entity_that_is_far_does_not() -> None:
    """A letter in common is no new reason to ask."""
    assert SETTLED.open_part(seen("Sergei Brechalov", (BRECHALOV.id, 0.4), ("person:other", 0.1))) is None
    assert SETTLED.open_part(seen("Sergei Brechalov", (BRECHALOV.id, 0.4), ("person:other", NEAR))) is not None


def test_a_form_that_is_not_listed_is_a_question() -> None:
    """Fails closed: what the curator did not see is not decided."""
    found = seen("Сергея Бречалова", (BRECHALOV.id, 0.4))

    assert SETTLED.open_part(found) == found


def test_a_queue_asks_nothing_that_is_settled() -> None:
    """Neither the item nor its count is there."""
    asked = [seen("Sergei Brechalov", (BRECHALOV.id, 0.4)), seen("Igor Brechalov", (BRECHALOV.id, 0.4))]

    assert [item.name for item in build_queue(asked, [OSA, BRECHALOV])] == ["Igor Brechalov"]
    assert len(build_queue(asked)) == 2
