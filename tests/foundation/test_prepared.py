"""A kept query answers as its queryset does, whoever asks and however often."""

import datetime as dt

import pytest
from django.db.models import F, QuerySet

from accounts.models import Agency, EnterpriseMembership, StaffMembership, User
from assistance.models import Case, Need
from foundation.prepared import Prepared, PreparedEach
from tests.factories.accounts import EnterpriseMembershipFactory, UserFactory
from tests.factories.assistance import CaseFactory, NeedFactory

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_queryset_with_what_belongs_to_them():
    cases = [CaseFactory(), CaseFactory()]
    of_case = Prepared(
        lambda case: (
            Need.objects.filter(case_id=case)
            .select_related("agency", "officer")
            .annotate(number=F("system__number"))
            .order_by("pk")
        )
    )
    for case in cases:
        NeedFactory(case=case, offered=True)
        NeedFactory(case=case, agency=None)

    for case in cases:
        kept = of_case(case.pk)
        fresh = list(Need.objects.filter(case=case).select_related("agency").order_by("pk"))
        assert kept == fresh
        assert [need.number for need in kept] == [need.system.number for need in fresh]
        assert [need.agency for need in kept] == [need.agency for need in fresh]
        assert [need.created_at for need in kept] == [need.created_at for need in fresh]


def test_the_second_time_asks_with_other_values_and_composes_nothing(django_assert_num_queries):
    built = []

    def build(email: str) -> QuerySet[User]:
        built.append(email)
        return User.objects.filter(email=email)

    by_email = Prepared(build)
    people = [UserFactory(), UserFactory()]

    with django_assert_num_queries(3):
        found = [by_email.first(person.email) for person in people]
        nobody = by_email.first("nobody@example.com")

    assert found == people
    assert nobody is None
    assert len(built) == 1


def test_a_list_is_one_value_however_long_and_may_be_empty():
    by_ids = Prepared(lambda ids: User.objects.filter(pk__in=ids).order_by("pk"))
    people = [UserFactory() for _ in range(3)]

    assert by_ids([people[0].pk]) == people[:1]
    assert by_ids({person.pk for person in people}) == people
    assert by_ids([]) == []


def test_days_and_many_columns_and_unions_may_be_kept():
    membership = EnterpriseMembershipFactory()

    @Prepared
    def held(user_id, today):
        works = StaffMembership.objects.in_force(today).filter(user_id=user_id)
        belongs = EnterpriseMembership.objects.filter(user_id=user_id)
        return (
            belongs.order_by()
            .values_list("enterprise_id", "role")
            .union(works.order_by().values_list("agency_id", "role"), all=True)
        )

    assert held(membership.user_id, dt.date(2026, 8, 7)) == [
        (membership.enterprise_id, membership.role)
    ]


def test_deferred_columns_and_prefetched_rows_come_as_asked(django_assert_num_queries):
    case = CaseFactory()
    need = NeedFactory(case=case)
    light = Prepared(lambda pk: Case.objects.filter(pk=pk).only("reference"))
    whole = Prepared(lambda pk: Case.objects.filter(pk=pk).prefetch_related("needs"))

    (found,) = light(case.pk)
    assert "subject" in found.get_deferred_fields()
    assert found.reference == case.reference
    with django_assert_num_queries(2):
        assert list(whole(case.pk)[0].needs.all()) == [need]


def test_what_decides_on_the_query_goes_by_name():
    one, other = CaseFactory(), CaseFactory()

    def build(pks: list[int], *, newest_first: bool) -> QuerySet[Case]:
        return Case.objects.filter(pk__in=pks).order_by("-pk" if newest_first else "pk")

    cases = Prepared(build)
    assert cases([one.pk, other.pk], newest_first=False) == [one, other]
    assert cases([one.pk, other.pk], newest_first=True) == [other, one]


def test_a_query_that_can_find_nothing_asks_nothing(django_assert_num_queries):
    nothing = Prepared(lambda pk: Case.objects.none().filter(pk=pk))

    with django_assert_num_queries(0):
        assert nothing(1) == []


def test_a_value_that_would_be_lost_is_refused_when_composing():
    changed = Prepared(lambda name: Agency.objects.filter(code__contains=name))
    left_out = Prepared(lambda pk: Agency.objects.all())
    spared = Prepared(lambda pk: Agency.objects.filter(code="nowhere"), may_spare=True)

    with pytest.raises(ValueError, match="every value"):
        changed("x")
    with pytest.raises(ValueError, match="every value"):
        left_out(1)
    assert spared(1) == []


def test_none_is_no_value():
    by_agency = Prepared(lambda pk: Need.objects.filter(agency_id=pk))

    with pytest.raises(ValueError, match="None"):
        by_agency(None)


def test_a_list_fits_only_a_lookup_in():
    equal = Prepared(lambda ids: User.objects.filter(pk=ids[0]))

    with pytest.raises(ValueError, match="lookup"):
        equal([1, 2])


def test_lists_of_one_kind_are_composed_once_for_each_key(django_assert_num_queries):
    names: PreparedEach[tuple[str]] = PreparedEach()
    people, built = [UserFactory(), UserFactory()], []

    def of(person):
        built.append(person.pk)
        return User.objects.filter(pk=person.pk).values_list("name")

    with django_assert_num_queries(4):
        found = [names(person.pk, lambda p=person: of(p)) for person in people * 2]

    assert found == [[(person.name,)] for person in people * 2]
    assert built == [person.pk for person in people]
    assert names("nobody", User.objects.none) == []


def test_what_several_rows_belong_to_is_read_once_and_may_be_missing(django_assert_num_queries):
    case = CaseFactory()
    given = [NeedFactory(case=case, offered=True), NeedFactory(case=case, agency=None)]
    of_case = Prepared(
        lambda pk: (
            Need.objects.filter(case_id=pk)
            .select_related("case__routing_outcome", "agency")
            .order_by("pk")
        )
    )

    with django_assert_num_queries(1):
        one, other = of_case(case.pk)
        assert one.case is other.case
        assert one.case.reference == case.reference
        assert not hasattr(one.case, "routing_outcome")
        assert [one.agency, other.agency] == [given[0].agency, None]
    assert not one._state.adding
    assert one._state.db == "default"
    one.summary = "changed"
    one.save(update_fields=["summary"])
    assert Need.objects.get(pk=one.pk).summary == "changed"


def test_a_list_kept_for_a_key_holds_plain_columns():
    whole: PreparedEach[User] = PreparedEach()

    with pytest.raises(ValueError, match="plain columns"):
        whole("all", User.objects.all)
