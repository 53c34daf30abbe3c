"""The size class on the staff page of a case: with its reasons, as of the day of asking."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from assistance.views.casework.size import size_of
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import EnterpriseFactory, SizeThresholdFactory
from tests.factories.assistance import CaseFactory

pytestmark = pytest.mark.django_db


def _page(case, prefix: str = ""):
    return signed_in(officer()).get(prefix + reverse("desk:case", args=[case.reference]))


@pytest.mark.parametrize(("prefix", "word"), [("", "中小企業"), ("/en", "Small or medium")])
def test_the_class_stands_with_its_reasons(prefix, word):
    SizeThresholdFactory()
    case = CaseFactory(of_enterprise=True)

    page = _page(case, prefix)

    assert page.context["size"]["code"] == "sme"
    assert word in page.content.decode()
    assert "5,000,000" in page.content.decode()


def test_what_is_unknown_is_a_question_to_ask():
    SizeThresholdFactory()
    firm = EnterpriseFactory(paid_in_capital=None, regular_staff=None)
    case = CaseFactory(of_enterprise=True, enterprise=firm)

    size = _page(case).context["size"]

    assert size["code"] == "unknown"
    assert len(size["questions"]) == 2


def test_without_an_enterprise_everything_is_to_be_asked():
    SizeThresholdFactory()

    size = _page(CaseFactory()).context["size"]

    assert (size["code"], size["reasons"], len(size["questions"])) == ("unknown", [], 3)


def test_the_limits_are_those_of_the_day_of_asking():
    changed_on = timezone.localdate() - dt.timedelta(days=10)
    SizeThresholdFactory(valid_to=changed_on - dt.timedelta(days=1))
    SizeThresholdFactory(valid_from=changed_on, capital_max=1, staff_max=2, small_scale_staff=1)
    before = timezone.now() - dt.timedelta(days=30)
    old = CaseFactory(of_enterprise=True, submitted_at=before)
    new = CaseFactory(of_enterprise=True)

    assert _page(old).context["size"]["code"] == "sme"
    assert _page(new).context["size"]["code"] == "not_sme"


def test_the_limits_are_read_once_and_not_for_every_page(django_assert_num_queries):
    SizeThresholdFactory()
    case = CaseFactory(of_enterprise=True)
    size_of(case)

    with django_assert_num_queries(0):
        size_of(case)
