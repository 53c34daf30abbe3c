"""What the log says of an address."""

import pytest
import structlog
from django.conf import settings

from foundation.log_secrets import leave_out_secrets, without_secrets

TOKEN = "r7Xp2Qk9Lw0aBcDeFgHiJkLmNoPqRsTu"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (f"GET /news/subscriptions/{TOKEN}/", "GET /news/subscriptions/…/"),
        (f"POST /en/referral/{TOKEN}/answer/", "POST /en/referral/…/answer/"),
        ("GET /request/resume/eyJkIjo0Mn0:1tXyZa:abcDEF/", "GET /request/resume/…/"),
        ("GET /key/3-cvx2-0a1b2c3d4e5f60718293a4b5c6d7e8f9/", "GET /key/…/"),
        ("GET /desk/A115-08-00417/", "GET /desk/A115-08-00417/"),
        ("GET /qa/how-may-a-bid-bond-be-paid/", "GET /qa/how-may-a-bid-bond-be-paid/"),
        (
            "GET /network/organisations/90c1206f-163a-5fee-b6da-127fc8e9a42a/",
            "GET /network/organisations/90c1206f-163a-5fee-b6da-127fc8e9a42a/",
        ),
        ("GET /", "GET /"),
    ],
)
def test_only_secrets_are_left_out(asked, said):
    assert without_secrets(asked) == said


@pytest.mark.parametrize("name", ["request", "event"])
def test_neither_the_portal_nor_django_says_one(name):
    said = leave_out_secrets(None, "", {name: f"Not Found: /news/subscriptions/{TOKEN}/"})

    assert said == {name: "Not Found: /news/subscriptions/…/"}


def test_every_line_goes_through_it():
    assert leave_out_secrets in structlog.get_config()["processors"]
    for formatter in settings.LOGGING["formatters"].values():
        assert leave_out_secrets in formatter["foreign_pre_chain"]
