"""The command line: what comes in are arguments, what goes out is data on stdout and talk on stderr.

1. `main` hands the arguments to the command that they name; each has a module here: resolve, annotate, audit, service,
   review, registry.
2. A command calls the library and renders the result (`output`). It decides nothing about names.
3. What the library raises on purpose becomes a message without a traceback, and an exit code:
   0 fine, 1 problems found (in a registry, in a queue, or by `audit --fail-on`), 2 wrong usage or unusable input.

The parts that only some commands need (rich, corpus, audit, report, review) are imported inside these, so that
`resolver resolve` does not wait for them.
"""

import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from errno import EBADF, EDQUOT, EFBIG, ENOSPC
from typing import Annotated, Any, NoReturn

import typer

from resolver import __version__
from resolver.cli.annotate import annotate
from resolver.cli.audit import audit
from resolver.cli.audit_diff import diff
from resolver.cli.nesting import command_with
from resolver.cli.registry import registry_commands
from resolver.cli.resolve import resolve
from resolver.cli.review import review_commands
from resolver.cli.service import serve
from resolver.cli.settings import read_settings, settings_file
from resolver.errors import ProblemsError, ResolverError
from resolver.wording import visible_lines

__all__ = ["app", "main"]

PROBLEMS = 1
UNUSABLE = 2
_INTERRUPTED, _TERMINATED = 130, 143  # 128 + the number of the signal, as shells have it
# What a failed write says when the file has no name here, such as stdout: the disk is full, or the stream is closed.
_UNWRITTEN = {ENOSPC, EDQUOT, EFBIG, EBADF}
# Next to nothing that a command makes refers to itself: to look for such garbage as often as Python does by default
# would take a twelfth of the time of `resolver resolve`.
_OBJECTS_PER_COLLECTION = 100_000

app = typer.Typer(name="resolver", no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command()(resolve)
app.command()(annotate)
app.command(cls=command_with({"diff": diff}))(audit)
app.command()(serve)
app.add_typer(review_commands, name="review")
app.add_typer(registry_commands, name="registry")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command, by default that of the process, and leave with its exit code."""
    _open_closed_streams()
    _use_utf8()
    signal.signal(signal.SIGTERM, _stop)
    gc.set_threshold(_OBJECTS_PER_COLLECTION)
    code = _run(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
        code = code or PROBLEMS
    except OSError as error:
        _silence_stdout()
        code = _fail_by(error)
    sys.exit(code)


def _stop(*_: object) -> NoReturn:
    """End as by Ctrl-C, so that no half file and no process stays."""
    sys.exit(_TERMINATED)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"resolver {__version__}")
        raise typer.Exit


@app.callback()
def _resolver(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Map every spelling of a name to one entity of a curated registry, with the reasons."""


def _run(arguments: Sequence[str] | None) -> int:
    """The exit code of a command; what it raised on purpose is printed."""
    try:
        app(args=arguments, prog_name="resolver", default_map=_defaults())
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except ProblemsError as error:
        return _fail(str(error), PROBLEMS)
    except ResolverError as error:
        return _fail(f"resolver: {error}", UNUSABLE)
    except OSError as error:
        return _fail_by(error)
    except MemoryError:
        return _fail("resolver: out of memory; try fewer workers, or smaller documents", UNUSABLE)
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0


def _defaults() -> dict[str, Any] | None:
    """What a file of settings says, if there is one."""
    path = settings_file()
    if path is None:
        return None
    return read_settings(path, typer.main.get_command(app))


def _fail_by(error: OSError) -> int:
    place = f"{error.filename}: " if error.filename else "cannot write: " if error.errno in _UNWRITTEN else ""
    return _fail(f"resolver: {place}{error.strerror or error}", UNUSABLE)


def _fail(message: str, code: int) -> int:
    typer.echo(visible_lines(message), err=True)
    return code


def _open_closed_streams() -> None:
    """Take the place of a stream that the caller has closed, or the next file to be opened would: `resolver ... >&-`.

    What was to go to stdout is lost then, and that is an error, as with the commands of the system.
    """
    for name, number, mode in (("stdin", 0, os.O_RDONLY), ("stdout", 1, os.O_RDONLY), ("stderr", 2, os.O_WRONLY)):
        if getattr(sys, name) is None and os.open(os.devnull, mode) == number:
            setattr(sys, name, open(number, "r" if number == 0 else "w"))  # noqa: SIM115, PTH123 (until the end)


def _use_utf8() -> None:
    """Write UTF-8 into files and pipes whatever the locale; a character that cannot be written becomes an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _silence_stdout() -> None:
    """Let the interpreter's own flush at the end find nobody to complain to: the reader has left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
