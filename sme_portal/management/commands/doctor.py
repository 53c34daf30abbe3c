"""Say what is missing or misconfigured, in words."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from sme_portal import condition

NOT_READY = 1
LESS_THAN_WELL = 2


class Command(BaseCommand):
    """Exit code 0: all is well. 1: the portal cannot serve people. 2: it can, but something is missing."""

    help = "Say what is missing or misconfigured. Exit codes: 0 well, 1 cannot serve, 2 something is missing."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        findings = condition.examine()
        for finding in findings:
            mark = "ok  " if finding.ok else "FAIL" if finding.grave else "miss"
            self.stdout.write(f"{mark}  {finding.name:<11} {finding.words}")
        if any(not finding.ok and finding.grave for finding in findings):
            sys.exit(NOT_READY)
        if any(not finding.ok for finding in findings):
            sys.exit(LESS_THAN_WELL)
