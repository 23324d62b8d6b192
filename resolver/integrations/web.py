"""What the servers of this package share: JSON out, and who can reach an address. Needs the extra `web`."""

import ipaddress
import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response


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
