"""Addresses are composed once and are those Django composes."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from foundation.addresses import address
from foundation.templatetags import addresses

CASE = "A115-08-00417"


@pytest.fixture(autouse=True)
def nothing_kept():
    addresses._addresses.clear()


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_an_address_is_that_of_its_language_however_often(language):
    template = Template("{% url 'desk:case' case %} {% url name %}")
    wanted = Context({"case": CASE, "name": "home"})

    for _ in range(2):
        with override(language):
            plain = f"{reverse('desk:case', args=[CASE])} {reverse('home')}"
            assert template.render(wanted) == plain


def test_one_argument_is_not_another():
    template = Template("{% url 'desk:case' case %}")

    drawn = [template.render(Context({"case": f"A115-08-0000{n}"})) for n in range(3)]

    assert len(set(drawn)) == 3


def test_an_unknown_name_is_refused_and_not_kept():
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            Template("{% url 'nowhere:at-all' %}").render(Context())
    assert addresses._addresses == {}


def test_an_address_may_be_put_aside_or_be_missing():
    template = Template("{% url 'home' as here %}{% url 'nowhere' as gone %}{{ here }}|{{ gone }}")

    assert template.render(Context()) == f"{reverse('home')}|"


def test_no_process_keeps_more_than_its_share(monkeypatch):
    monkeypatch.setattr(addresses, "KEPT_ADDRESSES", 3)
    template = Template("{% url 'desk:case' case %}")
    for number in range(10):
        template.render(Context({"case": f"A115-08-{number:05d}"}))

    assert len(addresses._addresses) <= 3


def test_an_address_taken_into_a_name_is_written_raw_and_may_be_missing():
    template = Template("{% url name as link %}[{{ link }}]")

    for _ in range(2):
        assert template.render(Context({"name": "home"})) == f"[{reverse('home')}]"
        assert template.render(Context({"name": "nowhere:at-all"})) == "[]"


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_views_compose_an_address_once_too(language):
    with override(language):
        for _ in range(2):
            assert address("desk:case", CASE) == reverse("desk:case", args=[CASE])
            assert address("home") == reverse("home")
            with pytest.raises(NoReverseMatch):
                address("nowhere:at-all")
