#!/usr/bin/env python3
"""Measures how the time of each operation grows on inputs that are made to cost much.

    python tests/soak/costs.py [--runs N] [--seed S] [--operation NAME]... [--kind NAME]... [--smallest CHARACTERS]

Each kind of input is given at `--smallest` characters, and then twice as many, `--runs` times over, until one takes
longer than some seconds. The table on stdout has the slope at the large end (1 is linear) and the seconds for 10 kB.
A slope above 1.2 is measured again, as a busy machine makes one; if it stays, or if 10 kB of text take longer than a
second, or than two in an audit, which also compares the names with each other, it is a failure, and the exit code is 1.
What is given depends on its length alone: the seed is taken for the sake of the other scripts, and changes nothing.
"""

import argparse
import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # the tests import each other by their bare names
os.environ["RESOLVER_CACHE"] = "off"

from fuzzing.costs import OPERATIONS, Cost, measure  # noqa: E402 (the path comes first)

STEEPEST = 1.2
SECONDS_PER_10_KB = {  # at most; other operations are not measured in text
    **dict.fromkeys(("annotate", "annotate German", "resolve", "read HTML", "read JSON lines", "read CSV"), 1.0),
    "audit": 2.0,
}
AGAIN = 2  # times that a steep slope is measured again


def main() -> int:
    """Measure what the arguments say; the exit code."""
    arguments = _arguments()
    lengths = [arguments.smallest << doubling for doubling in range(arguments.runs)]
    failed = []
    print("| operation | input | slope | ms for 10 kB | characters | seconds | |\n|---|---|--:|--:|--:|--:|---|")
    for operation, kind in _chosen(arguments):
        cost = _least_steep(operation, kind, lengths)
        length, seconds = cost.points[-1]
        is_bad = _is_steep(cost) or cost.seconds_per_10_kb > SECONDS_PER_10_KB.get(operation, math.inf)
        row = f"{cost.exponent:.2f} | {cost.seconds_per_10_kb * 1000:.1f} | {length:,} | {seconds:.2f}"
        print(f"| {operation} | {kind} | {row} | {'too much' if is_bad else ''} |", flush=True)
        if is_bad:
            failed.append((operation, kind))
    for operation, kind in failed:
        print(f"python tests/soak/costs.py --operation '{operation}' --kind '{kind}'", file=sys.stderr)
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=6, help="how many lengths, each twice the one before")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--operation", action="append", choices=list(OPERATIONS))
    parser.add_argument("--kind", action="append")
    parser.add_argument("--smallest", type=int, default=8_000)
    return parser.parse_args()


def _chosen(arguments: argparse.Namespace) -> Iterator[tuple[str, str]]:
    for operation in arguments.operation or OPERATIONS:
        print(operation, file=sys.stderr)
        for kind in OPERATIONS[operation].kinds:
            if not arguments.kind or kind in arguments.kind:
                yield operation, kind


def _least_steep(operation: str, kind: str, lengths: list[int]) -> Cost:
    """The cost, measured again where it looks bad."""
    cost = measure(operation, kind, lengths)
    for _ in range(AGAIN):
        if not _is_steep(cost):
            break
        cost = min(cost, measure(operation, kind, lengths), key=lambda each: each.exponent)
    return cost


def _is_steep(cost: Cost) -> bool:
    return cost.exponent > STEEPEST


if __name__ == "__main__":
    sys.exit(main())
