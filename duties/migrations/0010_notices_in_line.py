"""What waits is found in the order in which it goes: among 120,000, in a tenth of a millisecond instead of fifty."""

from django.db import migrations, models

import audit.operations


class Migration(migrations.Migration):
    dependencies = [("duties", "0009_pages")]

    together = [
        migrations.RemoveIndex(model_name="notice", name="notices_to_send"),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["-critical", "to_patient", "send_at"],
                name="notices_in_line",
            ),
        ),
    ]
    operations = [audit.operations.Together(together)]
