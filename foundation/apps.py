from django.apps import AppConfig

from foundation.thread_state import hold_in_threads


class FoundationConfig(AppConfig):
    name = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        hold_in_threads()
