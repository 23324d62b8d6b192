#!/usr/bin/env python3
"""Gives damaged inputs to everything that reads what comes from outside, and says what happened.

    python tests/soak/fuzz.py [--runs N] [--seed S] [--target NAME]... [--workers N]
    python tests/soak/fuzz.py --repeat build/fuzz/NAME-0123abcd.input --target NAME

`--runs` is how many inputs there are altogether; cheap readers get more of them, see `tests/fuzzing/targets.py`. The
addresses of the service and of the review page are the targets "service" and "review page", of which the first needs
schemathesis. Each failing input is saved in build/fuzz with a line that says how to repeat it. The table goes to
stdout, progress to stderr; the exit code is 1 if anything failed.
"""

import argparse
import hashlib
import os
import re
import sys
import traceback
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # the tests import each other by their bare names
os.environ["RESOLVER_CACHE"] = "off"

from fuzzing.pages import ask_page, ask_service  # noqa: E402 (the path comes first)
from fuzzing.running import Failure, Tally, fuzz, repeat  # noqa: E402
from fuzzing.targets import TARGETS  # noqa: E402

SAVED = ROOT / "build" / "fuzz"
PAGES = {"review page": ask_page, "service": ask_service}
PAGE_WEIGHT = 1  # a request takes some milliseconds
CHUNK = 20_000  # inputs that a process gets at once, times the weight of a cheap reader
Part = tuple[str, int, int]  # target, inputs, seed


def main() -> int:
    """Run what the arguments say; the exit code."""
    arguments = _arguments()
    warnings.simplefilter("error")
    if arguments.repeat:
        tallies = [repeat(arguments.target[0], arguments.repeat.read_bytes())]
    else:
        tallies = _run(
            list(_parts(arguments.target or list(names()), arguments.runs, arguments.seed)), arguments.workers
        )
    failures = [failure for tally in tallies for failure in tally.failures]
    print(table(tallies))
    for failure in failures:
        _report(failure)
    return 1 if failures else 0


def names() -> list[str]:
    """The names of all targets."""
    return [*TARGETS, *PAGES]


def table(tallies: Sequence[Tally]) -> str:
    """What happened, a row for each target."""
    head = "| target | inputs | accepted | refused | mean ms | slowest ms | grew by MB | failures |"
    return "\n".join([head, "|---|--:|--:|--:|--:|--:|--:|--:|", *map(_row, tallies), _row(_sum(tallies))])


def _row(tally: Tally) -> str:
    mean = tally.seconds / max(1, tally.inputs) * 1000
    cells = (
        f"{tally.inputs:,}",
        f"{tally.accepted:,}",
        f"{tally.refused:,}",
        f"{mean:.2f}",
        f"{tally.slowest * 1000:.0f}",
    )
    return f"| {tally.target} | {' | '.join(cells)} | {tally.peak / 2**20:.0f} | {len(tally.failures)} |"


def _sum(tallies: Sequence[Tally]) -> Tally:
    whole = Tally("all")
    for tally in tallies:
        whole.add(tally)
    return whole


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", action="append", choices=names())
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--repeat", type=Path)
    arguments = parser.parse_args()
    if arguments.repeat and (len(arguments.target or ()) != 1 or arguments.target[0] in PAGES):
        parser.error("--repeat needs one --target, a reader")
    return arguments


def _parts(targets: Sequence[str], runs: int, seed: int) -> Iterator[Part]:
    """The inputs of each target by its weight, in parts that several processes can share."""
    weights = {name: TARGETS[name].weight if name in TARGETS else PAGE_WEIGHT for name in targets}
    for name, weight in weights.items():
        left, number = max(1, runs * weight // sum(weights.values())), 0
        while left > 0:
            part = min(left, CHUNK)
            yield name, part, seed * 1_000_003 + number
            left, number = left - part, number + 1


def _run(parts: Sequence[Part], workers: int) -> list[Tally]:
    tallies = {name: Tally(name) for name, _, _ in parts}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running = [pool.submit(_run_part, part) for part in parts]
        for number, done in enumerate(as_completed(running), 1):
            tally = done.result()
            tallies[tally.target].add(tally)
            failed = sum(len(each.failures) for each in tallies.values())
            print(f"{number} of {len(parts)} parts, {tally.target}, {failed} failures", file=sys.stderr)
    return list(tallies.values())


def _run_part(part: Part) -> Tally:
    name, runs, seed = part
    warnings.simplefilter("error")
    return _ask(name, runs, seed) if name in PAGES else fuzz(name, runs, seed)


def _ask(name: str, runs: int, seed: int) -> Tally:
    """The requests to a page; hypothesis makes a failing one as small as it can, and says how to repeat it."""
    tally = Tally(name)
    with TemporaryDirectory() as folder:
        try:
            told = PAGES[name](Path(folder), runs, seed)
        except Exception:  # noqa: BLE001 (whatever it is, it is what is looked for)
            tally.failures.append(Failure(name, 0, b"", traceback.format_exc()))
            return tally
    tally.inputs = sum(told.values())
    tally.accepted = sum(count for (_, status), count in told.items() if status < 400)
    tally.refused = tally.inputs - tally.accepted
    return tally


def _report(failure: Failure) -> None:
    print(f"\n{failure.target}, input {failure.number}:\n{failure.reason}", file=sys.stderr)
    if failure.content:
        SAVED.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(failure.content).hexdigest()[:8]
        path = SAVED / f"{re.sub(r'[^a-z0-9.]+', '-', failure.target)}-{digest}.input"
        path.write_bytes(failure.content)
        print(f"python tests/soak/fuzz.py --repeat {path} --target '{failure.target}'", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
