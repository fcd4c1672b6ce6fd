import datetime

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.models
import audit.models
import audit.operations
import treatment.models.placements
from audit.operations import append_only, frozen, kept

TABLES = ["aftercare_pause"]
DRAFTS = [
    "DROP FUNCTION aftercare_schedule_a_schedule_never_changes() CASCADE",
    "UPDATE aftercare_schedule SET published_at = now()",  # until now there were no drafts
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_licenses"),
        ("accounts", "__first__"),
        ("aftercare", "0002_rules"),
        ("duties", "0006_what_was_added"),
        ("patients", "0008_newest_episodes"),
        ("treatment", "0021_rounds_and_incidents"),
    ]

    together = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="aftercareplan",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="aftercareplan",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="aftercareplan",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="answer",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="answer",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="answer",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="checkin",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="checkin",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="checkin",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="aftercareplan",
            name="early_from_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="out of a bed or of custody since; none: never in one",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="aftercareplan",
            name="pace",
            field=models.FloatField(
                db_default=1,
                default=1,
                help_text="the person asked for fewer: times the usual interval",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3)],
            ),
        ),
        migrations.AddField(
            model_name="aftercareplan",
            name="tier",
            field=models.CharField(
                choices=[("green", "Green"), ("amber", "Amber"), ("red", "Red"), ("critical", "Critical")],
                db_default="green",
                default="green",
                editable=False,
                help_text="now",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="aftercareplanhistory",
            name="early_from_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="out of a bed or of custody since; none: never in one",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="aftercareplanhistory",
            name="pace",
            field=models.FloatField(
                db_default=1,
                default=1,
                help_text="the person asked for fewer: times the usual interval",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3)],
            ),
        ),
        migrations.AddField(
            model_name="aftercareplanhistory",
            name="tier",
            field=models.CharField(
                choices=[("green", "Green"), ("amber", "Amber"), ("red", "Red"), ("critical", "Critical")],
                db_default="green",
                default="green",
                editable=False,
                help_text="now",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="given",
            field=models.JSONField(blank=True, default=dict, help_text="what was said, by the key of the question"),
        ),
        migrations.AddField(
            model_name="answer",
            name="questions_edition",
            field=models.PositiveIntegerField(
                blank=True, editable=False, help_text="of the questions; none: before there were editions", null=True
            ),
        ),
        migrations.AddField(
            model_name="answerhistory",
            name="given",
            field=models.JSONField(blank=True, default=dict, help_text="what was said, by the key of the question"),
        ),
        migrations.AddField(
            model_name="answerhistory",
            name="questions_edition",
            field=models.PositiveIntegerField(
                blank=True, editable=False, help_text="of the questions; none: before there were editions", null=True
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="local_time",
            field=models.TimeField(
                blank=True, editable=False, help_text="an hour of its own; none: the schedule's", null=True
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="over_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="no answer by then is a miss; none: a week after it is due",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="why",
            field=models.CharField(
                blank=True, db_default="", editable=False, help_text="why it is due then", max_length=300
            ),
        ),
        migrations.AddField(
            model_name="checkinhistory",
            name="local_time",
            field=models.TimeField(
                blank=True, editable=False, help_text="an hour of its own; none: the schedule's", null=True
            ),
        ),
        migrations.AddField(
            model_name="checkinhistory",
            name="over_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="no answer by then is a miss; none: a week after it is due",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="checkinhistory",
            name="why",
            field=models.CharField(
                blank=True, db_default="", editable=False, help_text="why it is due then", max_length=300
            ),
        ),
        migrations.AddField(
            model_name="schedule",
            name="early_days",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="the first days out of a bed or of custody, where nothing makes contact lighter"
            ),
        ),
        migrations.AddField(
            model_name="schedule",
            name="early_longest",
            field=models.DurationField(
                default=datetime.timedelta(days=7), help_text="in those days never further apart than this"
            ),
        ),
        migrations.AddField(
            model_name="schedule",
            name="green_run",
            field=models.PositiveSmallIntegerField(default=3, help_text="so many green answers are a run"),
        ),
        migrations.AddField(
            model_name="schedule",
            name="longest",
            field=models.DurationField(
                default=datetime.timedelta(days=94),
                help_text="the floor: never further apart than this, whatever is asked for",
            ),
        ),
        migrations.AddField(
            model_name="schedule",
            name="other_time",
            field=models.TimeField(default=datetime.time(18, 0), help_text="the other hour, tried after a miss"),
        ),
        migrations.AddField(
            model_name="schedule",
            name="published_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="schedule",
            name="published_by",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                editable=False,
                help_text="none: shipped with the program",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="schedule",
            name="shortest",
            field=models.DurationField(default=datetime.timedelta(0), help_text="never closer together than this"),
        ),
        migrations.AddField(
            model_name="schedule",
            name="waits",
            field=models.DurationField(
                default=datetime.timedelta(days=7),
                help_text="for how long an answer is waited for, unless the next is due before",
            ),
        ),
        migrations.AddField(
            model_name="schedule",
            name="when_amber",
            field=models.FloatField(
                default=1,
                help_text="times the usual interval after an amber answer",
                validators=[
                    django.core.validators.MinValueValidator(0.05),
                    django.core.validators.MaxValueValidator(4),
                ],
            ),
        ),
        migrations.AddField(
            model_name="schedule",
            name="when_green",
            field=models.FloatField(
                default=1,
                help_text="times the usual interval after a run of green ones",
                validators=[
                    django.core.validators.MinValueValidator(0.05),
                    django.core.validators.MaxValueValidator(4),
                ],
            ),
        ),
        migrations.AddField(
            model_name="schedule",
            name="when_red",
            field=models.FloatField(
                default=1,
                help_text="times the usual interval after a red or critical one",
                validators=[
                    django.core.validators.MinValueValidator(0.05),
                    django.core.validators.MaxValueValidator(4),
                ],
            ),
        ),
        migrations.AlterField(
            model_name="aftercareplan",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("completed", "Ran its course"),
                    ("back_to_treatment", "Back to treatment"),
                    ("closed", "Episode closed"),
                    ("withdrew", "Asked for no more check-ins"),
                ],
                editable=False,
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="aftercareplan",
            name="zone",
            field=models.CharField(max_length=64, validators=[accounts.models.a_known_zone]),
        ),
        migrations.AlterField(
            model_name="aftercareplanhistory",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("completed", "Ran its course"),
                    ("back_to_treatment", "Back to treatment"),
                    ("closed", "Episode closed"),
                    ("withdrew", "Asked for no more check-ins"),
                ],
                editable=False,
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="aftercareplanhistory",
            name="zone",
            field=models.CharField(max_length=64, validators=[accounts.models.a_known_zone]),
        ),
        migrations.AlterField(
            model_name="answer",
            name="how",
            field=models.CharField(
                choices=[
                    ("call", "By phone"),
                    ("in_person", "In person"),
                    ("message", "By message"),
                    ("link", "By link"),
                    ("sms", "By text"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="answerhistory",
            name="how",
            field=models.CharField(
                choices=[
                    ("call", "By phone"),
                    ("in_person", "In person"),
                    ("message", "By message"),
                    ("link", "By link"),
                    ("sms", "By text"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="checkin",
            name="number",
            field=models.PositiveSmallIntegerField(help_text="of the plan, from 0"),
        ),
        migrations.AlterField(
            model_name="checkin",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("answered", "Answered"),
                    ("reached", "Reached by phone"),
                    ("missed", "Missed"),
                    ("canceled", "No longer needed"),
                    ("missed_by_us", "We did not ask"),
                    ("withdrew", "Asked for no more"),
                ],
                editable=False,
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="checkinhistory",
            name="number",
            field=models.PositiveSmallIntegerField(help_text="of the plan, from 0"),
        ),
        migrations.AlterField(
            model_name="checkinhistory",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("answered", "Answered"),
                    ("reached", "Reached by phone"),
                    ("missed", "Missed"),
                    ("canceled", "No longer needed"),
                    ("missed_by_us", "We did not ask"),
                    ("withdrew", "Asked for no more"),
                ],
                editable=False,
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="checkin",
            index=models.Index(condition=models.Q(("closed_at", None)), fields=["over_at"], name="check_ins_waiting"),
        ),
        migrations.AddConstraint(
            model_name="aftercareplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("pace__gte", 1), ("pace__lte", 3)),
                name="a_pace_is_1_to_3",
                violation_error_code="pace_unreasonable",
                violation_error_message="A pace is 1, the usual one, to 3, a third of it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_by", None), ("published_at__isnull", False), _connector="OR"),
                name="a_schedule_publication_has_when",
                violation_error_code="half_recorded",
                violation_error_message="A publication records when and by whom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("longest__gt", datetime.timedelta(0)),
                    ("longest__lte", datetime.timedelta(days=94)),
                    ("shortest__gte", datetime.timedelta(0)),
                    ("shortest__lte", models.F("longest")),
                    ("early_longest__gt", datetime.timedelta(0)),
                    ("early_longest__lte", datetime.timedelta(days=94)),
                    ("waits__gt", datetime.timedelta(0)),
                ),
                name="a_schedule_keeps_the_thread",
                violation_error_code="too_far_apart",
                violation_error_message="Check-ins are at most 94 days apart, and the shortest is the shorter one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("when_amber__gt", 0),
                    ("when_amber__lte", 1),
                    ("when_red__gt", 0),
                    ("when_red__lte", models.F("when_amber")),
                    ("green_run__gte", 1),
                    ("when_green__gte", 1),
                    ("when_green__lte", 4),
                ),
                name="a_factor_makes_sense",
                violation_error_code="factor_unreasonable",
                violation_error_message="Amber and red bring contact closer together, red at least as much as amber; green never does.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aftercareplan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "aftercare_aftercareplanhistory" ("anchor_at", "began_at", "began_by_id", "coach_id", "discharge_id", "early_from_at", "end_duty_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "pace", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "tier", "version", "zone") VALUES (NEW."anchor_at", NEW."began_at", NEW."began_by_id", NEW."coach_id", NEW."discharge_id", NEW."early_from_at", NEW."end_duty_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."pace", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."schedule_id", NEW."tier", NEW."version", NEW."zone"); RETURN NULL;',
                    hash="ebabc00e730a96da1c996a0e95cb69fcbe0d6581",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4d471",
                    table="aftercare_aftercareplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aftercareplan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "aftercare_aftercareplanhistory" ("anchor_at", "began_at", "began_by_id", "coach_id", "discharge_id", "early_from_at", "end_duty_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "pace", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "tier", "version", "zone") VALUES (NEW."anchor_at", NEW."began_at", NEW."began_by_id", NEW."coach_id", NEW."discharge_id", NEW."early_from_at", NEW."end_duty_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."pace", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."schedule_id", NEW."tier", NEW."version", NEW."zone"); RETURN NULL;',
                    hash="9bcf31796082a4c830ac88e01f4137424d60d300",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_31f68",
                    table="aftercare_aftercareplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aftercareplan",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "aftercare_aftercareplanhistory" ("anchor_at", "began_at", "began_by_id", "coach_id", "discharge_id", "early_from_at", "end_duty_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "pace", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "tier", "version", "zone") VALUES (OLD."anchor_at", OLD."began_at", OLD."began_by_id", OLD."coach_id", OLD."discharge_id", OLD."early_from_at", OLD."end_duty_id", OLD."end_reason", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."pace", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."schedule_id", OLD."tier", OLD."version", OLD."zone"); RETURN NULL;',
                    hash="09e70b09716131a86fb02ecf5f07a687bab70a16",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fb067",
                    table="aftercare_aftercareplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "aftercare_answerhistory" ("answered_at", "answered_by_id", "check_in_id", "craving", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "given", "how", "id", "ketamine_days", "other_use", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "questions_edition", "received_at", "text", "version", "wants_call") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."check_in_id", NEW."craving", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."given", NEW."how", NEW."id", NEW."ketamine_days", NEW."other_use", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."questions_edition", NEW."received_at", NEW."text", NEW."version", NEW."wants_call"); RETURN NULL;',
                    hash="a3ea970cdbad371b6b5d681fe03e8731d0f10ef4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_155c3",
                    table="aftercare_answer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "aftercare_answerhistory" ("answered_at", "answered_by_id", "check_in_id", "craving", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "given", "how", "id", "ketamine_days", "other_use", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "questions_edition", "received_at", "text", "version", "wants_call") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."check_in_id", NEW."craving", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."given", NEW."how", NEW."id", NEW."ketamine_days", NEW."other_use", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."questions_edition", NEW."received_at", NEW."text", NEW."version", NEW."wants_call"); RETURN NULL;',
                    hash="818c4ae4bad76b4bd2bbf606f83fa2d8c7136edc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_27ee7",
                    table="aftercare_answer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "aftercare_answerhistory" ("answered_at", "answered_by_id", "check_in_id", "craving", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "given", "how", "id", "ketamine_days", "other_use", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "questions_edition", "received_at", "text", "version", "wants_call") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."check_in_id", OLD."craving", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."given", OLD."how", OLD."id", OLD."ketamine_days", OLD."other_use", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."questions_edition", OLD."received_at", OLD."text", OLD."version", OLD."wants_call"); RETURN NULL;',
                    hash="adf8a6fea1ade62d6d55be41a70eaa4f431b3f2a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_226d5",
                    table="aftercare_answer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkin",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "aftercare_checkinhistory" ("closed_at", "closed_by_id", "due_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "local_time", "number", "outcome", "over_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "version", "why") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."due_at", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."local_time", NEW."number", NEW."outcome", NEW."over_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."version", NEW."why"); RETURN NULL;',
                    hash="3ff219f5a3abc9986766febfd9d86aacb7ed5c2d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_63918",
                    table="aftercare_checkin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkin",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "aftercare_checkinhistory" ("closed_at", "closed_by_id", "due_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "local_time", "number", "outcome", "over_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "version", "why") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."due_at", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."local_time", NEW."number", NEW."outcome", NEW."over_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."version", NEW."why"); RETURN NULL;',
                    hash="bc307b1b898023e5f5692f568b63e01fdc66feb9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_28c8a",
                    table="aftercare_checkin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkin",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "aftercare_checkinhistory" ("closed_at", "closed_by_id", "due_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "local_time", "number", "outcome", "over_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "version", "why") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."due_at", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."local_time", OLD."number", OLD."outcome", OLD."over_at", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."version", OLD."why"); RETURN NULL;',
                    hash="24487ada074719f3741f562ae2c7a1973b2aaea1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2ef90",
                    table="aftercare_checkin",
                    when="AFTER",
                ),
            ),
        ),
        audit.operations.CreateTracked(
            name="Pause",
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
                    "because",
                    models.CharField(
                        choices=[
                            ("travel", "Away from home"),
                            ("readmitted", "In a bed again, here or elsewhere"),
                            ("custody", "In custody"),
                            ("asked", "The person asked"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("paused_at", models.DateTimeField()),
                (
                    "until_at",
                    models.DateTimeField(help_text="the return; moved here when the person came back before"),
                ),
                ("resumed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aftercare_pauses",
                        to="patients.patient",
                    ),
                ),
                (
                    "paused_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="aftercare.aftercareplan",
                    ),
                ),
                (
                    "resumed_by",
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
                "indexes": [models.Index(fields=["patient", "-paused_at"], name="pauses_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resumed_at__isnull", True), ("resumed_by__isnull", True)),
                            models.Q(("resumed_at__isnull", False), ("resumed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_early_return_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="resumed_at and resumed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gte", models.F("paused_at"))),
                        name="a_pause_ends_after_it_begins",
                        violation_error_code="pause_in_the_past",
                        violation_error_message="A pause ends after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "until_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("paused_at"), "+", models.Value(datetime.timedelta(days=90))
                                ),
                            )
                        ),
                        name="a_pause_lasts_90_days_at_most",
                        violation_error_code="pause_too_long",
                        violation_error_message="A pause lasts at most 90 days; then somebody asks again.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        expressions=[
                            ("plan", "="),
                            (treatment.models.placements.Period("paused_at", "until_at"), "&&"),
                        ],
                        name="one_pause_at_a_time",
                        violation_error_code="paused_already",
                        violation_error_message="The check-ins rest already. Let them go on first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="pause_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "aftercare_pausehistory" ("because", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "note", "patient_id", "paused_at", "paused_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "resumed_at", "resumed_by_id", "until_at", "version") VALUES (NEW."because", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."note", NEW."patient_id", NEW."paused_at", NEW."paused_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."resumed_at", NEW."resumed_by_id", NEW."until_at", NEW."version"); RETURN NULL;',
                            hash="c6852568a82a6ad9e682388d9f919cfa68c7436c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_17aab",
                            table="aftercare_pause",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "aftercare_pausehistory" ("because", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "note", "patient_id", "paused_at", "paused_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "resumed_at", "resumed_by_id", "until_at", "version") VALUES (NEW."because", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."note", NEW."patient_id", NEW."paused_at", NEW."paused_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."resumed_at", NEW."resumed_by_id", NEW."until_at", NEW."version"); RETURN NULL;',
                            hash="9b7fa515feb99413c0fd3bc45b93a2788b1956a9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_78b29",
                            table="aftercare_pause",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "aftercare_pausehistory" ("because", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "note", "patient_id", "paused_at", "paused_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "resumed_at", "resumed_by_id", "until_at", "version") VALUES (OLD."because", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."note", OLD."patient_id", OLD."paused_at", OLD."paused_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."resumed_at", OLD."resumed_by_id", OLD."until_at", OLD."version"); RETURN NULL;',
                            hash="a685d597b6e81d5fcd09d5ebdcb3d75815a075f2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3eb70",
                            table="aftercare_pause",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="PauseHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("travel", "Away from home"),
                            ("readmitted", "In a bed again, here or elsewhere"),
                            ("custody", "In custody"),
                            ("asked", "The person asked"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("paused_at", models.DateTimeField()),
                (
                    "until_at",
                    models.DateTimeField(help_text="the return; moved here when the person came back before"),
                ),
                ("resumed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                    "paused_by",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="aftercare.pause",
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
                    "resumed_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Tiering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("answer", "An answer"),
                            ("miss", "A check-in nobody answered"),
                            ("raised", "Raised by staff"),
                            ("lowered", "Lowered by staff"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "was",
                    models.CharField(
                        choices=[("green", "Green"), ("amber", "Amber"), ("red", "Red"), ("critical", "Critical")],
                        max_length=10,
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[("green", "Green"), ("amber", "Amber"), ("red", "Red"), ("critical", "Critical")],
                        help_text="that held from then on",
                        max_length=10,
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[("green", "Green"), ("amber", "Amber"), ("red", "Red"), ("critical", "Critical")],
                        help_text="that the signs alone call for",
                        max_length=10,
                    ),
                ),
                (
                    "signs",
                    models.JSONField(default=list, help_text="what was found: key, tier, weight, and a sentence"),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(default=0, help_text="of the signs together, to rank by"),
                ),
                ("edition", models.PositiveIntegerField(blank=True, help_text="of the signs", null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tierings",
                        to="aftercare.answer",
                    ),
                ),
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
                        related_name="tierings",
                        to="aftercare.checkin",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tierings",
                        to="patients.patient",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tierings",
                        to="aftercare.aftercareplan",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["plan", "-id"], name="tierings_of_a_plan"),
                    models.Index(fields=["patient", "-at"], name="tierings_of_a_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("because__in", ["answer", "miss"]),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_decision_on_a_tier_has_its_reason",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why.",
                    )
                ],
            },
        ),
    ]

    operations = [
        audit.operations.Together(together),
        migrations.RunSQL(DRAFTS, migrations.RunSQL.noop),
        frozen(
            "aftercare_schedule",
            when="OLD.published_at IS NOT NULL",
            name="a_schedule_never_changes",
            message="a published schedule never changes",
        ),
        kept(*TABLES),
        append_only("aftercare_tiering"),
        append_only(*(f"{table}history" for table in TABLES), by_trigger=True),
    ]
