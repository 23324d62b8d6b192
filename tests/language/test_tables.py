"""The tables: readable by people, read without surprise, and complete in the package."""

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from resolver.language.tables import read_table

PACKAGE = Path(str(files("resolver.language")))
TABLES = sorted(path.stem for path in PACKAGE.glob("*.txt"))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of its own, in which a test may put a table."""
    folder = tmp_path / tmp_path.name  # a package of one name is imported only once
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    return folder


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("osa: wasp, missile system", [("osa", ("wasp", "missile system"))]),
        ("  osa :wasp ,, missile system,", [("osa", ("wasp", "missile system"))]),
        ("osa: wasp  # the insect, not the system", [("osa", ("wasp",))]),
        ("osa:", [("osa", ())]),
        ("оса: ґава", [("оса", ("ґава",))]),
        ("a: b: c", [("a", ("b: c",))]),
        ("# osa: wasp", []),
        ("osa", []),
        ("", []),
    ],
)
def test_a_line_is_a_key_and_its_values(package: Path, line: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """Spaces do not count, comments and lines without a colon are no rows."""
    (package / "animals.txt").write_text(line + "\n", encoding="utf-8")

    assert read_table("animals", package=package.name) == expected


def test_rows_keep_the_order_of_the_file(package: Path) -> None:
    """A key may come back: the order says what wins."""
    (package / "order.txt").write_text("b: 1\na: 2\nb: 3\n", encoding="utf-8")

    assert read_table("order", package=package.name) == [("b", ("1",)), ("a", ("2",)), ("b", ("3",))]


def test_missing_table_is_an_error() -> None:
    """Knowledge that is not there must not pass for an empty table."""
    with pytest.raises(FileNotFoundError):
        read_table("klingon")


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_the_package_have_rows(name: str) -> None:
    """Each is found under its name and holds something."""
    assert any(values for _, values in read_table(name))


@pytest.mark.parametrize("name", TABLES)
def test_no_line_of_a_table_is_lost(name: str) -> None:
    """A line that is neither a comment nor a row would be knowledge that nobody reads."""
    lines = [line.partition("#")[0].strip() for line in (PACKAGE / f"{name}.txt").read_text("utf-8").splitlines()]

    assert [line for line in lines if line and ":" not in line] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_row_says_the_same_value_twice(name: str) -> None:
    """A value given twice is a slip of the hand."""
    twice = [(key, value) for key, values in read_table(name) for value, n in Counter(values).items() if n > 1]

    assert twice == []
