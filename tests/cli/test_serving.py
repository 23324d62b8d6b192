"""`resolver review serve`: why it may not start. What it serves is tested in a browser."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import WITHOUT_WEB, Run


def test_without_the_extra_it_says_what_to_install(queue: Path, aliases: Path, tmp_path: Path) -> None:
    """The exact line, where the library is installed without the extra."""
    command = [sys.executable, "-c", WITHOUT_WEB, "review", "serve", str(queue), "--aliases", str(aliases)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"})

    assert done.returncode == 2
    assert done.stderr == ("resolver: the review page needs starlette and uvicorn: pip install 'resolver[web]'\n")


def test_a_port_that_is_taken_is_told(run: Run, queue: Path) -> None:
    """With what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("review", "serve", queue, "--port", str(port))

    assert result.code == 2
    assert f"cannot listen on 127.0.0.1, port {port}: " in result.err
    assert "--port" in result.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- key: [\n", "queue.yaml:"),
        ("- {key: a, name: Osa, status: unresolved, count: 1, documents: 1, variants: {Osa: 1}, decision: maybe}\n",
         "unknown decision 'maybe'"),
    ],
)  # fmt: skip
def test_an_unsound_queue_is_not_served(text: str, message: str, run: Run, queue: Path) -> None:
    """Its problems are told as `show` and `apply` tell them."""
    queue.write_text(text, encoding="utf-8")
    result = run("review", "serve", queue)

    assert result.code == 1
    assert message in result.err


def test_an_unsound_registry_is_not_served(run: Run, queue: Path, aliases: Path) -> None:
    """It is told at the start, not at the first decision."""
    (aliases / "all.yaml").write_text("- {id: product:tor}\n", encoding="utf-8")
    result = run("review", "serve", queue)

    assert result.code == 1
    assert "all.yaml:1" in result.err


@pytest.mark.parametrize(
    "arguments", [["--port", "65536"], ["--port", "-1"], ["--port", "http"], ["--host", "no such"]]
)
def test_an_address_that_is_none_is_refused(arguments: list[str], run: Run, queue: Path) -> None:
    """Before anything listens."""
    assert run("review", "serve", queue, *arguments).code == 2
