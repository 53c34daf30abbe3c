"""Migrations that let PostgreSQL note when something everybody may read was written.

Each room of published things has one row with a stamp. A statement that writes to one of its
tables gives the row a new stamp in the same transaction, whoever sends it; so what was drawn for
an old stamp is out of date from the commit on, and never before (`foundation.published`).
"""

from collections.abc import Sequence

from django.db import migrations

KNOWLEDGE, CATALOGUE, NETWORK = "knowledge", "catalogue", "network"

CREATE = """
CREATE FUNCTION stamp_what_is_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO foundation_publishedstamp (room, stamp) VALUES (TG_ARGV[0], gen_random_uuid())
        ON CONFLICT (room) DO UPDATE SET stamp = excluded.stamp;
    RETURN NULL;
END $$;
"""
DROP = "DROP FUNCTION stamp_what_is_published();"


def stamped(room: str, table: str, columns: Sequence[str] = ()) -> migrations.RunSQL:
    """Writes to the table stamp the room; an update does only where it names one of the columns."""
    of = f" OF {', '.join(columns)}" if columns else ""
    return migrations.RunSQL(
        f"CREATE OR REPLACE TRIGGER what_is_published_is_stamped"
        f" AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE{of} ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION stamp_what_is_published('{room}')",
        f"DROP TRIGGER what_is_published_is_stamped ON {table}",
    )
