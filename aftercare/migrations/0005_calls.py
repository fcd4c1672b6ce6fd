import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.operations import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_on_call"),
        ("aftercare", "0004_the_way_in"),
        ("duties", "0009_pages"),
        ("patients", "0009_texts_to_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CallAttempt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "Reached"),
                            ("no_answer", "No answer"),
                            ("voicemail", "Left a neutral message"),
                            ("wrong_number", "Wrong or dead number"),
                            ("asked_to_stop", "Asked not to be contacted"),
                            ("in_custody", "In custody"),
                            ("readmitted", "In treatment elsewhere"),
                            ("died", "Said to have died"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "band",
                    models.CharField(
                        choices=[("morning", "Morning"), ("afternoon", "Afternoon"), ("evening", "Evening")],
                        help_text="the time of day where the person is",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "check_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_attempts",
                        to="aftercare.checkin",
                    ),
                ),
                (
                    "contact_point",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.contactpoint",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        blank=True,
                        help_text="the call owed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_attempts",
                        to="duties.duty",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_attempts",
                        to="patients.patient",
                    ),
                ),
                (
                    "supporter",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: the person themselves",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_attempts",
                        to="patients.supporter",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["patient", "-at"], name="calls_to_a_person"),
                    models.Index(fields=["facility", "-at"], name="calls_from_here"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supporter", None),
                            ("outcome__in", ["reached", "no_answer", "voicemail", "wrong_number"]),
                            _connector="OR",
                        ),
                        name="a_supporter_is_called_for_no_more_than_to_reach",
                        violation_error_code="not_of_a_supporter",
                        violation_error_message="What a supporter tells about the person is logged as what it is.",
                    )
                ],
            },
        ),
        append_only("aftercare_callattempt"),
    ]
