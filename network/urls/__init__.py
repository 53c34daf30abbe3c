"""The doors of the service network, one module per namespace."""

from django.urls import include, path

urlpatterns = [
    path("network/", include("network.urls.public")),
]
