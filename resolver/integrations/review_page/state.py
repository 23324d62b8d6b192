"""The state of a review: the queue as it is in the file, and the way back.

Every change goes to the file first and into memory only then, so that whoever kills the server loses nothing that the
page has called saved. The file is the truth: on `reload` memory is made anew from it.

Undo takes back what was done here last, item and file byte for byte, and redo does it again. Both refuse if the item
has been changed by another hand since.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import Any

from resolver.errors import Problem, ResolverError, ReviewError
from resolver.integrations.review_page.queue_file import QueueFile
from resolver.review import Item, Judgement, Queue, as_record
from resolver.review.queue import one_line
from resolver.review.reading import item_of_record

FIELDS = ("decision", "except", "note")  # of an item, those that a curator fills in
LONGEST_NOTE = 2_000  # characters; a page of text is no note


class UnknownItemError(ResolverError):
    """The queue has no item of this key."""


class NoWayBackError(ResolverError):
    """There is nothing to undo or redo, or the item is no longer what it was then."""


@dataclass(frozen=True, slots=True)
class Change:
    """One decision: the item and its text in the file, before and after."""

    before: Item
    after: Item
    piece_before: bytes
    piece_after: bytes

    def reversed(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.after, self.before, self.piece_after, self.piece_before)


class ReviewState:
    """A queue under review, safe to be used by several threads.

    version  goes up by one with each change, so that a page can tell whether it has seen them all
    """

    def __init__(self, path: str | Path) -> None:
        self._file = QueueFile(path)
        self._lock = RLock()
        self._items: dict[str, Item] = {}
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self.version = 0
        self.reload()

    @property
    def path(self) -> Path:
        """The queue file."""
        return self._file.path

    def queue(self) -> Queue:
        """The queue with all decisions so far. The line of each judgement is the number of its item, from 1."""
        with self._lock:
            numbered = (
                replace(item, judgement=replace(item.judgement, line=number))
                for number, item in enumerate(self._items.values(), start=1)
            )
            return Queue(tuple(numbered), path=str(self.path), text=self._file.text)

    def item(self, key: str) -> Item:
        """The item of a key; UnknownItemError if there is none."""
        try:
            return self._items[key]
        except KeyError:
            raise UnknownItemError(f"no item {key!r} in the queue: it was reloaded, or applied") from None

    def items(self) -> list[Item]:
        """All items in the order of the file."""
        return list(self._items.values())

    def steps(self) -> tuple[int, int]:
        """How many decisions can be taken back, and how many of these made again."""
        return len(self._done), len(self._undone)

    def is_changed_on_disk(self) -> bool:
        """Whether somebody else wrote the file since it was read or saved here."""
        with self._lock:
            return self._file.is_changed()

    def decide(self, key: str, fields: Mapping[str, Any]) -> Item:
        """The item with a new judgement, saved; `fields` are those of `FIELDS`, as they stand in a queue file.

        ReviewError if they are no sound decision. QueueChangedError and OSError if they could not be saved: then
        nothing has changed.
        """
        with self._lock:
            before = self.item(key)
            after = judged(before, fields)
            change = Change(before, after, self._file.piece(key), self._file.piece_for(after))
            self._do(change)
            self._done.append(change)
            self._undone.clear()
            return after

    def undo(self) -> Item:
        """The item as it was before the last decision, saved."""
        with self._lock:
            return self._step(self._done, self._undone, "undo")

    def redo(self) -> Item:
        """The item with the decision that was taken back last, saved."""
        with self._lock:
            return self._step(self._undone, self._done, "redo")

    def reload(self) -> None:
        """Take the queue from the file as it is now; ReviewError leaves all as it was."""
        with self._lock:
            self._items = {item.key: item for item in self._file.read()}
            self.version += 1

    def forget_steps(self) -> None:
        """From now on nothing that was done before can be taken back here."""
        with self._lock:
            self._done.clear()
            self._undone.clear()

    def _do(self, change: Change) -> None:
        self._file.save(change.after.key, change.piece_after)
        self._items[change.after.key] = change.after
        self.version += 1

    def _step(self, source: list[Change], target: list[Change], word: str) -> Item:
        if not source:
            raise NoWayBackError(f"nothing to {word}")
        change = source[-1].reversed()
        key = change.after.key
        if self._items.get(key) != change.before or self._file.piece(key) != change.piece_before:
            source.clear()
            raise NoWayBackError(f"{change.after.name!r} was changed by another hand since: there is nothing to {word}")
        self._do(change)
        source.pop()
        target.append(change)
        return change.after


def judged(item: Item, fields: Mapping[str, Any]) -> Item:
    """The item with the judgement that the fields spell; ReviewError says what is wrong with them.

    They are read as a line of a queue file is read, so whatever passes can be loaded again.

    >>> osa = Item("osa-1", "Osa", None, "unresolved", "", 3, 1, (("Osa", 3),))
    >>> judged(osa, {"decision": {"match": "product:osa"}, "note": " the missile "}).judgement
    Judgement(decision='match', entities=('product:osa',), ..., note='the missile', ...)
    """
    unknown = [name for name in fields if name not in FIELDS]
    if unknown:
        raise _refused(f"unknown field {unknown[0]!r}: a decision has {', '.join(FIELDS)}")
    note = fields.get("note")
    if isinstance(note, str) and len(note) > LONGEST_NOTE:
        raise _refused(f"a note has at most {LONGEST_NOTE:,} characters")
    spoken = {**fields, "note": one_line(note)} if isinstance(note, str) else dict(fields)
    record = as_record(replace(item, judgement=Judgement())) | spoken
    return replace(item, judgement=item_of_record(record, "decision", 0).judgement)


def _refused(message: str) -> ReviewError:
    return ReviewError([Problem("decision", 0, message)])
