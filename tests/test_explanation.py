"""Tests of resolver.report.explanation: why a candidate is linked, and what would have to be different."""

import pytest
from factories import entity

from resolver.decision import Policy, decide
from resolver.model import Alias, Candidate, Evidence, Mention, Resolution
from resolver.pipeline import Resolver
from resolver.report.explanation import explain_candidate, explanation_record, steps

POLICY = Policy(accept=0.6, accept_lone=0.9, review=0.15)
OSA, TOR = (entity(name, type="product") for name in ("Osa", "Tor"))
START = Evidence("none", "absent", -8.0, "most names that look alike mean someone else")
VETO = Evidence("number", "contradict", -4.0, "numbers differ: 1 / 2")
LOOSE = Evidence("loose_word", "absent", -1.0, "Osa alone is no form of Osa-AKM")


def agrees(bits: float) -> Evidence:
    return Evidence("words_in_common", "agree", bits, "Osa")


def candidates(*weighed: tuple[Evidence, ...]) -> tuple[Candidate, ...]:
    """Osa, and Tor if there are two, with the scores that follow from their bits."""
    total = 1.0 + sum(2.0 ** sum(item.bits for item in evidence) for evidence in weighed)
    return tuple(
        Candidate(known, Alias(known.name), 2.0 ** sum(item.bits for item in evidence) / total, evidence)
        for known, evidence in zip((OSA, TOR), weighed, strict=False)
    )


def resolution(*found: Candidate) -> Resolution:
    return decide(Mention("Osa"), found, POLICY)


def test_a_link_says_what_it_reached_and_how_far_the_next_is() -> None:
    """Its score beside the threshold, and the lead in bits."""
    best, other = candidates((START, agrees(14.0)), (START, agrees(8.0)))
    explanation = explain_candidate(resolution(best, other), best, POLICY)

    assert explanation.is_linked
    assert explanation.why == (
        "its score 0.970 reaches 0.6, and nothing contradicts",
        "the next is product:tor, 6.0 bits behind",
    )
    assert (explanation.missing, explanation.margin, explanation.rival) == (0.0, 6.0, other)


def test_what_is_too_weak_says_how_much_it_lacks() -> None:
    """With so many bits more, the score would be that of the threshold."""
    (weak,) = candidates((START, agrees(7.0)))
    explanation = explain_candidate(resolution(weak), weak, POLICY)

    assert not explanation.is_linked
    assert explanation.why == ("its score 0.333 is below 0.6; it lacks 1.6 bits",)
    (enough,) = candidates((START, agrees(7.0 + explanation.missing)))
    assert enough.score == pytest.approx(POLICY.accept)


def test_a_loose_word_says_that_it_takes_more() -> None:
    """The higher threshold would be a riddle otherwise."""
    (loose,) = candidates((START, agrees(10.5), LOOSE))
    explanation = explain_candidate(resolution(loose), loose, POLICY)

    assert explanation.needed == POLICY.accept_lone
    assert "below 0.9, what a loose word takes, or one that may make another name of it" in explanation.why[0]


@pytest.mark.parametrize(("bits", "said"), [(11.0, "enough"), (6.0, "and it takes 0.6")])
def test_a_contradiction_says_what_the_score_would_be_without(bits: float, said: str) -> None:
    """A curator sees whether it alone keeps the candidate out."""
    (vetoed,) = candidates((START, agrees(bits), VETO))
    (free,) = candidates((START, agrees(bits)))
    explanation = explain_candidate(resolution(vetoed), vetoed, POLICY)

    assert explanation.why[0] == "numbers differ: 1 / 2"
    assert explanation.why[1].startswith("a contradiction is never outvoted; without it the score would be")
    assert explanation.why[1].endswith(said)
    assert explanation.unopposed == pytest.approx(free.score)


def test_a_loser_says_who_is_ahead_and_by_what() -> None:
    """The evidence that makes most of the difference is named."""
    best, other = candidates((START, agrees(14.0)), (START, agrees(8.0)))
    explanation = explain_candidate(resolution(best, other), other, POLICY)

    assert explanation.why[-1] == "product:osa is 6.0 bits ahead, first by words_in_common (6.0)"


def test_an_entity_that_was_no_candidate_is_explained(resolver: Resolver) -> None:
    """It lacks bits, and the best candidate is ahead of it."""
    found = resolver.resolve("Aleksandr Bechalov")
    explanation = explain_candidate(found, resolver.explain("Aleksandr Bechalov", "product:osa"), resolver.policy)

    assert not explanation.is_linked
    assert explanation.missing > 0.0
    assert explanation.rival == found.candidates[0]


@pytest.mark.parametrize("text", ["???", "", "\u200b"])
def test_a_mention_without_a_letter_is_explained(text: str, resolver: Resolver) -> None:
    """There is no evidence at all, and no division by nothing."""
    found = resolver.resolve(text)
    explanation = explain_candidate(found, resolver.explain(text, "product:osa"), resolver.policy)

    assert explanation.why[0].startswith("its score 0.000 is below")
    assert explanation_record(explanation)["evidence"] == []


def test_what_the_numbers_do_not_say_the_reason_does(resolver: Resolver) -> None:
    """A link that the document took back, a blocked string: the score is high and nothing contradicts."""
    (best,) = candidates((START, agrees(20.0)))
    refused = Resolution(Mention("Osa"), "unresolved", (best,), "part of Osa Peninsula")

    assert explain_candidate(refused, best, POLICY).why == ("part of Osa Peninsula",)


def test_steps_lead_from_nothing_to_the_sum(resolver: Resolver) -> None:
    """First where every candidate begins; each step starts where the one before it ended."""
    best = resolver.resolve("Aleksandr Bechalov").candidates[0]
    found = steps(best)

    assert found[0].evidence.name == "none"
    assert [step.start for step in found] == [0.0, *(step.end for step in found[:-1])]
    assert found[-1].end == pytest.approx(best.bits)
    assert steps(Candidate(OSA, Alias("Osa"), 0.0, ())) == []
