from django.db import migrations, models

from audit.operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("treatment", "0002_triggers"),
    ]

    operations = [
        Together(
            [
                migrations.AddConstraint(
                    model_name="counselinggrant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at", None),
                            ("revoked_at__gte", models.F("granted_at")),
                            _connector="OR",
                        ),
                        name="a_grant_is_taken_back_after_it_was_given",
                        violation_error_code="ends_before_start",
                        violation_error_message="Somebody was let read the note only after that.",
                    ),
                ),
            ]
        )
    ]
