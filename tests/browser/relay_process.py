"""The relay as the demo runs it, on the tests' database: `python -m tests.browser.relay_process FOLDER`.

DATABASE_URL names the database; each e-mail becomes a file in FOLDER.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sme_portal.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

settings.EMAIL_BACKEND = "sme_portal.mail.FolderBackend"
settings.MAIL_DIR = sys.argv[1]
# Nobody answers there: what is sent is sent without a broker.
settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"

call_command("relay")
