"""Keeping the directory."""

from django.urls import path

from network.views.manage import entries, export, importing, opening, points

app_name = "manage_network"
_ENTRY = "<uuid:uuid>/"
urlpatterns = [
    path("", entries.index, name="index"),
    path("add/", entries.add, name="add"),
    path("list.<str:kind>", export.file, name="export"),
    path("import/", importing.take_over, name="import"),
    path("import/example.<str:kind>", importing.example, name="import_example"),
    path(_ENTRY, entries.show, name="organisation"),
    path(f"{_ENTRY}change/", entries.change, name="change"),
    path(f"{_ENTRY}confirm/", entries.confirm, name="confirm"),
    path(f"{_ENTRY}close/", entries.close, name="close"),
    path(f"{_ENTRY}partners/", entries.name_partner, name="partner_name"),
    path(f"{_ENTRY}partners/<int:membership_id>/end/", entries.end_partner, name="partner_end"),
    path(f"{_ENTRY}locations/add/", points.add_location, name="location_add"),
    path(f"{_ENTRY}locations/<int:location_id>/", points.change_location, name="location_change"),
    path(
        f"{_ENTRY}locations/<int:location_id>/close/",
        points.close_location,
        name="location_close",
    ),
    path(f"{_ENTRY}locations/<int:location_id>/days/", opening.days, name="days"),
    path(
        f"{_ENTRY}locations/<int:location_id>/days/<int:exception_id>/remove/",
        opening.days_remove,
        name="days_remove",
    ),
    path(f"{_ENTRY}services/add/", points.add_offering, name="offering_add"),
    path(f"{_ENTRY}services/<int:offering_id>/", points.change_offering, name="offering_change"),
    path(f"{_ENTRY}services/<int:offering_id>/hours/<int:at_id>/", opening.week, name="week"),
]
