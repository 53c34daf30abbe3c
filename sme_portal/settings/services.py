"""What the portal talks to. A URL in the environment wins over the embedded server."""

from pathlib import Path
from typing import Any

from redis.backoff import NoBackoff
from redis.retry import Retry

from sme_portal.embedded import remembered
from sme_portal.settings.environment import VAR_DIR, env

DATABASE_URL = env("DATABASE_URL", default="")
REDIS_URL = env("REDIS_URL", default="")
EMBEDDED_DATABASE = not DATABASE_URL
EMBEDDED_BROKER = not REDIS_URL

_database_url = DATABASE_URL or remembered.postgres_url(VAR_DIR)
_redis_url = REDIS_URL or remembered.broker_url(VAR_DIR)

# Off behind a pooler that hands one session to many clients.
DATABASE_KEEPS_PLANS = env.bool("DATABASE_KEEPS_PLANS", default=True)

_timeouts = {
    "statement_timeout": env.int("DATABASE_STATEMENT_TIMEOUT_MS", default=30_000),
    "lock_timeout": env.int("DATABASE_LOCK_TIMEOUT_MS", default=10_000),
    "idle_in_transaction_session_timeout": 120_000,
}
POSTGRESQL = "foundation.postgresql"
DATABASES: dict[str, Any] = {
    "default": {
        **env.db_url_config(_database_url, engine=POSTGRESQL),
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASES["default"].setdefault("OPTIONS", {}).update(
    {
        "connect_timeout": 5,
        "application_name": "sme_portal",
        "options": " ".join(f"-c {name}={value}" for name, value in _timeouts.items()),
    }
)

CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "sme_portal.caching.PortalCache",
        "LOCATION": _redis_url,
        "KEY_PREFIX": "portal",
        # One try: what is not in the cache is in the database, and waiting helps nobody.
        "OPTIONS": {
            "socket_timeout": 2,
            "socket_connect_timeout": 1,
            "retry": Retry(NoBackoff(), 0),
        },
    }
}
SESSION_ENGINE = "sme_portal.sessions"

# Celery carries ids and nudges; rows are the truth and the relay sweeps what is late.
CELERY_BROKER_URL = _redis_url
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "max_retries": 1,
    # Otherwise whoever nudges an absent broker waits two seconds for the second try.
    "interval_start": 0,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TIMEZONE = "Asia/Taipei"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False

# Papers people hand in: outside the web root, served only by views that ask who is asking.
MEDIA_ROOT = VAR_DIR / "papers"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# host:port or unix:/path of clamd; without it papers are not held back for scanning.
CLAMD_ADDRESS = env("CLAMD_ADDRESS", default="")

MAIL_DIR = VAR_DIR / "mail"
EMAIL_URL = env("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "sme_portal.mail.FolderBackend"
EMAIL_TIMEOUT = 10
# A file outside the database where each night's head of the ledger's chain is noted; none by default.
LEDGER_HEADS = Path(env("LEDGER_HEADS")) if env("LEDGER_HEADS", default="") else None
# So many days after an e-mail was settled its words and its address are removed.
MESSAGE_TEXT_DAYS = env.int("MESSAGE_TEXT_DAYS", default=180)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@demo.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Where enterprises are looked up by number: the invented ones that ship, or the public register
# ("accounts.registry.gcis.GcisRegistry"), which is asked over HTTPS with this time-out in seconds.
ENTERPRISE_REGISTRY = env(
    "ENTERPRISE_REGISTRY", default="accounts.registry.fixture.FixtureRegistry"
)
ENTERPRISE_REGISTRY_TIMEOUT = env.int("ENTERPRISE_REGISTRY_TIMEOUT", default=3)
