"""Turns evidence into a decision: weights to bits, bits to probabilities, probabilities to a status with a reason.

The candidates of a mention and "none of them" share one probability: with s bits of evidence for each candidate,
P(candidate) = 2^s / (1 + sum of 2^s over all candidates). So a close runner-up takes its share (the margin needs no
rule of its own), two equal entities get at most one half each, and the score of a good match still grows with each
piece of evidence. This is the conditional logit of McFadden (1974) with "none" as the outside option; its weights are
fitted by `tests/bench/fit.py` on labelled queries, where "none" stands for the mentions of no entity of the registry.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from resolver.evidence import (
    COMPARISONS,
    KNOWN,
    WRITTEN_THE_SAME,
    Comparison,
    Finding,
    as_initialled,
    differ_by_a_letter,
    findings,
    is_as_written,
    is_same_spelling,
)
from resolver.forms import likeness
from resolver.index import AliasEntry, Hit
from resolver.language.tables import read_table
from resolver.memory import FEW
from resolver.model import ENTITY_TYPES, Candidate, Evidence, Mention, Resolution

SPELT_OTHERWISE = "spelt_otherwise"  # the one evidence that looks at other candidates, see `_prefer_own_spelling`
_SAID = ("document", "words_in_common", "acronym", "context")  # evidence that a reason of a link names
UNTOLD = frozenset({"none", "names_held", "odd_name"})  # evidence that says nothing of the two names
_OF_OTHERS = UNTOLD | {SPELT_OTHERWISE}  # nor of the mention as a name of this entity
_AGAINST_ALL = "most names that look alike mean someone else"
_DOUBTS = ("loose_word", "sister", "generic")  # evidence with which it takes more to link
_NEAR_BITS = -4.3  # below it, one in twenty, a candidate is not worth a word
_MOST_BITS = 60.0  # more would overflow; no evidence weighs that much
_DIGITS = 9  # of bits that tell one case from another: sums in another order differ in the last ones


Weights = dict[str, dict[str, float]]  # bits per unit, by comparison and feature


@cache
def fitted_weights() -> Mapping[str, float]:
    """Bits per unit of each feature, "comparison.feature", from resolver/weights.txt; "none" is the outside option."""
    return {key: float(values[0]) for key, values in read_table("weights", package="resolver")}


class Thresholds(NamedTuple):
    """The scores that a preset of `Policy` sets; they mean what they mean there."""

    accept: float
    accept_lone: float
    review: float


PRESETS: Mapping[str, Thresholds] = {  # from sure to bold; docs/matching.md has what each costs
    "strict": Thresholds(0.85, 0.98, 0.15),
    "balanced": Thresholds(0.56, 0.73, 0.15),
    "recall": Thresholds(0.4, 0.6, 0.05),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What it takes to link a mention. All scores are probabilities, 0..1.

    accept      the least score at which a mention is resolved: the default is that of the preset "balanced"
    accept_lone  the same for a single word that is no form of an alias, being misspelt or a part of a longer name,
                for a name with a word more that may make a sister of it, for one of which only generic words agree,
                and for one that two people have: they fail closed
    review      below it a candidate is not worth a curator's look and does not make a mention ambiguous
    candidates  how many entities are compared closely, and shown: how many of them a resolution keeps
    weights     bits per unit of evidence: "comparison.feature" for all entities, "comparison.feature@type" on top of it
                for those of a type. They take the place of all fitted ones; to change one, give
                `{**fitted_weights(), "acronym.letters": 2.0}`

    Raises ValueError for a threshold that is no probability, and for a weight of evidence that nothing looks for.
    """

    accept: float = PRESETS["balanced"].accept
    accept_lone: float = PRESETS["balanced"].accept_lone
    review: float = PRESETS["balanced"].review
    candidates: int = 12
    shown: int = 5
    weights: Mapping[str, float] = field(default_factory=fitted_weights)
    by_type: Mapping[str, Weights] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("accept", "accept_lone", "review"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise ValueError(f"{name} is a probability, 0 to 1, not {getattr(self, name)}")
        if self.weights is not fitted_weights():
            _check_weights(self.weights)
        object.__setattr__(self, "by_type", {kind: self._weights_for(kind) for kind in ENTITY_TYPES})

    def __reduce__(self) -> tuple[type["Policy"], tuple[object, ...]]:
        """For pickle: what it was made of, not what follows from that."""
        return type(self), tuple(getattr(self, each.name) for each in fields(self) if each.init)

    @classmethod
    def preset(cls, name: str) -> "Policy":
        """A policy by how many wrong links it may make, with the fitted weights. Raises ValueError for another name.

        "strict"     at most one link in 150 is wrong on sanctions lists, one in 35 on inflected names of news
        "balanced"   one in 45 on sanctions lists, one in 20 in news; what `Policy()` is
        "recall"     one in 24, and one in 16: for those who look at every link themselves

        >>> Policy.preset("strict").accept > Policy().accept > Policy.preset("recall").accept
        True
        """
        if name not in PRESETS:
            raise ValueError(f"no preset {name!r}: choose one of {', '.join(PRESETS)}")
        return cls(*PRESETS[name])

    def needed(self, candidate: Candidate) -> float:
        """The least score at which this candidate is linked."""
        return self.accept_lone if any(item.name in _DOUBTS for item in candidate.evidence) else self.accept

    def _weights_for(self, kind: str) -> Weights:
        weights: dict[str, dict[str, float]] = {}
        for key, bits in self.weights.items():
            name, _, entity_type = key.partition("@")
            if entity_type in ("", kind):
                comparison, _, feature = name.partition(".")
                of_comparison = weights.setdefault(comparison, {})
                of_comparison[feature] = of_comparison.get(feature, 0.0) + bits
        return weights


def _check_weights(weights: Mapping[str, float]) -> None:
    """Raise ValueError for a weight of no comparison, or of no type: a mistyped one would count for nothing, unseen."""
    known = ("none", *sorted((SPELT_OTHERWISE, *(compare.__name__ for compare in COMPARISONS))))
    unknown = [weight for weight in sorted(weights) if not _is_weight(weight, known)]
    if unknown:
        raise ValueError(f"no evidence has the weights {', '.join(unknown)}; they begin with one of {', '.join(known)}")


def _is_weight(weight: str, known: Sequence[str]) -> bool:
    feature, at, kind = weight.partition("@")
    comparison, _, value = feature.partition(".")
    return comparison in known and (comparison == "none") == (value == "") and (not at or kind in ENTITY_TYPES)


def bits_of(found: Sequence[tuple[str, Finding]], weights: Weights) -> float:
    """The case for a candidate in bits: the sum of all evidence."""
    total = 0.0
    for name, finding in found:
        total += _bits(name, finding, weights)
    return _outside(weights) + total


def weigh(found: Sequence[tuple[str, Finding]], weights: Weights) -> tuple[Evidence, ...]:
    """The findings as evidence, heaviest first; its bits add up to the case for the candidate."""
    evidence = [_evidence("none", "absent", _outside(weights), _AGAINST_ALL)]
    for name, finding in found:
        evidence.append(_evidence(name, finding.channel, _bits(name, finding, weights), finding.text))
    return tuple(sorted(evidence, key=_by_weight))


@lru_cache(maxsize=FEW)
def _evidence(name: str, channel: str, bits: float, detail: str) -> Evidence:
    """One object for equal evidence: two in three pieces were there before, and remembered decisions hold them all."""
    return Evidence(name, channel, bits, detail)


def _by_weight(item: Evidence) -> tuple[float, str]:
    return -abs(item.bits), item.name


def _outside(weights: Weights) -> float:
    """The bits with which every candidate starts, against none of them."""
    return weights["none"][""] if "none" in weights else 0.0


def _bits(name: str, finding: Finding, weights: Weights) -> float:
    known = weights.get(name)
    total = 0.0
    if known:
        for feature, value in finding.values.items():
            if feature in known:
                total += known[feature] * value
    return total


def rank(
    pairs: Sequence[tuple[Comparison, Hit | None]], policy: Policy, *, always: str | None = None
) -> tuple[Candidate, ...]:
    """One candidate an entity, by its best alias, best first, at most `policy.shown`; ties by spelling, then entity id.

    The best one, those worth a word and the entity with the id `always` are kept.
    """
    held = cases(pairs, policy)
    total = 1.0 + sum([2.0 ** min(case.bits, _MOST_BITS) for case in held.values()])
    best = list(_in_order(held.values()))
    candidates = [_candidate(case, total, policy) for case in best[:1]]
    candidates += [_candidate(case, total, policy) for case in best[1 : policy.shown] if _is_near(case, policy)]
    if always in held and all(candidate.entity.id != always for candidate in candidates):
        candidates.append(_candidate(held[always], total, policy))
    return tuple(candidates)


def cases(pairs: Sequence[tuple[Comparison, Hit | None]], policy: Policy) -> dict[str, "Case"]:
    """The case for each entity by its best alias, with what follows from the case for others."""
    held: dict[str, Case] = {}
    by_table: dict[str, Case] = {}
    for pair, hit in pairs:
        entity = pair.entry.entity
        cases_of = by_table if pair.ways == KNOWN else held
        known, alike = cases_of.get(entity.id), _spelt_alike(pair)
        if known is None or alike >= known.alike:
            found = findings(pair)
            bits = bits_of(found, policy.by_type[entity.type])
            if known is None or (alike, bits) > (known.alike, known.bits):
                cases_of[entity.id] = Case(alike, bits, pair, hit, found)
    if by_table:
        _add_known(held, by_table, policy)
    _prefer_own_spelling(held, policy)
    _prefer_fuller(held, policy)
    return held


def _add_known(held: dict[str, "Case"], by_table: Mapping[str, "Case"], policy: Policy) -> None:
    """Add names that the table of exonyms joins: they count less where the words of another name agree one by one."""
    sure = _sure({entity_id: case for entity_id, case in held.items() if _agrees_in_words(case)})
    for entity_id, known in by_table.items():
        case = known
        if sure is not None:
            finding = Finding("absent", {"in_words": 1.0}, f"{sure.form.text} is a name of {sure.entity.id}")
            bits = _bits(SPELT_OTHERWISE, finding, policy.by_type[case.pair.entry.entity.type])
            case = case._replace(bits=case.bits + bits, found=[*case.found, (SPELT_OTHERWISE, finding)])
        if entity_id not in held or case.bits > held[entity_id].bits:
            held[entity_id] = case


def _agrees_in_words(case: "Case") -> bool:
    """Whether all words of both names agree, and more speaks for the case than against it."""
    return case.bits > 0 and bool(case.pair.pairs) and not case.pair.rest and not case.pair.alias_rest


def _prefer_own_spelling(held: dict[str, "Case"], policy: Policy) -> None:
    """Count it against the others where the registry spells one entity as the mention does, or so but for its case.

    ФСБ is rather the entity of that name than the one of which only FSB is known. Where nobody is spelt so, it is one
    of whose name all words but one are, and that one but for a slip. Else nothing counts: a registry need not have
    every script.
    """
    if len(held) == 1:
        return
    listed = {entity_id: case for entity_id, case in held.items() if _is_own_spelling(case.pair)}
    slips = {} if _sure(listed) else {k: case for k, case in held.items() if _is_own_but_for_a_slip(case.pair)}
    sure = _sure(slips or listed)
    if sure is None:
        return
    feature = "slip" if slips else "listed"
    finding = Finding("absent", {feature: 1.0}, f"{sure.form.text} is a name of {sure.entity.id}")
    for entity_id in held.keys() - listed.keys() - slips.keys():
        case = held[entity_id]
        bits = _bits(SPELT_OTHERWISE, finding, policy.by_type[case.pair.entry.entity.type])
        held[entity_id] = case._replace(bits=case.bits + bits, found=[*case.found, (SPELT_OTHERWISE, finding)])


def _prefer_fuller(held: dict[str, "Case"], policy: Policy) -> None:
    """Count it against people whose name lacks a word of the mention, where that of another has it but for a letter.

    Shawki Ali Amed Al-Hayashi is hardly Shawki Al-Hayashi where the registry has Shawki Ali Ahmed Al-Hayashi.
    """
    people = {entity_id: case for entity_id, case in held.items() if case.pair.is_person}
    for entity_id, case in people.items() if len(people) > 1 else ():
        others = (other.pair for other in people.values() if other is not case)
        fuller = next((pair for pair in others if _is_fuller(pair, case.pair)), None)
        if fuller:
            finding = Finding("absent", {"fuller": 1.0}, f"{fuller.entry.form.text} has more of its words")
            bits = _bits(SPELT_OTHERWISE, finding, policy.by_type["person"])
            held[entity_id] = case._replace(bits=case.bits + bits, found=[*case.found, (SPELT_OTHERWISE, finding)])


def _is_fuller(pair: Comparison, other: Comparison) -> bool:
    """Whether a name has all words of the mention that another has, as sure, and its others but for a letter of one.

    A patronymic is left out as often as not, and tells nothing.
    """
    lacking = [token for token in other.rest if not (token.patronymic or token.title or token.initial)]
    is_slip = len(pair.rest) == len(pair.alias_rest) == 1 and differ_by_a_letter(pair.rest[0], pair.alias_rest[0])
    if not lacking or not (is_slip or not (pair.rest or pair.alias_rest)):
        return False
    sure = {token for each in pair.pairs if each.how != "typo" for token in each.mention}
    return sure.issuperset(token for each in other.pairs for token in each.mention)


def _sure(own: Mapping[str, "Case"]) -> AliasEntry | None:
    """The name of the first of these cases that nothing contradicts."""
    return next((case.pair.entry for case in own.values() if not _has_veto(case)), None)


def _is_own_spelling(pair: Comparison) -> bool:
    """Whether the whole mention is written as the alias, in its script, with the same letters or in another case."""
    if not pair.pairs or pair.rest or pair.alias_rest:
        return False
    return all(is_as_written(found) for found in pair.pairs)


def _is_own_but_for_a_slip(pair: Comparison) -> bool:
    """Whether the whole mention is written as the alias but for one letter of one of its words."""
    if len(pair.pairs) < 2 or pair.rest or pair.alias_rest:
        return False
    others = [found for found in pair.pairs if not is_as_written(found)]
    if len(others) != 1 or others[0].how == "joined":
        return False
    return differ_by_a_letter(others[0].mention[0], others[0].alias[0])


def _has_veto(case: "Case") -> bool:
    return any(finding.channel == "contradict" for _, finding in case.found)


def _in_order(held: Iterable["Case"]) -> Iterator["Case"]:
    """The entities with the best case first; of equal ones those written most like the mention, then by id.

    Evidence compares folded words in any order, and so cannot tell names apart that differ by the script, by marks or
    by the order of their words alone. Few are equal, so only these are read letter by letter.
    """
    for _, group in groupby(sorted(held, key=_by_bits), key=_by_bits):
        equal = list(group)
        yield from equal if len(equal) == 1 else sorted(equal, key=_by_spelling)


def _by_bits(case: "Case") -> float:
    return -round(case.bits, _DIGITS)


def _by_spelling(case: "Case") -> tuple[float, float, str]:
    mine, other = case.pair.mention.text.casefold(), as_initialled(case.pair).casefold()
    return -likeness(mine, other), -ratio(mine, other), case.pair.entry.entity.id


def _candidate(case: "Case", total: float, policy: Policy) -> Candidate:
    entity, alias = case.pair.entry.entity, case.pair.entry.alias
    evidence = weigh(case.found, policy.by_type[entity.type])
    keys = case.hit.keys if case.hit else ()
    return Candidate(entity, alias, 2.0 ** min(case.bits, _MOST_BITS) / total, evidence, keys)


def _is_near(case: "Case", policy: Policy) -> bool:
    """Whether a candidate is worth a word: if it were not for what contradicts, it might be the one."""
    weights = policy.by_type[case.pair.entry.entity.type]
    vetoes = [_bits(name, finding, weights) for name, finding in case.found if finding.channel == "contradict"]
    return case.bits - sum(vetoes) >= _NEAR_BITS


class Case(NamedTuple):
    """What is known of one alias as the name of the mention, before it is written down as evidence."""

    alike: int
    bits: float
    pair: Comparison
    hit: Hit | None
    found: Sequence[tuple[str, Finding]]


def _spelt_alike(pair: Comparison) -> int:
    """How near the alias is written to the mention: one with the same letters speaks for the entity, good or ill.

    So OSA, listed as an acronym that needs a cue, is not judged by Osa, and not by a longer alias that needs none.
    """
    mine, other = pair.form, pair.entry.form
    if mine.folded != other.folded:
        return int(is_same_spelling(pair))
    return 2 + ([token.text for token in mine.tokens] == [token.text for token in other.tokens])


def decide(mention: Mention, candidates: tuple[Candidate, ...], policy: Policy) -> Resolution:
    """The resolution of a mention from its ranked candidates, with the reason.

    A contradiction is never outvoted: the best candidate with a veto goes to review however high its score.
    """
    if not candidates:
        return Resolution(mention, "unresolved", (), "no name of the registry is near")
    best, bits, vetoes = candidates[0], candidates[0].bits, candidates[0].vetoes
    if bits - sum(item.bits for item in vetoes) < _NEAR_BITS:
        return Resolution(mention, "unresolved", candidates, "no name of the registry is near")
    if vetoes:
        return Resolution(mention, "unresolved", candidates, f"{best.entity.name}? {_list(vetoes)}")
    rivals = [c for c in candidates[1:] if _lacks_only_a_cue(c) >= bits]
    if best.score >= policy.needed(best) and not rivals and not _is_doubtful(best, candidates[1:], policy):
        return Resolution(mention, "resolved", candidates, _because(best))
    rivals = rivals or [c for c in candidates[1:] if c.score >= policy.review and not c.vetoes]
    if rivals and best.score >= policy.review:
        named = ", ".join(f"{c.entity.id} ({c.score:.2f})" for c in (best, *rivals[:2]))
        return Resolution(mention, "ambiguous", candidates, f"several entities fit: {named}")
    doubts = sorted((item for item in best.evidence if item.bits < 0 and item.name != "none"), key=lambda i: i.bits)
    why = f": {doubts[0].detail}" if doubts else ""
    return Resolution(mention, "unresolved", candidates, f"{best.entity.name} at {best.score:.2f} is too weak{why}")


def add_evidence(candidates: Sequence[Candidate], more: Mapping[str, Evidence]) -> tuple[Candidate, ...]:
    """The candidates with one more piece of evidence for some entities, by id, and the probabilities that follow.

    Candidates that `rank` did not keep count as before.
    """
    if not candidates:
        return ()
    total = 2.0 ** min(candidates[0].bits, _MOST_BITS) / candidates[0].score
    changed = []
    for candidate in candidates:
        evidence, added = candidate.evidence, more.get(candidate.entity.id)
        if added:
            evidence = tuple(sorted((*evidence, added), key=_by_weight))
            total += 2.0 ** min(candidate.bits + added.bits, _MOST_BITS) - 2.0 ** min(candidate.bits, _MOST_BITS)
        changed.append((sum(item.bits for item in evidence), evidence, candidate))
    changed.sort(key=lambda each: -round(each[0], _DIGITS))  # equal ones stay as `rank` has put them
    return tuple(
        Candidate(known.entity, known.alias, 2.0 ** min(bits, _MOST_BITS) / total, evidence, known.blocked_by)
        for bits, evidence, known in changed
    )


def _lacks_only_a_cue(candidate: Candidate) -> float:
    """The bits of a candidate that nothing contradicts but a missing cue or type, as if it were there; else -inf.

    Where an entity that needs a cue fits at least as well, the other is not chosen only because it needs none.
    """
    if [item.name for item in candidate.vetoes] != ["requirement"]:
        return -math.inf
    return candidate.bits - candidate.vetoes[0].bits


def _is_doubtful(best: Candidate, others: Iterable[Candidate], policy: Policy) -> bool:
    """Whether somebody else has the very name, and the score is below what it takes then."""
    return best.score < policy.accept_lone and any(_are_namesakes(best, other) for other in others)


def _are_namesakes(best: Candidate, other: Candidate) -> bool:
    """Whether two people have the very name of the mention, and nothing in the text tells which of them is meant.

    That the registry holds more names of the one makes him likelier to be written about, but seldom by much. Of whom it
    is an odd name, unlike his own, he is none.
    """
    if not best.entity.type == other.entity.type == "person" or (_is_odd(other) and not _is_odd(best)):
        return False
    return _told(best) == _told(other)


def _is_odd(candidate: Candidate) -> bool:
    return any(item.name == "odd_name" for item in candidate.evidence)


def _told(candidate: Candidate) -> tuple[str, set[tuple[str, str, str]]]:
    """What is said of the mention as a name of this entity, but for what the registry holds of the entity besides."""
    said = {(each.name, each.channel, each.detail) for each in candidate.evidence if each.name not in _OF_OTHERS}
    return candidate.alias.text.casefold(), said


def _because(best: Candidate) -> str:
    said = {item.name: item.detail for item in best.evidence if item.bits > 0}
    if said.get("spelling") == WRITTEN_THE_SAME:
        said["words_in_common"] = WRITTEN_THE_SAME
    return "; ".join(said[name] for name in _SAID if name in said) or f"as {best.alias.text}"


def _list(vetoes: tuple[Evidence, ...]) -> str:
    return "; ".join(item.detail for item in vetoes)
