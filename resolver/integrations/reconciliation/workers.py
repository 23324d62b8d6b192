"""So many threads for the work, and so many requests that wait for one: who comes after that is told to come again."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

THREADS = 4  # names are compared in Python, one thread at a time; more threads only share it out more evenly
MOST_WAITING = 64  # requests: some seconds of work
RETRY_AFTER = 1  # seconds

_T = TypeVar("_T")


class BusyError(Exception):
    """Too many requests wait already."""


class Workers:
    """Threads that answer; to be used from one event loop.

    threads  how many answer at once
    waiting  how many requests may wait for one
    """

    def __init__(self, threads: int = THREADS, waiting: int = MOST_WAITING) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="answer")
        self._most = threads + waiting
        self._inside = 0

    async def run(self, work: Callable[[], _T]) -> _T:
        """What the work gives, done in a thread; BusyError if too many wait."""
        if self._inside >= self._most:
            raise BusyError
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._inside -= 1

    def close(self) -> None:
        """Wait for the work that is under way."""
        self._pool.shutdown()
