"""The pages of the portal itself: home, statements, the styleguide."""

from django.urls import path

from sme_portal.views import home, pages, search

urlpatterns = [
    path("", home.home, name="home"),
    path("start/", home.start, name="start"),
    path("search/", search.search, name="search"),
    path("accessibility/", pages.accessibility, name="a11y"),
    path("privacy/", pages.privacy, name="privacy"),
    path("feedback/", pages.feedback, name="feedback"),
    path("styleguide/", pages.styleguide, name="styleguide"),
]
