"""Work on many items by several processes: results come in the order of the items, whoever was fastest.

1. Items are handed out in batches of about equal weight. Only a few batches are under way at a time, so neither the
   items nor the results pile up: memory does not depend on how many there are.
2. A process that dies is replaced. Its batch is done again, now item by item; the other processes go on meanwhile.
3. An item at which a process dies when it has it alone, and then another one, is given up: `lost` says what becomes of
   it, and the work goes on.

A forked process shares the work and all that it holds with its parent, page by page, until one of them writes to it;
elsewhere (macOS, Windows) the work is pickled once for each process. If the parent dies, its processes end as well.
"""

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from resolver.errors import CorpusError

_AHEAD = 3  # batches under way for each process: those that are done wait for the one that is next in order
_QUEUED = 2  # batches that a process has: one that it works on, and one so that it need not wait for the parent
_MOST = 100  # times the weight of a batch that is under way at most: one item may be as heavy as a thousand others
_TRIES = 2  # processes that may die at an item alone: one may be killed by chance, and it was not the item
_STARTS = 3  # processes in a row that may die before they are ready; one may be killed by chance

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
    lost: Callable[[T], R] | None = None,
) -> Iterator[R]:
    """`work(item)` for each item, lazily and in order.

    With two workers or more, `work`, items and results must be such as can be pickled. A batch is closed when its
    items weigh `batch` together. `lost` gives the result of an item that ends each process that works on it; without
    it, such an item raises `CorpusError`. One worker is the process that asks, and nobody can replace that.
    """
    if workers < 2:
        return map(work, items)
    return _map_in_parallel(_Pool(work, workers, batch * _MOST, lost), _batches(items, weight, batch))


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


def _map_in_parallel(pool: "_Pool[T, R]", batches: Iterable[tuple[int, list[T]]]) -> Iterator[R]:
    try:
        pool.start()
        for weight, batch in batches:
            pool.add(_Task(batch, weight))
            while pool.is_full():
                pool.wait()
                yield from pool.finished()
        while pool.tasks:
            pool.wait()
            yield from pool.finished()
    finally:
        pool.close()


@dataclass(slots=True, eq=False)
class _Task(Generic[T, R]):
    """Items that one process works on, and what came of them: results, or the error that the work raised."""

    items: list[T]
    weight: int
    is_out: bool = False
    deaths: int = 0
    outcome: list[R] | Exception | None = None


class _Pool(Generic[T, R]):
    """Processes, and the tasks that are under way, in order."""

    def __init__(self, work: Callable[[T], R], workers: int, most: int, lost: Callable[[T], R] | None) -> None:
        self._work, self._workers, self._most, self._lost = work, workers, most, lost
        self._processes: list[_Process[T, R]] = []
        self._stillborn = 0  # processes in a row that died before they were ready
        self.tasks: list[_Task[T, R]] = []

    def start(self) -> None:
        """Start the processes; they get ready side by side."""
        while len(self._processes) < self._workers:
            self._processes.append(_Process(self._work))

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for process in self._processes:
            process.end()

    def add(self, task: _Task[T, R]) -> None:
        """Take a task as the last one; it is begun if a process has time for it."""
        self.tasks.append(task)
        self._hand_out()

    def is_full(self) -> bool:
        """Whether something is to be finished before another task is taken."""
        return len(self.tasks) >= self._workers * _AHEAD or sum(task.weight for task in self.tasks) >= self._most

    def wait(self) -> None:
        """Wait until a process has done a task, or has died."""
        if self.tasks[0].outcome is None:
            ready = wait([process.connection for process in self._processes])
            for process in [each for each in self._processes if each.connection in ready]:
                if not process.receive():
                    self._replace(process)
        self._hand_out()

    def finished(self) -> Iterator[R]:
        """The results of the first tasks, as far as they are done; raises what the work raised."""
        while self.tasks and self.tasks[0].outcome is not None:
            outcome = self.tasks.pop(0).outcome
            if isinstance(outcome, Exception):
                raise outcome
            yield from outcome or ()

    def _hand_out(self) -> None:
        """Give the processes what is to be done, the first tasks first."""
        waiting = (task for task in self.tasks if not task.is_out)
        for _ in range(_QUEUED):
            for process in self._processes:
                if len(process.tasks) < _QUEUED and (task := next(waiting, None)):
                    process.send(task)

    def _replace(self, dead: "_Process[T, R]") -> None:
        """Start another process; what the dead one had not begun is as before, and what it was at is tried again."""
        place = self._processes.index(dead)
        del self._processes[place]
        dead.end()
        self._stillborn = 0 if dead.is_ready else self._stillborn + 1
        if self._stillborn > _STARTS:
            raise CorpusError("a worker process cannot start, perhaps out of memory; try fewer workers")
        self._processes.insert(place, _Process(self._work))
        for task in dead.tasks:
            task.is_out = False
        if dead.tasks and dead.is_ready:
            self._try_again(dead.tasks[0])

    def _try_again(self, task: _Task[T, R]) -> None:
        """Have the items of a task done one by one; give up an item that was alone often enough."""
        if len(task.items) > 1:
            place = self.tasks.index(task)
            share = -(-task.weight // len(task.items))
            self.tasks[place : place + 1] = [_Task([item], share) for item in task.items]
            return
        task.deaths += 1
        if task.deaths < _TRIES:
            return
        if self._lost is None:
            raise CorpusError("a worker process was killed, perhaps out of memory; try fewer workers")
        task.outcome, task.is_out = [self._lost(task.items[0])], True


class _Process(Generic[T, R]):
    """A process that works, seen from its parent."""

    def __init__(self, work: Callable[[T], R]) -> None:
        self.connection, other = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_serve, args=(work, other, self.connection), daemon=True)
        self._process.start()
        other.close()  # so that the end of the process is the end of what comes from it
        self.is_ready = False
        self.tasks: deque[_Task[T, R]] = deque()  # the one that it works on first

    def send(self, task: _Task[T, R]) -> None:
        """Give it a task; one that has just died gets it as well, and is seen to have died later."""
        task.is_out = True
        self.tasks.append(task)
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send(task.items)

    def receive(self) -> bool:
        """Take what it has to tell; False if it has died."""
        try:
            told = self.connection.recv()
        except (EOFError, ConnectionResetError):
            return False
        if self.is_ready:
            self.tasks.popleft().outcome = told
        self.is_ready = True
        return True

    def end(self) -> None:
        """End it, if it still runs. A SIGTERM may be lost while the process starts, and then it would wait for ever."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()


# In a worker process


def _serve(work: Callable[[T], R], connection: "Connection[Any, Any]", parents: "Connection[Any, Any]") -> None:
    """Do one batch after the other; the first thing to tell is that it is ready."""
    parents.close()  # the other end, which a forked process has as well: or the death of the parent would not end it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its processes
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.set_threshold(_SELDOM, 20, 50)
    gc.freeze()  # it stays; and pages that a collector does not write to stay shared between forked processes
    batches: SimpleQueue[list[T]] = SimpleQueue()
    Thread(target=_receive, args=(connection, batches), daemon=True).start()
    connection.send(None)
    while True:
        connection.send(_outcome(work, batches.get()))


def _receive(connection: "Connection[Any, Any]", batches: "SimpleQueue[list[Any]]") -> None:
    """Take batches from the parent, so that it never waits; end with the parent: one that was killed tells nobody."""
    parent = multiprocessing.parent_process()
    sentinels = [parent.sentinel] if parent else []
    with suppress(EOFError, OSError):
        while wait([connection, *sentinels]) == [connection]:
            batches.put(connection.recv())
    os._exit(1)


def _outcome(work: Callable[[T], R], batch: list[T]) -> list[R] | Exception:
    """The results, or what the work raised, for the parent to raise."""
    try:
        return [work(item) for item in batch]
    except MemoryError:
        os._exit(1)  # as if the system had killed it: what it was given is tried again, with memory of its own
    except Exception as error:  # noqa: BLE001 (nothing is hidden: the parent raises it)
        return error
