"""Work on many items by several processes: results come in the order of the items, whoever was fastest.

Items are handed out in batches of about equal weight. Only a few batches are under way at a time, so neither the items
nor the results pile up: memory does not depend on how many there are.

A forked process shares the work and all that it holds with its parent, page by page, until one of them writes to it;
elsewhere (macOS, Windows) the work is pickled once for each process. If the parent dies, its processes end as well.
"""

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from typing import Any, TypeVar

from resolver.errors import CorpusError

_AHEAD = 3  # batches under way for each process: enough that none waits for the parent
_MOST = 100  # times the weight of a batch that is under way at most: one item may be as heavy as a thousand others

_SELDOM = 20_000  # allocations between collections: results are values without cycles, and the search took 7 %

T = TypeVar("T")
R = TypeVar("R")


def map_in_order(
    work: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int = 1,
    weight: Callable[[T], int] = lambda item: 1,
    batch: int = 8,
) -> Iterator[R]:
    """`work(item)` for each item, lazily and in order.

    With two workers or more, `work`, items and results must be such as can be pickled. A batch is closed when its
    items weigh `batch` together. Raises `CorpusError` if a process was killed.
    """
    if workers < 2:
        return map(work, items)
    return _map_in_parallel(work, _batches(items, weight, batch), workers, batch * _MOST)


def _batches(items: Iterable[T], weight: Callable[[T], int], most: int) -> Iterator[tuple[int, list[T]]]:
    """The items in lists, each with its weight."""
    batch: list[T] = []
    total = 0
    for item in items:
        batch.append(item)
        total += weight(item)
        if total >= most:
            yield total, batch
            batch, total = [], 0
    if batch:
        yield total, batch


def _map_in_parallel(
    work: Callable[[T], R], batches: Iterable[tuple[int, list[T]]], workers: int, most: int
) -> Iterator[R]:
    pool = ProcessPoolExecutor(workers, initializer=_start, initargs=(work,))
    under_way: deque[tuple[int, Future[list[R]]]] = deque()
    total = 0
    try:
        for weight, batch in batches:
            under_way.append((weight, pool.submit(_work_on, batch)))
            total += weight
            while len(under_way) > workers * _AHEAD or (total > most and under_way):
                total -= under_way[0][0]
                yield from under_way.popleft()[1].result()
        while under_way:
            yield from under_way.popleft()[1].result()
    except BrokenProcessPool as error:
        raise CorpusError("a worker process was killed, perhaps out of memory; try fewer workers") from error
    finally:
        pool.shutdown(cancel_futures=True)


# In a worker process

_work: Callable[[Any], Any] | None = None  # it comes once, not with every batch


def _start(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 (a pool gives its workers no other place to keep a value)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends the pool
    Thread(target=_end_with_parent, daemon=True).start()
    _work = work
    gc.set_threshold(_SELDOM, 20, 50)
    gc.freeze()  # it stays; and pages that a collector does not write to stay shared between forked workers


def _end_with_parent() -> None:
    """Wait for the end of the parent: one that was killed can tell nobody, and its workers would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work_on(batch: list[Any]) -> list[Any]:
    if _work is None:
        raise RuntimeError("_work_on runs only in a process that _start has prepared")
    return [_work(item) for item in batch]
