"""What the tests of the command line share: the result of a command, an article, the decision of a curator."""

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import typer
from typer.core import TyperGroup

from resolver.cli import app

ARTICLE = "Aleksandr Bechalov spoke at the Kupol plant. Kupol makes the Garpiya-A1. Stanislav Petrovskyy listened."
OUTPUT = ["mentions.jsonl", "queue.yaml", "report.html", "report.json"]  # what an audit leaves in its folder
ESCAPE = "\x1b"
# Runs a command where the extra `web` is not installed.
WITHOUT_WEB = """
import sys
from importlib.machinery import PathFinder

class Without:
    def find_spec(self, name, path=None, target=None):
        return None if name in ("starlette", "uvicorn") else PathFinder.find_spec(name, path, target)

sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not PathFinder] + [Without()]
from resolver.cli import main
main()
"""


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The records of JSON, JSON lines or CSV."""
        if self.out.startswith("["):
            return json.loads(self.out)
        if self.out.startswith("{"):
            return [json.loads(line) for line in self.out.splitlines()]
        return list(csv.DictReader(io.StringIO(self.out)))


class Run(Protocol):
    """Runs a command with the tiny registry."""

    def __call__(self, *arguments: str | Path, stdin: str | bytes = ...) -> Result:
        """The result of `resolver ARGUMENTS`."""


def decide(queue: Path, decision: str) -> None:
    """Write a decision into the first item of a queue."""
    text = queue.read_text(encoding="utf-8")
    queue.write_text(re.sub(r"(?m)^(  decision:).*$", rf"\1 {decision}", text, count=1), encoding="utf-8")


def commands() -> list[str]:
    """The commands of the command line, each as it is typed; a command may have others below it."""
    tree = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    alone = [name for name, command in tree.items() if not isinstance(command, TyperGroup)]
    below = [f"{name} {inner}" for name, command in tree.items() for inner in getattr(command, "commands", ())]
    return sorted(alone + below)
