"""The technical admin with input that nobody should send: never a failure, nothing saved."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.ledger import DeliveryFactory
from tests.journeys.doors import ADMIN, names
from tests.journeys.visiting import undone, visit
from tests.journeys.world import make_world
from tests.security.hostile import HOSTILE, encoded, quoted, rotated

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(300)]

PARAMETERS = (
    "q", "p", "o", "e", "all", "_facets", "_popup", "_to_field", "event", "event__exact",
    "state__exact", "subscriber__exact", "id__exact", "pk__in", "at__year", "password",
    "user__password__startswith", "app_label", "model_name", "field_name", "term", "no_such__field",
)  # fmt: skip
PAGES = ("-1", "0", "9" * 40, "x", "%EF%BC%91", "")
FIELDS = (
    "action", "_selected_action", "select_across", "index", "name", "email", "user", "event",
    "subject_label", "facts", "attempts", "state", "permissions", "data", "type", "verified",
    "primary", "old_password", "new_password1", "new_password2", "post", "_save", "next",
)  # fmt: skip
LISTS_WITH_FILTERS = {
    reverse("admin:ledger_entry_changelist"),
    reverse("admin:ledger_delivery_changelist"),
    reverse("admin:account_emailaddress_changelist"),
}
OF_A_ROW = ("_change", "_delete", "_history")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def chief() -> Client:
    """Somebody who may open every room of the admin, in a world with a row in most of them."""
    make_world()
    DeliveryFactory(given_up=True)
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("chief@tests.example", "x"))
    return client


def rooms() -> list[str]:
    """The address of every page of the admin, each with a row that is there."""
    first = {
        f"{model._meta.app_label}_{model._meta.model_name}": model._default_manager.first()
        for model in admin.site._registry
    }
    found = []
    for name in sorted(one for one in names() if one.startswith(ADMIN)):
        room = name.removeprefix(ADMIN)
        if room == "app_list":
            found.append(reverse(name, args=["ledger"]))
        elif room == "view_on_site":
            found.append(reverse(name, args=[1, 1]))
        elif room.endswith(OF_A_ROW) and room != "password_change":
            row = first[room.rpartition("_")[0]]
            found.append(reverse(name, args=[row.pk if row else 1]))
        elif room != "logout":
            found.append(reverse(name))
    return found


def failures(answer: Any, told: str) -> list[str]:
    if answer.status_code < 500:
        return []
    return [f"{told}: {answer.status_code} {answer.exc_info}"]


def test_no_address_makes_the_admin_fail(chief: Client) -> None:
    wrong, huge = [], quoted(HOSTILE["huge number"])

    for path in rooms():
        queries = [encoded(rotated(PARAMETERS, turn, 400)) for turn in range(2)]
        if path in LISTS_WITH_FILTERS:
            queries += [f"{name}={huge}" for name in PARAMETERS]
            queries += [f"p={page}" for page in PAGES]
        for query in queries:
            wrong += failures(visit(chief, "GET", f"{path}?{query}"), f"{path}?{query[:60]}")

    assert not wrong, "\n".join(wrong)


def test_no_row_that_never_was_makes_the_admin_fail(chief: Client) -> None:
    wrong = []

    for model in admin.site._registry:
        room = reverse(f"{ADMIN}{model._meta.app_label}_{model._meta.model_name}_changelist")
        for what, value in HOSTILE.items():
            path = f"{room}{quoted(value[:300])}/change/"
            wrong += failures(visit(chief, "GET", path), f"{room} {what}")

    assert not wrong, "\n".join(wrong)


def test_no_form_makes_the_admin_fail_or_writes_anything(chief: Client) -> None:
    wrong = []

    for path in rooms():
        for turn in range(2):
            body = encoded(rotated(FIELDS, turn)).encode()
            with undone(chief):
                before = _all_rows()
                answer = chief.post(path, body, content_type="application/x-www-form-urlencoded")
                wrong += failures(answer, f"POST {path} {turn}")
                if answer.status_code < 500 and _all_rows() != before:
                    wrong.append(f"POST {path} {turn}: rows came or went")

    assert not wrong, "\n".join(wrong)


def _all_rows() -> dict[str, int]:
    """How many rows each room of the admin holds; the ledger is one of them."""
    return {model._meta.label: model._default_manager.count() for model in admin.site._registry}
