"""A text with whole lines put in or taken out: the old text comes in, the new one and their difference go out.

Nothing else of the text changes, byte for byte: a new line takes the line end of the line above it, and a text that
ends without a line end still does. So taking out what was put in gives the old text back. The difference is written
from what was put in and taken out, not searched for, so that it has exactly those lines however alike the lines are.
"""

import re
from collections.abc import Iterable, Iterator

_CONTEXT = 3  # lines around a change, as `diff -u` shows
# str.splitlines also splits at characters that end no line in YAML.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Patch:
    """Lines to put into one text, and lines to take out of it.

    >>> patch = Patch("- Osa\\r\\n- Tor")
    >>> patch.insert(1, ["- Buk"])
    >>> patch.result()
    '- Osa\\r\\n- Buk\\r\\n- Tor'
    """

    def __init__(self, text: str) -> None:
        self.lines = _LINE.findall(text)
        self._inserted: dict[int, list[str]] = {}
        self._removed: set[int] = set()

    def insert(self, after: int, lines: Iterable[str]) -> None:
        """Put lines, given without line ends, below line `after` (0: on top); later ones go below earlier ones."""
        self._inserted.setdefault(after, []).extend(lines)

    def remove(self, first: int, last: int) -> None:
        """Take out the lines from `first` to `last`, counted from 1."""
        self._removed.update(range(first, last + 1))

    def result(self) -> str:
        """The new text."""
        return "".join(line for number in range(len(self.lines) + 1) for line in self._segment(number)[1])

    def diff(self, name: str, *, is_new: bool = False, is_gone: bool = False) -> str:
        """The unified diff, "" without a change; `is_new`: there is no old file, `is_gone`: no new one."""
        hunks = "".join(self._hunks())
        if not hunks:
            return ""
        old, new = "/dev/null" if is_new else f"a/{name}", "/dev/null" if is_gone else f"b/{name}"
        return f"--- {old}\n+++ {new}\n{hunks}"

    def _segment(self, number: int) -> tuple[list[str], list[str]]:
        """Old line `number` (from 1; 0 is the top of the text, no line), and what stands there in the new text."""
        old = self.lines[number - 1 : number] if number else []
        new = [] if number in self._removed else old
        inserted = self._inserted.get(number)
        if inserted:
            end = self._line_end(number)
            kept = [line if line.endswith("\n") else line + end for line in new]
            new = [*kept, *(line + end for line in inserted)]
        if new and self._is_open_ended and number == self._last_left:
            new = [*new[:-1], new[-1].removesuffix("\n").removesuffix("\r")]
        return old, new

    @property
    def _is_open_ended(self) -> bool:
        return bool(self.lines) and not self.lines[-1].endswith("\n")

    @property
    def _last_left(self) -> int:
        """The last place that has a line in the new text."""
        places = range(len(self.lines), 0, -1)
        return next((n for n in places if n not in self._removed or self._inserted.get(n)), 0)

    def _line_end(self, number: int) -> str:
        near = self.lines[max(0, number - 2) : max(1, number)]
        nearest = next((line for line in reversed(near) if line.endswith("\n")), "\n")
        return "\r\n" if nearest.endswith("\r\n") else "\n"

    def _hunks(self) -> Iterator[str]:
        shift = 0
        for places in self._near_places():
            first, last = max(0, places[0] - _CONTEXT), min(len(self.lines), places[-1] + _CONTEXT)
            added = sum(len(self._inserted.get(place, ())) - (place in self._removed) for place in set(places))
            count = last - first
            yield f"@@ -{_range(first, count)} +{_range(first + shift, count + added)} @@\n"
            numbers = range(first + 1 if first else 0, last + 1)
            yield from _old_first(line for number in numbers for line in _segment_diff(*self._segment(number)))
            shift += added

    def _near_places(self) -> Iterator[list[int]]:
        """The places of change, together where their contexts touch; a line taken out is a change on both its sides."""
        inserted = {place for place, lines in self._inserted.items() if lines}
        group: list[int] = []
        for place in sorted(inserted | self._removed | {number - 1 for number in self._removed}):
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


def _old_first(lines: Iterable[str]) -> Iterator[str]:
    """The same lines; of those that changed together the old ones come before the new ones, as `diff` has it."""
    added: list[str] = []
    for line in lines:
        if line[0] == "+":
            added.append(line)
            continue
        if line[0] == " ":
            yield from added
            added.clear()
        yield line
    yield from added


def _diff_line(sign: str, line: str) -> str:
    return f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"


def _range(first: int, count: int) -> str:
    """A range of lines as the headers of hunks write it: from 1, but from 0 if empty; "5" is short for "5,1"."""
    start = first + 1 if count else first
    return f"{start}" if count == 1 else f"{start},{count}"
