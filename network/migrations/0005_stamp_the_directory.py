from django.db import migrations

from foundation.stamping import NETWORK, stamped

_TABLES = (
    *("organisation", "location", "servicearea", "offering", "offering_terms"),
    *("offeringatlocation", "schedule", "taxonomyterm"),
    *("volunteer", "volunteerterm", "volunteertraining", "publicconsent", "monthlycapacity", "leave"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0002_published_stamps"),
        ("network", "0004_more_counties_and_referral_hours"),
    ]

    operations = [stamped(NETWORK, f"network_{table}") for table in _TABLES]
