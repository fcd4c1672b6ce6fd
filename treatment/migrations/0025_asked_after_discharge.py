import django.contrib.postgres.fields
import django.core.validators
from django.db import migrations, models

import audit.operations


class Migration(migrations.Migration):
    dependencies = [
        ("treatment", "0024_sessions_of_a_day"),
    ]

    together = [
        migrations.RemoveConstraint(
            model_name="assessmentschedule",
            name="one_schedule_per_program_and_instrument",
        ),
        migrations.AddField(
            model_name="assessmentschedule",
            name="after_discharge",
            field=models.BooleanField(
                db_default=False, default=False, help_text="of those who were discharged, while they are followed up"
            ),
        ),
        migrations.AlterField(
            model_name="assessmentschedule",
            name="days",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(
                    validators=[django.core.validators.MaxValueValidator(3650)]
                ),
                help_text="days after admission, or after discharge, the first of them at the latest",
                size=None,
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentschedule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("program", "slug", "after_discharge"),
                name="one_schedule_per_program_and_instrument",
                violation_error_code="scheduled_already",
                violation_error_message="This program asks it already.",
            ),
        ),
    ]
    operations = [audit.operations.Together(together)]
