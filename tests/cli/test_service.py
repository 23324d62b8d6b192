"""`resolver serve`: why it may not start. What it serves is tested beside the service."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import WITHOUT_WEB, Run
from starlette.testclient import TestClient

from resolver import Policy
from resolver.integrations.reconciliation.app import create_app
from resolver.integrations.reconciliation.reloading import LiveRegistry


def test_a_port_that_is_taken_is_told(run: Run) -> None:
    """With what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port))

    assert result.code == 2
    assert f"cannot listen on 127.0.0.1, port {port}: " in result.err
    assert "--port" in result.err


def test_an_unsound_registry_is_not_served(run: Run, aliases: Path) -> None:
    """It is told at the start."""
    (aliases / "all.yaml").write_text("- {id: product:tor}\n", encoding="utf-8")
    result = run("serve", "--port", "0")

    assert result.code == 1
    assert "all.yaml:1" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "65536"],
        ["--port", "http"],
        ["--host", "no such"],
        ["--policy", "bold"],
        ["--base-url", "names.example"],
        ["--base-url", "javascript:alert(1)"],
        ["--aliases", "no-such-folder"],
    ],
)
def test_what_cannot_be_served_is_refused(arguments: list[str], run: Run) -> None:
    """Before anything listens."""
    assert run("serve", *arguments).code == 2


def test_the_service_and_the_command_line_write_the_same_json(run: Run, aliases: Path) -> None:
    """Names and texts; only the name of the document is another one."""
    text = "Aleksandr Bechalov came to Kupol."
    with TestClient(create_app(LiveRegistry(aliases, Policy()))) as client:
        names = client.post("/resolve", json={"names": ["Bechalov", "Kupol", "="]}).json()
        found = client.post("/annotate", json={"text": text, "document": "stdin"}).json()

    assert run("resolve", "Bechalov", "Kupol", "=", "--format", "json").records == names
    assert run("annotate", "-", "--format", "json", stdin=text).records == found
    assert len(found) == 2


def test_without_the_extra_it_says_what_to_install(aliases: Path) -> None:
    """The exact line, where the library is installed without the extra."""
    command = [sys.executable, "-c", WITHOUT_WEB, "serve", "--aliases", str(aliases)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"})

    assert done.returncode == 2
    assert done.stderr == "resolver: the service needs starlette and uvicorn: pip install 'resolver[web]'\n"
