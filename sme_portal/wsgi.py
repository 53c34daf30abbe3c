"""The door for web servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sme_portal.settings.development")
application = get_wsgi_application()
# A page makes some ten thousand short-lived objects; looking through them every 700 is a waste.
gc.set_threshold(10_000, 10, 10)
