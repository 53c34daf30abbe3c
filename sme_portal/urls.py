"""The map of the house: Chinese at /…, English at /en/…, doors for machines outside both."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from sme_portal.views import health

handler400 = "sme_portal.views.errors.bad_request"
handler403 = "sme_portal.views.errors.permission_denied"
handler404 = "sme_portal.views.errors.page_not_found"
handler500 = "sme_portal.views.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("robots.txt", health.robots, name="robots"),
    path("sitemap.xml", health.sitemap, name="sitemap"),
    path(".well-known/security.txt", health.security_txt, name="security_txt"),
    path(".well-known/change-password", health.change_password, name="change_password"),
    path("csp-report/", health.csp_report, name="csp_report"),
    path("language/", health.language, name="set_language"),
    path("hsds/", include("network.urls.hsds")),
    path("dev/mailbox/", include("notifications.mailbox_urls")),
]

urlpatterns += i18n_patterns(
    path("", include("sme_portal.page_urls")),
    path("", include("assistance.urls")),
    path("", include("network.urls")),
    path("", include("knowledge.urls")),
    path("", include("notifications.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
    prefix_default_language=False,
)
