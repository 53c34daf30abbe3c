"""Districts that were typed become those of the list; what is not on it stays as typed."""

from django.db import migrations

from accounts.reference.districts import district_of


def name_districts(apps, schema_editor):
    for name in ("Enterprise", "Branch"):
        model = apps.get_model("accounts", name)
        places = model.objects.exclude(district="").values_list("county", "district").distinct()
        for county, typed in list(places):
            found = district_of(county, typed)
            if found is not None and found.zh != typed:
                same = model.objects.filter(county=county, district=typed)
                same.update(district=found.zh)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_removals")]

    operations = [migrations.RunPython(name_districts, migrations.RunPython.noop, elidable=True)]
