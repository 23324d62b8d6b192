"""A queue file as its items' own texts, so that one item is written anew and all others stay as they are.

1. `read` gives the queue and keeps the text of each item, with the comments and empty lines below it.
2. `save` puts a new text in the place of one item and replaces the file: readers find the old content or the new one.
3. Before that it looks whether the file is still what was read or written last; if not, it refuses. The folder is
   locked meanwhile, so that no other command of this project writes the file in between.

Known limit: what an editor writes to the file in the milliseconds between this look and the replacement is lost.
"""

import re
from itertools import pairwise
from pathlib import Path

from resolver.errors import ResolverError
from resolver.files import PATIENCE, locked, replace_file
from resolver.review import Item, Queue, load_queue
from resolver.review.writing import HEADER, json_line, yaml_block

_ITEM = re.compile(r"^- ", re.MULTILINE)  # what stands deeper is indented
_LINE = re.compile(r"^(?=.*\S)", re.MULTILINE)


class QueueChangedError(ResolverError):
    """The queue file is no longer what was read: somebody else wrote it, or it is gone."""


class QueueFile:
    """The text of a queue file in pieces: what stands before the items, then each item."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._head = b""
        self._pieces: dict[str, bytes] = {}
        self._stamp: tuple[int, ...] = ()

    def read(self) -> Queue:
        """The queue as it is in the file; ReviewError leaves what was read before."""
        stamp = _stamp_of(self.path)
        queue = load_queue(self.path)
        head, pieces = self._split(queue.text, queue)
        self._head, self._pieces, self._stamp = head.encode(), {k: v.encode() for k, v in pieces.items()}, stamp
        return queue

    @property
    def text(self) -> str:
        """The text of the file as it was read or saved last."""
        return self._content(self._pieces).decode()

    def piece(self, key: str) -> bytes:
        """The text of an item, with what stands between it and the next one."""
        return self._pieces[key]

    def piece_for(self, item: Item) -> bytes:
        """The text of an item as it would be written now, with what stands below it in the file."""
        old = self._pieces[item.key].decode()
        text = self._rendered(item) + _rest_below(old)
        return (text.replace("\n", "\r\n") if "\r\n" in old else text).encode()

    def save(self, key: str, piece: bytes) -> None:
        """Write the file with this text for one item; QueueChangedError or OSError leaves everything as it was."""
        with locked(self.path.resolve().parent, patience=PATIENCE):
            if self.is_changed():
                raise QueueChangedError(f"{self.path} was changed by another program")
            replace_file(self.path, [self._content(self._pieces | {key: piece})])
            self._pieces[key] = piece
            self._stamp = _stamp_of(self.path)

    def is_changed(self) -> bool:
        """Whether the file holds something else than what was read or saved last."""
        stamp = _stamp_of(self.path)
        if stamp == self._stamp:
            return False
        if not stamp or self.path.read_bytes() != self._content(self._pieces):
            return True
        self._stamp = stamp  # touched, not changed
        return False

    def _content(self, pieces: dict[str, bytes]) -> bytes:
        return b"".join((self._head, *pieces.values()))

    def _rendered(self, item: Item) -> str:
        return json_line(item) if self.path.suffix == ".jsonl" else yaml_block(item)

    def _split(self, text: str, queue: Queue) -> tuple[str, dict[str, str]]:
        """What stands before the items, and each item by its key; all written anew if its lines cannot be told."""
        mark = _LINE if self.path.suffix == ".jsonl" else _ITEM
        starts = [found.start() for found in mark.finditer(text)]
        pieces = [text[start:end] for start, end in pairwise([*starts, len(text)])]
        keys = [item.key for item in queue]
        if len(pieces) != len(keys) or not all(key in piece for key, piece in zip(keys, pieces, strict=True)):
            return self._written_anew(queue)
        if pieces and not pieces[-1].endswith("\n"):
            pieces[-1] += "\n"
        return text[: starts[0]] if starts else text, dict(zip(keys, pieces, strict=True))

    def _written_anew(self, queue: Queue) -> tuple[str, dict[str, str]]:
        is_yaml = self.path.suffix != ".jsonl"
        pieces = {item.key: self._rendered(item) + "\n" * is_yaml for item in queue}
        return f"{HEADER}\n" if is_yaml else "", pieces


def _rest_below(piece: str) -> str:
    """The empty lines and the comments at the margin that end the text of an item."""
    lines = piece.replace("\r\n", "\n").split("\n")
    kept = len(lines)
    while kept > 1 and (not lines[kept - 1].strip() or lines[kept - 1].startswith("#")):
        kept -= 1
    return "\n".join(lines[kept:])


def _stamp_of(path: Path) -> tuple[int, ...]:
    """What changes with every writing of a file; () if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
