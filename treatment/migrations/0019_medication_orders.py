from decimal import Decimal

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
from audit.operations import append_only, frozen, kept

ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]
# What a duty stands for is done by its own verb, which fills this column (see duty_is_answered in 0007).
ANSWERED = """
CREATE TRIGGER b_verbal_order_is_acknowledged AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
    EXECUTE FUNCTION duty_is_answered(
        'treatment_medicationorder', 'acknowledge_duty_id', 'acknowledged_at', 'a_verbal_order_is_acknowledged');
CREATE TRIGGER b_discrepancy_is_settled AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
    EXECUTE FUNCTION duty_is_answered(
        'treatment_medicationcount', 'duty_id', 'settled_at', 'a_discrepancy_is_settled')
"""
# The steps of MedicationOrder.NEXT; a test asks the trigger about every pair.
STEPS = """
CREATE FUNCTION medication_order_steps() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'active' THEN
            RAISE EXCEPTION 'an order begins as active, not as %', NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_order_takes_its_steps';
        END IF;
    ELSIF NEW.state IS DISTINCT FROM OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('active', 'held'), ('active', 'stopped'), ('active', 'completed'), ('held', 'active'), ('held', 'stopped')
    ) THEN
        RAISE EXCEPTION 'from % to % is no step', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_order_takes_its_steps';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER medication_order_steps BEFORE INSERT OR UPDATE ON treatment_medicationorder
    FOR EACH ROW EXECUTE FUNCTION medication_order_steps()
"""
MAY_CHANGE = [
    *ERROR,
    "state",
    "held_at",
    "held_by_id",
    "held_reason",
    "ended_at",
    "ended_by_id",
    "ended_because",
    "end_reason",
    "acknowledged_at",
    "acknowledged_by_id",
    "told_at_start",
    "told_at_stop",
    "counsel_duty_id",
    "monitoring_duty_id",
    "laid_out_until",
    # Written again when a held order goes on.
    "findings",
    "override_reason",
    "overridden_by_id",
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("accounts", "__first__"),
        ("duties", "0004_calls_owed"),
        ("patients", "0008_newest_episodes"),
        ("treatment", "0018_sessions_in_full"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="Medication",
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
                (
                    "synonyms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        help_text="brand names",
                        size=None,
                    ),
                ),
                (
                    "ingredients",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50),
                        help_text="what it is made of, as words",
                        size=None,
                    ),
                ),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50),
                        blank=True,
                        default=list,
                        help_text="what rules know it as",
                        size=None,
                    ),
                ),
                (
                    "rxnorm",
                    models.CharField(
                        blank=True, help_text="of the ingredient", max_length=20, verbose_name="RxNorm code"
                    ),
                ),
                (
                    "rxnorm_verified_on",
                    models.DateField(
                        blank=True,
                        help_text="empty: written from memory, to be verified",
                        null=True,
                        verbose_name="RxNorm code verified on",
                    ),
                ),
                (
                    "schedule",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("2", "Schedule II"),
                            ("3", "Schedule III"),
                            ("4", "Schedule IV"),
                            ("5", "Schedule V"),
                        ],
                        help_text="empty: not controlled",
                        max_length=1,
                    ),
                ),
                (
                    "routes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("oral", "By mouth"),
                                ("sublingual", "Under the tongue"),
                                ("nasal", "Into the nose"),
                                ("inhaled", "Inhaled"),
                                ("topical", "On the skin"),
                                ("transdermal", "Patch"),
                                ("rectal", "Rectally"),
                                ("intramuscular", "Into a muscle"),
                                ("subcutaneous", "Under the skin"),
                                ("intravenous", "Into a vein"),
                                ("other", "Other"),
                            ],
                            max_length=20,
                        ),
                        help_text="usual ones",
                        size=None,
                    ),
                ),
                (
                    "evidence",
                    models.JSONField(blank=True, default=list, help_text="[{indication, level, says, source}]"),
                ),
                ("counsel", models.JSONField(blank=True, default=dict, help_text="{start | stop | each: [code]}")),
                (
                    "monitoring",
                    models.JSONField(blank=True, default=dict, help_text="{check, months, then_every_months}"),
                ),
                ("source", models.CharField(max_length=500)),
            ],
            options={
                "ordering": ["name", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "edition"),
                        name="one_medication_per_edition",
                        violation_error_code="edition_taken",
                        violation_error_message="This edition of the medication exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("source", ""), _negated=True), ("ingredients__len__gt", 0)),
                        name="a_medication_says_where_from",
                        violation_error_code="source_missing",
                        violation_error_message="Say what it is made of, and where that is from.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rxnorm_verified_on", None), models.Q(("rxnorm", ""), _negated=True), _connector="OR"
                        ),
                        name="a_verified_code_is_there",
                        violation_error_code="code_missing",
                        violation_error_message="There is no code to verify.",
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="MedicationCheck",
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
                        related_name="medication_checks",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("naloxone_challenge", "Naloxone challenge"),
                            ("monitoring", "Prescription monitoring program asked"),
                            ("outside_history", "Asked what was prescribed elsewhere"),
                            ("opioid_test", "Test for opioids"),
                            ("liver", "Liver values"),
                            ("surgery", "Operation planned"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "found",
                    models.BooleanField(
                        blank=True,
                        help_text="positive, failed, or opioids were found; not for liver values and operations",
                        null=True,
                    ),
                ),
                (
                    "analytes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50),
                        blank=True,
                        default=list,
                        help_text="which opioids the test names",
                        size=None,
                    ),
                ),
                (
                    "times_normal",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="ALT, in multiples of the upper limit of normal",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(500),
                        ],
                    ),
                ),
                ("planned_at", models.DateTimeField(blank=True, help_text="of the operation", null=True)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("checked_at", models.DateTimeField(editable=False)),
                (
                    "checked_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
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
                "indexes": [models.Index(fields=["patient", "kind", "-checked_at"], name="checks_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("analytes", []),
                                ("found", None),
                                ("kind", "liver"),
                                ("planned_at", None),
                                ("times_normal__isnull", False),
                            ),
                            models.Q(
                                ("analytes", []),
                                ("found", None),
                                ("kind", "surgery"),
                                ("planned_at__isnull", False),
                                ("times_normal", None),
                            ),
                            models.Q(
                                ("found__isnull", False),
                                ("kind", "opioid_test"),
                                ("planned_at", None),
                                ("times_normal", None),
                            ),
                            models.Q(
                                ("analytes", []),
                                ("found__isnull", False),
                                ("kind__in", ["naloxone_challenge", "monitoring", "outside_history"]),
                                ("planned_at", None),
                                ("times_normal", None),
                            ),
                            _connector="OR",
                        ),
                        name="a_check_says_what_was_found",
                        violation_error_code="finding_missing",
                        violation_error_message="Say what was found: yes or no, the value, or the day, whichever was asked.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_at", None), ("planned_at__gt", models.F("checked_at")), _connector="OR"
                        ),
                        name="an_operation_is_planned_ahead",
                        violation_error_code="in_the_past",
                        violation_error_message="An operation is planned ahead.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="medicationcheck_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_medicationcheckhistory" ("analytes", "checked_at", "checked_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "found", "id", "kind", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "times_normal", "version") VALUES (NEW."analytes", NEW."checked_at", NEW."checked_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."found", NEW."id", NEW."kind", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."planned_at", NEW."times_normal", NEW."version"); RETURN NULL;',
                            hash="6fe43da248645cdd4113c8e14917168627cba715",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a36ea",
                            table="treatment_medicationcheck",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_medicationcheckhistory" ("analytes", "checked_at", "checked_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "found", "id", "kind", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "times_normal", "version") VALUES (NEW."analytes", NEW."checked_at", NEW."checked_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."found", NEW."id", NEW."kind", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."planned_at", NEW."times_normal", NEW."version"); RETURN NULL;',
                            hash="65a48e88c1952c984c2a9d4949aad9ea683780f9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f7427",
                            table="treatment_medicationcheck",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_medicationcheckhistory" ("analytes", "checked_at", "checked_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "found", "id", "kind", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "times_normal", "version") VALUES (OLD."analytes", OLD."checked_at", OLD."checked_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."found", OLD."id", OLD."kind", OLD."note", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."planned_at", OLD."times_normal", OLD."version"); RETURN NULL;',
                            hash="1d57399c1f878078360eb34fd3b7802867385b07",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bc5ab",
                            table="treatment_medicationcheck",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="MedicationCheckHistory",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("naloxone_challenge", "Naloxone challenge"),
                            ("monitoring", "Prescription monitoring program asked"),
                            ("outside_history", "Asked what was prescribed elsewhere"),
                            ("opioid_test", "Test for opioids"),
                            ("liver", "Liver values"),
                            ("surgery", "Operation planned"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "found",
                    models.BooleanField(
                        blank=True,
                        help_text="positive, failed, or opioids were found; not for liver values and operations",
                        null=True,
                    ),
                ),
                (
                    "analytes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50),
                        blank=True,
                        default=list,
                        help_text="which opioids the test names",
                        size=None,
                    ),
                ),
                (
                    "times_normal",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="ALT, in multiples of the upper limit of normal",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(500),
                        ],
                    ),
                ),
                ("planned_at", models.DateTimeField(blank=True, help_text="of the operation", null=True)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("checked_at", models.DateTimeField(editable=False)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "checked_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.medicationcheck",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="MedicationCount",
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
                        related_name="medication_counts",
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
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="treatment.medicationstatement",
                    ),
                ),
                (
                    "expected",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        help_text="from the count before, less what was given",
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("10000")),
                        ],
                    ),
                ),
                (
                    "counted",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("10000")),
                        ],
                    ),
                ),
                ("counted_at", models.DateTimeField(editable=False)),
                (
                    "counted_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        help_text="what the second person counted",
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("10000")),
                        ],
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
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="medication_count",
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
                "indexes": [models.Index(fields=["patient", "-counted_at"], name="counts_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed__isnull", True),
                                ("confirmed_at__isnull", True),
                                ("confirmed_by__isnull", True),
                            ),
                            models.Q(
                                ("confirmed__isnull", False),
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_confirmed_count_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="confirmed_at and confirmed_by and confirmed are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_settled_count_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="settled_at and settled_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("counted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="two_people_count",
                        violation_error_code="same_person",
                        violation_error_message="Somebody else counts again.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at", None),
                            models.Q(
                                ("confirmed", models.F("counted")),
                                models.Q(("expected", None), ("expected", models.F("counted")), _connector="OR"),
                            ),
                            ("duty__isnull", False),
                            _connector="OR",
                        ),
                        name="a_discrepancy_is_owed_or_settled",
                        violation_error_code="discrepancy_owed",
                        violation_error_message="A difference is owed an answer by a supervisor.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_reason", "")),
                            models.Q(("settled_at__isnull", False), models.Q(("settled_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_count_is_settled_in_words",
                        violation_error_code="reason_missing",
                        violation_error_message="Say what became of the difference.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="medicationcount_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_medicationcounthistory" ("confirmed", "confirmed_at", "confirmed_by_id", "counted", "counted_at", "counted_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "expected", "facility_id", "id", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "settled_by_id", "settled_reason", "statement_id", "version") VALUES (NEW."confirmed", NEW."confirmed_at", NEW."confirmed_by_id", NEW."counted", NEW."counted_at", NEW."counted_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."expected", NEW."facility_id", NEW."id", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."settled_at", NEW."settled_by_id", NEW."settled_reason", NEW."statement_id", NEW."version"); RETURN NULL;',
                            hash="216fc85d83c8cfa3088789f659852c4859a148c9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_111f1",
                            table="treatment_medicationcount",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_medicationcounthistory" ("confirmed", "confirmed_at", "confirmed_by_id", "counted", "counted_at", "counted_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "expected", "facility_id", "id", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "settled_by_id", "settled_reason", "statement_id", "version") VALUES (NEW."confirmed", NEW."confirmed_at", NEW."confirmed_by_id", NEW."counted", NEW."counted_at", NEW."counted_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."expected", NEW."facility_id", NEW."id", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."settled_at", NEW."settled_by_id", NEW."settled_reason", NEW."statement_id", NEW."version"); RETURN NULL;',
                            hash="15b7db3c56cdfc73e09b3f15d337a9bc374f9dd3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_38b7a",
                            table="treatment_medicationcount",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_medicationcounthistory" ("confirmed", "confirmed_at", "confirmed_by_id", "counted", "counted_at", "counted_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "expected", "facility_id", "id", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "settled_by_id", "settled_reason", "statement_id", "version") VALUES (OLD."confirmed", OLD."confirmed_at", OLD."confirmed_by_id", OLD."counted", OLD."counted_at", OLD."counted_by_id", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."expected", OLD."facility_id", OLD."id", OLD."note", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."settled_at", OLD."settled_by_id", OLD."settled_reason", OLD."statement_id", OLD."version"); RETURN NULL;',
                            hash="775ae1a82c6fe2ce461de8b113aa1b16005741ed",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8cca3",
                            table="treatment_medicationcount",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="MedicationCountHistory",
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
                    "expected",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        help_text="from the count before, less what was given",
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("10000")),
                        ],
                    ),
                ),
                (
                    "counted",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("10000")),
                        ],
                    ),
                ),
                ("counted_at", models.DateTimeField(editable=False)),
                (
                    "confirmed",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        help_text="what the second person counted",
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("10000")),
                        ],
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("settled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("settled_reason", models.CharField(blank=True, editable=False, max_length=1000)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                (
                    "counted_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.medicationcount",
                    ),
                ),
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
                    "statement",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.medicationstatement",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="MedicationOrder",
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
                        related_name="medication_orders",
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
                        related_name="medication_orders",
                        to="patients.episode",
                    ),
                ),
                (
                    "medication",
                    models.ForeignKey(
                        blank=True,
                        help_text="from the catalog",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.medication",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="as it was written; rules read it where it is not in the catalog", max_length=200
                    ),
                ),
                (
                    "dose",
                    models.DecimalField(
                        decimal_places=3,
                        help_text="at a time",
                        max_digits=8,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.001")),
                            django.core.validators.MaxValueValidator(Decimal("99999")),
                        ],
                    ),
                ),
                (
                    "dose_unit",
                    models.CharField(
                        choices=[
                            ("mg", "mg"),
                            ("mcg", "micrograms"),
                            ("g", "g"),
                            ("ml", "mL"),
                            ("tablets", "tablets or capsules"),
                            ("puffs", "puffs or sprays"),
                            ("patches", "patches"),
                            ("units", "units"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("oral", "By mouth"),
                            ("sublingual", "Under the tongue"),
                            ("nasal", "Into the nose"),
                            ("inhaled", "Inhaled"),
                            ("topical", "On the skin"),
                            ("transdermal", "Patch"),
                            ("rectal", "Rectally"),
                            ("intramuscular", "Into a muscle"),
                            ("subcutaneous", "Under the skin"),
                            ("intravenous", "Into a vein"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("daily", "Every day, at these times"),
                            ("every_days", "Every so many days, at these times"),
                            ("every_hours", "Every so many hours"),
                            ("once", "Once"),
                            ("as_needed", "As needed"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TimeField(),
                        blank=True,
                        default=list,
                        help_text="on the wall clock of the place, as 08:00, 20:00",
                        size=None,
                    ),
                ),
                ("every", models.PositiveSmallIntegerField(blank=True, help_text="hours or days", null=True)),
                ("as_needed_for", models.CharField(blank=True, max_length=200)),
                (
                    "min_hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="at least so many hours between doses taken as needed",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.1")),
                            django.core.validators.MaxValueValidator(Decimal("168")),
                        ],
                    ),
                ),
                (
                    "max_doses",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="at most in 24 hours, as needed",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("indication", models.CharField(help_text="what it is for", max_length=200)),
                ("off_label", models.BooleanField(editable=False)),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("labeled", "Labeled use"),
                            ("trials", "Trials; off-label"),
                            ("cases", "Case reports only; off-label"),
                            ("none", "Not in the catalog"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("evidence_in_words", models.CharField(blank=True, editable=False, max_length=500)),
                ("instructions", models.CharField(blank=True, max_length=500)),
                (
                    "given_here",
                    models.BooleanField(default=True, help_text="by staff; if not, the person takes it at home"),
                ),
                ("controlled", models.BooleanField(editable=False, help_text="each dose needs a witness")),
                (
                    "supply",
                    models.ForeignKey(
                        blank=True,
                        help_text="what the person brought, where doses are taken from it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="treatment.medicationstatement",
                    ),
                ),
                (
                    "units_each",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1"),
                        help_text="how many tablets or pieces a dose takes, for the count",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.25"))],
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="treatment.medicationorder",
                    ),
                ),
                (
                    "findings",
                    models.JSONField(
                        blank=True,
                        default=list,
                        editable=False,
                        help_text="[{level, code, sentence, source, overridable}]",
                    ),
                ),
                ("override_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "overridden_by",
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
                        choices=[
                            ("written", "Written by the prescriber"),
                            ("verbal", "Said by the prescriber, written down and read back"),
                            ("emergency", "Given in an emergency"),
                        ],
                        default="written",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("ordered_at", models.DateTimeField(editable=False)),
                (
                    "ordered_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        help_text="the prescriber",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        help_text="who took down what was said, and read it back",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "acknowledge_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="medication_order",
                        to="duties.duty",
                    ),
                ),
                ("acknowledged_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "acknowledged_by",
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
                    "told_at_start",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("blockade", "Do not try to overcome the blockade with opioids: that can kill."),
                                ("before_opioids", "Tell every clinician and dentist before any opioid is given."),
                                ("wallet_card", "A wallet card or bracelet that names naltrexone was offered."),
                                ("naloxone", "Naloxone was offered, and how to use it was shown."),
                                ("tolerance", "Tolerance to opioids is low now: a dose of before can kill."),
                                ("reversal", "An overdose-reversal agent was offered or discussed."),
                                ("rash", "Any rash: stop it, and call us the same day."),
                                (
                                    "gap",
                                    "After more than a few missed days, do not go on with the same dose: call us.",
                                ),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "told_at_stop",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("blockade", "Do not try to overcome the blockade with opioids: that can kill."),
                                ("before_opioids", "Tell every clinician and dentist before any opioid is given."),
                                ("wallet_card", "A wallet card or bracelet that names naltrexone was offered."),
                                ("naloxone", "Naloxone was offered, and how to use it was shown."),
                                ("tolerance", "Tolerance to opioids is low now: a dose of before can kill."),
                                ("reversal", "An overdose-reversal agent was offered or discussed."),
                                ("rash", "Any rash: stop it, and call us the same day."),
                                (
                                    "gap",
                                    "After more than a few missed days, do not go on with the same dose: call us.",
                                ),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "counsel_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counsel_of",
                        to="duties.duty",
                    ),
                ),
                (
                    "monitoring_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="monitoring_of",
                        to="duties.duty",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Goes on"),
                            ("held", "Held"),
                            ("stopped", "Stopped"),
                            ("completed", "Completed"),
                        ],
                        default="active",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("held_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "held_by",
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
                ("held_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "No longer needed"),
                            ("no_effect", "Does not help"),
                            ("side_effect", "Side effect"),
                            ("rash", "Rash"),
                            ("wished", "The person wishes it"),
                            ("replaced", "Replaced by another order"),
                            ("left", "The person left the program"),
                            ("other", "Something else"),
                        ],
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("end_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "laid_out_until",
                    models.DateTimeField(editable=False, help_text="doses are written down until then"),
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
                    models.Index(fields=["patient", "-ordered_at"], name="orders_of_a_person"),
                    models.Index(
                        condition=models.Q(("entered_in_error_at", None), ("given_here", True), ("state", "active")),
                        fields=["laid_out_until"],
                        name="orders_to_lay_out",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("ends_at__isnull", False), ("entered_in_error_at", None), ("state", "active")
                        ),
                        fields=["ends_at"],
                        name="orders_to_end",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at__isnull", True), ("held_by__isnull", True)),
                            models.Q(("held_at__isnull", False), ("held_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="holding_an_order_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="held_at and held_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="ending_an_order_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="ended_at and ended_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acknowledged_at__isnull", True), ("acknowledged_by__isnull", True)),
                            models.Q(("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="acknowledging_an_order_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="acknowledged_at and acknowledged_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("indication", ""), _negated=True),
                            ("dose__gt", 0),
                        ),
                        name="an_order_says_what_and_what_for",
                        violation_error_code="order_incomplete",
                        violation_error_message="Say which medication, how much, and what for.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("every", None), ("frequency", "daily"), ("times__len__gt", 0)),
                            models.Q(
                                ("every__gte", 1),
                                ("every__lte", 366),
                                ("frequency", "every_days"),
                                ("times__len__gt", 0),
                            ),
                            models.Q(
                                ("every__gte", 1), ("every__lte", 168), ("frequency", "every_hours"), ("times", [])
                            ),
                            models.Q(("every", None), ("frequency__in", ["once", "as_needed"]), ("times", [])),
                            _connector="OR",
                        ),
                        name="an_order_says_how_often",
                        violation_error_code="frequency_unclear",
                        violation_error_message="Say when doses are due: at which times, every how many hours or days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("frequency", "as_needed"), _negated=True),
                                ("as_needed_for", ""),
                                ("max_doses", None),
                                ("min_hours", None),
                            ),
                            models.Q(
                                ("frequency", "as_needed"),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"
                        ),
                        name="an_order_ends_after_it_starts",
                        violation_error_code="ends_before_start",
                        violation_error_message="An order ends after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acknowledge_duty", None), ("how", "written"), ("taken_by", None)),
                            models.Q(
                                models.Q(("how", "written"), _negated=True),
                                ("acknowledge_duty__isnull", False),
                                ("taken_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_order_that_was_said_was_read_back",
                        violation_error_code="not_read_back",
                        violation_error_message="An order that was said names who took it down, and is acknowledged.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_by", None),
                            models.Q(("taken_by", models.F("ordered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_orders_from_themselves",
                        violation_error_code="same_person",
                        violation_error_message="Whoever takes an order down is not its prescriber.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("overridden_by", None), ("override_reason", "")),
                            models.Q(
                                models.Q(("override_reason", ""), _negated=True), ("overridden_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="an_override_has_who_and_why",
                        violation_error_code="reason_missing",
                        violation_error_message="Overriding a finding takes a prescriber and a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("held_at__isnull", False),
                                ("state", "held"),
                                models.Q(("held_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "held"), _negated=True), ("held_at", None), ("held_reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="an_order_that_is_held_says_why",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why it is held.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_reason", ""),
                                ("ended_at", None),
                                ("ended_because", ""),
                                ("state__in", ["active", "held"]),
                            ),
                            models.Q(("ended_at__isnull", False), ("ended_because", ""), ("state", "completed")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state", "stopped"),
                                models.Q(("ended_because", ""), _negated=True),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_order_that_ended_says_when_and_why",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why it was stopped.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="medicationorder_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_medicationorderhistory" ("acknowledge_duty_id", "acknowledged_at", "acknowledged_by_id", "as_needed_for", "controlled", "counsel_duty_id", "dose", "dose_unit", "end_reason", "ended_at", "ended_because", "ended_by_id", "ends_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "every", "evidence", "evidence_in_words", "facility_id", "findings", "frequency", "given_here", "held_at", "held_by_id", "held_reason", "how", "id", "indication", "instructions", "laid_out_until", "max_doses", "medication_id", "min_hours", "monitoring_duty_id", "name", "off_label", "ordered_at", "ordered_by_id", "overridden_by_id", "override_reason", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "route", "starts_at", "state", "supply_id", "taken_by_id", "times", "told_at_start", "told_at_stop", "units_each", "version") VALUES (NEW."acknowledge_duty_id", NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."as_needed_for", NEW."controlled", NEW."counsel_duty_id", NEW."dose", NEW."dose_unit", NEW."end_reason", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."ends_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."every", NEW."evidence", NEW."evidence_in_words", NEW."facility_id", NEW."findings", NEW."frequency", NEW."given_here", NEW."held_at", NEW."held_by_id", NEW."held_reason", NEW."how", NEW."id", NEW."indication", NEW."instructions", NEW."laid_out_until", NEW."max_doses", NEW."medication_id", NEW."min_hours", NEW."monitoring_duty_id", NEW."name", NEW."off_label", NEW."ordered_at", NEW."ordered_by_id", NEW."overridden_by_id", NEW."override_reason", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."replaces_id", NEW."route", NEW."starts_at", NEW."state", NEW."supply_id", NEW."taken_by_id", NEW."times", NEW."told_at_start", NEW."told_at_stop", NEW."units_each", NEW."version"); RETURN NULL;',
                            hash="151096daa0b8ad10d0bc6b7dc6fd43d97ef55235",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_87ec6",
                            table="treatment_medicationorder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_medicationorderhistory" ("acknowledge_duty_id", "acknowledged_at", "acknowledged_by_id", "as_needed_for", "controlled", "counsel_duty_id", "dose", "dose_unit", "end_reason", "ended_at", "ended_because", "ended_by_id", "ends_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "every", "evidence", "evidence_in_words", "facility_id", "findings", "frequency", "given_here", "held_at", "held_by_id", "held_reason", "how", "id", "indication", "instructions", "laid_out_until", "max_doses", "medication_id", "min_hours", "monitoring_duty_id", "name", "off_label", "ordered_at", "ordered_by_id", "overridden_by_id", "override_reason", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "route", "starts_at", "state", "supply_id", "taken_by_id", "times", "told_at_start", "told_at_stop", "units_each", "version") VALUES (NEW."acknowledge_duty_id", NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."as_needed_for", NEW."controlled", NEW."counsel_duty_id", NEW."dose", NEW."dose_unit", NEW."end_reason", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."ends_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."every", NEW."evidence", NEW."evidence_in_words", NEW."facility_id", NEW."findings", NEW."frequency", NEW."given_here", NEW."held_at", NEW."held_by_id", NEW."held_reason", NEW."how", NEW."id", NEW."indication", NEW."instructions", NEW."laid_out_until", NEW."max_doses", NEW."medication_id", NEW."min_hours", NEW."monitoring_duty_id", NEW."name", NEW."off_label", NEW."ordered_at", NEW."ordered_by_id", NEW."overridden_by_id", NEW."override_reason", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."replaces_id", NEW."route", NEW."starts_at", NEW."state", NEW."supply_id", NEW."taken_by_id", NEW."times", NEW."told_at_start", NEW."told_at_stop", NEW."units_each", NEW."version"); RETURN NULL;',
                            hash="04243bc49b8222c3b1056dd6f96ed4103b7e03d1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c1aac",
                            table="treatment_medicationorder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_medicationorderhistory" ("acknowledge_duty_id", "acknowledged_at", "acknowledged_by_id", "as_needed_for", "controlled", "counsel_duty_id", "dose", "dose_unit", "end_reason", "ended_at", "ended_because", "ended_by_id", "ends_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "every", "evidence", "evidence_in_words", "facility_id", "findings", "frequency", "given_here", "held_at", "held_by_id", "held_reason", "how", "id", "indication", "instructions", "laid_out_until", "max_doses", "medication_id", "min_hours", "monitoring_duty_id", "name", "off_label", "ordered_at", "ordered_by_id", "overridden_by_id", "override_reason", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "route", "starts_at", "state", "supply_id", "taken_by_id", "times", "told_at_start", "told_at_stop", "units_each", "version") VALUES (OLD."acknowledge_duty_id", OLD."acknowledged_at", OLD."acknowledged_by_id", OLD."as_needed_for", OLD."controlled", OLD."counsel_duty_id", OLD."dose", OLD."dose_unit", OLD."end_reason", OLD."ended_at", OLD."ended_because", OLD."ended_by_id", OLD."ends_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."every", OLD."evidence", OLD."evidence_in_words", OLD."facility_id", OLD."findings", OLD."frequency", OLD."given_here", OLD."held_at", OLD."held_by_id", OLD."held_reason", OLD."how", OLD."id", OLD."indication", OLD."instructions", OLD."laid_out_until", OLD."max_doses", OLD."medication_id", OLD."min_hours", OLD."monitoring_duty_id", OLD."name", OLD."off_label", OLD."ordered_at", OLD."ordered_by_id", OLD."overridden_by_id", OLD."override_reason", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."replaces_id", OLD."route", OLD."starts_at", OLD."state", OLD."supply_id", OLD."taken_by_id", OLD."times", OLD."told_at_start", OLD."told_at_stop", OLD."units_each", OLD."version"); RETURN NULL;',
                            hash="1e85175115d12ba8a88022e856e3dadc887b11be",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a32f8",
                            table="treatment_medicationorder",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="MedicationOrderHistory",
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
                    "name",
                    models.CharField(
                        help_text="as it was written; rules read it where it is not in the catalog", max_length=200
                    ),
                ),
                (
                    "dose",
                    models.DecimalField(
                        decimal_places=3,
                        help_text="at a time",
                        max_digits=8,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.001")),
                            django.core.validators.MaxValueValidator(Decimal("99999")),
                        ],
                    ),
                ),
                (
                    "dose_unit",
                    models.CharField(
                        choices=[
                            ("mg", "mg"),
                            ("mcg", "micrograms"),
                            ("g", "g"),
                            ("ml", "mL"),
                            ("tablets", "tablets or capsules"),
                            ("puffs", "puffs or sprays"),
                            ("patches", "patches"),
                            ("units", "units"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("oral", "By mouth"),
                            ("sublingual", "Under the tongue"),
                            ("nasal", "Into the nose"),
                            ("inhaled", "Inhaled"),
                            ("topical", "On the skin"),
                            ("transdermal", "Patch"),
                            ("rectal", "Rectally"),
                            ("intramuscular", "Into a muscle"),
                            ("subcutaneous", "Under the skin"),
                            ("intravenous", "Into a vein"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("daily", "Every day, at these times"),
                            ("every_days", "Every so many days, at these times"),
                            ("every_hours", "Every so many hours"),
                            ("once", "Once"),
                            ("as_needed", "As needed"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TimeField(),
                        blank=True,
                        default=list,
                        help_text="on the wall clock of the place, as 08:00, 20:00",
                        size=None,
                    ),
                ),
                ("every", models.PositiveSmallIntegerField(blank=True, help_text="hours or days", null=True)),
                ("as_needed_for", models.CharField(blank=True, max_length=200)),
                (
                    "min_hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="at least so many hours between doses taken as needed",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.1")),
                            django.core.validators.MaxValueValidator(Decimal("168")),
                        ],
                    ),
                ),
                (
                    "max_doses",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="at most in 24 hours, as needed",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("indication", models.CharField(help_text="what it is for", max_length=200)),
                ("off_label", models.BooleanField(editable=False)),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("labeled", "Labeled use"),
                            ("trials", "Trials; off-label"),
                            ("cases", "Case reports only; off-label"),
                            ("none", "Not in the catalog"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("evidence_in_words", models.CharField(blank=True, editable=False, max_length=500)),
                ("instructions", models.CharField(blank=True, max_length=500)),
                (
                    "given_here",
                    models.BooleanField(default=True, help_text="by staff; if not, the person takes it at home"),
                ),
                ("controlled", models.BooleanField(editable=False, help_text="each dose needs a witness")),
                (
                    "units_each",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1"),
                        help_text="how many tablets or pieces a dose takes, for the count",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.25"))],
                    ),
                ),
                (
                    "findings",
                    models.JSONField(
                        blank=True,
                        default=list,
                        editable=False,
                        help_text="[{level, code, sentence, source, overridable}]",
                    ),
                ),
                ("override_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("written", "Written by the prescriber"),
                            ("verbal", "Said by the prescriber, written down and read back"),
                            ("emergency", "Given in an emergency"),
                        ],
                        default="written",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("ordered_at", models.DateTimeField(editable=False)),
                ("acknowledged_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "told_at_start",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("blockade", "Do not try to overcome the blockade with opioids: that can kill."),
                                ("before_opioids", "Tell every clinician and dentist before any opioid is given."),
                                ("wallet_card", "A wallet card or bracelet that names naltrexone was offered."),
                                ("naloxone", "Naloxone was offered, and how to use it was shown."),
                                ("tolerance", "Tolerance to opioids is low now: a dose of before can kill."),
                                ("reversal", "An overdose-reversal agent was offered or discussed."),
                                ("rash", "Any rash: stop it, and call us the same day."),
                                (
                                    "gap",
                                    "After more than a few missed days, do not go on with the same dose: call us.",
                                ),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "told_at_stop",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("blockade", "Do not try to overcome the blockade with opioids: that can kill."),
                                ("before_opioids", "Tell every clinician and dentist before any opioid is given."),
                                ("wallet_card", "A wallet card or bracelet that names naltrexone was offered."),
                                ("naloxone", "Naloxone was offered, and how to use it was shown."),
                                ("tolerance", "Tolerance to opioids is low now: a dose of before can kill."),
                                ("reversal", "An overdose-reversal agent was offered or discussed."),
                                ("rash", "Any rash: stop it, and call us the same day."),
                                (
                                    "gap",
                                    "After more than a few missed days, do not go on with the same dose: call us.",
                                ),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Goes on"),
                            ("held", "Held"),
                            ("stopped", "Stopped"),
                            ("completed", "Completed"),
                        ],
                        default="active",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("held_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("held_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "No longer needed"),
                            ("no_effect", "Does not help"),
                            ("side_effect", "Side effect"),
                            ("rash", "Rash"),
                            ("wished", "The person wishes it"),
                            ("replaced", "Replaced by another order"),
                            ("left", "The person left the program"),
                            ("other", "Something else"),
                        ],
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("end_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "laid_out_until",
                    models.DateTimeField(editable=False, help_text="doses are written down until then"),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "acknowledge_duty",
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
                (
                    "acknowledged_by",
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
                    "counsel_duty",
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
                    "held_by",
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
                    "medication",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        help_text="from the catalog",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.medication",
                    ),
                ),
                (
                    "monitoring_duty",
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
                (
                    "ordered_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        help_text="the prescriber",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "overridden_by",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.medicationorder",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.medicationorder",
                    ),
                ),
                (
                    "supply",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        help_text="what the person brought, where doses are taken from it",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.medicationstatement",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="who took down what was said, and read it back",
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
            name="Dose",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="doses", to="patients.patient"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doses",
                        to="treatment.medicationorder",
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "closed_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recorded", "Somebody wrote down what became of it"),
                            ("held", "The order is held"),
                            ("ended", "The order ended"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["patient", "due_at"],
                        name="doses_due_to_a_person",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["due_at", "facility"], name="doses_due"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("order", "due_at"),
                        name="a_dose_is_due_once",
                        violation_error_code="dose_laid_out",
                        violation_error_message="This dose is written down already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_because", "")),
                            models.Q(("closed_at__isnull", False), models.Q(("closed_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_closed_dose_says_why",
                        violation_error_code="half_recorded",
                        violation_error_message="A dose that waits for nobody says why.",
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="Administration",
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
                        related_name="administrations",
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
                        related_name="administrations",
                        to="patients.episode",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="administrations",
                        to="treatment.medicationorder",
                    ),
                ),
                (
                    "due",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: as needed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="administrations",
                        to="treatment.dose",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("given", "Given"),
                            ("refused", "Declined"),
                            ("held", "Held"),
                            ("missed", "Missed"),
                            ("not_available", "Not available"),
                            ("on_leave", "On leave"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="in the unit of the order",
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.001")),
                            django.core.validators.MaxValueValidator(Decimal("99999")),
                        ],
                    ),
                ),
                ("administered_at", models.DateTimeField()),
                (
                    "administered_by",
                    models.ForeignKey(
                        db_index=False,
                        help_text="who gave it, or noticed",
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
                ("reason", models.CharField(blank=True, max_length=500)),
                ("site", models.CharField(blank=True, help_text="where it was injected or put", max_length=100)),
                (
                    "told",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("blockade", "Do not try to overcome the blockade with opioids: that can kill."),
                                ("before_opioids", "Tell every clinician and dentist before any opioid is given."),
                                ("wallet_card", "A wallet card or bracelet that names naltrexone was offered."),
                                ("naloxone", "Naloxone was offered, and how to use it was shown."),
                                ("tolerance", "Tolerance to opioids is low now: a dose of before can kill."),
                                ("reversal", "An overdose-reversal agent was offered or discussed."),
                                ("rash", "Any rash: stop it, and call us the same day."),
                                (
                                    "gap",
                                    "After more than a few missed days, do not go on with the same dose: call us.",
                                ),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        help_text="what was said with it",
                        size=None,
                    ),
                ),
                (
                    "findings",
                    models.JSONField(
                        blank=True, default=list, editable=False, help_text="at a first dose or an injection"
                    ),
                ),
                ("needs_witness", models.BooleanField(default=False, editable=False)),
                ("witnessed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "witnessed_by",
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
                    models.Index(fields=["patient", "-administered_at"], name="given_to_a_person"),
                    models.Index(fields=["order", "-administered_at"], name="given_by_order"),
                    models.Index(
                        condition=models.Q(
                            ("entered_in_error_at", None), ("needs_witness", True), ("witnessed_at", None)
                        ),
                        fields=["administered_at", "facility"],
                        name="doses_to_witness",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("witnessed_at__isnull", True), ("witnessed_by__isnull", True)),
                            models.Q(("witnessed_at__isnull", False), ("witnessed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_witness_has_when",
                        violation_error_code="half_recorded",
                        violation_error_message="witnessed_at and witnessed_by are recorded together or not at all.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("due",),
                        name="a_dose_is_given_once",
                        violation_error_code="dose_recorded",
                        violation_error_message="Somebody wrote down already what became of this dose.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("outcome", "given")),
                            models.Q(models.Q(("outcome", "given"), _negated=True), ("amount", None)),
                            _connector="OR",
                        ),
                        name="what_was_given_has_an_amount",
                        violation_error_code="amount_missing",
                        violation_error_message="Say how much was given.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ("held", "missed", "not_available")), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_was_not_given_says_why",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why it was not given.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("witnessed_by", None),
                            models.Q(
                                models.Q(("witnessed_by", models.F("administered_by")), _negated=True),
                                ("needs_witness", True),
                            ),
                            _connector="OR",
                        ),
                        name="nobody_is_their_own_witness",
                        violation_error_code="own_witness",
                        violation_error_message="The witness is somebody else than whoever gave it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="administration_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_administrationhistory" ("administered_at", "administered_by_id", "amount", "due_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "findings", "id", "needs_witness", "order_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "site", "told", "version", "witnessed_at", "witnessed_by_id") VALUES (NEW."administered_at", NEW."administered_by_id", NEW."amount", NEW."due_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."findings", NEW."id", NEW."needs_witness", NEW."order_id", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."recorded_at", NEW."site", NEW."told", NEW."version", NEW."witnessed_at", NEW."witnessed_by_id"); RETURN NULL;',
                            hash="2f1172b9980feaa9ecfccb2ccb5a8c4ca4196270",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_acb9b",
                            table="treatment_administration",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_administrationhistory" ("administered_at", "administered_by_id", "amount", "due_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "findings", "id", "needs_witness", "order_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "site", "told", "version", "witnessed_at", "witnessed_by_id") VALUES (NEW."administered_at", NEW."administered_by_id", NEW."amount", NEW."due_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."findings", NEW."id", NEW."needs_witness", NEW."order_id", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."recorded_at", NEW."site", NEW."told", NEW."version", NEW."witnessed_at", NEW."witnessed_by_id"); RETURN NULL;',
                            hash="e377bdfb2a9341e01d8a5c8d4febff3866b07a40",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_41b57",
                            table="treatment_administration",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_administrationhistory" ("administered_at", "administered_by_id", "amount", "due_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "findings", "id", "needs_witness", "order_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "site", "told", "version", "witnessed_at", "witnessed_by_id") VALUES (OLD."administered_at", OLD."administered_by_id", OLD."amount", OLD."due_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."findings", OLD."id", OLD."needs_witness", OLD."order_id", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."recorded_at", OLD."site", OLD."told", OLD."version", OLD."witnessed_at", OLD."witnessed_by_id"); RETURN NULL;',
                            hash="2233fe94a4254260df1177678e96f0a7bf97a28d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f4936",
                            table="treatment_administration",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="AdministrationHistory",
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
                    "outcome",
                    models.CharField(
                        choices=[
                            ("given", "Given"),
                            ("refused", "Declined"),
                            ("held", "Held"),
                            ("missed", "Missed"),
                            ("not_available", "Not available"),
                            ("on_leave", "On leave"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="in the unit of the order",
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.001")),
                            django.core.validators.MaxValueValidator(Decimal("99999")),
                        ],
                    ),
                ),
                ("administered_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="when it was written down",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("site", models.CharField(blank=True, help_text="where it was injected or put", max_length=100)),
                (
                    "told",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("blockade", "Do not try to overcome the blockade with opioids: that can kill."),
                                ("before_opioids", "Tell every clinician and dentist before any opioid is given."),
                                ("wallet_card", "A wallet card or bracelet that names naltrexone was offered."),
                                ("naloxone", "Naloxone was offered, and how to use it was shown."),
                                ("tolerance", "Tolerance to opioids is low now: a dose of before can kill."),
                                ("reversal", "An overdose-reversal agent was offered or discussed."),
                                ("rash", "Any rash: stop it, and call us the same day."),
                                (
                                    "gap",
                                    "After more than a few missed days, do not go on with the same dose: call us.",
                                ),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        help_text="what was said with it",
                        size=None,
                    ),
                ),
                (
                    "findings",
                    models.JSONField(
                        blank=True, default=list, editable=False, help_text="at a first dose or an injection"
                    ),
                ),
                ("needs_witness", models.BooleanField(default=False, editable=False)),
                ("witnessed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "administered_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="who gave it, or noticed",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.administration",
                    ),
                ),
                (
                    "witnessed_by",
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
                    "due",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        help_text="empty: as needed",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.dose",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.medicationorder",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        kept(
            "treatment_medication",
            "treatment_medicationorder",
            "treatment_dose",
            "treatment_administration",
            "treatment_medicationcheck",
            "treatment_medicationcount",
        ),
        append_only(
            "treatment_medicationorderhistory",
            "treatment_administrationhistory",
            "treatment_medicationcheckhistory",
            "treatment_medicationcounthistory",
            by_trigger=True,
        ),
        migrations.RunSQL(STEPS, "DROP FUNCTION medication_order_steps() CASCADE"),
        migrations.RunSQL(
            ANSWERED,
            "DROP TRIGGER b_verbal_order_is_acknowledged ON duties_duty;"
            " DROP TRIGGER b_discrepancy_is_settled ON duties_duty",
        ),
        frozen(
            "treatment_medication",
            when="TRUE",
            name="a_medication_never_changes",
            message="editions never change",
        ),
        frozen(
            "treatment_medicationorder",
            when="TRUE",
            name="what_is_ordered_never_changes",
            message="what was ordered never changes",
            except_columns=MAY_CHANGE,
        ),
        frozen(
            "treatment_dose",
            when="TRUE",
            name="a_dose_stays_where_it_is_due",
            message="a dose keeps its order and its time",
            except_columns=["closed_at", "closed_because"],
        ),
        frozen(
            "treatment_administration",
            when="OLD.witnessed_at IS NULL",
            name="an_administration_never_changes",
            message="an administration never changes",
            except_columns=[*ERROR, "witnessed_at", "witnessed_by_id"],
        ),
        frozen(
            "treatment_administration",
            when="OLD.witnessed_at IS NOT NULL",
            name="what_was_witnessed_never_changes",
            message="what was witnessed never changes",
            except_columns=ERROR,
        ),
        frozen(
            "treatment_medicationcheck",
            when="TRUE",
            name="a_check_never_changes",
            message="a check never changes",
            except_columns=ERROR,
        ),
        frozen(
            "treatment_medicationcount",
            when="OLD.confirmed_at IS NOT NULL",
            name="a_count_never_changes",
            message="a count never changes",
            except_columns=[*ERROR, "settled_at", "settled_by_id", "settled_reason"],
        ),
    ]
    operations = [audit.operations.Together(together)]
