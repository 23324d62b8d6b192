"""The decisions of a queue, tried before they are written: a decided queue comes in, what can be shown goes out.

1. `plan_application` makes the change of the registry.
2. A resolver of the registry as it will be tells which names it still does not place. Their items stay in the queue.
3. On request, the mentions of an audit tell what the change places, moves and loses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from resolver.audit import read_occurrences
from resolver.errors import CorpusError
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.review.applying import Application, plan_application
from resolver.review.impact import impact_of
from resolver.review.queue import Queue


@dataclass(frozen=True, slots=True)
class Preview:
    """What the decisions of a queue would do.

    application  the change of the registry, with a sentence for each decision
    unmet        key of an item -> why its names would not resolve even then; such an item stays in the queue
    registry     as it is
    after        a resolver of the registry as it will be
    """

    application: Application
    unmet: Mapping[str, Sequence[str]]
    registry: Registry
    after: Resolver

    def impact_on(self, mentions: Path) -> list[str]:
        """What the change does to the mentions of an audit (`mentions.jsonl`), in words.

        That they cannot be read is one of the lines and no error: the change itself is sound.
        """
        try:
            return impact_of(Resolver(self.registry), self.after, read_occurrences(mentions)).lines()
        except CorpusError as error:
            return [f"note: what the change does to the audit is not known: {error}"]


def preview_of(queue: Queue, registry: Registry, *, by: str, on: str) -> Preview:
    """Try the decisions of a queue, by whom and on which day (ISO). ReviewError lists all that cannot be applied."""
    application = plan_application(queue, registry, by=by, on=on)
    after = Resolver(application.change.result())
    unmet = unmet_names(after, application.names)
    return Preview(application.keeping(unmet), unmet, registry, after)


def unmet_names(resolver: Resolver, names: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
    """Key -> why names do not resolve to the entity that they were given: (key, spelling, entity id) are asked for.

    >>> from resolver.model import Entity
    >>> osa = Entity("product:osa", "Osa", "product")
    >>> resolver = Resolver(Registry.from_entities([osa]))
    >>> unmet_names(resolver, [("a-1", "Osa", "product:osa"), ("b-2", "Tor", "product:osa")])
    {'b-2': ["'Tor' does not resolve to product:osa yet: no name of the registry is near"]}
    """
    unmet: dict[str, list[str]] = {}
    for key, text, entity_id in names:
        resolution = resolver.resolve(text)
        if resolution.entity_id != entity_id:
            message = f"{text!r} does not resolve to {entity_id} yet: {resolution.reason}"
            unmet.setdefault(key, []).append(message)
    return unmet
