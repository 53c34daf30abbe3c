"""Addresses of the embedded servers, read from var/ without starting anything."""

from pathlib import Path

POSTGRES_PORT = 15432
BROKER_PORT = 16379


def port(base: Path) -> int | None:
    """The port a server under `base` listened on the last time."""
    try:
        return int((base / "port").read_text())
    except (OSError, ValueError):
        return None


def _read(path: Path, otherwise: str) -> str:
    try:
        return path.read_text().strip() or otherwise
    except OSError:
        return otherwise


def postgres_url(var: Path, database: str = "portal") -> str:
    """The address of the embedded PostgreSQL, running or not."""
    base = var / "postgres"
    port = _read(base / "port", str(POSTGRES_PORT))
    password = _read(base / "password", "not-started")
    return f"postgres://portal:{password}@127.0.0.1:{port}/{database}"


def broker_url(var: Path) -> str:
    """The address of the embedded Valkey, running or not."""
    base = var / "broker"
    port = _read(base / "port", str(BROKER_PORT))
    password = _read(base / "password", "not-started")
    return f"redis://:{password}@127.0.0.1:{port}/0"
