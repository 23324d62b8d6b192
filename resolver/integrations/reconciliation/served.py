"""A registry as it is served: the resolver, and what is looked up beside it. Nothing of it changes once it is made."""

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from resolver import Entity, Policy, Resolver
from resolver.integrations.reconciliation.catalogue import Property, catalogue_of

MOST_CANDIDATES = 10  # of an answer
_SEEN = 2_000  # names that begin with a prefix and are looked at: enough to find the best of two letters
_WARMING = "Kyiv and Wien, 2024"  # read once before anybody waits: what finds names in text is loaded with the first


@dataclass(frozen=True, eq=False)
class Served:
    """A registry, ready to answer.

    loaded  when, in UTC
    """

    resolver: Resolver
    loaded: datetime
    types: tuple[str, ...]
    properties: dict[str, Property]
    by_identifier: dict[tuple[str, str], tuple[Entity, ...]] = field(repr=False)
    fetched: dict[str, frozenset[str]] = field(repr=False)  # type -> ids of the properties that such entities have
    by_name: tuple[Entity, ...] = field(repr=False)  # all entities, by their names
    _words: list[tuple[str, bool, Entity]] = field(repr=False)  # sorted; the flag: not at the start of the name

    def find(self, entity_id: str) -> Entity | None:
        """The entity of an id, also of one that was merged into another."""
        registry = self.resolver.registry
        return registry.get(entity_id) if entity_id in registry else None

    def with_prefix(self, prefix: str) -> list[Entity]:
        """Entities with a name or id in which a word begins with a prefix; short names that begin with it come first.

        All entities by name, if the prefix is empty.
        """
        wanted = folded(prefix)
        if not wanted:
            return list(self.by_name)
        start = bisect_left(self._words, (wanted,))
        hits = []
        for text, is_inside, entity in self._words[start : start + _SEEN]:
            if not text.startswith(wanted):
                break
            hits.append((is_inside, len(text), entity.id, entity))
        exact = self.find(prefix.strip())
        ranked = [hit[-1] for hit in sorted(hits, key=lambda hit: hit[:3])]
        return list({entity.id: entity for entity in ([exact] if exact else []) + ranked}.values())


def serve_registry(path: Path | None, policy: Policy) -> Served:
    """The registry of a folder or file, by default the bundled one, ready to answer: RegistryError if it is not sound.

    The first answers would wait for what is loaded late, so it is loaded here.
    """
    resolver = Resolver.load(path, policy=replace(policy, shown=MOST_CANDIDATES))
    resolver.annotate(_WARMING)
    _ = resolver.registry.fingerprint
    return served_by(resolver)


def served_by(resolver: Resolver) -> Served:
    """A resolver with its registry, ready to answer."""
    entities = resolver.registry.entities
    properties = catalogue_of(scheme for entity in entities for scheme, _ in entity.identifiers)
    by_identifier: dict[tuple[str, str], tuple[Entity, ...]] = {}
    fetched: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for key in entity.identifiers:
            by_identifier[key] = (*by_identifier.get(key, ()), entity)
        missing = [each for each in properties.values() if each.values and each.id not in fetched[entity.type]]
        fetched[entity.type].update(each.id for each in missing if each.values and any(each.values(entity)))
    words = sorted(
        (word for entity in entities for word in _words_of(entity)), key=lambda word: (word[0], word[1], word[2].id)
    )
    return Served(
        resolver=resolver,
        loaded=datetime.now(UTC),
        types=tuple(resolver.registry.stats()["types"]),
        properties=properties,
        by_identifier=by_identifier,
        fetched={kind: frozenset(ids) for kind, ids in fetched.items()},
        by_name=tuple(sorted(entities, key=lambda entity: (folded(entity.name), entity.id))),
        _words=words,
    )


def folded(text: str) -> str:
    """A text as prefixes are compared: without case, accents, and spaces around it.

    >>> folded(" Vídeň ")
    'viden'
    """
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(bare.casefold().split())


def _words_of(entity: Entity) -> Iterator[tuple[str, bool, Entity]]:
    texts = {folded(text) for text in _texts(entity)}
    for text in texts:
        yield text, False, entity
        yield from ((text[start:], True, entity) for start in _word_starts(text))


def _texts(entity: Entity) -> Iterable[str]:
    return (entity.id, *(alias.text for alias in entity.names))


def _word_starts(text: str) -> Iterator[int]:
    """Where the second and later words begin; a hyphen and a colon divide words, too."""
    return (at for at in range(1, len(text)) if text[at].isalnum() and not text[at - 1].isalnum())
