"""The doors of the service network, one module per namespace."""

from django.urls import include, path

urlpatterns = [
    path("network/", include("network.urls.public")),
    path("volunteers/", include("network.urls.volunteers")),
    path("manage/volunteers/", include("network.urls.manage_volunteers")),
    path("partner/places/", include("network.urls.partner_places")),
    path("manage/network/", include("network.urls.manage")),
]
