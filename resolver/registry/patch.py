"""A text with whole lines put in: what comes in is the old text, what goes out is the new one and their difference.

Nothing of the old text changes, byte for byte: a new line takes the line end of the line above it, and a last line
without a line end stays without one. The difference is written from what was inserted, not searched for, so that it
has exactly those lines however alike the lines of the text are.
"""

import re
from collections.abc import Iterable, Iterator

_CONTEXT = 3  # lines around a change, as `diff -u` shows
# str.splitlines also splits at characters that end no line in YAML.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Patch:
    """Lines to insert into one text.

    >>> patch = Patch("- Osa\\r\\n- Tor")
    >>> patch.insert(1, ["- Buk"])
    >>> patch.result()
    '- Osa\\r\\n- Buk\\r\\n- Tor'
    """

    def __init__(self, text: str) -> None:
        self.lines = _LINE.findall(text)
        self._inserted: dict[int, list[str]] = {}

    def insert(self, after: int, lines: Iterable[str]) -> None:
        """Put lines, given without line ends, below line `after` (0: on top); later ones go below earlier ones."""
        self._inserted.setdefault(after, []).extend(lines)

    def result(self) -> str:
        """The new text."""
        return "".join(line for number in range(len(self.lines) + 1) for line in self._segment(number)[1])

    def diff(self, name: str, *, is_new: bool = False) -> str:
        """The unified diff, "" without a change; `is_new` says that there is no old file."""
        hunks = "".join(self._hunks())
        if not hunks:
            return ""
        return f"--- {'/dev/null' if is_new else f'a/{name}'}\n+++ b/{name}\n{hunks}"

    def _segment(self, number: int) -> tuple[list[str], list[str]]:
        """Old line `number` (from 1; 0 is the top of the text, no line), and what stands there in the new text."""
        old = self.lines[number - 1 : number] if number else []
        inserted = self._inserted.get(number)
        if not inserted:
            return old, old
        end = self._line_end(number)
        new = [line + end for line in inserted]
        if not old or old[0].endswith("\n"):
            return old, old + new
        return old, [old[0] + end, *new[:-1], new[-1].removesuffix(end)]

    def _line_end(self, number: int) -> str:
        near = self.lines[max(0, number - 2) : max(1, number)]
        nearest = next((line for line in reversed(near) if line.endswith("\n")), "\n")
        return "\r\n" if nearest.endswith("\r\n") else "\n"

    def _hunks(self) -> Iterator[str]:
        shift = 0
        for places in self._near_places():
            first, last = max(0, places[0] - _CONTEXT), min(len(self.lines), places[-1] + _CONTEXT)
            added = sum(len(self._inserted[place]) for place in places)
            count = last - first
            yield f"@@ -{_range(first, count)} +{_range(first + shift, count + added)} @@\n"
            for number in range(first + 1 if first else 0, last + 1):
                yield from _segment_diff(*self._segment(number))
            shift += added

    def _near_places(self) -> Iterator[list[int]]:
        """The places of insertion, together where their contexts touch."""
        group: list[int] = []
        for place in sorted(place for place, lines in self._inserted.items() if lines):
            if group and place - group[-1] > 2 * _CONTEXT:
                yield group
                group = []
            group.append(place)
        if group:
            yield group


def _segment_diff(old: list[str], new: list[str]) -> Iterator[str]:
    is_kept = new[: len(old)] == old  # not so for a last line that had no line end
    yield from (_diff_line(" " if is_kept else "-", line) for line in old)
    yield from (_diff_line("+", line) for line in new[len(old) if is_kept else 0 :])


def _diff_line(sign: str, line: str) -> str:
    return f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"


def _range(first: int, count: int) -> str:
    """A range of lines as the headers of hunks write it: from 1, but from 0 if empty; "5" is short for "5,1"."""
    start = first + 1 if count else first
    return f"{start}" if count == 1 else f"{start},{count}"
