"""Error pages: calm words, the way on, and the number under which we find it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from sme_portal.views import errors

pytestmark = pytest.mark.django_db


def test_an_address_that_does_not_exist_answers_in_the_language_of_the_page(
    client: Client,
) -> None:
    chinese, english = client.get("/nowhere/"), client.get("/en/nowhere/")

    assert chinese.status_code == english.status_code == 404
    assert "We cannot find that page" in english.content.decode()
    assert "We cannot find that page" not in chinese.content.decode()


def test_the_address_of_a_form_says_so_where_it_is_opened(client: Client) -> None:
    answer = client.get("/en/request/begin/")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "This page opens only from its form" in answer.content.decode()


def test_a_refusal_gives_its_reason(rf: RequestFactory) -> None:
    answer = errors.permission_denied(rf.get("/"), PermissionDenied("Only for <officers>."))

    assert answer.status_code == 403
    assert "Only for &lt;officers&gt;." in answer.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [(errors.bad_request, 400), (errors.too_many_requests, 429)],
)
def test_other_refusals_have_their_page(rf: RequestFactory, view: object, status: int) -> None:
    assert callable(view)
    assert view(rf.get("/")).status_code == status


@pytest.mark.parametrize(
    ("view", "status"), [(errors.server_error, 500), (errors.unavailable, 503)]
)
def test_a_failure_of_ours_needs_nothing_that_may_have_failed(
    rf: RequestFactory, view: object, status: int, django_assert_num_queries: object
) -> None:
    request = rf.get("/")
    request.id = "0123abcd"  # type: ignore[attr-defined]
    assert callable(view)
    assert callable(django_assert_num_queries)

    with django_assert_num_queries(0):
        answer = view(request)

    words = answer.content.decode()
    assert answer.status_code == status
    assert 'lang="zh-Hant-TW"' in words
    assert 'lang="en"' in words
    assert "0123abcd" in words


def test_a_stale_form_is_told_in_plain_words(rf: RequestFactory) -> None:
    answer = errors.csrf_failure(rf.post("/en/"), "CSRF token missing")

    assert answer.status_code == 403
    assert "CSRF token missing" not in answer.content.decode()
