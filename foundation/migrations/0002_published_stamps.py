from django.db import migrations, models

from foundation.stamping import CREATE, DROP


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PublishedStamp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("room", models.CharField(max_length=20, unique=True)),
                ("stamp", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
