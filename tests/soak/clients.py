"""Clients that ask the service for more than it can answer, and some that ask for what they should not.

Each process has some connections. On each, the next request goes out when the last is answered: names, batches, texts,
and now and then something that must be refused, a body that is too large, or a client that stops in the middle.
"""

import asyncio
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

from bench.service import FORM, JSON, Request, kinds_of, request_of, status_of

from resolver import Registry

CONNECTIONS = 48  # of each process: two of them are more than the threads of the service and those that may wait
LARGE = 1_200_000  # bytes, above what the service reads
SLOW = 3.0  # seconds that a slow client is silent
GIVEN_UP = "client gave up"
CUT = "connection closed"
_WEIGHTS = {"one name": 40, "a batch of ten": 15, "a text": 25, "bad": 14, "too large": 4, "slow": 2}


@dataclass
class Heard:
    """What a process has heard: how often each answer came, and how long those with 200 took, in seconds."""

    answers: Counter[str] = field(default_factory=Counter)
    taken: list[float] = field(default_factory=list)


def ask(url: str, aliases: Path, *, processes: int, seconds: float, seed: int) -> list["Asking"]:
    """Start processes that ask."""
    return [Asking(url, aliases, seconds, f"{seed} {number}") for number in range(processes)]


class Asking:
    """A process that asks, seen from the one that started it."""

    def __init__(self, url: str, aliases: Path, seconds: float, seed: str) -> None:
        self._heard, other = Pipe(duplex=False)
        self._process = Process(target=_ask, args=(other, url, aliases, seconds, seed))
        self._process.start()
        other.close()

    def heard(self) -> Heard:
        """Wait for its end."""
        heard: Heard = self._heard.recv()
        self._process.join()
        return heard


def _ask(heard: Connection, url: str, aliases: Path, seconds: float, seed: str) -> None:
    heard.send(asyncio.run(_ask_together(url, Registry.load(aliases), seconds, seed)))


async def _ask_together(url: str, registry: Registry, seconds: float, seed: str) -> Heard:
    heard, kinds, end = Heard(), kinds_of(registry) | {"bad": _bad}, time.monotonic() + seconds
    await asyncio.gather(*(_ask_in_turn(url, kinds, heard, end, f"{seed} {n}") for n in range(CONNECTIONS)))
    return heard


async def _ask_in_turn(url: str, kinds: dict[str, Request], heard: Heard, end: float, seed: str) -> None:
    """Ask on one connection, and on another when that is closed."""
    chance, address = random.Random(seed), urlsplit(url)  # noqa: S311 (no secret)
    while time.monotonic() < end:
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        try:
            while time.monotonic() < end:
                kind = chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
                if kind == "slow":
                    writer.write(kinds["a text"](chance)[:80])
                    await asyncio.sleep(SLOW)
                    heard.answers[GIVEN_UP] += 1
                    break
                start = time.perf_counter()
                writer.write(_too_large() if kind == "too large" else kinds[kind](chance))
                status = await status_of(reader)
                heard.answers[str(status)] += 1
                if status == 200:
                    heard.taken.append(time.perf_counter() - start)
                if kind == "too large":
                    break  # what is left of it would be read as the next request
        except (ConnectionError, asyncio.IncompleteReadError):
            heard.answers[CUT] += 1
        finally:
            writer.close()


def _bad(chance: random.Random) -> bytes:
    """A request that must be refused."""
    return chance.choice(
        (
            request_of("/resolve"),
            request_of("/no/such/address"),
            request_of("/annotate", "{", JSON),
            request_of("/annotate", json.dumps({"text": 1}), JSON),
            request_of("/annotate", "text", "text/plain"),
            request_of("/reconcile", "queries=[", FORM),
            request_of("/resolve", json.dumps({"names": ["x" * 501]}), JSON),
        )
    )


def _too_large() -> bytes:
    return request_of("/annotate", json.dumps({"text": "x" * LARGE}), JSON)
