"""Trying an act from a page: which answer the page gives, and where a refusal is said."""

import pytest
from django import forms

from foundation.acting import tried
from foundation.errors import DomainError


class NameForm(forms.Form):
    name = forms.CharField()


def refused():
    raise DomainError("Not today.")


def test_a_page_that_is_only_shown_tries_nothing():
    assert tried(NameForm(), refused) == 200


def test_what_was_typed_wrong_is_not_tried():
    assert tried(NameForm({}), refused) == 422


def test_what_is_done_leads_on():
    assert tried(NameForm({"name": "x"}), lambda: None) == 303


@pytest.mark.parametrize(("field", "place"), [(None, "__all__"), ("name", "name")])
def test_a_refusal_stands_in_the_form(field, place):
    form = NameForm({"name": "x"})

    assert tried(form, refused, refused_at=field) == 409
    assert form.errors[place] == ["Not today."]
