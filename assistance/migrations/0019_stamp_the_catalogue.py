from django.db import migrations

from foundation.stamping import CATALOGUE, stamped


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0002_published_stamps"),
        ("assistance", "0018_why_nobody_was_found"),
    ]

    operations = [
        stamped(CATALOGUE, "assistance_guidancesystem"),
        stamped(CATALOGUE, "assistance_systemedition"),
        stamped(CATALOGUE, "assistance_systemagency"),
    ]
