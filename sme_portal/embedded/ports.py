"""Ports on the loopback: below the range the system gives to outgoing connections, and never taken by force."""

import itertools
import socket

HIGHEST = 32_767
LOOPBACK = "127.0.0.1"


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
