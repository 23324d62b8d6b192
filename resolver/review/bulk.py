"""Many items -> one decision: items whose best candidate is alike in score and evidence are matched together.

1. `patterns` groups the open items by what speaks for and against their best candidate: "spelling+ words_missing-".
2. A curator looks at a group, all of it, and `accept` writes the matches into the queue. The registry learns them only
   when the queue is applied, with all that is checked there.

An item with two candidates above the score is in no group: which of them is meant is a question of its own.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from resolver.decision import UNTOLD
from resolver.model import Candidate
from resolver.pipeline import Resolver
from resolver.review.queue import Item, Judgement, Queue

_SIGNS = {"agree": "+", "absent": "-", "contradict": "!"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Open items with the same evidence for their best candidate.

    name    the evidence, sorted: + agrees, - lacks something, ! contradicts
    items   the item that settles most mentions first; mentions: of all of them
    """

    name: str
    items: tuple[Item, ...]

    @property
    def mentions(self) -> int:
        """How many mentions the items have together."""
        return sum(item.count for item in self.items)


def patterns(queue: Queue, resolver: Resolver, *, above: float) -> list[Pattern]:
    """The groups of open items whose one best candidate scores at least `above` (0..1), most mentions first."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in queue:
        near = [candidate for candidate in item.candidates if candidate.score >= above]
        if item.judgement.decision is None and len(near) == 1 and near[0].id in resolver.registry:
            groups[_pattern(resolver.explain(item.variants[0][0], near[0].id))].append(item)
    found = [Pattern(name, tuple(items)) for name, items in groups.items()]
    return sorted(found, key=lambda pattern: (-pattern.mentions, pattern.name))


def accept(queue: Queue, items: Collection[Item], *, note: str) -> Queue:
    """The queue with a match to the best candidate, and the note, on each of these items."""
    keys = {item.key for item in items}
    return replace(queue, items=tuple(_matched(item, note) if item.key in keys else item for item in queue))


def _matched(item: Item, note: str) -> Item:
    notes = "; ".join(filter(None, (item.judgement.note, note)))
    judgement = Judgement("match", entities=(item.candidates[0].id,), except_=item.judgement.except_, note=notes)
    return replace(item, judgement=judgement)


def _pattern(candidate: Candidate) -> str:
    told = {
        each.name + ("-" if each.channel == "agree" and each.bits < 0 else _SIGNS[each.channel])
        for each in candidate.evidence
        if each.name not in UNTOLD
    }
    return " ".join(sorted(told))
