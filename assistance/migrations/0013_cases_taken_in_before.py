from django.db import migrations

TAKEN_IN = ["assistance.case.claimed_into_account", "assistance.case.enterprise_confirmed"]


def note_what_the_ledger_knows(apps, schema_editor):
    """Cases taken into an account or an enterprise before were followed by code as well."""
    entries = apps.get_model("ledger", "Entry").objects.filter(event__in=TAKEN_IN).order_by("pk")
    cases = apps.get_model("assistance", "Case").objects.filter(taken_in_at=None)
    for case_id, at in entries.values_list("subject_id", "at").iterator(chunk_size=1000):
        cases.filter(pk=case_id).update(taken_in_at=at)


class Migration(migrations.Migration):

    dependencies = [
        ("assistance", "0012_case_taken_in"),
        ("ledger", "0003_chain_check"),
    ]

    operations = [
        migrations.RunPython(note_what_the_ledger_knows, migrations.RunPython.noop),
    ]
