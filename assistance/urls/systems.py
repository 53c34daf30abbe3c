"""The public catalogue of the eleven systems."""

from django.urls import path

from assistance.views import systems

app_name = "systems"
urlpatterns = [
    path("", systems.index, name="index"),
    path("find/", systems.finder, name="finder"),
    path("<slug:code>/", systems.detail, name="detail"),
]
