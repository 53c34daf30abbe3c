"""The pages that belong to no single app: home and the portal's own texts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
