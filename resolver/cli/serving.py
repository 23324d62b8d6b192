"""`resolver review serve`: the review page on this machine, until Ctrl-C."""

import importlib.util
import os
import socket
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resolver.cli.change import is_replaced_by_updates
from resolver.cli.options import Aliases, By, QueueFile
from resolver.cli.output import say
from resolver.errors import ResolverError
from resolver.wording import counted

if TYPE_CHECKING:
    from resolver.integrations.review_page.state import ReviewState

HOST = "127.0.0.1"
PORT = 8642  # any port that nobody else is known for; always the same, so that an open page finds the server again
LARGE = 2_000_000  # bytes of a queue that takes more than a second to read
EXTRA = ("starlette", "uvicorn")
_SECONDS_TO_FINISH = 2  # for answers that are under way at Ctrl-C


def serve(
    queue: QueueFile,
    *,
    aliases: Aliases = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, metavar="N", help="Port; 0 takes any.", show_default=str(PORT))
    ] = None,
    host: Annotated[
        str, typer.Option(metavar="NAME", help="Address to listen on; others than this machine may use the page then.")
    ] = HOST,
    by: By = "curator",
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Decide a queue in the browser, by keyboard.

    Each decision is saved to the queue file at once. The registry is written only when you apply.

    Example: resolver review serve audit/queue.yaml --open
    """
    _need_extra()
    import uvicorn

    from resolver.integrations.review_page.live import RegistryView
    from resolver.integrations.review_page.security import Guard, is_loopback
    from resolver.integrations.review_page.server import create_app
    from resolver.integrations.review_page.state import ReviewState

    registry = RegistryView(aliases, by=by)
    registry.registry()  # its problems are told here, not on the page
    if queue.stat().st_size > LARGE:
        say(f"Reading {queue} …")
    state = ReviewState(queue)
    listening = _listen(host, port)
    bound: int = listening.getsockname()[1]
    advice = f"copy {registry.path} and name the copy with --aliases: the next update of resolver would undo this one"
    refusal = advice if is_replaced_by_updates(registry.path) else ""
    app = create_app(state, registry, Guard(host, bound), refusal=refusal)
    server = uvicorn.Server(
        uvicorn.Config(
            app, lifespan="off", ws="none", log_level="warning", access_log=False, server_header=False,
            timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        )
    )  # fmt: skip
    url = f"http://{f'[{host}]' if ':' in host else host}:{bound}/"
    say(f"{counted(len(state.items()), 'name')} of {queue} at {url}  Ctrl-C stops.")
    if not is_loopback(host):
        message = f"note: whoever reaches {host} on port {bound} can read this queue and decide as {by}."
        say(message, colour="yellow")
    if open_:
        webbrowser.open(url)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # the way to stop it
    finally:
        listening.close()
    say(_farewell(state, queue))


def _need_extra() -> None:
    """ResolverError with the line to type if the server's libraries are not installed."""
    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        raise ResolverError(f"the review page needs {' and '.join(missing)}: pip install 'resolver[web]'")


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket on that port. Without one, on the usual port, or on any free one if that is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    wanted = (PORT, 0) if port is None else (port,)
    for number in wanted:
        try:
            return _bound(host, number, family)
        except socket.gaierror as error:
            raise ResolverError(f"--host {host}: no such address: {error.strerror}") from error
        except OSError as error:
            failed = error
    message = f"cannot listen on {host}, port {wanted[-1]}: {failed.strerror}; name another with --port"
    raise ResolverError(message) from failed


def _bound(host: str, port: int, family: socket.AddressFamily) -> socket.socket:
    """A listening socket; named as TCP, or asyncio would let each answer wait 40 ms for another (Nagle's algorithm)."""
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def _farewell(state: "ReviewState", queue: Path) -> str:
    """How far the review is."""
    decided = sum(item.judgement.decision not in (None, "unsure") for item in state.items())
    return f"Stopped. {decided:,} of {counted(len(state.items()), 'name')} decided in {queue}."
