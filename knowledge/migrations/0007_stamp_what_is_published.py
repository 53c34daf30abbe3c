from django.db import migrations

from foundation.stamping import KNOWLEDGE, stamped

# Votes and other counts of a question are written all the time and may be a minute late.
_QUESTION = (
    *("slug", "agency_id", "state", "published_id", "first_published_at"),
    *("reviewed_on", "review_due_on", "retired_because"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0002_published_stamps"),
        ("knowledge", "0006_announcement_tells_again"),
    ]

    operations = [
        stamped(KNOWLEDGE, "knowledge_question", _QUESTION),
        stamped(KNOWLEDGE, "knowledge_questionversion"),
        stamped(KNOWLEDGE, "knowledge_questionversion_topics"),
        stamped(KNOWLEDGE, "knowledge_questionversion_laws"),
        stamped(KNOWLEDGE, "knowledge_lawarticle"),
        stamped(KNOWLEDGE, "knowledge_topic"),
        stamped(KNOWLEDGE, "knowledge_announcement"),
        stamped(KNOWLEDGE, "knowledge_announcementversion"),
        stamped(KNOWLEDGE, "knowledge_announcementversion_files"),
        stamped(KNOWLEDGE, "knowledge_announcementfile"),
    ]
