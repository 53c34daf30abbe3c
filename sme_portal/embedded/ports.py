"""Ports on the loopback: below the range the system gives to outgoing connections, and never taken by force."""

import itertools
import socket
from collections.abc import Callable

HIGHEST = 32_767
LOOPBACK = "127.0.0.1"
TRIES = 20
TAKEN = "Address already in use"


class PortTakenError(OSError):
    """Another process listens where a server was about to."""


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Say whether a server could listen here now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def first_free(preferred: int, *others: int, host: str = LOOPBACK) -> int:
    """Give the first free port: the preferred ones in order, then those after the last of them."""
    wanted: list[int] = [preferred, *others]
    following = range(wanted[-1] + 1, min(wanted[-1] + 500, HIGHEST))
    for port in itertools.chain(wanted, following):
        if is_free(port, host):
            return port
    raise OSError(f"no free port between {wanted[-1]} and {wanted[-1] + 500}")


def listen(
    launch: Callable[[int], None],
    preferred: int,
    *others: int,
    find: Callable[..., int] = first_free,
) -> int:
    """Launch a server on the first free port and give the port.

    Between the look and the launch another process may take it: `launch` then raises `PortTakenError`, and the
    next free port is tried.
    """
    wanted = (preferred, *others)
    for _ in range(TRIES):
        port = find(*wanted)
        try:
            launch(port)
        except PortTakenError:
            wanted = (port + 1,)
        else:
            return port
    raise OSError(f"every port tried was taken before a server could listen, the last one {port}")
