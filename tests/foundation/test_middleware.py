import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpResponse
from django.test import RequestFactory

from foundation.errors import DomainError
from foundation.middleware import UsableInputMiddleware
from foundation.text import TextNotAllowedError

middleware = UsableInputMiddleware(lambda request: HttpResponse("fine"))


def test_usual_requests_pass():
    assert middleware(RequestFactory().get("/協助/", {"q": "臺北 café 𠮷"})).content == b"fine"


@pytest.mark.parametrize(
    "address",
    ["/a%00b/", "/?q=%00", "/?q=a%00", "/?%00=1", "/?q=" + "a" * 9_000],
)
def test_an_address_that_no_page_can_use_is_a_bad_request(address):
    with pytest.raises(BadRequest):
        middleware(RequestFactory().get(address))


@pytest.mark.parametrize("query", ["q=%FF%FE", "q=%ED%A0%80", "%", "q=%", "&&&=", "q=%F0%9F"])
def test_broken_encodings_are_answered(query):
    try:
        answer = middleware(RequestFactory().get("/", QUERY_STRING=query))
    except BadRequest:
        return
    assert answer.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["99999999999", str(65 * 1024 * 1024)])
def test_a_body_that_is_too_large_is_refused_before_it_is_read(client, length):
    answer = client.post("/language/", CONTENT_LENGTH=length)

    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["", "abc", "-5", "９"])
def test_a_senseless_length_is_not_a_failure(length):
    assert middleware(RequestFactory().get("/", CONTENT_LENGTH=length)).status_code == 200


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (DataError("value out of range"), 400),
        (TextNotAllowedError(), 400),
        (ValueError("A string literal cannot contain NUL (0x00) characters."), 400),
        (DomainError("Somebody was faster"), 409),
    ],
)
@pytest.mark.django_db
def test_what_a_view_let_pass_becomes_a_plain_answer(failure, status, rf_with_user):
    answer = middleware.process_exception(rf_with_user, failure)

    assert answer.status_code == status
    assert str(getattr(failure, "message", "")) in answer.content.decode() or status == 400


def test_cookies_that_nobody_was_given_are_dropped():
    request = RequestFactory().get("/", headers={"Cookie": 'sessionid="\\000x"; good=1'})

    middleware(request)

    assert request.COOKIES == {"good": "1"}


def test_other_failures_are_left_to_be_failures(rf):
    assert middleware.process_exception(rf.get("/"), ValueError()) is None


@pytest.fixture
def rf_with_user(rf, client):
    request = rf.get("/")
    request.user = AnonymousUser()
    request.session = client.session
    return request


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/?q=%00", "/en/?q=%00", "/%00", "/?q=" + "a" * 9_000])
def test_the_portal_answers_unusable_addresses_with_its_own_page(client, address):
    answer = client.get(address)

    assert answer.status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cookie", ['sessionid="\\000x"', 'csrftoken="\\000"', 'portal_language="\\000"']
)
def test_the_portal_answers_whatever_the_cookies(client, cookie):
    for address in ("/", "/account/"):
        assert client.get(address, headers={"Cookie": cookie}).status_code < 500
