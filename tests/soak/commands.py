"""Commands of `resolver` as processes that can be killed at any moment, and that start without loading it anew."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Self

_LAUNCHER = Path(__file__).with_name("launcher.py")
_PROC = Path("/proc")
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code, or minus the number of the signal that killed it; and what it wrote."""

    code: int
    out: str
    err: str
    seconds: float


class Commands:
    """Starts one command after the other; a context manager."""

    def __init__(self) -> None:
        self._output = tempfile.TemporaryDirectory()
        self._running: Running | None = None

    def __enter__(self) -> Self:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RESOLVER_")}
        environment["RESOLVER_CACHE"] = "off"
        self._launcher = subprocess.Popen([sys.executable, str(_LAUNCHER)], text=True, env=environment, **pipes)
        return self

    def __exit__(self, *_: object) -> None:
        self._end_running()
        self._launcher.communicate()
        self._output.cleanup()

    def start(
        self,
        *arguments: str | Path,
        folder: Path,
        environment: Mapping[str, str] = _NOTHING,
        limit: int | None = None,
    ) -> "Running":
        """Start a command in a folder; no file that it writes may have more bytes than the limit."""
        request = {
            "arguments": list(map(str, arguments)),
            "folder": str(folder),
            "environment": dict(environment),
            "limit": limit,
            "output": self._output.name,
        }
        self._end_running()
        for name in ("out", "err"):  # what the last one said is not what this one says
            (Path(self._output.name) / name).write_bytes(b"")
        self._running = Running(int(self._ask(json.dumps(request))), self, Path(self._output.name))
        return self._running

    def run(self, *arguments: str | Path, **options: object) -> Done:
        """Start a command and wait for its end."""
        return self.start(*arguments, **options).wait()  # type: ignore[arg-type]

    def ended(self) -> int:
        """Wait for the end of the command that runs; its exit code."""
        self._running = None
        return int(self._ask("wait"))

    def _end_running(self) -> None:
        """Kill what nobody has waited for, as a test that has failed does not."""
        if self._running is not None:
            self._running.send(signal.SIGKILL)
            self.ended()

    def _ask(self, line: str) -> str:
        assert self._launcher.stdin is not None
        assert self._launcher.stdout is not None
        self._launcher.stdin.write(line + "\n")
        self._launcher.stdin.flush()
        return self._launcher.stdout.readline()


class Running:
    """A command that runs."""

    def __init__(self, process: int, commands: Commands, output: Path) -> None:
        self.process = process
        self._commands, self._output, self._start = commands, output, time.monotonic()

    def send(self, sent: signal.Signals, after: float = 0.0) -> None:
        """Send it a signal, after so many seconds; it may have ended before."""
        time.sleep(after)
        os.kill(self.process, sent)

    def is_alive(self) -> bool:
        """Whether it has not ended yet; until somebody waits for its end it is there, as a zombie."""
        return (_PROC / str(self.process) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"

    def said(self) -> str:
        """What it has written to stderr so far."""
        return (self._output / "err").read_text(encoding="utf-8")

    def wait(self) -> Done:
        """Wait for its end."""
        code = self._commands.ended()
        seconds = time.monotonic() - self._start
        out, err = ((self._output / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return Done(code, out, err, seconds)
