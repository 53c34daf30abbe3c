from django.urls import path

from notifications.views import delivery, inbox, preferences

app_name = "inbox"

urlpatterns = [
    path("account/inbox/", inbox.list_messages, name="list"),
    path("account/inbox/read-all/", inbox.read_all, name="read_all"),
    path("account/inbox/preferences/", preferences.choose, name="preferences"),
    path("account/inbox/<int:message_id>/read/", inbox.read, name="read"),
    path("manage/delivery/", delivery.list_troubles, name="deliveries"),
    path("manage/delivery/resend-all/", delivery.resend_all, name="resend_all"),
    path("manage/delivery/<int:message_id>/resend/", delivery.resend, name="resend"),
    path("manage/delivery/<int:message_id>/hold-back/", delivery.hold_back, name="hold_back"),
    path("manage/delivery/held/<int:address_id>/release/", delivery.release, name="release"),
]
