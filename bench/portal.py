"""The portal's measured process: `python -m bench.portal CASES`."""

import os
import sys
import time

import django


def main(size: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sme_portal.settings.development")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - Django must be set up first
    from django.core.management import call_command  # noqa: PLC0415

    from assistance.models import Case, CaseMessage, Need  # noqa: PLC0415
    from bench import filling, scenes, serving  # noqa: PLC0415
    from ledger.models import Entry  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    if not Case.objects.exists():
        call_command("seed_demo", cases=120, stdout=sys.stderr)
    begun = time.monotonic()
    filling.fill(size)
    took = time.monotonic() - begun
    facts = {
        "cases": Case.objects.count(),
        "open": Case.objects.open().count(),
        "needs": Need.objects.count(),
        "messages": CaseMessage.objects.count(),
        "entries": Entry.objects.count(),
        "filled_in": took,
    }
    stage = scenes.set_stage()
    serving.serve(scenes.scenes(stage), facts)


if __name__ == "__main__":
    main(int(sys.argv[1]))
