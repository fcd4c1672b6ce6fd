"""What the timeline of a person is read by."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0003_indexes_of_the_timeline"),
        ("messaging", "0002_rules"),
        ("patients", "0002_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["patient", "-at"], name="attempts_at_a_person"),
        ),
    ]
