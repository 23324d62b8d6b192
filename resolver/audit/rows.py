"""Rows of a report that are as many as there are documents: on disk, so that memory does not grow with the corpus."""

import json
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, Generic, TypeVar, overload

IN_MEMORY = 1 << 20  # bytes that stay in memory: some 10,000 documents
_BLOCK = 1 << 16  # bytes that are read at once

R = TypeVar("R")


class Rows(Sequence[R], Generic[R]):
    """A sequence that is appended to and read from its beginning; a large one is a nameless temporary file.

    >>> from resolver.corpus import Unreadable
    >>> rows = Rows(Unreadable, ["id", "reason"])
    >>> rows.append(Unreadable("a.pdf", "binary file, not text"))
    >>> len(rows), rows[0].id, rows == (Unreadable("a.pdf", "binary file, not text"),)
    (1, 'a.pdf', True)
    """

    def __init__(self, kind: Callable[..., R], fields: Iterable[str], *, folder: Path | None = None) -> None:
        self._kind = kind
        self._values: Callable[[R], Any] = attrgetter(*fields)
        self._length = 0
        beside = None if folder is None else str(folder)
        self._file = SpooledTemporaryFile(IN_MEMORY, dir=beside)  # noqa: SIM115 (it is open as long as the rows live)
        weakref.finalize(self, self._file.close)

    def append(self, row: R) -> None:
        """Add a row at the end."""
        self._file.seek(0, 2)
        self._file.write(json.dumps(self._values(row)).encode() + b"\n")
        self._length += 1

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[R]:
        place = 0
        while True:
            self._file.seek(place)
            lines = self._file.readlines(_BLOCK)
            if not lines:
                return
            place = self._file.tell()
            for line in lines:
                yield self._kind(*json.loads(line))

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...
    def __getitem__(self, index: int | slice) -> R | tuple[R, ...]:
        places = range(self._length)[index]
        if isinstance(places, int):
            return next(islice(self, places, None))
        if places.step < 0:
            return self[places[-1] : places[0] + 1 : -places.step][::-1] if places else ()
        return tuple(islice(self, places.start, places.stop, places.step))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != len(self):
            return False
        return all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it grows

    def __repr__(self) -> str:
        return f"Rows({', '.join(map(repr, self))})"
