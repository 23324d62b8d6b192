"""In how many documents a group of names stands, when the groups are known only at the end.

A name of a large corpus stands in more documents than there is memory for. So the pairs are in a temporary database,
which keeps a little in memory and the rest on disk; one that is small never gets there.
"""

import sqlite3
import weakref
from collections.abc import Iterable

_BATCH = 1000  # pairs that are inserted at once


class DocumentCounts:
    """Counts the distinct documents of groups of names; the pairs may come in any order, and again.

    >>> counts = DocumentCounts()
    >>> for name, document in [(1, "a.txt"), (2, "a.txt"), (1, "b.txt"), (1, "a.txt")]:
    ...     counts.add(name, document)
    >>> counts.of_groups([[1], [2], []])
    [2, 1, 0]
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # "": a temporary file, made when it is needed
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE pairs (name INTEGER, document BLOB)")
        self._database.execute("CREATE TABLE groups (name INTEGER PRIMARY KEY, number INTEGER)")
        self._waiting: dict[tuple[int, str], None] = {}
        weakref.finalize(self, self._database.close)

    def add(self, name: int, document: str) -> None:
        """Note that a name stands in a document."""
        self._waiting[name, document] = None
        if len(self._waiting) >= _BATCH:
            self._flush()

    def of_groups(self, groups: Iterable[Iterable[int]]) -> list[int]:
        """In how many documents at least one name of each group stands; a name is in one group."""
        self._flush()
        database = self._database
        counts: list[int] = []
        members: list[tuple[int, int]] = []
        for number, names in enumerate(groups):
            counts.append(0)
            members += [(name, number) for name in names]
        database.execute("DELETE FROM groups")
        database.executemany("INSERT INTO groups VALUES (?, ?)", members)
        found = database.execute(
            "SELECT number, COUNT(DISTINCT document) FROM pairs JOIN groups USING (name) GROUP BY number"
        )
        for number, count in found:
            counts[number] = count
        return counts

    def _flush(self) -> None:
        pairs = [(name, document.encode("utf-8", "surrogatepass")) for name, document in self._waiting]
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO pairs VALUES (?, ?)", pairs)
        self._database.execute("COMMIT")
        self._waiting.clear()
