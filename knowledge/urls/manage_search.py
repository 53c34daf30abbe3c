"""Keeping the search."""

from django.urls import path

from knowledge.views import search_terms

app_name = "manage_search"
urlpatterns = [
    path("", search_terms.index, name="index"),
    path("add/", search_terms.add, name="add"),
    path("<int:term_id>/", search_terms.change, name="change"),
    path("<int:term_id>/remove/", search_terms.remove, name="remove"),
]
