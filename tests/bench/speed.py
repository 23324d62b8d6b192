#!/usr/bin/env python3
"""Says how fast the project is, how right, and how much memory it takes, beside what people would use instead.

    python tests/bench/speed.py [--quick | --large] [--docs docs] [--seed N]        or make bench

1. Look-up of one name in registries of a thousand entities and more: the resolver, what its index alone proposes,
   nomenklatura, rapidfuzz, a dictionary.
2. Names in running text: annotate, spaCy's matchers, flashtext, pyahocorasick.
3. How long the command takes to start.

Each method is a process of its own (see peers.py) on the same names (see names.py) in the same order. Times are CPU
seconds; the methods take turns for three rounds, each with texts that were not seen before, and medians are shown. The
ratios are those of one round, as the machine may be busier in the next. A peer that is not installed is named, and left
out; one that has a venv of its own inside of this one runs there. Writes into the folder of the docs a plot, speed.svg,
and the tables between the markers of speed.md.
"""

import argparse
import gzip
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from measured import (
    AGAIN,
    COMPILED,
    COMPILING,
    RESOLVER,
    Series,
    Table,
    answers_table,
    lookup_plot,
    lookup_table,
    markdown,
    plain,
    text_table,
)
from names import KINDS, Document, Name, Query, first_names, id_of, make_documents, make_queries
from peers import COMPILER, LOOKUP, NOTHING, PROPOSED, SCREENING, TEXT
from sets import write_part

ROUNDS, STARTS = 3, 7
SIZES, QUICK_SIZES, LARGE = (1_000, 10_000, 100_000), (1_000, 10_000), 1_000_000
BUILT_UP_TO, COMPILED_FROM = 100_000, 100_000  # entities: above, only a compiled index is opened; below, few need one
# Names that a linear scan compares in a round, by the module that does it, and the queries that it gets at least.
PAIRS, LEAST = {"rapidfuzz": 600_000, "nomenklatura.matching": 60_000}, 12
SLOW_UP_TO = 10_000  # entities for nomenklatura, which takes a second for a query there
OPENED = (COMPILED, PROPOSED)
TEXT_SIZES, QUICK_TEXT_SIZES = (10_000, 100_000), (10_000,)
TEXTS, QUICK_TEXTS = {"queries": 600, "documents": 12}, {"queries": 240, "documents": 6}  # of a round
BIG = Path(__file__).parents[2].parent / "shared" / "bench" / "big"  # a million recombined names, if somebody has them
BIG_KINDS = {"reorder": "reordered", "nil": "unknown"}
ASKED = "Aleksandr Bechalov"


class Worker:
    """A method in a process of its own."""

    def __init__(self, method: str, folder: Path) -> None:
        command = [str(python_of(method)), str(Path(__file__).with_name("peers.py")), method, str(folder)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.ready = self._hear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def measure(self, first: int, count: int, *, again: bool) -> Mapping[str, Any]:
        """A round, see peers.py."""
        if self._process.stdin is None:
            raise BrokenPipeError
        self._process.stdin.write(json.dumps({"first": first, "count": count, "again": again}) + "\n")
        self._process.stdin.flush()
        return self._hear()

    def _hear(self) -> Mapping[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise ChildProcessError(f"{self._process.args!r} ended early")
        heard: Mapping[str, Any] = json.loads(line)
        return heard


def python_of(method: str) -> Path:
    """The Python that runs a method: this one, or that of the venv that `make bench` has made for its module alone."""
    module, _ = {**LOOKUP, **TEXT}.get(method, ("", None))
    own = Path(sys.prefix, module.partition(".")[0], "bin", "python")
    return own if module and own.exists() else Path(sys.executable)


def run_methods(folder: Path, counts: Mapping[str, int], size: int, step: int) -> Iterator[Series]:
    """The methods in turns, each with the first `counts` of the `step` texts of a round; the resolver twice."""
    with ExitStack() as stack:
        workers = {method: stack.enter_context(Worker(method, folder)) for method in (NOTHING, *counts)}
        heard: dict[str, list[Mapping[str, Any]]] = {method: [] for method in counts}
        for number in range(ROUNDS):
            for method, count in counts.items():
                if "missing" not in workers[method].ready:
                    found = workers[method].measure(number * step, count, again=method == RESOLVER)
                    heard[method].append(found)
        base = workers[NOTHING].ready["memory"]
        for method, rounds in heard.items():
            ready = workers[method].ready
            if not rounds:
                yield Series(method, size, missing=ready["missing"])
                continue
            answers = [(n * step + i, a) for n, found in enumerate(rounds) for i, a in enumerate(found["answers"])]
            passes = [tuple(map(tuple, times)) for times in zip(*(found["times"] for found in rounds), strict=True)]
            memory = max(0, rounds[-1]["memory"] - base)
            yield Series(method, size, passes[0], tuple(answers), ready["build"], memory)
            for repeated in passes[1:]:
                yield Series(AGAIN, size, repeated, tuple(answers))


# The two tasks


def measure_lookup(rows: Sequence[Mapping[str, str]], queries: Sequence[Query], folder: Path) -> list[Series]:
    """All that can look up a name in this registry. Linear scans get as many queries as they can answer in time."""
    size, step = len(rows), len(queries) // ROUNDS
    write_lines(folder / "registry.jsonl", rows)
    write_lines(folder / "texts.jsonl", [{"text": query.text} for query in queries])
    compiled = []
    if size >= COMPILED_FROM:
        with Worker(NOTHING, folder) as empty, Worker(COMPILER, folder) as compiler:
            memory = compiler.ready["memory"] - empty.ready["memory"]
            compiled.append(Series(COMPILING, size, build=compiler.ready["build"], memory=memory))
    counts = {method: count for method in LOOKUP if (count := asked(method, size, step))}
    return [*run_methods(folder, counts, size, step), *compiled]


def asked(method: str, size: int, step: int) -> int:
    """How many of the queries of a round a method gets; none if it is too slow, or has nothing to open."""
    module, _ = LOOKUP[method]
    if size > {RESOLVER: BUILT_UP_TO, SCREENING: SLOW_UP_TO}.get(method, size):
        return 0
    if method in OPENED and size < COMPILED_FROM:
        return 0
    return min(step, max(LEAST, PAIRS[module] // size // len(KINDS) * len(KINDS))) if module in PAIRS else step


def measure_text(rows: Sequence[Mapping[str, str]], documents: Sequence[Document], folder: Path) -> list[Series]:
    """All that can find the names of this registry in texts."""
    step = len(documents) // ROUNDS
    write_lines(folder / "registry.jsonl", rows)
    write_lines(folder / "texts.jsonl", [{"text": document.text} for document in documents])
    return list(run_methods(folder, dict.fromkeys(TEXT, step), len(rows), step))


def rows_of(names: Sequence[Name]) -> list[Mapping[str, str]]:
    """The lines of a registry."""
    return [{"id": id_of(number), "type": name.type, "name": name.text} for number, name in enumerate(names)]


def read_big(folder: Path, count: int, seed: int) -> tuple[list[Mapping[str, str]], list[Query]]:
    """The registry of a compressed set, and some of its queries."""
    with gzip.open(folder / "registry.jsonl.gz", "rt", encoding="utf-8") as lines:
        entities = map(json.loads, lines)
        rows: list[Mapping[str, str]] = [
            {"id": row["id"], "type": row["type"], "name": row["names"][0]} for row in entities
        ]
    with gzip.open(folder / "queries.jsonl.gz", "rt", encoding="utf-8") as lines:
        asked = [json.loads(line) for line in lines]
    chosen = random.Random(seed).sample(asked, count)  # noqa: S311 (a sample, no secret)
    return rows, [Query(row["q"], BIG_KINDS.get(row["kind"], row["kind"]), row["expected"]) for row in chosen]


def write_lines(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    """A file of JSON lines."""
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        lines.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def measure_start(folder: Path) -> Table:
    """The table of what the commands take with the bundled registry."""
    python, asked = [sys.executable, "-c"], [sys.executable, "-m", "resolver", "resolve", ASKED]
    cases = {  # what is started, and the folder of the cache, None for a new one
        "python, nothing else": ([*python, "pass"], "off"),
        "import resolver": ([*python, "import resolver"], "off"),
        "resolver resolve NAME, without a cache": (asked, "off"),
        "the first time, which writes the cache": (asked, None),
        "with the cache": (asked, str(folder / "kept")),
    }
    # Bytecode as an installed package has it, whatever this process was started with, and no trace in the project.
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    clean |= {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    _start(asked, clean | {"RESOLVER_CACHE": str(folder / "kept")})
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
    for number in range(STARTS):
        for name, (command, cache) in cases.items():
            took[name].append(_start(command, clean | {"RESOLVER_CACHE": cache or str(folder / f"new{number}")}))
    table = [["command", "CPU ms", "ms on the clock"]]
    for name, times in took.items():
        table.append([name, *(f"{statistics.median(column) * 1000:.0f}" for column in zip(*times, strict=True))])
    return table


def _start(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """The CPU seconds of a command, and those on the clock."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    lasted, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, lasted


# The run


def machine() -> str:
    """What the figures were measured on."""
    python = f"{_processor()}, {platform.system()}, Python {platform.python_version()}"
    return f"{python}, the resolver {build()}, {date.today().isoformat()}"


def build() -> str:
    """Whether the resolver that is measured was compiled by mypyc (`make native`)."""
    module = find_spec("resolver.forms")
    is_native = module is not None and module.origin is not None and not module.origin.endswith(".py")
    return "compiled by mypyc" if is_native else "in pure Python"


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text(encoding="utf-8").splitlines() if cpus.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def measure(sizes: Sequence[int], text_sizes: Sequence[int], args: argparse.Namespace) -> Iterator[tuple[str, Table]]:
    """The tables, each with its marker, as they are measured; with the docs, the plot is written."""
    texts = QUICK_TEXTS if args.quick else TEXTS
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        yield "start", measure_start(folder)
        looked_up: list[Series] = []
        queries: dict[int, Sequence[Query]] = {}
        found: list[Series] = []
        documents: dict[int, Sequence[Document]] = {}
        for size in sizes:
            count = ROUNDS * texts["queries"]
            if size == LARGE and args.big.is_dir():
                rows, queries[size] = read_big(args.big, count, args.seed)
            else:
                names, others = first_names(args.seed, size)
                rows, queries[size] = rows_of(names), list(make_queries(names, others, count, args.seed))
                documents[size] = list(make_documents(names, others, ROUNDS * texts["documents"], args.seed))
            looked_up += measure_lookup(rows, queries[size], folder)
            if size in text_sizes:
                found += measure_text(rows, documents[size], folder)
        yield "lookup", lookup_table(looked_up, queries)
        yield "answers", answers_table(looked_up, queries)
        yield "text", text_table(found, documents)
        if args.docs:
            (args.docs / "speed.svg").write_text(lookup_plot(looked_up), encoding="utf-8", newline="\n")


def main() -> int:
    """Measure, print the tables, and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    scale = parser.add_mutually_exclusive_group()
    scale.add_argument("--quick", action="store_true", help="three minutes: small registries only")
    scale.add_argument("--large", action="store_true", help="also a million entities")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--big", type=Path, default=BIG, help="folder of a set of a million names for --large")
    parser.add_argument("--docs", type=Path, help="folder of speed.md; without it the tables are only printed")
    args = parser.parse_args()
    sizes = QUICK_SIZES if args.quick else (*SIZES, LARGE) if args.large else SIZES
    parts = {"machine": [f"Measured on {machine()}."]}
    print(machine())
    for marker, table in measure(sizes, QUICK_TEXT_SIZES if args.quick else TEXT_SIZES, args):
        print("", *plain(table), sep="\n", flush=True)
        parts[marker] = markdown(table)
    if args.docs:
        for marker, rows in parts.items():
            write_part(args.docs / "speed.md", marker, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
