"""Celery, and the whole schedule in one table. Due times live in rows: a beat only says "look"."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sme_portal.settings.development")

app = Celery("sme_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SCHEDULE: dict[str, tuple[str, Any]] = {
    "say that a worker is alive": ("sme_portal.tasks.heartbeat", 15.0),
    "relay what an outage left behind": ("ledger.tasks.relay_stragglers", 30.0),
    "send what waits": ("notifications.tasks.deliver_messages", 30.0),
    "write the daily digests": ("notifications.tasks.gather_digests", crontab(hour=7, minute=30)),
    "forget old texts": ("notifications.tasks.forget_texts", crontab(hour=3, minute=40)),
    "seal the ledger": ("ledger.tasks.seal_entries", 60.0),
    "check the whole ledger": ("sme_portal.tasks.check_ledger", crontab(hour=4, minute=10)),
    "do what the calendar asks for": ("assistance.tasks.sweep_due", 300.0),
    "publish and review answers on their days": ("knowledge.tasks.sweep_due", 300.0),
    "find what changed in the directory": ("network.tasks.index_directory", 30.0),
    "forget old searches": (
        "knowledge.tasks.forget_missed_searches",
        crontab(hour=3, minute=50),
    ),
    "forget old offers of answers": (
        "knowledge.tasks.forget_old_offers",
        crontab(hour=3, minute=52),
    ),
    "publish announcements": ("knowledge.tasks.publish_announcements", 60.0),
    "write the digests of announcements": (
        "knowledge.tasks.gather_announcement_digests",
        crontab(hour=7, minute=30),
    ),
    "let clean announcement files through": ("knowledge.tasks.scan_announcement_files", 60.0),
    "forget addresses nobody subscribes with": (
        "knowledge.tasks.forget_unused_addresses",
        crontab(hour=3, minute=55),
    ),
    "remind volunteers whose term ends": (
        "network.tasks.remind_volunteers",
        crontab(hour=8, minute=20),
    ),
    "ask for the directory to be confirmed": (
        "network.tasks.ask_owners",
        crontab(hour=8, minute=40),
    ),
    "let clean papers through": ("assistance.tasks.scan_pending", 30.0),
}

app.conf.beat_schedule = {
    name: {"task": task, "schedule": schedule, "options": {"expires": 300}}
    for name, (task, schedule) in SCHEDULE.items()
}
