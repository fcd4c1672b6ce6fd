import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_emergency_numbers"),
        ("patients", "0009_texts_to_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "may_know__contained_by",
                        [
                            "presence",
                            "well_being",
                            "visits",
                            "appointments",
                            "treatment",
                            "medication",
                            "leaving",
                            "emergency",
                        ],
                    )
                ),
                name="what_a_supporter_may_know_is_named",
                violation_error_code="unknown_permission",
                violation_error_message="There is nothing of this name that a supporter may know.",
            ),
        ),
        # Nobody asks for every step that somebody wrote down.
        migrations.AlterField(
            model_name="episodeevent",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
