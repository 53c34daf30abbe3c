"""Working on the portal, and the demo that `make up` starts."""

from sme_portal.settings.base import *  # noqa: F403
from sme_portal.settings.base import LOGGING, STORAGES
from sme_portal.settings.environment import env

DEBUG = env.bool("DEBUG", default=True)
PORTAL_DEMO = True
PORTAL_STAFF_MFA_REQUIRED = env.bool("PORTAL_STAFF_MFA_REQUIRED", default=False)
DEMO_PASSWORD = env("DEMO_PASSWORD", default="demo-portal-115")

LOGGING["handlers"]["console"]["formatter"] = env("LOG_FORMAT", default="plain")

if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
