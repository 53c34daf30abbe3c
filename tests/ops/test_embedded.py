"""The embedded servers: found, started, healed after a kill, closed to strangers."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from sme_portal.embedded import places, ports, processes, remembered
from sme_portal.embedded.broker import EmbeddedBroker
from sme_portal.embedded.postgres import EmbeddedPostgres

pytestmark = pytest.mark.xdist_group("embedded")
POSTGRES_PORT = 27_000 + os.getpid() % 2_500
BROKER_PORT = POSTGRES_PORT + 2_500
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives servers to another user")


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One cluster for the whole module: whatever a test does to it, the next start heals it."""
    server = EmbeddedPostgres(
        tmp_path_factory.mktemp("embedded") / "var", first_port=POSTGRES_PORT
    )
    yield server
    server.remove()


@pytest.fixture
def postgres(cluster: EmbeddedPostgres, said: list[str]) -> EmbeddedPostgres:
    cluster.say = said.append
    return cluster


@pytest.fixture
def broker(tmp_path: Path, said: list[str]) -> Iterator[EmbeddedBroker]:
    server = EmbeddedBroker(tmp_path / "var", say=said.append, first_port=BROKER_PORT)
    yield server
    server.remove()


@pytest.fixture
def quicker() -> Iterator["Quicker"]:
    """Someone who listens on a port in the instant after a server found it free."""
    other = Quicker()
    yield other
    other.socket.close()


class Quicker:
    """Finds ports as the servers do, and takes the first one found before the server can."""

    def __init__(self) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.took: int | None = None

    def find(self, *wanted: int) -> int:
        port = ports.first_free(*wanted)
        if self.took is None:
            self.socket.bind((ports.LOOPBACK, port))
            self.socket.listen()
            self.took = port
        return port


def ask(url: str, question: str) -> str:
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return str((cursor.fetchone() or [""])[0])
    finally:
        connection.close()


def kill(pid: int | None) -> None:
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    processes.wait_until(lambda: not processes.is_alive(pid), 5)


def test_postgres_starts_in_utf8_and_a_second_start_finds_it_running(
    postgres: EmbeddedPostgres,
) -> None:
    url = postgres.start()
    first = postgres.pid()

    assert postgres.start() == url
    assert postgres.pid() == first
    assert ask(url, "SHOW server_encoding") == "UTF8"
    assert ask(url, "SELECT datlocale FROM pg_database WHERE datname = 'portal'") == "C.UTF-8"
    assert postgres.stop()
    assert not postgres.is_running()


def test_postgres_asks_for_the_password_and_listens_on_the_loopback_only(
    postgres: EmbeddedPostgres,
) -> None:
    url = postgres.start()
    password = (postgres.base / "password").read_text()

    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(url.replace(password, "guessed"))

    assert ask(url, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(url, "SHOW password_encryption") == "scram-sha-256"
    assert (postgres.base / "password").stat().st_mode & 0o077 == 0
    assert (
        "trust" not in (postgres.data / "pg_hba.conf").read_text().replace("# ", "").split()[-40:]
    )


def test_postgres_comes_back_after_a_kill_with_what_was_committed(
    postgres: EmbeddedPostgres,
) -> None:
    url = postgres.start()
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 115 AS year")
    kill(postgres.pid())

    assert not postgres.is_running()
    postgres.start()

    assert ask(postgres.url, "SELECT year FROM kept") == "115"


def test_a_pid_file_that_names_a_stranger_does_not_hinder_the_start(
    postgres: EmbeddedPostgres,
) -> None:
    postgres.start()
    postgres.stop()
    (postgres.data / "postmaster.pid").write_text(f"{os.getpid()}\n{postgres.data}\n")

    assert postgres.pid() is None
    postgres.start()

    assert postgres.is_running()


def test_a_cluster_left_half_made_is_made_anew_and_leaves_nothing_when_removed(
    tmp_path: Path,
) -> None:
    server = EmbeddedPostgres(tmp_path / "var", durable=False, first_port=POSTGRES_PORT + 100)
    place = places.prepare(server.base, server.who)
    (place / "data.new").mkdir()
    (place / "data.new" / "half").write_text("made")

    server.start()

    assert server.is_running()
    assert not (place / "data.new").exists()
    server.remove()
    assert not place.exists()


def test_a_taken_port_is_left_alone_and_the_next_one_is_named(
    postgres: EmbeddedPostgres, said: list[str]
) -> None:
    postgres.start()
    port = int((postgres.base / "port").read_text())
    postgres.stop()
    with socket.socket() as taker:
        taker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taker.bind(("127.0.0.1", port))
        taker.listen()

        url = postgres.start()

    other = int((postgres.base / "port").read_text())
    assert other != port
    assert other < ports.HIGHEST
    assert f":{other}/" in url
    assert any(f"port {port} is taken" in words and str(other) in words for words in said)


def test_postgres_passes_over_a_port_that_is_taken_while_it_starts(
    postgres: EmbeddedPostgres, quicker: Quicker
) -> None:
    postgres.stop()
    postgres.find_port = quicker.find

    url = postgres.start()
    postgres.find_port = ports.first_free

    assert quicker.took is not None
    assert f":{quicker.took}/" not in url
    assert ask(url, "SELECT 115") == "115"


def test_the_broker_passes_over_a_port_that_is_taken_while_it_starts(
    broker: EmbeddedBroker, quicker: Quicker
) -> None:
    broker.find_port = quicker.find
    began = time.monotonic()

    url = broker.start()

    assert quicker.took is not None
    assert f":{quicker.took}/" not in url
    assert redis.Redis.from_url(url).ping()
    assert time.monotonic() - began < 10, "what its log said at once was waited for"


def test_a_server_whose_every_port_is_taken_gives_up_and_says_so() -> None:
    tried: list[int] = []

    def launch(port: int) -> None:
        tried.append(port)
        raise ports.PortTakenError(port)

    with pytest.raises(OSError, match="taken before a server could listen"):
        ports.listen(launch, BROKER_PORT)

    assert len(tried) == ports.TRIES == len(set(tried))


@AS_ROOT
def test_under_root_postgres_runs_as_nobody_even_below_a_closed_directory(
    postgres: EmbeddedPostgres,
) -> None:
    """pytest's own directories are closed to others, as a home directory is."""
    postgres.start()

    pid = postgres.pid()
    assert pid is not None
    assert Path(f"/proc/{pid}").stat().st_uid == processes.run_as().uid != 0
    assert postgres.data.stat().st_mode & 0o077 == 0
    assert not processes.run_as().can_enter(postgres.base)
    assert postgres.base not in postgres.data.parents


def test_the_broker_asks_for_the_password_and_comes_back_after_a_kill(
    broker: EmbeddedBroker,
) -> None:
    client = redis.Redis.from_url(broker.start())
    assert client.ping()
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=int((broker.base / "port").read_text()), password="guessed").ping()
    first = broker.pid()
    kill(first)

    assert not broker.is_running()
    broker.start()

    assert broker.pid() != first
    assert redis.Redis.from_url(broker.url).ping()


def test_a_broker_pid_that_names_a_stranger_is_not_ended(broker: EmbeddedBroker) -> None:
    broker.start()
    broker.stop()
    (broker.base / "pid").write_text(f"{os.getpid()} 1")

    assert broker.pid() is None
    assert not broker.stop()
    broker.start()

    assert broker.is_running()


def test_addresses_are_known_without_starting_anything(tmp_path: Path) -> None:
    assert (
        remembered.postgres_url(tmp_path) == "postgres://portal:not-started@127.0.0.1:15432/portal"
    )
    assert remembered.broker_url(tmp_path) == "redis://:not-started@127.0.0.1:16379/0"


def test_a_directory_prepared_by_someone_else_is_not_trusted(tmp_path: Path) -> None:
    base = tmp_path / "postgres"
    base.mkdir()
    (base / places.POINTER).write_text("/nowhere/at/all")

    place = places.prepare(base, processes.RunAs(os.geteuid(), os.getegid(), drops=False))

    assert place == base
    assert not (base / places.POINTER).exists()
