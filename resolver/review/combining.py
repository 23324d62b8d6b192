"""The queues of two curators -> one: what comes in are two versions of a file, and the one that both began from.

A judgement that only one of them made, or changed, is taken. Where both decided and differ, nothing is decided: the
item stays open, with both decisions in its note, and the two are told. An item that one of them settled is gone, unless
the other has decided on it since. Counts and spellings are those of the version that has more mentions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from resolver.review.queue import Item, Judgement, Queue, by_weight


@dataclass(frozen=True, slots=True)
class Combination:
    """The combined queue, and a line for each item on which the two differ."""

    queue: Queue
    conflicts: tuple[str, ...]


def combine(mine: Queue, theirs: Queue, base: Queue | None = None) -> Combination:
    """One queue of two; without the `base` that both began from, what only one of them has is taken for new.

    >>> osa = Item("osa-1", "Osa", None, "unresolved", "", 3, 1, (("Osa", 3),))
    >>> one, other = (replace(osa, judgement=Judgement(word)) for word in ("unsure", "not_an_entity"))
    >>> combine(Queue((osa,)), Queue((other,))).queue.items[0].judgement.decision
    'not_an_entity'
    >>> combine(Queue((one,)), Queue((other,))).conflicts
    ('osa-1: unsure, or not_an_entity?',)
    """
    conflicts: list[str] = []
    items = list(_combined(_by_key(mine), _by_key(theirs), _by_key(base or ()), conflicts))
    return Combination(replace(mine, items=tuple(sorted(items, key=by_weight))), tuple(conflicts))


def _by_key(items: Iterable[Item]) -> dict[str, Item]:
    return {item.key: item for item in items}


def _combined(
    mine: dict[str, Item], theirs: dict[str, Item], base: dict[str, Item], conflicts: list[str]
) -> Iterator[Item]:
    for key in dict.fromkeys((*mine, *theirs)):
        one, other, old = mine.get(key), theirs.get(key), base.get(key)
        if one is None or other is None:
            left = one or other
            if left and (old is None or left.judgement != old.judgement):
                yield left
        else:
            before = old.judgement if old else Judgement()
            larger = other if other.count > one.count else one
            yield replace(larger, judgement=_agreed(key, (one.judgement, other.judgement), before, conflicts))


def _agreed(key: str, judgements: tuple[Judgement, Judgement], before: Judgement, conflicts: list[str]) -> Judgement:
    one, other = judgements
    if before in (one, other) or one == other:
        return other if one == before else one
    if (one.decision, one.entities, one.type, one.name, one.except_) == (
        other.decision,
        other.entities,
        other.type,
        other.name,
        other.except_,
    ):
        return replace(one, note=" / ".join(filter(None, (one.note, other.note))) or None)
    words = ", or ".join(map(_words, judgements))
    conflicts.append(f"{key}: {words}?")
    return Judgement(note=f"{words}?")


def _words(judgement: Judgement) -> str:
    """A judgement on one line."""
    target = ", ".join(judgement.entities) or " ".join(filter(None, (judgement.type, judgement.name)))
    excepted = f"except {', '.join(judgement.except_)}" if judgement.except_ else ""
    note = f"({judgement.note})" if judgement.note else ""
    return " ".join(filter(None, (judgement.decision or "open", target, excepted, note)))
