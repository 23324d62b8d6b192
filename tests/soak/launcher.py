"""Runs commands of `resolver` in processes of their own that need not load it first; see `soak.commands`.

Reads a request, a line of JSON, from stdin, and forks a process that does as told; writes its id. After another line,
of any content, it waits for its end and writes its exit code; until then the id belongs to nobody else. The signals
that the process gets are real, and so are its files.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, NoReturn

# Whatever a command loads late is loaded here, so that a process does nothing but its work.
import resolver.audit
import resolver.corpus
import resolver.integrations.reconciliation.app
import resolver.integrations.review_page.server
import resolver.report
import resolver.review  # noqa: F401
from resolver import Entity, Registry, Resolver
from resolver.cli import main as run_command


def main() -> None:
    """Serve until stdin ends."""
    Resolver(Registry.from_entities([Entity("other:osa", "Osa", "other")])).annotate("Kyiv and Wien, 2024")
    for line in sys.stdin:
        request = json.loads(line)
        process = os.fork()
        if process == 0:
            _run(request)
        print(process, flush=True)
        sys.stdin.readline()
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _run(request: dict[str, Any]) -> NoReturn:
    output = Path(request["output"])
    for name, descriptor in (("out", 1), ("err", 2)):
        os.dup2(os.open(output / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(request["folder"])
    os.environ.update(request["environment"])
    if request["limit"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["limit"], request["limit"]))
    try:
        run_command(request["arguments"])
    except SystemExit as leaving:
        sys.stderr.flush()
        os._exit(leaving.code if isinstance(leaving.code, int) else 1)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        raise
    finally:
        sys.stderr.flush()
        os._exit(70)  # what must not come


if __name__ == "__main__":
    main()
