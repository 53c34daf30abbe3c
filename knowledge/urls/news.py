"""Announcements for readers and their programs."""

from django.urls import path

from knowledge.views.news import feeds, lists, page, subscribing

app_name = "news"
urlpatterns = [
    path("", lists.index, name="list"),
    path("<slug:category>.atom", feeds.atom, name="feed"),
    path("events.ics", feeds.events, name="events"),
    path("<slug:slug>.ics", feeds.event, name="event"),
    path("files/<uuid:pk>/", page.download, name="file"),
    path("subscribe/", subscribing.subscribe, name="subscribe"),
    path("subscribe/sent/", subscribing.sent, name="sent"),
    path("subscribe/end/", subscribing.end_own, name="end_own"),
    path("subscriptions/<str:secret>/confirm/", subscribing.confirm, name="confirm"),
    path("subscriptions/<str:secret>/", subscribing.choices, name="choices"),
    path("subscriptions/<str:secret>/end/", subscribing.end, name="end"),
    path("<slug:slug>/print/", page.print_view, name="print"),
    path("<slug:slug>/", page.detail, name="detail"),
]
