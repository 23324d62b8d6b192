#!/usr/bin/env python3
"""Mutation testing: how many small faults, made in the code on purpose, do the tests notice?

    python tests/soak/mutants.py [decision evidence registry review] [--sample 100] [--seed 1]

For each package, all mutants of its files are listed (`mutation.py` tells the operators), and a sample is drawn that is
spread evenly over the lines. pytest collects the tests once. Each mutant is put into a process forked from there, which
runs the tests that reach the place, those of the module itself first, up to the first that fails. One that no test
fails, or that no test reaches, survives. On stdout is a table with Wilson's 95 % interval of the share that is killed,
and the survivors, each with a key: `mutants.py PACKAGE --only KEY` tries one again. The exit code is 1 if a smaller
share than `--least` is killed.

mutmut 3 runs on this project, but it makes no mutants of functions with a decorator nor of constants of a module, and
its forks inherit the caches that the unchanged code has filled: a mutant below a cache would never run. cosmic-ray
starts pytest anew for each mutant, which takes seconds.
"""

import argparse
import contextlib
import importlib
import io
import json
import math
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from mutation import Mutant, Patcher, mutants_of

ROOT = Path(__file__).parents[2]
# The tests of each package. Those that start the command in a process of its own would not see the mutant.
PACKAGES = {
    "decision": "resolver/decision.py tests/test_decision.py tests/test_policy.py tests/test_explanation.py "
    "tests/test_laws.py tests/test_cases.py tests/test_pairs.py tests/test_coherence.py tests/test_golden.py",
    "evidence": "resolver/evidence tests/evidence tests/test_decision.py tests/test_explanation.py "
    "tests/test_laws.py tests/test_cases.py tests/test_pairs.py tests/test_golden.py",
    "registry": "resolver/registry tests/registry tests/test_laws.py tests/cli/test_registry.py",
    "review": "resolver/review tests/review tests/cli/test_review.py tests/test_golden.py",
}
_MOST_MEMORY = 4 << 30  # bytes of one trial: an endless loop may collect without end
_SLOWER = 4  # a mutant may take so many times what its tests take, and the seconds below
_GRACE = 10.0
_SLOW = 0.3  # seconds of a test that takes its turn after the others
_EXAMPLES = 25  # of a law that does not ask for more
_Z = 1.96  # of a 95 % interval


class Trials:
    """A plugin of pytest that tries mutants in place of running the collected tests once."""

    def __init__(self, package: str, mutants: Sequence[Mutant]) -> None:
        self.verdicts: list[tuple[Mutant, str]] = []
        self._package = package
        self._mutants = mutants
        self._failed = ""
        self._items: list[pytest.Item] = []
        self._seconds: list[float] = []
        self._reached: list[set[tuple[str, int]]] = []

    def pytest_configure(self) -> None:
        """Have hypothesis try the same examples each time, and fail for no slowness and without looking for more."""
        from hypothesis import HealthCheck, Phase, settings  # pytest wants to be the first to import it

        settings.register_profile(
            "mutants",
            max_examples=_EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )
        settings.load_profile("mutants")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test failed; a known failure that passes is one, too."""
        if report.failed:
            self._failed = f"{report.nodeid}\n{report.longreprtext}"

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Survey the tests, then try each mutant."""
        if session.testsfailed:
            raise pytest.UsageError("some tests could not be collected")
        self._items = session.items
        patcher = Patcher({path: importlib.import_module(_module_name(path)) for path in sources(self._package)})
        self._survey(patcher)
        for number, mutant in enumerate(self._mutants, 1):
            verdict = self._try(patcher, mutant)
            self.verdicts.append((mutant, verdict))
            print(number, described(mutant, verdict), file=sys.stderr, flush=True)
        return True

    def _survey(self, patcher: Patcher) -> None:
        """Run every test once on sound code, and note how long it takes and which blocks it reaches."""
        with tempfile.NamedTemporaryFile() as file:
            code = in_fork(lambda: self._note(patcher, Path(file.name)), limit=3600)
            said = Path(file.name).read_text(encoding="utf-8")
        if code:
            raise pytest.UsageError(f"a test fails without any mutant: see to that first\n{said}")
        rows = json.loads(said)
        self._seconds = [seconds for seconds, _ in rows]
        self._reached = [{(path, line) for path, line in blocks} for _, blocks in rows]

    def _note(self, patcher: Patcher, out: Path) -> int:
        seen: set[tuple[str, int]] = set()
        patcher.watch(seen.add)
        rows = []
        for item, following in _with_next(self._items):
            patcher.forget()  # a test that finds its answer in a cache reaches what is behind it, too
            seen.clear()
            start = time.perf_counter()
            self._run(item, following)
            rows.append((time.perf_counter() - start, sorted(seen)))
            if self._failed:
                out.write_text(self._failed, encoding="utf-8")
                return 1
        out.write_text(json.dumps(rows), encoding="utf-8")
        return 0

    def _try(self, patcher: Patcher, mutant: Mutant) -> str:
        """Whether the mutant is "killed", killed by the "time" it takes, has "survived", or is "unreached"."""
        chosen = self._tests_of(mutant)
        if not chosen:
            return "unreached"
        limit = _GRACE + _SLOWER * sum(self._seconds[i] for i in chosen)
        code = in_fork(lambda: self._run_all(patcher, mutant, [self._items[i] for i in chosen]), limit=limit)
        return "survived" if code == 0 else "time" if code == -signal.SIGALRM else "killed"

    def _tests_of(self, mutant: Mutant) -> list[int]:
        """The tests that reach a mutant, slow ones last; by file, that of the module and its doctests first."""
        place = str(mutant.path), mutant.block
        chosen = [i for i, reached in enumerate(self._reached) if not mutant.function or place in reached]
        seconds: dict[Path, float] = defaultdict(float)
        for i in chosen:
            seconds[self._items[i].path] += self._seconds[i]
        own = {mutant.path, *(path for path in seconds if path.stem == f"test_{mutant.path.stem}")}

        def turn(i: int) -> tuple[bool, bool, float, str, int]:
            path = self._items[i].path
            return self._seconds[i] > _SLOW, path not in own, seconds[path], str(path), i

        return sorted(chosen, key=turn)

    def _run_all(self, patcher: Patcher, mutant: Mutant, items: list[pytest.Item]) -> int:
        patcher.apply(mutant)
        for item, following in _with_next(items):
            self._run(item, following)
            if self._failed:
                return 1
        return 0

    def _run(self, item: pytest.Item, following: pytest.Item | None) -> None:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def _with_next(items: Sequence[pytest.Item]) -> Iterable[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def in_fork(work: Callable[[], int], *, limit: float) -> int:
    """The exit code of some work in a forked process of its own; minus the signal that ended it."""
    child = os.fork()
    if not child:
        try:
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
            signal.setitimer(signal.ITIMER_REAL, limit)
            os._exit(work())
        finally:
            os._exit(2)  # whatever was raised, a mutant is noticed
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):  # it left no process behind
        os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(status)


def sources(package: str) -> list[Path]:
    """The files of a package whose mutants are tried."""
    module = ROOT / "resolver" / f"{package}.py"
    return [module] if module.exists() else sorted((ROOT / "resolver" / package).glob("*.py"))


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def described(mutant: Mutant, verdict: str) -> str:
    """A mutant on one line: what became of it, its key, its place and what it changes."""
    place = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
    return f"- {verdict} `{mutant.key}` {place} {mutant.operator}: `{mutant.change}`"


def draw(mutants: Sequence[Mutant], size: int, seed: int) -> list[Mutant]:
    """One mutant of each of `size` runs of neighbours of equal length: a sample that is spread over all files."""
    if size >= len(mutants):
        return list(mutants)
    chance = random.Random(seed)  # noqa: S311 (a sample, no secret)
    step = len(mutants) / size
    return [mutants[min(int((i + chance.random()) * step), len(mutants) - 1)] for i in range(size)]


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson (1927).

    >>> [round(end, 3) for end in wilson(90, 100)]
    [0.826, 0.945]
    """
    share, z = successes / trials, _Z * _Z / trials
    middle, half = share + z / 2, _Z * math.sqrt(share * (1 - share) / trials + z / trials / 4)
    return (middle - half) / (1 + z), (middle + half) / (1 + z)


def run(package: str, mutants: Sequence[Mutant]) -> list[tuple[Mutant, str]]:
    """The verdict on each mutant. Raises SystemExit if the tests do not pass without one."""
    trials = Trials(package, mutants)
    tests = PACKAGES[package].split()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        pytest.main(["-q", "-s", "-p", "no:cacheprovider", *tests], plugins=[trials])
    if len(trials.verdicts) < len(mutants):
        raise SystemExit(f"{package}: pytest ended before all mutants were tried\n{said.getvalue()}")
    return trials.verdicts


def main() -> int:
    """Try the mutants, print the table and the survivors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", nargs="*", help=f"of {', '.join(PACKAGES)}; all of them if none is named")
    parser.add_argument("--sample", type=int, default=100, help="mutants of each package; 0 for all of them")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--least", type=float, default=0.85, help="the share that must be killed")
    parser.add_argument("--only", action="append", default=[], help="the key of a survivor: try this one alone")
    chosen = parser.parse_args()
    unknown = [package for package in chosen.package if package not in PACKAGES]
    if unknown:
        parser.error(f"no package {', '.join(unknown)}: choose of {', '.join(PACKAGES)}")
    os.chdir(ROOT)
    rows, survivors, enough = [], [], True
    for package in chosen.package or PACKAGES:
        known = [mutant for path in sources(package) for mutant in mutants_of(path)]
        mutants = draw(known, chosen.sample or len(known), chosen.seed)
        if chosen.only:
            mutants = [mutant for mutant in known if mutant.key in chosen.only]
        if mutants:
            found = run(package, mutants)
            left = [described(mutant, verdict) for mutant, verdict in found if verdict not in ("killed", "time")]
            rows.append(row(package, len(known), [verdict for _, verdict in found]))
            survivors += left
            enough = enough and len(left) <= (1 - chosen.least) * len(found)
    print("| package | mutants | tried | killed | of these by time | share killed | 95 % interval |")
    print("|---|---|---|---|---|---|---|", *rows, "", *survivors, sep="\n")
    return 0 if enough else 1


def row(package: str, known: int, verdicts: Sequence[str]) -> str:
    """What came of the mutants of a package, as a row of the table."""
    killed, tried = sum(verdict in ("killed", "time") for verdict in verdicts), len(verdicts)
    low, high = wilson(killed, tried)
    share = f"{killed / tried:.1%} | {low:.1%} to {high:.1%}"
    return f"| {package} | {known} | {tried} | {killed} | {verdicts.count('time')} | {share} |"


if __name__ == "__main__":
    sys.exit(main())
