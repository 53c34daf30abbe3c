from django.db import migrations

from foundation.stamping import CATALOGUE, stamped


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0002_published_stamps"),
        ("accounts", "0006_editors_and_approvers"),
    ]

    operations = [stamped(CATALOGUE, "accounts_agency")]
