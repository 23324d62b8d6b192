#!/usr/bin/env python3
"""Says how far the scores can be trusted: of the links at 0.9, nine in ten should be right.

    python tests/bench/calibrate.py SET_DIR... [--sample N] [--docs docs]

Writes into the folder of the docs a plot, reliability.svg, and two tables between the markers of matching.md:

1. The scores of the best candidates in ten bins, each with the share that is right. ECE is the mean distance between
   the two, Brier the mean square error of the scores; a veto does not count here, as it leaves the score as it is.
2. What each preset of `Policy` costs: precision, recall, F1, and FPR, the share linked of names that mean no entity.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sets import Judged, build_resolver, figures, judge, write_part

from resolver import Policy
from resolver.decision import PRESETS, decide

BINS = 10
_SIDE, _EDGE = 320, 48  # pixels: the plot, and the room for its labels
_HUES = ("#3b7dd8", "#d9822b", "#2f9e77", "#b5569b", "#8a7f3c", "#5c6bc0")


@dataclass(frozen=True, slots=True)
class Bin:
    """The best candidates whose scores lie in one tenth of the scale."""

    count: int
    score: float
    right: float


def bins_of(judged: Sequence[Judged]) -> list[Bin | None]:
    """The ten bins, from 0 to 1; None for one that is empty."""
    held: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in judged:
        if one.resolution.candidates:
            held[min(BINS - 1, int(one.resolution.score * BINS))].append(one)
    return [
        Bin(
            len(part),
            sum(one.resolution.score for one in part) / len(part),
            sum(o.is_first_right for o in part) / len(part),
        )
        if part
        else None
        for part in held
    ]


def calibration_error(bins: Sequence[Bin | None]) -> float:
    """ECE: how far score and share right are apart, on average over the candidates."""
    full = [part for part in bins if part]
    total = sum(part.count for part in full)
    return sum(part.count * abs(part.score - part.right) for part in full) / total if total else 0.0


def brier_score(judged: Sequence[Judged]) -> float:
    """The mean square error of the score of the best candidate."""
    errors = [(one.resolution.score - one.is_first_right) ** 2 for one in judged if one.resolution.candidates]
    return sum(errors) / len(errors) if errors else 0.0


def decided_by(judged: Sequence[Judged], policy: Policy) -> list[Judged]:
    """The same candidates, decided on by another policy with the same weights."""
    found = [one.resolution for one in judged]
    decisions = [decide(resolution.mention, resolution.candidates, policy) for resolution in found]
    return [Judged(decision, one.expected) for decision, one in zip(decisions, judged, strict=True)]


# The tables


def reliability_table(sets: Mapping[str, Sequence[Judged]]) -> Iterator[str]:
    """A row for each bin, with the number of candidates, their mean score and the share right in each set."""
    yield "| score | " + " | ".join(f"{name}: n | score | right" for name in sets) + " |"
    yield "|---|" + "--:|--:|--:|" * len(sets)
    by_set = [bins_of(judged) for judged in sets.values()]
    for number in range(BINS):
        cells = [_bin_cells(bins[number]) for bins in by_set]
        yield f"| {number / BINS:.1f} to {(number + 1) / BINS:.1f} | {' | '.join(cells)} |"
    errors = [f"| | {calibration_error(bins):.3f}" for bins in by_set]
    yield f"| ECE | {' | '.join(errors)} |"
    yield f"| Brier | {' | '.join(f'| | {brier_score(judged):.3f}' for judged in sets.values())} |"


def _bin_cells(part: Bin | None) -> str:
    return f"{part.count:,} | {part.score:.2f} | {part.right:.2f}" if part else "0 | | "


def preset_table(sets: Mapping[str, Sequence[Judged]]) -> Iterator[str]:
    """A row for each preset and set."""
    yield "| preset | set | precision | recall | F1 | wrong links | FPR |"
    yield "|---|---|--:|--:|--:|--:|--:|"
    for preset in PRESETS:
        for name, judged in sets.items():
            found = figures(decided_by(judged, Policy.preset(preset)))
            wrong = f"1 in {1 / (1 - found.precision):.0f}" if found.precision < 1 else "none"
            shares = f"{found.precision:.1%} | {found.recall:.1%} | {found.f1:.1%} | {wrong} | {found.fpr:.1%}"
            yield f"| {preset} | {name} | {shares.replace('%', ' %')} |"


# The plot


def reliability_plot(sets: Mapping[str, Sequence[Judged]]) -> str:
    """Mean score against share right, a line for each set; on the diagonal all is well. Large points are full bins."""
    lines = [_line(bins_of(judged), hue) for judged, hue in zip(sets.values(), _hues(len(sets)), strict=True)]
    legend = [_legend(name, hue, row) for row, (name, hue) in enumerate(zip(sets, _hues(len(sets)), strict=True))]
    ticks = [_tick(number / 5) for number in range(6)]
    width, height = _SIDE + _EDGE + 24, _SIDE + _EDGE + 16
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" '
        'aria-label="Score of the best candidate against the share that is right" '
        'font-family="system-ui, sans-serif" font-size="12">\n'
        "<style>text{fill:#555c64}.frame{stroke:#b4bac1}@media(prefers-color-scheme:dark){text{fill:#a6adb5}"
        ".frame{stroke:#5a6169}}</style>\n"
        f'<path class="frame" d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none"/>\n'
        f'<path class="frame" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke-dasharray="4 4"/>\n'
        + "\n".join([*ticks, *lines, *legend])
        + f'\n<text x="{_x(0.5)}" y="{_y(0) + 36}" text-anchor="middle">score of the best candidate</text>\n'
        f'<text transform="translate(12 {_y(0.5)}) rotate(-90)" text-anchor="middle">share that is right</text>\n'
        "</svg>\n"
    )


def _hues(count: int) -> list[str]:
    return [_HUES[number % len(_HUES)] for number in range(count)]


def _x(share: float) -> float:
    return round(_EDGE + 4 + share * _SIDE, 1)


def _y(share: float) -> float:
    return round(_EDGE / 4 + (1 - share) * _SIDE, 1)


def _tick(share: float) -> str:
    return (
        f'<text x="{_x(share)}" y="{_y(0) + 16}" text-anchor="middle">{share:.1f}</text>'
        f'<text x="{_x(0) - 6}" y="{_y(share) + 4}" text-anchor="end">{share:.1f}</text>'
    )


def _line(bins: Sequence[Bin | None], hue: str) -> str:
    full = [part for part in bins if part]
    path = "L".join(f"{_x(part.score)} {_y(part.right)}" for part in full)
    most = max((part.count for part in full), default=1)
    points = (
        f'<circle cx="{_x(part.score)}" cy="{_y(part.right)}" r="{2.5 + 5 * (part.count / most) ** 0.5:.1f}"/>'
        for part in full
    )
    return f'<path d="M{path}" stroke="{hue}" fill="none" stroke-width="1.5"/><g fill="{hue}">{"".join(points)}</g>'


def _legend(name: str, hue: str, row: int) -> str:
    y = _y(1) + 8 + 18 * row
    return f'<circle cx="{_x(0) + 14}" cy="{y}" r="4" fill="{hue}"/><text x="{_x(0) + 24}" y="{y + 4}">{name}</text>'


def main() -> int:
    """Judge the sets, print the tables, write them and the plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--sample", type=int, default=0, help="queries of each set; all without it")
    parser.add_argument("--docs", type=Path, help="folder of matching.md; without it the tables are only printed")
    args = parser.parse_args()
    sets = {folder.name: judge(folder, build_resolver(folder), sample=args.sample) for folder in args.sets}
    tables = {"presets": list(preset_table(sets)), "calibration": list(reliability_table(sets))}
    for marker, rows in tables.items():
        print(*rows, "", sep="\n")
        if args.docs:
            write_part(args.docs / "matching.md", marker, rows)
    if args.docs:
        (args.docs / "reliability.svg").write_text(reliability_plot(sets), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
