"""A change of the registry -> what it does to a corpus that was audited: which names it places, moves and loses.

1. Only what the change touches can change a mention: a small resolver of the entities that differ tells which spellings
   of the audit are near one of them.
2. The mentions of those are resolved twice, each alone in its sentence: with the registry as it is, and as it will be.
3. Names that several entities hold from now on are listed, too.

A mention alone in its sentence misses what the rest of its document tells (a full name before the surname), in both
resolutions alike. Of a frequent spelling only the first mentions are tried; if they change alike, all are taken to.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from resolver.forms import analyse
from resolver.model import Entity, Mention, Occurrence
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.wording import counted

TRIED = 20  # mentions of one spelling: a tenth of a second at most
NEAR = 0.01  # the score of a candidate from which a change of it may matter


@dataclass(frozen=True, slots=True)
class Effect:
    """Mentions of one spelling that a change decides anew.

    count            how many of them; total: how many mentions of the spelling the corpus has
    before, after    the id of the entity, or the status where there is none
    document, start  where the first of them stands
    """

    text: str
    count: int
    total: int
    before: str
    after: str
    document: str
    start: int


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change does.

    mentions    of the corpus, whatever their status
    placed      mentions that get an entity; moved: that get another one; lost: that have none any more
    shared      names that several entities hold now and did not before: (name, ids)
    """

    mentions: int
    placed: tuple[Effect, ...]
    moved: tuple[Effect, ...]
    lost: tuple[Effect, ...]
    shared: tuple[tuple[str, tuple[str, ...]], ...]

    def lines(self, most: int = 5) -> list[str]:
        """The impact in words, with so many examples of each kind."""
        head = f"Of {counted(self.mentions, 'mention')} in the audit, each alone in its sentence:"
        kinds = [("placed", self.placed), ("moved to another entity", self.moved), ("lost", self.lost)]
        told = [
            f"  {sum(e.count for e in effects)} {what}: {_examples(effects, most)}"
            for what, effects in kinds
            if effects
        ]
        shared = [f"  now a name of {' and '.join(ids)}: {text!r}" for text, ids in self.shared]
        return [head, *(told or ["  none is decided in another way"]), *shared]


def impact_of(before: Resolver, after: Resolver, occurrences: Iterable[Occurrence]) -> Impact:
    """What goes from one registry to the other do to these mentions, which are read once.

    >>> osa = Entity("product:osa", "Osa", "product")
    >>> old, new = Registry.from_entities([]), Registry.from_entities([osa])
    >>> seen = [Occurrence("a.txt", 4, 7, "Osa", "The Osa flew.", 0, "unresolved", None, 0.0, "")]
    >>> impact_of(Resolver(old), Resolver(new), seen).placed
    (Effect(text='Osa', count=1, total=1, before='unresolved', after='product:osa', document='a.txt', start=4),)
    """
    totals: Counter[str] = Counter()
    tried: dict[str, list[Occurrence]] = defaultdict(list)
    is_near = _Nearness(before.registry, after.registry)
    for occurrence in occurrences:
        totals[occurrence.text] += 1
        if len(tried[occurrence.text]) < TRIED and is_near(occurrence):
            tried[occurrence.text].append(occurrence)
    effects = [effect for text in sorted(tried) for effect in _effects(tried[text], totals[text], before, after)]
    effects.sort(key=lambda effect: (-effect.count, effect.text, effect.before, effect.after))
    old, new = before.registry, after.registry
    return Impact(
        totals.total(),
        placed=tuple(each for each in effects if each.before not in old and each.after in new),
        moved=tuple(each for each in effects if each.before in old and each.after in new),
        lost=tuple(each for each in effects if each.before in old and each.after not in new),
        shared=_shared(old, new),
    )


class _Nearness:
    """Tells whether a spelling is near something that differs between two registries."""

    def __init__(self, before: Registry, after: Registry) -> None:
        differing = _differing(before, after)
        self._resolvers = [Resolver(Registry.from_entities(entities)) for entities in differing if entities]
        self._blocked = {form.folded for text in {*before.blocked} ^ {*after.blocked} if (form := analyse(text))}
        self._known: dict[tuple[str, str | None], bool] = {}

    def __call__(self, occurrence: Occurrence) -> bool:
        key = occurrence.text, occurrence.lang
        if key not in self._known:
            self._known[key] = self._is_near(*key)
        return self._known[key]

    def _is_near(self, text: str, lang: str | None) -> bool:
        form = analyse(text, lang)
        if form is None:
            return False
        mention = Mention(text, lang=lang)
        return form.folded in self._blocked or any(each.resolve(mention).score >= NEAR for each in self._resolvers)


def _differing(before: Registry, after: Registry) -> tuple[list[Entity], list[Entity]]:
    """The entities of the first registry that the second does not hold in the same form, and the other way round."""
    old = {entity.id: entity for entity in before}
    new = {entity.id: entity for entity in after}
    gone = [entity for entity in before if new.get(entity.id) != entity]
    come = [entity for entity in after if old.get(entity.id) != entity]
    return gone, come


def _effects(occurrences: Sequence[Occurrence], total: int, before: Resolver, after: Resolver) -> Iterator[Effect]:
    """What happens to the mentions of one spelling, those that share it together."""
    found: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        found[_decided(before, occurrence), _decided(after, occurrence)].append(occurrence)
    for (old, new), alike in sorted(found.items()):
        if old != new:
            first, count = alike[0], total if len(found) == 1 else len(alike)
            yield Effect(first.text, count, total, old, new, first.document, first.start)


def _decided(resolver: Resolver, occurrence: Occurrence) -> str:
    """The id of the entity, or the status, of a mention alone in its sentence."""
    start = occurrence.start - occurrence.sentence_start
    span = start, start + occurrence.end - occurrence.start
    (resolution,) = resolver.annotate(occurrence.sentence, [span], lang=occurrence.lang)
    return resolution.entity_id or resolution.status


def _examples(effects: Sequence[Effect], most: int) -> str:
    texts = [
        f"{each.text}{f' ×{each.count}' if each.count > 1 else ''} ({each.before} -> {each.after})"
        for each in effects[:most]
    ]
    if len(effects) > most:
        texts.append(counted(len(effects) - most, "more spelling"))
    return ", ".join(texts)


def _shared(before: Registry, after: Registry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names that several entities of the second registry hold, and not the same in the first."""
    known = {(each.text, each.entity_ids) for each in before.collisions()}
    return tuple(
        (each.text, each.entity_ids) for each in after.collisions() if (each.text, each.entity_ids) not in known
    )
