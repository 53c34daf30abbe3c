"""Doors for machines, and the doctor's words."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from sme_portal import beats, condition


def test_alive_needs_nothing(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}


@pytest.mark.django_db
def test_ready_names_what_is_looked_at(client: Client, settings: Any) -> None:
    settings.CELERY_BROKER_URL = settings.REDIS_URL

    answer = client.get("/readyz")

    assert answer.headers["Cache-Control"].startswith("max-age=0")
    assert set(answer.json()["checks"]) == {"database", "migrations", "cache", "broker", "disk"}
    assert answer.json()["checks"]["database"] is True
    assert answer.json()["checks"]["migrations"] is True


@pytest.mark.django_db
def test_not_ready_is_503_and_says_which_part(
    client: Client, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(condition, "LEAST_FREE_BYTES", 1 << 60)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["status"] == "not ready"
    assert answer.json()["checks"]["disk"] is False


@pytest.mark.django_db
def test_figures_are_for_those_with_the_token(client: Client, settings: Any) -> None:
    settings.PORTAL_DEMO = False
    settings.METRICS_TOKEN = "a-token"

    assert client.get("/metrics").status_code == 404
    wrong = client.get("/metrics", headers={"Authorization": "Bearer another"})
    right = client.get("/metrics", headers={"Authorization": "Bearer a-token"})

    assert wrong.status_code == 404
    assert right.status_code == 200
    assert b"django_http_requests" in right.content


def test_an_empty_token_opens_nothing(client: Client, settings: Any) -> None:
    settings.PORTAL_DEMO = False
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_crawlers_and_researchers_find_their_files(client: Client) -> None:
    robots = client.get("/robots.txt").content.decode()
    security = client.get("/.well-known/security.txt").content.decode()

    assert "Disallow: /desk/" in robots
    assert "Disallow: /en/my/" in robots
    assert "Contact: mailto:" in security
    assert "Expires: 20" in security


def test_password_keepers_are_sent_to_the_right_page(client: Client) -> None:
    answer = client.get("/.well-known/change-password")

    assert answer.status_code == 302
    assert "password/change" in answer.headers["Location"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff",
        b"[]",
        b'{"csp-report": 7}',
        b"[" * 100_000,
        json.dumps({"csp-report": {"blocked-uri": "x" * 99_999}}).encode(),
        json.dumps({"csp-report": {"blocked-uri": "https://evil.example/a.js"}}).encode(),
    ],
)
def test_reports_of_browsers_never_fail(client: Client, body: bytes) -> None:
    answer = client.post("/csp-report/", body, content_type="application/csp-report")

    assert answer.status_code == 204


def test_the_language_changes_by_post_and_the_page_stays(client: Client) -> None:
    assert client.get("/language/").status_code == 405

    answer = client.post("/language/", {"language": "en", "next": "/"})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/en/"
    assert answer.cookies["portal_language"].value == "en"


def test_the_language_switch_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "https://evil.example/"})

    assert "evil" not in answer.headers.get("Location", "")


def doctor() -> tuple[int, str]:
    said = StringIO()
    try:
        call_command("doctor", stdout=said)
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


@pytest.mark.django_db
def test_the_doctor_says_what_is_missing_and_how_to_get_it() -> None:
    code, said = doctor()

    assert code == 2
    assert "No relay has been seen: start `manage.py relay`" in said
    assert "PostgreSQL 18" in said or "PostgreSQL" in said


@pytest.mark.django_db
def test_the_doctor_counts_a_beat_that_was_seen() -> None:
    beats.mark("relay")
    beats.mark("worker")

    _code, said = doctor()

    assert "The relay was last seen" in said
    assert "The worker was last seen" in said


@pytest.mark.django_db
def test_the_doctor_gives_code_1_when_people_cannot_be_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(condition, "LEAST_FREE_BYTES", 1 << 60)

    code, said = doctor()

    assert code == 1
    assert "FAIL  disk" in said
