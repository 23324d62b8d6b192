"""The socket of a command that serves."""

import socket

import pytest

from resolver.cli.listening import HOST, listen


def test_a_port_is_free_as_soon_as_its_server_is_gone() -> None:
    """Though the system keeps the connections that the server closed for another minute."""
    with listen(HOST, 0, usual=0) as listening:
        port = listening.getsockname()[1]
        with socket.create_connection((HOST, port)) as client:
            listening.accept()[0].close()
            assert client.recv(1) == b""

    with listen(HOST, port, usual=0) as again:
        assert again.getsockname()[1] == port


@pytest.mark.parametrize("port", [None, 0])
def test_a_socket_says_that_it_is_tcp(port: int | None) -> None:
    """Or asyncio would let each answer wait for another, 40 ms."""
    with listen(HOST, port, usual=0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
