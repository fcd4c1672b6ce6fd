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

# A duty that stands for a person's safety is not done because somebody says so: the row it stands for says what
# was done. Arguments: the table, the column that points to the duty, the column filled when it is done, the name.
ANSWERED = """
CREATE FUNCTION duty_is_answered() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    waiting boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM %I WHERE %I = $1 AND %I IS NULL AND entered_in_error_at IS NULL)',
        TG_ARGV[0], TG_ARGV[1], TG_ARGV[2]) INTO waiting USING NEW.id;
    IF waiting THEN
        RAISE EXCEPTION 'what this duty stands for has no answer yet'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[3];
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER b_warning_is_answered AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
    EXECUTE FUNCTION duty_is_answered(
        'treatment_emergencywarning', 'duty_id', 'answered_at', 'a_warning_is_answered');
"""
TABLES = ["treatment_observation", "treatment_observationorder", "treatment_emergencywarning"]
ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rules"),
        ("accounts", "__first__"),
        ("duties", "0003_indexes_of_the_timeline"),
        ("patients", "0005_clearance_lapses"),
        ("treatment", "0006_legal_grounds_and_worries"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="EmergencyWarning",
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
                        related_name="emergency_warnings",
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
                        related_name="emergency_warnings",
                        to="patients.episode",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency_warning",
                        to="duties.duty",
                    ),
                ),
                (
                    "signs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), help_text="limits that were crossed", size=None
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                (
                    "raised_by",
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
                ("answer", models.CharField(blank=True, editable=False, help_text="what was done", max_length=500)),
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
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answer_to_a_warning_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="answered_at and answered_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at", None), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="an_answer_to_a_warning_says_what",
                        violation_error_code="reason_missing",
                        violation_error_message="Say what was done.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="emergencywarning_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_emergencywarninghistory" ("answer", "answered_at", "answered_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "signs", "version") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."signs", NEW."version"); RETURN NULL;',
                            hash="0398e5082e7a1ad6c56cdd9b5a415ebbe60676f7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e8b2b",
                            table="treatment_emergencywarning",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_emergencywarninghistory" ("answer", "answered_at", "answered_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "signs", "version") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."signs", NEW."version"); RETURN NULL;',
                            hash="b36da23632d518d7a13cd9a16165a552355e6105",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a53d2",
                            table="treatment_emergencywarning",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_emergencywarninghistory" ("answer", "answered_at", "answered_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "signs", "version") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."raised_at", OLD."raised_by_id", OLD."signs", OLD."version"); RETURN NULL;',
                            hash="d91b7c5e5e5a8cb78a9a863e9eb954f1410155bc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a4274",
                            table="treatment_emergencywarning",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyWarningHistory",
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
                        to="treatment.emergencywarning",
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
                    "signs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), help_text="limits that were crossed", size=None
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                (
                    "raised_by",
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
                ("answer", models.CharField(blank=True, editable=False, help_text="what was done", max_length=500)),
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
            name="Observation",
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
                        related_name="observations",
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
                        related_name="observations",
                        to="patients.episode",
                    ),
                ),
                ("observed_at", models.DateTimeField()),
                (
                    "observed_by",
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
                            django.core.validators.MinValueValidator(30),
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
                            django.core.validators.MinValueValidator(30),
                            django.core.validators.MaxValueValidator(320),
                        ],
                    ),
                ),
                (
                    "diastolic",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="mmHg",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(10),
                            django.core.validators.MaxValueValidator(220),
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
                (
                    "sedation",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Awake and alert"),
                            (1, "Drowsy, wakes by themselves"),
                            (2, "Asleep, wakes to a voice"),
                            (3, "Hard to wake, wakes to touch or pain"),
                            (4, "Cannot be woken"),
                        ],
                        null=True,
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
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "warnings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        editable=False,
                        help_text="limits that were crossed, by those in force then",
                        size=None,
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
                "indexes": [models.Index(fields=["patient", "-observed_at"], name="observations_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("systolic", None),
                                ("diastolic", None),
                                ("diastolic__lt", models.F("systolic")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("respiratory_rate", None), ("respiratory_rate__range", (0, 80)), _connector="OR"
                            ),
                            models.Q(
                                ("oxygen_saturation", None), ("oxygen_saturation__range", (30, 100)), _connector="OR"
                            ),
                            models.Q(("heart_rate", None), ("heart_rate__range", (0, 300)), _connector="OR"),
                            models.Q(("systolic", None), ("systolic__range", (30, 320)), _connector="OR"),
                            models.Q(("diastolic", None), ("diastolic__range", (10, 220)), _connector="OR"),
                            models.Q(("temperature", None), ("temperature__range", (25, 45)), _connector="OR"),
                        ),
                        name="an_observation_is_possible",
                        violation_error_code="not_plausible",
                        violation_error_message="A number is outside what is possible. Check what was typed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sedation", None), ("sedation__lte", 4), _connector="OR"),
                            models.Q(("pain", None), ("pain__lte", 10), _connector="OR"),
                        ),
                        name="a_score_is_on_its_scale",
                        violation_error_code="off_the_scale",
                        violation_error_message="Sedation goes from 0 to 4, pain from 0 to 10.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("respiratory_rate__isnull", False),
                            ("oxygen_saturation__isnull", False),
                            ("heart_rate__isnull", False),
                            ("systolic__isnull", False),
                            ("temperature__isnull", False),
                            ("sedation__isnull", False),
                            ("pain__isnull", False),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="something_was_observed",
                        violation_error_code="nothing_observed",
                        violation_error_message="Write down at least one thing that was seen or measured.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="observation_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_observationhistory" ("diastolic", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "heart_rate", "id", "note", "observed_at", "observed_by_id", "oxygen_saturation", "pain", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "respiratory_rate", "sedation", "systolic", "temperature", "version", "warnings") VALUES (NEW."diastolic", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."heart_rate", NEW."id", NEW."note", NEW."observed_at", NEW."observed_by_id", NEW."oxygen_saturation", NEW."pain", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."respiratory_rate", NEW."sedation", NEW."systolic", NEW."temperature", NEW."version", NEW."warnings"); RETURN NULL;',
                            hash="fe5bdb5a81e44378a0f53a6d8a2fb32cdf391511",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e85d9",
                            table="treatment_observation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_observationhistory" ("diastolic", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "heart_rate", "id", "note", "observed_at", "observed_by_id", "oxygen_saturation", "pain", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "respiratory_rate", "sedation", "systolic", "temperature", "version", "warnings") VALUES (NEW."diastolic", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."heart_rate", NEW."id", NEW."note", NEW."observed_at", NEW."observed_by_id", NEW."oxygen_saturation", NEW."pain", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."respiratory_rate", NEW."sedation", NEW."systolic", NEW."temperature", NEW."version", NEW."warnings"); RETURN NULL;',
                            hash="adc655a8f23d7416e72708d4f7010d371a56e422",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3d61b",
                            table="treatment_observation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_observationhistory" ("diastolic", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "heart_rate", "id", "note", "observed_at", "observed_by_id", "oxygen_saturation", "pain", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "respiratory_rate", "sedation", "systolic", "temperature", "version", "warnings") VALUES (OLD."diastolic", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."heart_rate", OLD."id", OLD."note", OLD."observed_at", OLD."observed_by_id", OLD."oxygen_saturation", OLD."pain", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."respiratory_rate", OLD."sedation", OLD."systolic", OLD."temperature", OLD."version", OLD."warnings"); RETURN NULL;',
                            hash="b2d91cbfb330a06fa81e73c77276e62d6412265b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ca4a7",
                            table="treatment_observation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObservationHistory",
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
                        to="treatment.observation",
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
                ("observed_at", models.DateTimeField()),
                (
                    "observed_by",
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
                            django.core.validators.MinValueValidator(30),
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
                            django.core.validators.MinValueValidator(30),
                            django.core.validators.MaxValueValidator(320),
                        ],
                    ),
                ),
                (
                    "diastolic",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="mmHg",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(10),
                            django.core.validators.MaxValueValidator(220),
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
                (
                    "sedation",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Awake and alert"),
                            (1, "Drowsy, wakes by themselves"),
                            (2, "Asleep, wakes to a voice"),
                            (3, "Hard to wake, wakes to touch or pain"),
                            (4, "Cannot be woken"),
                        ],
                        null=True,
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
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "warnings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        editable=False,
                        help_text="limits that were crossed, by those in force then",
                        size=None,
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
            name="ObservationOrder",
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
                        related_name="observation_orders",
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
                        related_name="observation_orders",
                        to="patients.episode",
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        help_text="the schedule",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.checklist",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observation_order",
                        to="duties.duty",
                    ),
                ),
                ("made", models.PositiveSmallIntegerField(default=0, editable=False, help_text="entries so far")),
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
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("episode", "checklist"),
                        name="a_schedule_is_ordered_once",
                        violation_error_code="observed_already",
                        violation_error_message="These observations were ordered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="observationorder_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_observationorderhistory" ("began_at", "began_by_id", "checklist_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "made", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."began_at", NEW."began_by_id", NEW."checklist_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."made", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;',
                            hash="310c5ac2b0c99b309619b4fa82319e1ead64a4d0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b2666",
                            table="treatment_observationorder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_observationorderhistory" ("began_at", "began_by_id", "checklist_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "made", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."began_at", NEW."began_by_id", NEW."checklist_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."made", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;',
                            hash="35249de52a73d22176de5fb9a89f958f14826fc6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_62955",
                            table="treatment_observationorder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_observationorderhistory" ("began_at", "began_by_id", "checklist_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "made", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."began_at", OLD."began_by_id", OLD."checklist_id", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."made", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;',
                            hash="c891a14e99530f0616f69feff8526099c52630dd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_67e20",
                            table="treatment_observationorder",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObservationOrderHistory",
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
                        to="treatment.observationorder",
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
                        db_constraint=False,
                        help_text="the schedule",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.checklist",
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
                ("made", models.PositiveSmallIntegerField(default=0, editable=False, help_text="entries so far")),
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
            model_name="clearance",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="clearance",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="clearance",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="conversation",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="conversation",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="conversation",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="handover",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="handover",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="handover",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="program",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="program",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="program",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="checklist",
            name="valid_for",
            field=models.DurationField(
                blank=True, help_text="how long what was answered may be relied on", null=True
            ),
        ),
        migrations.AddField(
            model_name="clearance",
            name="diastolic",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="mmHg",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(10),
                    django.core.validators.MaxValueValidator(220),
                ],
            ),
        ),
        migrations.AddField(
            model_name="clearance",
            name="heart_rate",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="beats a minute",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(300),
                ],
            ),
        ),
        migrations.AddField(
            model_name="clearance",
            name="lapses_at",
            field=models.DateTimeField(blank=True, help_text="from then on it opens no door to treatment", null=True),
        ),
        migrations.AddField(
            model_name="clearance",
            name="look_again_duty",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withdrawn_clearance",
                to="duties.duty",
            ),
        ),
        migrations.AddField(
            model_name="clearance",
            name="oxygen_saturation",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="percent, room air",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(30),
                    django.core.validators.MaxValueValidator(100),
                ],
            ),
        ),
        migrations.AddField(
            model_name="clearance",
            name="respiratory_rate",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="breaths a minute",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(80),
                ],
            ),
        ),
        migrations.AddField(
            model_name="clearance",
            name="systolic",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="mmHg",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(30),
                    django.core.validators.MaxValueValidator(320),
                ],
            ),
        ),
        migrations.AddField(
            model_name="clearance",
            name="temperature",
            field=models.DecimalField(
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
        migrations.AddField(
            model_name="clearance",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="clearance",
            name="withdrawn_by",
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
            model_name="clearance",
            name="withdrawn_reason",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="clearancehistory",
            name="diastolic",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="mmHg",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(10),
                    django.core.validators.MaxValueValidator(220),
                ],
            ),
        ),
        migrations.AddField(
            model_name="clearancehistory",
            name="heart_rate",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="beats a minute",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(300),
                ],
            ),
        ),
        migrations.AddField(
            model_name="clearancehistory",
            name="lapses_at",
            field=models.DateTimeField(blank=True, help_text="from then on it opens no door to treatment", null=True),
        ),
        migrations.AddField(
            model_name="clearancehistory",
            name="look_again_duty",
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
            model_name="clearancehistory",
            name="oxygen_saturation",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="percent, room air",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(30),
                    django.core.validators.MaxValueValidator(100),
                ],
            ),
        ),
        migrations.AddField(
            model_name="clearancehistory",
            name="respiratory_rate",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="breaths a minute",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(80),
                ],
            ),
        ),
        migrations.AddField(
            model_name="clearancehistory",
            name="systolic",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="mmHg",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(30),
                    django.core.validators.MaxValueValidator(320),
                ],
            ),
        ),
        migrations.AddField(
            model_name="clearancehistory",
            name="temperature",
            field=models.DecimalField(
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
        migrations.AddField(
            model_name="clearancehistory",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="clearancehistory",
            name="withdrawn_by",
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
        migrations.AddField(
            model_name="clearancehistory",
            name="withdrawn_reason",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="conversation",
            name="meaning",
            field=models.TextField(blank=True, help_text="what it means to them", max_length=4000),
        ),
        migrations.AddField(
            model_name="conversation",
            name="next_step",
            field=models.TextField(blank=True, help_text="one small step they chose", max_length=4000),
        ),
        migrations.AddField(
            model_name="conversation",
            name="safety_plan",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name="conversation",
            name="what_happened",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name="conversation",
            name="what_matters",
            field=models.TextField(blank=True, help_text="what matters to them", max_length=4000),
        ),
        migrations.AddField(
            model_name="conversationhistory",
            name="meaning",
            field=models.TextField(blank=True, help_text="what it means to them", max_length=4000),
        ),
        migrations.AddField(
            model_name="conversationhistory",
            name="next_step",
            field=models.TextField(blank=True, help_text="one small step they chose", max_length=4000),
        ),
        migrations.AddField(
            model_name="conversationhistory",
            name="safety_plan",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name="conversationhistory",
            name="what_happened",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name="conversationhistory",
            name="what_matters",
            field=models.TextField(blank=True, help_text="what matters to them", max_length=4000),
        ),
        migrations.AddField(
            model_name="handover",
            name="warnings",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200),
                blank=True,
                default=list,
                editable=False,
                help_text="numbers that called for emergency services, by the limits in force then",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="handoverhistory",
            name="warnings",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200),
                blank=True,
                default=list,
                editable=False,
                help_text="numbers that called for emergency services, by the limits in force then",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="program",
            name="entry_requirement",
            field=models.CharField(
                choices=[
                    ("none", "Nothing more"),
                    ("nurse_screen", "Screened by a nurse"),
                    ("hospital_clearance", "Medically cleared"),
                ],
                default="none",
                help_text="before admission",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="programhistory",
            name="entry_requirement",
            field=models.CharField(
                choices=[
                    ("none", "Nothing more"),
                    ("nurse_screen", "Screened by a nurse"),
                    ("hospital_clearance", "Medically cleared"),
                ],
                default="none",
                help_text="before admission",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="information_offered",
            field=models.BooleanField(
                blank=True, help_text="crisis, overdose and naloxone information was offered", null=True
            ),
        ),
        migrations.AlterField(
            model_name="conversationhistory",
            name="information_offered",
            field=models.BooleanField(
                blank=True, help_text="crisis, overdose and naloxone information was offered", null=True
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clearance",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_clearancehistory" ("basis", "checklist_id", "cleared_at", "cleared_by_id", "contact_number", "diastolic", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "findings", "heart_rate", "hospital", "id", "lapses_at", "look_again_duty_id", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "respiratory_rate", "systolic", "temperature", "version", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."basis", NEW."checklist_id", NEW."cleared_at", NEW."cleared_by_id", NEW."contact_number", NEW."diastolic", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."findings", NEW."heart_rate", NEW."hospital", NEW."id", NEW."lapses_at", NEW."look_again_duty_id", NEW."oxygen_saturation", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."respiratory_rate", NEW."systolic", NEW."temperature", NEW."version", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="770e4d267c0125a4ddf93b50f4d2963e401135f4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_58832",
                    table="treatment_clearance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clearance",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_clearancehistory" ("basis", "checklist_id", "cleared_at", "cleared_by_id", "contact_number", "diastolic", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "findings", "heart_rate", "hospital", "id", "lapses_at", "look_again_duty_id", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "respiratory_rate", "systolic", "temperature", "version", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."basis", NEW."checklist_id", NEW."cleared_at", NEW."cleared_by_id", NEW."contact_number", NEW."diastolic", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."findings", NEW."heart_rate", NEW."hospital", NEW."id", NEW."lapses_at", NEW."look_again_duty_id", NEW."oxygen_saturation", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."respiratory_rate", NEW."systolic", NEW."temperature", NEW."version", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="73cb437dcbe51e4b0f5e430be806bf78eab8bff3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0425b",
                    table="treatment_clearance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clearance",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_clearancehistory" ("basis", "checklist_id", "cleared_at", "cleared_by_id", "contact_number", "diastolic", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "findings", "heart_rate", "hospital", "id", "lapses_at", "look_again_duty_id", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "respiratory_rate", "systolic", "temperature", "version", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (OLD."basis", OLD."checklist_id", OLD."cleared_at", OLD."cleared_by_id", OLD."contact_number", OLD."diastolic", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."findings", OLD."heart_rate", OLD."hospital", OLD."id", OLD."lapses_at", OLD."look_again_duty_id", OLD."oxygen_saturation", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."respiratory_rate", OLD."systolic", OLD."temperature", OLD."version", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason"); RETURN NULL;',
                    hash="91e92093af121772ec6d3dae8b15f4c21894a720",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c35ad",
                    table="treatment_clearance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conversation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_conversationhistory" ("contact_how", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "held_at", "held_by_id", "id", "information_offered", "kind", "may_contact_again", "meaning", "next_step", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "safety_plan", "summary", "version", "what_happened", "what_matters") VALUES (NEW."contact_how", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."held_at", NEW."held_by_id", NEW."id", NEW."information_offered", NEW."kind", NEW."may_contact_again", NEW."meaning", NEW."next_step", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."safety_plan", NEW."summary", NEW."version", NEW."what_happened", NEW."what_matters"); RETURN NULL;',
                    hash="fa15cc74e37df9c15b1cb8d0305b19c65a94edb3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_36880",
                    table="treatment_conversation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conversation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_conversationhistory" ("contact_how", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "held_at", "held_by_id", "id", "information_offered", "kind", "may_contact_again", "meaning", "next_step", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "safety_plan", "summary", "version", "what_happened", "what_matters") VALUES (NEW."contact_how", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."held_at", NEW."held_by_id", NEW."id", NEW."information_offered", NEW."kind", NEW."may_contact_again", NEW."meaning", NEW."next_step", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."safety_plan", NEW."summary", NEW."version", NEW."what_happened", NEW."what_matters"); RETURN NULL;',
                    hash="8d0f862b7bcb75719c2c3a402365271588be019c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_78e44",
                    table="treatment_conversation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conversation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_conversationhistory" ("contact_how", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "held_at", "held_by_id", "id", "information_offered", "kind", "may_contact_again", "meaning", "next_step", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "safety_plan", "summary", "version", "what_happened", "what_matters") VALUES (OLD."contact_how", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."held_at", OLD."held_by_id", OLD."id", OLD."information_offered", OLD."kind", OLD."may_contact_again", OLD."meaning", OLD."next_step", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."safety_plan", OLD."summary", OLD."version", OLD."what_happened", OLD."what_matters"); RETURN NULL;',
                    hash="5b2513cbdd3778078ee009263b836a5247454023",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_703b3",
                    table="treatment_conversation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_handoverhistory" ("breathing", "consciousness", "drugs_given", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_leaving_at", "facility_id", "heart_rate", "id", "outstanding_results", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "respiratory_rate", "source", "source_contact", "source_name", "systolic", "temperature", "version", "warnings") VALUES (NEW."breathing", NEW."consciousness", NEW."drugs_given", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_leaving_at", NEW."facility_id", NEW."heart_rate", NEW."id", NEW."outstanding_results", NEW."oxygen_saturation", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."respiratory_rate", NEW."source", NEW."source_contact", NEW."source_name", NEW."systolic", NEW."temperature", NEW."version", NEW."warnings"); RETURN NULL;',
                    hash="c3bd8689facec7411fefdd36fb5919340ee5b68c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4b9a4",
                    table="treatment_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_handoverhistory" ("breathing", "consciousness", "drugs_given", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_leaving_at", "facility_id", "heart_rate", "id", "outstanding_results", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "respiratory_rate", "source", "source_contact", "source_name", "systolic", "temperature", "version", "warnings") VALUES (NEW."breathing", NEW."consciousness", NEW."drugs_given", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_leaving_at", NEW."facility_id", NEW."heart_rate", NEW."id", NEW."outstanding_results", NEW."oxygen_saturation", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."respiratory_rate", NEW."source", NEW."source_contact", NEW."source_name", NEW."systolic", NEW."temperature", NEW."version", NEW."warnings"); RETURN NULL;',
                    hash="09e8a1e757c81594dd7ea437cdde1b216a4ee498",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1ef4d",
                    table="treatment_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_handoverhistory" ("breathing", "consciousness", "drugs_given", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_leaving_at", "facility_id", "heart_rate", "id", "outstanding_results", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "respiratory_rate", "source", "source_contact", "source_name", "systolic", "temperature", "version", "warnings") VALUES (OLD."breathing", OLD."consciousness", OLD."drugs_given", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."expected_leaving_at", OLD."facility_id", OLD."heart_rate", OLD."id", OLD."outstanding_results", OLD."oxygen_saturation", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."received_at", OLD."received_by_id", OLD."respiratory_rate", OLD."source", OLD."source_contact", OLD."source_name", OLD."systolic", OLD."temperature", OLD."version", OLD."warnings"); RETURN NULL;',
                    hash="bf993bc686582b1ae17989fc93395705780c7789",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4ac71",
                    table="treatment_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="program",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_programhistory" ("asam_edition", "capacity", "closed_at", "closed_by_id", "entry_requirement", "facility_id", "id", "level_of_care", "max_age", "min_age", "name", "needs_bed", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_due", "review_every", "setting", "version") VALUES (NEW."asam_edition", NEW."capacity", NEW."closed_at", NEW."closed_by_id", NEW."entry_requirement", NEW."facility_id", NEW."id", NEW."level_of_care", NEW."max_age", NEW."min_age", NEW."name", NEW."needs_bed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_due", NEW."review_every", NEW."setting", NEW."version"); RETURN NULL;',
                    hash="321369760b94f3349165707b5a1c56e21b1140a0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ec921",
                    table="treatment_program",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="program",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_programhistory" ("asam_edition", "capacity", "closed_at", "closed_by_id", "entry_requirement", "facility_id", "id", "level_of_care", "max_age", "min_age", "name", "needs_bed", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_due", "review_every", "setting", "version") VALUES (NEW."asam_edition", NEW."capacity", NEW."closed_at", NEW."closed_by_id", NEW."entry_requirement", NEW."facility_id", NEW."id", NEW."level_of_care", NEW."max_age", NEW."min_age", NEW."name", NEW."needs_bed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_due", NEW."review_every", NEW."setting", NEW."version"); RETURN NULL;',
                    hash="2208c1396e05192b0d803b0e9570eb2eef24cd30",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_32520",
                    table="treatment_program",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="program",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_programhistory" ("asam_edition", "capacity", "closed_at", "closed_by_id", "entry_requirement", "facility_id", "id", "level_of_care", "max_age", "min_age", "name", "needs_bed", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_due", "review_every", "setting", "version") VALUES (OLD."asam_edition", OLD."capacity", OLD."closed_at", OLD."closed_by_id", OLD."entry_requirement", OLD."facility_id", OLD."id", OLD."level_of_care", OLD."max_age", OLD."min_age", OLD."name", OLD."needs_bed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_due", OLD."review_every", OLD."setting", OLD."version"); RETURN NULL;',
                    hash="860da1a87df35c8d48fff3e9010f872b999d4e30",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b3f50",
                    table="treatment_program",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="clearance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("systolic", None),
                        ("diastolic", None),
                        ("diastolic__lt", models.F("systolic")),
                        _connector="OR",
                    ),
                    models.Q(("respiratory_rate", None), ("respiratory_rate__range", (0, 80)), _connector="OR"),
                    models.Q(("oxygen_saturation", None), ("oxygen_saturation__range", (30, 100)), _connector="OR"),
                    models.Q(("heart_rate", None), ("heart_rate__range", (0, 300)), _connector="OR"),
                    models.Q(("systolic", None), ("systolic__range", (30, 320)), _connector="OR"),
                    models.Q(("diastolic", None), ("diastolic__range", (10, 220)), _connector="OR"),
                    models.Q(("temperature", None), ("temperature__range", (25, 45)), _connector="OR"),
                ),
                name="a_clearance_is_of_possible_numbers",
                violation_error_code="not_plausible",
                violation_error_message="A number is outside what is possible. Check what was typed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_withdrawal_of_clearance_has_who",
                violation_error_code="half_recorded",
                violation_error_message="withdrawn_at and withdrawn_by are recorded together or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at", None), models.Q(("withdrawn_reason", ""), _negated=True), _connector="OR"
                ),
                name="a_clearance_is_withdrawn_for_a_reason",
                violation_error_code="reason_missing",
                violation_error_message="Say why the clearance is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ["declined", "not_able"]), _negated=True),
                    ("information_offered__isnull", False),
                    _connector="OR",
                ),
                name="no_is_told_where_help_is",
                violation_error_code="information_unknown",
                violation_error_message="Say whether crisis, overdose and naloxone information was offered.",
            ),
        ),
        kept(*TABLES),
        append_only(*(f"{table}history" for table in TABLES), by_trigger=True),
        frozen(
            "treatment_observation",
            when="TRUE",
            name="an_observation_never_changes",
            message="an observation never changes",
            except_columns=ERROR,
        ),
        migrations.RunSQL(ANSWERED, "DROP FUNCTION duty_is_answered() CASCADE"),
    ]
    operations = [audit.operations.Together(together)]
