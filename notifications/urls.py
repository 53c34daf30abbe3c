from django.urls import include, path

from notifications.views import delivery, inbox, preferences

inbox_patterns = [
    path("", inbox.list_messages, name="list"),
    path("read-all/", inbox.read_all, name="read_all"),
    path("preferences/", preferences.choose, name="preferences"),
    path("<int:message_id>/read/", inbox.read, name="read"),
]

delivery_patterns = [
    path("", delivery.list_troubles, name="list"),
    path("resend-all/", delivery.resend_all, name="resend_all"),
    path("<int:message_id>/resend/", delivery.resend, name="resend"),
    path("<int:message_id>/hold-back/", delivery.hold_back, name="hold_back"),
    path("held/<int:address_id>/release/", delivery.release, name="release"),
]

urlpatterns = [
    path("account/inbox/", include((inbox_patterns, "inbox"))),
    path("manage/delivery/", include((delivery_patterns, "delivery"))),
]
