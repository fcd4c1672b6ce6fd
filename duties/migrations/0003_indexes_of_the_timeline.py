"""What the timeline of a person is read by."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rules"),
        ("duties", "0002_rules"),
        ("patients", "0002_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)),
                fields=["patient", "-closed_at"],
                name="closed_duties_of_a_person",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyevent",
            index=models.Index(
                condition=models.Q(("kind", "tried")), fields=["patient", "-at"], name="tries_at_a_person"
            ),
        ),
    ]
