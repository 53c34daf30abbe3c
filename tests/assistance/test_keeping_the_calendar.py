"""The pages on which administrators keep the working days."""

import datetime as dt

import pytest
from django.urls import reverse

from assistance.events import CatalogueEvent
from foundation.models import CalendarDay
from foundation.working_days import forget_calendar, is_working
from ledger.models import Entry

pytestmark = pytest.mark.django_db


def _text(response) -> str:
    return response.content.decode()


class TestCalendar:
    def test_the_days_of_a_year_are_listed(self, admin_client_of_coordinator):
        page = _text(admin_client_of_coordinator.get(reverse("manage:calendar"), {"year": "2026"}))

        assert "115 年" in page
        assert "國慶日" in page

    @pytest.mark.parametrize("year", ["", "0", "9999999", "abc", "²⁰²⁶", "1000"])
    def test_a_strange_year_is_this_one(self, admin_client_of_coordinator, year):
        response = admin_client_of_coordinator.get(reverse("manage:calendar"), {"year": year})

        assert response.status_code == 200

    def test_a_day_is_named_and_unnamed(self, admin_client_of_coordinator):
        day = dt.date(2026, 7, 15)
        typed = {
            "day": "115/07/15",
            "is_working": "no",
            "note_zh": "颱風停班",
            "note_en": "Typhoon",
        }

        named = admin_client_of_coordinator.post(reverse("manage:calendar_name"), typed)
        off = is_working(day)
        unnamed = admin_client_of_coordinator.post(
            reverse("manage:calendar_unname"), {"day": "2026-07-15"}
        )

        assert (named.status_code, unnamed.status_code) == (303, 303)
        assert named["Location"].endswith("?year=2026")
        assert (off, is_working(day)) == (False, True)
        recorded = Entry.objects.filter(event__startswith="assistance.calendar.")
        assert [entry.event for entry in recorded.order_by("pk")] == [
            CatalogueEvent.DAY_NAMED,
            CatalogueEvent.DAY_UNNAMED,
        ]

    def test_a_day_without_a_name_cannot_be_removed(self, admin_client_of_coordinator):
        response = admin_client_of_coordinator.post(
            reverse("manage:calendar_unname"), {"day": "2026-07-15"}
        )

        assert response.status_code == 409

    @pytest.mark.parametrize("day", ["", "115/13/01", "1/1", "2999-01-01", "x" * 500])
    def test_a_day_that_cannot_be_is_refused(self, admin_client_of_coordinator, day):
        before = CalendarDay.objects.count()

        response = admin_client_of_coordinator.post(
            reverse("manage:calendar_name"), {"day": day, "is_working": "no"}
        )

        assert response.status_code == 422
        assert CalendarDay.objects.count() == before

    def test_a_year_is_imported_again(self, admin_client_of_coordinator):
        CalendarDay.objects.in_year(2026).delete()
        forget_calendar()

        response = admin_client_of_coordinator.post(
            reverse("manage:calendar_import"), {"year": "2026"}
        )

        assert response.status_code == 303
        assert CalendarDay.objects.in_year(2026).exists()
        assert Entry.objects.filter(event=CatalogueEvent.CALENDAR_IMPORTED).count() == 1

    def test_a_year_that_is_not_at_hand_is_refused(self, admin_client_of_coordinator):
        response = admin_client_of_coordinator.post(
            reverse("manage:calendar_import"), {"year": "2021"}
        )

        assert response.status_code == 422
