"""Runs commands of the command line, with the tiny registry."""

import io
import sys
from pathlib import Path

import pytest
from command_line import ARTICLE, Result, Run

from resolver.cli import main


@pytest.fixture
def run(aliases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in the temporary folder, with the tiny registry in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RESOLVER_ALIASES", str(aliases))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("USER", "ada")

    def run(*arguments: str | Path, stdin: str | bytes = "") -> Result:
        content = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        with pytest.raises(SystemExit) as leaving:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Result(int(leaving.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one article."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture
def queue(run: Run, corpus: Path, tmp_path: Path) -> Path:
    """The queue of an audit of that article; it asks about one name."""
    run("audit", corpus, "--out", "audit")
    return tmp_path / "audit" / "queue.yaml"
