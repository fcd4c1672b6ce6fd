import datetime

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
import treatment.models.placements


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("duties", "0001_initial"),
        ("patients", "0001_initial"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="Program",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="programs", to="accounts.facility"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "setting",
                    models.CharField(
                        choices=[("residential", "Residential"), ("outpatient", "Outpatient")], max_length=20
                    ),
                ),
                ("level_of_care", models.CharField(blank=True, help_text="as text: 3.5, 2.1, 1.5", max_length=10)),
                ("needs_bed", models.BooleanField(default=False)),
                ("plan_due", models.DurationField(default=datetime.timedelta(days=3), help_text="after admission")),
                (
                    "review_every",
                    models.DurationField(default=datetime.timedelta(days=30), help_text="at most 90 days"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_program_closing_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="closed_at and closed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("plan_due__lte", datetime.timedelta(days=90)),
                            ("review_every__lte", datetime.timedelta(days=90)),
                        ),
                        name="reviews_are_at_most_90_days_apart",
                        violation_error_code="review_too_rare",
                        violation_error_message="A plan is reviewed at least every 90 days.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_programhistory" ("closed_at", "closed_by_id", "facility_id", "id", "level_of_care", "name", "needs_bed", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_due", "review_every", "setting", "version") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."facility_id", NEW."id", NEW."level_of_care", NEW."name", NEW."needs_bed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_due", NEW."review_every", NEW."setting", NEW."version"); RETURN NULL;',
                            hash="1b9b25828e1429448735e33661825dc7011f1fa6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ec921",
                            table="treatment_program",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_programhistory" ("closed_at", "closed_by_id", "facility_id", "id", "level_of_care", "name", "needs_bed", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_due", "review_every", "setting", "version") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."facility_id", NEW."id", NEW."level_of_care", NEW."name", NEW."needs_bed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_due", NEW."review_every", NEW."setting", NEW."version"); RETURN NULL;',
                            hash="4012d54165462f7a8a512e91fc1f22a803f6f00d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_32520",
                            table="treatment_program",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_programhistory" ("closed_at", "closed_by_id", "facility_id", "id", "level_of_care", "name", "needs_bed", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_due", "review_every", "setting", "version") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."facility_id", OLD."id", OLD."level_of_care", OLD."name", OLD."needs_bed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_due", OLD."review_every", OLD."setting", OLD."version"); RETURN NULL;',
                            hash="f1562eeb093377ab89652e1e3754bcd11c98ceb9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b3f50",
                            table="treatment_program",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgramHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.program",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "setting",
                    models.CharField(
                        choices=[("residential", "Residential"), ("outpatient", "Outpatient")], max_length=20
                    ),
                ),
                ("level_of_care", models.CharField(blank=True, help_text="as text: 3.5, 2.1, 1.5", max_length=10)),
                ("needs_bed", models.BooleanField(default=False)),
                ("plan_due", models.DurationField(default=datetime.timedelta(days=3), help_text="after admission")),
                (
                    "review_every",
                    models.DurationField(default=datetime.timedelta(days=30), help_text="at most 90 days"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Placement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="patients.episode"
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="treatment.program"
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[("main", "Main track"), ("housing", "Housing"), ("adjunct", "Adjunct")],
                        default="main",
                        max_length=10,
                    ),
                ),
                (
                    "plan_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_of",
                        to="duties.duty",
                    ),
                ),
                ("began_at", models.DateTimeField()),
                (
                    "began_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("end_reason", models.CharField(blank=True, editable=False, max_length=200)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["patient", "-began_at"], name="placements_of_a_person"),
                    models.Index(condition=models.Q(("ended_at", None)), fields=["program"], name="open_placements"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_placement_end_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="ended_at and ended_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"
                        ),
                        name="a_placement_ends_after_it_begins",
                        violation_error_code="ends_before_start",
                        violation_error_message="A placement ends after it begins.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        expressions=[
                            ("episode", "="),
                            ("track", "="),
                            (treatment.models.placements.Period("began_at", "ended_at"), "&&"),
                        ],
                        name="one_placement_at_a_time_per_track",
                        violation_error_code="placed_already",
                        violation_error_message="The person is in a program already. Move them instead.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="placement_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_placementhistory" ("began_at", "began_by_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_duty_id", "program_id", "track", "version") VALUES (NEW."began_at", NEW."began_by_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_duty_id", NEW."program_id", NEW."track", NEW."version"); RETURN NULL;',
                            hash="f3a44bbb9554022209ea2a4f8b5704c74346e035",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_69408",
                            table="treatment_placement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_placementhistory" ("began_at", "began_by_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_duty_id", "program_id", "track", "version") VALUES (NEW."began_at", NEW."began_by_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_duty_id", NEW."program_id", NEW."track", NEW."version"); RETURN NULL;',
                            hash="e7b9a8b0914a50ade39216e211468dfd9d77a96a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_68464",
                            table="treatment_placement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_placementhistory" ("began_at", "began_by_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_duty_id", "program_id", "track", "version") VALUES (OLD."began_at", OLD."began_by_id", OLD."end_reason", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_duty_id", OLD."program_id", OLD."track", OLD."version"); RETURN NULL;',
                            hash="455d4a30f4cf3d27e24980b3d16d3c85c80ea018",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f3f61",
                            table="treatment_placement",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacementHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.placement",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.program",
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        choices=[("main", "Main track"), ("housing", "Housing"), ("adjunct", "Adjunct")],
                        default="main",
                        max_length=10,
                    ),
                ),
                (
                    "plan_duty",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
                ("began_at", models.DateTimeField()),
                (
                    "began_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("end_reason", models.CharField(blank=True, editable=False, max_length=200)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Absence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="absences", to="patients.episode"
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="treatment.placement",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("hospital", "Sent out to hospital")], default="hospital", max_length=20
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="absence", to="duties.duty"
                    ),
                ),
                ("destination", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=500)),
                ("left_at", models.DateTimeField()),
                (
                    "left_by",
                    models.ForeignKey(
                        db_index=False,
                        help_text="who sent them",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("expected_back_at", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "returned_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        help_text="who received them",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="did not come back to this stay", null=True
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at__isnull", True), ("returned_by__isnull", True)),
                            models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_return_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="returned_at and returned_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_absence_end_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="ended_at and ended_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at", None), ("returned_at__gte", models.F("left_at")), _connector="OR"
                        ),
                        name="a_return_is_after_leaving",
                        violation_error_code="ends_before_start",
                        violation_error_message="A person returns after they left.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("entered_in_error_at", None), ("returned_at", None)),
                        fields=("episode",),
                        name="one_absence_at_a_time",
                        violation_error_code="away_already",
                        violation_error_message="The person is away already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="absence_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_absencehistory" ("destination", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_back_at", "facility_id", "id", "kind", "left_at", "left_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reason", "returned_at", "returned_by_id", "version") VALUES (NEW."destination", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_back_at", NEW."facility_id", NEW."id", NEW."kind", NEW."left_at", NEW."left_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."reason", NEW."returned_at", NEW."returned_by_id", NEW."version"); RETURN NULL;',
                            hash="76a1e53857556a8c60951f6debc87be6114d0bd3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5e970",
                            table="treatment_absence",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_absencehistory" ("destination", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_back_at", "facility_id", "id", "kind", "left_at", "left_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reason", "returned_at", "returned_by_id", "version") VALUES (NEW."destination", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_back_at", NEW."facility_id", NEW."id", NEW."kind", NEW."left_at", NEW."left_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."reason", NEW."returned_at", NEW."returned_by_id", NEW."version"); RETURN NULL;',
                            hash="4263b87cf0af7dd2475571dccdad05809254d205",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2abd8",
                            table="treatment_absence",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_absencehistory" ("destination", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_back_at", "facility_id", "id", "kind", "left_at", "left_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reason", "returned_at", "returned_by_id", "version") VALUES (OLD."destination", OLD."duty_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."expected_back_at", OLD."facility_id", OLD."id", OLD."kind", OLD."left_at", OLD."left_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."reason", OLD."returned_at", OLD."returned_by_id", OLD."version"); RETURN NULL;',
                            hash="8f871230eec10ba45bbe1097549e31f8748ab183",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a13bf",
                            table="treatment_absence",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AbsenceHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.absence",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.placement",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("hospital", "Sent out to hospital")], default="hospital", max_length=20
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
                ("destination", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=500)),
                ("left_at", models.DateTimeField()),
                (
                    "left_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="who sent them",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("expected_back_at", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "returned_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="who received them",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="did not come back to this stay", null=True
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Unit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="accounts.facility",
                    ),
                ),
                ("name", models.CharField(max_length=100)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("facility", "name"),
                        name="one_unit_per_name",
                        violation_error_code="unit_exists",
                        violation_error_message="There is a unit of this name already.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."facility_id", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;',
                            hash="22c28488ab32ae112180ce427b101b042a787f8a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d4465",
                            table="treatment_unit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."facility_id", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;',
                            hash="6642ce3b3ffa7a48137df9744e1fcbd2de6b7bce",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c76ab",
                            table="treatment_unit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."facility_id", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;',
                            hash="12fff78d81f62352faaebe6be69bd805d1dd513b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_00392",
                            table="treatment_unit",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.unit",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                ("name", models.CharField(max_length=100)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Bed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="beds",
                        to="treatment.unit",
                    ),
                ),
                ("label", models.CharField(max_length=30)),
            ],
            options={
                "ordering": ["unit", "label"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "label"),
                        name="one_bed_per_label",
                        violation_error_code="bed_exists",
                        violation_error_message="There is a bed of this label in the unit already.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedhistory" ("id", "label", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (NEW."id", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."unit_id", NEW."version"); RETURN NULL;',
                            hash="04dc7a557b875e4889b02ac36c51ce645fd1c79d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_54ee4",
                            table="treatment_bed",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_bedhistory" ("id", "label", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (NEW."id", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."unit_id", NEW."version"); RETURN NULL;',
                            hash="5e561ce9b821e54271e6df10f0269e89e8eb4803",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6ecb9",
                            table="treatment_bed",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedhistory" ("id", "label", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (OLD."id", OLD."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."unit_id", OLD."version"); RETURN NULL;',
                            hash="0227205d6cfc60e01d29a6f29f7b0e5fce8d075b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_72ca9",
                            table="treatment_bed",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BedHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.bed",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.unit",
                    ),
                ),
                ("label", models.CharField(max_length=30)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="BedStay",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bed_stays",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bed_stays",
                        to="treatment.placement",
                    ),
                ),
                (
                    "bed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stays", to="treatment.bed"
                    ),
                ),
                ("began_at", models.DateTimeField()),
                (
                    "began_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_until_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="kept for a person who is away, until then", null=True
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["patient", "-began_at"], name="bed_stays_of_a_person"),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("held_until_at__isnull", False)),
                        fields=["held_until_at"],
                        name="beds_held",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_bed_stay_end_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="ended_at and ended_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"
                        ),
                        name="a_bed_stay_ends_after_it_begins",
                        violation_error_code="ends_before_start",
                        violation_error_message="A bed stay ends after it begins.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        expressions=[
                            ("bed", "="),
                            (treatment.models.placements.Period("began_at", "ended_at"), "&&"),
                        ],
                        name="one_patient_per_bed",
                        violation_error_code="bed_taken",
                        violation_error_message="The bed is taken at that time. Choose another; nothing else was changed.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        expressions=[
                            ("patient", "="),
                            (treatment.models.placements.Period("began_at", "ended_at"), "&&"),
                        ],
                        name="one_bed_per_patient",
                        violation_error_code="in_a_bed_already",
                        violation_error_message="The person has a bed at that time already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bedstay_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedstayhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "held_until_at", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "version") VALUES (NEW."bed_id", NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."held_until_at", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."version"); RETURN NULL;',
                            hash="d468882a9130129c9de25fac85e8960ad4b43995",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6a590",
                            table="treatment_bedstay",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_bedstayhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "held_until_at", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "version") VALUES (NEW."bed_id", NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."held_until_at", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."version"); RETURN NULL;',
                            hash="5806104e43402e45f3a520c57c15dc2d35a56053",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_aedbf",
                            table="treatment_bedstay",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedstayhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "held_until_at", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "version") VALUES (OLD."bed_id", OLD."began_at", OLD."began_by_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."held_until_at", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."version"); RETURN NULL;',
                            hash="cb2f511ec1595ef5d80a74a6a5a59ab1a171b7f4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d3127",
                            table="treatment_bedstay",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BedStayHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.bedstay",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.placement",
                    ),
                ),
                (
                    "bed",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.bed",
                    ),
                ),
                ("began_at", models.DateTimeField()),
                (
                    "began_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_until_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="kept for a person who is away, until then", null=True
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("slug", models.SlugField()),
                ("edition", models.PositiveIntegerField(default=1)),
                ("name", models.CharField(max_length=200)),
                ("items", models.JSONField()),
                ("source", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["slug", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "edition"),
                        name="one_checklist_per_edition",
                        violation_error_code="edition_taken",
                        violation_error_message="This edition of the checklist exists already.",
                    )
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="Clearance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clearances", to="patients.patient"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clearances", to="patients.episode"
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.checklist",
                    ),
                ),
                (
                    "findings",
                    models.JSONField(
                        blank=True, default=dict, help_text="item code to {finding, reason}; a reason when not met"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("cleared", "Medically cleared"),
                            ("screened", "Screened by a nurse"),
                            ("not_needed", "Not needed"),
                            ("overridden", "Overridden by a prescriber"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, help_text="of an override", max_length=500)),
                ("hospital", models.CharField(blank=True, max_length=200)),
                ("contact_number", models.CharField(blank=True, max_length=50)),
                ("cleared_at", models.DateTimeField()),
                (
                    "cleared_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", "overridden"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_override_has_a_reason",
                        violation_error_code="reason_missing",
                        violation_error_message="An override needs a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="clearance_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_clearancehistory" ("basis", "checklist_id", "cleared_at", "cleared_by_id", "contact_number", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "findings", "hospital", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "version") VALUES (NEW."basis", NEW."checklist_id", NEW."cleared_at", NEW."cleared_by_id", NEW."contact_number", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."findings", NEW."hospital", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."version"); RETURN NULL;',
                            hash="2ec91b5e42011af7ae85661a5d9c81c8a2754320",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_58832",
                            table="treatment_clearance",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_clearancehistory" ("basis", "checklist_id", "cleared_at", "cleared_by_id", "contact_number", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "findings", "hospital", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "version") VALUES (NEW."basis", NEW."checklist_id", NEW."cleared_at", NEW."cleared_by_id", NEW."contact_number", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."findings", NEW."hospital", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."version"); RETURN NULL;',
                            hash="639438573b1fab6cad16d81cc3198f6010d85267",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0425b",
                            table="treatment_clearance",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_clearancehistory" ("basis", "checklist_id", "cleared_at", "cleared_by_id", "contact_number", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "findings", "hospital", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "version") VALUES (OLD."basis", OLD."checklist_id", OLD."cleared_at", OLD."cleared_by_id", OLD."contact_number", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."findings", OLD."hospital", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."version"); RETURN NULL;',
                            hash="5ea93cc04ad5836632b2a2c14537f822331ae39b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c35ad",
                            table="treatment_clearance",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClearanceHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.clearance",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.checklist",
                    ),
                ),
                (
                    "findings",
                    models.JSONField(
                        blank=True, default=dict, help_text="item code to {finding, reason}; a reason when not met"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("cleared", "Medically cleared"),
                            ("screened", "Screened by a nurse"),
                            ("not_needed", "Not needed"),
                            ("overridden", "Overridden by a prescriber"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, help_text="of an override", max_length=500)),
                ("hospital", models.CharField(blank=True, max_length=200)),
                ("contact_number", models.CharField(blank=True, max_length=50)),
                ("cleared_at", models.DateTimeField()),
                (
                    "cleared_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversations",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversations",
                        to="patients.episode",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conversation", to="duties.duty"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("engagement", "Offering treatment"),
                            ("integration", "Making sense of what happened"),
                        ],
                        default="engagement",
                        max_length=20,
                    ),
                ),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                (
                    "held_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("thinking", "Thinking about it"),
                            ("declined", "Declined"),
                            ("not_able", "Not able to talk"),
                        ],
                        max_length=20,
                    ),
                ),
                ("may_contact_again", models.BooleanField(blank=True, null=True)),
                (
                    "contact_how",
                    models.CharField(blank=True, help_text="how and when, in their words", max_length=200),
                ),
                (
                    "information_offered",
                    models.BooleanField(
                        default=False, help_text="crisis, overdose and naloxone information was offered"
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=8000)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at__isnull", True), ("held_by__isnull", True)),
                            models.Q(("held_at__isnull", False), ("held_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_talk_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="held_at and held_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at", None), ("outcome", "")),
                            models.Q(("held_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_talk_held_has_an_outcome",
                        violation_error_code="outcome_missing",
                        violation_error_message="A talk that was held has an outcome.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["declined", "not_able"]), _negated=True),
                            ("may_contact_again__isnull", False),
                            _connector="OR",
                        ),
                        name="no_is_asked_whether_we_may_come_back",
                        violation_error_code="permission_unknown",
                        violation_error_message="Ask whether we may contact the person again, and record the answer.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("held_at", None)),
                        fields=("episode",),
                        name="one_planned_talk_per_episode",
                        violation_error_code="talk_planned",
                        violation_error_message="A talk is planned already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="conversation_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_conversationhistory" ("contact_how", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "held_at", "held_by_id", "id", "information_offered", "kind", "may_contact_again", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary", "version") VALUES (NEW."contact_how", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."held_at", NEW."held_by_id", NEW."id", NEW."information_offered", NEW."kind", NEW."may_contact_again", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."summary", NEW."version"); RETURN NULL;',
                            hash="eb58462a653ad5298e24d9e734d061de5b5f72a3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_36880",
                            table="treatment_conversation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_conversationhistory" ("contact_how", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "held_at", "held_by_id", "id", "information_offered", "kind", "may_contact_again", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary", "version") VALUES (NEW."contact_how", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."held_at", NEW."held_by_id", NEW."id", NEW."information_offered", NEW."kind", NEW."may_contact_again", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."summary", NEW."version"); RETURN NULL;',
                            hash="58301379f8b92c77cf4f6323e370d84279f42a04",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_78e44",
                            table="treatment_conversation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_conversationhistory" ("contact_how", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "held_at", "held_by_id", "id", "information_offered", "kind", "may_contact_again", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary", "version") VALUES (OLD."contact_how", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."held_at", OLD."held_by_id", OLD."id", OLD."information_offered", OLD."kind", OLD."may_contact_again", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."summary", OLD."version"); RETURN NULL;',
                            hash="d07c0dd531272571dc922985c2cc92f596651e33",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_703b3",
                            table="treatment_conversation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConversationHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.conversation",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("engagement", "Offering treatment"),
                            ("integration", "Making sense of what happened"),
                        ],
                        default="engagement",
                        max_length=20,
                    ),
                ),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                (
                    "held_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("thinking", "Thinking about it"),
                            ("declined", "Declined"),
                            ("not_able", "Not able to talk"),
                        ],
                        max_length=20,
                    ),
                ),
                ("may_contact_again", models.BooleanField(blank=True, null=True)),
                (
                    "contact_how",
                    models.CharField(blank=True, help_text="how and when, in their words", max_length=200),
                ),
                (
                    "information_offered",
                    models.BooleanField(
                        default=False, help_text="crisis, overdose and naloxone information was offered"
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=8000)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Discharge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="discharges", to="patients.patient"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="discharges", to="patients.episode"
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treatment.placement"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("1", "Treatment completed"),
                            ("2", "Dropped out"),
                            ("3", "Ended by the facility"),
                            ("4", "Transferred"),
                            ("5", "Incarcerated"),
                            ("8", "Left against advice"),
                            ("9", "Lost to contact"),
                            ("10", "Administrative"),
                            ("11", "Medical"),
                            ("12", "Left without word"),
                            ("13", "Aged out"),
                            ("14", "Moved away"),
                            ("15", "Transferred, did not arrive"),
                            ("16", "Transferred, not reportable"),
                            ("95", "Other"),
                            ("6", "Death by suicide"),
                            ("7", "Death, other"),
                        ],
                        max_length=2,
                    ),
                ),
                ("going_to", models.CharField(blank=True, help_text="where the person lives next", max_length=200)),
                ("summary", models.TextField(blank=True, max_length=20000)),
                (
                    "information_offered",
                    models.BooleanField(
                        default=False,
                        help_text="crisis, lowered tolerance, overdose and naloxone information was offered",
                    ),
                ),
                ("discharged_at", models.DateTimeField()),
                (
                    "discharged_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="discharge_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_dischargehistory" ("discharged_at", "discharged_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "going_to", "id", "information_offered", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reason", "summary", "version") VALUES (NEW."discharged_at", NEW."discharged_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."going_to", NEW."id", NEW."information_offered", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."reason", NEW."summary", NEW."version"); RETURN NULL;',
                            hash="2174d3145de4e303cda2cccde4599946858d6855",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7e62c",
                            table="treatment_discharge",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_dischargehistory" ("discharged_at", "discharged_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "going_to", "id", "information_offered", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reason", "summary", "version") VALUES (NEW."discharged_at", NEW."discharged_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."going_to", NEW."id", NEW."information_offered", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."reason", NEW."summary", NEW."version"); RETURN NULL;',
                            hash="28d316245f20402f0ff9d2ecc745f906c25a9631",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4fea7",
                            table="treatment_discharge",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_dischargehistory" ("discharged_at", "discharged_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "going_to", "id", "information_offered", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reason", "summary", "version") VALUES (OLD."discharged_at", OLD."discharged_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."going_to", OLD."id", OLD."information_offered", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."reason", OLD."summary", OLD."version"); RETURN NULL;',
                            hash="908390fe2fadae5ddb07723da1f707e11e60bbc6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2a6a9",
                            table="treatment_discharge",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DischargeHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.discharge",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.placement",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("1", "Treatment completed"),
                            ("2", "Dropped out"),
                            ("3", "Ended by the facility"),
                            ("4", "Transferred"),
                            ("5", "Incarcerated"),
                            ("8", "Left against advice"),
                            ("9", "Lost to contact"),
                            ("10", "Administrative"),
                            ("11", "Medical"),
                            ("12", "Left without word"),
                            ("13", "Aged out"),
                            ("14", "Moved away"),
                            ("15", "Transferred, did not arrive"),
                            ("16", "Transferred, not reportable"),
                            ("95", "Other"),
                            ("6", "Death by suicide"),
                            ("7", "Death, other"),
                        ],
                        max_length=2,
                    ),
                ),
                ("going_to", models.CharField(blank=True, help_text="where the person lives next", max_length=200)),
                ("summary", models.TextField(blank=True, max_length=20000)),
                (
                    "information_offered",
                    models.BooleanField(
                        default=False,
                        help_text="crisis, lowered tolerance, overdose and naloxone information was offered",
                    ),
                ),
                ("discharged_at", models.DateTimeField()),
                (
                    "discharged_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Handover",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="patients.episode"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("person", "The person"),
                            ("ambulance", "Ambulance"),
                            ("hospital", "Hospital"),
                            ("other_provider", "Another provider"),
                            ("bystander", "Somebody who was there"),
                            ("test", "A test"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "source_name",
                    models.CharField(blank=True, help_text="hospital, service or person", max_length=200),
                ),
                ("source_contact", models.CharField(blank=True, help_text="number to call back", max_length=200)),
                ("received_at", models.DateTimeField()),
                (
                    "received_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drugs_given",
                    models.JSONField(
                        blank=True, default=list, help_text="by ambulance or hospital: [{drug, dose, route, at}]"
                    ),
                ),
                (
                    "consciousness",
                    models.CharField(
                        choices=[
                            ("alert", "Alert"),
                            ("voice", "Responds to voice"),
                            ("pain", "Responds to pain"),
                            ("unresponsive", "Unresponsive"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "breathing",
                    models.CharField(
                        choices=[("normal", "Normal"), ("slowed", "Slowed"), ("assisted", "Assisted")], max_length=20
                    ),
                ),
                (
                    "respiratory_rate",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="breaths a minute",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(80),
                        ],
                    ),
                ),
                (
                    "oxygen_saturation",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="percent, room air",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "heart_rate",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="beats a minute",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(300),
                        ],
                    ),
                ),
                (
                    "systolic",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="mmHg",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(320),
                        ],
                    ),
                ),
                (
                    "temperature",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="°C",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(25),
                            django.core.validators.MaxValueValidator(45),
                        ],
                    ),
                ),
                ("outstanding_results", models.TextField(blank=True, max_length=4000)),
                (
                    "expected_leaving_at",
                    models.DateTimeField(
                        blank=True, help_text="when the person is expected to leave the stabilizing unit", null=True
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-received_at"], name="handovers_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="handover_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_handoverhistory" ("breathing", "consciousness", "drugs_given", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_leaving_at", "facility_id", "heart_rate", "id", "outstanding_results", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "respiratory_rate", "source", "source_contact", "source_name", "systolic", "temperature", "version") VALUES (NEW."breathing", NEW."consciousness", NEW."drugs_given", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_leaving_at", NEW."facility_id", NEW."heart_rate", NEW."id", NEW."outstanding_results", NEW."oxygen_saturation", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."respiratory_rate", NEW."source", NEW."source_contact", NEW."source_name", NEW."systolic", NEW."temperature", NEW."version"); RETURN NULL;',
                            hash="e99635a52a5a0405c12d8789c925dcc6d3dce1a2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4b9a4",
                            table="treatment_handover",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_handoverhistory" ("breathing", "consciousness", "drugs_given", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_leaving_at", "facility_id", "heart_rate", "id", "outstanding_results", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "respiratory_rate", "source", "source_contact", "source_name", "systolic", "temperature", "version") VALUES (NEW."breathing", NEW."consciousness", NEW."drugs_given", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_leaving_at", NEW."facility_id", NEW."heart_rate", NEW."id", NEW."outstanding_results", NEW."oxygen_saturation", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."respiratory_rate", NEW."source", NEW."source_contact", NEW."source_name", NEW."systolic", NEW."temperature", NEW."version"); RETURN NULL;',
                            hash="faf24fea77929d10b65583651a7cc142a00a433a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1ef4d",
                            table="treatment_handover",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_handoverhistory" ("breathing", "consciousness", "drugs_given", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_leaving_at", "facility_id", "heart_rate", "id", "outstanding_results", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "respiratory_rate", "source", "source_contact", "source_name", "systolic", "temperature", "version") VALUES (OLD."breathing", OLD."consciousness", OLD."drugs_given", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."expected_leaving_at", OLD."facility_id", OLD."heart_rate", OLD."id", OLD."outstanding_results", OLD."oxygen_saturation", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."received_at", OLD."received_by_id", OLD."respiratory_rate", OLD."source", OLD."source_contact", OLD."source_name", OLD."systolic", OLD."temperature", OLD."version"); RETURN NULL;',
                            hash="f37cabce271c5d4100b42c2c8c2bf1c997f851ad",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4ac71",
                            table="treatment_handover",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.handover",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("person", "The person"),
                            ("ambulance", "Ambulance"),
                            ("hospital", "Hospital"),
                            ("other_provider", "Another provider"),
                            ("bystander", "Somebody who was there"),
                            ("test", "A test"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "source_name",
                    models.CharField(blank=True, help_text="hospital, service or person", max_length=200),
                ),
                ("source_contact", models.CharField(blank=True, help_text="number to call back", max_length=200)),
                ("received_at", models.DateTimeField()),
                (
                    "received_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drugs_given",
                    models.JSONField(
                        blank=True, default=list, help_text="by ambulance or hospital: [{drug, dose, route, at}]"
                    ),
                ),
                (
                    "consciousness",
                    models.CharField(
                        choices=[
                            ("alert", "Alert"),
                            ("voice", "Responds to voice"),
                            ("pain", "Responds to pain"),
                            ("unresponsive", "Unresponsive"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "breathing",
                    models.CharField(
                        choices=[("normal", "Normal"), ("slowed", "Slowed"), ("assisted", "Assisted")], max_length=20
                    ),
                ),
                (
                    "respiratory_rate",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="breaths a minute",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(80),
                        ],
                    ),
                ),
                (
                    "oxygen_saturation",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="percent, room air",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "heart_rate",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="beats a minute",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(300),
                        ],
                    ),
                ),
                (
                    "systolic",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="mmHg",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(320),
                        ],
                    ),
                ),
                (
                    "temperature",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="°C",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(25),
                            django.core.validators.MaxValueValidator(45),
                        ],
                    ),
                ),
                ("outstanding_results", models.TextField(blank=True, max_length=4000)),
                (
                    "expected_leaving_at",
                    models.DateTimeField(
                        blank=True, help_text="when the person is expected to leave the stabilizing unit", null=True
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Intake",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="intakes", to="patients.patient"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="intakes", to="patients.episode"
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="intake", to="duties.duty"
                    ),
                ),
                (
                    "admission_duty",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="admission_of",
                        to="duties.duty",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        help_text="recommended",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.program",
                    ),
                ),
                ("goals", models.TextField(blank=True, help_text="in the person's own words", max_length=4000)),
                ("agreed_to_treatment", models.BooleanField(default=False)),
                (
                    "patient_notice_given",
                    models.BooleanField(
                        default=False, help_text="42 CFR 2.22: given, or given as soon as capacity returns"
                    ),
                ),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "completed_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("completed_at__isnull", True), ("completed_by__isnull", True)),
                            models.Q(("completed_at__isnull", False), ("completed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_intake_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="completed_at and completed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("admission_duty", None), ("completed_at", None)),
                            models.Q(("admission_duty__isnull", False), ("completed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_completed_intake_leads_to_admission",
                        violation_error_code="admission_not_owed",
                        violation_error_message="A completed intake names who owes the admission.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("completed_at", None), ("entered_in_error_at", None)),
                        fields=("episode",),
                        name="one_planned_intake_per_episode",
                        violation_error_code="intake_planned",
                        violation_error_message="An intake is planned already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="intake_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_intakehistory" ("admission_duty_id", "agreed_to_treatment", "completed_at", "completed_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "goals", "id", "patient_id", "patient_notice_given", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (NEW."admission_duty_id", NEW."agreed_to_treatment", NEW."completed_at", NEW."completed_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."goals", NEW."id", NEW."patient_id", NEW."patient_notice_given", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."version"); RETURN NULL;',
                            hash="a339da02c43db601b14871683e9a65904398468a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4c34e",
                            table="treatment_intake",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_intakehistory" ("admission_duty_id", "agreed_to_treatment", "completed_at", "completed_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "goals", "id", "patient_id", "patient_notice_given", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (NEW."admission_duty_id", NEW."agreed_to_treatment", NEW."completed_at", NEW."completed_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."goals", NEW."id", NEW."patient_id", NEW."patient_notice_given", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."program_id", NEW."version"); RETURN NULL;',
                            hash="58e31efbed9beb05ba40a9ec175203667cb03551",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e5c14",
                            table="treatment_intake",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_intakehistory" ("admission_duty_id", "agreed_to_treatment", "completed_at", "completed_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "goals", "id", "patient_id", "patient_notice_given", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (OLD."admission_duty_id", OLD."agreed_to_treatment", OLD."completed_at", OLD."completed_by_id", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."goals", OLD."id", OLD."patient_id", OLD."patient_notice_given", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."version"); RETURN NULL;',
                            hash="c2c7f695867891e834682cafe3c8c360357b6bc9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e42dc",
                            table="treatment_intake",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IntakeHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.intake",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
                (
                    "admission_duty",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        help_text="recommended",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.program",
                    ),
                ),
                ("goals", models.TextField(blank=True, help_text="in the person's own words", max_length=4000)),
                ("agreed_to_treatment", models.BooleanField(default=False)),
                (
                    "patient_notice_given",
                    models.BooleanField(
                        default=False, help_text="42 CFR 2.22: given, or given as soon as capacity returns"
                    ),
                ),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "completed_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Session",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="patients.episode"
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="treatment.placement",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("individual", "Individual"),
                            ("family", "Family"),
                            ("group", "Group"),
                            ("psychoeducation", "Psychoeducation"),
                            ("integration", "Integration"),
                        ],
                        max_length=20,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("attended", "Attended"),
                            ("late", "Came late"),
                            ("partial", "Left early"),
                            ("no_show", "Did not come"),
                        ],
                        max_length=20,
                    ),
                ),
                ("logged_at", models.DateTimeField()),
                (
                    "logged_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-started_at"], name="sessions_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gte", models.F("started_at"))),
                        name="a_session_ends_after_it_starts",
                        violation_error_code="ends_before_start",
                        violation_error_message="A session ends after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="session_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessionhistory" ("attendance", "ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "logged_at", "logged_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "started_at", "version") VALUES (NEW."attendance", NEW."ended_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."kind", NEW."logged_at", NEW."logged_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."started_at", NEW."version"); RETURN NULL;',
                            hash="ecbcbbf6f4cc328eb288a2077111a98533ed5d57",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a4717",
                            table="treatment_session",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_sessionhistory" ("attendance", "ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "logged_at", "logged_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "started_at", "version") VALUES (NEW."attendance", NEW."ended_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."kind", NEW."logged_at", NEW."logged_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."started_at", NEW."version"); RETURN NULL;',
                            hash="5f15214d5061e873014a225895360d34c8d73a39",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9b946",
                            table="treatment_session",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessionhistory" ("attendance", "ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "logged_at", "logged_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "started_at", "version") VALUES (OLD."attendance", OLD."ended_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."kind", OLD."logged_at", OLD."logged_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."started_at", OLD."version"); RETURN NULL;',
                            hash="173a83a269153a63c1a6784a517be27dc92c8241",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e491f",
                            table="treatment_session",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.session",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.placement",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("individual", "Individual"),
                            ("family", "Family"),
                            ("group", "Group"),
                            ("psychoeducation", "Psychoeducation"),
                            ("integration", "Integration"),
                        ],
                        max_length=20,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("attended", "Attended"),
                            ("late", "Came late"),
                            ("partial", "Left early"),
                            ("no_show", "Did not come"),
                        ],
                        max_length=20,
                    ),
                ),
                ("logged_at", models.DateTimeField()),
                (
                    "logged_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="SessionNote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="session_notes",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="treatment.session"
                    ),
                ),
                (
                    "sign_duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="note_to_sign", to="duties.duty"
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=40000)),
                ("drafted_at", models.DateTimeField()),
                (
                    "drafted_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["patient"], name="notes_of_a_person"),
                    models.Index(
                        condition=models.Q(("signed_at", None)), fields=["drafted_by"], name="drafts_of_user"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_signature_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="signed_at and signed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_at", None), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="a_signed_note_has_text",
                        violation_error_code="note_empty",
                        violation_error_message="An empty note cannot be signed.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("session",),
                        name="one_note_per_session",
                        violation_error_code="note_written",
                        violation_error_message="This session has a note already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="sessionnote_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessionnotehistory" ("drafted_at", "drafted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "sign_duty_id", "signed_at", "signed_by_id", "text", "version") VALUES (NEW."drafted_at", NEW."drafted_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."session_id", NEW."sign_duty_id", NEW."signed_at", NEW."signed_by_id", NEW."text", NEW."version"); RETURN NULL;',
                            hash="6a26be39dba0db4ff250ef0bd26d45e81977f2f6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_591dc",
                            table="treatment_sessionnote",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_sessionnotehistory" ("drafted_at", "drafted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "sign_duty_id", "signed_at", "signed_by_id", "text", "version") VALUES (NEW."drafted_at", NEW."drafted_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."session_id", NEW."sign_duty_id", NEW."signed_at", NEW."signed_by_id", NEW."text", NEW."version"); RETURN NULL;',
                            hash="c0b90bd79820075c9627df0c2598e524afc777cf",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fde9c",
                            table="treatment_sessionnote",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessionnotehistory" ("drafted_at", "drafted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "sign_duty_id", "signed_at", "signed_by_id", "text", "version") VALUES (OLD."drafted_at", OLD."drafted_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."session_id", OLD."sign_duty_id", OLD."signed_at", OLD."signed_by_id", OLD."text", OLD."version"); RETURN NULL;',
                            hash="980d3f5ae314c9d8ab5414b2d7ad2a39f3b476b1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2ac95",
                            table="treatment_sessionnote",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionNoteHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.sessionnote",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.session",
                    ),
                ),
                (
                    "sign_duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=40000)),
                ("drafted_at", models.DateTimeField()),
                (
                    "drafted_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
    operations = [audit.operations.Together(together)]
