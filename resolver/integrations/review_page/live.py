"""The registry beside the queue: what one decision would write into it, and the entities that it could mean.

The registry is read once and again only when its files change; `RegistryView.preview` then costs the check of the one
file that the decision touches, some 30 ms for 200 entities.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from resolver.errors import ProblemsError
from resolver.model import Entity
from resolver.pipeline import Resolver
from resolver.registry import Registry, RegistryChange, bundled_folder, registry_stamp
from resolver.report.explanation import explanation_record
from resolver.report.waterfall import explain_name
from resolver.review import Item, Queue, plan_application
from resolver.review.drafting import folded

SHOWN_NAMES = 8  # of an entity
WEIGHED = 6  # spellings of an item, to find the one that fits best
FOUND = 9  # entities of a search: as many as there are keys


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision would do: a sentence, the lines of the registry, or what stands in the way."""

    lines: tuple[str, ...] = ()
    diff: str = ""
    problems: tuple[str, ...] = ()


class RegistryView:
    """A registry on disk as it is at the moment, for several threads.

    path  its folder or file
    by    who decides: the provenance of the lines
    """

    def __init__(self, path: Path | None, *, by: str) -> None:
        self.path = path or bundled_folder()
        self.by = by
        self._lock = Lock()
        self._stamp: tuple[tuple[str, int, int], ...] = ()
        self._registry: Registry | None = None
        self._in_use: RegistryChange | None = None  # keeps the files from being parsed anew for each preview
        self._names: list[tuple[str, Entity]] = []
        self._resolver: Resolver | None = None  # made when somebody asks for evidence

    def registry(self) -> Registry:
        """The registry; RegistryError if its files are not sound."""
        with self._lock:
            return self._fresh()

    def preview(self, item: Item) -> Preview:
        """What the decision of an item would write, if it were the only one."""
        if item.judgement.decision in (None, "unsure"):
            return Preview()
        try:
            with self._lock:
                plan = plan_application(Queue((item,)), self._fresh(), by=self.by, on=today())
                return Preview(tuple(line.removeprefix(f"{item.key}: ") for line in plan.lines), plan.diff())
        except ProblemsError as error:
            return Preview(problems=tuple(problem.message for problem in error.problems))

    def entities(self, ids: Iterable[str]) -> dict[str, dict[str, Any] | None]:
        """What the page tells of entities, by id; None for one that the registry does not hold."""
        registry = self.registry()
        return {one: entity_record(registry.get(one)) if one in registry else None for one in ids}

    def evidence(self, item: Item) -> dict[str, dict[str, Any]]:
        """Id of a candidate -> what speaks for it and against it, by the spelling that fits it best."""
        with self._lock:
            registry = self._fresh()
            if self._resolver is None:
                self._resolver = Resolver(registry)
            resolver = self._resolver
        texts = [text for text, _ in item.variants[:WEIGHED]]
        known = [candidate.id for candidate in item.candidates if candidate.id in registry]
        kinds = {None, item.type}
        return {entity_id: _best(resolver, texts, kinds, entity_id) for entity_id in known}

    def search(self, words: str) -> list[dict[str, Any]]:
        """The first few entities with a name or id that holds every word; those that begin with them come first."""
        wanted = folded(words).split()
        if not wanted:
            return []
        with self._lock:
            self._fresh()
            hits = [(text, entity) for text, entity in self._names if all(word in text for word in wanted)]
        ranked = sorted(hits, key=lambda hit: (not hit[0].startswith(wanted[0]), len(hit[0]), hit[1].id))
        return [entity_record(entity) for entity in list({e.id: e for _, e in ranked}.values())[:FOUND]]

    def _fresh(self) -> Registry:
        stamp = registry_stamp(self.path)
        if self._registry is None or stamp != self._stamp:
            self._in_use = RegistryChange(self.path)
            self._registry = Registry.load(self.path)
            self._names = [(folded(text), entity) for entity in self._registry for text in _texts(entity)]
            self._resolver = None
            self._stamp = stamp
        return self._registry


def entity_record(entity: Entity) -> dict[str, Any]:
    """An entity for the page: its name, what it is, a few other names.

    >>> entity_record(Entity("product:osa", "Osa", "product", note="9K33"))
    {'id': 'product:osa', 'name': 'Osa', 'type': 'product', 'names': [], 'note': '9K33'}
    """
    others = [alias.text for alias in entity.aliases][:SHOWN_NAMES]
    return {"id": entity.id, "name": entity.name, "type": entity.type, "names": others, "note": entity.note}


def today() -> str:
    """The day that a decision is made on, as an ISO date."""
    return date.today().isoformat()


def _best(resolver: Resolver, texts: Iterable[str], kinds: Collection[str | None], entity_id: str) -> dict[str, Any]:
    explained = (explain_name(resolver, text, kind, entity_id) for text in texts for kind in kinds)
    return explanation_record(max(explained, key=lambda one: (one.candidate.score, one.candidate.alias.text)))


def _texts(entity: Entity) -> list[str]:
    return [entity.id, *(alias.text for alias in entity.names)]
