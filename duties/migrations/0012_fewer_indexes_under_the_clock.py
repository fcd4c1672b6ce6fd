"""The clock wrote eleven indexes whenever it moved a duty: now six answer the same questions."""

import django.db.models.deletion
from django.db import migrations, models

import audit.operations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_emergency_numbers"),
        ("duties", "0011_notices_that_ring"),
        ("patients", "0009_texts_to_people"),
    ]

    together = [
        migrations.RemoveConstraint(
            model_name="dutyevent",
            name="one_edge_per_rung",
        ),
        migrations.RemoveIndex(
            model_name="duty",
            name="threads_by_episode",
        ),
        migrations.RemoveIndex(
            model_name="duty",
            name="open_duties_of_a_person",
        ),
        migrations.RemoveIndex(
            model_name="duty",
            name="open_duties_of_user",
        ),
        migrations.RemoveIndex(
            model_name="duty",
            name="duties_led_to",
        ),
        migrations.RemoveIndex(
            model_name="duty",
            name="closed_duties_of_a_person",
        ),
        migrations.RemoveIndex(
            model_name="notice",
            name="notices_of_user",
        ),
        migrations.RemoveIndex(
            model_name="notice",
            name="notices_of_role",
        ),
        migrations.AlterField(
            model_name="duty",
            name="episode",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duties",
                to="patients.episode",
            ),
        ),
        migrations.AlterField(
            model_name="duty",
            name="facility",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
            ),
        ),
        migrations.AlterField(
            model_name="duty",
            name="ladder",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="duties.ladder"
            ),
        ),
        migrations.AlterField(
            model_name="duty",
            name="patient",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duties",
                to="patients.patient",
            ),
        ),
        migrations.AlterField(
            model_name="dutyevent",
            name="duty",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="duties.duty"
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["patient", "closed_at"], name="duties_of_a_person"),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["episode", "closed_at"], name="duties_of_an_episode"),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("patient", None)), fields=["facility"], name="duties_about_nobody"
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("owner__isnull", False)),
                fields=["owner", "due_at"],
                name="open_duties_of_a_user",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("because_of__isnull", False)), fields=["because_of"], name="duties_that_follow"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("to_patient", False)), fields=["to_user", "-made_at"], name="inbox_of_a_user"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("to_patient", False)),
                fields=["facility", "to_role", "-made_at"],
                name="inbox_of_a_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyevent",
            constraint=models.UniqueConstraint(
                fields=("duty", "climb", "rung", "round"),
                name="one_edge_per_rung",
                violation_error_code="edge_written",
                violation_error_message="This rung has its edge already.",
            ),
        ),
    ]

    operations = [audit.operations.Together(together)]
