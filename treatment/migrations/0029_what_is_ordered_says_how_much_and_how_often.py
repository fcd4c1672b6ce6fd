"""An order without its numbers, and a dose given without its amount, are refused: nothing compared is no answer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatment", "0028_a_rating_asks_once")]

    operations = [
        migrations.RemoveConstraint(
            model_name="administration",
            name="what_was_given_has_an_amount",
        ),
        migrations.RemoveConstraint(
            model_name="medicationorder",
            name="an_order_says_how_often",
        ),
        migrations.RemoveConstraint(
            model_name="medicationorder",
            name="as_needed_has_its_limits",
        ),
        migrations.AddConstraint(
            model_name="administration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("amount__isnull", False), ("outcome", "given")),
                    models.Q(models.Q(("outcome", "given"), _negated=True), ("amount", None)),
                    _connector="OR",
                ),
                name="what_was_given_has_an_amount",
                violation_error_code="amount_missing",
                violation_error_message="Say how much was given.",
            ),
        ),
        migrations.AddConstraint(
            model_name="medicationorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("every", None), ("frequency", "daily"), ("times__len__gt", 0)),
                    models.Q(
                        ("every__gte", 1),
                        ("every__isnull", False),
                        ("every__lte", 366),
                        ("frequency", "every_days"),
                        ("times__len__gt", 0),
                    ),
                    models.Q(
                        ("every__gte", 1),
                        ("every__isnull", False),
                        ("every__lte", 168),
                        ("frequency", "every_hours"),
                        ("times", []),
                    ),
                    models.Q(("every", None), ("frequency__in", ["once", "as_needed"]), ("times", [])),
                    _connector="OR",
                ),
                name="an_order_says_how_often",
                violation_error_code="frequency_unclear",
                violation_error_message="Say when doses are due: at which times, every how many hours or days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="medicationorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("frequency", "as_needed"), _negated=True),
                        ("as_needed_for", ""),
                        ("max_doses", None),
                        ("min_hours", None),
                    ),
                    models.Q(
                        ("frequency", "as_needed"),
                        ("max_doses__isnull", False),
                        ("min_hours__isnull", False),
                        ("max_doses__gte", 1),
                        ("min_hours__gt", 0),
                        models.Q(("as_needed_for", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="as_needed_has_its_limits",
                violation_error_code="as_needed_unlimited",
                violation_error_message="As needed: say what for, how many hours apart, and how many in 24 hours.",
            ),
        ),
    ]
