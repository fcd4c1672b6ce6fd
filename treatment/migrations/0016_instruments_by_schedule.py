import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, frozen, kept

ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]

# The duty of what is scheduled is done by asking: the row points to the next one before this one ends.
ASKED = """
CREATE FUNCTION assessment_is_asked() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM treatment_scheduledassessment WHERE duty_id = NEW.id) THEN
        RAISE EXCEPTION 'the person was not asked yet'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_scheduled_assessment_is_asked';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER b_scheduled_assessment_is_asked AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
    EXECUTE FUNCTION assessment_is_asked()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("accounts", "__first__"),
        ("duties", "0004_calls_owed"),
        ("patients", "0008_newest_episodes"),
        ("treatment", "0015_levels_of_care"),
    ]

    together = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="assessment",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="assessment",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="assessment",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="bladderentry",
            name="a_bladder_entry_says_something",
        ),
        audit.operations.CreateTracked(
            name="InstrumentPermission",
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
                    "instrument",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="permissions",
                        to="treatment.instrument",
                    ),
                ),
                ("given_by", models.CharField(help_text="who gave it: a person or an office", max_length=200)),
                (
                    "reference",
                    models.CharField(help_text="letter, contract or address where it can be read", max_length=200),
                ),
                ("given_on", models.DateField()),
                (
                    "valid_until",
                    models.DateField(blank=True, help_text="the last day; empty: without an end", null=True),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["instrument", "-id"], name="permissions_by_instrument")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_by", ""), _negated=True), models.Q(("reference", ""), _negated=True)
                        ),
                        name="a_permission_says_who_gave_it",
                        violation_error_code="permission_half_recorded",
                        violation_error_message="Say who gave the permission, and where it can be read.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gte", models.F("given_on")), _connector="OR"
                        ),
                        name="a_permission_ends_after_it_was_given",
                        violation_error_code="permission_reversed",
                        violation_error_message="A permission ends after the day it was given.",
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="AssessmentSchedule",
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
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessment_schedules",
                        to="treatment.program",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        help_text="the newest edition of it is asked",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.instrument",
                    ),
                ),
                ("slug", models.SlugField(editable=False, help_text="of the instrument, whatever its edition")),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            validators=[django.core.validators.MaxValueValidator(3650)]
                        ),
                        help_text="days after admission, the first of them at the latest",
                        size=None,
                    ),
                ),
                (
                    "every_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="then again, so many days after the last; empty: not again",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "Administrator"),
                            ("intake", "Intake"),
                            ("nurse", "Nurse"),
                            ("prescriber", "Prescriber"),
                            ("counselor", "Counselor"),
                            ("supervisor", "Supervisor"),
                            ("technician", "Technician"),
                            ("aftercare", "Aftercare coach"),
                            ("privacy", "Privacy officer"),
                            ("analyst", "Analyst"),
                        ],
                        default="counselor",
                        help_text="who asks",
                        max_length=20,
                    ),
                ),
                (
                    "only_ketamine",
                    models.BooleanField(default=False, help_text="only of people of whom ketamine use is known"),
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
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_schedule_of_assessments_end_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="ended_at and ended_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__len__gt", 0)),
                        name="a_schedule_of_assessments_has_a_first_day",
                        violation_error_code="days_missing",
                        violation_error_message="Say how many days after admission it is first asked.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every_days", None), ("every_days__gte", 1), _connector="OR"),
                        name="what_is_asked_again_is_asked_after_a_day",
                        violation_error_code="every_too_often",
                        violation_error_message="It is asked again after a day at the earliest.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("program", "slug"),
                        name="one_schedule_per_program_and_instrument",
                        violation_error_code="scheduled_already",
                        violation_error_message="This program asks it already.",
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="ScheduledAssessment",
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
                        related_name="scheduled_assessments",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scheduled_assessments",
                        to="patients.episode",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="treatment.assessmentschedule",
                    ),
                ),
                ("slug", models.SlugField(help_text="of the instrument")),
                ("anchor_at", models.DateTimeField(help_text="day 0 of its steps: the first admission")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="of the step, from 0; none: again", null=True
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scheduled_assessment",
                        to="duties.duty",
                    ),
                ),
                (
                    "last_at",
                    models.DateTimeField(blank=True, help_text="when it was last answered or declined", null=True),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient"], name="scheduled_of_a_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("episode", "slug"),
                        name="one_rolling_row_per_person_and_instrument",
                        violation_error_code="scheduled_already",
                        violation_error_message="This is asked of the person already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_at", None), ("last_at__gte", models.F("anchor_at")), _connector="OR"
                        ),
                        name="what_was_asked_was_asked_after_day_0",
                        violation_error_code="asked_before_day_0",
                        violation_error_message="It was asked before the schedule began.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_scheduledassessmenthistory" ("anchor_at", "duty_id", "episode_id", "facility_id", "id", "last_at", "number", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "slug", "version") VALUES (NEW."anchor_at", NEW."duty_id", NEW."episode_id", NEW."facility_id", NEW."id", NEW."last_at", NEW."number", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."schedule_id", NEW."slug", NEW."version"); RETURN NULL;',
                            hash="3dc35dfe3df0fb1e2024b19b7d9a38bd3a98b647",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9323f",
                            table="treatment_scheduledassessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_scheduledassessmenthistory" ("anchor_at", "duty_id", "episode_id", "facility_id", "id", "last_at", "number", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "slug", "version") VALUES (NEW."anchor_at", NEW."duty_id", NEW."episode_id", NEW."facility_id", NEW."id", NEW."last_at", NEW."number", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."schedule_id", NEW."slug", NEW."version"); RETURN NULL;',
                            hash="f43c61776034f2e27617fbb48574d1853e1171c6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dc048",
                            table="treatment_scheduledassessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_scheduledassessmenthistory" ("anchor_at", "duty_id", "episode_id", "facility_id", "id", "last_at", "number", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "slug", "version") VALUES (OLD."anchor_at", OLD."duty_id", OLD."episode_id", OLD."facility_id", OLD."id", OLD."last_at", OLD."number", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."schedule_id", OLD."slug", OLD."version"); RETURN NULL;',
                            hash="43d65f61c09248b0fb9e87696576342b7364e144",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_eb5e8",
                            table="treatment_scheduledassessment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="ScheduledAssessmentHistory",
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
                        to="treatment.scheduledassessment",
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
                    "schedule",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.assessmentschedule",
                    ),
                ),
                ("slug", models.SlugField(db_index=False, help_text="of the instrument")),
                ("anchor_at", models.DateTimeField(help_text="day 0 of its steps: the first admission")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="of the step, from 0; none: again", null=True
                    ),
                ),
                (
                    "duty",
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
                    "last_at",
                    models.DateTimeField(blank=True, help_text="when it was last answered or declined", null=True),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="assessment",
            name="about_suicide",
            field=models.BooleanField(
                default=False, editable=False, help_text="asking about suicide answers what this called for"
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="declined_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="assessment",
            name="declined_by",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                editable=False,
                help_text="who asked",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="declined_reason",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="assessmenthistory",
            name="about_suicide",
            field=models.BooleanField(
                default=False, editable=False, help_text="asking about suicide answers what this called for"
            ),
        ),
        migrations.AddField(
            model_name="assessmenthistory",
            name="declined_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="assessmenthistory",
            name="declined_by",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                editable=False,
                help_text="who asked",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assessmenthistory",
            name="declined_reason",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="instrument",
            name="kept_as",
            field=models.CharField(
                blank=True,
                choices=[("bladder_log", "Entries of the bladder log"), ("criteria", "Criteria of use disorder")],
                help_text="empty: as assessments",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="instrument",
            name="loaded_at",
            field=models.DateTimeField(blank=True, help_text="by a site; empty: shipped", null=True),
        ),
        migrations.AddField(
            model_name="instrument",
            name="loaded_by",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="instrument",
            name="items",
            field=models.JSONField(help_text="[{code, text, choices or between, safety, asked_if, blank}]"),
        ),
        migrations.AlterField(
            model_name="instrument",
            name="scores",
            field=models.JSONField(help_text="[{code, name, items, how, weights, reversed, may_miss, bands, …}]"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_assessmenthistory" ("about_suicide", "answered_at", "answered_by_id", "answers", "begun_at", "begun_by_id", "declined_at", "declined_by_id", "declined_reason", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "flags", "how", "id", "instrument_id", "missing", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scores", "settled_at", "settled_by_id", "settled_reason", "severity", "version") VALUES (NEW."about_suicide", NEW."answered_at", NEW."answered_by_id", NEW."answers", NEW."begun_at", NEW."begun_by_id", NEW."declined_at", NEW."declined_by_id", NEW."declined_reason", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."flags", NEW."how", NEW."id", NEW."instrument_id", NEW."missing", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."scores", NEW."settled_at", NEW."settled_by_id", NEW."settled_reason", NEW."severity", NEW."version"); RETURN NULL;',
                    hash="124577e5ac89db037760beb07edfbe2f7933dcef",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bab74",
                    table="treatment_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_assessmenthistory" ("about_suicide", "answered_at", "answered_by_id", "answers", "begun_at", "begun_by_id", "declined_at", "declined_by_id", "declined_reason", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "flags", "how", "id", "instrument_id", "missing", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scores", "settled_at", "settled_by_id", "settled_reason", "severity", "version") VALUES (NEW."about_suicide", NEW."answered_at", NEW."answered_by_id", NEW."answers", NEW."begun_at", NEW."begun_by_id", NEW."declined_at", NEW."declined_by_id", NEW."declined_reason", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."flags", NEW."how", NEW."id", NEW."instrument_id", NEW."missing", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."scores", NEW."settled_at", NEW."settled_by_id", NEW."settled_reason", NEW."severity", NEW."version"); RETURN NULL;',
                    hash="753983575105e2f3c4a4b7762c6eb037f8df3061",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_57d8a",
                    table="treatment_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_assessmenthistory" ("about_suicide", "answered_at", "answered_by_id", "answers", "begun_at", "begun_by_id", "declined_at", "declined_by_id", "declined_reason", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "flags", "how", "id", "instrument_id", "missing", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scores", "settled_at", "settled_by_id", "settled_reason", "severity", "version") VALUES (OLD."about_suicide", OLD."answered_at", OLD."answered_by_id", OLD."answers", OLD."begun_at", OLD."begun_by_id", OLD."declined_at", OLD."declined_by_id", OLD."declined_reason", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."flags", OLD."how", OLD."id", OLD."instrument_id", OLD."missing", OLD."note", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."scores", OLD."settled_at", OLD."settled_by_id", OLD."settled_reason", OLD."severity", OLD."version"); RETURN NULL;',
                    hash="ce4019c80a438ee9009b18e2e0876a80ddb3a202",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d10ae",
                    table="treatment_assessment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declined_at", None), ("declined_by", None), ("declined_reason", "")),
                    models.Q(
                        ("answered_at", None),
                        ("declined_at__isnull", False),
                        ("declined_by__isnull", False),
                        models.Q(("declined_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="what_was_declined_was_not_answered",
                violation_error_code="declined_or_answered",
                violation_error_message="It is answered, or declined with a reason: one of the two.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bladderentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("analgesics", ""), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    ("voids__isnull", False),
                    ("nocturia__isnull", False),
                    ("urgency__isnull", False),
                    ("pain__isnull", False),
                    ("max_volume_ml__isnull", False),
                    ("visible_blood__isnull", False),
                    ("incontinence__isnull", False),
                    ("cannot_pass__isnull", False),
                    ("fever_and_flank_pain__isnull", False),
                    _connector="OR",
                ),
                name="a_bladder_entry_says_something",
                violation_error_code="nothing_logged",
                violation_error_message="Write down at least one thing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("loaded_at__isnull", True), ("loaded_by__isnull", True)),
                    models.Q(("loaded_at__isnull", False), ("loaded_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_loaded_instrument_has_who",
                violation_error_code="half_recorded",
                violation_error_message="loaded_at and loaded_by are recorded together or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.CheckConstraint(
                condition=models.Q(("loaded_at", None), ("kept_as", ""), _connector="OR"),
                name="what_a_site_loads_is_kept_as_assessments",
                violation_error_code="kept_elsewhere",
                violation_error_message="What a site loads is kept as assessments.",
            ),
        ),
        kept("treatment_assessmentschedule", "treatment_instrumentpermission", "treatment_scheduledassessment"),
        append_only("treatment_instrumentpermission"),
        append_only("treatment_scheduledassessmenthistory", by_trigger=True),
        frozen(
            "treatment_assessmentschedule",
            when="TRUE",
            name="a_schedule_of_assessments_never_changes",
            message="a schedule never changes",
            except_columns=["ended_at", "ended_by_id"],
        ),
        frozen(
            "treatment_assessment",
            when="OLD.declined_at IS NOT NULL",
            name="a_declined_assessment_never_changes",
            message="what was declined stays so",
            except_columns=ERROR,
        ),
        migrations.RunSQL(ASKED, "DROP FUNCTION assessment_is_asked() CASCADE"),
    ]
    operations = [audit.operations.Together(together)]
