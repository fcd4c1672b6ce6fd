from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("duties", "0003_indexes_of_the_timeline"),
        ("patients", "0008_newest_episodes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("because_of__isnull", False), ("closed_at", None), ("keeps_thread", True)),
                fields=["because_of"],
                name="calls_owed",
            ),
        ),
    ]
