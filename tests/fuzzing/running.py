"""Inputs into targets, and what happened to each.

An input passes if it is accepted or refused by a `ResolverError`, within `seconds_for` of processor time, without the
process growing by more than `MEMORY`. A target that does not come back at all is stopped after `PATIENCE`.
"""

import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from fuzzing.mutation import Mutator
from fuzzing.targets import TARGETS, Take
from resolver.errors import ResolverError

SECONDS = 2.0  # of processor time that any input may take: the first one of a process loads all tables
SECONDS_PER_10_KB = 1.0  # and these besides
MEMORY = 100 * 2**20  # bytes by which the process may grow at one input
PATIENCE = 60  # seconds until a target is stopped
_KB_10 = 10_000
_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


class HangError(BaseException):
    """A target did not come back; no handler of the target may keep it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that did not pass, and why."""

    target: str
    number: int
    content: bytes
    reason: str


@dataclass(slots=True)
class Tally:
    """What became of the inputs of a target.

    slowest   seconds of processor time, and per 10 kB of those inputs that have as much
    peak      bytes by which the process grew
    """

    target: str
    inputs: int = 0
    accepted: int = 0
    refused: int = 0
    slowest: float = 0.0
    seconds: float = 0.0
    peak: int = 0
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count another part of the same run in."""
        self.inputs += other.inputs
        self.accepted += other.accepted
        self.refused += other.refused
        self.slowest = max(self.slowest, other.slowest)
        self.seconds += other.seconds
        self.peak = max(self.peak, other.peak)
        self.failures += other.failures


def fuzz(target: str, runs: int, seed: int, *, stop_after: int = 5) -> Tally:
    """Give a target so many inputs; after so many failures it is enough."""
    tally = Tally(target)
    chance = random.Random(f"{target} {seed}")  # noqa: S311 (it is to be repeated)
    mutator = Mutator(TARGETS[target].sound(), chance)
    with TARGETS[target].taking() as take:
        for number in range(runs):
            judge(tally, take, mutator.input(), number)
            if len(tally.failures) >= stop_after:
                break
    return tally


def judge(tally: Tally, take: Take, content: bytes, number: int = 0) -> None:
    """Give a target one input, and count what becomes of it."""
    memory, start = _memory(), time.process_time()
    reason = ""
    try:
        with _patience():
            accepted = take(content)
        tally.accepted += accepted
        tally.refused += not accepted
    except ResolverError as error:
        tally.refused += 1
        reason = "" if str(error).strip() else "an error without a message"
    except HangError:
        reason = f"did not come back within {PATIENCE} s"
    except Exception:  # noqa: BLE001 (whatever it is, it is what is looked for)
        reason = traceback.format_exc(limit=-6)
    spent, grown = time.process_time() - start, _memory() - memory
    tally.inputs += 1
    tally.seconds += spent
    tally.slowest = max(tally.slowest, spent)
    tally.peak = max(tally.peak, grown)
    if not reason and spent > seconds_for(content):
        reason = f"{spent:.1f} s for {len(content):,} bytes"
    if not reason and grown > MEMORY:
        reason = f"{grown / 2**20:.0f} MB for {len(content):,} bytes"
    if reason:
        tally.failures.append(Failure(tally.target, number, content, reason))


def seconds_for(content: bytes) -> float:
    """How long an input may take."""
    return SECONDS + SECONDS_PER_10_KB * len(content) / _KB_10


def repeat(target: str, content: bytes) -> Tally:
    """Give a target this input alone."""
    tally = Tally(target)
    with TARGETS[target].taking() as take:
        judge(tally, take, content)
    return tally


@contextmanager
def _patience() -> Iterator[None]:
    """HangError if the block takes too long; only the main thread of a process on POSIX can be stopped so."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before: Callable[[int, FrameType | None], object] | int | None = signal.signal(signal.SIGALRM, _stop)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _stop(_: int, __: FrameType | None) -> None:
    raise HangError


def _memory() -> int:
    """The most that this process has held so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
