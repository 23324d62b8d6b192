"""Why a name fits an entity, in the words of the evidence: for messages, and for a column of a table."""

import re

from resolver.model import Candidate

_SAID = ("document", "words_in_common", "acronym", "context")  # evidence that says how two names agree
_SPELLING = "spelling"
_SHARE = re.compile(r" \d+%")


def fit(candidate: Candidate) -> str:
    """How the words of a mention agree with those of the alias: "Зеленского is the genitive of Зеленский"."""
    found = {item.name: item.detail for item in candidate.evidence if item.bits > 0}
    return "; ".join(found[name] for name in _SAID if name in found) or f"as {candidate.alias.text}"


def rule(candidate: Candidate) -> str:
    """By which rules a mention fits, without the words: "written the same", "inflected, romanised", "acronym"."""
    found = {item.name: item.detail for item in candidate.evidence}
    if _SPELLING in found:
        ways = [way for way in _SHARE.sub("", found[_SPELLING]).split(", ") if way != "same"]
        return ", ".join(ways) or "the same words"
    return next((name for name in _SAID if name in found), "none")
