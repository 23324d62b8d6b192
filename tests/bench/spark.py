#!/usr/bin/env python3
"""Says from what size on Spark pays: the same corpus by the local engine and by Spark, wall time and memory.

    python tests/bench/spark.py [--megabytes 5] [--corpus PATH --aliases DIR] [--seed N]

The corpus is made up (see names.py), with a registry of a thousand names, unless another is given. Each run is a
command of its own, `resolver audit`, as users start it, with a compiled registry; what it writes is compared with what
the first one wrote. Spark runs on this machine, so that the figures show what it costs, not what a cluster gains.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from names import first_names, id_of, make_documents
from speed import machine

NAMES = 1000
FILES = ("mentions.jsonl", "queue.yaml", "report.html", "report.json")
RUNS = {  # what the table calls it -> options of `resolver audit`
    "local, 1 worker": ["--workers", "1"],
    "local, 2 workers": ["--workers", "2"],
    "Spark local[1]": ["--engine", "spark", "--master", "local[1]"],
    "Spark local[2]": ["--engine", "spark", "--master", "local[2]"],
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=5.0)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--aliases", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(f"Measured on {machine()}, {os.cpu_count()} cores.\n")
    with tempfile.TemporaryDirectory() as folder:
        for line in table(args, Path(folder)):
            print(line, flush=True)


def table(args: argparse.Namespace, folder: Path) -> Iterator[str]:
    """The rows, as they are measured; first one for a corpus of a single name: what it takes to start."""
    corpus, aliases = args.corpus, args.aliases
    if corpus is None:
        corpus, aliases = write_corpus(folder, args.megabytes * 1e6, args.seed)
    one = folder / "one.txt"
    one.write_text("Kupol", encoding="utf-8")
    environment = {**os.environ, "RESOLVER_CACHE": str(folder / "cache"), "PYSPARK_PYTHON": sys.executable}
    command = [sys.executable, "-m", "resolver", "audit", *(["--aliases", str(aliases)] if aliases else [])]
    subprocess.run(
        [*command, str(one), "--out", str(folder / "warm")], env=environment, check=True, capture_output=True
    )
    yield "| engine | one name, s | corpus, s | MB/s | same files |"
    yield "|---|--:|--:|--:|:-:|"
    size = size_of(corpus) / 1e6
    first: list[bytes] = []
    for number, (name, options) in enumerate(RUNS.items()):
        start = seconds([*command, str(one), "--out", str(folder / f"one{number}"), *options], environment)
        out = folder / f"out{number}"
        whole = seconds([*command, str(corpus), "--out", str(out), *options], environment)
        found = [(out / file).read_bytes() for file in FILES]
        first = first or found
        yield f"| {name} | {start:.1f} | {whole:.1f} | {size / whole:.2f} | {'yes' if found == first else 'NO'} |"


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """The wall time of a command."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def size_of(corpus: Path) -> int:
    """Bytes of a file, or of the files in a folder."""
    return sum(path.stat().st_size for path in [corpus, *corpus.rglob("*")] if path.is_file())


def write_corpus(folder: Path, size: float, seed: int) -> tuple[Path, Path]:
    """JSON lines of about so many bytes, and a registry of the names in them."""
    names, strangers = first_names(seed, NAMES)
    aliases = folder / "aliases.yaml"
    entities = [{"id": id_of(n), "type": name.type, "name": name.text} for n, name in enumerate(names)]
    aliases.write_text(json.dumps(entities, ensure_ascii=False, indent=0), encoding="utf-8")  # JSON is YAML
    corpus, written = folder / "corpus.jsonl", 0
    with corpus.open("w", encoding="utf-8", newline="\n") as file:
        for number, document in enumerate(make_documents(names, strangers, sys.maxsize, seed)):
            line = json.dumps({"id": f"d{number}", "text": document.text}, ensure_ascii=False) + "\n"
            file.write(line)
            written += len(line.encode())
            if written >= size:
                break
    return corpus, aliases


if __name__ == "__main__":
    main()
