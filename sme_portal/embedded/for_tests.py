"""The servers tests use: those named in the environment, else embedded ones of their own, kept for the next run."""

from dataclasses import dataclass
from pathlib import Path

from sme_portal.embedded.broker import EmbeddedBroker
from sme_portal.embedded.postgres import EmbeddedPostgres


@dataclass(frozen=True)
class Services:
    """Where the tests' database and broker answer."""

    database_url: str
    redis_url: str


def services(var: Path, *, database_url: str, redis_url: str) -> Services:
    """Give the addresses tests use, starting what is missing; many runs at once share the servers."""
    own = var / "test-services"
    return Services(
        database_url=database_url or EmbeddedPostgres(own, durable=False).start(),
        redis_url=redis_url or EmbeddedBroker(own).start(),
    )


def stop(var: Path) -> None:
    """Stop the embedded servers of the tests, if they run."""
    own = var / "test-services"
    for server in (EmbeddedPostgres(own, durable=False), EmbeddedBroker(own)):
        if server.base.exists():
            server.stop()
