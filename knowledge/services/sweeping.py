"""What the calendar asks of the knowledge app; safe to run as often as one likes."""

from knowledge.services import publishing


def sweep_due() -> int:
    """Publish what waits for this moment, mark what is due for review; returns how many."""
    return publishing.publish_due() + publishing.mark_due()
