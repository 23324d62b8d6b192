"""Tests of tests/bench: sets of labelled names and texts, how far scores can be trusted, what each part buys."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from bench.sets import Figures, Judged, build_resolver, figures, judge, with_part

from resolver.model import Alias, Candidate, Entity, Mention, Resolution

BENCH = Path(__file__).with_name("bench")
REGISTRY = [
    {"id": "p1", "type": "person", "names": ["Aleksandr Brechalov", "Бречалов Александр"]},
    {"id": "p2", "type": "person", "names": ["Volodymyr Zelenskyy", " "]},
    {"id": "v1", "type": "vessel", "names": ["Admiral Nakhimov"]},
]
QUERIES = [
    {"q": "Александра Бречалова", "expected": "p1", "type": "person", "lang": "ru"},
    {"q": "Зеленским", "expected": "p2", "type": "person", "lang": "und"},
    {"q": "Admiral Nakhimov", "expected": "v1", "type": "vessel", "lang": "en"},
    {"q": "Nobody Known", "expected": None, "type": "person", "lang": None},
]
DOCUMENTS = [
    {
        "id": "d1",
        "lang": "ru",
        "text": "Александр Бречалов встретил Ивана Кузнецова. Потом Бречалов молчал.",
        "mentions": [
            {"start": 0, "end": 18, "expected": "p1", "type": "person"},
            {"start": 28, "end": 43, "expected": None, "type": "person"},
            {"start": 51, "end": 59, "expected": "p1", "type": "person"},
        ],
    },
    {
        "id": "d2",
        "lang": "en",
        "text": "The “Admiral Nakhimov” returned.",
        "mentions": [{"start": 4, "end": 22, "expected": "v1", "type": "product"}],
    },
]
GUIDE = "".join(f"<!-- {part} -->\n<!-- end of {part} -->\n" for part in ("presets", "calibration", "ablation"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of three entities, four names and two texts."""
    made = tmp_path / "tiny"
    made.mkdir()
    for name, rows in (("registry", REGISTRY), ("queries", QUERIES), ("documents", DOCUMENTS)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (made / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return made


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder of docs with a place for what is measured."""
    made = tmp_path / "docs"
    made.mkdir()
    (made / "matching.md").write_text(GUIDE, encoding="utf-8")
    return made


def run(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A benchmark, in a process of its own as a person starts it."""
    command = [sys.executable, BENCH / script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def judged(expected: str | None, best: str | None, *, is_linked: bool) -> Judged:
    """A decision: the best candidate, if there is one, and whether it was linked."""
    found = (Candidate(Entity(best, "Osa", "product"), Alias("Osa"), 0.7, ()),) if best else ()
    return Judged(Resolution(Mention("Osa"), "resolved" if is_linked else "unresolved", found, ""), expected)


def test_a_set_is_read_with_its_types_and_languages(folder: Path) -> None:
    """A vessel is a product, and an unknown language is none."""
    found = judge(folder, build_resolver(folder))

    assert [one.resolution.mention.type for one in found] == ["person", "person", "product", "person"]
    assert [one.resolution.mention.lang for one in found] == ["ru", None, "en", None]
    assert [one.is_first_right for one in found] == [True, True, True, False]


def test_a_sample_is_always_the_same(folder: Path) -> None:
    """Figures of two runs can be compared."""
    resolver = build_resolver(folder)
    first, second = (judge(folder, resolver, sample=2) for _ in range(2))

    assert len(first) == 2
    assert first == second


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        (
            [("a", "a", True), ("b", "a", True), ("c", "c", False), (None, "a", False)],
            Figures(2 / 3, 1 / 2, 1 / 3, 0.4, 0),
        ),
        ([(None, "a", True), (None, None, False)], Figures(0, 0, 0, 0, 0.5)),
        ([], Figures(0, 0, 0, 0, 0)),
    ],
)
def test_figures(decisions: Sequence[tuple[str | None, str | None, bool]], expected: Figures) -> None:
    """A wrong link counts against precision and recall; what is right but not linked is a hit."""
    assert figures([judged(meant, best, is_linked=linked) for meant, best, linked in decisions]) == expected


@pytest.mark.parametrize("text", ["", "<!-- a -->\n", "<!-- end of a -->", "<!-- end of a --><!-- a -->\n"])
def test_a_part_without_a_place_is_an_error(text: str) -> None:
    """What was measured must not get lost."""
    with pytest.raises(ValueError, match="no place for a"):
        with_part(text, "a", ["row"])


def test_a_part_is_replaced_and_nothing_else() -> None:
    """A second run leaves no trace of the first."""
    text = "before\n<!-- a -->\nold\n<!-- end of a -->\nafter\n"

    assert with_part(text, "a", ["new", "row"]) == "before\n<!-- a -->\nnew\nrow\n<!-- end of a -->\nafter\n"


def test_calibration_is_written_into_the_docs(folder: Path, docs: Path) -> None:
    """A row for each preset, ten bins with two measures, and the plot."""
    done = run("calibrate.py", folder, "--docs", docs)
    guide = (docs / "matching.md").read_text(encoding="utf-8")

    assert done.returncode == 0, done.stderr
    assert re.findall(r"(?m)^\| (\w+) \| tiny \| 100.0 % \|", guide) == ["strict", "balanced", "recall"]
    assert re.findall(r"(?m)^\| (0\.\d) to ", guide) == [f"0.{number}" for number in range(10)]
    assert re.search(r"\| ECE \| \| \| 0\.\d{3} \|\n\| Brier \| \| \| 0\.\d{3} \|", guide)
    assert (docs / "reliability.svg").read_text(encoding="utf-8").count("<circle") >= 2


@pytest.mark.pure_python
def test_a_part_that_is_left_out_is_missed(folder: Path, docs: Path) -> None:
    """Without the case endings, case forms are lost; without a table that no name here needs, nothing changes."""
    parts = ("table inflection", "table romanization", "comparison words_in_common", "table kinds")
    done = run("ablate.py", folder, *(word for part in parts for word in ("--only", part)), "--docs", docs)
    rows = table_of((docs / "matching.md").read_text(encoding="utf-8"))

    assert done.returncode == 0, done.stderr
    assert set(rows) == {"without", "nothing", *(re.sub(r" (\w+)", r" `\1`", part) for part in parts)}
    assert rows["comparison `words_in_common`"][2].startswith("−")
    assert rows["table `inflection`"][2].startswith("−")
    assert set(rows["table `kinds`"]) == {"0"}


def test_a_part_that_does_not_exist_is_an_error(folder: Path) -> None:
    """A mistyped name must not pass for a part that buys nothing."""
    assert run("ablate.py", folder, "--only", "table klingon").returncode == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_names_in_text_are_judged(folder: Path, tmp_path: Path, jobs: str) -> None:
    """A link with another span is an error of one class, told with what it overlaps; an unknown name is shown."""
    errors = tmp_path / "errors.jsonl"
    done = run("names_in_text.py", folder, "--jobs", jobs, "--errors", errors)
    rows = [re.split(r"  +", line) for line in done.stdout.splitlines()]
    told = [json.loads(line) for line in errors.read_text(encoding="utf-8").splitlines()]

    assert done.returncode == 0, done.stderr
    assert ["all", "2", "3", "3", "66.7", "66.7", "66.7"] in rows
    assert ["all", "4", "100.0", "3", "100.0", "1", "100.0"] in rows
    assert ["persons of one word", "1", "100.0", "1", "100.0", "0"] in rows
    assert ["shown, same span", "1", "100.0", "an unresolved span is the same"] in rows
    assert [(row["about"], row["class"], row["text"], row["beside"]) for row in told] == [
        ("link", "boundary, right id", "Admiral Nakhimov", [["“Admiral Nakhimov”", "v1", None]]),
        ("mention", "under a link", "“Admiral Nakhimov”", [["Admiral Nakhimov", "v1", "v1"]]),
    ]


def table_of(text: str) -> Mapping[str, Any]:
    """The cells of each row of a table, by its first one."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ]
    return {row[0]: row[1:] for row in rows}
