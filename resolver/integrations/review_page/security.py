"""Who may ask: what comes in is a request, what goes on to the page is only what the page itself has sent.

Another page in the same browser can send requests to this machine, and can give a name of its own the address of this
machine (DNS rebinding). Against both, before anything else is looked at:

1. The `Host` header must be a name that the server was bound to. An address in digits cannot be rebound.
2. What is asked of /api/ must carry the token that only the page itself has, and a POST must come from the page's own
   origin (`Origin`, `Sec-Fetch-Site`), as JSON, of at most `MOST_BYTES`.
3. Every answer forbids the browser to run, load or frame anything but the files of the page.

Known limit: whoever has an account on this machine, or reaches the address given with `--host`, can open the page.
"""

import hmac
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resolver.integrations.web import is_address, is_wildcard

TOKEN_HEADER = "X-Review-Token"  # noqa: S105 (the name of a header)
MOST_BYTES = 64 * 1024  # a decision with its note has a few hundred
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Guard:
    """What a request must show.

    host   the name or address that the server is bound to
    port   likewise
    token  random for each start; the page has it, others do not
    """

    host: str
    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def is_own(self, authority: str) -> bool:
        """Whether a `Host` header, or an origin without its scheme, is this server.

        >>> guard = Guard("127.0.0.1", 8642)
        >>> guard.is_own("localhost:8642"), guard.is_own("evil.example:8642"), guard.is_own("localhost:80")
        (True, False, False)
        """
        name, _, port = authority.rpartition(":")
        if port != str(self.port):
            return False
        if name in _LOOPBACK or name == self.host:
            return True
        return is_wildcard(self.host) and (name == socket.gethostname() or is_address(name))

    def refusal(self, method: str, path: str, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """The status and the message for a request that is refused, None for one that may pass."""
        if not self.is_own(headers.get("host", "")):
            return 403, "this address is not the one that the server was started for"
        if not path.startswith("/api/"):
            return None
        if not hmac.compare_digest(headers.get(TOKEN_HEADER.lower(), "").encode(), self.token.encode()):
            return 403, "the server was started anew since this page was opened: reload the page"
        return self._refused_post(headers) if method == "POST" else None

    def _refused_post(self, headers: Mapping[str, str]) -> tuple[int, str] | None:
        scheme, _, authority = headers.get("origin", "").partition("://")
        if scheme != "http" or not self.is_own(authority):
            return 403, "only the review page itself may send this"
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return 403, "only the review page itself may send this"
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return 415, "expected JSON"
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            return 411, "the length is missing"
        if int(length) > MOST_BYTES:
            return 413, f"more than {MOST_BYTES:,} bytes"
        return None


class GuardedApp:
    """An ASGI application behind a `Guard`, with `HEADERS` on every answer."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; there are no web sockets here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        if scope["type"] != "http":
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refusal = self._guard.refusal(scope["method"], scope["path"], Headers(scope=scope))
        if refusal is None:
            await self._app(scope, receive, send_with_headers)
        else:
            status, message = refusal
            await JSONResponse({"error": message}, status_code=status)(scope, receive, send_with_headers)
