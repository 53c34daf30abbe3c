"""A small mail server for tests: takes e-mails, or answers as it was told to."""

import random
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

# What to do with an e-mail, by its recipient and how many came before it.
Behaviour = Callable[[str, int], str]


@dataclass
class Taken:
    """One e-mail that was handed over whole."""

    recipients: list[str]
    mail: EmailMessage
    connection: int

    @property
    def message_id(self) -> str:
        return str(self.mail["Message-ID"])

    @property
    def key(self) -> str:
        return str(self.mail["X-Idempotency-Key"])


class _Conversation(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        self.server.connections += 1
        self.number = self.server.connections
        self.recipients: list[str] = []
        self._say("220 sink")
        try:
            while line := self.rfile.readline().decode("ascii", "replace").strip():
                if not self._answer(line):
                    return
        except (ConnectionError, OSError):
            return

    def _answer(self, line: str) -> bool:
        verb = line.split(":")[0].split(" ")[0].upper()
        if verb == "RCPT":
            return self._take_recipient(line.split("<")[1].split(">")[0])
        if verb == "DATA":
            return self._take_mail()
        if verb == "MAIL":
            self.recipients = []
        self._say("221 bye" if verb == "QUIT" else "250 fine")
        return verb != "QUIT"

    def _take_recipient(self, address: str) -> bool:
        self.server.asked += 1
        self.act = self.server.behaviour(address, self.server.asked)
        if self.act == "hang":
            time.sleep(self.server.hang_seconds)
            return False
        if self.act == "cut":
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        if self.act[:1] in "45" and self.act[:3].isdigit():
            self._say(self.act)
            return True
        self.recipients.append(address)
        self._say("250 fine")
        return True

    def _take_mail(self) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        with self.server.guard:
            self.server.taken.append(Taken(list(self.recipients), mail, self.number))
        if self.act == "take_and_cut":
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        if self.act == "take_and_wait":
            time.sleep(self.server.hang_seconds)
        self._say("250 taken")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation, bind_and_activate=False)
        self._bind_below_the_ephemeral_ports()
        self.taken: list[Taken] = []
        self.guard = threading.Lock()
        self.connections = 0
        self.asked = 0
        self.hang_seconds = 5.0
        self.behaviour: Behaviour = lambda address, count: "take"

    def _bind_below_the_ephemeral_ports(self) -> None:
        for port in random.sample(range(20_000, 32_000), 50):
            self.server_address = ("127.0.0.1", port)
            try:
                self.server_bind()
            except OSError:
                continue
            self.server_activate()
            return
        raise RuntimeError("no free port for the tests' mail server")

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is what these tests are about."""


class Sink:
    """`behave(...)` returns one of: take, hang, cut, take_and_cut, take_and_wait, "451 …"."""

    def __init__(self) -> None:
        self._server = _Server()
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def taken(self) -> list[Taken]:
        with self._server.guard:
            return list(self._server.taken)

    @property
    def connections(self) -> int:
        return self._server.connections

    def behave(self, behaviour: Behaviour, *, hang_seconds: float = 5.0) -> None:
        self._server.behaviour = behaviour
        self._server.hang_seconds = hang_seconds
