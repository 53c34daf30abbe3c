from django.urls import path

from bench.floor import views

urlpatterns = [
    path("", views.listing),
    path("new/", views.create),
    path("<int:pk>/", views.detail),
]
