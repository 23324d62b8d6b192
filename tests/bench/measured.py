"""What speed.py measured, as tables and as a plot. Comes in as `Series`, goes out as rows of cells, or as SVG."""

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from names import KINDS, Document, Query

RESOLVER, AGAIN, COMPILED, COMPILING = "resolver", "resolver, asked again", "resolver, compiled", "to compile it"
PACKAGES = {"ahocorasick": "pyahocorasick"}  # where the module is not called as the package
MEGABYTE = 1_000_000
_WIDTH, _HEIGHT, _LEFT, _LEGEND = 360, 280, 64, 190  # pixels: the plot, and the room for its labels
_HUES = ("#3b7dd8", "#d9822b", "#2f9e77", "#b5569b", "#8a7f3c", "#c44e52", "#6a5acd", "#5f6b75")

Table = list[list[str]]


@dataclass(frozen=True, slots=True)
class Series:
    """What one method took and said. `rounds` are seconds per text; `answers` are by the number of the text.

    What was not asked has no rounds: a peer whose module is `missing`, and what compiles a registry.
    """

    method: str
    size: int
    rounds: tuple[tuple[float, ...], ...] = ()
    answers: tuple[tuple[int, Any], ...] = ()
    build: float | None = None
    memory: int | None = None
    missing: str = ""

    @property
    def cost(self) -> float:
        """Seconds per text, in the median round."""
        return statistics.median(map(statistics.fmean, self.rounds))

    def quantile(self, share: float) -> float:
        """The seconds that this share of the texts takes at most, in the median round."""
        ranks = [sorted(times)[math.ceil(share * len(times)) - 1] for times in self.rounds]
        return statistics.median(ranks)

    def ratio(self, other: "Series") -> float:
        """This one's cost in those of the other: the median of the rounds, each over the texts that both had."""
        pairs = [(a[: len(b)], b[: len(a)]) for a, b in zip(self.rounds, other.rounds, strict=True)]
        return statistics.median(sum(own) / sum(its) for own, its in pairs)


# The tables


def lookup_table(measured: Sequence[Series], queries: Mapping[int, Sequence[Query]]) -> Table:
    """A row for each method and size. The cost of a query is shown beside that of the first method of the size."""
    heads = "entities, method, queries, queries/s, p50 ms, p99 ms, cost, right, unknown refused, ready in s, MB"
    rows = [heads.split(", ")]
    for one, project in _beside_first(measured):
        if not one.rounds:
            rows.append(_bare_row(one, len(rows[0])))
            continue
        right = right_answers(one, queries[one.size])
        known = [is_right for kind, answers in right.items() if kind != "unknown" for is_right in answers]
        times = [_short(1 / one.cost), *(_short(one.quantile(share) * 1000) for share in (0.5, 0.99))]
        shares = [_percent(known), _percent(right.get("unknown", []))]
        count = f"{sum(map(len, one.rounds)):,}"
        rows.append([*_head(one), count, *times, _ratio(one, project), *shares, *_resources(one)])
    return rows


def answers_table(measured: Sequence[Series], queries: Mapping[int, Sequence[Query]]) -> Table:
    """Of each kind of query the share whose first answer is right; of the unknown, the share that is not linked."""
    kinds = tuple(dict.fromkeys((*KINDS, *(query.kind for asked in queries.values() for query in asked))))
    rows = [["entities", "method", *kinds]]
    for one in measured:
        if one.rounds and one.method != AGAIN:
            right = right_answers(one, queries[one.size])
            rows.append([*_head(one), *(_percent(right.get(kind, [])) for kind in kinds)])
    return rows


def text_table(measured: Sequence[Series], documents: Mapping[int, Sequence[Document]]) -> Table:
    """A row for each method and size: its speed, and which of the names in the texts it found."""
    heads = "entities, method, MB/s, cost, as in the registry, in another form, wrong of 100, ready in s, MB"
    rows = [heads.split(", ")]
    for one, project in _beside_first(measured):
        if not one.rounds:
            rows.append(_bare_row(one, len(rows[0])))
            continue
        texts = documents[one.size]
        exact, other, wrong = found_names(one, texts)
        size = statistics.fmean(len(text.text.encode()) for text in texts)
        speed = _short(size / one.cost / MEGABYTE)
        per_name = f"{100 * wrong / max(1, len(exact) + len(other)):.1f}"
        shares = [_percent(exact), _percent(other), per_name]
        rows.append([*_head(one), speed, _ratio(one, project), *shares, *_resources(one)])
    return rows


def right_answers(one: Series, queries: Sequence[Query]) -> dict[str, list[bool]]:
    """For each kind of query, whether the answers are right: the entity is there, or an unknown name has no link."""
    right: dict[str, list[bool]] = {}
    for number, (ids, *linked) in one.answers:
        query = queries[number]
        if query.expected is not None or linked:
            is_right = linked == [None] if query.expected is None else query.expected in ids
            right.setdefault(query.kind, []).append(is_right)
    return right


def found_names(one: Series, documents: Sequence[Document]) -> tuple[list[bool], list[bool], int]:
    """Whether the names written as in the registry were found, whether the others were, and how many finds are wrong.

    A find is right if it has the id of a name that it overlaps with.
    """
    exact: list[bool] = []
    other: list[bool] = []
    wrong = 0
    for number, found in one.answers:
        planted = documents[number].planted
        for start, end, meant, is_exact in planted:
            (exact if is_exact else other).append(any(a < end and start < b and each == meant for a, b, each in found))
        wrong += sum(not any(a < e and s < b and each == meant for s, e, meant, _ in planted) for a, b, each in found)
    return exact, other, wrong


def how_to_install(module: str) -> str:
    """What to do about a peer that is not there."""
    return f"not installed: pip install {PACKAGES.get(module, module)}"


def plain(table: Table) -> list[str]:
    """The lines of a table on a terminal: words to the left, what follows them to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    words = _word_columns(table)
    return [
        "  ".join(
            cell.ljust(width) if number in words else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]


def markdown(table: Table) -> list[str]:
    """The lines of a table in Markdown."""
    words = _word_columns(table)
    rule = "".join("---|" if number in words else "--:|" for number in range(len(table[0])))
    head, *rows = (f"| {' | '.join(row)} |" for row in table)
    return [head, f"|{rule}", *rows]


def _word_columns(table: Table) -> set[int]:
    return {number for number, head in enumerate(table[0]) if head in ("method", "command")}


def _beside_first(measured: Sequence[Series]) -> Iterator[tuple[Series, Series]]:
    """Each with the first of its size, which is the project's."""
    first: dict[int, Series] = {}
    for one in measured:
        yield one, first.setdefault(one.size, one)


def _head(one: Series) -> list[str]:
    return [f"{one.size:,}", one.method]


def _bare_row(one: Series, width: int) -> list[str]:
    """The row of what has no rounds."""
    note = f" ({how_to_install(one.missing)})" if one.missing else ""
    head, tail = [f"{one.size:,}", one.method + note], _resources(one)
    return [*head, *[""] * (width - len(head) - len(tail)), *tail]


def _ratio(one: Series, project: Series) -> str:
    return "1" if one is project else f"× {_short(one.ratio(project))}"


def _resources(one: Series) -> list[str]:
    build = "" if one.build is None else _short(one.build)
    return [build, "" if one.memory is None else f"{one.memory / MEGABYTE:,.0f}"]


def _percent(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):.0%}".replace("%", " %") if right else ""


def _short(value: float) -> str:
    """Two digits that count."""
    if value >= 10:
        return f"{float(f'{value:.2g}'):,.0f}"
    digits = 1 - math.floor(math.log10(value)) if value > 0 else 0
    return f"{value:.{min(digits, 6)}f}"


# The plot


def lookup_plot(measured: Sequence[Series]) -> str:
    """Cost of a query against the size of the registry, both logarithmic, a line for each method."""
    lines: dict[str, list[tuple[int, float]]] = {}
    for one in measured:
        if one.rounds:
            lines.setdefault(one.method, []).append((one.size, one.cost * 1000))
    points = [point for line in lines.values() for point in line]
    axes = _Axes.around(points)
    drawn = [_line(line, axes, _HUES[row % len(_HUES)]) for row, line in enumerate(lines.values())]
    legend = [_legend(name, _HUES[row % len(_HUES)], row) for row, name in enumerate(lines)]
    width, height = _LEFT + _WIDTH + _LEGEND, _HEIGHT + 64
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="CPU time of a query against the size of the registry" '
        'font-family="system-ui, sans-serif" font-size="12">\n'
        "<style>text{fill:#555c64}.frame{stroke:#b4bac1}@media(prefers-color-scheme:dark){text{fill:#a6adb5}"
        ".frame{stroke:#5a6169}}</style>\n"
        f'<path class="frame" d="M{_LEFT} 16V{_HEIGHT + 16}H{_LEFT + _WIDTH}" fill="none"/>\n'
        + "\n".join([*axes.ticks(), *drawn, *legend])
        + f'\n<text x="{_LEFT + _WIDTH / 2}" y="{_HEIGHT + 54}" text-anchor="middle">entities in the registry</text>\n'
        f'<text transform="translate(12 {16 + _HEIGHT / 2}) rotate(-90)" text-anchor="middle">'
        "CPU milliseconds of a query</text>\n</svg>\n"
    )


@dataclass(frozen=True, slots=True)
class _Axes:
    """The powers of ten at the ends of both axes."""

    left: int
    right: int
    bottom: int
    top: int

    @classmethod
    def around(cls, points: Sequence[tuple[int, float]]) -> "_Axes":
        """The axes that have all points on them."""
        sizes, costs = ([math.log10(point[axis]) for point in points] for axis in (0, 1))
        left, bottom = math.floor(min(sizes)), math.floor(min(costs))
        return cls(left, max(left + 1, math.ceil(max(sizes))), bottom, max(bottom + 1, math.ceil(max(costs))))

    def x(self, size: float) -> float:
        """The place of a size."""
        return round(_LEFT + _WIDTH * (math.log10(size) - self.left) / (self.right - self.left), 1)

    def y(self, cost: float) -> float:
        """The place of a cost."""
        return round(16 + _HEIGHT * (self.top - math.log10(cost)) / (self.top - self.bottom), 1)

    def ticks(self) -> Iterator[str]:
        """The labels of the powers of ten, as numbers."""
        for power in range(self.left, self.right + 1):
            x, y = self.x(10**power), _HEIGHT + 34
            yield f'<text x="{x}" y="{y}" text-anchor="middle">{10**power:,}</text>'
        for power in range(self.bottom, self.top + 1):
            label = f"{10.0**power:,.{max(0, -power)}f}"
            yield f'<text x="{_LEFT - 6}" y="{self.y(10.0**power) + 4}" text-anchor="end">{label}</text>'


def _line(points: Sequence[tuple[int, float]], axes: _Axes, hue: str) -> str:
    path = "L".join(f"{axes.x(size)} {axes.y(cost)}" for size, cost in points)
    circles = "".join(f'<circle cx="{axes.x(size)}" cy="{axes.y(cost)}" r="4"/>' for size, cost in points)
    return f'<path d="M{path}" stroke="{hue}" fill="none" stroke-width="1.5"/><g fill="{hue}">{circles}</g>'


def _legend(name: str, hue: str, row: int) -> str:
    x, y = _LEFT + _WIDTH + 20, 24 + 18 * row
    return f'<circle cx="{x}" cy="{y}" r="4" fill="{hue}"/><text x="{x + 10}" y="{y + 4}">{name}</text>'
