"""Papers, served one by one to whoever may see them."""

from django.urls import path

from assistance.views import files

app_name = "files"
urlpatterns = [path("<uuid:pk>/", files.download, name="download")]
