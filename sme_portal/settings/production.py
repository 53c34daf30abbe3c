"""Production: encrypted, behind a proxy, and unwilling to start half configured."""

import os

from sme_portal.settings.base import *  # noqa: F403
from sme_portal.settings.environment import env
from sme_portal.settings.fitness import refuse_to_start_unfit

refuse_to_start_unfit(os.environ)

DEBUG = False
PORTAL_DEMO = False
PORTAL_STAFF_MFA_REQUIRED = True

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
# Only where the proxy in front strips this header from what browsers send.
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-portal_session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-portal_csrf"
LANGUAGE_COOKIE_SECURE = True
