"""Cache and broker are disposable: while they are away a request goes out all the same."""

import pytest
from django.test import override_settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from assistance.models import Case
from tests.assistance import asking as ask
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

NOBODY_LISTENS = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
        "OPTIONS": {"socket_connect_timeout": 1, "retry": Retry(NoBackoff(), 0)},
    }
}


def test_a_guest_asks_and_sees_the_number(client):
    ask.catalogue()

    with override_settings(CACHES=NOBODY_LISTENS):
        response = ask.ask_as_guest(client)
        page = client.get(response["Location"])

    assert Case.objects.get().reference in page.content.decode()


def test_people_sign_in_and_out(client):
    owner = UserFactory()

    with override_settings(CACHES=NOBODY_LISTENS):
        client.force_login(owner)
        inside = client.get("/my/cases/")
        client.logout()
        outside = client.get("/my/cases/")

    assert inside.status_code == 200
    assert outside.status_code == 302
