from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("notifications", "0003_no_index_twice")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="unsubscribe_path",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(
            model_name="message", name="message_forgotten_says_nothing_to_nobody"
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("forgotten_at", None),
                    models.Q(
                        ("channel", "email"),
                        ("email", ""),
                        ("html", ""),
                        ("path", ""),
                        ("subject", ""),
                        ("text", ""),
                        ("unsubscribe_path", ""),
                    ),
                    _connector="OR",
                ),
                name="message_forgotten_says_nothing_to_nobody",
            ),
        ),
    ]
