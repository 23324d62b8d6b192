"""The ledger: every decision that was applied to a registry, and what it wrote, one JSON object a line.

It lies beside the registry (`ledger.jsonl`, or `NAME.ledger.jsonl` beside a single file) and only ever grows: what is
taken back is said in a line of its own. So each line of the registry that came from a decision has its reason: who,
when, on which spellings, with which candidates in sight. `resolver review undo` reads from it what to take out.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from resolver.errors import Problem, ReviewError
from resolver.registry import Addition
from resolver.review.queue import Item
from resolver.review.reading import item_of_record
from resolver.review.writing import as_record

FILE = "ledger.jsonl"

_ID_LENGTH = 8  # hexadecimal digits: one in 4 billion that two decisions get the same


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision that was applied.

    id           of the decision; application: the id of the first decision that was applied together with it
    on, by       the ISO day and the curator
    item         the item as it was decided
    additions    what it put into the registry, in the order of the files
    creates      files that its application made
    """

    id: str
    application: str
    on: str
    by: str
    item: Item
    additions: tuple[Addition, ...]
    creates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries of a ledger, oldest first, and which of them were taken back: id -> (day, curator)."""

    path: Path
    entries: tuple[Entry, ...] = ()
    undone: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    text: str = ""

    @classmethod
    def beside(cls, registry: Path) -> "Ledger":
        """The ledger of the registry in a folder or a file; ReviewError lists the lines that are none of a ledger."""
        path = registry / FILE if registry.is_dir() else registry.with_suffix(f".{FILE}")
        return _read(path)

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The decisions that were not taken back, oldest first."""
        return tuple(entry for entry in self.entries if entry.id not in self.undone)

    def with_decisions(
        self, decided: Sequence[tuple[Item, Sequence[Addition]]], *, by: str, on: str, creates: Sequence[str] = ()
    ) -> str:
        """The text of the ledger with these decisions, applied together, at its end."""
        rows: list[dict[str, Any]] = []
        for item, additions in decided:
            body = {
                "on": on,
                "by": by,
                "item": as_record(item),
                "additions": [asdict(addition) for addition in additions],
            }
            number = len(self.entries) + len(rows)
            digest = hashlib.sha256(f"{number} {_line(body)}".encode("utf-8", "surrogatepass")).hexdigest()
            identity = digest[:_ID_LENGTH]
            rows.append({"id": identity, "application": rows[0]["id"] if rows else identity, **body})
        if rows and creates:
            rows[0]["creates"] = list(creates)
        return self._with(rows)

    def with_undone(self, entries: Iterable[Entry], *, by: str, on: str) -> str:
        """The text of the ledger with a line at its end for each decision that is taken back."""
        return self._with([{"undoes": entry.id, "on": on, "by": by} for entry in entries])

    def _with(self, rows: Iterable[Mapping[str, Any]]) -> str:
        end = "" if self.text.endswith("\n") or not self.text else "\n"
        return self.text + end + "".join(map(_line, rows))


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _read(path: Path) -> Ledger:
    try:
        text = path.read_bytes().decode() if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ReviewError([Problem(str(path), 0, f"cannot be read: {error}")]) from error
    entries: list[Entry] = []
    undone: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                row = json.loads(line)
                if "undoes" in row:
                    undone[_text(row["undoes"])] = _text(row["on"]), _text(row["by"])
                else:
                    entries.append(_entry(row, f"{path}", number))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                message = "not a line of a ledger: take the file back from version control"
                problems.append(Problem(str(path), number, message))
    if problems:
        raise ReviewError(problems)
    return Ledger(path, tuple(entries), undone, text)


def _entry(row: Mapping[str, Any], path: str, line: int) -> Entry:
    return Entry(
        id=_text(row["id"]),
        application=_text(row["application"]),
        on=_text(row["on"]),
        by=_text(row["by"]),
        item=item_of_record(row["item"], path, line),
        additions=tuple(map(_addition, row["additions"])),
        creates=tuple(map(_text, row.get("creates", ()))),
    )


def _addition(row: Mapping[str, Any]) -> Addition:
    """What a decision put into the registry; an error of a wrong value if it is none."""
    addition = Addition(**row)
    for text in (addition.file, addition.key, addition.entity):
        _text(text)
    _text(addition.value[addition.naming] if isinstance(addition.value, Mapping) else addition.value)
    return addition


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
