"""What the commands share that serve something: the extra that they need, a socket that listens, a stop that waits."""

import importlib.util
import os
import signal
import socket
from typing import TYPE_CHECKING

from resolver.errors import ResolverError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HOST = "127.0.0.1"
EXTRA = ("starlette", "uvicorn")


def need_web(what: str) -> None:
    """ResolverError with the line to type if the server's libraries are not installed; `what` needs them."""
    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        raise ResolverError(f"{what} needs {' and '.join(missing)}: pip install 'resolver[web]'")


def listen(host: str, port: int | None, *, usual: int) -> socket.socket:
    """A socket on that port. Without one, on the usual port, or on any free one if that is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    wanted = (usual, 0) if port is None else (port,)
    for number in wanted:
        try:
            return _bound(host, number, family)
        except socket.gaierror as error:
            raise ResolverError(f"--host {host}: no such address: {error.strerror}") from error
        except OSError as error:
            failed = error
    message = f"cannot listen on {host}, port {wanted[-1]}: {failed.strerror}; name another with --port"
    raise ResolverError(message) from failed


def address_of(host: str, port: int) -> str:
    """The address to type into a browser."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def run_app(app: "ASGIApp", listening: socket.socket, *, finish: int) -> None:
    """Serve until Ctrl-C or SIGTERM; answers that are under way then have so many seconds to finish."""
    import uvicorn

    config = uvicorn.Config(
        app,
        ws="none",
        log_level="warning",
        access_log=False,  # what people ask for is nobody else's business
        server_header=False,
        timeout_graceful_shutdown=finish,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it has stopped by then, and both are the way to stop it
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


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
