"""The doors of the knowledge app, one module per namespace."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("manage/search/", include("knowledge.urls.manage_search")),
    path("news/", include("knowledge.urls.news")),
    path("manage/news/", include("knowledge.urls.manage_news")),
    path("qa/", include("knowledge.urls.qa")),
    path("manage/qa/", include("knowledge.urls.manage_qa")),
]
