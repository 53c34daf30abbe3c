"""Asking a virus scanner: clamd's INSTREAM, over TCP or a local socket, with time-outs."""

import socket
import struct
from typing import IO, Any

CHUNK_BYTES = 64 * 1024
TIME_OUT_SECONDS = 30.0
_LONGEST_ANSWER = 4096
_CLEAN, _FOUND = b"OK", b"FOUND"


class ScannerUnavailableError(Exception):
    """The scanner cannot be reached or does not answer: the file stays pending."""


def is_clean(content: IO[Any], address: str) -> bool:
    """Stream the content to clamd at host:port or unix:/path; False where it finds something."""
    try:
        with _connect(address) as wire:
            wire.sendall(b"zINSTREAM\0")
            while chunk := content.read(CHUNK_BYTES):
                wire.sendall(struct.pack("!I", len(chunk)) + chunk)
            wire.sendall(struct.pack("!I", 0))
            answer = _read(wire)
    except (OSError, ValueError) as error:
        raise ScannerUnavailableError(str(error)) from error
    if answer.endswith(_CLEAN):
        return True
    if answer.endswith(_FOUND):
        return False
    raise ScannerUnavailableError(answer.decode("utf-8", "replace"))


def _connect(address: str) -> socket.socket:
    if address.startswith("unix:"):
        wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        wire.settimeout(TIME_OUT_SECONDS)
        wire.connect(address.removeprefix("unix:"))
        return wire
    host, _colon, port = address.removeprefix("tcp://").rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), TIME_OUT_SECONDS)


def _read(wire: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        piece = wire.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n ").strip()
