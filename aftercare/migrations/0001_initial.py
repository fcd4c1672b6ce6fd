import datetime

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("duties", "0001_initial"),
        ("patients", "0001_initial"),
        ("treatment", "0001_initial"),
    ]

    together = [
        migrations.CreateModel(
            name="Schedule",
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
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "steps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DurationField(),
                        help_text="from day 0; whole days fall at the local time below, shorter ones count from the hour itself",
                        size=None,
                    ),
                ),
                ("local_time", models.TimeField(default=datetime.time(10, 0))),
                ("source", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["slug", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "facility", "edition"),
                        name="one_schedule_per_edition",
                        nulls_distinct=False,
                        violation_error_code="edition_taken",
                        violation_error_message="This edition of the schedule exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("steps__len__gt", 0)),
                        name="a_schedule_has_steps",
                        violation_error_code="schedule_empty",
                        violation_error_message="A schedule has at least one step.",
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="AftercarePlan",
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
                        related_name="aftercare_plans",
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
                        related_name="aftercare_plans",
                        to="patients.episode",
                    ),
                ),
                (
                    "discharge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aftercare_plans",
                        to="treatment.discharge",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="aftercare.schedule"
                    ),
                ),
                (
                    "end_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        help_text="once the schedule has run out: decide what comes next",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_ending",
                        to="duties.duty",
                    ),
                ),
                (
                    "coach",
                    models.ForeignKey(
                        blank=True,
                        help_text="who calls; none: the aftercare role here",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("anchor_at", models.DateTimeField(help_text="day 0: the discharge, or the talk")),
                ("zone", models.CharField(max_length=64)),
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
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "Ran its course"),
                            ("back_to_treatment", "Back to treatment"),
                            ("closed", "Episode closed"),
                        ],
                        editable=False,
                        max_length=20,
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
                            models.Q(("end_reason", ""), ("ended_at", None), ("ended_by", None)),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_plan_end_has_who_and_why",
                        violation_error_code="half_recorded",
                        violation_error_message="A plan's end records when, by whom and why.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("entered_in_error_at", None)),
                        fields=("episode",),
                        name="one_active_plan_per_episode",
                        violation_error_code="plan_active",
                        violation_error_message="The person has an aftercare plan already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="aftercareplan_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "aftercare_aftercareplanhistory" ("anchor_at", "began_at", "began_by_id", "coach_id", "discharge_id", "end_duty_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "version", "zone") VALUES (NEW."anchor_at", NEW."began_at", NEW."began_by_id", NEW."coach_id", NEW."discharge_id", NEW."end_duty_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."schedule_id", NEW."version", NEW."zone"); RETURN NULL;',
                            hash="b30d273abc88425c103ea0f773d77c156e610851",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4d471",
                            table="aftercare_aftercareplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "aftercare_aftercareplanhistory" ("anchor_at", "began_at", "began_by_id", "coach_id", "discharge_id", "end_duty_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "version", "zone") VALUES (NEW."anchor_at", NEW."began_at", NEW."began_by_id", NEW."coach_id", NEW."discharge_id", NEW."end_duty_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."schedule_id", NEW."version", NEW."zone"); RETURN NULL;',
                            hash="53ce0b4ff08152c855d260b3d085937b7d40cb96",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_31f68",
                            table="aftercare_aftercareplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "aftercare_aftercareplanhistory" ("anchor_at", "began_at", "began_by_id", "coach_id", "discharge_id", "end_duty_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "version", "zone") VALUES (OLD."anchor_at", OLD."began_at", OLD."began_by_id", OLD."coach_id", OLD."discharge_id", OLD."end_duty_id", OLD."end_reason", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."schedule_id", OLD."version", OLD."zone"); RETURN NULL;',
                            hash="09d35d161f49e53b6b471000843be183e0491a5d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fb067",
                            table="aftercare_aftercareplan",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AftercarePlanHistory",
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
                        to="aftercare.aftercareplan",
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
                    "discharge",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.discharge",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="aftercare.schedule",
                    ),
                ),
                (
                    "end_duty",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="once the schedule has run out: decide what comes next",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
                (
                    "coach",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        help_text="who calls; none: the aftercare role here",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("anchor_at", models.DateTimeField(help_text="day 0: the discharge, or the talk")),
                ("zone", models.CharField(max_length=64)),
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
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "Ran its course"),
                            ("back_to_treatment", "Back to treatment"),
                            ("closed", "Episode closed"),
                        ],
                        editable=False,
                        max_length=20,
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
            name="CheckIn",
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
                        related_name="check_ins",
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="aftercare.aftercareplan",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="check_in", to="duties.duty"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="step of the schedule, from 0")),
                ("due_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "closed_by",
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
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answered", "Answered"),
                            ("reached", "Reached by phone"),
                            ("missed", "Missed"),
                            ("canceled", "No longer needed"),
                        ],
                        editable=False,
                        max_length=20,
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
                    models.Index(fields=["patient", "-due_at"], name="check_ins_of_a_person"),
                    models.Index(condition=models.Q(("closed_at", None)), fields=["due_at"], name="open_check_ins"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None), ("outcome", "")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_closed_check_in_has_who_and_how",
                        violation_error_code="half_recorded",
                        violation_error_message="A check-in's end records when, by whom and how.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None), ("entered_in_error_at", None)),
                        fields=("plan",),
                        name="one_open_check_in_per_plan",
                        violation_error_code="check_in_open",
                        violation_error_message="A check-in is open already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("plan", "number"),
                        name="one_check_in_per_step",
                        violation_error_code="check_in_made",
                        violation_error_message="This step has its check-in already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="checkin_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "aftercare_checkinhistory" ("closed_at", "closed_by_id", "due_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "number", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "version") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."due_at", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."number", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."version"); RETURN NULL;',
                            hash="d1b457a47c2a3a24af667b5419b30e287c3c534f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_63918",
                            table="aftercare_checkin",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "aftercare_checkinhistory" ("closed_at", "closed_by_id", "due_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "number", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "version") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."due_at", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."number", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."version"); RETURN NULL;',
                            hash="1cad0ec21ff1995a3d584bf65d00810b58f9b0a7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_28c8a",
                            table="aftercare_checkin",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "aftercare_checkinhistory" ("closed_at", "closed_by_id", "due_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "number", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "version") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."due_at", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."number", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."version"); RETURN NULL;',
                            hash="70da63760ee61a722f13dc4f9fefb607bd13652d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2ef90",
                            table="aftercare_checkin",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckInHistory",
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
                        to="aftercare.checkin",
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
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="aftercare.aftercareplan",
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
                ("number", models.PositiveSmallIntegerField(help_text="step of the schedule, from 0")),
                ("due_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "closed_by",
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
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answered", "Answered"),
                            ("reached", "Reached by phone"),
                            ("missed", "Missed"),
                            ("canceled", "No longer needed"),
                        ],
                        editable=False,
                        max_length=20,
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
            name="Answer",
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
                        related_name="answers",
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
                    "check_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="aftercare.checkin"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("call", "By phone"), ("in_person", "In person"), ("message", "By message")],
                        max_length=20,
                    ),
                ),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_index=False,
                        help_text="who wrote it down",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "craving",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0-100, right now",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                    ),
                ),
                (
                    "ketamine_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="days of use since last time",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(31)],
                    ),
                ),
                ("other_use", models.CharField(blank=True, max_length=500)),
                ("wants_call", models.BooleanField(default=False)),
                ("text", models.TextField(blank=True, max_length=4000)),
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
                "indexes": [models.Index(fields=["patient", "-answered_at"], name="answers_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("craving", None), ("craving__lte", 100), _connector="OR"),
                        name="craving_is_0_to_100",
                        violation_error_code="craving_range",
                        violation_error_message="Craving is a number from 0 to 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="answer_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "aftercare_answerhistory" ("answered_at", "answered_by_id", "check_in_id", "craving", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "how", "id", "ketamine_days", "other_use", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "text", "version", "wants_call") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."check_in_id", NEW."craving", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."how", NEW."id", NEW."ketamine_days", NEW."other_use", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."received_at", NEW."text", NEW."version", NEW."wants_call"); RETURN NULL;',
                            hash="4727b7c02cd0a1a2031b6ef9f79f51d08d1a1151",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_155c3",
                            table="aftercare_answer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "aftercare_answerhistory" ("answered_at", "answered_by_id", "check_in_id", "craving", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "how", "id", "ketamine_days", "other_use", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "text", "version", "wants_call") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."check_in_id", NEW."craving", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."how", NEW."id", NEW."ketamine_days", NEW."other_use", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."received_at", NEW."text", NEW."version", NEW."wants_call"); RETURN NULL;',
                            hash="0ae145301dfcd5c0cc64779af4d567764d4f5032",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_27ee7",
                            table="aftercare_answer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "aftercare_answerhistory" ("answered_at", "answered_by_id", "check_in_id", "craving", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "how", "id", "ketamine_days", "other_use", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "text", "version", "wants_call") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."check_in_id", OLD."craving", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."how", OLD."id", OLD."ketamine_days", OLD."other_use", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."received_at", OLD."text", OLD."version", OLD."wants_call"); RETURN NULL;',
                            hash="14b903bb2f9e6435ed92aa5b729afbdd34593f71",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_226d5",
                            table="aftercare_answer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerHistory",
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
                        to="aftercare.answer",
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
                    "check_in",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="aftercare.checkin",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("call", "By phone"), ("in_person", "In person"), ("message", "By message")],
                        max_length=20,
                    ),
                ),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="who wrote it down",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "craving",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0-100, right now",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                    ),
                ),
                (
                    "ketamine_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="days of use since last time",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(31)],
                    ),
                ),
                ("other_use", models.CharField(blank=True, max_length=500)),
                ("wants_call", models.BooleanField(default=False)),
                ("text", models.TextField(blank=True, max_length=4000)),
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
            name="DeathReport",
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
                        related_name="death_reports",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="death_reports",
                        to="patients.episode",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="death_report", to="duties.duty"
                    ),
                ),
                ("told_by", models.CharField(help_text="who said so", max_length=200)),
                ("reported_at", models.DateTimeField()),
                (
                    "reported_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "confirmed_by",
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
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "withdrawn_by",
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
                (
                    "reason",
                    models.CharField(blank=True, help_text="how it was confirmed, or why withdrawn", max_length=500),
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
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_death_confirmation_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="confirmed_at and confirmed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_death_withdrawal_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="withdrawn_at and withdrawn_by are recorded together or not at all.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("withdrawn_at", None)),
                        fields=("patient",),
                        name="one_death_report_per_person",
                        violation_error_code="death_reported",
                        violation_error_message="A death has been reported already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="deathreport_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "aftercare_deathreporthistory" ("confirmed_at", "confirmed_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reported_at", "reported_by_id", "told_by", "version", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."reported_at", NEW."reported_by_id", NEW."told_by", NEW."version", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="7c626d94f5ee7d4d8642d38a994d4eaa9523f54c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_58105",
                            table="aftercare_deathreport",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "aftercare_deathreporthistory" ("confirmed_at", "confirmed_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reported_at", "reported_by_id", "told_by", "version", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."reported_at", NEW."reported_by_id", NEW."told_by", NEW."version", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="657909cd678a39053f01d07d72f8497d0834c9df",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_43578",
                            table="aftercare_deathreport",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "aftercare_deathreporthistory" ("confirmed_at", "confirmed_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reported_at", "reported_by_id", "told_by", "version", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."confirmed_at", OLD."confirmed_by_id", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."reported_at", OLD."reported_by_id", OLD."told_by", OLD."version", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                            hash="f2e773098bf873217e69c944bd51344c3dbe70aa",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_71c65",
                            table="aftercare_deathreport",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeathReportHistory",
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
                        to="aftercare.deathreport",
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
                        blank=True,
                        db_constraint=False,
                        null=True,
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
                ("told_by", models.CharField(help_text="who said so", max_length=200)),
                ("reported_at", models.DateTimeField()),
                (
                    "reported_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "confirmed_by",
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
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "withdrawn_by",
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
                (
                    "reason",
                    models.CharField(blank=True, help_text="how it was confirmed, or why withdrawn", max_length=500),
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
