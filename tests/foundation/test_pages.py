"""Doors, and answers to whole pages and to htmx."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django_htmx.middleware import HtmxDetails

from foundation import htmx
from foundation.guards import requires
from foundation.verdicts import ALLOWED, Verdict, refused


@pytest.fixture
def page(monkeypatch):
    names = []

    def drawn(request, name, context, status):
        names.append(name)
        return HttpResponse(status=status)

    monkeypatch.setattr(htmx, "render_page", drawn)
    return names


def asked_by_htmx(rf, **headers):
    request = rf.get("/", headers={"HX-Request": "true", **headers})
    request.htmx = HtmxDetails(request)
    return request


def test_the_whole_page_is_drawn_without_htmx(rf, page):
    answer = htmx.render(rf.get("/"), "a.html", {}, partial="rows", status=422)

    assert (page, answer.status_code, answer["Vary"]) == (["a.html"], 422, "HX-Request")


def test_htmx_gets_its_piece(rf, page):
    htmx.render(asked_by_htmx(rf), "a.html", partial="rows")
    htmx.render(asked_by_htmx(rf), "a.html")

    assert page == ["a.html#rows", "a.html"]


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_htmx_that_wants_a_whole_page_gets_it(rf, page, header):
    htmx.render(asked_by_htmx(rf, **{header: "true"}), "a.html", partial="rows")

    assert page == ["a.html"]


def test_after_an_act_people_are_sent_on(rf):
    assert (
        htmx.redirect(rf.get("/"), "/x/").status_code,
        htmx.redirect(rf.get("/"), "/x/").url,
    ) == (303, "/x/")

    answer = htmx.redirect(asked_by_htmx(rf), "/x/")
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/x/")


def test_a_door_opens_for_those_it_is_for_and_says_why_not(rf):
    def is_officer(user):
        return ALLOWED if user == "officer" else refused("Only officers come in here.")

    @requires(is_officer)
    def view(request, number):
        return number

    request = rf.get("/")
    request.user = "officer"
    assert view(request, 5) == 5
    assert view.guarded_by is is_officer

    request.user = "guest"
    with pytest.raises(PermissionDenied, match="Only officers"):
        view(request, 5)


def test_a_verdict_is_true_where_it_allows():
    assert ALLOWED
    assert not Verdict(allowed=False)
    assert refused("No").reason == "No"
