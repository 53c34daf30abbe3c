"""A relay of its own, for tests that kill it: `python -m tests.notifications.relay_process PORT`.

DATABASE_URL names the tests' database.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sme_portal.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from notifications import registry  # noqa: E402
from tests.notifications.kinds import Sample  # noqa: E402

settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
settings.EMAIL_TIMEOUT = 5
# Nobody answers there: what is sent is sent without a broker.
settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
registry.notification(Sample)

call_command("relay")
