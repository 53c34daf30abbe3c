"""The open read API: HSDS 3.1."""

from django.urls import path

from network.views.hsds import doors, profile

app_name = "hsds"
urlpatterns = [
    path("", doors.root, name="root"),
    path("services", doors.services, name="services"),
    path("services/<uuid:uuid>", doors.service, name="service"),
    path("organizations", doors.organisations, name="organizations"),
    path("organizations/<uuid:uuid>", doors.organisation, name="organization"),
    path("service_at_locations", doors.at_locations, name="service_at_locations"),
    path("service_at_locations/<uuid:uuid>", doors.at_location, name="service_at_location"),
    path("taxonomies", doors.taxonomies, name="taxonomies"),
    path("taxonomies/<uuid:uuid>", doors.taxonomy, name="taxonomy"),
    path("taxonomy_terms", doors.terms, name="taxonomy_terms"),
    path("taxonomy_terms/<uuid:uuid>", doors.term, name="taxonomy_term"),
    path("openapi.json", profile.openapi, name="openapi"),
    path("profile/", profile.profile, name="profile"),
    path("profile/<slug:name>.json", profile.patch, name="patch"),
]
