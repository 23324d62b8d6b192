"""`COMPARISONS`: all that two aligned names can say for and against each other, one small function a comparison.

Each returns named values, in a channel, with a detail for the curator. The weights (`resolver.decision.Policy`) turn
values into bits: the sum is the case for the candidate. A comparison that has nothing to say returns None: silence is
no evidence. The channel "contradict" is a veto: it sends the case to a curator however strong the rest is.
"""

from collections.abc import Callable
from functools import lru_cache

from resolver.evidence import curated, organizations, persons, words
from resolver.evidence.alignment import Comparison
from resolver.evidence.finding import Finding
from resolver.memory import FEW
from resolver.traits import LETTER_CASES

_Comparing = Callable[[Comparison], Finding | None]

# Each comparison with what it has nothing to say without: a trait (`resolver.traits`) of one of the names, or something
# that `_due` finds, such as "pairs" of words that agree, or a "rest" of words that only one of the names has.
_NEEDS: tuple[tuple[_Comparing, str], ...] = (
    (words.words_in_common, "pairs"),
    (words.spelling, "pairs"),
    (words.words_missing, "rest"),
    (words.loose_word, "pairs lone"),
    (words.generic, "pairs rest"),
    (organizations.number, "number"),
    (organizations.legal_form, "legal"),
    (organizations.acronym, "acronym"),
    (organizations.related, "rests generic"),
    (organizations.honoured, "rest honoured"),
    (organizations.parent, "rest parent"),
    (organizations.sister, "thing pairs"),
    (organizations.kind_word, "rest generic"),
    (organizations.office, "thing rest title"),
    (organizations.demonym, "demonym"),
    (curated.entity_type, "type"),
    (curated.letter_case, "cases"),
    (curated.match_policy, "match"),
    (curated.requirement, "policy"),
    (curated.context, "policy"),
    (curated.never, "policy"),
    (curated.names_held, ""),
    (curated.odd_name, ""),
    (persons.given_name, "person pairs"),
    (persons.patronymic, "person patronymic"),
    (persons.surname, "person pairs rest"),
    (persons.twin, "person doubtful"),
    (persons.gender, "person gender"),
)
_NAMED = tuple(((compare.__name__, compare), needs.split()) for compare, needs in _NEEDS)
COMPARISONS = tuple(compare for compare, _ in _NEEDS)

EXPLAINED_BY_INITIALS = frozenset({"sister", "match_policy"})  # what they contradict, the words of an acronym are


def findings(pair: Comparison) -> list[tuple[str, Finding]]:
    """(comparison name, finding) of every comparison that has something to say, in the order of `COMPARISONS`."""
    entry = pair.entry
    entity, alias = entry.entity, entry.alias
    due = _due(
        pair.traits,
        pair.ways,
        entity.type == "person",
        pair.mention.type is not None,
        len(pair.pairs) + len(pair.rest) == 1,
        bool(pair.pairs),
        bool(pair.rest),
        bool(pair.alias_rest),
        bool(entity.cues or entity.never or alias.requires),
        alias.match is not None,
    )
    found = [(name, finding) for name, compare in due if (finding := compare(pair)) is not None]
    if "acronym" in pair.traits and any(name == "acronym" for name, _ in found):
        return [(n, f) for n, f in found if n not in EXPLAINED_BY_INITIALS or f.channel != "contradict"]
    return found


@lru_cache(maxsize=FEW)
def _due(
    traits: frozenset[str],
    ways: frozenset[str],
    is_person: bool,
    has_type: bool,
    is_lone: bool,
    has_pairs: bool,
    has_rest: bool,
    has_alias_rest: bool,
    has_policy: bool,
    has_match: bool,
) -> tuple[tuple[str, _Comparing], ...]:
    """The comparisons that may have something to say, with their names: thousands of pairs are compared a second."""
    there = {
        "person": is_person,
        "thing": not is_person,
        "type": has_type,
        "lone": is_lone,
        "pairs": has_pairs,
        "rest": has_rest or has_alias_rest,
        "rests": has_rest and has_alias_rest,
        "cases": len(traits & LETTER_CASES) > 1,
        "policy": has_policy,
        "match": has_match or "brief" in traits,
        "doubtful": bool(ways & persons.MAYBE_TWINS) or "generation" in traits,
        "gender": traits >= {"male", "female"} or bool(ways & {"feminine", "inflected"}),
    }
    facts = traits | {fact for fact, is_there in there.items() if is_there}
    return tuple([named for named, needs in _NAMED if facts.issuperset(needs)])
