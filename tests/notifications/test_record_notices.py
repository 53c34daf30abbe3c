"""A break in the ledger reaches those who look after the portal and those who read its record."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from ledger.models import ChainCheck, Entry
from ledger.services.checking import check_chain
from notifications.models import Message
from notifications.services.announcing import announce
from tests.factories.accounts import StaffMembershipFactory
from tests.factories.ledger import EntryFactory
from tests.ledger.test_sealing import as_superuser

pytestmark = pytest.mark.django_db


def broken():
    entry = EntryFactory()
    check_chain()
    as_superuser("entry", "UPDATE ledger_entry SET event = 'x' WHERE id = %s", entry.pk)
    check_chain()
    return Entry.objects.latest("pk"), entry


def test_administrators_and_auditors_are_told_and_led_to_their_own_page():
    admin, auditor, _duty = (
        StaffMembershipFactory(role=role).user
        for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.DUTY)
    )
    told, bad = broken()

    announce(entry=told)

    mails = {mail.user_id: mail for mail in Message.objects.by_email()}
    assert set(mails) == {admin.pk, auditor.pk}
    assert mails[admin.pk].path == reverse("inbox:deliveries")
    assert mails[auditor.pk].path == reverse("desk:records")
    assert str(bad.pk) in mails[admin.pk].text


def test_the_delivery_page_says_what_the_last_check_found(client):
    client.force_login(StaffMembershipFactory(role=Role.ADMINISTRATOR).user)
    ChainCheck.objects.create(checked=7, head="x")

    page = client.get("/en/manage/delivery/")
    assert "all 7 entries are as they were written" in page.content.decode()

    ChainCheck.objects.create(checked=3, head="x", reason="the entry was changed")
    page = client.get("/en/manage/delivery/")
    assert "The record is not as it was written" in page.content.decode()
