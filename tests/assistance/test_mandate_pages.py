"""The pages of filing for an enterprise: the filer's, hers, and those behind a link by e-mail."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assistance.models import Case, Mandate, MandateLink
from assistance.states import MandateState
from notifications.models import Message
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import EnterpriseFactory, UserFactory
from tests.factories.assistance import (
    CoordinatorFactory,
    today,
)
from tests.factories.mandates import SAID, MandatedRequestFactory, MandateFactory

pytestmark = pytest.mark.django_db
HERS = "owner@firm.example"
STATED = {
    "capacity": "accountant",
    "firm": "示範會計師事務所",
    "business_number": "04595257",
    "enterprise_name": "示範木業",
    "principal_name": "林雅雯",
    "principal_email": HERS,
    "principal_phone": "0900-000-001",
    "language": "zh-hant",
    "given_on": "115/01/05",
    "given_how": "paper",
    "may_read": "on",
    "is_standing": "on",
}
ALLOWED = {
    "description": "她改過的說明。",
    "contact_name": "林雅雯",
    "may_read": "on",
    "agreed": "on",
}


@pytest.fixture(autouse=True)
def _catalogue(two_systems):
    """A catalogue to ask in."""


@pytest.fixture
def filer():
    return UserFactory(name="王會計", verified=True)


@pytest.fixture
def owner():
    return UserFactory(name="林雅雯", verified=True)


@pytest.fixture
def firm(owner):
    return EnterpriseFactory(owner=owner, name_zh="真正的木業")


@pytest.fixture
def case(filer, firm, owner):
    """A case filed for the firm; the mandate lets the filer read and write."""
    filed = MandatedRequestFactory(
        filed=True,
        mandate__filer=filer,
        mandate__enterprise=firm,
        mandate__may_write=True,
        mandate__is_standing=True,
        mandate__confirmed_by=owner,
        case__enterprise=firm,
        case__applicant=owner,
        case__in_progress=True,
        case__lead_agency=CoordinatorFactory(),
        case__lead_officer=officer("lead"),
    )
    return filed.case


def _until(days=100) -> str:
    return (today() + dt.timedelta(days=days)).isoformat()


def _given(days=10) -> str:
    return (today() - dt.timedelta(days=days)).isoformat()


def _key(page) -> str:
    return re.search(r'name="idempotency_key" value="([^"]+)"', page.content.decode())[1]


def _state(client, **changed):
    key = _key(client.get(reverse("acting:new")))
    said = STATED | {"given_on": _given(), "valid_to": _until(), "idempotency_key": key}
    return client.post(reverse("acting:new"), said | changed)


def _prepare(client, mandate, **changed):
    path = reverse("acting:request", args=[mandate.pk])
    said = SAID | {"idempotency_key": _key(client.get(path))}
    return client.post(path, said | changed, follow=True)


def _secret(email=HERS) -> str:
    letter = Message.objects.filter(email=email, channel="email").latest("pk")
    return re.search(r"/my/mandates/link/([^/\s]+)/", letter.text).group(1)


def _link(name, secret) -> str:
    return reverse(f"mandates:{name}", args=[secret])


def test_from_the_first_form_to_her_case_by_link(filer):
    client, guest = signed_in(filer), Client()

    assert _state(client).status_code == 303
    mandate = Mandate.objects.get()
    page = _prepare(client, mandate)
    assert "您的申請等著送出" in page.content.decode()

    secret = _secret()
    page = guest.get(_link("link", secret)).content.decode()
    assert SAID["description"] in page
    assert "示範會計師事務所" in page
    assert MandateLink.objects.get().used_at is None

    done = guest.post(_link("link_confirm", secret), ALLOWED | {"valid_to": _until()})
    case = Case.objects.get()
    assert case.reference in done.content.decode()
    assert case.description == ALLOWED["description"]

    assert guest.get(_link("link", secret)).status_code == 404
    again = guest.post(_link("link_confirm", secret), ALLOWED | {"valid_to": _until()})
    assert again.status_code == 409

    page = client.get(reverse("acting:detail", args=[case.reference])).content.decode()
    assert case.description in page
    withdrawal = guest.get(_link("link", _secret())).content.decode()
    assert "撤回委任" in withdrawal
    assert guest.post(_link("link_withdraw", _secret())).status_code == 200
    assert client.get(reverse("acting:detail", args=[case.reference])).status_code == 404


def test_refused_by_link_nothing_is_sent(filer):
    client = signed_in(filer)
    _state(client)
    _prepare(client, Mandate.objects.get())
    secret = _secret()

    assert Client().post(_link("link_refuse", secret)).status_code == 200

    assert not Case.objects.exists()
    page = client.get(reverse("acting:mandate", args=[Mandate.objects.get().pk]))
    assert "企業已拒絕" in page.content.decode()


def test_the_mandate_alone_is_asked_for_and_sent_again(filer):
    client = signed_in(filer)
    _state(client)
    mandate = Mandate.objects.get()

    for _ in range(2):
        path = reverse("acting:ask", args=[mandate.pk])
        assert client.post(path).status_code == 303

    page = Client().get(_link("link", _secret())).content.decode()
    assert "準備送出的申請" not in page
    assert MandateLink.objects.filter(used_at=None).count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"business_number": "04595258"}, "business_number"),
        ({"business_number": "九九"}, "business_number"),
        ({"capacity": "king"}, "capacity"),
        ({"enterprise_name": ""}, "enterprise_name"),
        ({"enterprise_name": "x" * 121}, "enterprise_name"),
        ({"principal_name": "\u3164"}, "principal_name"),
        ({"principal_name": "a\x00b"}, "principal_name"),
        ({"principal_email": "nobody"}, "principal_email"),
        ({"given_on": "3026-01-01"}, "given_on"),
        ({"given_on": "115/13/40"}, "given_on"),
        ({"given_on": "2001-01-01"}, "given_on"),
        ({"given_how": "telepathy"}, "given_how"),
        ({"valid_to": "2020-01-01"}, "valid_to"),
        ({"valid_to": "2999-01-01"}, "valid_to"),
        ({"systems": ["magic"]}, "systems"),
        ({"may_read": "", "may_write": "on"}, "may_write"),
        ({"language": "fr"}, "language"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_stays(filer, wrong, where):
    client = signed_in(filer)

    answer = _state(client, **wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{where}-error' in page or f'href="#id_{where}' in page
    assert "示範會計師事務所" in page
    assert not Mandate.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"description": ""}, {"description": "x" * 4001}, {"systems": ["magic"]}, {"county": "mars"}],
)
def test_a_request_that_is_wrong_is_not_sent(filer, wrong):
    client = signed_in(filer)
    _state(client)

    assert _prepare(client, Mandate.objects.get(), **wrong).status_code == 422

    assert Mandate.objects.get().state == MandateState.PREPARED


def test_a_limited_mandate_offers_only_what_it_covers(filer):
    client = signed_in(filer)
    _state(client, systems=["financing"])

    page = client.get(reverse("acting:request", args=[Mandate.objects.get().pk]))
    assert "市場行銷" not in page.content.decode()
    assert _prepare(client, Mandate.objects.get()).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"agreed": ""},
        {"contact_name": ""},
        {"description": ""},
        {"valid_to": "2020-01-01"},
        {"may_read": "", "may_write": "on"},
        {"contact_name": "x" * 61},
    ],
)
def test_a_confirmation_that_is_wrong_uses_the_link_not_up(filer, wrong):
    client, guest = signed_in(filer), Client()
    _state(client)
    _prepare(client, Mandate.objects.get())
    secret = _secret()

    answer = guest.post(_link("link_confirm", secret), ALLOWED | {"valid_to": _until()} | wrong)

    assert answer.status_code == 422
    assert guest.get(_link("link", secret)).status_code == 200
    assert not Case.objects.exists()


@pytest.mark.parametrize("page", ["filer_list", "filer_page", "principal_list"])
def test_lists_ask_as_often_for_many_as_for_few(filer, firm, owner, page):
    mandate = MandateFactory(filer=filer, enterprise=firm, confirmed=True)
    MandateFactory.create_batch(3, filer=filer, enterprise=firm, withdrawn=True)
    MandatedRequestFactory(filed=True, mandate=mandate)
    paths = {
        "filer_list": (filer, reverse("acting:list")),
        "filer_page": (filer, reverse("acting:mandate", args=[mandate.pk])),
        "principal_list": (owner, reverse("mandates:list")),
    }
    user, path = paths[page]
    client = signed_in(user)

    few = _asked(client, path)
    MandateFactory.create_batch(30, filer=filer, enterprise=firm, withdrawn=True)
    for _ in range(20):
        MandatedRequestFactory(filed=True, mandate=mandate)

    assert _asked(client, path) == few <= 12


def _asked(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len([one for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]])
