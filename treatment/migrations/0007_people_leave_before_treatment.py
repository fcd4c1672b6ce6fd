import django.db.models.deletion
from django.db import migrations, models

from audit.operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("treatment", "0006_what_was_worked_on_is_checked_together"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="departure",
                    name="placement",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="what they left; none before treatment",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to="treatment.placement",
                    ),
                ),
                migrations.AlterField(
                    model_name="departurehistory",
                    name="placement",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="what they left; none before treatment",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.placement",
                    ),
                ),
            ]
        )
    ]
