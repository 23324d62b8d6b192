"""`COMPARISONS`: all that two aligned names can say for and against each other, one small function a comparison.

Each returns named values, in a channel, with a detail for the curator. The weights (`resolver.decision.Policy`) turn
values into bits: the sum is the case for the candidate. A comparison that has nothing to say returns None: silence is
no evidence. The channel "contradict" is a veto: it sends the case to a curator however strong the rest is.
"""

from collections.abc import Callable
from functools import cache

from resolver.evidence import curated, organizations, persons, words
from resolver.evidence.alignment import Comparison
from resolver.evidence.finding import Finding

_Comparing = Callable[[Comparison], Finding | None]

# Each comparison with what it has nothing to say without: a "person", or a "thing", which is anything else; "pairs" of
# words that agree; a "rest" that only one of the names has, or "rests" on both sides; a "policy" of the registry.
_NEEDS: tuple[tuple[_Comparing, str], ...] = (
    (words.words_in_common, "pairs"),
    (words.spelling, "pairs"),
    (words.words_missing, "rest"),
    (words.loose_word, "pairs"),
    (words.generic, "pairs rest"),
    (organizations.number, ""),
    (organizations.legal_form, ""),
    (organizations.acronym, ""),
    (organizations.related, "rests"),
    (organizations.honoured, "rest"),
    (organizations.parent, "rest"),
    (organizations.sister, "thing pairs"),
    (organizations.kind_word, "rest"),
    (organizations.office, "thing rest"),
    (organizations.demonym, ""),
    (curated.entity_type, ""),
    (curated.letter_case, ""),
    (curated.match_policy, ""),
    (curated.requirement, "policy"),
    (curated.context, "policy"),
    (curated.never, "policy"),
    (curated.names_held, ""),
    (persons.given_name, "person pairs"),
    (persons.patronymic, "person"),
    (persons.surname, "person pairs rests"),
    (persons.twin, "person"),
    (persons.gender, "person"),
)
COMPARISONS = tuple(compare for compare, _ in _NEEDS)


def findings(pair: Comparison) -> list[tuple[str, Finding]]:
    """(comparison name, finding) of every comparison that has something to say, in the order of `COMPARISONS`."""
    entity = pair.entry.entity
    has_policy = bool(entity.cues or entity.never or pair.entry.alias.requires)
    due = _due(pair.is_person, bool(pair.pairs), bool(pair.rest), bool(pair.alias_rest), has_policy)
    found = []
    for name, compare in due:
        finding = compare(pair)
        if finding is not None:
            found.append((name, finding))
    return found


@cache
def _due(
    is_person: bool, has_pairs: bool, has_rest: bool, has_alias_rest: bool, has_policy: bool
) -> tuple[tuple[str, _Comparing], ...]:
    """The comparisons that may have something to say, with their names: thousands of pairs are compared a second."""
    there = {
        "person": is_person,
        "thing": not is_person,
        "pairs": has_pairs,
        "rest": has_rest or has_alias_rest,
        "rests": has_rest and has_alias_rest,
        "policy": has_policy,
    }
    return tuple((compare.__name__, compare) for compare, needs in _NEEDS if all(there[need] for need in needs.split()))
