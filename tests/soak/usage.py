"""How much memory a process takes with all that it started, from /proc (Linux).

What counts is memory that is not mapped from files (RssAnon). What forked processes still share with their parent
counts for each of them: the sum is an upper bound.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

EACH = 0.25  # seconds between looks
_KILOBYTE = 1024
_PROC = Path("/proc")


@dataclass(frozen=True)
class Peak:
    """The most memory that was seen, in bytes: of all processes together, and of one that was started."""

    total: int
    largest_child: int


def watch(process: int, is_running: Callable[[], bool]) -> Peak:
    """The peak of a process and what it started, for as long as it runs."""
    total = largest = 0
    while is_running():
        own, *others = [memory_of(each) for each in tree_of(process)] or [0]
        total = max(total, own + sum(others))
        largest = max([largest, *others])
        time.sleep(EACH)
    return Peak(total, largest)


def tree_of(process: int) -> list[int]:
    """A process and all that it started, and these, the process first; those that ended are left out."""
    return [process, *(below for child in _children(process) for below in tree_of(child))]


def memory_of(process: int) -> int:
    """Bytes of memory that a process holds and that are not mapped from files; 0 if it has ended."""
    try:
        lines = (_PROC / str(process) / "status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = next((line for line in lines if line.startswith("RssAnon:")), "RssAnon: 0 kB")
    return int(found.split()[1]) * _KILOBYTE


def _children(process: int) -> Iterator[int]:
    for task in _tasks(process):
        try:
            yield from map(int, (task / "children").read_text().split())
        except (FileNotFoundError, ProcessLookupError):
            continue


def _tasks(process: int) -> list[Path]:
    try:
        return list((_PROC / str(process) / "task").iterdir())
    except (FileNotFoundError, ProcessLookupError):
        return []
