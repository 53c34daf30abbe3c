"""Production refuses to start half configured, and says all that is missing at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from sme_portal.settings import fitness

FIT = {
    "SECRET_KEY": "a-long-and-quite-random-word-0123456789-ABCDEFGHIJKLMNOP-xyz",
    "DATABASE_URL": "postgres://portal:secret@db.example/portal",
    "REDIS_URL": "redis://:secret@broker.example/0",
    "ALLOWED_HOSTS": "sme.example",
    "PORTAL_ORIGIN": "https://sme.example",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.example:587",
    "DEFAULT_FROM_EMAIL": "portal@sme.example",
}


def start(environment: dict[str, str], code: str = "import django; django.setup()") -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "sme_portal.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr + done.stdout


def test_a_complete_environment_is_fit() -> None:
    assert fitness.problems(FIT) == []


@pytest.mark.parametrize("name", sorted(fitness.REQUIRED))
def test_each_missing_variable_is_named(name: str) -> None:
    missing = {key: value for key, value in FIT.items() if key != name}

    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set"):
        fitness.refuse_to_start_unfit(missing)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SECRET_KEY": "development-only-key-that-production-refuses"}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"DEBUG": "TRUE"}, "DEBUG is on"),
        ({"DATABASE_URL": "sqlite:///portal.db"}, "not a PostgreSQL address"),
        ({"PORTAL_ORIGIN": "http://sme.example"}, "https://"),
        ({"ALLOWED_HOSTS": "*"}, "every host"),
        ({"DEMO_PASSWORD": "demo"}, "DEMO_PASSWORD"),
    ],
)
def test_what_is_unsafe_is_refused_in_words(change: dict[str, str], words: str) -> None:
    assert any(words in problem for problem in fitness.problems({**FIT, **change}))


def test_production_with_nothing_set_names_everything_and_does_not_start() -> None:
    said = start({})

    assert "Production cannot start" in said
    assert all(f"{name} is not set" in said for name in fitness.REQUIRED)


def test_production_with_everything_set_starts_closed() -> None:
    said = start(
        FIT,
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "print(s.DEBUG, s.PORTAL_DEMO, s.PORTAL_STAFF_MFA_REQUIRED, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.EMBEDDED_DATABASE,"
        " s.EMBEDDED_BROKER, s.EMAIL_HOST, 'Argon2' in s.PASSWORD_HASHERS[0])",
    )

    assert said.strip() == (
        "False False True True True True 31536000 False False mail.example True"
    )


def test_djangos_own_deployment_check_is_content() -> None:
    said = start(
        FIT,
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('check', '--deploy', '--fail-level', 'WARNING')",
    )

    assert "no issues" in said, said


def test_the_example_file_names_every_required_variable() -> None:
    example = (Path(settings.BASE_DIR) / ".env.example").read_text()

    assert [name for name in fitness.REQUIRED if f"#{name}=" not in example] == []


def test_every_page_forbids_inline_scripts_styles_and_frames() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    said = " ".join(source for sources in directives.values() for source in map(str, sources))

    assert "unsafe" not in said
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["default-src"] == ["'none'"]
