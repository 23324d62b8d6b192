#!/usr/bin/env python3
"""Says how many requests a second the service answers, and how long one waits, with 1, 8 and 32 clients at once.

    python tests/bench/service.py [--seconds N] [--aliases DIR] [--seed N]

Starts `resolver serve` on a port of this machine. Each client keeps one connection and sends its next request when the
last is answered. The clients are bare sockets: a library for HTTP would take more time than the service does.

    one name    GET /resolve
    a batch     POST /reconcile with ten queries, as OpenRefine sends them
    a text      POST /annotate with two paragraphs
    reading     GET /resolve while the registry is read again each second

Names and texts are made of the aliases of the registry, shuffled and misspelt from a seed, so that none comes often
enough to be remembered (see `names_of`). Client and service share the machine, so both take processor time.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import shutil
import statistics
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlencode, urlsplit

from resolver import Registry

CLIENTS = (1, 8, 32)
BATCH = 10
WARMING = 0.5  # seconds that are not counted
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
Request = Callable[[random.Random], bytes]


def names_of(registry: Registry, seed: random.Random) -> str:
    """A name of an entity, with one letter changed as often as not."""
    entity = seed.choice(registry.entities)
    text = seed.choice([alias.text for alias in entity.names])
    if seed.random() < 0.5 and len(text) > 3:
        at = seed.randrange(1, len(text))
        text = text[:at] + seed.choice(string.ascii_lowercase) + text[at + 1 :]
    return text


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a service over a registry."""
    with service_of(folder) as (url, _):
        yield url


@contextmanager
def service_of(folder: Path) -> Iterator[tuple[str, int]]:
    """The address of a service over a registry, and its process."""
    command = [sys.executable, "-m", "resolver", "serve", "--aliases", str(folder), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        Thread(target=process.stderr.read, daemon=True).start()  # or a full pipe would stop the service
        yield next(word for word in line.split() if word.startswith("http://")), process.pid
    finally:
        process.terminate()
        process.wait()


def request_of(path: str, content: str = "", kind: str = FORM) -> bytes:
    """A request as it goes over the wire; a POST if it has a content."""
    body = content.encode()
    head = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\nHost: localhost\r\n"
    more = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n" if body else ""
    return f"{head}{more}\r\n".encode() + body


def kinds_of(registry: Registry) -> dict[str, Request]:
    """What is sent, by name."""

    def one_name(seed: random.Random) -> bytes:
        return request_of(f"/resolve?name={quote(names_of(registry, seed))}")

    def a_batch(seed: random.Random) -> bytes:
        queries = {f"q{number}": {"query": names_of(registry, seed), "limit": 5} for number in range(BATCH)}
        return request_of("/reconcile", urlencode({"queries": json.dumps(queries)}))

    def a_text(seed: random.Random) -> bytes:
        sentences = [f"The minister said that {names_of(registry, seed)} had been there." for _ in range(12)]
        return request_of("/annotate", json.dumps({"text": " ".join(sentences)}), JSON)

    return {"one name": one_name, "a batch of ten": a_batch, "a text": a_text}


async def status_of(reader: asyncio.StreamReader) -> int:
    """The status of the next answer, which is read to its end."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next(line for line in head.split("\r\n") if line.startswith("content-length:"))
    await reader.readexactly(int(length.partition(":")[2]))
    return int(head.split()[1])


async def measure(url: str, make: Request, clients: int, seconds: float, seed: int) -> tuple[list[float], int]:
    """How long each request took, in seconds, and how many were answered otherwise than with 200."""
    taken: list[float] = []
    refused = 0
    address = urlsplit(url)
    start = time.perf_counter() + WARMING
    end = start + seconds

    async def one(number: int) -> None:
        nonlocal refused
        own = random.Random(f"{seed} {clients} {number}")  # noqa: S311 (no secret)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        while (begun := time.perf_counter()) < end:
            writer.write(make(own))
            status = await status_of(reader)
            if begun >= start:
                taken.append(time.perf_counter() - begun)
                refused += status != 200
        writer.close()

    await asyncio.gather(*(one(number) for number in range(clients)))
    return taken, refused


async def touch(folder: Path, stop: asyncio.Event) -> None:
    """Have the registry read again each second."""
    file = next(folder.glob("*.yaml"))
    while not stop.is_set():
        os.utime(file)
        await asyncio.sleep(1)


async def measure_reading(url: str, make: Request, folder: Path, seconds: float, seed: int) -> tuple[list[float], int]:
    """The same with eight clients, while the registry is read again and again."""
    stop = asyncio.Event()
    touching = asyncio.create_task(touch(folder, stop))
    try:
        return await measure(url, make, 8, seconds, seed)
    finally:
        stop.set()
        await touching


def row(what: str, clients: int, taken: list[float], refused: int, seconds: float) -> str:
    """A line of the table."""
    parts = statistics.quantiles(taken, n=100) if len(taken) > 1 else taken * 99
    cells = (what, clients, f"{len(taken) / seconds:,.0f}", f"{parts[49] * 1e3:.1f}", f"{parts[98] * 1e3:.1f}", refused)
    return "| " + " | ".join(map(str, cells)) + " |"


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description="How fast the service answers.")
    options.add_argument("--seconds", type=float, default=5.0)
    options.add_argument("--aliases", type=Path, default=Path(__file__).parents[2] / "aliases")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    registry = Registry.load(given.aliases)
    kinds = kinds_of(registry)
    print(f"{len(registry):,} entities, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    print("| request | clients | requests/s | p50, ms | p99, ms | not answered |\n|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(shutil.copytree(given.aliases, Path(temporary) / "aliases"))
        with serving(folder) as url:
            for what, make in kinds.items():
                for clients in CLIENTS:
                    taken, refused = asyncio.run(measure(url, make, clients, given.seconds, given.seed))
                    print(row(what, clients, taken, refused, given.seconds), flush=True)
            taken, refused = asyncio.run(measure_reading(url, kinds["one name"], folder, given.seconds, given.seed + 1))
            print(row("one name, while the registry is read again", 8, taken, refused, given.seconds))


if __name__ == "__main__":
    main()
