"""Applied decisions -> a change that takes them back: the registry as it was, and the questions in the queue again.

1. The ledger says what the decisions put into the registry; exactly that goes out of it. What was edited since stays,
   and refuses the whole undo: somebody's work would be lost with it.
2. The ledger gets a line for each; nothing is ever taken out of it.
3. If a queue is given, each item is put back as it was decided, with its candidates, in the place of what was left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from resolver.errors import Problem, ReviewError
from resolver.registry import Registry, RegistryChange
from resolver.review.ledger import Entry, Ledger
from resolver.review.queue import Queue, by_weight
from resolver.review.writing import queue_text


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking decisions back would do.

    change   the change of the registry, not yet written
    lines    one sentence for each decision
    queue    the queue with the questions in it again, None if none was given
    """

    change: RegistryChange
    lines: tuple[str, ...]
    queue: Queue | None
    _ledger: Ledger
    _text: str

    def diff(self) -> str:
        """The change of the registry as a unified diff."""
        return self.change.diff()

    def write(self) -> None:
        """Write registry, ledger and queue: all of them or none."""
        also, provided = {self._ledger.path: self._text}, {self._ledger.path: self._ledger.text}
        if self.queue is not None:
            path = Path(self.queue.path)
            also[path], provided[path] = queue_text(self.queue, path), self.queue.text
        self.change.write(also, provided=provided)


def plan_undo(
    registry: Registry, *, by: str, on: str, decision: str | None = None, queue: Queue | None = None
) -> Undoing:
    """How to take back the last application, or only the decision of this id or item.

    ReviewError if there is nothing to take back. The change raises RegistryError if a line was edited since.
    """
    date.fromisoformat(on)
    if registry.path is None:
        raise ReviewError(
            [Problem("registry", 0, "was not read from files: load it from a folder to take decisions back")]
        )
    ledger = Ledger.beside(registry.path)
    entries = _chosen(ledger, decision)
    change = RegistryChange(registry.path)
    for entry in reversed(entries):
        for addition in reversed(entry.additions):
            change.remove(addition)
    applications = {entry.application for entry in entries}
    for entry in ledger.entries:
        if entry.application in applications:
            for name in entry.creates:
                change.remove_file(name)
    lines = tuple(f"{entry.item.key}: {_what(entry)} of {entry.by}, {entry.on}, is taken back" for entry in entries)
    restored = None if queue is None else _restored(queue, entries)
    return Undoing(change, lines, restored, ledger, ledger.with_undone(entries, by=by, on=on))


def _chosen(ledger: Ledger, decision: str | None) -> Sequence[Entry]:
    standing = ledger.standing
    if decision is None:
        if not standing:
            raise ReviewError([Problem(str(ledger.path), 0, "no decision is left to take back")])
        return [entry for entry in standing if entry.application == standing[-1].application]
    found = [entry for entry in standing if decision in (entry.id, entry.item.key)]
    if not found:
        message = f"no decision {decision!r} that stands: `resolver review log` lists them"
        raise ReviewError([Problem(str(ledger.path), 0, message)])
    return found[-1:]


def _what(entry: Entry) -> str:
    judgement = entry.item.judgement
    target = ", ".join(judgement.entities) or judgement.name or ""
    return f"{judgement.decision} {target}".strip()


def _restored(queue: Queue, entries: Sequence[Entry]) -> Queue:
    items = {item.key: item for item in queue} | {entry.item.key: entry.item for entry in entries}
    return replace(queue, items=tuple(sorted(items.values(), key=by_weight)))
