"""The doors of volunteers: the public list, applying, and one's own pages."""

from django.urls import path

from network.views.volunteers import applying, calendar, hours, own, public, ties

app_name = "volunteers"
urlpatterns = [
    path("", public.index, name="index"),
    path("apply/", applying.apply, name="apply"),
    path("apply/<int:application_id>/withdraw/", applying.withdraw, name="withdraw"),
    path("me/", own.show, name="me"),
    path("me/details/", own.details, name="details"),
    path("me/consents/", own.consents, name="consents"),
    path("me/record/", own.record, name="record"),
    path("me/calendar/", calendar.calendar, name="calendar"),
    path("me/leave/", calendar.leave, name="leave"),
    path("me/leave/<int:leave_id>/cancel/", calendar.leave_cancel, name="leave_cancel"),
    path("me/hours/", hours.hours, name="hours"),
    path("me/hours/<int:hours_id>/remove/", hours.hours_remove, name="hours_remove"),
    path("me/ties/", ties.ties, name="ties"),
    path("me/ties/<int:conflict_id>/end/", ties.tie_end, name="tie_end"),
]
