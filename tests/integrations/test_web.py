"""What the servers share."""

import pytest

from resolver.integrations.web import is_loopback, is_wildcard, json_response

ANY = "0.0.0.0"  # noqa: S104 (nothing listens on it here)


@pytest.mark.parametrize(
    ("host", "loopback", "wildcard"),
    [
        ("127.0.0.1", True, False),
        ("localhost", True, False),
        ("::1", True, False),
        (ANY, False, True),
        ("::", False, True),
        ("192.168.0.7", False, False),
        ("review.example", False, False),
    ],
)
def test_who_can_reach_a_host(host: str, loopback: bool, wildcard: bool) -> None:
    """What the note at the start depends on."""
    assert (is_loopback(host), is_wildcard(host)) == (loopback, wildcard)


def test_half_a_surrogate_pair_stays_an_escape() -> None:
    """JSON can spell it, UTF-8 cannot."""
    assert json_response({"name": "a\ud800Ж"}).body == '{"name":"a\\ud800Ж"}'.encode()
