"""The demo's mailbox; answers 404 wherever the portal is no demo."""

from django.urls import path

from notifications.views import mailbox

app_name = "mailbox"

urlpatterns = [
    path("", mailbox.list_mails, name="list"),
    path("<str:name>/", mailbox.show, name="mail"),
    path("<str:name>/body/", mailbox.body, name="body"),
]
