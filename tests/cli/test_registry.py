"""`resolver registry`."""

from pathlib import Path

import pytest
from command_line import Run


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
def test_registry_stats_gives_counts(format_: str, run: Run) -> None:
    """Counts by group and name."""
    records = run("registry", "stats", "--format", format_).records

    assert {"4"} == {str(record["count"]) for record in records if record["name"] == "entities"}
    assert {"2"} == {str(record["count"]) for record in records if record["name"] == "product"}


@pytest.mark.parametrize("columns", [80, 120])
def test_registry_stats_prints_a_table_that_fits(columns: int, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups with bars, not wider than the terminal."""
    monkeypatch.setenv("COLUMNS", str(columns))

    result = run("registry", "stats")

    assert max(map(len, result.out.splitlines())) <= columns
    assert "█" in result.out


def test_registry_compile_writes_once(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time it says that nothing has changed; what it wrote is opened by the other commands."""
    monkeypatch.setenv("RESOLVER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("resolver.cache.LEAST", 0)
    first, again = run("registry", "compile"), run("registry", "compile")
    (file,) = (tmp_path / "cache").iterdir()

    assert (first.code, first.out, again.out) == (0, f"{file}\n", f"{file}\n")
    assert first.err == f"12 names, {file.stat().st_size / 1e6:.1f} MB\n"
    assert again.err == first.err.rstrip() + ", as it was\n"
    assert "organization:kupol" in run("resolve", "Купол").out


def test_registry_compile_leaves_small_registries_alone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says why."""
    monkeypatch.setenv("RESOLVER_CACHE", str(tmp_path / "cache"))
    result = run("registry", "compile")

    assert (result.code, (tmp_path / "cache").exists()) == (0, False)
    assert "analysed faster than it is opened" in result.err


@pytest.mark.parametrize(("folder", "words"), [("off", "the cache is off"), ("file", "cannot be written")])
def test_registry_compile_says_why_it_cannot(
    folder: str, words: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RESOLVER_CACHE", folder)
    monkeypatch.setattr("resolver.cache.LEAST", 0)
    result = run("registry", "compile")

    assert result.code != 0
    assert words in result.err
    assert "RESOLVER_CACHE" in result.err


def test_registry_compile_lists_the_problems_of_a_registry(
    run: Run, aliases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As every command does; nothing is written."""
    monkeypatch.setenv("RESOLVER_CACHE", str(tmp_path / "cache"))
    (aliases / "worse.yaml").write_text("- [\n", encoding="utf-8")
    result = run("registry", "compile")

    assert result.code == 1
    assert f"{aliases / 'worse.yaml'}:" in result.err
    assert not (tmp_path / "cache").exists()
