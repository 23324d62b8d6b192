"""A query -> its candidates, best first, each with a score, its evidence in bits, and whether it is the match.

1. Each name is resolved. A name that is the id of an entity means that entity.
2. Each condition on a property speaks for a candidate, against it, or says nothing (`_WEIGHTS`); the odds of the
   candidate change by so many bits. An identifier also finds entities that no name did.
3. What the query excludes, by its type or by a condition that is required, is left out.
4. The match is the one entity that the names resolve to and that nothing contradicts. An identifier that agrees with
   one entity settles it where the names are too weak, and among namesakes. Where the names resolve to one entity, and
   the identifier is that of another one that they do not fit, none is a match.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from resolver import Candidate, Entity, Mention
from resolver.integrations.reconciliation.bodies import MOST_CHARACTERS
from resolver.integrations.reconciliation.catalogue import ALIAS, IDENTIFIERS, Property, identifiers_of
from resolver.integrations.reconciliation.describing import description_of, type_record
from resolver.integrations.reconciliation.queries import Condition, Query
from resolver.integrations.reconciliation.served import Served, folded

AGREES, DIFFERS, SILENT = "agrees", "differs", "silent"
# Bits by kind of property. Ids are given to one entity, and a registry seldom holds a wrong one; the names of two
# columns are seldom independent. Chosen by hand: no labelled tables with such columns are to be had.
_WEIGHTS = {
    IDENTIFIERS: {AGREES: 20.0, DIFFERS: -8.0, SILENT: 0.0},
    ALIAS: {AGREES: 4.0, DIFFERS: -4.0, SILENT: 0.0},
    "type": {AGREES: 3.0, DIFFERS: -8.0, SILENT: 0.0},
    "": {AGREES: 3.0, DIFFERS: -3.0, SILENT: 0.0},  # the latter only where it must not be the same
}
_UNNAMED = 0.01  # probability of an entity that no name of the query speaks for
_LEAST, _MOST = 1e-6, 1 - 1e-6  # of a probability that more evidence may still change
ID = "id"  # the feature of a candidate whose id was the name
_DIGITS = 2  # of scores and bits


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate.

    score     probability, 0..1
    features  name of the evidence -> bits; True for the entity whose id was asked for
    fits      whether a name of the query speaks for it, with nothing against it
    verdicts  what each condition says of it, in their order
    """

    entity: Entity
    score: float
    features: Mapping[str, float | bool] = field(default_factory=dict)
    fits: bool = False
    verdicts: tuple[str, ...] = ()
    match: bool = False


def candidates_of(served: Served, query: Query) -> list[Scored]:
    """The candidates of a query, at most `query.limit`, the match first, then by score."""
    query = query if query.names else _named_by_aliases(query)
    names = _read_names(served, query)
    rulings = [_ruling(served, each, query) for each in query.conditions]
    found = dict(names.found)
    if not names.is_required:
        holders = (entity for ruling in rulings for entity in ruling.holders if entity.id not in names.excluded)
        found = {entity.id: Scored(entity, _UNNAMED) for entity in holders} | found
    judged = [_judged(scored, rulings) for scored in found.values()]
    kept = [scored for scored in judged if _is_allowed(scored, query, rulings)]
    chosen = _chosen(kept, names.resolved, rulings)
    ranked = sorted(kept, key=lambda each: (each.entity.id != chosen, -each.score, each.entity.id))
    return [replace(each, match=each.entity.id == chosen) for each in ranked[: query.limit]]


def candidate_record(scored: Scored, preferred: Sequence[str], *, is_draft: bool) -> dict[str, Any]:
    """A candidate as a version of the API writes it; only the draft gives features a name."""
    features = [
        {"id": name, **({"name": name.replace("_", " ")} if is_draft else {}), "value": value}
        for name, value in scored.features.items()
    ]
    record = {
        "id": scored.entity.id,
        "name": scored.entity.name,
        "type": [type_record(scored.entity.type)],
        "score": round(100 * scored.score, _DIGITS),
        "match": scored.match,
        "features": features,
    }
    description = description_of(scored.entity, preferred)
    return {**record, "description": description} if description else record


# Names


@dataclass(frozen=True, slots=True)
class _Names:
    """What the names of a query say, all together.

    found        the candidates by id
    resolved     the ids that the names resolve to
    excluded     the ids that names resolve to which the entity must not have
    is_required  whether an entity that no name speaks for is no candidate
    """

    found: Mapping[str, Scored]
    resolved: frozenset[str]
    excluded: frozenset[str]
    is_required: bool


def _named_by_aliases(query: Query) -> Query:
    """A query without a name: another name is one as good."""
    aliases = tuple(each for each in query.conditions if each.pid == ALIAS)
    return replace(query, names=aliases, conditions=tuple(each for each in query.conditions if each.pid != ALIAS))


def _read_names(served: Served, query: Query) -> _Names:
    wanted = [each for each in query.names if each.quantifier != "none"]
    answers = [_answers(served, condition, query) for condition in wanted]
    needed = [_best(answer) for condition, answer in zip(wanted, answers, strict=True) if condition.required]
    unwanted = (answer for each in query.names if each not in wanted for answer in _answers(served, each, query))
    excluded = frozenset(filter(None, (entity_id for _, entity_id in unwanted)))
    resolved: set[str | None] = set()
    for condition, answer in zip(wanted, answers, strict=True):
        ids = {entity_id for _, entity_id in answer}
        if condition.quantifier == "any" or len(ids) == 1:
            resolved |= ids
    found = {
        entity_id: scored
        for entity_id, scored in _best(each for answer in answers for each in answer).items()
        if entity_id not in excluded and all(entity_id in each for each in needed)
    }
    return _Names(found, frozenset(filter(None, resolved)) - excluded, excluded, bool(needed))


def _best(answers: Iterable[tuple[Sequence[Scored], str | None]]) -> dict[str, Scored]:
    """The best candidate for each entity, by its id."""
    best: dict[str, Scored] = {}
    for scored, _ in answers:
        for each in scored:
            known = best.setdefault(each.entity.id, each)
            if each.score > known.score:
                best[each.entity.id] = each
    return best


def _answers(served: Served, condition: Condition, query: Query) -> list[tuple[list[Scored], str | None]]:
    """What each of the names of a condition resolves to."""
    lang = condition.lang or query.lang
    return [_resolve(served, name, lang, query) for name in condition.values]


def _resolve(served: Served, name: str, lang: str | None, query: Query) -> tuple[list[Scored], str | None]:
    """The candidates of a name, and the id that it resolves to; an id resolves to its entity."""
    if len(name) > MOST_CHARACTERS:
        return [], None
    entity = served.find(name)
    if entity is not None:
        return [Scored(entity, 1.0, {ID: True}, fits=True)], entity.id
    kind = query.types[0] if len(query.types) == 1 and query.types[0] in served.types else None
    resolution = served.resolver.resolve(Mention(name, kind, lang, query.context))
    found = [Scored(each.entity, each.score, _features(each), fits=not each.vetoes) for each in resolution.candidates]
    return found, resolution.entity_id


def _features(candidate: Candidate) -> dict[str, float | bool]:
    """The bits of each kind of evidence; a kind that was found twice is added up, as ids are to be unique."""
    bits: dict[str, float] = {}
    for item in candidate.evidence:
        bits[item.name] = bits.get(item.name, 0.0) + item.bits
    return {name: round(value, _DIGITS) for name, value in bits.items()}


# Conditions


@dataclass(frozen=True, slots=True)
class _Ruling:
    """A condition with what it takes to apply it.

    weights   bits by verdict
    known     the property, if there is such a one
    holders   entities that it finds by itself
    resolved  the ids that its values resolve to, if they are names
    """

    condition: Condition
    weights: Mapping[str, float]
    known: Property | None = None
    holders: tuple[Entity, ...] = ()
    resolved: tuple[str | None, ...] = ()

    @property
    def settles(self) -> bool:
        """Whether it is about ids, of which one is enough."""
        return (self.condition.pid or "").startswith(IDENTIFIERS) and self.condition.quantifier != "none"


def _ruling(served: Served, condition: Condition, query: Query) -> _Ruling:
    pid = condition.pid or ""
    if pid.startswith(IDENTIFIERS):
        scheme = pid.removeprefix(IDENTIFIERS)
        values = [] if condition.quantifier == "none" else [*condition.values, *map(_tail, condition.values)]
        holders = [entity for value in values for entity in served.by_identifier.get((scheme, value), ())]
        return _Ruling(condition, _WEIGHTS[IDENTIFIERS], holders=tuple(holders))
    if pid == ALIAS:
        resolved = tuple(entity_id for _, entity_id in _answers(served, condition, query))
        return _Ruling(condition, _WEIGHTS[ALIAS], resolved=resolved)
    return _Ruling(condition, _WEIGHTS.get(pid, _WEIGHTS[""]), served.properties.get(pid))


def _judged(scored: Scored, rulings: Iterable[_Ruling]) -> Scored:
    """A candidate with what all conditions say of it."""
    verdicts: list[str] = []
    features = dict(scored.features)
    odds = min(max(scored.score, _LEAST), _MOST)
    odds = odds / (1 - odds)
    for ruling in rulings:
        verdict = _verdict(ruling, scored.entity)
        verdicts.append(verdict)
        bits = ruling.weights[verdict]
        if bits:
            name = ruling.condition.pid or ""
            features[name] = features.get(name, 0.0) + bits
            odds *= 2**bits
    has_changed = any(ruling.weights[verdict] for ruling, verdict in zip(rulings, verdicts, strict=True))
    score = odds / (1 + odds) if has_changed else scored.score
    return replace(scored, score=score, features=features, verdicts=tuple(verdicts))


def _verdict(ruling: _Ruling, entity: Entity) -> str:
    condition = ruling.condition
    pid = condition.pid or ""
    if not condition.values:
        return SILENT
    if pid.startswith(IDENTIFIERS):
        held = identifiers_of(entity, pid.removeprefix(IDENTIFIERS))
        hits = [value in held or _tail(value) in held for value in condition.values]
        return _quantified(hits, condition.quantifier) if held else SILENT
    if pid == ALIAS:
        hits = [found == entity.id for found in ruling.resolved]
        return _quantified(hits, condition.quantifier) if any(ruling.resolved) else SILENT
    return _compared(ruling, entity)


def _compared(ruling: _Ruling, entity: Entity) -> str:
    """What a property that is compared as text says: another note is no contradiction, another type is one."""
    if ruling.known is None or ruling.known.values is None:
        return SILENT
    held = {folded(text) for text, _ in ruling.known.values(entity)}
    verdict = _quantified([folded(value) in held for value in ruling.condition.values], ruling.condition.quantifier)
    may_differ = ruling.condition.pid != "type" and ruling.condition.quantifier != "none"
    return SILENT if verdict == DIFFERS and may_differ else verdict


def _quantified(hits: Sequence[bool], quantifier: str) -> str:
    """Whether a condition is met, by which of its values are; "none" is met in silence, which finds nobody."""
    if quantifier == "none":
        return DIFFERS if any(hits) else SILENT
    return AGREES if (all if quantifier == "all" else any)(hits) else DIFFERS


def _tail(value: str) -> str:
    """The id at the end of an address: Q42 of http://www.wikidata.org/entity/Q42."""
    return value.rstrip("/").rpartition("/")[2]


# What is left, and which of it is meant


def _is_allowed(scored: Scored, query: Query, rulings: Sequence[_Ruling]) -> bool:
    if query.strict and query.types and not _has_types(scored.entity, query):
        return False
    required = [
        (verdict, ruling.condition.quantifier)
        for ruling, verdict in zip(rulings, scored.verdicts, strict=True)
        if ruling.condition.required
    ]
    return all(verdict == (SILENT if quantifier == "none" else AGREES) for verdict, quantifier in required)


def _has_types(entity: Entity, query: Query) -> bool:
    """An entity has one type: of several types that it must have all of, it can only have all if they are the same."""
    return all(kind == entity.type for kind in query.types) if query.needs_all else entity.type in query.types


def _chosen(kept: Sequence[Scored], named: frozenset[str], rulings: Sequence[_Ruling]) -> str | None:
    """The id of the match, or None."""
    settling = [number for number, ruling in enumerate(rulings) if ruling.settles]
    agreeing = [each for each in kept if any(each.verdicts[number] == AGREES for number in settling)]
    settled = {each.entity.id for each in agreeing if not named or each.fits}
    options = settled & named or settled if agreeing else named
    if len(options) != 1:
        return None
    (chosen,) = options
    sound = [each for each in kept if each.entity.id == chosen and DIFFERS not in each.verdicts]
    return chosen if sound else None
