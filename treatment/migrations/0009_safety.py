import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, frozen, kept

TABLES = ["treatment_suicidescreen", "treatment_bladderentry"]
ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]
SETTLED = ["settled_at", "settled_by_id", "settled", "safety_plan", "settled_reason"]
REVIEWED = ["reviewed_at", "reviewed_by_id", "finding"]

# What a duty stands for is done by its own verb, which fills this column (see duty_is_answered in 0007).
ANSWERED = [
    ("b_screen_is_settled", "treatment_suicidescreen", "duty_id", "settled_at", "a_suicide_screen_is_settled"),
    ("b_bladder_is_reviewed", "treatment_bladderentry", "duty_id", "reviewed_at", "a_bladder_sign_is_reviewed"),
    ("b_notice_is_given", "treatment_intake", "notice_duty_id", "notice_given_at", "a_notice_is_given"),
]
TRIGGER = """
CREATE TRIGGER {0} AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
    EXECUTE FUNCTION duty_is_answered('{1}', '{2}', '{3}', '{4}')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("accounts", "__first__"),
        ("duties", "0003_indexes_of_the_timeline"),
        ("patients", "0005_clearance_lapses"),
        ("treatment", "0008_texts_for_people"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="BladderEntry",
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
                        related_name="bladder_entries",
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
                        related_name="bladder_entries",
                        to="patients.episode",
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
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="when it was written down",
                    ),
                ),
                (
                    "voids",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="times in 24 hours",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(80)],
                    ),
                ),
                (
                    "nocturia",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="times in the night",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(40)],
                    ),
                ),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 none, 10 cannot hold it",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10)],
                    ),
                ),
                (
                    "pain",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 none, 10 the worst",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10)],
                    ),
                ),
                (
                    "visible_blood",
                    models.BooleanField(blank=True, help_text="blood to be seen in the urine", null=True),
                ),
                ("incontinence", models.BooleanField(blank=True, help_text="urine was lost", null=True)),
                ("cannot_pass", models.BooleanField(blank=True, help_text="cannot pass urine now", null=True)),
                (
                    "fever_and_flank_pain",
                    models.BooleanField(blank=True, help_text="fever with pain in the flank", null=True),
                ),
                (
                    "analgesics",
                    models.CharField(blank=True, help_text="what was taken against the pain", max_length=200),
                ),
                (
                    "max_volume_ml",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="the most passed at once, ml",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(2000)],
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "red_flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bladder_entry",
                        to="duties.duty",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "reviewed_by",
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
                ("finding", models.CharField(blank=True, editable=False, max_length=1000)),
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
                "verbose_name_plural": "bladder entries",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-logged_at"], name="bladder_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_bladder_review_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="reviewed_at and reviewed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voids", None), ("voids__lte", 80), _connector="OR"),
                            models.Q(("nocturia", None), ("nocturia__lte", 40), _connector="OR"),
                            models.Q(("urgency", None), ("urgency__lte", 10), _connector="OR"),
                            models.Q(("pain", None), ("pain__lte", 10), _connector="OR"),
                            models.Q(("max_volume_ml", None), ("max_volume_ml__lte", 2000), _connector="OR"),
                        ),
                        name="a_bladder_entry_is_possible",
                        violation_error_code="not_plausible",
                        violation_error_message="A number is outside what is possible. Check what was typed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("analgesics", ""), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            ("voids__isnull", False),
                            ("nocturia__isnull", False),
                            ("urgency__isnull", False),
                            ("pain__isnull", False),
                            ("max_volume_ml__isnull", False),
                            ("visible_blood__isnull", False),
                            ("cannot_pass__isnull", False),
                            ("fever_and_flank_pain__isnull", False),
                            ("incontinence__isnull", False),
                            _connector="OR",
                        ),
                        name="a_bladder_entry_says_something",
                        violation_error_code="nothing_logged",
                        violation_error_message="Write down at least one thing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("red_flags", []), ("duty__isnull", False), _connector="OR"),
                        name="a_bladder_sign_is_owed_a_review",
                        violation_error_code="review_owed",
                        violation_error_message="A sign that cannot wait is owed a review by somebody.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_at", None), models.Q(("finding", ""), _negated=True), _connector="OR"
                        ),
                        name="a_bladder_review_says_what_was_found",
                        violation_error_code="reason_missing",
                        violation_error_message="Say what was found.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bladderentry_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bladderentryhistory" ("analgesics", "cannot_pass", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "fever_and_flank_pain", "finding", "id", "incontinence", "logged_at", "logged_by_id", "max_volume_ml", "nocturia", "note", "pain", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "red_flags", "reviewed_at", "reviewed_by_id", "urgency", "version", "visible_blood", "voids") VALUES (NEW."analgesics", NEW."cannot_pass", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."fever_and_flank_pain", NEW."finding", NEW."id", NEW."incontinence", NEW."logged_at", NEW."logged_by_id", NEW."max_volume_ml", NEW."nocturia", NEW."note", NEW."pain", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."red_flags", NEW."reviewed_at", NEW."reviewed_by_id", NEW."urgency", NEW."version", NEW."visible_blood", NEW."voids"); RETURN NULL;',
                            hash="d56fc9f9b1d79fe44a38f50ef49355e79504cd39",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bb413",
                            table="treatment_bladderentry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_bladderentryhistory" ("analgesics", "cannot_pass", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "fever_and_flank_pain", "finding", "id", "incontinence", "logged_at", "logged_by_id", "max_volume_ml", "nocturia", "note", "pain", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "red_flags", "reviewed_at", "reviewed_by_id", "urgency", "version", "visible_blood", "voids") VALUES (NEW."analgesics", NEW."cannot_pass", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."fever_and_flank_pain", NEW."finding", NEW."id", NEW."incontinence", NEW."logged_at", NEW."logged_by_id", NEW."max_volume_ml", NEW."nocturia", NEW."note", NEW."pain", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."red_flags", NEW."reviewed_at", NEW."reviewed_by_id", NEW."urgency", NEW."version", NEW."visible_blood", NEW."voids"); RETURN NULL;',
                            hash="164868277281637feb0e6757357ba65564a61174",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e1db5",
                            table="treatment_bladderentry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bladderentryhistory" ("analgesics", "cannot_pass", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "fever_and_flank_pain", "finding", "id", "incontinence", "logged_at", "logged_by_id", "max_volume_ml", "nocturia", "note", "pain", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "red_flags", "reviewed_at", "reviewed_by_id", "urgency", "version", "visible_blood", "voids") VALUES (OLD."analgesics", OLD."cannot_pass", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."fever_and_flank_pain", OLD."finding", OLD."id", OLD."incontinence", OLD."logged_at", OLD."logged_by_id", OLD."max_volume_ml", OLD."nocturia", OLD."note", OLD."pain", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."red_flags", OLD."reviewed_at", OLD."reviewed_by_id", OLD."urgency", OLD."version", OLD."visible_blood", OLD."voids"); RETURN NULL;',
                            hash="7e37d3ed2b6ac70c8c62f526a978e0af90ce6f65",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cfe42",
                            table="treatment_bladderentry",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="BladderEntryHistory",
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
                        to="treatment.bladderentry",
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
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="when it was written down",
                    ),
                ),
                (
                    "voids",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="times in 24 hours",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(80)],
                    ),
                ),
                (
                    "nocturia",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="times in the night",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(40)],
                    ),
                ),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 none, 10 cannot hold it",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10)],
                    ),
                ),
                (
                    "pain",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 none, 10 the worst",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10)],
                    ),
                ),
                (
                    "visible_blood",
                    models.BooleanField(blank=True, help_text="blood to be seen in the urine", null=True),
                ),
                ("incontinence", models.BooleanField(blank=True, help_text="urine was lost", null=True)),
                ("cannot_pass", models.BooleanField(blank=True, help_text="cannot pass urine now", null=True)),
                (
                    "fever_and_flank_pain",
                    models.BooleanField(blank=True, help_text="fever with pain in the flank", null=True),
                ),
                (
                    "analgesics",
                    models.CharField(blank=True, help_text="what was taken against the pain", max_length=200),
                ),
                (
                    "max_volume_ml",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="the most passed at once, ml",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(2000)],
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "red_flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "duty",
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
                ("reviewed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "reviewed_by",
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
                ("finding", models.CharField(blank=True, editable=False, max_length=1000)),
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
            name="SuicideScreen",
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
                        related_name="suicide_screens",
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
                        related_name="suicide_screens",
                        to="patients.episode",
                    ),
                ),
                ("screened_at", models.DateTimeField()),
                (
                    "screened_by",
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
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="when it was written down",
                    ),
                ),
                (
                    "declined",
                    models.BooleanField(default=False, help_text="did not want to be asked; no reason is needed"),
                ),
                (
                    "wish",
                    models.BooleanField(
                        blank=True, help_text="wishes to be dead, or not to wake up; past month", null=True
                    ),
                ),
                (
                    "thoughts",
                    models.BooleanField(blank=True, help_text="thinks of ending their life; past month", null=True),
                ),
                ("method", models.BooleanField(blank=True, help_text="has thought of how; past month", null=True)),
                ("intent", models.BooleanField(blank=True, help_text="means to do it; past month", null=True)),
                ("plan", models.BooleanField(blank=True, help_text="has worked out a plan; past month", null=True)),
                (
                    "behavior",
                    models.BooleanField(
                        blank=True, help_text="has ever done, begun or prepared something", null=True
                    ),
                ),
                ("recent", models.BooleanField(blank=True, help_text="in the past three months", null=True)),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None found"),
                            ("low", "Low"),
                            ("moderate", "Moderate: a clinician looks the same day"),
                            ("high", "High: stay with the person"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suicide_screen",
                        to="duties.duty",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "settled_by",
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
                    "settled",
                    models.CharField(
                        blank=True,
                        choices=[("planned", "A safety plan was made"), ("cleared", "A clinician saw no danger")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "safety_plan",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="warning signs, what helps, whom to call, and how the means were put out of reach",
                        max_length=8000,
                    ),
                ),
                ("settled_reason", models.CharField(blank=True, editable=False, max_length=1000)),
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
                "indexes": [models.Index(fields=["patient", "-screened_at"], name="suicide_screens_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_settled_screen_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="settled_at and settled_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("behavior", None),
                                ("declined", True),
                                ("intent", None),
                                ("level", ""),
                                ("method", None),
                                ("plan", None),
                                ("recent", None),
                                ("thoughts", None),
                                ("wish", None),
                            ),
                            models.Q(
                                ("declined", False),
                                models.Q(("level", ""), _negated=True),
                                models.Q(
                                    ("wish__isnull", False),
                                    ("thoughts__isnull", False),
                                    ("behavior__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="somebody_answered_or_declined",
                        violation_error_code="asked_or_declined",
                        violation_error_message="Write down the answers, or that the person declined: one of the two.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level__in", ["moderate", "high"]), _negated=True),
                            ("duty__isnull", False),
                            _connector="OR",
                        ),
                        name="danger_is_owed_to_somebody",
                        violation_error_code="danger_owed",
                        violation_error_message="Danger is owed an answer by somebody.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled", ""), ("settled_at", None)),
                            models.Q(
                                ("settled", "planned"),
                                ("settled_at__isnull", False),
                                models.Q(("safety_plan", ""), _negated=True),
                            ),
                            models.Q(
                                ("settled", "cleared"),
                                ("settled_at__isnull", False),
                                models.Q(("settled_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_screen_is_settled_in_words",
                        violation_error_code="reason_missing",
                        violation_error_message="Write down the safety plan, or why there is no danger.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="suicidescreen_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_suicidescreenhistory" ("behavior", "declined", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "intent", "level", "method", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "recent", "recorded_at", "safety_plan", "screened_at", "screened_by_id", "settled", "settled_at", "settled_by_id", "settled_reason", "thoughts", "version", "wish") VALUES (NEW."behavior", NEW."declined", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."intent", NEW."level", NEW."method", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan", NEW."recent", NEW."recorded_at", NEW."safety_plan", NEW."screened_at", NEW."screened_by_id", NEW."settled", NEW."settled_at", NEW."settled_by_id", NEW."settled_reason", NEW."thoughts", NEW."version", NEW."wish"); RETURN NULL;',
                            hash="356d6b18b79c6d53907a333f710e8412e3ef80de",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_871eb",
                            table="treatment_suicidescreen",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_suicidescreenhistory" ("behavior", "declined", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "intent", "level", "method", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "recent", "recorded_at", "safety_plan", "screened_at", "screened_by_id", "settled", "settled_at", "settled_by_id", "settled_reason", "thoughts", "version", "wish") VALUES (NEW."behavior", NEW."declined", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."intent", NEW."level", NEW."method", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan", NEW."recent", NEW."recorded_at", NEW."safety_plan", NEW."screened_at", NEW."screened_by_id", NEW."settled", NEW."settled_at", NEW."settled_by_id", NEW."settled_reason", NEW."thoughts", NEW."version", NEW."wish"); RETURN NULL;',
                            hash="075d2bf84e74a9321eaee0e15f978904e99918d0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d03b5",
                            table="treatment_suicidescreen",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_suicidescreenhistory" ("behavior", "declined", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "intent", "level", "method", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "recent", "recorded_at", "safety_plan", "screened_at", "screened_by_id", "settled", "settled_at", "settled_by_id", "settled_reason", "thoughts", "version", "wish") VALUES (OLD."behavior", OLD."declined", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."intent", OLD."level", OLD."method", OLD."note", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan", OLD."recent", OLD."recorded_at", OLD."safety_plan", OLD."screened_at", OLD."screened_by_id", OLD."settled", OLD."settled_at", OLD."settled_by_id", OLD."settled_reason", OLD."thoughts", OLD."version", OLD."wish"); RETURN NULL;',
                            hash="a5a39c3b3fbb0a3fcf53cf6adee91ddc17d38021",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_88846",
                            table="treatment_suicidescreen",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="SuicideScreenHistory",
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
                        to="treatment.suicidescreen",
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
                ("screened_at", models.DateTimeField()),
                (
                    "screened_by",
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
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="when it was written down",
                    ),
                ),
                (
                    "declined",
                    models.BooleanField(default=False, help_text="did not want to be asked; no reason is needed"),
                ),
                (
                    "wish",
                    models.BooleanField(
                        blank=True, help_text="wishes to be dead, or not to wake up; past month", null=True
                    ),
                ),
                (
                    "thoughts",
                    models.BooleanField(blank=True, help_text="thinks of ending their life; past month", null=True),
                ),
                ("method", models.BooleanField(blank=True, help_text="has thought of how; past month", null=True)),
                ("intent", models.BooleanField(blank=True, help_text="means to do it; past month", null=True)),
                ("plan", models.BooleanField(blank=True, help_text="has worked out a plan; past month", null=True)),
                (
                    "behavior",
                    models.BooleanField(
                        blank=True, help_text="has ever done, begun or prepared something", null=True
                    ),
                ),
                ("recent", models.BooleanField(blank=True, help_text="in the past three months", null=True)),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None found"),
                            ("low", "Low"),
                            ("moderate", "Moderate: a clinician looks the same day"),
                            ("high", "High: stay with the person"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "duty",
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
                ("settled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "settled_by",
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
                    "settled",
                    models.CharField(
                        blank=True,
                        choices=[("planned", "A safety plan was made"), ("cleared", "A clinician saw no danger")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "safety_plan",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="warning signs, what helps, whom to call, and how the means were put out of reach",
                        max_length=8000,
                    ),
                ),
                ("settled_reason", models.CharField(blank=True, editable=False, max_length=1000)),
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="intake",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="intake",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="intake",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="intake",
            name="consent_basis",
            field=models.CharField(
                choices=[
                    ("self", "The person"),
                    ("minor_alone", "The person, a minor who may consent alone"),
                    ("minor_and_parent", "The person and a parent or guardian, both"),
                    ("guardian", "A guardian appointed by a court"),
                ],
                default="self",
                help_text="who may consent to treatment",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="consent_given_by",
            field=models.CharField(
                blank=True, help_text="name of the parent or guardian, where one consents", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="notice_deferred_because",
            field=models.CharField(
                blank=True, help_text="why the person cannot take the notice in yet; it is owed then", max_length=500
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="notice_duty",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notice_of",
                to="duties.duty",
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="notice_given_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="intake",
            name="notice_given_by",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="intakehistory",
            name="consent_basis",
            field=models.CharField(
                choices=[
                    ("self", "The person"),
                    ("minor_alone", "The person, a minor who may consent alone"),
                    ("minor_and_parent", "The person and a parent or guardian, both"),
                    ("guardian", "A guardian appointed by a court"),
                ],
                default="self",
                help_text="who may consent to treatment",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="intakehistory",
            name="consent_given_by",
            field=models.CharField(
                blank=True, help_text="name of the parent or guardian, where one consents", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="intakehistory",
            name="notice_deferred_because",
            field=models.CharField(
                blank=True, help_text="why the person cannot take the notice in yet; it is owed then", max_length=500
            ),
        ),
        migrations.AddField(
            model_name="intakehistory",
            name="notice_duty",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="intakehistory",
            name="notice_given_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="intakehistory",
            name="notice_given_by",
            field=models.ForeignKey(
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
        pgtrigger.migrations.AddTrigger(
            model_name="intake",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_intakehistory" ("admission_duty_id", "agreed_to_treatment", "completed_at", "completed_by_id", "consent_basis", "consent_given_by", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "goals", "id", "notice_deferred_because", "notice_duty_id", "notice_given_at", "notice_given_by_id", "patient_id", "patient_notice_given", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (NEW."admission_duty_id", NEW."agreed_to_treatment", NEW."completed_at", NEW."completed_by_id", NEW."consent_basis", NEW."consent_given_by", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."goals", NEW."id", NEW."notice_deferred_because", NEW."notice_duty_id", NEW."notice_given_at", NEW."notice_given_by_id", NEW."patient_id", NEW."patient_notice_given", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."version"); RETURN NULL;',
                    hash="74ed1bf8a5881de06b7a38f1afc584d9f02faac9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4c34e",
                    table="treatment_intake",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="intake",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_intakehistory" ("admission_duty_id", "agreed_to_treatment", "completed_at", "completed_by_id", "consent_basis", "consent_given_by", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "goals", "id", "notice_deferred_because", "notice_duty_id", "notice_given_at", "notice_given_by_id", "patient_id", "patient_notice_given", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (NEW."admission_duty_id", NEW."agreed_to_treatment", NEW."completed_at", NEW."completed_by_id", NEW."consent_basis", NEW."consent_given_by", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."goals", NEW."id", NEW."notice_deferred_because", NEW."notice_duty_id", NEW."notice_given_at", NEW."notice_given_by_id", NEW."patient_id", NEW."patient_notice_given", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."program_id", NEW."version"); RETURN NULL;',
                    hash="41071e3d4d0a99e8e047324156447a3fa3199d6c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e5c14",
                    table="treatment_intake",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="intake",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_intakehistory" ("admission_duty_id", "agreed_to_treatment", "completed_at", "completed_by_id", "consent_basis", "consent_given_by", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "goals", "id", "notice_deferred_because", "notice_duty_id", "notice_given_at", "notice_given_by_id", "patient_id", "patient_notice_given", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (OLD."admission_duty_id", OLD."agreed_to_treatment", OLD."completed_at", OLD."completed_by_id", OLD."consent_basis", OLD."consent_given_by", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."goals", OLD."id", OLD."notice_deferred_because", OLD."notice_duty_id", OLD."notice_given_at", OLD."notice_given_by_id", OLD."patient_id", OLD."patient_notice_given", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."version"); RETURN NULL;',
                    hash="b5486be4299a5c79cdea05829a223e5fee9610e4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e42dc",
                    table="treatment_intake",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("notice_given_at__isnull", True), ("notice_given_by__isnull", True)),
                    models.Q(("notice_given_at__isnull", False), ("notice_given_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_notice_given_has_who",
                violation_error_code="half_recorded",
                violation_error_message="notice_given_at and notice_given_by are recorded together or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(("notice_deferred_because", ""), ("notice_duty__isnull", False), _connector="OR"),
                name="a_notice_not_given_is_owed",
                violation_error_code="notice_owed",
                violation_error_message="A notice that waits is owed by somebody.",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent_basis__in", ["minor_and_parent", "guardian"]), _negated=True),
                    models.Q(("consent_given_by", ""), _negated=True),
                    _connector="OR",
                ),
                name="whoever_consents_besides_has_a_name",
                violation_error_code="consent_name_missing",
                violation_error_message="Write down the name of the parent or guardian who consents.",
            ),
        ),
        kept(*TABLES),
        append_only(*(f"{table}history" for table in TABLES), by_trigger=True),
        frozen(
            "treatment_suicidescreen",
            when="TRUE",
            name="a_suicide_screen_never_changes",
            message="answers never change",
            except_columns=ERROR + SETTLED,
        ),
        frozen(
            "treatment_bladderentry",
            when="TRUE",
            name="a_bladder_entry_never_changes",
            message="an entry never changes",
            except_columns=ERROR + REVIEWED,
        ),
        migrations.RunSQL(
            [TRIGGER.format(*one) for one in ANSWERED],
            [f"DROP TRIGGER {one[0]} ON duties_duty" for one in ANSWERED],
        ),
    ]
    operations = [audit.operations.Together(together)]
