"""Why a candidate is linked, or what keeps it from being linked, in numbers and in words.

Everything here is read off a `Resolution` and its `Policy`; nothing is decided anew. Bits are log2 of the odds, so what
a score lacks to a threshold is the difference of the two in bits, and so is the lead of one candidate over another.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from resolver.decision import Policy
from resolver.model import Candidate, Evidence, Resolution
from resolver.wording import score_text

START = "none"  # the evidence with which every candidate begins
_DIGITS = 4  # of numbers in records
_SHOWN = 3  # of scores in sentences
_TELLING = 0.5  # bits of a difference that is worth a word
_REASONS = 2  # for which a rival is said to be ahead


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of one candidate of a mention.

    needed      the score it takes to be linked
    missing     bits that its score lacks to that; 0.0 if it is reached
    unopposed   the score that it would have without its contradictions; its own score if it has none
    rival       the best other candidate of the mention
    why         what lets it be linked, or each thing that would have to be different
    """

    candidate: Candidate
    is_linked: bool
    needed: float
    missing: float
    unopposed: float
    rival: Candidate | None
    why: tuple[str, ...] = ()

    @property
    def margin(self) -> float | None:
        """Bits by which it is ahead of its rival; negative if it is behind, None without a rival."""
        return None if self.rival is None else self.candidate.bits - self.rival.bits


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of evidence on the way from nothing to the sum: it leads from `start` to `end`, in bits."""

    evidence: Evidence
    start: float
    end: float


def explain_candidate(resolution: Resolution, candidate: Candidate, policy: Policy) -> Explanation:
    """What became of a candidate of this resolution, or of any other entity that `Resolver.explain` has weighed."""
    needed = policy.needed(candidate)
    odds = _log_odds(candidate.score)
    bare = Explanation(
        candidate,
        is_linked=resolution.entity_id == candidate.entity.id,
        needed=needed,
        missing=max(0.0, _log_odds(needed) - odds) if candidate.score < needed else 0.0,
        unopposed=_score(odds - sum(item.bits for item in candidate.vetoes)) if candidate.vetoes else candidate.score,
        rival=next((other for other in resolution.candidates if other.entity.id != candidate.entity.id), None),
    )
    why = _reasons_for(bare) if bare.is_linked else _reasons_against(bare, policy)
    return replace(bare, why=tuple(why) or (resolution.reason,))


def steps(candidate: Candidate) -> list[Step]:
    """The evidence in the order in which it is read: where every candidate begins, then the strongest first."""
    found: list[Step] = []
    for item in sorted(candidate.evidence, key=lambda item: item.name != START):
        start = found[-1].end if found else 0.0
        found.append(Step(item, start, start + item.bits))
    return found


def _log_odds(score: float) -> float:
    """The score in bits; a score of 0 or 1 counts as the nearest number that is not."""
    held = min(max(score, 1e-12), 1 - 1e-12)
    return math.log2(held / (1 - held))


def _score(log_odds: float) -> float:
    """The score that is so many bits, the inverse of `_log_odds`."""
    return 1 / (1 + math.exp2(-log_odds))


def _reasons_for(one: Explanation) -> Iterator[str]:
    yield f"its score {_shown(one.candidate.score)} reaches {one.needed:g}, and nothing contradicts"
    if one.rival and one.margin is not None:
        yield f"the next is {one.rival.entity.id}, {one.margin:.1f} bits behind"


def _reasons_against(one: Explanation, policy: Policy) -> Iterator[str]:
    lone = ", what a loose word takes, or one that may make another name of it" if one.needed > policy.accept else ""
    vetoes = one.candidate.vetoes
    yield from (item.detail for item in vetoes)
    if vetoes:
        enough = "enough" if one.unopposed >= one.needed else f"and it takes {one.needed:g}{lone}"
        without = f"without {'it' if len(vetoes) == 1 else 'them'} the score would be {_shown(one.unopposed)}, {enough}"
        yield f"a contradiction is never outvoted; {without}"
    elif one.candidate.score < one.needed:
        yield f"its score {_shown(one.candidate.score)} is below {one.needed:g}{lone}; it lacks {one.missing:.1f} bits"
    if one.rival and one.margin is not None and one.margin <= 0.0:
        yield _lead_of(one.rival, one.candidate)


def _shown(score: float) -> str:
    return score_text(score, _SHOWN)


def _lead_of(rival: Candidate, candidate: Candidate) -> str:
    """By how much the other one fits better, and which evidence makes most of that."""
    lead: dict[str, float] = {}
    for sign, evidence in ((1, rival.evidence), (-1, candidate.evidence)):
        for item in evidence:
            lead[item.name] = lead.get(item.name, 0.0) + sign * item.bits
    most = sorted((name for name in lead if lead[name] >= _TELLING), key=lambda name: (-lead[name], name))[:_REASONS]
    told = f", first by {' and '.join(f'{name} ({lead[name]:.1f})' for name in most)}" if most else ""
    return f"{rival.entity.id} is {rival.bits - candidate.bits:.1f} bits ahead{told}"


# Records, for programs


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """A candidate with all that was seen and what it led to, as JSON has it; the keys are always the same."""
    candidate, rival = explanation.candidate, explanation.rival
    return {
        "id": candidate.entity.id,
        "name": candidate.entity.name,
        "type": candidate.entity.type,
        "alias": candidate.alias.text,
        "alias_lang": candidate.alias.lang,
        "alias_kind": candidate.alias.kind,
        "score": _rounded(candidate.score),
        "bits": _rounded(candidate.bits),
        "linked": explanation.is_linked,
        "needed": _rounded(explanation.needed),
        "missing_bits": _rounded(explanation.missing),
        "score_without_contradictions": _rounded(explanation.unopposed),
        "rival": rival.entity.id if rival else None,
        "margin_bits": None if explanation.margin is None else _rounded(explanation.margin),
        "why": list(explanation.why),
        "found_by": list(candidate.blocked_by),
        "evidence": [
            {"name": step.evidence.name, "channel": step.evidence.channel, "bits": _rounded(step.evidence.bits),
             "detail": step.evidence.detail}
            for step in steps(candidate)
        ],
    }  # fmt: skip


def _rounded(number: float) -> float:
    return round(number, _DIGITS)
