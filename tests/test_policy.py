"""Tests of resolver.decision.Policy: presets, and arguments that make no sense."""

import pickle

import pytest
from factories import entity

from resolver.decision import PRESETS, Policy, fitted_weights
from resolver.model import Alias, Candidate, Evidence

LOOSE = Evidence("loose_word", "absent", -1.0, "Osa alone is no form of Osa-AKM")


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_sound(name: str) -> None:
    """What is linked is worth a look, and a lone word takes more; the weights are the fitted ones."""
    policy = Policy.preset(name)

    assert 0.0 < policy.review < policy.accept <= policy.accept_lone < 1.0
    assert policy.weights == fitted_weights()


def test_presets_go_from_sure_to_bold() -> None:
    """Each takes less than the one before it."""
    thresholds = [(policy.accept, policy.accept_lone) for policy in map(Policy.preset, PRESETS)]

    assert thresholds == sorted(thresholds, reverse=True)
    assert [accept_lone for _, accept_lone in thresholds] == sorted((lone for _, lone in thresholds), reverse=True)


def test_the_default_is_balanced() -> None:
    """Who chooses nothing gets what the docs say of it."""
    assert Policy() == Policy.preset("balanced")


def test_an_unknown_preset_is_answered_with_the_known_ones() -> None:
    """A mistyped name must not pass for the default."""
    with pytest.raises(ValueError, match="no preset 'bold': choose one of strict, balanced, recall"):
        Policy.preset("bold")


@pytest.mark.parametrize("name", ["accept", "accept_lone", "review"])
@pytest.mark.parametrize("value", [-0.1, 1.01, 60.0, float("nan")])
def test_a_threshold_is_a_probability(name: str, value: float) -> None:
    """60 is not 60 %."""
    with pytest.raises(ValueError, match=f"{name} is a probability, 0 to 1, not"):
        Policy(**{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["accept", "accept_lone", "review"])
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_never_and_always_are_probabilities(name: str, value: float) -> None:
    """Who wants every link, or none, may say so."""
    assert getattr(Policy(**{name: value}), name) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "weight",
    ["speling.ratio", "spelling", "spelling.", "", "none.bits", "spelling.ratio@vessel", "spelling.ratio@", "@person"],
)
def test_a_weight_that_nothing_looks_for_is_refused(weight: str) -> None:
    """It would count for nothing, and nobody would see it."""
    with pytest.raises(
        ValueError, match=rf"no evidence has the weights {weight}; they begin with one of none, acronym, "
    ):
        Policy(weights={weight: 1.0, "spelling.ratio": 1.0})


@pytest.mark.parametrize("weight", ["none", "none@person", "spelling.ratio", "spelling.share_typo@organization"])
def test_weights_of_ones_own_take_the_place_of_the_fitted_ones(weight: str) -> None:
    """All of them: what is not named weighs nothing."""
    assert Policy(weights={weight: 1.5}).weights == {weight: 1.5}


@pytest.mark.parametrize("policy", [Policy(), Policy.preset("strict"), Policy(shown=2, weights={"none": -3.0})])
def test_a_policy_can_be_sent_to_another_process(policy: Policy) -> None:
    """It arrives equal, with what follows from its weights."""
    arrived = pickle.loads(pickle.dumps(policy))  # noqa: S301 - made here

    assert arrived == policy
    assert arrived.by_type == policy.by_type


@pytest.mark.parametrize(("evidence", "needed"), [((), 0.5), ((LOOSE,), 0.8)])
def test_a_loose_word_takes_more(evidence: tuple[Evidence, ...], needed: float) -> None:
    """One misspelt word, or a part of a name, is seldom enough."""
    osa = entity("Osa-AKM", type="product")

    assert Policy(accept=0.5, accept_lone=0.8).needed(Candidate(osa, Alias(osa.name), 0.7, evidence)) == needed
