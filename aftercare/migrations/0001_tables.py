import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import accounts.models
import audit.models
import audit.operations
import treatment.models.placements


class Migration(migrations.Migration):
    replaces = [
        ("aftercare", "0001_initial"),
        ("aftercare", "0002_rules"),
        ("aftercare", "0003_check_ins_that_adapt"),
        ("aftercare", "0004_the_way_in"),
        ("aftercare", "0005_calls"),
        ("aftercare", "0006_answers_entered_in_error"),
        ("aftercare", "0007_fewer_indexes"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("audit", "0001_initial"),
        ("duties", "0001_tables"),
        ("patients", "0001_tables"),
        ("treatment", "0001_tables"),
    ]

    operations = [
        audit.operations.Together(
            operations=[
                audit.operations.CreateTracked(
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
                        (
                            "other_time",
                            models.TimeField(
                                default=datetime.time(18, 0), help_text="the other hour, tried after a miss"
                            ),
                        ),
                        (
                            "when_amber",
                            models.FloatField(
                                default=1,
                                help_text="times the usual interval after an amber answer",
                                validators=[
                                    django.core.validators.MinValueValidator(0.05),
                                    django.core.validators.MaxValueValidator(4),
                                ],
                            ),
                        ),
                        (
                            "when_red",
                            models.FloatField(
                                default=1,
                                help_text="times the usual interval after a red or critical one",
                                validators=[
                                    django.core.validators.MinValueValidator(0.05),
                                    django.core.validators.MaxValueValidator(4),
                                ],
                            ),
                        ),
                        (
                            "when_green",
                            models.FloatField(
                                default=1,
                                help_text="times the usual interval after a run of green ones",
                                validators=[
                                    django.core.validators.MinValueValidator(0.05),
                                    django.core.validators.MaxValueValidator(4),
                                ],
                            ),
                        ),
                        (
                            "green_run",
                            models.PositiveSmallIntegerField(default=3, help_text="so many green answers are a run"),
                        ),
                        (
                            "shortest",
                            models.DurationField(
                                default=datetime.timedelta(0), help_text="never closer together than this"
                            ),
                        ),
                        (
                            "longest",
                            models.DurationField(
                                default=datetime.timedelta(days=94),
                                help_text="the floor: never further apart than this, whatever is asked for",
                            ),
                        ),
                        (
                            "early_days",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="the first days out of a bed or of custody, where nothing makes contact lighter",
                            ),
                        ),
                        (
                            "early_longest",
                            models.DurationField(
                                default=datetime.timedelta(days=7),
                                help_text="in those days never further apart than this",
                            ),
                        ),
                        (
                            "waits",
                            models.DurationField(
                                default=datetime.timedelta(days=7),
                                help_text="for how long an answer is waited for, unless the next is due before",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                help_text="none: shipped with the program",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_by", None), ("published_at__isnull", False), _connector="OR"
                                ),
                                name="a_schedule_publication_has_when",
                                violation_error_code="half_recorded",
                                violation_error_message="A publication records when and by whom.",
                            ),
                            models.CheckConstraint(
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
                            models.CheckConstraint(
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
                        ],
                        "indexes": [],
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
                        (
                            "early_from_at",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                help_text="out of a bed or of custody since; none: never in one",
                                null=True,
                            ),
                        ),
                        ("zone", models.CharField(max_length=64, validators=[accounts.models.a_known_zone])),
                        (
                            "tier",
                            models.CharField(
                                choices=[
                                    ("green", "Green"),
                                    ("amber", "Amber"),
                                    ("red", "Red"),
                                    ("critical", "Critical"),
                                ],
                                db_default="green",
                                default="green",
                                editable=False,
                                help_text="now",
                                max_length=10,
                            ),
                        ),
                        (
                            "pace",
                            models.FloatField(
                                db_default=1,
                                default=1,
                                help_text="the person asked for fewer: times the usual interval",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(3),
                                ],
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
                                blank=True,
                                db_index=False,
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
                                    ("withdrew", "Asked for no more check-ins"),
                                ],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "entered_in_error_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
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
                            models.CheckConstraint(
                                condition=models.Q(("pace__gte", 1), ("pace__lte", 3)),
                                name="a_pace_is_1_to_3",
                                violation_error_code="pace_unreasonable",
                                violation_error_message="A pace is 1, the usual one, to 3, a third of it.",
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
                                    models.Q(
                                        ("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)
                                    ),
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
                                    func='INSERT INTO "aftercare_aftercareplanhistory" ("anchor_at", "began_at", "began_by_id", "coach_id", "discharge_id", "early_from_at", "end_duty_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "pace", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "tier", "version", "zone") VALUES (NEW."anchor_at", NEW."began_at", NEW."began_by_id", NEW."coach_id", NEW."discharge_id", NEW."early_from_at", NEW."end_duty_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."pace", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."schedule_id", NEW."tier", NEW."version", NEW."zone"); RETURN NULL;',
                                    hash="ebabc00e730a96da1c996a0e95cb69fcbe0d6581",
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
                                    func='INSERT INTO "aftercare_aftercareplanhistory" ("anchor_at", "began_at", "began_by_id", "coach_id", "discharge_id", "early_from_at", "end_duty_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "pace", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "tier", "version", "zone") VALUES (NEW."anchor_at", NEW."began_at", NEW."began_by_id", NEW."coach_id", NEW."discharge_id", NEW."early_from_at", NEW."end_duty_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."pace", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."schedule_id", NEW."tier", NEW."version", NEW."zone"); RETURN NULL;',
                                    hash="9bcf31796082a4c830ac88e01f4137424d60d300",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_31f68",
                                    table="aftercare_aftercareplan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
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
                        ],
                        "indexes": [],
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
                        ("number", models.PositiveSmallIntegerField(help_text="of the plan, from 0")),
                        ("due_at", models.DateTimeField()),
                        (
                            "local_time",
                            models.TimeField(
                                blank=True,
                                editable=False,
                                help_text="an hour of its own; none: the schedule's",
                                null=True,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                db_default="",
                                editable=False,
                                help_text="why it is due then",
                                max_length=300,
                            ),
                        ),
                        (
                            "over_at",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                help_text="no answer by then is a miss; none: a week after it is due",
                                null=True,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
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
                                    ("missed_by_us", "We did not ask"),
                                    ("withdrew", "Asked for no more"),
                                ],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "entered_in_error_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
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
                            models.Index(
                                condition=models.Q(("closed_at", None)), fields=["due_at"], name="open_check_ins"
                            ),
                            models.Index(
                                condition=models.Q(("closed_at", None)), fields=["over_at"], name="check_ins_waiting"
                            ),
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
                                    models.Q(
                                        ("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)
                                    ),
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
                                    func='INSERT INTO "aftercare_checkinhistory" ("closed_at", "closed_by_id", "due_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "local_time", "number", "outcome", "over_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "version", "why") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."due_at", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."local_time", NEW."number", NEW."outcome", NEW."over_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."version", NEW."why"); RETURN NULL;',
                                    hash="3ff219f5a3abc9986766febfd9d86aacb7ed5c2d",
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
                                    func='INSERT INTO "aftercare_checkinhistory" ("closed_at", "closed_by_id", "due_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "local_time", "number", "outcome", "over_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "version", "why") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."due_at", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."local_time", NEW."number", NEW."outcome", NEW."over_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."version", NEW."why"); RETURN NULL;',
                                    hash="bc307b1b898023e5f5692f568b63e01fdc66feb9",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_28c8a",
                                    table="aftercare_checkin",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
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
                        ],
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="aftercare.checkin",
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
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
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
                        ),
                        (
                            "given",
                            models.JSONField(
                                blank=True, default=dict, help_text="what was said, by the key of the question"
                            ),
                        ),
                        (
                            "questions_edition",
                            models.PositiveIntegerField(
                                blank=True,
                                editable=False,
                                help_text="of the questions; none: before there were editions",
                                null=True,
                            ),
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
                                blank=True,
                                db_index=False,
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
                                    models.Q(
                                        ("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)
                                    ),
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
                                    func='INSERT INTO "aftercare_answerhistory" ("answered_at", "answered_by_id", "check_in_id", "craving", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "given", "how", "id", "ketamine_days", "other_use", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "questions_edition", "received_at", "text", "version", "wants_call") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."check_in_id", NEW."craving", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."given", NEW."how", NEW."id", NEW."ketamine_days", NEW."other_use", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."questions_edition", NEW."received_at", NEW."text", NEW."version", NEW."wants_call"); RETURN NULL;',
                                    hash="a3ea970cdbad371b6b5d681fe03e8731d0f10ef4",
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
                                    func='INSERT INTO "aftercare_answerhistory" ("answered_at", "answered_by_id", "check_in_id", "craving", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "given", "how", "id", "ketamine_days", "other_use", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "questions_edition", "received_at", "text", "version", "wants_call") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."check_in_id", NEW."craving", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."given", NEW."how", NEW."id", NEW."ketamine_days", NEW."other_use", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."questions_edition", NEW."received_at", NEW."text", NEW."version", NEW."wants_call"); RETURN NULL;',
                                    hash="818c4ae4bad76b4bd2bbf606f83fa2d8c7136edc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_27ee7",
                                    table="aftercare_answer",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
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
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="Tiering",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
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
                            "because",
                            models.CharField(
                                choices=[
                                    ("answer", "An answer"),
                                    ("miss", "A check-in nobody answered"),
                                    ("raised", "Raised by staff"),
                                    ("lowered", "Lowered by staff"),
                                    ("corrected", "An answer was entered in error"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "was",
                            models.CharField(
                                choices=[
                                    ("green", "Green"),
                                    ("amber", "Amber"),
                                    ("red", "Red"),
                                    ("critical", "Critical"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "tier",
                            models.CharField(
                                choices=[
                                    ("green", "Green"),
                                    ("amber", "Amber"),
                                    ("red", "Red"),
                                    ("critical", "Critical"),
                                ],
                                help_text="that held from then on",
                                max_length=10,
                            ),
                        ),
                        (
                            "found",
                            models.CharField(
                                choices=[
                                    ("green", "Green"),
                                    ("amber", "Amber"),
                                    ("red", "Red"),
                                    ("critical", "Critical"),
                                ],
                                help_text="that the signs alone call for",
                                max_length=10,
                            ),
                        ),
                        (
                            "signs",
                            models.JSONField(
                                default=list, help_text="what was found: key, tier, weight, and a sentence"
                            ),
                        ),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="of the signs together, to rank by"
                            ),
                        ),
                        ("edition", models.PositiveIntegerField(blank=True, help_text="of the signs", null=True)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
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
                            "recorded_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
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
                audit.operations.CreateTracked(
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
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "patient",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "episode",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patients.episode",
                            ),
                        ),
                        (
                            "discharge",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="aftercare.schedule",
                            ),
                        ),
                        (
                            "end_duty",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="who calls; none: the aftercare role here",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("anchor_at", models.DateTimeField(help_text="day 0: the discharge, or the talk")),
                        (
                            "early_from_at",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                help_text="out of a bed or of custody since; none: never in one",
                                null=True,
                            ),
                        ),
                        ("zone", models.CharField(max_length=64, validators=[accounts.models.a_known_zone])),
                        (
                            "tier",
                            models.CharField(
                                choices=[
                                    ("green", "Green"),
                                    ("amber", "Amber"),
                                    ("red", "Red"),
                                    ("critical", "Critical"),
                                ],
                                db_default="green",
                                default="green",
                                editable=False,
                                help_text="now",
                                max_length=10,
                            ),
                        ),
                        (
                            "pace",
                            models.FloatField(
                                db_default=1,
                                default=1,
                                help_text="the person asked for fewer: times the usual interval",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(3),
                                ],
                            ),
                        ),
                        ("began_at", models.DateTimeField()),
                        (
                            "began_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                                    ("withdrew", "Asked for no more check-ins"),
                                ],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "entered_in_error_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                audit.operations.CreateTracked(
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
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "patient",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="aftercare.aftercareplan",
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="duties.duty",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(help_text="of the plan, from 0")),
                        ("due_at", models.DateTimeField()),
                        (
                            "local_time",
                            models.TimeField(
                                blank=True,
                                editable=False,
                                help_text="an hour of its own; none: the schedule's",
                                null=True,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                db_default="",
                                editable=False,
                                help_text="why it is due then",
                                max_length=300,
                            ),
                        ),
                        (
                            "over_at",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                help_text="no answer by then is a miss; none: a week after it is due",
                                null=True,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                                    ("missed_by_us", "We did not ask"),
                                    ("withdrew", "Asked for no more"),
                                ],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "entered_in_error_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                audit.operations.CreateTracked(
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
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "patient",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "check_in",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="aftercare.checkin",
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
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
                        ("answered_at", models.DateTimeField()),
                        (
                            "answered_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="who wrote it down",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
                        ),
                        (
                            "given",
                            models.JSONField(
                                blank=True, default=dict, help_text="what was said, by the key of the question"
                            ),
                        ),
                        (
                            "questions_edition",
                            models.PositiveIntegerField(
                                blank=True,
                                editable=False,
                                help_text="of the questions; none: before there were editions",
                                null=True,
                            ),
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
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="CallAttempt",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
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
                            "facility",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.facility",
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
                        ("at", models.DateTimeField()),
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
                            "recorded_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="death_report",
                                to="duties.duty",
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
                                blank=True,
                                db_index=False,
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
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="how it was confirmed, or why withdrawn", max_length=500
                            ),
                        ),
                        ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "entered_in_error_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
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
                                    models.Q(
                                        ("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)
                                    ),
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
                        "indexes": [],
                    },
                ),
                audit.operations.CreateTracked(
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
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "patient",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "episode",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                                db_constraint=False,
                                db_index=False,
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
                                db_constraint=False,
                                db_index=False,
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
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                            models.CharField(
                                blank=True, help_text="how it was confirmed, or why withdrawn", max_length=500
                            ),
                        ),
                        ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "entered_in_error_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="AnswerDraft",
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
                                related_name="answer_drafts",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to="aftercare.checkin",
                            ),
                        ),
                        ("given", models.JSONField(default=dict, editable=False)),
                        (
                            "passed",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=50),
                                default=list,
                                editable=False,
                                help_text="questions left out, by key",
                                size=None,
                            ),
                        ),
                        (
                            "asking",
                            models.CharField(
                                blank=True, editable=False, help_text="the question a text asked", max_length=50
                            ),
                        ),
                        ("misread", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("began_at", models.DateTimeField()),
                        ("touched_at", models.DateTimeField()),
                        (
                            "alarmed_at",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                help_text="somebody was called in before it was sent",
                                null=True,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "ended_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("sent", "Sent in"),
                                    ("gathered", "Left unfinished, and sent in as far as it went"),
                                    ("dropped", "Nothing was in it"),
                                ],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at", None)), fields=["touched_at"], name="drafts_not_sent"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("ended_how", "")),
                                    models.Q(
                                        ("asking", ""),
                                        ("ended_at__isnull", False),
                                        ("given", {}),
                                        models.Q(("ended_how", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_draft_ends_somehow_and_empty",
                                violation_error_code="half_recorded",
                                violation_error_message="Answers that were sent in leave an empty draft, with when and how.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("check_in",),
                                name="one_open_draft_per_check_in",
                                violation_error_code="draft_open",
                                violation_error_message="Somebody is answering this check-in already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None), models.Q(("asking", ""), _negated=True)),
                                fields=("patient",),
                                name="one_conversation_at_a_time",
                                violation_error_code="conversation_open",
                                violation_error_message="A conversation by text is open with this person already.",
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="SafeWord",
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
                                related_name="safe_words",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "hint",
                            models.CharField(
                                blank=True, help_text="shown on the page; must not give the word away", max_length=100
                            ),
                        ),
                        ("word_hash", models.CharField(editable=False, max_length=200)),
                        ("chosen_at", models.DateTimeField()),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                db_index=False,
                                help_text="who wrote it down",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("dropped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "dropped_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
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
                                    models.Q(("dropped_at__isnull", True), ("dropped_by__isnull", True)),
                                    models.Q(("dropped_at__isnull", False), ("dropped_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_dropped_word_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="dropped_at and dropped_by are recorded together or not at all.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("dropped_at", None)),
                                fields=("patient",),
                                name="one_safe_word_per_person",
                                violation_error_code="word_chosen",
                                violation_error_message="The person has a word already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("dropped_at", None), models.Q(("word_hash", ""), _negated=True)),
                                    models.Q(("dropped_at__isnull", False), ("word_hash", "")),
                                    _connector="OR",
                                ),
                                name="a_dropped_word_is_forgotten",
                                violation_error_code="word_kept",
                                violation_error_message="A word in force is known by its hash; of a dropped one nothing is kept.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "aftercare_safewordhistory" ("chosen_at", "chosen_by_id", "dropped_at", "dropped_by_id", "hint", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."chosen_at", NEW."chosen_by_id", NEW."dropped_at", NEW."dropped_by_id", NEW."hint", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;',
                                    hash="7645531f1b1b6136900ac5b72b4f4d0d78f6f0bb",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_941f3",
                                    table="aftercare_safeword",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."chosen_at" IS DISTINCT FROM (NEW."chosen_at") OR OLD."chosen_by_id" IS DISTINCT FROM (NEW."chosen_by_id") OR OLD."dropped_at" IS DISTINCT FROM (NEW."dropped_at") OR OLD."dropped_by_id" IS DISTINCT FROM (NEW."dropped_by_id") OR OLD."hint" IS DISTINCT FROM (NEW."hint") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                                    func='INSERT INTO "aftercare_safewordhistory" ("chosen_at", "chosen_by_id", "dropped_at", "dropped_by_id", "hint", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."chosen_at", NEW."chosen_by_id", NEW."dropped_at", NEW."dropped_by_id", NEW."hint", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;',
                                    hash="1c2de96a5f90f8ea27e040121d86b852af9f0d90",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_93c13",
                                    table="aftercare_safeword",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "aftercare_safewordhistory" ("chosen_at", "chosen_by_id", "dropped_at", "dropped_by_id", "hint", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."chosen_at", OLD."chosen_by_id", OLD."dropped_at", OLD."dropped_by_id", OLD."hint", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;',
                                    hash="852dd2230b8de2f5e33bbf340aa9848a669e609c",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_97ba3",
                                    table="aftercare_safeword",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="SafeWordHistory",
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
                                to="aftercare.safeword",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        (
                            "id",
                            models.UUIDField(
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "patient",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "hint",
                            models.CharField(
                                blank=True, help_text="shown on the page; must not give the word away", max_length=100
                            ),
                        ),
                        ("chosen_at", models.DateTimeField()),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="who wrote it down",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("dropped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "dropped_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="CheckInLink",
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
                                related_name="check_in_links",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="aftercare.checkin",
                            ),
                        ),
                        ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        ("issued_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, help_text="wrong words so far"
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(
                                blank=True, editable=False, help_text="the right word was given", null=True
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_how",
                            models.CharField(
                                blank=True,
                                choices=[("sent", "Sent in"), ("locked", "Wrong words"), ("withdrawn", "Withdrawn")],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["patient", "-issued_at"], name="links_of_a_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("ended_by", None), ("ended_how", "")),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                        models.Q(("ended_how", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_link_end_has_who_and_how",
                                violation_error_code="half_recorded",
                                violation_error_message="The end of a link records when, by whom and how.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("check_in",),
                                name="one_open_link_per_check_in",
                                violation_error_code="link_open",
                                violation_error_message="There is a link to this check-in already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tries__lt", 5), ("ended_at__isnull", False), _connector="OR"),
                                name="wrong_words_lock_a_link",
                                violation_error_code="link_locked",
                                violation_error_message="After five wrong words a link is locked.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "aftercare_checkinlinkhistory" ("check_in_id", "ended_at", "ended_by_id", "ended_how", "expires_at", "facility_id", "id", "issued_at", "opened_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tries", "version") VALUES (NEW."check_in_id", NEW."ended_at", NEW."ended_by_id", NEW."ended_how", NEW."expires_at", NEW."facility_id", NEW."id", NEW."issued_at", NEW."opened_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."tries", NEW."version"); RETURN NULL;',
                                    hash="c8a4ac478e000f7df7539d955dfd99b2fafc5a8f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_de4ae",
                                    table="aftercare_checkinlink",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."check_in_id" IS DISTINCT FROM (NEW."check_in_id") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."ended_how" IS DISTINCT FROM (NEW."ended_how") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."facility_id" IS DISTINCT FROM (NEW."facility_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."tries" IS DISTINCT FROM (NEW."tries") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                                    func='INSERT INTO "aftercare_checkinlinkhistory" ("check_in_id", "ended_at", "ended_by_id", "ended_how", "expires_at", "facility_id", "id", "issued_at", "opened_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tries", "version") VALUES (NEW."check_in_id", NEW."ended_at", NEW."ended_by_id", NEW."ended_how", NEW."expires_at", NEW."facility_id", NEW."id", NEW."issued_at", NEW."opened_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."tries", NEW."version"); RETURN NULL;',
                                    hash="22aab17b22c31144186bedacf88cd6c8aab7830a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_0f786",
                                    table="aftercare_checkinlink",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "aftercare_checkinlinkhistory" ("check_in_id", "ended_at", "ended_by_id", "ended_how", "expires_at", "facility_id", "id", "issued_at", "opened_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tries", "version") VALUES (OLD."check_in_id", OLD."ended_at", OLD."ended_by_id", OLD."ended_how", OLD."expires_at", OLD."facility_id", OLD."id", OLD."issued_at", OLD."opened_at", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."tries", OLD."version"); RETURN NULL;',
                                    hash="2e93b3a09a53eedfdfe10bf8fb514089106e1aab",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_7ec36",
                                    table="aftercare_checkinlink",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="CheckInLinkHistory",
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
                                to="aftercare.checkinlink",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        (
                            "id",
                            models.UUIDField(
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "patient",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "check_in",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="aftercare.checkin",
                            ),
                        ),
                        ("issued_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, help_text="wrong words so far"
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(
                                blank=True, editable=False, help_text="the right word was given", null=True
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_how",
                            models.CharField(
                                blank=True,
                                choices=[("sent", "Sent in"), ("locked", "Wrong words"), ("withdrawn", "Withdrawn")],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                    },
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
                            "patient",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aftercare_pauses",
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
                                related_name="pauses",
                                to="aftercare.aftercareplan",
                            ),
                        ),
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
                            "paused_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "until_at",
                            models.DateTimeField(help_text="the return; moved here when the person came back before"),
                        ),
                        ("resumed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "resumed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
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
                                blank=True,
                                db_index=False,
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
                                    models.Q(
                                        ("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)
                                    ),
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
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                to="aftercare.pause",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        (
                            "id",
                            models.UUIDField(
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "patient",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="aftercare.aftercareplan",
                            ),
                        ),
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
                            "paused_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "until_at",
                            models.DateTimeField(help_text="the return; moved here when the person came back before"),
                        ),
                        ("resumed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "resumed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
