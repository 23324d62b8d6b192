"""docs/matching.md is true: what it says of evidence, tables and thresholds is what the code has.

`python tests/test_matching_guide.py` writes these parts anew. What was measured comes from tests/bench/calibrate.py and
tests/bench/ablate.py, which need labelled sets; here it is only checked that it is there and of the present presets.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from bench.sets import with_part

from resolver.decision import PRESETS
from resolver.evidence import COMPARISONS
from resolver.language.tables import read_table

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "matching.md"
PLOT = GUIDE.with_name("reliability.svg")
MEASURED = ("presets", "calibration", "ablation")
SOURCE = re.compile(r"(?:Sources?|Base|From)\b:? (.*?\w[\w)]*)\.(?= [A-Z]|$)")  # the sentence of a header that tells


def part_of(guide: str, marker: str) -> str:
    """What stands between the markers."""
    return guide.partition(f"<!-- {marker} -->\n")[2].partition(f"<!-- end of {marker} -->")[0]


def evidence_rows() -> Iterator[str]:
    """Each comparison with the first paragraph of its docstring, in the order of `COMPARISONS`."""
    yield "| evidence | what it says |"
    yield "|---|---|"
    for compare in COMPARISONS:
        said = (compare.__doc__ or "").partition("\n\n")[0]
        yield f"| `{compare.__name__}` | {' '.join(said.split())} |"


def table_rows() -> Iterator[str]:
    """Each language table with the first sentence of its header, its size and its sources."""
    yield "| table | what it holds | rows | entries | from |"
    yield "|---|---|--:|--:|---|"
    for path in sorted(Path(str(files("resolver.language"))).glob("*.txt")):
        rows = read_table(path.stem)
        entries = sum(len(values) for _, values in rows)
        held, sources = described(path)
        yield f"| `{path.stem}` | {held} | {len(rows):,} | {entries:,} | {sources} |"


def described(path: Path) -> tuple[str, str]:
    """What a table holds, and where it comes from, in the words of its header."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = " ".join(
        line.removeprefix("#").strip() for line in lines[: next(i for i, x in enumerate(lines) if x[:1] != "#")]
    )
    held = re.split(r"[:.](?: |$)", header)[0]
    source = SOURCE.search(header)
    return held, source[1] if source else "written by hand"


def threshold_rows() -> Iterator[str]:
    """The thresholds of each preset."""
    yield "| preset | a name is linked from | a loose word from | shown to a curator from |"
    yield "|---|--:|--:|--:|"
    for name, (accept, accept_lone, review) in PRESETS.items():
        yield f"| `{name}` | {accept:g} | {accept_lone:g} | {review:g} |"


GENERATED = {"evidence": evidence_rows, "tables": table_rows, "thresholds": threshold_rows}


def renewed(guide: str) -> str:
    """The guide with all that can be read off the code."""
    for marker, rows in GENERATED.items():
        guide = with_part(guide, marker, rows())
    return guide


@pytest.mark.pure_python
@pytest.mark.parametrize("marker", GENERATED)
def test_what_the_code_says_is_what_the_guide_says(marker: str) -> None:
    """Where they differ, run `python tests/test_matching_guide.py`."""
    guide = GUIDE.read_text(encoding="utf-8")

    assert part_of(guide, marker) == part_of(renewed(guide), marker)


@pytest.mark.parametrize("marker", MEASURED)
def test_what_was_measured_is_there(marker: str) -> None:
    """A guide without figures would ask for blind trust."""
    assert part_of(GUIDE.read_text(encoding="utf-8"), marker).count("\n|") > len(PRESETS)


def test_figures_are_those_of_the_present_presets() -> None:
    """A preset that was added or renamed is measured, too."""
    presets = part_of(GUIDE.read_text(encoding="utf-8"), "presets")

    assert list(dict.fromkeys(re.findall(r"(?m)^\| (\w+) \|.* %", presets))) == list(PRESETS)


def test_parts_that_were_left_out_exist() -> None:
    """A comparison or table that is gone is not praised any more."""
    tables = {path.stem for path in Path(str(files("resolver.language"))).glob("*.txt")}
    known = {f"table `{name}`" for name in tables} | {f"comparison `{compare.__name__}`" for compare in COMPARISONS}
    named = re.findall(
        r"(?m)^\| ((?:table|comparison) `\w+`) \|", part_of(GUIDE.read_text(encoding="utf-8"), "ablation")
    )

    assert named
    assert set(named) <= known


def test_links_of_the_guide_lead_somewhere() -> None:
    """Files that the guide shows or names are there."""
    guide = GUIDE.read_text(encoding="utf-8")
    named = re.findall(r"\]\((?!http)([^)#]+)\)", guide)
    scripts = re.findall(r"python (tests/\S+\.py)", guide)

    assert [path for path in named if not (GUIDE.parent / path).exists()] == []
    assert [path for path in scripts if not (ROOT / path).exists()] == []


def test_the_plot_is_a_picture_that_runs_nothing() -> None:
    """It is shown by any browser, in light and dark, without a script or a file from elsewhere."""
    plot = PLOT.read_text(encoding="utf-8")

    assert plot.startswith("<svg ")
    assert "aria-label=" in plot
    assert "prefers-color-scheme:dark" in plot
    assert not re.search(r"<script|href=|url\(", plot)


if __name__ == "__main__":
    GUIDE.write_text(renewed(GUIDE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
