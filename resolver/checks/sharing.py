"""Names that two entities share, or all but share: what comes in is a resolver, what goes out are findings R02x.

1. Every name of the index is put under what it looks like after a fold: as written, as romanised words, by its sound.
   What meets under one key is a pair. Case forms and near words are found by the blocking keys of the index.
   Nowhere are all pairs looked at.
2. A pair that is more than written alike is shown to the matcher, one entity at a time. What it sees a contradiction
   in, or does not find good enough to link, is told apart and no finding.
3. Each pair of entities is reported once, by its strongest code, with the names that they share.

Known limit: names that share a fold through more than `_MANY` entities are reported together and not compared further.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations, islice, product
from typing import NamedTuple, TypeVar

from resolver.checks.findings import Finding, Severity, finding
from resolver.checks.reading import Places
from resolver.checks.reasons import fit
from resolver.decision import rank
from resolver.errors import Problem
from resolver.evidence import align
from resolver.forms import SurfaceForm, Token
from resolver.index import AliasEntry
from resolver.language.phonetics import sound_key
from resolver.model import Candidate, Entity, Mention
from resolver.pipeline import Resolver
from resolver.registry import Registry

_MANY = 30  # entities of one key: beyond it, a key is so common that its pairs tell nothing
_READINGS = 64  # of one name, by the words that each of its words may be a case form of
_SHOWN = 3  # names and holders that a message lists

Words = tuple[str, ...]
K = TypeVar("K", bound=Hashable)


class _Pair(NamedTuple):
    """Names of two entities: `name` would be taken for `other`."""

    name: AliasEntry
    other: AliasEntry

    @property
    def entities(self) -> frozenset[str]:
        return frozenset({self.name.entity.id, self.other.entity.id})


def shared_names(registry: Registry) -> list[Problem]:
    """A note for each name that several entities hold, at the place of the first of them."""
    problems = []
    for shared in registry.collisions():
        path, line = registry.where(shared.entity_ids[0]) or (shared.entity_ids[0], 0)
        problems.append(Problem(str(path), line, f"{shared.text!r} is a name of {' and '.join(shared.entity_ids)}"))
    return problems


def sharing_findings(resolver: Resolver, places: Places) -> Iterator[Finding]:
    """The entities that share names, each pair under its strongest code."""
    entries = list(resolver.index.entries)
    known: set[frozenset[str]] = set()
    groups = _groups(entries)
    yield from _shared_as_written(groups, resolver, places, known)
    by_words = _by_key((_words(entry.form), entry) for entry in entries)
    finders = (
        ("R021", _alike(by_words.values())),
        ("R022", _case_forms(entries, by_words, resolver)),
        ("R023", _same_sound(entries)),
        ("R024", _near(entries, by_words, resolver)),
    )
    for code, pairs in finders:
        yield from _confusable(code, pairs, resolver, places, known)


# As written


def _groups(entries: Iterable[AliasEntry]) -> dict[tuple[str, ...], list[list[AliasEntry]]]:
    """Entities -> the names that just these share, each as the entries that hold it."""
    by_text = _by_key((entry.form.folded, entry) for entry in entries)
    groups: dict[tuple[str, ...], list[list[AliasEntry]]] = {}
    for held in by_text.values():
        holders = tuple(sorted({entry.entity.id for entry in held}))
        if len(holders) > 1:
            groups.setdefault(holders, []).append(held)
    return groups


def _shared_as_written(
    groups: dict[tuple[str, ...], list[list[AliasEntry]]],
    resolver: Resolver,
    places: Places,
    known: set[frozenset[str]],
) -> Iterator[Finding]:
    for holders, names in groups.items():
        first = names[0][0]
        held = [entry for name in names for entry in name]
        if len(holders) <= _MANY:
            known.update(map(frozenset, combinations(holders, 2)))
        texts = _listed([f"«{name[0].alias.text}»" for name in names])
        says = "are names" if len(names) > 1 else "is a name"
        hopeless = _is_hopeless(held, resolver)
        then = (
            "and nothing tells them apart: it always stays ambiguous" if hopeless else "what stands beside it decides"
        )
        yield finding(
            "R020",
            places.name(first.entity.id, first.alias.text),
            f"{texts} {says} of {_listed(holders)}, {then}",
            entity_id=first.entity.id,
            text=first.alias.text,
            severity=None if hopeless else Severity.NOTE,
            related=dict.fromkeys(places.name(e.entity.id, e.alias.text) for e in held if e.entity != first.entity),
        )


def _is_hopeless(entries: Iterable[AliasEntry], resolver: Resolver) -> bool:
    """Whether some of these names does not resolve to its entity, and no cue of any of them could change that."""
    entries = list(entries)
    if any(entry.entity.cues or entry.alias.requires for entry in entries):
        return False
    return any(resolver.resolve(entry.alias.text).entity_id != entry.entity.id for entry in entries)


# Pairs that are the same after a fold


def _words(form: SurfaceForm) -> Words:
    return tuple(sorted(token.index_key for token in form.tokens))


def _alike(groups: Iterable[Sequence[AliasEntry]]) -> Iterator[_Pair]:
    """The pairs of each group that are of two entities and not written the same, as they are found once already."""
    for held in groups:
        if 1 < len({entry.entity.id for entry in held}) <= _MANY:
            for one, other in combinations(held, 2):
                if one.entity.id != other.entity.id and one.form.folded != other.form.folded:
                    yield _Pair(one, other)


def _case_forms(
    entries: Iterable[AliasEntry], by_words: dict[Words, list[AliasEntry]], resolver: Resolver
) -> Iterator[_Pair]:
    """The names all of whose words are the words of another name, or surely case forms of them."""
    for entry in entries:
        bases = [_bases(token, resolver) for token in entry.form.tokens]
        own = _words(entry.form)
        for reading in islice(product(*bases), _READINGS):
            words = tuple(sorted(reading))
            if words != own:
                yield from _others(entry, by_words.get(words, ()))


def _bases(token: Token, resolver: Resolver) -> list[str]:
    return list(dict.fromkeys([token.index_key, *resolver.index.forms_of(token)]))


def _same_sound(entries: Iterable[AliasEntry]) -> Iterator[_Pair]:
    by_sound = _by_key((key, entry) for entry in entries if (key := _sound(entry)))
    for held in by_sound.values():
        yield from _alike([held])


def _sound(entry: AliasEntry) -> tuple[str, ...] | None:
    """The type and the sound of each word, if one of them is long enough to have any."""
    keys = [sound_key(token.latin, token.script) if token.is_distinctive else None for token in entry.form.tokens]
    if not any(keys):
        return None
    spoken = (key or token.index_key for key, token in zip(keys, entry.form.tokens, strict=True))
    return entry.entity.type, *sorted(spoken)


def _near(
    entries: Iterable[AliasEntry], by_words: dict[Words, list[AliasEntry]], resolver: Resolver
) -> Iterator[_Pair]:
    """The names of one type that differ in a few letters of one word."""
    for entry in entries:
        words = [token.index_key for token in entry.form.tokens]
        for i, token in enumerate(entry.form.tokens):
            for word, _, blocking in resolver.index.neighbours(token):
                if blocking == "typo":
                    held = by_words.get(tuple(sorted([*words[:i], word, *words[i + 1 :]])), ())
                    yield from (p for p in _others(entry, held) if p.other.entity.type == entry.entity.type)


def _others(entry: AliasEntry, held: Sequence[AliasEntry]) -> Iterator[_Pair]:
    if len(held) <= _MANY:
        yield from (_Pair(entry, other) for other in held if other.entity.id != entry.entity.id)


# What the matcher says


def _confusable(
    code: str, pairs: Iterable[_Pair], resolver: Resolver, places: Places, known: set[frozenset[str]]
) -> Iterator[Finding]:
    """A finding for each pair of entities that the matcher does not tell apart by these names."""
    by_entities: dict[frozenset[str], dict[_Pair, Candidate]] = {}
    asked: set[tuple[str, str]] = set()
    for pair in pairs:
        question = (pair.name.alias.text, pair.other.entity.id)
        if pair.entities in known or question in asked or _is_settled(pair):
            continue
        asked.add(question)
        candidate = _taken_for(pair, resolver)
        if candidate:
            by_entities.setdefault(pair.entities, {})[pair] = candidate
    known.update(by_entities)
    for found in by_entities.values():
        yield _confusion(code, found, resolver, places)


def _is_settled(pair: _Pair) -> bool:
    """Whether the registry says of one of the two that a name of the other does not mean it."""
    one, other = pair.name.entity, pair.other.entity
    return _is_refused(pair.name.alias.text, other) or _is_refused(pair.other.alias.text, one)


def _is_refused(text: str, entity: Entity) -> bool:
    folded = text.casefold()
    return any(refused.casefold() == folded for refused in (*entity.never, *entity.reject))


def _taken_for(pair: _Pair, resolver: Resolver) -> Candidate | None:
    """The other entity as a candidate for the name, as if no third one were there; None if it would not be linked."""
    mention, query = Mention(pair.name.alias.text, lang=pair.name.alias.lang), resolver.index.query(pair.name.form)
    (candidate,) = rank([(align(mention, query, pair.other), None)], resolver.policy)
    is_linked = not candidate.vetoes and candidate.score >= resolver.policy.needed(candidate)
    return candidate if is_linked else None


def _confusion(code: str, found: dict[_Pair, Candidate], resolver: Resolver, places: Places) -> Finding:
    pairs = list(found)
    name, other = pairs[0]
    candidate = found[pairs[0]]
    texts = list(dict.fromkeys(f"«{pair.name.alias.text}»" for pair in pairs[1:]))
    also = f", likewise {_listed(texts)}" if texts else ""
    hopeless = _is_hopeless((entry for pair in pairs for entry in pair), resolver)
    return finding(
        code,
        places.name(name.entity.id, name.alias.text),
        f"«{name.alias.text}» of {name.entity.id} could be «{candidate.alias.text}» of {other.entity.id}: "
        f"{fit(candidate)}{also}",
        entity_id=name.entity.id,
        text=name.alias.text,
        severity=None if hopeless else Severity.NOTE,
        related=[places.name(other.entity.id, candidate.alias.text)],
    )


def _listed(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _SHOWN:,} more" if len(texts) > _SHOWN else ""
    shown = list(texts[:_SHOWN])
    return f"{', '.join(shown)}{more}" if more or len(shown) < 2 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _by_key(pairs: Iterable[tuple[K, AliasEntry]]) -> dict[K, list[AliasEntry]]:
    found: dict[K, list[AliasEntry]] = defaultdict(list)
    for key, entry in pairs:
        found[key].append(entry)
    return dict(found)
