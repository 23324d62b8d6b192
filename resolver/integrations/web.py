"""What the servers of this package share: bodies in, JSON out, and who can reach an address. Needs the extra `web`."""

import asyncio
import ipaddress
import json
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS_FOR_BODY = 30.0  # a megabyte over a poor line takes eight


class WithHeaders:
    """An ASGI application with these headers on every answer that has not its own of that name."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


async def read_body(request: Request, most: int) -> bytes | None:
    """The body, read only as far as it may go: None if it has more bytes.

    HTTPException 408 if it does not come in `SECONDS_FOR_BODY`, 400 if the client is gone before its end.
    """
    content = bytearray()
    try:
        async with asyncio.timeout(SECONDS_FOR_BODY):
            async for chunk in request.stream():
                content += chunk
                if len(content) > most:
                    return None
    except TimeoutError as error:
        raise HTTPException(408, "the body did not come in time") from error
    except ClientDisconnect as error:
        raise HTTPException(400, "the body was not sent to its end") from error
    return bytes(content)


def json_response(answer: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer as JSON, whatever texts are in it."""
    content = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    # Half of a surrogate pair, which JSON can spell and UTF-8 cannot, stays an escape.
    encoded = content.encode("utf-8", "backslashreplace")
    return Response(encoded, status_code=status, headers=headers, media_type="application/json")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that is bound to this name or address."""
    return host == "localhost" or (is_address(host) and ipaddress.ip_address(host.strip("[]")).is_loopback)


def is_wildcard(host: str) -> bool:
    """Whether the host means every address of this machine."""
    return is_address(host) and ipaddress.ip_address(host.strip("[]")).is_unspecified


def is_address(host: str) -> bool:
    """Whether the host is an address in digits, not a name."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
