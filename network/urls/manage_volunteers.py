"""The doors of those who review volunteers."""

from django.urls import path

from network.views.volunteer_desk import applications, exporting, importing, people, rounds

app_name = "manage_volunteers"
urlpatterns = [
    path("", applications.index, name="applications"),
    path("applications/<int:application_id>/", applications.show, name="application"),
    path("applications/<int:application_id>/review/", applications.review, name="review"),
    path("applications/<int:application_id>/appoint/", applications.appoint, name="appoint"),
    path("applications/<int:application_id>/refuse/", applications.refuse, name="refuse"),
    path("list.<str:kind>", exporting.applications_file, name="applications_export"),
    path("people/list.<str:kind>", exporting.people_file, name="people_export"),
    path("people/", people.index, name="people"),
    path("people/<int:volunteer_id>/", people.show, name="volunteer"),
    path("people/<int:volunteer_id>/record/", people.record, name="record"),
    path("people/<int:volunteer_id>/training/", people.training, name="training"),
    path("terms/<int:term_id>/end/", people.term_end, name="term_end"),
    path("hours/", people.hours, name="hours"),
    path("hours/<int:hours_id>/confirm/", people.hours_confirm, name="hours_confirm"),
    path("hours/<int:hours_id>/return/", people.hours_return, name="hours_return"),
    path("import/", importing.take_over, name="import"),
    path("rounds/", rounds.rounds, name="rounds"),
]
