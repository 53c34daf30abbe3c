from django.urls import URLPattern

app_name = "request"
urlpatterns: list[URLPattern] = []
