#!/usr/bin/env python3
"""Says what load does to the project: an audit of much text, and the service asked by more than it can answer.

    PYTHONPATH=tests python tests/soak/load.py audit [--gigabytes N] [--workers N] [--sentences N] [--seed N]
    PYTHONPATH=tests python tests/soak/load.py service [--minutes N] [--seed N]

The tables go to stdout, progress to stderr; the exit code is 1 if memory grew, or if an answer was none that is
promised. Memory is that of the whole tree of processes, from /proc: what they share is counted once (see `usage`).
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.service import service_of
from soak.clients import CUT, GIVEN_UP, ask
from soak.usage import Peak, memory_of, watch
from soak.wires import Corpus, write_corpus

from resolver import Registry
from resolver.audit.reading import report_items

ALIASES = Path(__file__).parents[2] / "aliases"
MEGABYTE = 1_000_000
SMALL = (5, 20, 80)  # megabytes audited before the large one: does the peak grow?
MOST_LEAK = 1.05  # of the memory of the service, from the third tenth of the time to the last
PROMISED = {"200", "400", "404", "405", "413", "415", "422", "429", "503", GIVEN_UP, CUT}
MOST_GROWTH = 1.10  # of the peak, from the third size on to the last


def audit(options: argparse.Namespace) -> int:
    """Audit corpora of growing size; 1 if the peak of memory grows with them."""
    print(f"{options.sentences:,} different sentences with names, {options.workers} workers, seed {options.seed}\n")
    print("| corpus, MB | documents | mentions | different names | seconds | MB/s | peak, MB | of it each worker |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    registry = Registry.load(options.aliases)
    peaks: list[float] = []
    for size in [each for each in SMALL if each < options.gigabytes * 1000] + [options.gigabytes * 1000]:
        with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
            folder = Path(temporary)
            corpus = write_corpus(
                folder / "corpus",
                round(size * MEGABYTE),
                sentences=options.sentences,
                seed=options.seed,
                registry=registry,
            )
            print(f"auditing {corpus.size / MEGABYTE:,.0f} MB", file=sys.stderr, flush=True)
            peak, seconds = _audit(corpus, folder / "out", options)
            peaks.append(peak.total)
            print(_row(corpus, folder / "out", peak, seconds), flush=True)
    grown = peaks[-1] / peaks[min(2, len(peaks) - 1)]
    print(f"\nThe peak of the last is {grown:.2f} times that of {SMALL[min(2, len(peaks) - 1)]} MB.")
    return int(grown > MOST_GROWTH)


def _audit(corpus: Corpus, out: Path, options: argparse.Namespace) -> tuple[Peak, float]:
    """Run `resolver audit` on a corpus: its peak of memory and its seconds."""
    command = [sys.executable, "-m", "resolver", "audit", str(corpus.path), "--aliases", str(options.aliases)]
    start = time.monotonic()
    with subprocess.Popen(
        [*command, "--out", str(out), "--workers", str(options.workers)], stdout=subprocess.DEVNULL
    ) as process:
        peak = watch(process.pid, lambda: process.poll() is None)
    if process.returncode:
        raise SystemExit(f"resolver audit left with {process.returncode}")
    return peak, time.monotonic() - start


def _row(corpus: Corpus, out: Path, peak: Peak, seconds: float) -> str:
    with (out / "mentions.jsonl").open("rb") as lines:
        mentions = sum(1 for _ in lines)
    names = _names_in(out)
    size = corpus.size / MEGABYTE
    cells = [f"{size:,.0f}", f"{corpus.documents:,}", f"{mentions:,}", f"{names:,}", f"{seconds:,.0f}"]
    cells += [f"{size / seconds:.2f}", f"{peak.total / MEGABYTE:,.0f}", f"{peak.largest_child / MEGABYTE:,.0f}"]
    return "| " + " | ".join(cells) + " |"


def _names_in(out: Path) -> int:
    """How many spellings an audit found: those of entities, and names without one."""
    rows = report_items(out)
    return sum(len(row["spellings"]) if key == "entities" else key in ("ambiguous", "unresolved") for key, row in rows)


def service(options: argparse.Namespace) -> int:
    """Ask the service for more than it can answer; 1 if it answers what is not promised, or its memory grows."""
    seconds = options.minutes * 60
    with service_of(options.aliases) as (url, process):
        used = [memory_of(process)]
        clients = ask(url, options.aliases, processes=options.clients, seconds=seconds, seed=options.seed)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(max(0.0, min(seconds / 10, end - time.monotonic())))
            used.append(memory_of(process))
            print(f"{used[-1] / MEGABYTE:.0f} MB", file=sys.stderr, flush=True)
        heard = [client.heard() for client in clients]
        time.sleep(1)
        used.append(memory_of(process))
    answers = sum((each.answers for each in heard), Counter())
    taken = sorted(second for each in heard for second in each.taken)
    print("| answer | how often |\n|---|---:|")
    print("\n".join(f"| {answer} | {count:,} |" for answer, count in sorted(answers.items())))
    p50, p99 = (taken[round(share * (len(taken) - 1))] * 1e3 for share in (0.5, 0.99))
    print(
        f"\n{len(taken) / seconds:,.0f} requests/s with 200, p50 {p50:,.0f} ms, p99 {p99:,.0f} ms; all answers "
        f"{answers.total() / seconds:,.0f}/s"
    )
    print(f"memory at the start, at each tenth and at the end, MB: {', '.join(f'{m / MEGABYTE:.0f}' for m in used)}")
    warm, late = max(used[1:4]), max(used[-4:])
    print(f"growth after the third tenth: {late / warm - 1:+.1%}")
    return int(late / warm > MOST_LEAK or not set(answers) <= PROMISED)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description="What load does to the project.")
    parser.add_argument("--aliases", type=Path, default=ALIASES)
    parser.add_argument("--seed", type=int, default=1)
    kinds = parser.add_subparsers(required=True)
    large = kinds.add_parser("audit")
    large.add_argument("--gigabytes", type=float, default=1.0)
    large.add_argument("--workers", type=int, default=2)
    large.add_argument("--sentences", type=int, default=2_000, help="different ones that name somebody")
    large.add_argument("--folder", type=Path, help="where the corpus is made; it is removed again")
    large.set_defaults(run=audit)
    served = kinds.add_parser("service")
    served.add_argument("--minutes", type=float, default=10.0)
    served.add_argument("--clients", type=int, default=2, help="processes that ask")
    served.set_defaults(run=service)
    options = parser.parse_args()
    sys.exit(options.run(options))


if __name__ == "__main__":
    main()
