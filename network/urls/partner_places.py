"""The doors to the calendar of an organisation."""

from django.urls import path

from network.views import partner_places

app_name = "partner_places"
urlpatterns = [
    path("", partner_places.index, name="index"),
    path("<uuid:organisation>/", partner_places.calendar, name="calendar"),
    path("<uuid:organisation>/leave/", partner_places.leave, name="leave"),
    path(
        "<uuid:organisation>/leave/<int:leave_id>/cancel/",
        partner_places.leave_cancel,
        name="leave_cancel",
    ),
]
