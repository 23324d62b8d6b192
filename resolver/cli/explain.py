"""Explanations on the terminal: the evidence for one candidate, or for two side by side, and what follows from it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from resolver.cli.output import TABLE_DIGITS
from resolver.model import Evidence
from resolver.report.explanation import START, Explanation, Step, steps
from resolver.wording import console, score_text, table_of, text_of, visible

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

MARKS = {"contradict": "contradicts:"}  # said in words, as colours get lost
_BAR = 16  # cells
_ROOM_FOR_BARS = 72  # columns of a terminal: with fewer, the words need the room
_ROOM_FOR_TWO = 76


def overview(explained: Sequence[Explanation], shown: Sequence[Explanation]) -> "Table":
    """A row for each candidate; those whose evidence is shown in bold."""
    table = table_of("candidate", "by its name", "bits", "score", right=("bits", "score"))
    for one in explained:
        style = "bold" if one in shown else ""
        table.add_row(
            text_of(one.candidate.entity.id, style),
            text_of(one.candidate.alias.text, style),
            f"{one.candidate.bits:+.1f}",
            score_text(one.candidate.score, TABLE_DIGITS),
        )
    return table


def evidence_of(shown: Sequence[Explanation]) -> Iterator["RenderableType"]:
    """The evidence for one candidate, or for two of them, side by side if the terminal is wide enough."""
    if len(shown) > 1 and console().width >= _ROOM_FOR_TWO:
        yield _side_by_side(shown)
        for one in shown:
            yield ""
            yield from _verdict(one)
        return
    for number, one in enumerate(shown):
        yield from [""] if number else []
        yield _evidence_table(one)
        yield ""
        yield from _verdict(one)


def _evidence_table(one: Explanation) -> "Table":
    """Where every candidate begins, then each piece of evidence, strongest first, and the sum."""
    candidate = one.candidate
    output = console()
    has_bars = output.is_terminal and output.width >= _ROOM_FOR_BARS and not output.options.ascii_only
    found = steps(candidate)
    title = visible(f"{candidate.entity.id}, by its name {candidate.alias.text}")
    columns = ["bits", *([""] if has_bars else []), "evidence", "what was seen"]
    table = table_of(*columns, title=title, right=("bits",))
    bars = _bars([*found, Step(Evidence("sum", "", candidate.bits, ""), 0.0, candidate.bits)])
    for step, bar in zip(found, bars, strict=False):
        item = step.evidence
        name = text_of(item.name, _style(item))
        table.add_row(f"{item.bits:+.1f}", *([bar] if has_bars else []), name, text_of(_seen(item)))
    table.add_section()
    score = f"score {score_text(candidate.score, TABLE_DIGITS)}, it takes {one.needed:g}"
    table.add_row(f"{candidate.bits:+.1f}", *([bars[-1]] if has_bars else []), "sum", score)
    return table


def _style(item: Evidence) -> str:
    """The colour of what contradicts, and of what speaks for the candidate; none for the rest."""
    return "red" if item.channel == "contradict" else "green" if item.bits > 0 else ""


def _seen(item: Evidence) -> str:
    return f"{MARKS[item.channel]} {item.detail}" if item.channel in MARKS else item.detail


def _side_by_side(shown: Sequence[Explanation]) -> "Table":
    """A row for each comparison that had something to say about either, the greatest weight first."""
    by_name = [{item.name: item for item in one.candidate.evidence} for one in shown]
    weight = {
        name: max(abs(found[name].bits) for found in by_name if name in found) for name in {*by_name[0], *by_name[1]}
    }
    table = table_of("evidence")
    is_told_apart = len({one.candidate.entity.name for one in shown}) == len(shown)  # ids are long, and break badly
    for one in shown:
        table.add_column("bits", justify="right", no_wrap=True)
        title = one.candidate.entity.name if is_told_apart else one.candidate.entity.id
        table.add_column(text_of(f"{title}, by its name {one.candidate.alias.text}"), overflow="fold", ratio=1)
    for name in sorted(weight, key=lambda name: (name != START, -weight[name], name)):
        cells = [cell for found in by_name for cell in _cells(found.get(name))]
        table.add_row(text_of(name), *cells)
    table.add_section()
    sums = [(f"{o.candidate.bits:+.1f}", f"score {score_text(o.candidate.score, TABLE_DIGITS)}") for o in shown]
    table.add_row("sum", *(cell for pair in sums for cell in pair))
    return table


def _cells(item: Evidence | None) -> tuple["Text", "Text"]:
    if item is None:
        return text_of(""), text_of("")
    return text_of(f"{item.bits:+.1f}", _style(item)), text_of(_seen(item))


def _verdict(one: Explanation) -> Iterator["RenderableType"]:
    """Whether it is linked, and each reason on a line."""
    from rich.padding import Padding

    mark, style, said = ("✓", "green", "is linked") if one.is_linked else ("✗", "red", "is not linked")
    yield text_of(mark, style).append(f" {visible(one.candidate.entity.id)} {said}")
    yield from (Padding(text_of(reason), (0, 0, 0, 2), expand=False) for reason in one.why)


# Bars


def _bars(found: Sequence[Step]) -> list["Text"]:
    """Each step as a bar that begins where the one before it ended; the last one is the sum, from nothing."""
    ends = [0.0, *(step.end for step in found)]
    low, high = min(ends), max(ends)
    halves = 2 * _BAR / ((high - low) or 1.0)
    return [_bar(round((step.start - low) * halves), round((step.end - low) * halves), step.evidence) for step in found]


def _bar(start: int, end: int, item: Evidence) -> "Text":
    """A bar between two places that are counted in half cells."""
    first, last = min(start, end), max(start, end)
    if first == last:
        first, last = (first - 1, last) if first == 2 * _BAR else (first, last + 1)
    cells = {(True, True): "━", (True, False): "╸", (False, True): "╺", (False, False): " "}
    halves = [first <= place < last for place in range(2 * _BAR + 1)]
    drawn = "".join(cells[pair] for pair in list(pairwise(halves))[: 2 * _BAR : 2])
    return text_of(drawn, _style(item) or "yellow")
