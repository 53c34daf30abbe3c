"""Tests: a real PostgreSQL that does not wait for the disk, mail in memory, tasks that nobody runs."""

import os

from sme_portal.embedded import for_tests
from sme_portal.settings.base import *  # noqa: F403
from sme_portal.settings.base import CACHES, DATABASES, HOUSE, LOGGING, POSTGRESQL, STORAGES
from sme_portal.settings.environment import BASE_DIR, VAR_DIR, env
from sme_portal.translations import catalogues

# Words are read as soon as Django is set up and then kept: what is stale is compiled before that.
catalogues.compile_stale(catalogues.existing(BASE_DIR, HOUSE))

TEST_RUN = env("TEST_RUN", default="portal")
_services = for_tests.services(
    VAR_DIR,
    database_url=env("DATABASE_URL", default=""),
    redis_url=env("REDIS_URL", default=""),
)
DATABASES["default"].update(env.db_url_config(_services.database_url, engine=POSTGRESQL))
DATABASES["default"].update(
    {
        "OPTIONS": {"application_name": f"tests_{TEST_RUN}"},
        "TEST": {"NAME": f"test_portal_{TEST_RUN}"},
        "CONN_MAX_AGE": 0,
    }
)
REDIS_URL = _services.redis_url
CACHES["default"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": f"tests-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}",
}
CELERY_BROKER_URL = "memory://"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

SECRET_KEY = "tests-only"  # noqa: S105
PORTAL_ORIGIN = "http://testserver"
PORTAL_DEMO = True
PORTAL_STAFF_MFA_REQUIRED = False
SIGN_IN_ANSWER_QUANTUM = 0
DEMO_PASSWORD = "demo-portal-115"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = VAR_DIR / "test-papers" / TEST_RUN / os.environ.get("PYTEST_XDIST_WORKER", "one")
LOGGING["root"]["level"] = "WARNING"
LOGGING["handlers"]["console"]["formatter"] = "plain"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
