"""Turns evidence into a decision: weights to bits, bits to probabilities, probabilities to a status with a reason.

The candidates of a mention and "none of them" share one probability: with s bits of evidence for each candidate,
P(candidate) = 2^s / (1 + sum of 2^s over all candidates). So a close runner-up takes its share (the margin needs no
rule of its own), two equal entities get at most one half each, and the score of a good match still grows with each
piece of evidence. This is the conditional logit of McFadden (1974) with "none" as the outside option; its weights are
fitted by `tests/bench/fit.py` on labelled queries, where "none" stands for the mentions of no entity of the registry.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from resolver.evidence import WRITTEN_THE_SAME, Comparison, Finding, findings, is_same_spelling
from resolver.language.tables import read_table
from resolver.model import ENTITY_TYPES, Candidate, Evidence, Mention, Resolution

_SAID = ("document", "words_in_common", "acronym", "context")  # evidence that a reason of a link names
_NEAR_BITS = -4.3  # below it, one in twenty, a candidate is not worth a word
_MOST_BITS = 60.0  # more would overflow; no evidence weighs that much


@cache
def fitted_weights() -> Mapping[str, float]:
    """Bits per unit of each feature, "comparison.feature", from resolver/weights.txt; "none" is the outside option."""
    return {key: float(values[0]) for key, values in read_table("weights", package="resolver")}


@dataclass(frozen=True, slots=True)
class Policy:
    """What it takes to link a mention. All scores are probabilities, 0..1.

    accept      the least score at which a mention is resolved; at 0.6 about one link in forty is wrong on sanctions
                lists, and one in twenty on inflected names out of the news
    accept_lone  the same for a single word that is no form of an alias: one with a typo, or a part of a longer name. In
                labelled news such words are right in 20 to 60 % of cases, so they fail closed
    review      below it a candidate is not worth a curator's look and does not make a mention ambiguous
    candidates  how many entities are compared closely, and shown: how many of them a resolution keeps
    weights     bits per unit of evidence: "comparison.feature" for all entities, "comparison.feature@type" on top of it
                for those of a type
    """

    accept: float = 0.6
    accept_lone: float = 0.93
    review: float = 0.15
    candidates: int = 12
    shown: int = 5
    weights: Mapping[str, float] = field(default_factory=fitted_weights)
    by_type: Mapping[str, Mapping[str, float]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_type", {kind: self._weights_for(kind) for kind in ENTITY_TYPES})

    def _weights_for(self, kind: str) -> Mapping[str, float]:
        shared = {feature: bits for feature, bits in self.weights.items() if "@" not in feature}
        own = {key.partition("@")[0]: bits for key, bits in self.weights.items() if key.endswith(f"@{kind}")}
        return {feature: shared.get(feature, 0.0) + own.get(feature, 0.0) for feature in shared | own}


def bits_of(found: Sequence[tuple[str, Finding]], weights: Mapping[str, float]) -> float:
    """The case for a candidate in bits: the sum of all evidence."""
    total = weights.get("none", 0.0)
    for name, finding in found:
        for feature, value in finding.values.items():
            total += weights.get(f"{name}.{feature}", 0.0) * value
    return total


def weigh(found: Sequence[tuple[str, Finding]], weights: Mapping[str, float]) -> tuple[Evidence, ...]:
    """The findings as evidence, heaviest first; its bits add up to the case for the candidate."""
    evidence = [Evidence("none", "absent", weights.get("none", 0.0), "most names that look alike mean someone else")]
    for name, finding in found:
        bits = sum(weights.get(f"{name}.{feature}", 0.0) * value for feature, value in finding.values.items())
        evidence.append(Evidence(name, finding.channel, bits, finding.text))
    return tuple(sorted(evidence, key=lambda item: (-abs(item.bits), item.name)))


def rank(pairs: Sequence[tuple[Comparison, tuple[str, ...]]], policy: Policy) -> tuple[Candidate, ...]:
    """One candidate an entity, by its best alias, best first, at most `policy.shown`; ties by entity id."""
    held: dict[str, _Case] = {}
    for pair, keys in pairs:
        found = findings(pair)
        case = _Case(_spelt_alike(pair), bits_of(found, policy.by_type[pair.entry.entity.type]), pair, keys, found)
        known = held.get(pair.entry.entity.id)
        if known is None or (case.alike, case.bits) > (known.alike, known.bits):
            held[pair.entry.entity.id] = case
    total = 1.0 + sum(2.0 ** min(case.bits, _MOST_BITS) for case in held.values())
    best = sorted(held.values(), key=lambda case: (-case.bits, case.pair.entry.entity.id))[: policy.shown]
    return tuple(
        Candidate(
            case.pair.entry.entity,
            case.pair.entry.alias,
            2.0 ** min(case.bits, _MOST_BITS) / total,
            weigh(case.found, policy.by_type[case.pair.entry.entity.type]),
            case.keys,
        )
        for case in best
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known of one alias as the name of the mention, before it is written down as evidence."""

    alike: int
    bits: float
    pair: Comparison
    keys: tuple[str, ...]
    found: Sequence[tuple[str, Finding]]


def _spelt_alike(pair: Comparison) -> int:
    """How near the alias is written to the mention: one with the same letters speaks for the entity, good or ill.

    So OSA, listed as an acronym that needs a cue, is not judged by Osa, and not by a longer alias that needs none.
    """
    mine, other = pair.form, pair.entry.form
    exact = [token.text for token in mine.tokens] == [token.text for token in other.tokens]
    return is_same_spelling(pair) + (mine.folded == other.folded) + exact


def decide(mention: Mention, candidates: tuple[Candidate, ...], policy: Policy) -> Resolution:
    """The resolution of a mention from its ranked candidates, with the reason.

    A contradiction is never outvoted: the best candidate with a veto goes to review however high its score.
    """
    if not candidates:
        return Resolution(mention, "unresolved", (), "no name of the registry is near")
    best = candidates[0]
    if best.bits - sum(item.bits for item in best.vetoes) < _NEAR_BITS:
        return Resolution(mention, "unresolved", candidates, "no name of the registry is near")
    if best.vetoes:
        return Resolution(mention, "unresolved", candidates, f"{best.entity.name}? {_list(best.vetoes)}")
    rivals = [c for c in candidates[1:] if _lacks_only_a_cue(c) >= best.bits]
    accept = policy.accept_lone if _is_loose_word(best) else policy.accept
    if best.score >= accept and not rivals:
        return Resolution(mention, "resolved", candidates, _because(best))
    rivals = rivals or [c for c in candidates[1:] if c.score >= policy.review and not c.vetoes]
    if rivals and best.score >= policy.review:
        named = ", ".join(f"{c.entity.id} ({c.score:.2f})" for c in (best, *rivals[:2]))
        return Resolution(mention, "ambiguous", candidates, f"several entities fit: {named}")
    doubts = sorted((item for item in best.evidence if item.bits < 0 and item.name != "none"), key=lambda i: i.bits)
    why = f": {doubts[0].detail}" if doubts else ""
    return Resolution(mention, "unresolved", candidates, f"{best.entity.name} at {best.score:.2f} is too weak{why}")


def _is_loose_word(candidate: Candidate) -> bool:
    """Whether the mention is one word and no form of the alias: misspelt, or only a part of it."""
    return any(item.name == "loose_word" for item in candidate.evidence)


def _lacks_only_a_cue(candidate: Candidate) -> float:
    """The bits of a candidate that nothing contradicts but a missing cue or type, as if it were there; else -inf.

    Where an entity that needs a cue fits at least as well, the other is not chosen only because it needs none.
    """
    if [item.name for item in candidate.vetoes] != ["requirement"]:
        return -math.inf
    return candidate.bits - candidate.vetoes[0].bits


def _because(best: Candidate) -> str:
    said = {item.name: item.detail for item in best.evidence if item.bits > 0}
    if said.get("spelling") == WRITTEN_THE_SAME:
        said["words_in_common"] = WRITTEN_THE_SAME
    return "; ".join(said[name] for name in _SAID if name in said) or f"as {best.alias.text}"


def _list(vetoes: tuple[Evidence, ...]) -> str:
    return "; ".join(item.detail for item in vetoes)
