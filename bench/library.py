"""The process that is measured with a library of documents: `python -m bench.library DOCUMENTS`."""

import os
import sys
import time

import django

CASES = 10_000


def main(size: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sme_portal.settings.development")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - Django must be set up first
    from django.core.management import call_command  # noqa: PLC0415

    from assistance.models import Case  # noqa: PLC0415
    from bench import documents, filling, looking_up, serving  # noqa: PLC0415
    from knowledge.models import Announcement, Question  # noqa: PLC0415
    from network.models import DirectoryText  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    if not Case.objects.exists():
        call_command("seed_demo", cases=120, stdout=sys.stderr)
    begun = time.monotonic()
    filling.fill(CASES)
    documents.fill(size)
    facts = {
        "questions": Question.objects.count(),
        "announcements": Announcement.objects.count(),
        "directory": DirectoryText.objects.count(),
        "cases": Case.objects.count(),
        "filled_in": time.monotonic() - begun,
    }
    more = {"plain": looking_up.measure_plain}
    serving.serve(looking_up.scenes(), facts, more)


if __name__ == "__main__":
    main(int(sys.argv[1]))
