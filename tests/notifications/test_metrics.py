import pytest
from prometheus_client import generate_latest

from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db


def test_prometheus_is_told_what_the_post_owes() -> None:
    MessageFactory.create_batch(2)
    MessageFactory(failed=True)

    told = generate_latest().decode()

    assert 'portal_emails{state="pending"} 2.0' in told
    assert 'portal_emails{state="failed"} 1.0' in told
    assert "portal_email_oldest_pending_seconds" in told
