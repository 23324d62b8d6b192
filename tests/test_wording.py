"""What all renderers share: harmless texts, numbers for people, the look of tables."""

import csv
import io
import unicodedata

import pytest

from resolver.wording import (
    NAME,
    console,
    csv_line,
    percent,
    plain_cell,
    score_text,
    spellings_with_counts,
    table_of,
    text_of,
    two_lines,
    visible,
    visible_lines,
)

HOSTILE = "Ku\x1b[31mpol\u202e\x9b\x7f\ud800\u2028\t\n\r\x85Izhevsk"


@pytest.mark.parametrize("text", ["Kupol", "Купол", "كوبول\u200f", "Купо\u0301л", "東京", "😀"])
def test_a_name_is_shown_as_it_is(text: str) -> None:
    """Marks that a script needs are no control characters."""
    assert visible(text) == text
    assert visible_lines(text) == text


@pytest.mark.parametrize("show", [visible, visible_lines])
def test_nothing_is_left_that_a_terminal_obeys(show) -> None:
    """The length stays, so that offsets hold."""
    shown = show(HOSTILE).replace("\n", "").replace("\t", "")

    assert len(show(HOSTILE)) == len(HOSTILE)
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert "\u202e" not in shown


def test_only_a_document_keeps_its_lines() -> None:
    """A name is one line, whatever it holds."""
    assert (visible("a\nb\tc"), visible_lines("a\nb\tc")) == ("a b c", "a\nb\tc")


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠", "﹦", " =", "\u00a0=", "\0=", "\ufeff="]
)
def test_a_text_is_no_formula(start: str) -> None:
    """In quotes or not, the cell begins with an apostrophe."""
    (row,) = csv.reader(io.StringIO(csv_line([f"{start}1+1", "x"])))

    assert row == [f"'{start}1+1", "x"]


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''@a", "'s-Hertogenbosch", "''", "'", "Kupol", "", " =1", "' =1"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_cell_is_read_back(text: str, delimiter: str) -> None:
    """The apostrophe that was put before a formula goes; one of the text stays."""
    (row,) = csv.reader(io.StringIO(csv_line([text, "x"], delimiter=delimiter)), delimiter=delimiter)

    assert [plain_cell(cell) for cell in row] == [text, "x"]


def test_a_number_stays_a_number() -> None:
    """A negative one is no formula."""
    assert csv_line([-0.5, None, "Kupol"]) == "-0.5,,Kupol\n"


def test_a_line_of_csv_is_read_back() -> None:
    """Quotes, commas and line breaks stand inside a cell."""
    cells = ['"a"', "b, c", "d\ne", "f\rg", ""]

    assert [cells] == list(csv.reader(io.StringIO(csv_line(cells), newline="")))


@pytest.mark.parametrize(("score", "expected"), [(0.0, "0.00"), (0.994, "0.99"), (0.9999, "0.99"), (1.0, "1.00")])
def test_a_score_looks_certain_only_if_it_is(score: float, expected: str) -> None:
    """0.9999 is not 1.00."""
    assert expected == score_text(score)


@pytest.mark.parametrize(("share", "expected"), [(0.0, "0 %"), (0.0001, "0.1 %"), (0.9999, "99.9 %"), (1.0, "100 %")])
def test_a_share_is_all_or_nothing_only_if_it_is(share: float, expected: str) -> None:
    """One unresolved name of ten thousand is not 100 %."""
    assert expected == percent(share)


def test_a_count_of_one_goes_without_saying() -> None:
    """What is left out is counted."""
    spellings = [("Kupol", 1200), ("Купол", 1), ("KUPOL", 1)]

    assert spellings_with_counts(spellings, 3) == "Kupol ×1,200, Купол, KUPOL"
    assert spellings_with_counts(spellings, 1) == "Kupol ×1,200, 2 more"
    assert spellings_with_counts([], 3) == ""


def test_a_cell_holds_no_markup() -> None:
    """What rich would read as a style is a part of the name."""
    assert text_of("[red]Osa[/red] :smile:").plain == "[red]Osa[/red] :smile:"
    assert two_lines("Osa", "[b]why").plain == "Osa\n[b]why"
    assert two_lines("Osa", "").plain == "Osa"


def test_a_table_has_no_edges(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It begins with its heading, in the first column of the terminal."""
    monkeypatch.setenv("COLUMNS", "60")
    table = table_of("count", NAME, right=("count",))
    table.add_row("7", text_of("Izhevsk Electromechanical Plant Kupol"))
    console().print(table)
    lines = capsys.readouterr().out.splitlines()

    assert lines[0].startswith("count   name")
    assert set(lines[1].strip()) == {"─"}
    assert lines[2].startswith("    7   Izhevsk")
    assert max(map(len, lines)) <= 60
