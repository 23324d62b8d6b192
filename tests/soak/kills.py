#!/usr/bin/env python3
"""Kills commands of `resolver` at random moments, and says what was left of their files.

    PYTHONPATH=tests python tests/soak/kills.py [--runs N] [--seed N] [--jobs N] [--only NAME]

Every command is killed (SIGKILL) until that has happened `runs` times before its end; see `soak.scenarios` for what
must be true after each, and `soak.reviewing` for the page. The table goes to stdout, progress to stderr; the exit code
is 1 if something was not true. A try has a seed of its own, `SEED NAME NUMBER`, and a failed one leaves its files.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from soak.commands import Commands
from soak.reviewing import Reviewing
from soak.scenarios import Scenario, kill_worker, scenarios

Try = Callable[[Commands, random.Random], int]


class Outcome(NamedTuple):
    """What came of one scenario."""

    name: str
    tries: int
    kills: int
    seconds: float
    failure: str


def repeat(name: str, attempt: Callable[[Commands], Try], runs: int, seed: int) -> Outcome:
    """Try until so many commands were killed, or something was not true."""
    start, tries, kills = time.monotonic(), 0, 0
    with Commands() as commands:
        run = attempt(commands)
        while kills < runs and tries < 3 * runs:
            try:
                kills += run(commands, random.Random(f"{seed} {name} {tries}"))  # noqa: S311 (no secret)
            except AssertionError as error:
                return Outcome(name, tries + 1, kills, time.monotonic() - start, f"try {tries}: {error}")
            tries += 1
            if tries % 20 == 0:
                print(f"{name}: {kills} kills", file=sys.stderr, flush=True)
    return Outcome(name, tries, kills, time.monotonic() - start, "")


def attempts(folder: Path, seed: int) -> dict[str, Callable[[Commands], Try]]:
    """What is tried, by name: a function that prepares it."""
    made: dict[str, Callable[[Commands], Try]] = {}
    for scenario in scenarios(folder, seed=seed):
        made[scenario.name] = partial(_killing, scenario)
        if "2 workers" in scenario.name:
            made["a worker of an audit"] = partial(_killing_workers, scenario)
    reviewing = Reviewing(folder / "review")
    made["review serve"] = lambda _: reviewing.try_once
    return made


def _killing(scenario: Scenario, commands: Commands) -> Try:
    return scenario.measured(commands).try_once


def _killing_workers(scenario: Scenario, commands: Commands) -> Try:
    return partial(kill_worker, scenario.measured(commands))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Kills commands at random moments.")
    parser.add_argument("--runs", type=int, default=200, help="kills of each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="commands that are tried side by side")
    parser.add_argument("--only", help="the commands whose name holds this")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    print("| killed | tries | kills | minutes | what happened |\n|---|---:|---:|---:|---|", flush=True)
    failed = 0
    chosen = {name: each for name, each in attempts(folder, options.seed).items() if (options.only or "") in name}
    with ThreadPoolExecutor(options.jobs) as pool:
        done = [pool.submit(repeat, name, each, options.runs, options.seed) for name, each in chosen.items()]
        for future in done:
            name, tries, kills, seconds, failure = future.result()
            failed += bool(failure)
            print(f"| {name} | {tries} | {kills} | {seconds / 60:.1f} | {failure or 'nothing lost, nothing half'} |")
    if failed:
        print(f"the files are in {folder}; the same again: --seed {options.seed}", file=sys.stderr)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
