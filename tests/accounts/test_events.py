import pytest

from accounts.events import (
    AccountEvent,
    EnterpriseEvent,
    InvitationEvent,
    MembershipEvent,
    StaffEvent,
)
from ledger.timeline import registered_events

EVENTS = [*AccountEvent, *EnterpriseEvent, *InvitationEvent, *MembershipEvent, *StaffEvent]


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_a_sentence(event):
    assert str(event) in registered_events()


def test_names_of_events_are_unique_and_lasting():
    names = [str(event) for event in EVENTS]

    assert len(set(names)) == len(names)
    assert all(name.startswith("accounts.") for name in names)
