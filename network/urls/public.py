"""The public directory: the nearest point, a county, an organisation."""

from django.urls import path

from network.views import county, export, nearest, organisation

app_name = "network"
urlpatterns = [
    path("", nearest.show, name="map"),
    path("organisations/<uuid:uuid>/", organisation.show, name="organisation"),
    path("list.<str:kind>", export.file, name="export"),
    path("<slug:code>/", county.show, name="county"),
    path("<slug:code>/print/", county.printed, name="county_print"),
]
