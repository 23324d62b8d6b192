"""Which entity of the registry a record means: the entity and how that is known, or why nobody can tell, or none.

1. `find_by_id`: by its id, also one that was merged; by its identifiers.
2. `Names.find`: by its name as the registry spells it, then by the resolver, if that is sure. An identifier of the same
   scheme with another value says that they are two; so does a name under `reject` or `never`.

What the same file brought earlier does not count as evidence for names: else what was left to a person the first time
could be taken for sure the second time, as the registry grows with each import.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from resolver.decision import PRESETS
from resolver.exchange.records import UNKNOWN
from resolver.model import Entity, Mention
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.review.drafting import folded
from resolver.wording import counted, score_text

SURE = PRESETS["strict"].accept_lone  # the least score of a match: nobody looks at each of a hundred thousand
LISTED = 5  # ids that a message tells: a name that thousands have would fill a page for each of them
# Names that alone do not say which entity is meant.
_LOOSE = ("acronym", "short", "nickname", "description", "misnomer")


class Found(NamedTuple):
    """What a record means: an entity and how that is known; or why it is skipped; or nothing, as it is new."""

    entity: Entity | None = None
    how: str = ""
    why_not: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing fits, nor speaks against a new entity."""
        return self.entity is None and not self.why_not


def find_by_id(entity: Entity, registry: Registry, identified: Mapping[tuple[str, str], Collection[str]]) -> Found:
    """By id and identifiers; `identified` has the ids of the entities with an identifier."""
    if entity.id in registry:
        return _checked(entity, registry.get(entity.id), "id")
    ids = {registry.get(old).id for old in entity.redirects if old in registry}
    for pair in (*entity.identifiers, ("wikidata", entity.id)):
        ids.update(identified.get(pair, ()))
    if len(ids) == 1:
        return _checked(entity, registry.get(ids.pop()), "identifier")
    if ids:
        return Found(
            why_not=f"its identifiers are those of {listed(sorted(ids))}: merge these first, or correct the file"
        )
    return Found()


class Names:
    """The names that a record may be found by: those of the registry without what the file itself claims or brought.

    claimed  the ids of the entities that records of the file have by their ids: the file says that others are others
    source   what this file is called as a source
    """

    def __init__(self, registry: Registry, claimed: Collection[str], source: str) -> None:
        self._entities = {each.id: _without(each, source) for each in registry if each.id not in claimed}
        self._source = source
        self._blocked = {folded(text) for text in registry.blocked}
        self._holders: dict[str, list[str]] = {}
        for each in self._entities.values():
            for text in dict.fromkeys(folded(alias.text) for alias in each.names):
                self._holders.setdefault(text, []).append(each.id)

    def find(self, entity: Entity) -> Found:
        """By the spelling of the name, else by the resolver; other names may speak against it, not for it."""
        if folded(entity.name) in self._blocked:
            return Found(why_not=f"{entity.name!r} is blocked: it is never an entity; unblock it, or rename the entity")
        same = self._named(entity, entity.name)
        if len(same) > 1:
            names = listed([known.id for known in same])
            return Found(why_not=f"{entity.name!r} is a name of {names}: {advice(entity, 'one of them')}")
        found = Found(same[0], f"name {entity.name!r}") if same else self._resolved(entity)
        if found.entity is None:
            return found
        others = (alias.text for alias in entity.aliases if alias.kind not in _LOOSE)
        held = {known.id for text in others for known in self._named(entity, text)} - {found.entity.id}
        if held:
            message = f"is {found.entity.id} by its name and {listed(sorted(held))} by another"
            return Found(why_not=f"{message}: {advice(entity, 'one of them')}, or take the other name out")
        return found

    @cached_property
    def _resolver(self) -> Resolver:
        entities = (each for each in self._entities.values() if each.source != self._source)
        return Resolver(Registry(entities))

    def _resolved(self, entity: Entity) -> Found:
        """What the resolver makes of a name that the registry does not have so."""
        if not self._entities:
            return Found()
        resolution = self._resolver.resolve(Mention(entity.name, None if entity.type == UNKNOWN else entity.type))
        known = resolution.entity
        if resolution.status == "ambiguous":
            message = f"{entity.name!r} is ambiguous, {resolution.reason}"
            return Found(why_not=f"{message}: {advice(entity, 'one of them')}")
        if known is None or not _may_be(entity, known):
            return Found()
        if resolution.score < SURE:
            message = f"{entity.name!r} may be {known.id} ({known.name}), {score_text(resolution.score)}"
            return Found(why_not=f"{message}: {advice(entity, known.id)}")
        return Found(known, f"name {entity.name!r}")

    def _named(self, entity: Entity, text: str) -> list[Entity]:
        """The entities of a name that the entity may be."""
        held = (self._entities[known] for known in self._holders.get(folded(text), ()))
        return [known for known in held if _may_be(entity, known)]


def advice(entity: Entity, target: str) -> str:
    """What to do about an entity that may be one of the registry, or another one."""
    same = f"write {entity.id} under 'redirects' of" if entity.id else "give it the id of"
    return f"if it is the same, {same} {target}; if not, write the name under 'reject'"


def listed(ids: Collection[str]) -> str:
    """Ids as a part of a sentence: the first ones, and how many others there are.

    >>> listed(["b", "a"]), listed(list("gfedcba"))
    ('a and b', 'c and d and e and f and g and 2 others')
    """
    first = sorted(islice(ids, LISTED))
    others = [counted(len(ids) - LISTED, "other")] if len(ids) > LISTED else []
    return " and ".join([*first, *others])


def _checked(entity: Entity, known: Entity, how: str) -> Found:
    if _fits(entity, known):
        return Found(known, how)
    message = f"its {how} is that of {known.id} ({known.name}), and the types differ, {known.type} and {entity.type}"
    return Found(why_not=f"{message}: correct one of them, or give it another id")


def _without(entity: Entity, source: str) -> Entity:
    """The entity without the aliases of a source."""
    if all(alias.source != source for alias in entity.aliases):
        return entity
    return replace(entity, aliases=tuple(alias for alias in entity.aliases if alias.source != source))


def _fits(one: Entity, other: Entity) -> bool:
    return UNKNOWN in (one.type, other.type) or one.type == other.type


def _may_be(entity: Entity, known: Entity) -> bool:
    """Whether neither type, identifiers nor a curator speak against two being one."""
    held = dict(known.identifiers)
    is_refused = entity.name in known.reject or entity.name in known.never
    agree = all(held.get(scheme, value) == value for scheme, value in entity.identifiers)
    return agree and not is_refused and _fits(entity, known)
