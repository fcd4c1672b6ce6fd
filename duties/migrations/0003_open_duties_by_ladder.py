from django.db import migrations, models

from audit.operations import Together


class Migration(migrations.Migration):
    """Rounds, and whatever else is asked about by its ladder, among all that is owed at a place."""

    dependencies = [("duties", "0002_triggers")]

    operations = [
        Together(
            [
                migrations.RemoveIndex(model_name="duty", name="open_duties_here"),
                migrations.AddIndex(
                    model_name="duty",
                    index=models.Index(
                        fields=["facility", "ladder", "due_at"],
                        condition=models.Q(closed_at=None),
                        name="open_duties_here",
                    ),
                ),
            ]
        )
    ]
