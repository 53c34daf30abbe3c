import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from ledger.models import DeliveryState, Entry
from tests.factories.accounts import UserFactory
from tests.factories.ledger import DeliveryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    """Somebody who may look at the ledger and nothing else."""
    user = UserFactory(is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_entry", "view_delivery"])
    )
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


DELIVERIES = reverse("admin:ledger_delivery_changelist")


@pytest.mark.slow
@pytest.mark.usefixtures("administrator")
def test_administrators_read_the_ledger_and_change_nothing(client):
    delivery = DeliveryFactory()
    entry = reverse("admin:ledger_entry_change", args=[delivery.entry_id])

    assert client.get(reverse("admin:ledger_entry_changelist")).status_code == 200
    assert client.get(DELIVERIES).status_code == 200
    assert client.get(entry).status_code == 200
    assert client.post(entry, {"event": "x"}).status_code == 403
    assert client.get(reverse("admin:ledger_entry_add")).status_code == 403
    assert (
        client.post(reverse("admin:ledger_entry_delete", args=[delivery.entry_id])).status_code
        == 403
    )
    assert Entry.objects.get(pk=delivery.entry_id).event == delivery.entry.event


def test_an_administrator_puts_back_what_was_given_up(client, administrator):
    dead, pending = DeliveryFactory(given_up=True), DeliveryFactory(attempts=3)

    answer = client.post(
        DELIVERIES, {"action": "try_again", "_selected_action": [dead.pk, pending.pk]}
    )

    assert answer.status_code == 302
    dead.refresh_from_db()
    pending.refresh_from_db()
    assert (dead.state, dead.attempts, pending.attempts) == (DeliveryState.PENDING, 0, 3)
    assert Entry.objects.get(event="ledger.delivery.retried").actor_id == administrator.pk


@pytest.mark.usefixtures("reader")
def test_a_reader_cannot_put_anything_back(client):
    dead = DeliveryFactory(given_up=True)

    client.post(DELIVERIES, {"action": "try_again", "_selected_action": [dead.pk]})

    dead.refresh_from_db()
    assert dead.state == DeliveryState.DEAD
