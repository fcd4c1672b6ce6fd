import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, frozen, kept

TABLES = ["treatment_levelstandard", "treatment_levelmapping", "treatment_levelofcareassessment", "treatment_step"]
ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]
WITHDRAWN = ["withdrawn_at", "withdrawn_by_id", "withdrawn_reason"]
# The second signature comes later, and so does being owed again once the assessment after it was a mistake.
AFTER_SIGNING = ["cosigned_at", "cosigned_by_id", "cosigner_credential", "review_duty_id", "next_review_due_at"]

# A signature that is owed is given by signing (see duty_is_answered in 0007).
SIGNED = """
CREATE TRIGGER b_level_assessment_is_signed AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
    EXECUTE FUNCTION duty_is_answered(
        'treatment_levelofcareassessment', 'sign_duty_id', 'signed_at', 'a_level_assessment_is_signed')
"""
COSIGNED = """
CREATE TRIGGER b_level_assessment_is_cosigned AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
    EXECUTE FUNCTION duty_is_answered(
        'treatment_levelofcareassessment', 'cosign_duty_id', 'cosigned_at', 'a_level_assessment_is_cosigned')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("accounts", "__first__"),
        ("duties", "0004_calls_owed"),
        ("patients", "0008_newest_episodes"),
        ("treatment", "0014_beds_and_leave"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="LevelStandard",
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
                    "asam_edition",
                    models.CharField(
                        choices=[("3", "3rd edition"), ("4", "4th edition")],
                        default="4",
                        max_length=1,
                        verbose_name="ASAM edition",
                    ),
                ),
                ("level", models.CharField(help_text="as text: 3.5, 2.1, 1.5", max_length=10)),
                ("for_minors", models.BooleanField(default=False, help_text="hours of programs for people under 18")),
                (
                    "hours_from",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="a week, included; empty: no lower edge",
                        max_digits=5,
                        null=True,
                    ),
                ),
                (
                    "hours_below",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="a week, not included; empty: no upper edge",
                        max_digits=5,
                        null=True,
                    ),
                ),
                (
                    "review_after",
                    models.DurationField(help_text="the level is assessed again by then; at most 90 days"),
                ),
                (
                    "source",
                    models.CharField(help_text="where these numbers are from, and how sure they are", max_length=500),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        help_text="empty: the default everywhere",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
            ],
            options={
                "ordering": ["asam_edition", "level", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("facility", "asam_edition", "level", "for_minors"),
                        name="one_standard_per_level_and_place",
                        nulls_distinct=False,
                        violation_error_code="standard_taken",
                        violation_error_message="This place has a standard for this level already. Change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("level", ""),
                                models.Q(
                                    ("asam_edition", "3"),
                                    (
                                        "level__in",
                                        [
                                            "0.5",
                                            "1",
                                            "OTS",
                                            "2.1",
                                            "2.5",
                                            "3.1",
                                            "3.3",
                                            "3.5",
                                            "3.7",
                                            "4",
                                            "1-WM",
                                            "2-WM",
                                            "3.2-WM",
                                            "3.7-WM",
                                            "4-WM",
                                        ],
                                    ),
                                ),
                                models.Q(
                                    ("asam_edition", "4"),
                                    (
                                        "level__in",
                                        [
                                            "RR",
                                            "1.0",
                                            "1.5",
                                            "1.7",
                                            "2.1",
                                            "2.5",
                                            "2.7",
                                            "3.1",
                                            "3.5",
                                            "3.7",
                                            "3.7-BIO",
                                            "4",
                                            "4-PSY",
                                        ],
                                    ),
                                ),
                                _connector="OR",
                            ),
                            models.Q(("level", ""), _negated=True),
                        ),
                        name="a_standard_is_of_a_level",
                        violation_error_code="level_unknown",
                        violation_error_message="There is no such level of care in this edition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hours_from", None),
                            ("hours_below", None),
                            ("hours_from__lt", models.F("hours_below")),
                            _connector="OR",
                        ),
                        name="a_band_of_hours_has_an_order",
                        violation_error_code="hours_reversed",
                        violation_error_message="The lower edge comes first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("review_after__gt", datetime.timedelta(0)),
                            ("review_after__lte", datetime.timedelta(days=90)),
                        ),
                        name="a_level_is_reviewed_within_90_days",
                        violation_error_code="review_too_rare",
                        violation_error_message="A level of care is assessed again within 90 days.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_levelstandardhistory" ("asam_edition", "facility_id", "for_minors", "hours_below", "hours_from", "id", "level", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_after", "source", "version") VALUES (NEW."asam_edition", NEW."facility_id", NEW."for_minors", NEW."hours_below", NEW."hours_from", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."review_after", NEW."source", NEW."version"); RETURN NULL;',
                            hash="ccfb6c47fa91159cebe6da3fe7aeea61fcdd034f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cb6f3",
                            table="treatment_levelstandard",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_levelstandardhistory" ("asam_edition", "facility_id", "for_minors", "hours_below", "hours_from", "id", "level", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_after", "source", "version") VALUES (NEW."asam_edition", NEW."facility_id", NEW."for_minors", NEW."hours_below", NEW."hours_from", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."review_after", NEW."source", NEW."version"); RETURN NULL;',
                            hash="322f324d81c1da8dcf4c7c3aad38b78e6faaf7e2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bf720",
                            table="treatment_levelstandard",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_levelstandardhistory" ("asam_edition", "facility_id", "for_minors", "hours_below", "hours_from", "id", "level", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_after", "source", "version") VALUES (OLD."asam_edition", OLD."facility_id", OLD."for_minors", OLD."hours_below", OLD."hours_from", OLD."id", OLD."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."review_after", OLD."source", OLD."version"); RETURN NULL;',
                            hash="e652133c4b6c6403f622452b34c8a97562d511dd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_20ff6",
                            table="treatment_levelstandard",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="LevelStandardHistory",
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
                    "asam_edition",
                    models.CharField(
                        choices=[("3", "3rd edition"), ("4", "4th edition")],
                        default="4",
                        max_length=1,
                        verbose_name="ASAM edition",
                    ),
                ),
                ("level", models.CharField(help_text="as text: 3.5, 2.1, 1.5", max_length=10)),
                ("for_minors", models.BooleanField(default=False, help_text="hours of programs for people under 18")),
                (
                    "hours_from",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="a week, included; empty: no lower edge",
                        max_digits=5,
                        null=True,
                    ),
                ),
                (
                    "hours_below",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="a week, not included; empty: no upper edge",
                        max_digits=5,
                        null=True,
                    ),
                ),
                (
                    "review_after",
                    models.DurationField(help_text="the level is assessed again by then; at most 90 days"),
                ),
                (
                    "source",
                    models.CharField(help_text="where these numbers are from, and how sure they are", max_length=500),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="empty: the default everywhere",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.levelstandard",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="LevelMapping",
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
                    "asam_edition",
                    models.CharField(
                        choices=[("3", "3rd edition"), ("4", "4th edition")],
                        max_length=1,
                        verbose_name="ASAM edition",
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(editable=False, help_text="counted up with each that is loaded"),
                ),
                ("name", models.CharField(max_length=200)),
                ("content", models.JSONField()),
                ("license_holder", models.CharField(help_text="who may use it", max_length=200)),
                ("license_reference", models.CharField(help_text="number or date of the permission", max_length=200)),
                ("licensed_on", models.DateField(help_text="from which day it may be used")),
                (
                    "licensed_until",
                    models.DateField(blank=True, help_text="to which day, included; empty: no end", null=True),
                ),
                ("loaded_at", models.DateTimeField(editable=False)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                    "loaded_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_withdrawn_mapping_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="withdrawn_at and withdrawn_by are recorded together or not at all.",
                    ),
                    models.UniqueConstraint(
                        fields=("facility", "asam_edition", "number"),
                        name="one_mapping_per_number",
                        violation_error_code="number_taken",
                        violation_error_message="Somebody loaded a mapping just now. Look at that one first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("license_holder", ""), _negated=True),
                            models.Q(("license_reference", ""), _negated=True),
                        ),
                        name="a_mapping_says_by_whose_leave",
                        violation_error_code="license_missing",
                        violation_error_message="Say who holds the license, and its number or date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("licensed_until", None),
                            ("licensed_until__gte", models.F("licensed_on")),
                            _connector="OR",
                        ),
                        name="a_license_has_an_order",
                        violation_error_code="license_ended",
                        violation_error_message="The license ends before it begins.",
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="LevelOfCareAssessment",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("screen", "Screen"),
                            ("admission", "Admission"),
                            ("continued_stay", "Continued stay"),
                            ("transition", "Transition to another level"),
                            ("discharge", "Discharge"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "edition",
                    models.CharField(
                        choices=[("3", "3rd edition"), ("4", "4th edition")],
                        default="4",
                        help_text="of the criteria",
                        max_length=1,
                    ),
                ),
                ("assessed_at", models.DateTimeField()),
                (
                    "credential",
                    models.CharField(
                        choices=[
                            ("physician", "Physician"),
                            ("nurse_practitioner", "Nurse practitioner"),
                            ("physician_assistant", "Physician assistant"),
                            ("nurse", "Registered nurse"),
                            ("psychologist", "Psychologist"),
                            ("social_worker", "Clinical social worker"),
                            ("professional_counselor", "Professional counselor"),
                            ("family_therapist", "Marriage and family therapist"),
                            ("addiction_counselor", "Addiction counselor, certified or licensed"),
                            ("in_training", "Counselor in training"),
                            ("student", "Student or intern"),
                            ("case_manager", "Case manager"),
                            ("peer", "Peer specialist"),
                        ],
                        help_text="of whoever assesses",
                        max_length=30,
                    ),
                ),
                ("ratings", models.JSONField(blank=True, default=list, editable=False)),
                (
                    "needs",
                    models.JSONField(
                        blank=True, default=dict, editable=False, help_text="{item: answer}, our own checklist"
                    ),
                ),
                (
                    "barriers",
                    models.TextField(blank=True, help_text="what stands in the person's way", max_length=4000),
                ),
                ("preferences", models.TextField(blank=True, help_text="what the person wants", max_length=4000)),
                (
                    "modifiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("COE", "Co-occurring enhanced"),
                                ("BIO", "Biomedically enhanced"),
                                ("PSY", "Psychiatric"),
                                ("RR", "With a recovery residence"),
                            ],
                            max_length=3,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("indicated", models.CharField(blank=True, help_text="what the ratings come to", max_length=10)),
                ("recommended", models.CharField(blank=True, help_text="what the assessor advises", max_length=10)),
                ("authorized", models.CharField(blank=True, help_text="what the payer agreed to", max_length=10)),
                ("placed", models.CharField(blank=True, help_text="where the person is, or will be", max_length=10)),
                (
                    "variance_reason",
                    models.CharField(
                        choices=[
                            ("none", "None"),
                            ("patient_preference", "The person prefers it"),
                            ("no_bed", "No bed"),
                            ("payer_denied", "The payer did not authorize it"),
                            ("waitlist", "Waiting for a place"),
                            ("legal", "Legal grounds"),
                            ("distance", "Too far away"),
                            ("safety", "Safety"),
                            ("clinician_judgement", "Clinical judgment"),
                        ],
                        default="none",
                        help_text="where placed is not indicated",
                        max_length=20,
                    ),
                ),
                ("justification", models.TextField(blank=True, max_length=4000)),
                ("signed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "signs_alone",
                    models.BooleanField(blank=True, editable=False, help_text="by the credential's data", null=True),
                ),
                ("next_review_due_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("cosigned_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "cosigner_credential",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("physician", "Physician"),
                            ("nurse_practitioner", "Nurse practitioner"),
                            ("physician_assistant", "Physician assistant"),
                            ("nurse", "Registered nurse"),
                            ("psychologist", "Psychologist"),
                            ("social_worker", "Clinical social worker"),
                            ("professional_counselor", "Professional counselor"),
                            ("family_therapist", "Marriage and family therapist"),
                            ("addiction_counselor", "Addiction counselor, certified or licensed"),
                            ("in_training", "Counselor in training"),
                            ("student", "Student or intern"),
                            ("case_manager", "Case manager"),
                            ("peer", "Peer specialist"),
                        ],
                        editable=False,
                        max_length=30,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "assessed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.checklist",
                    ),
                ),
                (
                    "cosign_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="level_to_cosign",
                        to="duties.duty",
                    ),
                ),
                (
                    "cosigned_by",
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
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="level_assessments",
                        to="patients.episode",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="by which the level is indicated; empty: by the assessor",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.levelmapping",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="level_assessments",
                        to="patients.patient",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="level_assessments",
                        to="treatment.placement",
                    ),
                ),
                (
                    "review_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="level_to_review",
                        to="duties.duty",
                    ),
                ),
                (
                    "sign_duty",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="level_to_sign",
                        to="duties.duty",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "level of care assessment",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-assessed_at"], name="levels_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_at__isnull", True),
                                ("signed_by__isnull", True),
                                ("signs_alone__isnull", True),
                            ),
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                ("signs_alone__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_level_signature_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="signed_at and signed_by and signs_alone are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cosigned_at__isnull", True), ("cosigned_by__isnull", True)),
                            models.Q(("cosigned_at__isnull", False), ("cosigned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_level_cosignature_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="cosigned_at and cosigned_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("indicated", ""),
                            models.Q(
                                ("edition", "3"),
                                (
                                    "indicated__in",
                                    [
                                        "0.5",
                                        "1",
                                        "OTS",
                                        "2.1",
                                        "2.5",
                                        "3.1",
                                        "3.3",
                                        "3.5",
                                        "3.7",
                                        "4",
                                        "1-WM",
                                        "2-WM",
                                        "3.2-WM",
                                        "3.7-WM",
                                        "4-WM",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("edition", "4"),
                                (
                                    "indicated__in",
                                    [
                                        "RR",
                                        "1.0",
                                        "1.5",
                                        "1.7",
                                        "2.1",
                                        "2.5",
                                        "2.7",
                                        "3.1",
                                        "3.5",
                                        "3.7",
                                        "3.7-BIO",
                                        "4",
                                        "4-PSY",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="the_level_indicated_is_of_its_edition",
                        violation_error_code="level_unknown",
                        violation_error_message="There is no such level of care in this edition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recommended", ""),
                            models.Q(
                                ("edition", "3"),
                                (
                                    "recommended__in",
                                    [
                                        "0.5",
                                        "1",
                                        "OTS",
                                        "2.1",
                                        "2.5",
                                        "3.1",
                                        "3.3",
                                        "3.5",
                                        "3.7",
                                        "4",
                                        "1-WM",
                                        "2-WM",
                                        "3.2-WM",
                                        "3.7-WM",
                                        "4-WM",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("edition", "4"),
                                (
                                    "recommended__in",
                                    [
                                        "RR",
                                        "1.0",
                                        "1.5",
                                        "1.7",
                                        "2.1",
                                        "2.5",
                                        "2.7",
                                        "3.1",
                                        "3.5",
                                        "3.7",
                                        "3.7-BIO",
                                        "4",
                                        "4-PSY",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="the_level_recommended_is_of_its_edition",
                        violation_error_code="level_unknown",
                        violation_error_message="There is no such level of care in this edition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authorized", ""),
                            models.Q(
                                (
                                    "authorized__in",
                                    [
                                        "0.5",
                                        "1",
                                        "OTS",
                                        "2.1",
                                        "2.5",
                                        "3.1",
                                        "3.3",
                                        "3.5",
                                        "3.7",
                                        "4",
                                        "1-WM",
                                        "2-WM",
                                        "3.2-WM",
                                        "3.7-WM",
                                        "4-WM",
                                    ],
                                ),
                                ("edition", "3"),
                            ),
                            models.Q(
                                (
                                    "authorized__in",
                                    [
                                        "RR",
                                        "1.0",
                                        "1.5",
                                        "1.7",
                                        "2.1",
                                        "2.5",
                                        "2.7",
                                        "3.1",
                                        "3.5",
                                        "3.7",
                                        "3.7-BIO",
                                        "4",
                                        "4-PSY",
                                    ],
                                ),
                                ("edition", "4"),
                            ),
                            _connector="OR",
                        ),
                        name="the_level_authorized_is_of_its_edition",
                        violation_error_code="level_unknown",
                        violation_error_message="There is no such level of care in this edition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("placed", ""),
                            models.Q(
                                ("edition", "3"),
                                (
                                    "placed__in",
                                    [
                                        "0.5",
                                        "1",
                                        "OTS",
                                        "2.1",
                                        "2.5",
                                        "3.1",
                                        "3.3",
                                        "3.5",
                                        "3.7",
                                        "4",
                                        "1-WM",
                                        "2-WM",
                                        "3.2-WM",
                                        "3.7-WM",
                                        "4-WM",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("edition", "4"),
                                (
                                    "placed__in",
                                    [
                                        "RR",
                                        "1.0",
                                        "1.5",
                                        "1.7",
                                        "2.1",
                                        "2.5",
                                        "2.7",
                                        "3.1",
                                        "3.5",
                                        "3.7",
                                        "3.7-BIO",
                                        "4",
                                        "4-PSY",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="the_level_placed_is_of_its_edition",
                        violation_error_code="level_unknown",
                        violation_error_message="There is no such level of care in this edition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("modifiers__contained_by", ["COE", "BIO", "PSY", "RR"])),
                        name="a_level_modifier_is_known",
                        violation_error_code="modifier_unknown",
                        violation_error_message="There is no such modifier of a level.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("placed", ""),
                            ("indicated", ""),
                            ("placed", models.F("indicated")),
                            models.Q(("variance_reason", "none"), _negated=True),
                            _connector="OR",
                        ),
                        name="another_level_than_indicated_has_a_reason",
                        violation_error_code="variance_unexplained",
                        violation_error_message="The person is placed at another level than the one indicated: choose why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("variance_reason", "none"),
                            models.Q(("justification", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="another_level_than_indicated_is_explained",
                        violation_error_code="justification_missing",
                        violation_error_message="Say in words why another level was chosen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_at", None),
                            models.Q(
                                models.Q(("indicated", ""), _negated=True),
                                models.Q(("recommended", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_signed_level_assessment_says_a_level",
                        violation_error_code="level_missing",
                        violation_error_message="Say which level is indicated, and which is recommended, before signing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signs_alone", False), _negated=True),
                            ("cosign_duty__isnull", False),
                            _connector="OR",
                        ),
                        name="an_assessor_who_does_not_sign_alone_is_cosigned",
                        violation_error_code="cosignature_owed",
                        violation_error_message="With this credential a second signature is owed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cosigned_at", None),
                            models.Q(
                                ("signed_at__isnull", False),
                                models.Q(("cosigned_by", models.F("signed_by")), _negated=True),
                                models.Q(("cosigner_credential", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_level_cosignature_is_somebody_elses",
                        violation_error_code="second_signature_same",
                        violation_error_message="The second signature is somebody else's than the first, and comes after it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_review_due_at", None), ("review_duty", None)),
                            models.Q(("next_review_due_at__isnull", False), ("review_duty__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_level_review_is_due_and_owed",
                        violation_error_code="half_recorded",
                        violation_error_message="When the level is assessed again, and who owes it, are recorded together.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("signed_at", None)),
                        fields=("episode", "kind"),
                        name="one_draft_of_a_kind_of_level_assessment",
                        violation_error_code="level_assessment_begun",
                        violation_error_message="Somebody is writing this kind of assessment already. Sign that one first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="levelofcareassessment_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_levelofcareassessmenthistory" ("assessed_at", "assessed_by_id", "authorized", "barriers", "checklist_id", "cosign_duty_id", "cosigned_at", "cosigned_by_id", "cosigner_credential", "credential", "edition", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "indicated", "justification", "kind", "mapping_id", "modifiers", "needs", "next_review_due_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed", "placement_id", "preferences", "ratings", "recommended", "review_duty_id", "sign_duty_id", "signed_at", "signed_by_id", "signs_alone", "variance_reason", "version") VALUES (NEW."assessed_at", NEW."assessed_by_id", NEW."authorized", NEW."barriers", NEW."checklist_id", NEW."cosign_duty_id", NEW."cosigned_at", NEW."cosigned_by_id", NEW."cosigner_credential", NEW."credential", NEW."edition", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."indicated", NEW."justification", NEW."kind", NEW."mapping_id", NEW."modifiers", NEW."needs", NEW."next_review_due_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placed", NEW."placement_id", NEW."preferences", NEW."ratings", NEW."recommended", NEW."review_duty_id", NEW."sign_duty_id", NEW."signed_at", NEW."signed_by_id", NEW."signs_alone", NEW."variance_reason", NEW."version"); RETURN NULL;',
                            hash="0c21622b0b014ba1eecca74b4f7ec4f274e62d32",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0604d",
                            table="treatment_levelofcareassessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_levelofcareassessmenthistory" ("assessed_at", "assessed_by_id", "authorized", "barriers", "checklist_id", "cosign_duty_id", "cosigned_at", "cosigned_by_id", "cosigner_credential", "credential", "edition", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "indicated", "justification", "kind", "mapping_id", "modifiers", "needs", "next_review_due_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed", "placement_id", "preferences", "ratings", "recommended", "review_duty_id", "sign_duty_id", "signed_at", "signed_by_id", "signs_alone", "variance_reason", "version") VALUES (NEW."assessed_at", NEW."assessed_by_id", NEW."authorized", NEW."barriers", NEW."checklist_id", NEW."cosign_duty_id", NEW."cosigned_at", NEW."cosigned_by_id", NEW."cosigner_credential", NEW."credential", NEW."edition", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."indicated", NEW."justification", NEW."kind", NEW."mapping_id", NEW."modifiers", NEW."needs", NEW."next_review_due_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placed", NEW."placement_id", NEW."preferences", NEW."ratings", NEW."recommended", NEW."review_duty_id", NEW."sign_duty_id", NEW."signed_at", NEW."signed_by_id", NEW."signs_alone", NEW."variance_reason", NEW."version"); RETURN NULL;',
                            hash="617ee5223a6668ddef39df49e5e1453ba0fa9498",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_82f4e",
                            table="treatment_levelofcareassessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_levelofcareassessmenthistory" ("assessed_at", "assessed_by_id", "authorized", "barriers", "checklist_id", "cosign_duty_id", "cosigned_at", "cosigned_by_id", "cosigner_credential", "credential", "edition", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "indicated", "justification", "kind", "mapping_id", "modifiers", "needs", "next_review_due_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed", "placement_id", "preferences", "ratings", "recommended", "review_duty_id", "sign_duty_id", "signed_at", "signed_by_id", "signs_alone", "variance_reason", "version") VALUES (OLD."assessed_at", OLD."assessed_by_id", OLD."authorized", OLD."barriers", OLD."checklist_id", OLD."cosign_duty_id", OLD."cosigned_at", OLD."cosigned_by_id", OLD."cosigner_credential", OLD."credential", OLD."edition", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."indicated", OLD."justification", OLD."kind", OLD."mapping_id", OLD."modifiers", OLD."needs", OLD."next_review_due_at", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placed", OLD."placement_id", OLD."preferences", OLD."ratings", OLD."recommended", OLD."review_duty_id", OLD."sign_duty_id", OLD."signed_at", OLD."signed_by_id", OLD."signs_alone", OLD."variance_reason", OLD."version"); RETURN NULL;',
                            hash="c8609c4a153434dc1ee57e0467e79dcc371e467d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1e26c",
                            table="treatment_levelofcareassessment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="LevelOfCareAssessmentHistory",
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
                            ("screen", "Screen"),
                            ("admission", "Admission"),
                            ("continued_stay", "Continued stay"),
                            ("transition", "Transition to another level"),
                            ("discharge", "Discharge"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "edition",
                    models.CharField(
                        choices=[("3", "3rd edition"), ("4", "4th edition")],
                        default="4",
                        help_text="of the criteria",
                        max_length=1,
                    ),
                ),
                ("assessed_at", models.DateTimeField()),
                (
                    "credential",
                    models.CharField(
                        choices=[
                            ("physician", "Physician"),
                            ("nurse_practitioner", "Nurse practitioner"),
                            ("physician_assistant", "Physician assistant"),
                            ("nurse", "Registered nurse"),
                            ("psychologist", "Psychologist"),
                            ("social_worker", "Clinical social worker"),
                            ("professional_counselor", "Professional counselor"),
                            ("family_therapist", "Marriage and family therapist"),
                            ("addiction_counselor", "Addiction counselor, certified or licensed"),
                            ("in_training", "Counselor in training"),
                            ("student", "Student or intern"),
                            ("case_manager", "Case manager"),
                            ("peer", "Peer specialist"),
                        ],
                        help_text="of whoever assesses",
                        max_length=30,
                    ),
                ),
                ("ratings", models.JSONField(blank=True, default=list, editable=False)),
                (
                    "needs",
                    models.JSONField(
                        blank=True, default=dict, editable=False, help_text="{item: answer}, our own checklist"
                    ),
                ),
                (
                    "barriers",
                    models.TextField(blank=True, help_text="what stands in the person's way", max_length=4000),
                ),
                ("preferences", models.TextField(blank=True, help_text="what the person wants", max_length=4000)),
                (
                    "modifiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("COE", "Co-occurring enhanced"),
                                ("BIO", "Biomedically enhanced"),
                                ("PSY", "Psychiatric"),
                                ("RR", "With a recovery residence"),
                            ],
                            max_length=3,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("indicated", models.CharField(blank=True, help_text="what the ratings come to", max_length=10)),
                ("recommended", models.CharField(blank=True, help_text="what the assessor advises", max_length=10)),
                ("authorized", models.CharField(blank=True, help_text="what the payer agreed to", max_length=10)),
                ("placed", models.CharField(blank=True, help_text="where the person is, or will be", max_length=10)),
                (
                    "variance_reason",
                    models.CharField(
                        choices=[
                            ("none", "None"),
                            ("patient_preference", "The person prefers it"),
                            ("no_bed", "No bed"),
                            ("payer_denied", "The payer did not authorize it"),
                            ("waitlist", "Waiting for a place"),
                            ("legal", "Legal grounds"),
                            ("distance", "Too far away"),
                            ("safety", "Safety"),
                            ("clinician_judgement", "Clinical judgment"),
                        ],
                        default="none",
                        help_text="where placed is not indicated",
                        max_length=20,
                    ),
                ),
                ("justification", models.TextField(blank=True, max_length=4000)),
                ("signed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "signs_alone",
                    models.BooleanField(blank=True, editable=False, help_text="by the credential's data", null=True),
                ),
                ("next_review_due_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("cosigned_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "cosigner_credential",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("physician", "Physician"),
                            ("nurse_practitioner", "Nurse practitioner"),
                            ("physician_assistant", "Physician assistant"),
                            ("nurse", "Registered nurse"),
                            ("psychologist", "Psychologist"),
                            ("social_worker", "Clinical social worker"),
                            ("professional_counselor", "Professional counselor"),
                            ("family_therapist", "Marriage and family therapist"),
                            ("addiction_counselor", "Addiction counselor, certified or licensed"),
                            ("in_training", "Counselor in training"),
                            ("student", "Student or intern"),
                            ("case_manager", "Case manager"),
                            ("peer", "Peer specialist"),
                        ],
                        editable=False,
                        max_length=30,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                (
                    "checklist",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.checklist",
                    ),
                ),
                (
                    "cosign_duty",
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
                    "cosigned_by",
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
                    "mapping",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="by which the level is indicated; empty: by the assessor",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.levelmapping",
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
                        to="treatment.levelofcareassessment",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.placement",
                    ),
                ),
                (
                    "review_duty",
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
                    "sign_duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
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
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Step",
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
                    "direction",
                    models.CharField(
                        choices=[("up", "Up"), ("down", "Down"), ("sideways", "Sideways")], max_length=10
                    ),
                ),
                (
                    "travels",
                    models.JSONField(default=dict, help_text="what was seen to: {code: {says, gap, answer, words}}"),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("moved_at", models.DateTimeField()),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        help_text="on which the move rests",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="treatment.levelofcareassessment",
                    ),
                ),
                (
                    "began",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps_in", to="treatment.placement"
                    ),
                ),
                (
                    "contact_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_to_follow",
                        to="duties.duty",
                    ),
                ),
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
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="patients.episode"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "left",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps_out",
                        to="treatment.placement",
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="patients.patient",
                    ),
                ),
                (
                    "review_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_to_assess",
                        to="duties.duty",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-moved_at"], name="moves_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("left", models.F("began")), _negated=True),
                        name="a_step_leads_elsewhere",
                        violation_error_code="same_program",
                        violation_error_message="The person is in this program already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("assessment",),
                        name="an_assessment_carries_one_step",
                        violation_error_code="assessment_used",
                        violation_error_message="The person was moved on this assessment already. Assess again.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="step_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_stephistory" ("assessment_id", "began_id", "contact_duty_id", "direction", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "left_id", "moved_at", "moved_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_duty_id", "travels", "version") VALUES (NEW."assessment_id", NEW."began_id", NEW."contact_duty_id", NEW."direction", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."left_id", NEW."moved_at", NEW."moved_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."review_duty_id", NEW."travels", NEW."version"); RETURN NULL;',
                            hash="d92d947ed8bed05dfaebfc82e31420525e58f222",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_37bdd",
                            table="treatment_step",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_stephistory" ("assessment_id", "began_id", "contact_duty_id", "direction", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "left_id", "moved_at", "moved_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_duty_id", "travels", "version") VALUES (NEW."assessment_id", NEW."began_id", NEW."contact_duty_id", NEW."direction", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."left_id", NEW."moved_at", NEW."moved_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."review_duty_id", NEW."travels", NEW."version"); RETURN NULL;',
                            hash="9086a84c1afeacc25d4b307ea542f40885dbe476",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bc2aa",
                            table="treatment_step",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_stephistory" ("assessment_id", "began_id", "contact_duty_id", "direction", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "left_id", "moved_at", "moved_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review_duty_id", "travels", "version") VALUES (OLD."assessment_id", OLD."began_id", OLD."contact_duty_id", OLD."direction", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."left_id", OLD."moved_at", OLD."moved_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."review_duty_id", OLD."travels", OLD."version"); RETURN NULL;',
                            hash="6e6b41159898f0aaf0693b5ba0caabd480075653",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_86866",
                            table="treatment_step",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="StepHistory",
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
                    "direction",
                    models.CharField(
                        choices=[("up", "Up"), ("down", "Down"), ("sideways", "Sideways")], max_length=10
                    ),
                ),
                (
                    "travels",
                    models.JSONField(default=dict, help_text="what was seen to: {code: {says, gap, answer, words}}"),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("moved_at", models.DateTimeField()),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        help_text="on which the move rests",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.levelofcareassessment",
                    ),
                ),
                (
                    "began",
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
                    "contact_duty",
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
                    "left",
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
                    "moved_by",
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
                        to="treatment.step",
                    ),
                ),
                (
                    "review_duty",
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
            ],
            options={
                "abstract": False,
            },
        ),
        kept(*TABLES),
        append_only(*(f"{table}history" for table in TABLES if table != "treatment_levelmapping"), by_trigger=True),
        frozen(
            "treatment_levelmapping",
            when="TRUE",
            name="a_level_mapping_never_changes",
            message="a mapping never changes",
            except_columns=WITHDRAWN,
        ),
        frozen(
            "treatment_levelofcareassessment",
            when="OLD.signed_at IS NOT NULL",
            name="a_signed_level_assessment_never_changes",
            message="a signed assessment never changes",
            except_columns=ERROR + AFTER_SIGNING,
        ),
        frozen(
            "treatment_step",
            when="TRUE",
            name="a_step_never_changes",
            message="a move never changes",
            except_columns=ERROR,
        ),
        migrations.RunSQL(
            [SIGNED, COSIGNED],
            [
                "DROP TRIGGER b_level_assessment_is_signed ON duties_duty",
                "DROP TRIGGER b_level_assessment_is_cosigned ON duties_duty",
            ],
        ),
    ]
    operations = [audit.operations.Together(together)]
