from django.apps import AppConfig


class SmePortalConfig(AppConfig):
    name = "sme_portal"
    default_auto_field = "django.db.models.BigAutoField"
