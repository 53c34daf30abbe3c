"""How this installation is: one question per function, answered in words. Used by readyz and doctor."""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from celery.exceptions import CeleryError
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from accounts.reference.districts import data_files
from ledger.models import ChainCheck, Seal
from network.places import atlas_files
from sme_portal import beats, vendor
from sme_portal.celery import app as celery_app
from sme_portal.settings import fitness
from sme_portal.translations import catalogues

LEAST_FREE_BYTES = 500 * 1024 * 1024
CHECKED_AT_LEAST_EVERY = timedelta(days=2)


@dataclass(frozen=True)
class Finding:
    """One answer. `grave` ones keep the portal from serving people."""

    name: str
    ok: bool
    words: str
    grave: bool = True


def database() -> Finding:
    """Is PostgreSQL there?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0]
    except DatabaseError as error:
        words = f"PostgreSQL does not answer: {str(error).strip().splitlines()[0]}"
        return Finding("database", ok=False, words=words)
    return Finding("database", ok=True, words=f"PostgreSQL {version} answers.")


def migrations() -> Finding:
    """Are all tables as the code expects?"""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, MigrationSchemaMissing):
        return Finding("migrations", ok=False, words="The tables cannot be looked at.")
    if waiting:
        words = f"{len(waiting)} migrations are not applied: run `manage.py migrate`."
        return Finding("migrations", ok=False, words=words)
    return Finding("migrations", ok=True, words="All migrations are applied.")


def broker() -> Finding:
    """Is the broker there? Nothing is lost without it, only later."""
    try:
        with celery_app.connection_for_write() as link:
            link.ensure_connection(max_retries=0, timeout=2)
    except (OSError, BrokerError, CeleryError, RedisError) as error:
        words = f"The broker does not answer ({error}); the relay goes on without it."
        return Finding("broker", ok=False, words=words)
    return Finding("broker", ok=True, words="The broker answers.")


def cached() -> Finding:
    """Does the cache keep what it is given?"""
    try:
        cache.set("condition", "kept", 10)
        kept = cache.get("condition") == "kept"
    except (RedisError, OSError) as error:
        return Finding("cache", ok=False, words=f"The cache does not answer ({error}).")
    words = "The cache keeps what it is given." if kept else "The cache forgets what it is given."
    return Finding("cache", ok=kept, words=words)


def _beating(name: str, patience: int, advice: str) -> Finding:
    try:
        last = beats.last(name)
    except (RedisError, OSError):
        last = None
    if last is None:
        return Finding(name, ok=False, words=f"No {name} has been seen: {advice}", grave=False)
    age = int((timezone.now() - last).total_seconds())
    words = f"The {name} was last seen {age} seconds ago."
    return Finding(name, ok=age <= patience, words=words, grave=False)


def worker() -> Finding:
    """Does a worker take tasks, and does beat hand them out?"""
    return _beating(
        "worker", 90, "start `celery -A sme_portal worker` and `celery -A sme_portal beat`."
    )


def relay() -> Finding:
    """Does the relay sweep what is late?"""
    return _beating("relay", 30, "start `manage.py relay`; without it e-mails wait.")


def disk() -> Finding:
    """Is there room, and may we write?"""
    place = Path(settings.MEDIA_ROOT)
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    writable = os.access(place, os.W_OK)
    words = f"{free // 1024**2} MB are free where papers are kept"
    words += "." if writable else f", but {place} cannot be written."
    return Finding("disk", ok=writable and free >= LEAST_FREE_BYTES, words=words)


def static_files() -> Finding:
    """Are the front-end files there?"""
    missing = [
        *vendor.missing_files(),
        *(str(path) for path in (*data_files(), *atlas_files()) if not path.is_file()),
    ]
    if missing:
        words = f"{len(missing)} front-end files are missing, such as {missing[0]}: run `npm ci`."
        return Finding("static", ok=False, words=words, grave=False)
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    if "Manifest" in backend and not manifest.exists():
        words = "Static files are not collected: run `manage.py collectstatic`."
        return Finding("static", ok=False, words=words)
    if finders.find("django_htmx/htmx.min.js") is None:
        return Finding("static", ok=False, words="htmx is missing.", grave=False)
    return Finding("static", ok=True, words="Front-end files are in place.", grave=False)


def translations() -> Finding:
    """Are the catalogues compiled?"""
    places = [Path(settings.BASE_DIR), *(Path(settings.BASE_DIR) / app for app in settings.HOUSE)]
    sources = [path for place in places for path in place.glob("locale/*/LC_MESSAGES/*.po")]
    stale = [path for path in sources if catalogues.is_stale(path)]
    if stale:
        words = f"{len(stale)} catalogues are not compiled: run `manage.py messages --compile`."
        return Finding("messages", ok=False, words=words, grave=False)
    return Finding(
        "messages", ok=True, words=f"{len(sources)} catalogues are compiled.", grave=False
    )


def mail() -> Finding:
    """Where does mail go, and does that place answer?"""
    if not settings.EMAIL_URL:
        return Finding("mail", ok=True, words=f"Mail lands in {settings.MAIL_DIR}.", grave=False)
    try:
        link = get_connection(fail_silently=False)
        link.open()
        link.close()
    except OSError as error:
        words = f"The mail server does not answer ({error}); mail waits in the outbox."
        return Finding("mail", ok=False, words=words, grave=False)
    return Finding(
        "mail", ok=True, words=f"The mail server {settings.EMAIL_HOST} answers.", grave=False
    )


def chain() -> Finding:
    """Is the ledger as it was written, by the last check of its whole chain?"""
    try:
        last = ChainCheck.objects.latest_first().first()
        first = None if last else Seal.objects.order_by("number").first()
    except DatabaseError:
        return Finding("ledger", ok=False, words="The checks cannot be looked at.", grave=False)
    limit = timezone.now() - CHECKED_AT_LEAST_EVERY
    advice = "run `manage.py verify_ledger`, or see that beat and a worker run."
    if last is None:
        late = first is not None and first.sealed_at < limit
        words = (
            f"The chain was never checked: {advice}" if late else "The chain is checked at night."
        )
        return Finding("ledger", ok=not late, words=words, grave=False)
    when = timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M")
    if not last.is_sound:
        words = f"The check of {when} found a break: {last.reason}. Keep the database as it is."
        return Finding("ledger", ok=False, words=words, grave=False)
    if last.at < limit:
        words = f"The chain was last checked on {when}: {advice}"
        return Finding("ledger", ok=False, words=words, grave=False)
    words = f"All {last.checked} sealed entries were as they were written on {when}."
    return Finding("ledger", ok=True, words=words, grave=False)


def configuration() -> Finding:
    """Are the settings fit for what they are used for?"""
    if settings.PORTAL_DEMO:
        words = "These are demo settings: production would refuse them."
        return Finding("settings", ok=True, words=words, grave=False)
    found = fitness.problems(os.environ)
    words = " ".join(found) or "The settings are fit for production."
    return Finding("settings", ok=not found, words=words)


ALL: tuple[Callable[[], Finding], ...] = (
    configuration,
    database,
    migrations,
    cached,
    broker,
    worker,
    relay,
    disk,
    static_files,
    translations,
    mail,
    chain,
)
TO_SERVE: tuple[Callable[[], Finding], ...] = (database, migrations, cached, broker, disk)


def examine(questions: Iterable[Callable[[], Finding]] = ALL) -> list[Finding]:
    """Ask each question in turn."""
    return [question() for question in questions]


def needed_to_serve() -> list[Finding]:
    """What must hold for this process to take requests."""
    return examine(TO_SERVE)
