#!/usr/bin/env python3
"""Says what each table of language knowledge and each comparison buys: all figures again, without one of them.

    python tests/bench/ablate.py SET_DIR... [--sample N] [--jobs 2] [--only NAME]... [--docs docs]

Each run is a process of its own, so that nothing is left in a cache. A table that is left out reads as an empty file,
or as the few rows without which nothing runs (`KEPT`); a comparison that is left out says nothing: its weight and veto
are gone. The weights stay as they are fitted: a new fit would make good some of the loss, so what is printed is
the most that a part can be worth. With --docs the table goes between the markers of matching.md.
"""

import argparse
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path

EVERYTHING = "everything"
KEPT = {  # table: how the rows begin without which nothing runs, and what stands for the others
    "abjads": ((), "Arab: _=_\nHebr: _=_\n"),
    "palladius": (("soft", "whole:", "endings:"), "initials: _=_\nfinals: _=_\n"),
    "kinds": ((), "organization:\nlocation:\nproduct:\nevent:\nhead:\nfirm:\nclass:\n"),
    "inflection": (("cases:", "groups:", "en "), "families: en\n"),
    "sounds": (("vowels:",), ""),
    "chinese": ((), "".join(f"{s} initials: _=_\n{s} finals: _=_\n{s} whole: _=_\n" for s in ("Wade-Giles", "Czech"))),
    "japanese": ((), "syllables: _=_\nconsonants: _\nalone: _\nvowels: _\n"),
    "korean": (("Hang", "Latn", "Cyrl"), "surnames:\n"),
    "romanization": (("ru:", "fold:"), "uk:\nbe:\nbg:\nsr:\nmk:\n"),  # read as Russian
}
_TABLES, _COMPARISONS = "table", "comparison"
_KEYS = ("hit", "precision", "recall", "f1", "fpr")
Result = Mapping[str, Mapping[str, float]]  # figures by set


def parts() -> list[str]:
    """What can be left out, as "table NAME" and "comparison NAME"."""
    from resolver.evidence import COMPARISONS

    package = find_spec("resolver.language")
    folders = [Path(folder) for folder in package.submodule_search_locations or ()] if package else []
    tables = sorted(path.stem for folder in folders for path in folder.glob("*.txt"))
    names = [compare.__name__ for compare in COMPARISONS]
    return [f"{_TABLES} {name}" for name in tables] + [f"{_COMPARISONS} {name}" for name in names]


# One run, in its own process


def leave_out(part: str) -> None:
    """Take one part away from this process, for good; nothing of the resolver may be imported before."""
    kind, _, name = part.partition(" ")
    if kind == _TABLES:
        read = pkgutil.get_data
        pkgutil.get_data = lambda package, resource: _kept(name, read(package, resource), resource)
    elif kind == _COMPARISONS:
        from resolver import decision

        found = vars(decision)["findings"]  # a KeyError, rather than no effect, where it has another name
        vars(decision)["findings"] = lambda pair: [item for item in found(pair) if item[0] != name]


def _kept(name: str, content: bytes | None, file: str) -> bytes | None:
    """What is left of a file: the whole of it, unless it is that of the table which is left out."""
    if content is None or file != f"{name}.txt":
        return content
    starts, rest = KEPT.get(name, ((), ""))
    rows = content.decode().splitlines(keepends=True)
    return "".join([*(row for row in rows if starts and row.startswith(starts)), rest]).encode()


def measure(folders: Sequence[Path], sample: int) -> dict[str, dict[str, float]]:
    """The figures of each set."""
    from dataclasses import asdict

    from sets import build_resolver, figures, judge

    return {folder.name: asdict(figures(judge(folder, build_resolver(folder), sample=sample))) for folder in folders}


# All runs


def run_without(part: str, *, sets: Sequence[Path], sample: int) -> Result:
    """The figures without a part, from a process of its own."""
    command = [sys.executable, __file__, *map(str, sets), "--sample", str(sample), "--without", part]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    print(f"done without {part}" if part != EVERYTHING else f"done with {part}", file=sys.stderr)
    figures: Result = json.loads(done.stdout)
    return figures


def ablation_table(results: Mapping[str, Result], sets: Sequence[str]) -> Iterator[str]:
    """The figures, and for each part how many points they change without it, the most useful first."""
    whole = results[EVERYTHING]
    yield "| without | " + " | ".join(f"{name}: hit@1 | P | R | F1 | FPR" for name in sets) + " |"
    yield "|---|" + "--:|--:|--:|--:|--:|" * len(sets)
    cells = (f"{whole[name][key]:.1%}".replace("%", " %") for name in sets for key in _KEYS)
    yield f"| nothing | {' | '.join(cells)} |"
    change = {part: sum(found[name]["f1"] - whole[name]["f1"] for name in sets) for part, found in results.items()}
    for part in sorted(results.keys() - {EVERYTHING}, key=lambda part: (change[part], part)):
        kind, _, name = part.partition(" ")
        points = (_points(results[part][name][key] - whole[name][key]) for name in sets for key in _KEYS)
        yield f"| {kind} `{name}` | {' | '.join(points)} |"


def _points(change: float) -> str:
    return "0" if abs(change) < 0.0005 else f"{100 * change:+.1f}".replace("-", "−")


def main() -> int:
    """Run everything and then without each part, print the table, and write it if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--sample", type=int, default=0, help="queries of each set; all without it")
    parser.add_argument("--jobs", type=int, default=1, help="runs at a time")
    parser.add_argument("--only", action="append", help='leave out only this, as "table titles"; may be given again')
    parser.add_argument("--docs", type=Path, help="folder of matching.md; without it the table is only printed")
    parser.add_argument("--without", metavar="PART", help="one run without this part; prints JSON")
    args = parser.parse_args()
    if args.without:
        leave_out(args.without)
        print(json.dumps(measure(args.sets, args.sample)))
        return 0
    known = parts()
    if unknown := sorted(set(args.only or ()) - set(known)):
        parser.error(f"nothing is called {', '.join(unknown)}; parts are {', '.join(known)}")
    wanted = [EVERYTHING, *(args.only or known)]
    with ThreadPoolExecutor(args.jobs) as pool:
        results = dict(
            zip(wanted, pool.map(partial(run_without, sets=args.sets, sample=args.sample), wanted), strict=True)
        )
    rows = list(ablation_table(results, [folder.name for folder in args.sets]))
    print(*rows, sep="\n")
    if args.docs:
        from sets import write_part

        write_part(args.docs / "matching.md", "ablation", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
