"""The doors of the assistance app, one module per namespace."""

from django.urls import include, path

urlpatterns = [
    path("systems/", include("assistance.urls.systems")),
    path("request/", include("assistance.urls.request")),
    path("track/", include("assistance.urls.track")),
    path("my/cases/", include("assistance.urls.cases")),
    path("desk/", include("assistance.urls.desk")),
    path("my/mandates/", include("assistance.urls.mandates")),
    path("acting/", include("assistance.urls.acting")),
    path("partner/", include("assistance.urls.partner")),
    path("figures/", include("assistance.urls.figures")),
    path("files/", include("assistance.urls.files")),
    path("manage/", include("assistance.urls.catalogue")),
]
