"""Questions and answers, open to all."""

from django.urls import path

from knowledge.views import qa

app_name = "qa"
urlpatterns = [
    path("", qa.search, name="search"),
    path("<slug:slug>/", qa.detail, name="detail"),
    path("<slug:slug>/print/", qa.print_view, name="print"),
    path("<slug:slug>/helped/", qa.vote, name="vote"),
]
