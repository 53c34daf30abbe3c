"""The servers tests use: those named in the environment, else embedded ones of their own, kept for the next run."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sme_portal.embedded.broker import EmbeddedBroker
from sme_portal.embedded.errors import silent
from sme_portal.embedded.postgres import EmbeddedPostgres

POSTGRES_PORT = 25_432
BROKER_PORT = 26_379


@dataclass(frozen=True)
class Services:
    """Where the tests' database and broker answer."""

    database_url: str
    redis_url: str


def services(var: Path, *, database_url: str, redis_url: str) -> Services:
    """Give the addresses tests use, starting what is missing; many runs at once share the servers."""
    return Services(
        database_url=database_url or postgres(var).start(),
        redis_url=redis_url or broker(var).start(),
    )


def postgres(var: Path, say: Callable[[str], None] = silent) -> EmbeddedPostgres:
    """The tests' PostgreSQL, far from the port of a portal that runs."""
    return EmbeddedPostgres(
        var / "test-services", durable=False, say=say, first_port=POSTGRES_PORT
    )


def broker(var: Path, say: Callable[[str], None] = silent) -> EmbeddedBroker:
    """The tests' Valkey, far from the port of a portal that runs."""
    return EmbeddedBroker(var / "test-services", say=say, first_port=BROKER_PORT)


def stop(var: Path) -> None:
    """Stop the embedded servers of the tests, if they run."""
    for server in (postgres(var), broker(var)):
        if server.base.exists():
            server.stop()
