"""What every run of the portal has in common."""

from django.utils.translation import gettext_lazy as _

from sme_portal.settings.environment import BASE_DIR, VAR_DIR, env
from sme_portal.settings.logging import *  # noqa: F403
from sme_portal.settings.security import *  # noqa: F403
from sme_portal.settings.services import *  # noqa: F403

DEBUG = False
ROOT_URLCONF = "sme_portal.urls"
WSGI_APPLICATION = "sme_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

# The address people type; links in e-mails are built on it and on nothing a browser sends.
PORTAL_ORIGIN = env("PORTAL_ORIGIN", default="http://127.0.0.1:8000").rstrip("/")
PORTAL_DEMO = False
PORTAL_STAFF_MFA_REQUIRED = True
ADMIN_PATH = env("ADMIN_PATH", default="admin/").strip("/") + "/"
METRICS_TOKEN = env("METRICS_TOKEN", default="")
SECURITY_CONTACT = env("SECURITY_CONTACT", default="security@demo.example")

# The portal's own apps, from the top storey down.
HOUSE = (
    "sme_portal",
    "coordination",
    "procurement",
    "assistance",
    "network",
    "knowledge",
    "notifications",
    "accounts",
    "ledger",
    "foundation",
)

INSTALLED_APPS = [
    *HOUSE,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "template_partials",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "sme_portal.middleware.ContentPolicyMiddleware",
    "foundation.middleware.PersonalAnswersMiddleware",
    "foundation.middleware.UsableInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "foundation.middleware.AddressOfAFormMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.EvenAnswersMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.StaffSecondFactorMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "foundation.folding.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["foundation.templatetags.addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.standing",
                "sme_portal.context.portal",
                "notifications.context.inbox_count",
            ],
        },
    },
]
FORM_RENDERER = "foundation.form_renderer.FormRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "portal_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Taipei"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Pages name files by their hashes only: the other half is neither squeezed nor kept.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Source maps are read by the few who look into a page's making: shipped, not squeezed.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "webp", "ico", "woff2", "gz", "br")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "sme_portal.vendor.VendorFinder",
]
# Third-party front-end files that are served, by name; source maps belong to them.
VENDOR_FILES = [
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.min.css.map",
    "bootstrap/dist/css/bootstrap-reboot.min.css",
    "bootstrap/dist/css/bootstrap-reboot.min.css.map",
    "bootstrap/dist/css/bootstrap-grid.min.css",
    "bootstrap/dist/css/bootstrap-grid.min.css.map",
    "bootstrap/dist/css/bootstrap-utilities.min.css",
    "bootstrap/dist/css/bootstrap-utilities.min.css.map",
]
NODE_MODULES_DIR = BASE_DIR / "node_modules"

# What a request may bring at most; a paper is at most 20 MB (foundation.uploads), a form at most 2 MB of text.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
