"""Aliases that the matcher does not need: what comes in is a resolver, what goes out are findings R040.

1. In each entity, from its last alias to its first, an alias is a suspect if the names that are left would do: the
   matcher links it to one of them. Aliases that say more than a text (a kind of their own, `requires`, `match`, `case`,
   days) never are.
2. All suspects are taken out of the registry at once, and each is resolved by what is left. Those that do not resolve
   go back, and so do all of an entity whose examples do not hold any more. What has such an entity for a candidate is
   resolved again; until nothing more goes back.

So all that are found may go together. The policy is "strict": what resolves by it resolves by the others.
Known limits: that other spellings resolve less surely without them is not measured; in a running text a name must also
be found before it is resolved.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from resolver.checks.examples import count_examples, example_findings
from resolver.checks.findings import Finding, finding
from resolver.checks.lines import duplicate_of, is_plain
from resolver.checks.reading import Places
from resolver.checks.reasons import fit
from resolver.decision import Policy, rank
from resolver.evidence import align
from resolver.index import AliasEntry
from resolver.model import Alias, Entity, Mention, Resolution
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.wording import score_text

_Named = tuple[str, str]  # the id of an entity and the text of an alias


def redundancy_findings(resolver: Resolver, places: Places) -> Iterator[Finding]:
    """The aliases that the rest of their entity covers, but for duplicates, which have a code of their own."""
    for entity, alias, resolution in _redundant(resolver):
        best = resolution.candidates[0]
        by = f"by «{best.alias.text}» with {score_text(resolution.score)}"
        message = f"«{alias.text}» resolves without it, {by}: {fit(best)}"
        if duplicate_of(entity, alias) is None:
            yield finding("R040", places.name(entity.id, alias.text), message, entity_id=entity.id, text=alias.text)


def _redundant(resolver: Resolver) -> list[tuple[Entity, Alias, Resolution]]:
    """The aliases that may go together, each with its resolution by what is left."""
    policy = Policy.preset("strict")
    suspects = {each.id: texts for each in resolver.registry if (texts := _suspects(each, resolver, policy))}
    found: dict[_Named, Resolution] = {}
    untried = {(entity_id, text) for entity_id, texts in suspects.items() for text in texts}
    while untried:
        rest = Resolver(_without(resolver.registry, suspects), policy=policy)
        found |= {(entity_id, text): rest.resolve(text) for entity_id, text in sorted(untried)}
        missed = {named for named in untried if found[named].entity_id != named[0]}
        broken = _broken(rest, resolver.policy)
        missed |= {(entity_id, text) for entity_id in broken for text in suspects.get(entity_id, ())}
        for entity_id, text in missed:
            suspects[entity_id].discard(text)
            found.pop((entity_id, text), None)
        grown = {entity_id for entity_id, _ in missed}
        untried = {named for named, known in found.items() if any(c.entity.id in grown for c in known.candidates)}
    return [
        (entity, alias, found[entity.id, alias.text])
        for entity in resolver.registry
        for alias in entity.aliases
        if (entity.id, alias.text) in found
    ]


def _broken(rest: Resolver, policy: Policy) -> set[str]:
    """The ids of the entities whose examples do not hold."""
    if not count_examples(rest.registry):
        return set()
    judge = Resolver(rest.registry, policy=policy)
    return {each.entity_id for each in example_findings(judge, Places()) if each.entity_id}


def _suspects(entity: Entity, resolver: Resolver, policy: Policy) -> set[str]:
    """The texts of the aliases that the other names of an entity cover."""
    left = resolver.index.entries_of(entity)
    suspects: set[str] = set()
    for entry in reversed(left):
        if len(left) > 1 and entry.alias in entity.aliases and is_plain(entry.alias):
            others = [other for other in left if other is not entry]
            if _is_covered(entry, others, resolver, policy):
                suspects.add(entry.alias.text)
                left = others
    return suspects


def _is_covered(entry: AliasEntry, others: Iterable[AliasEntry], resolver: Resolver, policy: Policy) -> bool:
    """Whether the matcher would link a name by others of its entity, if there were no other entity."""
    mention, query = Mention(entry.alias.text), resolver.index.query(entry.form)
    (candidate,) = rank([(align(mention, query, other), None) for other in others], policy)
    return not candidate.vetoes and candidate.score >= policy.needed(candidate)


def _without(registry: Registry, texts: Mapping[str, Collection[str]]) -> Registry:
    """The registry without these aliases."""
    entities = (
        replace(entity, aliases=tuple(a for a in entity.aliases if a.text not in texts.get(entity.id, ())))
        for entity in registry
    )
    return Registry.from_entities(entities, blocked=registry.blocked)
