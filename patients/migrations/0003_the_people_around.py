import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations

CRITERIA = """
CREATE FUNCTION criteria_of_set() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM unnest(NEW.met) met
        WHERE met NOT IN (
            SELECT item ->> 'code' FROM patients_criteriaset s, jsonb_array_elements(s.items) item
            WHERE s.id = NEW.criteria_set_id))
    THEN
        RAISE EXCEPTION 'a criterion is not of the set'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_criteria_of_the_set_are_met';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER criteria_of_set BEFORE INSERT OR UPDATE OF met, criteria_set_id ON patients_criteriaassessment
    FOR EACH ROW EXECUTE FUNCTION criteria_of_set();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rules"),
        ("accounts", "__first__"),
        ("patients", "0002_rules"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="Allergy",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="allergies", to="patients.patient"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "none_known",
                    models.BooleanField(default=False, editable=False, help_text="asked, and none is known"),
                ),
                ("substance", models.CharField(blank=True, max_length=200)),
                (
                    "code",
                    models.CharField(blank=True, help_text="RxNorm or the site's own, where known", max_length=20),
                ),
                ("reaction", models.CharField(blank=True, max_length=500)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("unknown", "Not known"),
                            ("mild", "Mild"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("ruled_out", "Ruled out")],
                        default="active",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ruled_out_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ruled_out_by",
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
                ("ruled_out_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                "verbose_name_plural": "allergies",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("none_known", True), ("substance", "")),
                            models.Q(("none_known", False), models.Q(("substance", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="an_allergy_is_to_something",
                        violation_error_code="substance_missing",
                        violation_error_message="Say to what the person is allergic.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ruled_out_at", None),
                                ("ruled_out_by", None),
                                ("ruled_out_reason", ""),
                                ("status", "active"),
                            ),
                            models.Q(
                                ("ruled_out_at__isnull", False),
                                ("ruled_out_by__isnull", False),
                                ("status", "ruled_out"),
                                models.Q(("ruled_out_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_ruled_out_allergy_has_when_who_and_why",
                        violation_error_code="ruling_out_half_recorded",
                        violation_error_message="Ruling an allergy out records when, by whom and why.",
                    ),
                    models.UniqueConstraint(
                        models.F("patient"),
                        django.db.models.functions.text.Lower("substance"),
                        condition=models.Q(("entered_in_error_at", None), ("status", "active")),
                        name="an_allergy_is_recorded_once",
                        violation_error_code="allergy_recorded",
                        violation_error_message="This is recorded already.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("status", "active")),
                        expressions=[
                            ("patient", "="),
                            (django.db.models.functions.comparison.Cast("none_known", models.IntegerField()), "<>"),
                        ],
                        name="none_known_means_none",
                        violation_error_code="allergies_known",
                        violation_error_message="Allergies are recorded for this person. Rule them out first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="allergy_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_allergyhistory" ("code", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "none_known", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reaction", "ruled_out_at", "ruled_out_by_id", "ruled_out_reason", "severity", "status", "substance", "version") VALUES (NEW."code", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."none_known", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reaction", NEW."ruled_out_at", NEW."ruled_out_by_id", NEW."ruled_out_reason", NEW."severity", NEW."status", NEW."substance", NEW."version"); RETURN NULL;',
                            hash="8c90cbd8d1ec70edbe5b2f80dcc5910ea2c3b4ce",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_09063",
                            table="patients_allergy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_allergyhistory" ("code", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "none_known", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reaction", "ruled_out_at", "ruled_out_by_id", "ruled_out_reason", "severity", "status", "substance", "version") VALUES (NEW."code", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."none_known", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reaction", NEW."ruled_out_at", NEW."ruled_out_by_id", NEW."ruled_out_reason", NEW."severity", NEW."status", NEW."substance", NEW."version"); RETURN NULL;',
                            hash="ba673e8d4fbf538f319db6ce249215fa85b06559",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6c37b",
                            table="patients_allergy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_allergyhistory" ("code", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "none_known", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reaction", "ruled_out_at", "ruled_out_by_id", "ruled_out_reason", "severity", "status", "substance", "version") VALUES (OLD."code", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."none_known", OLD."noted_at", OLD."noted_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reaction", OLD."ruled_out_at", OLD."ruled_out_by_id", OLD."ruled_out_reason", OLD."severity", OLD."status", OLD."substance", OLD."version"); RETURN NULL;',
                            hash="0fe27383a69a376f75706195f265b2fccf318f9b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9391c",
                            table="patients_allergy",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="AllergyHistory",
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
                        to="patients.allergy",
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
                    "none_known",
                    models.BooleanField(default=False, editable=False, help_text="asked, and none is known"),
                ),
                ("substance", models.CharField(blank=True, max_length=200)),
                (
                    "code",
                    models.CharField(blank=True, help_text="RxNorm or the site's own, where known", max_length=20),
                ),
                ("reaction", models.CharField(blank=True, max_length=500)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("unknown", "Not known"),
                            ("mild", "Mild"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("ruled_out", "Ruled out")],
                        default="active",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ruled_out_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ruled_out_by",
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
                ("ruled_out_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
            name="Condition",
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
                        related_name="conditions",
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
                    "system",
                    models.CharField(
                        choices=[
                            ("icd_10_cm", "ICD-10-CM"),
                            ("icd_10", "ICD-10 (WHO)"),
                            ("icd_11", "ICD-11"),
                            ("site", "The site's own"),
                        ],
                        default="icd_10_cm",
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20)),
                ("words", models.CharField(max_length=200)),
                ("onset_on", models.DateField(blank=True, null=True)),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[("mild", "Mild"), ("moderate", "Moderate"), ("severe", "Severe")],
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("remission", "In remission"), ("resolved", "Resolved")],
                        default="active",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "principal",
                    models.BooleanField(
                        default=False, editable=False, help_text="what the person is treated for first"
                    ),
                ),
                (
                    "criteria_last_met_on",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="the last day on which any criterion but craving was met",
                        null=True,
                    ),
                ),
                (
                    "remission",
                    models.CharField(
                        blank=True,
                        choices=[("early", "Early remission"), ("sustained", "Sustained remission")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "remission_on",
                    models.DateField(blank=True, editable=False, help_text="when it was found", null=True),
                ),
                (
                    "controlled_environment",
                    models.BooleanField(default=False, editable=False, help_text="where the substance cannot be had"),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
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
                "indexes": [models.Index(fields=["patient"], name="conditions_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="a_condition_has_words",
                        violation_error_code="words_missing",
                        violation_error_message="Say in words what the condition is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code", ""),
                            models.Q(("system__in", ["icd_10_cm", "icd_10"]), _negated=True),
                            ("code__regex", "^[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?$"),
                            _connector="OR",
                        ),
                        name="an_icd_code_looks_like_one",
                        violation_error_code="code_malformed",
                        violation_error_message="An ICD-10 code looks like F16.20.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("criteria_last_met_on__isnull", False),
                                ("remission__in", ["early", "sustained"]),
                                ("remission_on__isnull", False),
                                ("status", "remission"),
                            ),
                            models.Q(
                                models.Q(("status", "remission"), _negated=True),
                                ("controlled_environment", False),
                                ("criteria_last_met_on", None),
                                ("remission", ""),
                                ("remission_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="remission_has_its_kind_and_days",
                        violation_error_code="remission_half_recorded",
                        violation_error_message="Remission records its kind, and when criteria were last met.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("remission", ""),
                            models.Q(
                                ("remission", "early"),
                                (
                                    "remission_on__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("criteria_last_met_on"),
                                        "+",
                                        models.Value(datetime.timedelta(days=89)),
                                    ),
                                ),
                            ),
                            models.Q(
                                ("remission", "sustained"),
                                (
                                    "remission_on__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("criteria_last_met_on"),
                                        "+",
                                        models.Value(datetime.timedelta(days=365)),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="remission_takes_its_time",
                        violation_error_code="too_soon_for_remission",
                        violation_error_message="Early remission takes three months without criteria, sustained twelve.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("principal", False), models.Q(("status", "resolved"), _negated=True), _connector="OR"
                        ),
                        name="what_is_resolved_is_not_principal",
                        violation_error_code="condition_resolved",
                        violation_error_message="This condition is resolved.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("principal", True)),
                        fields=("patient",),
                        name="one_principal_condition_per_person",
                        violation_error_code="principal_taken",
                        violation_error_message="Another condition is the principal one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="condition_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_conditionhistory" ("code", "controlled_environment", "criteria_last_met_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "noted_at", "noted_by_id", "onset_on", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal", "remission", "remission_on", "severity", "status", "system", "version", "words") VALUES (NEW."code", NEW."controlled_environment", NEW."criteria_last_met_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."noted_at", NEW."noted_by_id", NEW."onset_on", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."principal", NEW."remission", NEW."remission_on", NEW."severity", NEW."status", NEW."system", NEW."version", NEW."words"); RETURN NULL;',
                            hash="34f1bc7961731865559ae3d1cfaaed7bc1983314",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_07e1c",
                            table="patients_condition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_conditionhistory" ("code", "controlled_environment", "criteria_last_met_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "noted_at", "noted_by_id", "onset_on", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal", "remission", "remission_on", "severity", "status", "system", "version", "words") VALUES (NEW."code", NEW."controlled_environment", NEW."criteria_last_met_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."noted_at", NEW."noted_by_id", NEW."onset_on", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."principal", NEW."remission", NEW."remission_on", NEW."severity", NEW."status", NEW."system", NEW."version", NEW."words"); RETURN NULL;',
                            hash="dbf8fd87f6ec28ce9a40cd62c76defd1241d4ab7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6df95",
                            table="patients_condition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_conditionhistory" ("code", "controlled_environment", "criteria_last_met_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "noted_at", "noted_by_id", "onset_on", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal", "remission", "remission_on", "severity", "status", "system", "version", "words") VALUES (OLD."code", OLD."controlled_environment", OLD."criteria_last_met_on", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."noted_at", OLD."noted_by_id", OLD."onset_on", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."principal", OLD."remission", OLD."remission_on", OLD."severity", OLD."status", OLD."system", OLD."version", OLD."words"); RETURN NULL;',
                            hash="fce12cbf81485d8d13ee1d27febebb23d86a495d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_26f1e",
                            table="patients_condition",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="ConditionHistory",
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
                        to="patients.condition",
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
                    "system",
                    models.CharField(
                        choices=[
                            ("icd_10_cm", "ICD-10-CM"),
                            ("icd_10", "ICD-10 (WHO)"),
                            ("icd_11", "ICD-11"),
                            ("site", "The site's own"),
                        ],
                        default="icd_10_cm",
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20)),
                ("words", models.CharField(max_length=200)),
                ("onset_on", models.DateField(blank=True, null=True)),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[("mild", "Mild"), ("moderate", "Moderate"), ("severe", "Severe")],
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("remission", "In remission"), ("resolved", "Resolved")],
                        default="active",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "principal",
                    models.BooleanField(
                        default=False, editable=False, help_text="what the person is treated for first"
                    ),
                ),
                (
                    "criteria_last_met_on",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="the last day on which any criterion but craving was met",
                        null=True,
                    ),
                ),
                (
                    "remission",
                    models.CharField(
                        blank=True,
                        choices=[("early", "Early remission"), ("sustained", "Sustained remission")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "remission_on",
                    models.DateField(blank=True, editable=False, help_text="when it was found", null=True),
                ),
                (
                    "controlled_environment",
                    models.BooleanField(default=False, editable=False, help_text="where the substance cannot be had"),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
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
            name="CriteriaSet",
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
                ("items", models.JSONField(help_text="[{code, text}]")),
                ("codes", models.JSONField(help_text="severity to {active, remission}, in ICD-10-CM")),
                ("source", models.CharField(max_length=500)),
            ],
            options={
                "ordering": ["slug", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "edition"),
                        name="one_criteria_set_per_edition",
                        violation_error_code="edition_taken",
                        violation_error_message="This edition of the criteria exists already.",
                    )
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="CriteriaAssessment",
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
                        related_name="criteria_assessments",
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
                    "criteria_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patients.criteriaset"
                    ),
                ),
                (
                    "met",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("larger", "More, or for longer, than meant"),
                                ("cut_down", "Wanted or tried to cut down, without lasting success"),
                                ("time", "Much time spent getting, using or recovering"),
                                ("craving", "Craving"),
                                ("roles", "Falls short at work, school or home because of use"),
                                ("social", "Goes on despite trouble with people"),
                                ("given_up", "Gave up what mattered"),
                                ("hazardous", "Uses where it is dangerous"),
                                ("harm", "Goes on despite harm to body or mind"),
                                ("tolerance", "Needs more for the same effect"),
                                ("withdrawal", "Withdrawal, or uses to avoid it"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        help_text="in the past twelve months",
                        size=None,
                    ),
                ),
                (
                    "withdrawal_like",
                    models.CharField(
                        blank=True,
                        help_text="symptoms like withdrawal, also where they are no criterion: craving, low mood, anxiety, sleep",
                        max_length=500,
                    ),
                ),
                ("assessed_at", models.DateTimeField()),
                (
                    "assessed_by",
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
                "indexes": [models.Index(fields=["patient", "-assessed_at"], name="criteria_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="criteriaassessment_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_criteriaassessmenthistory" ("assessed_at", "assessed_by_id", "criteria_set_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "met", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "withdrawal_like") VALUES (NEW."assessed_at", NEW."assessed_by_id", NEW."criteria_set_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."met", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."version", NEW."withdrawal_like"); RETURN NULL;',
                            hash="a2052a9dba800ea6c06d6f56118603064b8f7482",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ff8fe",
                            table="patients_criteriaassessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_criteriaassessmenthistory" ("assessed_at", "assessed_by_id", "criteria_set_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "met", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "withdrawal_like") VALUES (NEW."assessed_at", NEW."assessed_by_id", NEW."criteria_set_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."met", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."version", NEW."withdrawal_like"); RETURN NULL;',
                            hash="841922d4b8043f04705c81fc18194291c1dbcf91",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2dc89",
                            table="patients_criteriaassessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_criteriaassessmenthistory" ("assessed_at", "assessed_by_id", "criteria_set_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "met", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "withdrawal_like") VALUES (OLD."assessed_at", OLD."assessed_by_id", OLD."criteria_set_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."met", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."version", OLD."withdrawal_like"); RETURN NULL;',
                            hash="acaa032878707d10aebeab74d0e9a7799914d128",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_51046",
                            table="patients_criteriaassessment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="CriteriaAssessmentHistory",
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
                        to="patients.criteriaassessment",
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
                    "criteria_set",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.criteriaset",
                    ),
                ),
                (
                    "met",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("larger", "More, or for longer, than meant"),
                                ("cut_down", "Wanted or tried to cut down, without lasting success"),
                                ("time", "Much time spent getting, using or recovering"),
                                ("craving", "Craving"),
                                ("roles", "Falls short at work, school or home because of use"),
                                ("social", "Goes on despite trouble with people"),
                                ("given_up", "Gave up what mattered"),
                                ("hazardous", "Uses where it is dangerous"),
                                ("harm", "Goes on despite harm to body or mind"),
                                ("tolerance", "Needs more for the same effect"),
                                ("withdrawal", "Withdrawal, or uses to avoid it"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        help_text="in the past twelve months",
                        size=None,
                    ),
                ),
                (
                    "withdrawal_like",
                    models.CharField(
                        blank=True,
                        help_text="symptoms like withdrawal, also where they are no criterion: craving, low mood, anxiety, sleep",
                        max_length=500,
                    ),
                ),
                ("assessed_at", models.DateTimeField()),
                (
                    "assessed_by",
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
            name="Supporter",
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
                        related_name="supporters",
                        to="patients.patient",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "relation",
                    models.CharField(blank=True, help_text="in the person's words: sister, sponsor", max_length=100),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("emergency_contact", "Emergency contact"),
                            ("proxy", "Health-care proxy"),
                            ("other", "Other supporter"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=32)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "may_know",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("presence", "That the person is here"),
                                ("well_being", "How they are, in general"),
                                ("visits", "Visits and calls"),
                                ("appointments", "Appointments"),
                                ("treatment", "Diagnosis and treatment"),
                                ("medication", "Medication"),
                                ("leaving", "Leaving, planned or not"),
                                ("emergency", "An emergency"),
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
                    "may_know_words",
                    models.CharField(
                        blank=True, editable=False, help_text="limits in the person's own words", max_length=500
                    ),
                ),
                (
                    "permission_given_at",
                    models.DateTimeField(blank=True, editable=False, help_text="in writing", null=True),
                ),
                (
                    "permission_given_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        help_text="who saw it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("do_not_contact_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "do_not_contact_by",
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
                ("do_not_contact_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                "indexes": [models.Index(fields=["patient"], name="supporters_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("permission_given_at__isnull", True), ("permission_given_by__isnull", True)),
                            models.Q(("permission_given_at__isnull", False), ("permission_given_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_permission_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="permission_given_at and permission_given_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("do_not_contact_at__isnull", True), ("do_not_contact_by__isnull", True)),
                            models.Q(("do_not_contact_at__isnull", False), ("do_not_contact_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_contact_ban_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="do_not_contact_at and do_not_contact_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="a_supporter_has_a_name",
                        violation_error_code="name_missing",
                        violation_error_message="Give a name, or what the person calls them.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("permission_given_at__isnull", False),
                            models.Q(("may_know", []), ("may_know_words", "")),
                            _connector="OR",
                        ),
                        name="without_permission_a_supporter_knows_nothing",
                        violation_error_code="permission_missing",
                        violation_error_message="A supporter may know nothing without the person's written permission.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("do_not_contact_at", None), ("permission_given_at", None), _connector="OR"
                        ),
                        name="who_must_not_be_contacted_is_told_nothing",
                        violation_error_code="contact_forbidden",
                        violation_error_message="This supporter must not be contacted, and may be told nothing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("do_not_contact_at", None), ("do_not_contact_reason", "")),
                            models.Q(
                                ("do_not_contact_at__isnull", False),
                                models.Q(("do_not_contact_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_contact_ban_has_a_reason",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why this supporter must not be contacted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="supporter_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_supporterhistory" ("do_not_contact_at", "do_not_contact_by_id", "do_not_contact_reason", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "kind", "may_know", "may_know_words", "name", "patient_id", "permission_given_at", "permission_given_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "relation", "version") VALUES (NEW."do_not_contact_at", NEW."do_not_contact_by_id", NEW."do_not_contact_reason", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."kind", NEW."may_know", NEW."may_know_words", NEW."name", NEW."patient_id", NEW."permission_given_at", NEW."permission_given_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."phone", NEW."relation", NEW."version"); RETURN NULL;',
                            hash="8b3c5c1abb15d9c3a375c84a3b69962c33ad546b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1d05f",
                            table="patients_supporter",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_supporterhistory" ("do_not_contact_at", "do_not_contact_by_id", "do_not_contact_reason", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "kind", "may_know", "may_know_words", "name", "patient_id", "permission_given_at", "permission_given_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "relation", "version") VALUES (NEW."do_not_contact_at", NEW."do_not_contact_by_id", NEW."do_not_contact_reason", NEW."email", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."kind", NEW."may_know", NEW."may_know_words", NEW."name", NEW."patient_id", NEW."permission_given_at", NEW."permission_given_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."phone", NEW."relation", NEW."version"); RETURN NULL;',
                            hash="31fe9374aba530f8738da025867614dae7b82905",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fd65f",
                            table="patients_supporter",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_supporterhistory" ("do_not_contact_at", "do_not_contact_by_id", "do_not_contact_reason", "email", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "kind", "may_know", "may_know_words", "name", "patient_id", "permission_given_at", "permission_given_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "relation", "version") VALUES (OLD."do_not_contact_at", OLD."do_not_contact_by_id", OLD."do_not_contact_reason", OLD."email", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."kind", OLD."may_know", OLD."may_know_words", OLD."name", OLD."patient_id", OLD."permission_given_at", OLD."permission_given_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."phone", OLD."relation", OLD."version"); RETURN NULL;',
                            hash="92c4a6d42b325c73dd1848d8cfb363163d81433c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f61a2",
                            table="patients_supporter",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="SupporterHistory",
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
                        to="patients.supporter",
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
                ("name", models.CharField(max_length=200)),
                (
                    "relation",
                    models.CharField(blank=True, help_text="in the person's words: sister, sponsor", max_length=100),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("emergency_contact", "Emergency contact"),
                            ("proxy", "Health-care proxy"),
                            ("other", "Other supporter"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=32)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "may_know",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("presence", "That the person is here"),
                                ("well_being", "How they are, in general"),
                                ("visits", "Visits and calls"),
                                ("appointments", "Appointments"),
                                ("treatment", "Diagnosis and treatment"),
                                ("medication", "Medication"),
                                ("leaving", "Leaving, planned or not"),
                                ("emergency", "An emergency"),
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
                    "may_know_words",
                    models.CharField(
                        blank=True, editable=False, help_text="limits in the person's own words", max_length=500
                    ),
                ),
                (
                    "permission_given_at",
                    models.DateTimeField(blank=True, editable=False, help_text="in writing", null=True),
                ),
                (
                    "permission_given_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="who saw it",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("do_not_contact_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "do_not_contact_by",
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
                ("do_not_contact_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
            model_name="contactpoint",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactpoint",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactpoint",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="best_time",
            field=models.CharField(blank=True, help_text="in their words: after the late shift", max_length=200),
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="preferred_days",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("mon", "Monday"),
                        ("tue", "Tuesday"),
                        ("wed", "Wednesday"),
                        ("thu", "Thursday"),
                        ("fri", "Friday"),
                        ("sat", "Saturday"),
                        ("sun", "Sunday"),
                    ],
                    max_length=3,
                ),
                blank=True,
                default=list,
                help_text="none: any day",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="preferred_from",
            field=models.TimeField(blank=True, help_text="the person's own clock", null=True),
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="preferred_until",
            field=models.TimeField(blank=True, help_text="may be after midnight", null=True),
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="typed",
            field=models.CharField(blank=True, editable=False, help_text="as it was written down", max_length=254),
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="verified_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("answered", "They answered a call"),
                    ("replied", "They replied to a message"),
                    ("in_person", "Tried together, in person"),
                    ("other", "Otherwise"),
                ],
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="contactpointhistory",
            name="best_time",
            field=models.CharField(blank=True, help_text="in their words: after the late shift", max_length=200),
        ),
        migrations.AddField(
            model_name="contactpointhistory",
            name="preferred_days",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("mon", "Monday"),
                        ("tue", "Tuesday"),
                        ("wed", "Wednesday"),
                        ("thu", "Thursday"),
                        ("fri", "Friday"),
                        ("sat", "Saturday"),
                        ("sun", "Sunday"),
                    ],
                    max_length=3,
                ),
                blank=True,
                default=list,
                help_text="none: any day",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="contactpointhistory",
            name="preferred_from",
            field=models.TimeField(blank=True, help_text="the person's own clock", null=True),
        ),
        migrations.AddField(
            model_name="contactpointhistory",
            name="preferred_until",
            field=models.TimeField(blank=True, help_text="may be after midnight", null=True),
        ),
        migrations.AddField(
            model_name="contactpointhistory",
            name="typed",
            field=models.CharField(blank=True, editable=False, help_text="as it was written down", max_length=254),
        ),
        migrations.AddField(
            model_name="contactpointhistory",
            name="verified_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("answered", "They answered a call"),
                    ("replied", "They replied to a message"),
                    ("in_person", "Tried together, in person"),
                    ("other", "Otherwise"),
                ],
                editable=False,
                max_length=10,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "patients_contactpointhistory" ("best_time", "broken_at", "broken_by_id", "channel", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred_days", "preferred_from", "preferred_until", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "typed", "value", "verified_at", "verified_by_id", "verified_how", "version") VALUES (NEW."best_time", NEW."broken_at", NEW."broken_by_id", NEW."channel", NEW."consented_at", NEW."consented_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."position", NEW."preferred_days", NEW."preferred_from", NEW."preferred_until", NEW."revoked_at", NEW."revoked_by_id", NEW."safe_to_leave_message", NEW."scopes", NEW."typed", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."verified_how", NEW."version"); RETURN NULL;',
                    hash="ffaf60f634f4dfaac2f66b167910616132c6374a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_062a3",
                    table="patients_contactpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "patients_contactpointhistory" ("best_time", "broken_at", "broken_by_id", "channel", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred_days", "preferred_from", "preferred_until", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "typed", "value", "verified_at", "verified_by_id", "verified_how", "version") VALUES (NEW."best_time", NEW."broken_at", NEW."broken_by_id", NEW."channel", NEW."consented_at", NEW."consented_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."position", NEW."preferred_days", NEW."preferred_from", NEW."preferred_until", NEW."revoked_at", NEW."revoked_by_id", NEW."safe_to_leave_message", NEW."scopes", NEW."typed", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."verified_how", NEW."version"); RETURN NULL;',
                    hash="0c6e3e6935c0915e8517fbbb32bd29598bb775cb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_93a42",
                    table="patients_contactpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "patients_contactpointhistory" ("best_time", "broken_at", "broken_by_id", "channel", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred_days", "preferred_from", "preferred_until", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "typed", "value", "verified_at", "verified_by_id", "verified_how", "version") VALUES (OLD."best_time", OLD."broken_at", OLD."broken_by_id", OLD."channel", OLD."consented_at", OLD."consented_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."position", OLD."preferred_days", OLD."preferred_from", OLD."preferred_until", OLD."revoked_at", OLD."revoked_by_id", OLD."safe_to_leave_message", OLD."scopes", OLD."typed", OLD."value", OLD."verified_at", OLD."verified_by_id", OLD."verified_how", OLD."version"); RETURN NULL;',
                    hash="fc5cf1c19ad1872b9711fc89fa4f5d421e172ea6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2a5d5",
                    table="patients_contactpoint",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("preferred_from__isnull", True), ("preferred_until__isnull", True)),
                    models.Q(("preferred_from__isnull", False), ("preferred_until__isnull", False)),
                    _connector="OR",
                ),
                name="preferred_hours_have_both_ends",
                violation_error_code="half_recorded",
                violation_error_message="preferred_from and preferred_until are recorded together or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("preferred_from", None),
                    models.Q(("preferred_from", models.F("preferred_until")), _negated=True),
                    _connector="OR",
                ),
                name="preferred_hours_last_some_time",
                violation_error_code="hours_empty",
                violation_error_message="The preferred hours end when they begin. Leave them out for any time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "phone"), _negated=True),
                    ("value__regex", "^\\+[1-9][0-9]{6,14}(;ext=[0-9]{1,11})?$"),
                    _connector="OR",
                ),
                name="a_phone_number_is_international",
                violation_error_code="phone_malformed",
                violation_error_message="This is not a phone number that can be called.",
            ),
        ),
        audit.operations.kept(
            "patients_allergy",
            "patients_condition",
            "patients_criteriaset",
            "patients_criteriaassessment",
            "patients_supporter",
        ),
        audit.operations.append_only(
            "patients_allergyhistory",
            "patients_conditionhistory",
            "patients_criteriaassessmenthistory",
            "patients_supporterhistory",
            by_trigger=True,
        ),
        audit.operations.frozen(
            "patients_criteriaset",
            when="TRUE",
            name="a_criteria_set_never_changes",
            message="a criteria set never changes",
        ),
        migrations.RunSQL(CRITERIA, "DROP FUNCTION criteria_of_set() CASCADE"),
    ]
    operations = [audit.operations.Together(together)]
