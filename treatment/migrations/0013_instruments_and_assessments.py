import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, frozen, kept

ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]
SETTLED = ["settled_at", "settled_by_id", "settled_reason"]

# What a duty stands for is done by its own verb, which fills this column (see duty_is_answered in 0007).
ANSWERED = """
CREATE TRIGGER b_assessment_is_settled AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
    EXECUTE FUNCTION duty_is_answered('treatment_assessment', 'duty_id', 'settled_at', 'an_assessment_is_settled')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("accounts", "__first__"),
        ("duties", "0004_calls_owed"),
        ("patients", "0008_newest_episodes"),
        ("treatment", "0012_bed_restrictions"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="Instrument",
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
                ("name", models.CharField(max_length=100)),
                ("about", models.CharField(max_length=200)),
                ("ask", models.TextField(blank=True, help_text="read before the items", max_length=1000)),
                ("loinc", models.CharField(blank=True, max_length=20, verbose_name="LOINC")),
                ("license", models.CharField(max_length=500)),
                ("source", models.CharField(max_length=500)),
                ("choices", models.JSONField(blank=True, default=dict, help_text="{name: [{value, says}]}")),
                ("items", models.JSONField(help_text="[{code, text, choices or between, safety, asked_if}]")),
                ("scores", models.JSONField(help_text="[{code, name, items, bands: [{from, says, severity}]}]")),
            ],
            options={
                "ordering": ["slug", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "edition"),
                        name="one_instrument_per_edition",
                        violation_error_code="edition_taken",
                        violation_error_message="This edition of the instrument exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("license", ""), _negated=True), models.Q(("source", ""), _negated=True)
                        ),
                        name="an_instrument_says_by_whose_leave",
                        violation_error_code="license_missing",
                        violation_error_message="Say under which license it is used, and where it is from.",
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="Assessment",
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
                        related_name="assessments",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="patients.episode"
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treatment.instrument"
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                (
                    "begun_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "answered_by",
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
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "Asked by staff"),
                            ("self", "Filled in by the person"),
                            ("phone", "By phone or video"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict, editable=False, help_text="{item: value}")),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "scores",
                    models.JSONField(
                        blank=True, default=dict, editable=False, help_text="{code: {name, score, says, severity}}"
                    ),
                ),
                (
                    "missing",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        editable=False,
                        help_text="items a score waits for",
                        size=None,
                    ),
                ),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("amber", "Amber: worth a look"),
                            ("red", "Red: a clinician looks the same day"),
                            ("critical", "Critical: somebody comes now"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessment",
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
                "indexes": [models.Index(fields=["patient", "-begun_at"], name="assessments_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answered_assessment_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="answered_at and answered_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_settled_assessment_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="settled_at and settled_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at", None), ("answers", {}), ("how", ""), ("scores", {}), ("severity", "")
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("answers", {}), _negated=True),
                                models.Q(("how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_assessment_is_answered_or_empty",
                        violation_error_code="half_recorded",
                        violation_error_message="An assessment that was answered has answers, and says how they were given.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at", None), ("answered_at__gte", models.F("begun_at")), _connector="OR"
                        ),
                        name="an_assessment_is_answered_after_it_began",
                        violation_error_code="answered_before_begun",
                        violation_error_message="It is answered after it was begun.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("severity__in", ["red", "critical"]), _negated=True),
                            ("duty__isnull", False),
                            ("settled_at__isnull", False),
                            _connector="OR",
                        ),
                        name="what_cannot_wait_is_owed_or_settled",
                        violation_error_code="danger_owed",
                        violation_error_message="What cannot wait is owed an answer by somebody.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_reason", "")),
                            models.Q(("settled_at__isnull", False), models.Q(("settled_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="an_assessment_is_settled_in_words",
                        violation_error_code="reason_missing",
                        violation_error_message="Say what was found.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="assessment_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_assessmenthistory" ("answered_at", "answered_by_id", "answers", "begun_at", "begun_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "flags", "how", "id", "instrument_id", "missing", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scores", "settled_at", "settled_by_id", "settled_reason", "severity", "version") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."answers", NEW."begun_at", NEW."begun_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."flags", NEW."how", NEW."id", NEW."instrument_id", NEW."missing", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."scores", NEW."settled_at", NEW."settled_by_id", NEW."settled_reason", NEW."severity", NEW."version"); RETURN NULL;',
                            hash="502b286b033943e9b7f8a00f4582792041fdfd56",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bab74",
                            table="treatment_assessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_assessmenthistory" ("answered_at", "answered_by_id", "answers", "begun_at", "begun_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "flags", "how", "id", "instrument_id", "missing", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scores", "settled_at", "settled_by_id", "settled_reason", "severity", "version") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."answers", NEW."begun_at", NEW."begun_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."flags", NEW."how", NEW."id", NEW."instrument_id", NEW."missing", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."scores", NEW."settled_at", NEW."settled_by_id", NEW."settled_reason", NEW."severity", NEW."version"); RETURN NULL;',
                            hash="e09113c824002d5766cb9297071324c1bf561d38",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_57d8a",
                            table="treatment_assessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_assessmenthistory" ("answered_at", "answered_by_id", "answers", "begun_at", "begun_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "flags", "how", "id", "instrument_id", "missing", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "scores", "settled_at", "settled_by_id", "settled_reason", "severity", "version") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."answers", OLD."begun_at", OLD."begun_by_id", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."flags", OLD."how", OLD."id", OLD."instrument_id", OLD."missing", OLD."note", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."scores", OLD."settled_at", OLD."settled_by_id", OLD."settled_reason", OLD."severity", OLD."version"); RETURN NULL;',
                            hash="47f91fc5062fbb1ce8507259e89abf643fef62f3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d10ae",
                            table="treatment_assessment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="AssessmentHistory",
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
                        to="treatment.assessment",
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
                    "instrument",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.instrument",
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                (
                    "begun_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "answered_by",
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
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "Asked by staff"),
                            ("self", "Filled in by the person"),
                            ("phone", "By phone or video"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict, editable=False, help_text="{item: value}")),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "scores",
                    models.JSONField(
                        blank=True, default=dict, editable=False, help_text="{code: {name, score, says, severity}}"
                    ),
                ),
                (
                    "missing",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        editable=False,
                        help_text="items a score waits for",
                        size=None,
                    ),
                ),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("amber", "Amber: worth a look"),
                            ("red", "Red: a clinician looks the same day"),
                            ("critical", "Critical: somebody comes now"),
                        ],
                        editable=False,
                        max_length=10,
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
        kept("treatment_assessment", "treatment_instrument"),
        append_only("treatment_assessmenthistory", by_trigger=True),
        frozen(
            "treatment_instrument",
            when="TRUE",
            name="an_instrument_never_changes",
            message="an instrument never changes",
        ),
        frozen(
            "treatment_assessment",
            when="OLD.answered_at IS NOT NULL",
            name="an_answered_assessment_never_changes",
            message="answers never change",
            except_columns=ERROR + SETTLED,
        ),
        migrations.RunSQL(ANSWERED, "DROP TRIGGER b_assessment_is_settled ON duties_duty"),
    ]
    operations = [audit.operations.Together(together)]
