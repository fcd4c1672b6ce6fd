import datetime
from decimal import Decimal

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
import treatment.models.analytes
import treatment.models.random_tests
from audit.operations import append_only, frozen, kept

ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]
READ = ["read_at", "read_by_id"]
CONTACTED = ["contacted_at", "contacted_by_id", "contact_in_words"]
CLINICAL = ["toxtest", "randomschedule", "randomtest", "bodycheck", "investigation", "urologyreferral", "druggiven"]
APPENDED = ["treatment_analyteresult", "treatment_toxreading"]

# What a duty stands for is done by its own verb, which fills this column (see duty_is_answered in 0007).
ANSWERED = [
    ("b_test_has_its_results", "toxtest", "results_duty_id", "resulted_at", "a_test_has_its_results"),
    ("b_test_is_read", "toxtest", "read_duty_id", "read_at", "a_positive_is_read_by_a_clinician"),
    (
        "b_test_is_spoken_about",
        "toxtest",
        "contact_duty_id",
        "contacted_at",
        "an_unexpected_positive_is_spoken_about",
    ),
    ("b_random_test_ends", "randomtest", "duty_id", "closed_at", "a_random_test_is_collected_or_said_not_to_be"),
    ("b_body_check_ends", "bodycheck", "duty_id", "ended_at", "a_body_check_is_made_or_stopped"),
    ("b_investigation_ends", "investigation", "duty_id", "done_at", "an_investigation_is_done_or_not"),
    ("b_result_is_read", "investigation", "read_duty_id", "read_at", "results_are_read_by_a_clinician"),
    ("b_referral_ends", "urologyreferral", "duty_id", "ended_at", "a_referral_ends_when_the_person_was_seen"),
]
TRIGGER = """
CREATE TRIGGER {0} AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
    EXECUTE FUNCTION duty_is_answered('treatment_{1}', '{2}', '{3}', '{4}')
"""

# The system never labels a positive: whoever reads it is a nurse or a prescriber, at whichever place.
CLINICIAN = """
CREATE FUNCTION a_clinician_reads() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM accounts_membership
        WHERE user_id = NEW.read_by_id AND role IN ('nurse', 'prescriber') AND ended_at IS NULL)
    THEN
        RAISE EXCEPTION 'a positive is read by a clinician'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_clinician_reads_a_positive';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_clinician_reads BEFORE INSERT ON treatment_toxreading
    FOR EACH ROW EXECUTE FUNCTION a_clinician_reads();
"""

# Nobody loses their place over a result that may be wrong, that nobody has read, or that is somebody else's.
GROUND = """
CREATE FUNCTION test_is_a_ground() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM treatment_toxtest
        WHERE id = NEW.test_id AND episode_id = NEW.episode_id AND method IN ('lcms', 'gcms')
            AND resulted_at IS NOT NULL AND entered_in_error_at IS NULL
            AND (read_duty_id IS NULL OR read_at IS NOT NULL))
    THEN
        RAISE EXCEPTION 'a presumptive result is no ground'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_presumptive_result_is_no_ground';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_test_is_a_ground BEFORE INSERT OR UPDATE OF test_id ON treatment_dischargeproposal
    FOR EACH ROW WHEN (NEW.test_id IS NOT NULL) EXECUTE FUNCTION test_is_a_ground();
"""

# What was told at a handover until now, as rows that rules can ask about.
TOLD = """
INSERT INTO treatment_druggiven (
    patient_id, facility_id, handover_id, drug, name, dose, route, when_told, giver, noted_at, noted_by_id,
    entered_in_error_reason)
SELECT h.patient_id, h.facility_id, h.id,
    CASE WHEN d->>'drug' ~* 'ketamine|ketalar' THEN 'ketamine' WHEN d->>'drug' ~* 'sufentanil|alfentanil' THEN 'other_opioid'
         WHEN d->>'drug' ~* 'fentanyl|sublimaze' THEN 'fentanyl' WHEN d->>'drug' ~* 'hydromorphone' THEN 'other_opioid'
         WHEN d->>'drug' ~* 'morphine' THEN 'morphine'
         WHEN d->>'drug' ~* 'dilaudid|oxycodone|remifentanil|tramadol|methadone|buprenorphine|codeine' THEN 'other_opioid'
         WHEN d->>'drug' ~* 'midazolam|versed' THEN 'midazolam'
         WHEN d->>'drug' ~* 'lorazepam|ativan|diazepam|valium' THEN 'other_benzodiazepine'
         WHEN d->>'drug' ~* 'naloxone|narcan' THEN 'naloxone' ELSE 'other' END,
    left(d->>'drug', 200), left(coalesce(d->>'dose', ''), 100), left(coalesce(d->>'route', ''), 50),
    left(coalesce(d->>'at', ''), 50), CASE WHEN h.source IN ('ambulance', 'hospital') THEN h.source ELSE 'unknown' END,
    h.received_at, h.received_by_id, ''
FROM treatment_handover h, jsonb_array_elements(h.drugs_given) d
WHERE h.entered_in_error_at IS NULL AND d->>'drug' <> ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("accounts", "__first__"),
        ("duties", "0004_calls_owed"),
        ("patients", "0008_newest_episodes"),
        ("treatment", "0019_medication_orders"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="ToxTest",
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
                    "why",
                    models.CharField(
                        choices=[
                            ("random", "Drawn at random"),
                            ("clinical", "Asked for by a clinician"),
                            ("arrival", "On arrival"),
                            ("wished", "The person wished it"),
                            ("legal", "For a court or an authority"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "matrix",
                    models.CharField(
                        choices=[
                            ("urine", "Urine"),
                            ("oral_fluid", "Oral fluid"),
                            ("blood", "Blood"),
                            ("hair", "Hair"),
                            ("breath", "Breath"),
                        ],
                        default="urine",
                        max_length=10,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("poc", "Strip or cup, read on the spot"),
                            ("immunoassay", "Immunoassay"),
                            ("lcms", "LC-MS"),
                            ("gcms", "GC-MS"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "panel",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=treatment.models.analytes.choices, max_length=30),
                        help_text="what it was tested for, by name",
                        size=None,
                    ),
                ),
                ("collected_at", models.DateTimeField()),
                (
                    "observed",
                    models.BooleanField(blank=True, help_text="was somebody there when it was given?", null=True),
                ),
                (
                    "temperature_ok",
                    models.BooleanField(blank=True, help_text="was it as warm as it should be?", null=True),
                ),
                (
                    "chain_of_custody",
                    models.CharField(blank=True, help_text="only for a court or an authority", max_length=200),
                ),
                ("lab", models.CharField(blank=True, max_length=200)),
                (
                    "lab_reference",
                    models.CharField(blank=True, help_text="the number the laboratory gave it", max_length=100),
                ),
                ("resulted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "validity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("valid", "Valid"),
                            ("dilute", "Dilute"),
                            ("adulterated", "Adulterated"),
                            ("substituted", "Substituted"),
                            ("insufficient", "Not enough of it"),
                        ],
                        editable=False,
                        max_length=12,
                    ),
                ),
                (
                    "creatinine",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        editable=False,
                        help_text="of the sample, mg/dL",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("1000")),
                        ],
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, editable=False, help_text="what the laboratory said beside", max_length=1000
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("contacted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("contact_in_words", models.CharField(blank=True, editable=False, max_length=1000)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "collected_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirms",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="treatment.toxtest",
                    ),
                ),
                (
                    "contact_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_after_test",
                        to="duties.duty",
                    ),
                ),
                (
                    "contacted_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="tox_tests", to="patients.episode"
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
                        related_name="tox_tests",
                        to="patients.patient",
                    ),
                ),
                (
                    "read_by",
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
                    "read_duty",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tests_to_read",
                        to="duties.duty",
                    ),
                ),
                (
                    "resulted_by",
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
                    "results_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results_of_test",
                        to="duties.duty",
                    ),
                ),
            ],
            options={
                "verbose_name": "test",
                "verbose_name_plural": "tests for substances",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["patient", "-collected_at"], name="tests_of_a_person"),
                    models.Index(
                        condition=models.Q(("read_at", None), ("read_duty__isnull", False)),
                        fields=["facility"],
                        name="tests_to_be_read_here",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resulted_at__isnull", True), ("resulted_by__isnull", True)),
                            models.Q(("resulted_at__isnull", False), ("resulted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="results_of_a_test_have_who",
                        violation_error_code="half_recorded",
                        violation_error_message="resulted_at and resulted_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at__isnull", True), ("read_by__isnull", True)),
                            models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reading_a_test_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="read_at and read_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contacted_at__isnull", True), ("contacted_by__isnull", True)),
                            models.Q(("contacted_at__isnull", False), ("contacted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="contact_after_a_test_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="contacted_at and contacted_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("panel__len__gt", 0)),
                        name="a_test_looks_for_something",
                        violation_error_code="panel_empty",
                        violation_error_message="Say what it is tested for, by name: no standard panel looks for ketamine.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resulted_at", None), ("validity", "")),
                            models.Q(("resulted_at__isnull", False), models.Q(("validity", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="results_say_whether_the_sample_was_valid",
                        violation_error_code="validity_missing",
                        violation_error_message="Say whether the sample was valid.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("resulted_at", None), ("resulted_at__gte", models.F("collected_at")), _connector="OR"
                        ),
                        name="results_come_after_the_sample",
                        violation_error_code="results_before_sample",
                        violation_error_message="Results come after the sample was collected.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirms", None), ("method__in", ["lcms", "gcms"]), _connector="OR"),
                        name="a_confirmation_is_by_mass_spectrometry",
                        violation_error_code="method_presumes",
                        violation_error_message="Only LC-MS or GC-MS confirms.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chain_of_custody", ""), ("why", "legal"), _connector="OR"),
                        name="custody_is_for_courts_and_authorities",
                        violation_error_code="custody_not_legal",
                        violation_error_message="A chain of custody is kept only for a court or an authority.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("creatinine", None), ("creatinine__range", (0, 1000)), _connector="OR"),
                        name="a_sample_has_a_possible_creatinine",
                        violation_error_code="not_plausible",
                        violation_error_message="A number is outside what is possible. Check what was typed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact_in_words", ""), ("contacted_at", None)),
                            models.Q(
                                ("contacted_at__isnull", False), models.Q(("contact_in_words", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="contact_after_a_test_has_words",
                        violation_error_code="words_missing",
                        violation_error_message="Say what was said.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("confirms",),
                        name="a_test_is_confirmed_once",
                        violation_error_code="confirmed_already",
                        violation_error_message="This was sent to be confirmed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="toxtest_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_toxtesthistory" ("chain_of_custody", "collected_at", "collected_by_id", "confirms_id", "contact_duty_id", "contact_in_words", "contacted_at", "contacted_by_id", "creatinine", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "lab", "lab_reference", "matrix", "method", "note", "observed", "panel", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "read_duty_id", "resulted_at", "resulted_by_id", "results_duty_id", "temperature_ok", "validity", "version", "why") VALUES (NEW."chain_of_custody", NEW."collected_at", NEW."collected_by_id", NEW."confirms_id", NEW."contact_duty_id", NEW."contact_in_words", NEW."contacted_at", NEW."contacted_by_id", NEW."creatinine", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."lab", NEW."lab_reference", NEW."matrix", NEW."method", NEW."note", NEW."observed", NEW."panel", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."read_at", NEW."read_by_id", NEW."read_duty_id", NEW."resulted_at", NEW."resulted_by_id", NEW."results_duty_id", NEW."temperature_ok", NEW."validity", NEW."version", NEW."why"); RETURN NULL;',
                            hash="c0d57943658281bc98944ad548b2150a41d4d46b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_01361",
                            table="treatment_toxtest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_toxtesthistory" ("chain_of_custody", "collected_at", "collected_by_id", "confirms_id", "contact_duty_id", "contact_in_words", "contacted_at", "contacted_by_id", "creatinine", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "lab", "lab_reference", "matrix", "method", "note", "observed", "panel", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "read_duty_id", "resulted_at", "resulted_by_id", "results_duty_id", "temperature_ok", "validity", "version", "why") VALUES (NEW."chain_of_custody", NEW."collected_at", NEW."collected_by_id", NEW."confirms_id", NEW."contact_duty_id", NEW."contact_in_words", NEW."contacted_at", NEW."contacted_by_id", NEW."creatinine", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."lab", NEW."lab_reference", NEW."matrix", NEW."method", NEW."note", NEW."observed", NEW."panel", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."read_at", NEW."read_by_id", NEW."read_duty_id", NEW."resulted_at", NEW."resulted_by_id", NEW."results_duty_id", NEW."temperature_ok", NEW."validity", NEW."version", NEW."why"); RETURN NULL;',
                            hash="5f59ca362f816c1044175edf7319f4ca8b0f43b1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_814b9",
                            table="treatment_toxtest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_toxtesthistory" ("chain_of_custody", "collected_at", "collected_by_id", "confirms_id", "contact_duty_id", "contact_in_words", "contacted_at", "contacted_by_id", "creatinine", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "lab", "lab_reference", "matrix", "method", "note", "observed", "panel", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "read_duty_id", "resulted_at", "resulted_by_id", "results_duty_id", "temperature_ok", "validity", "version", "why") VALUES (OLD."chain_of_custody", OLD."collected_at", OLD."collected_by_id", OLD."confirms_id", OLD."contact_duty_id", OLD."contact_in_words", OLD."contacted_at", OLD."contacted_by_id", OLD."creatinine", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."lab", OLD."lab_reference", OLD."matrix", OLD."method", OLD."note", OLD."observed", OLD."panel", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."read_at", OLD."read_by_id", OLD."read_duty_id", OLD."resulted_at", OLD."resulted_by_id", OLD."results_duty_id", OLD."temperature_ok", OLD."validity", OLD."version", OLD."why"); RETURN NULL;',
                            hash="897a818c82a1631e97667475209b629b85aca37e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f3cf3",
                            table="treatment_toxtest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="AnalyteResult",
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
                ("analyte", models.CharField(choices=treatment.models.analytes.choices, max_length=30)),
                ("detected", models.BooleanField(help_text="positive, or not detected")),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                    ),
                ),
                ("unit", models.CharField(blank=True, help_text="such as ng/mL", max_length=20)),
                (
                    "cutoff",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="in the same unit",
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
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
                        related_name="analyte_results",
                        to="patients.patient",
                    ),
                ),
                (
                    "test",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="treatment.toxtest",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "analyte"], name="results_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value", None), ("cutoff", None)),
                            models.Q(("unit", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_value_has_its_unit",
                        violation_error_code="unit_missing",
                        violation_error_message="A value has a unit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value", None), ("value__gte", 0), _connector="OR"),
                            models.Q(("cutoff", None), ("cutoff__gte", 0), _connector="OR"),
                        ),
                        name="no_value_is_below_nothing",
                        violation_error_code="not_plausible",
                        violation_error_message="A number is outside what is possible. Check what was typed.",
                    ),
                    models.UniqueConstraint(
                        fields=("test", "analyte"),
                        name="one_result_a_test_and_substance",
                        violation_error_code="results_fixed",
                        violation_error_message="There is a result for this already, and results never change.",
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="BodyCheck",
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
                ("step", models.PositiveSmallIntegerField(help_text="0 is the first")),
                ("name", models.CharField(max_length=100)),
                ("anchor_at", models.DateTimeField(help_text="when the weeks began")),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "stop_reason",
                    models.CharField(blank=True, editable=False, help_text="why no more are made", max_length=500),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "began_by",
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
                        help_text="the schedule",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.checklist",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="body_check",
                        to="duties.duty",
                    ),
                ),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="body_checks", to="patients.episode"
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
                        related_name="body_checks",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-began_at"], name="body_checks_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="the_end_of_a_check_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="ended_at and ended_by are recorded together or not at all.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("entered_in_error_at", None)),
                        fields=("episode",),
                        name="one_body_check_at_a_time",
                        violation_error_code="check_open",
                        violation_error_message="A check is to be made already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("episode", "step"),
                        name="each_body_check_once",
                        violation_error_code="check_made",
                        violation_error_message="This check was made already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bodycheck_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bodycheckhistory" ("anchor_at", "began_at", "began_by_id", "checklist_id", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "name", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "step", "stop_reason", "version") VALUES (NEW."anchor_at", NEW."began_at", NEW."began_by_id", NEW."checklist_id", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."name", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."step", NEW."stop_reason", NEW."version"); RETURN NULL;',
                            hash="b9e00f445763e24d8619154fce84c2cc97314544",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_93445",
                            table="treatment_bodycheck",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_bodycheckhistory" ("anchor_at", "began_at", "began_by_id", "checklist_id", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "name", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "step", "stop_reason", "version") VALUES (NEW."anchor_at", NEW."began_at", NEW."began_by_id", NEW."checklist_id", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."name", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."step", NEW."stop_reason", NEW."version"); RETURN NULL;',
                            hash="a65c04484ce48c8d0d4c237df61a0d47d263ca4e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_78314",
                            table="treatment_bodycheck",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bodycheckhistory" ("anchor_at", "began_at", "began_by_id", "checklist_id", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "name", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "step", "stop_reason", "version") VALUES (OLD."anchor_at", OLD."began_at", OLD."began_by_id", OLD."checklist_id", OLD."duty_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."name", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."step", OLD."stop_reason", OLD."version"); RETURN NULL;',
                            hash="a68b79483328d0b2b13a775c6c555403af8472c6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_342d9",
                            table="treatment_bodycheck",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="BodyCheckHistory",
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
                ("step", models.PositiveSmallIntegerField(help_text="0 is the first")),
                ("name", models.CharField(max_length=100)),
                ("anchor_at", models.DateTimeField(help_text="when the weeks began")),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "stop_reason",
                    models.CharField(blank=True, editable=False, help_text="why no more are made", max_length=500),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                        editable=False,
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
                        to="treatment.bodycheck",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="DrugGiven",
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
                    "drug",
                    models.CharField(
                        choices=[
                            ("ketamine", "Ketamine"),
                            ("fentanyl", "Fentanyl"),
                            ("morphine", "Morphine"),
                            ("other_opioid", "Another opioid"),
                            ("midazolam", "Midazolam"),
                            ("other_benzodiazepine", "Another benzodiazepine"),
                            ("naloxone", "Naloxone"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(blank=True, help_text="as told, with its brand", max_length=200)),
                ("dose", models.CharField(blank=True, max_length=100)),
                ("route", models.CharField(blank=True, max_length=50)),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                (
                    "when_told",
                    models.CharField(blank=True, help_text="where only words are known: “in the van”", max_length=50),
                ),
                (
                    "giver",
                    models.CharField(
                        choices=[
                            ("ambulance", "Ambulance"),
                            ("hospital", "Hospital"),
                            ("other", "Somebody else"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("noted_at", models.DateTimeField(editable=False)),
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
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drugs", to="treatment.handover"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
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
                        related_name="drugs_given_before",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "verbose_name": "drug given before arrival",
                "verbose_name_plural": "drugs given before arrival",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-noted_at"], name="drugs_given_to_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drug", "other"), _negated=True),
                            models.Q(("name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_drug_not_on_the_list_has_a_name",
                        violation_error_code="drug_missing",
                        violation_error_message="Say which drug it was.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_at", None), ("given_at__lte", models.F("noted_at")), _connector="OR"
                        ),
                        name="a_drug_was_given_before_it_was_noted",
                        violation_error_code="in_the_future",
                        violation_error_message="It was given after the time it was noted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="druggiven_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_druggivenhistory" ("dose", "drug", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "given_at", "giver", "handover_id", "id", "name", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "route", "version", "when_told") VALUES (NEW."dose", NEW."drug", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."given_at", NEW."giver", NEW."handover_id", NEW."id", NEW."name", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."route", NEW."version", NEW."when_told"); RETURN NULL;',
                            hash="a070b08756b7c0369b98f2a521648a35e978aea9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e737f",
                            table="treatment_druggiven",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_druggivenhistory" ("dose", "drug", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "given_at", "giver", "handover_id", "id", "name", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "route", "version", "when_told") VALUES (NEW."dose", NEW."drug", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."given_at", NEW."giver", NEW."handover_id", NEW."id", NEW."name", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."route", NEW."version", NEW."when_told"); RETURN NULL;',
                            hash="b7370c1f58c0b818dec7aa9f7ede69a477141b2f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_deecb",
                            table="treatment_druggiven",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_druggivenhistory" ("dose", "drug", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "given_at", "giver", "handover_id", "id", "name", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "route", "version", "when_told") VALUES (OLD."dose", OLD."drug", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."given_at", OLD."giver", OLD."handover_id", OLD."id", OLD."name", OLD."noted_at", OLD."noted_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."route", OLD."version", OLD."when_told"); RETURN NULL;',
                            hash="0df966e3e15c13c6143e50d0cd4eaaf3a23f6681",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f0eba",
                            table="treatment_druggiven",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="DrugGivenHistory",
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
                    "drug",
                    models.CharField(
                        choices=[
                            ("ketamine", "Ketamine"),
                            ("fentanyl", "Fentanyl"),
                            ("morphine", "Morphine"),
                            ("other_opioid", "Another opioid"),
                            ("midazolam", "Midazolam"),
                            ("other_benzodiazepine", "Another benzodiazepine"),
                            ("naloxone", "Naloxone"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(blank=True, help_text="as told, with its brand", max_length=200)),
                ("dose", models.CharField(blank=True, max_length=100)),
                ("route", models.CharField(blank=True, max_length=50)),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                (
                    "when_told",
                    models.CharField(blank=True, help_text="where only words are known: “in the van”", max_length=50),
                ),
                (
                    "giver",
                    models.CharField(
                        choices=[
                            ("ambulance", "Ambulance"),
                            ("hospital", "Hospital"),
                            ("other", "Somebody else"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("noted_at", models.DateTimeField(editable=False)),
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
                    "handover",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.handover",
                    ),
                ),
                (
                    "noted_by",
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
                        to="treatment.druggiven",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Investigation",
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
                            ("urinalysis", "Urinalysis"),
                            ("urine_culture", "Urine culture"),
                            ("renal", "Creatinine and eGFR"),
                            ("liver", "Liver panel"),
                            ("ck", "CK"),
                            ("ecg", "ECG"),
                            ("pregnancy", "Pregnancy test"),
                            ("renal_ultrasound", "Ultrasound of the kidneys and urinary tract"),
                            ("post_void_residual", "Urine left after passing it"),
                            ("biliary_ultrasound", "Ultrasound of the bile ducts"),
                            ("hcv", "Hepatitis C"),
                            ("hiv", "HIV"),
                            ("hepatitis_b", "Hepatitis B"),
                            ("sti", "Sexually transmitted infections"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("what", models.CharField(blank=True, help_text="where it is something else: what", max_length=200)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("ordered_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "values",
                    models.JSONField(
                        blank=True, default=dict, editable=False, help_text="{measure: {value, unit, …}}"
                    ),
                ),
                (
                    "report",
                    models.TextField(
                        blank=True, editable=False, help_text="what it says, in its words", max_length=4000
                    ),
                ),
                (
                    "red_flags",
                    models.JSONField(
                        blank=True, default=list, editable=False, help_text="what cannot wait, in words"
                    ),
                ),
                ("not_done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("not_done_because", models.CharField(blank=True, editable=False, max_length=500)),
                ("read_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("reading", models.CharField(blank=True, editable=False, max_length=1000)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "body_check",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="investigations",
                        to="treatment.bodycheck",
                    ),
                ),
                (
                    "done_by",
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
                    "duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="investigation",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="investigations",
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
                    "not_done_by",
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
                    "ordered_by",
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
                        related_name="investigations",
                        to="patients.patient",
                    ),
                ),
                (
                    "read_by",
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
                    "read_duty",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="investigations_to_read",
                        to="duties.duty",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["patient", "kind", "-done_at"], name="results_of_a_kind"),
                    models.Index(fields=["patient", "-ordered_at"], name="investigations_of_a_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_result_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="done_at and done_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("not_done_at__isnull", True), ("not_done_by__isnull", True)),
                            models.Q(("not_done_at__isnull", False), ("not_done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="not_doing_it_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="not_done_at and not_done_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at__isnull", True), ("read_by__isnull", True)),
                            models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reading_a_result_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="read_at and read_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "other"), _negated=True),
                            models.Q(("what", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="something_else_says_what",
                        violation_error_code="what_missing",
                        violation_error_message="Say what it is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("red_flags", []), ("report", ""), ("values", {})),
                            models.Q(
                                ("done_at__isnull", False),
                                models.Q(
                                    models.Q(("values", {}), _negated=True),
                                    models.Q(("report", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="a_result_says_something",
                        violation_error_code="nothing_reported",
                        violation_error_message="Write down at least one value, or what the report says.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done_at", None), ("not_done_at", None), _connector="OR"),
                        name="an_investigation_is_done_or_is_not",
                        violation_error_code="done_already",
                        violation_error_message="It was done already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("not_done_at", None), ("not_done_because", "")),
                            models.Q(
                                ("not_done_at__isnull", False), models.Q(("not_done_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="not_doing_it_has_a_reason",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why it is not done.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at", None), ("reading", "")),
                            models.Q(
                                ("done_at__isnull", False),
                                ("read_at__isnull", False),
                                models.Q(("reading", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="what_was_read_was_done_and_has_words",
                        violation_error_code="words_missing",
                        violation_error_message="Say what follows from it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done_at", None), ("read_duty__isnull", False), _connector="OR"),
                        name="a_result_is_owed_a_reading",
                        violation_error_code="reading_owed",
                        violation_error_message="A result is owed a reading by somebody.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("duty__isnull", False), ("body_check__isnull", False), _connector="OR"),
                        name="an_order_is_owed",
                        violation_error_code="order_owed",
                        violation_error_message="What is ordered is owed by somebody.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at", None), ("done_at__gte", models.F("ordered_at")), _connector="OR"
                        ),
                        name="a_result_comes_after_its_order",
                        violation_error_code="results_before_order",
                        violation_error_message="It was done before it was ordered. Order it as of then.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="investigation_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_investigationhistory" ("body_check_id", "done_at", "done_by_id", "due_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "not_done_at", "not_done_because", "not_done_by_id", "ordered_at", "ordered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "read_duty_id", "reading", "red_flags", "report", "values", "version", "what", "why") VALUES (NEW."body_check_id", NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."kind", NEW."not_done_at", NEW."not_done_because", NEW."not_done_by_id", NEW."ordered_at", NEW."ordered_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."read_at", NEW."read_by_id", NEW."read_duty_id", NEW."reading", NEW."red_flags", NEW."report", NEW."values", NEW."version", NEW."what", NEW."why"); RETURN NULL;',
                            hash="9d169e28867af2838299e39e6660f443fdc24bec",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cd1b5",
                            table="treatment_investigation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_investigationhistory" ("body_check_id", "done_at", "done_by_id", "due_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "not_done_at", "not_done_because", "not_done_by_id", "ordered_at", "ordered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "read_duty_id", "reading", "red_flags", "report", "values", "version", "what", "why") VALUES (NEW."body_check_id", NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."kind", NEW."not_done_at", NEW."not_done_because", NEW."not_done_by_id", NEW."ordered_at", NEW."ordered_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."read_at", NEW."read_by_id", NEW."read_duty_id", NEW."reading", NEW."red_flags", NEW."report", NEW."values", NEW."version", NEW."what", NEW."why"); RETURN NULL;',
                            hash="8d3b0026dafb886495e67f4185146b658377d7ac",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3fd3a",
                            table="treatment_investigation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_investigationhistory" ("body_check_id", "done_at", "done_by_id", "due_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "not_done_at", "not_done_because", "not_done_by_id", "ordered_at", "ordered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "read_duty_id", "reading", "red_flags", "report", "values", "version", "what", "why") VALUES (OLD."body_check_id", OLD."done_at", OLD."done_by_id", OLD."due_at", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."kind", OLD."not_done_at", OLD."not_done_because", OLD."not_done_by_id", OLD."ordered_at", OLD."ordered_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."read_at", OLD."read_by_id", OLD."read_duty_id", OLD."reading", OLD."red_flags", OLD."report", OLD."values", OLD."version", OLD."what", OLD."why"); RETURN NULL;',
                            hash="137c4574bc27b6ee7550916934549b332d4c6d70",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_aad91",
                            table="treatment_investigation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="InvestigationHistory",
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
                            ("urinalysis", "Urinalysis"),
                            ("urine_culture", "Urine culture"),
                            ("renal", "Creatinine and eGFR"),
                            ("liver", "Liver panel"),
                            ("ck", "CK"),
                            ("ecg", "ECG"),
                            ("pregnancy", "Pregnancy test"),
                            ("renal_ultrasound", "Ultrasound of the kidneys and urinary tract"),
                            ("post_void_residual", "Urine left after passing it"),
                            ("biliary_ultrasound", "Ultrasound of the bile ducts"),
                            ("hcv", "Hepatitis C"),
                            ("hiv", "HIV"),
                            ("hepatitis_b", "Hepatitis B"),
                            ("sti", "Sexually transmitted infections"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("what", models.CharField(blank=True, help_text="where it is something else: what", max_length=200)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("ordered_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "values",
                    models.JSONField(
                        blank=True, default=dict, editable=False, help_text="{measure: {value, unit, …}}"
                    ),
                ),
                (
                    "report",
                    models.TextField(
                        blank=True, editable=False, help_text="what it says, in its words", max_length=4000
                    ),
                ),
                (
                    "red_flags",
                    models.JSONField(
                        blank=True, default=list, editable=False, help_text="what cannot wait, in words"
                    ),
                ),
                ("not_done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("not_done_because", models.CharField(blank=True, editable=False, max_length=500)),
                ("read_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("reading", models.CharField(blank=True, editable=False, max_length=1000)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "body_check",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.bodycheck",
                    ),
                ),
                (
                    "done_by",
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
                    "not_done_by",
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
                    "ordered_by",
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
                        to="treatment.investigation",
                    ),
                ),
                (
                    "read_by",
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
                    "read_duty",
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
        audit.operations.CreateTracked(
            name="RandomSchedule",
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
                    "per",
                    models.CharField(
                        choices=[("week", "Week, from Monday"), ("month", "Month")], default="week", max_length=5
                    ),
                ),
                (
                    "least",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(31),
                        ]
                    ),
                ),
                (
                    "most",
                    models.PositiveSmallIntegerField(
                        help_text="more than the least: otherwise the last test of a week says that the rest of it is free",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(31),
                        ],
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            validators=[django.core.validators.MaxValueValidator(6)]
                        ),
                        default=treatment.models.random_tests.every_day,
                        help_text="0 is Monday, 6 Sunday",
                        size=None,
                    ),
                ),
                ("window_from", models.TimeField(default=datetime.time(8, 0), help_text="wall time of the place")),
                ("window_until", models.TimeField(default=datetime.time(18, 0), help_text="wall time of the place")),
                (
                    "matrix",
                    models.CharField(
                        choices=[
                            ("urine", "Urine"),
                            ("oral_fluid", "Oral fluid"),
                            ("blood", "Blood"),
                            ("hair", "Hair"),
                            ("breath", "Breath"),
                        ],
                        default="urine",
                        max_length=10,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("poc", "Strip or cup, read on the spot"),
                            ("immunoassay", "Immunoassay"),
                            ("lcms", "LC-MS"),
                            ("gcms", "GC-MS"),
                        ],
                        default="immunoassay",
                        max_length=12,
                    ),
                ),
                (
                    "panel",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=treatment.models.analytes.choices, max_length=30),
                        help_text="what is tested for, by name",
                        size=None,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("began_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("pause_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("end_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "began_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                        related_name="random_schedules",
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
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="random_schedules",
                        to="patients.patient",
                    ),
                ),
                (
                    "paused_by",
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
                "indexes": [models.Index(fields=["patient", "-began_at"], name="random_schedules_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paused_at__isnull", True), ("paused_by__isnull", True)),
                            models.Q(("paused_at__isnull", False), ("paused_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_pause_of_random_tests_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="paused_at and paused_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="the_end_of_random_tests_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="ended_at and ended_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least__gte", 1),
                            ("most__gte", models.F("least")),
                            models.Q(
                                models.Q(("most__lte", 7), ("per", "week")),
                                models.Q(("most__lte", 31), ("per", "month")),
                                _connector="OR",
                            ),
                        ),
                        name="random_tests_are_so_many",
                        violation_error_code="numbers_crossed",
                        violation_error_message="The most is not below the least, and not above the days there are.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weekdays__len__gte", 1), ("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6])
                        ),
                        name="random_tests_have_days",
                        violation_error_code="weekdays_missing",
                        violation_error_message="Name at least one day of the week, from 0 for Monday to 6 for Sunday.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("window_from__lt", models.F("window_until"))),
                        name="random_tests_have_a_window",
                        violation_error_code="window_crossed",
                        violation_error_message="The window ends after it begins, on the same day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("panel__len__gt", 0)),
                        name="random_tests_look_for_something",
                        violation_error_code="panel_empty",
                        violation_error_message="Say what is tested for, by name: no standard panel looks for ketamine.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("entered_in_error_at", None)),
                        fields=("episode",),
                        name="one_random_schedule_at_a_time",
                        violation_error_code="schedule_open",
                        violation_error_message="There is a schedule of random tests already. End it first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="randomschedule_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_randomschedulehistory" ("began_at", "began_by_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "least", "matrix", "method", "most", "note", "panel", "patient_id", "pause_reason", "paused_at", "paused_by_id", "per", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "weekdays", "window_from", "window_until") VALUES (NEW."began_at", NEW."began_by_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."least", NEW."matrix", NEW."method", NEW."most", NEW."note", NEW."panel", NEW."patient_id", NEW."pause_reason", NEW."paused_at", NEW."paused_by_id", NEW."per", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."version", NEW."weekdays", NEW."window_from", NEW."window_until"); RETURN NULL;',
                            hash="b0b3e60e0020d6731719222989e884b7a00ff02c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b898b",
                            table="treatment_randomschedule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_randomschedulehistory" ("began_at", "began_by_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "least", "matrix", "method", "most", "note", "panel", "patient_id", "pause_reason", "paused_at", "paused_by_id", "per", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "weekdays", "window_from", "window_until") VALUES (NEW."began_at", NEW."began_by_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."least", NEW."matrix", NEW."method", NEW."most", NEW."note", NEW."panel", NEW."patient_id", NEW."pause_reason", NEW."paused_at", NEW."paused_by_id", NEW."per", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."version", NEW."weekdays", NEW."window_from", NEW."window_until"); RETURN NULL;',
                            hash="cad66ffb3029cfa570d2fd9ae378c0214860a4cc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_87af3",
                            table="treatment_randomschedule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_randomschedulehistory" ("began_at", "began_by_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "least", "matrix", "method", "most", "note", "panel", "patient_id", "pause_reason", "paused_at", "paused_by_id", "per", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "weekdays", "window_from", "window_until") VALUES (OLD."began_at", OLD."began_by_id", OLD."end_reason", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."least", OLD."matrix", OLD."method", OLD."most", OLD."note", OLD."panel", OLD."patient_id", OLD."pause_reason", OLD."paused_at", OLD."paused_by_id", OLD."per", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."version", OLD."weekdays", OLD."window_from", OLD."window_until"); RETURN NULL;',
                            hash="895c4c12145a9ab49d6e768398c16e16d107edfe",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2ee2d",
                            table="treatment_randomschedule",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="RandomDraw",
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
                ("on", models.DateField()),
                ("period_began_on", models.DateField()),
                (
                    "wanted",
                    models.PositiveSmallIntegerField(
                        help_text="how many in its week or month, from when it was drawn"
                    ),
                ),
                ("reveal_at", models.DateTimeField()),
                ("drawn_at", models.DateTimeField()),
                ("spent_at", models.DateTimeField(blank=True, help_text="it came, or was given up", null=True)),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="treatment.randomschedule",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(condition=models.Q(("spent_at", None)), fields=["reveal_at"], name="draws_to_reveal")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("spent_at", None)),
                        fields=("schedule",),
                        name="one_day_is_drawn_ahead",
                        violation_error_code="drawn_already",
                        violation_error_message="The next day is drawn already.",
                    )
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="RandomScheduleHistory",
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
                    "per",
                    models.CharField(
                        choices=[("week", "Week, from Monday"), ("month", "Month")], default="week", max_length=5
                    ),
                ),
                (
                    "least",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(31),
                        ]
                    ),
                ),
                (
                    "most",
                    models.PositiveSmallIntegerField(
                        help_text="more than the least: otherwise the last test of a week says that the rest of it is free",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(31),
                        ],
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            validators=[django.core.validators.MaxValueValidator(6)]
                        ),
                        default=treatment.models.random_tests.every_day,
                        help_text="0 is Monday, 6 Sunday",
                        size=None,
                    ),
                ),
                ("window_from", models.TimeField(default=datetime.time(8, 0), help_text="wall time of the place")),
                ("window_until", models.TimeField(default=datetime.time(18, 0), help_text="wall time of the place")),
                (
                    "matrix",
                    models.CharField(
                        choices=[
                            ("urine", "Urine"),
                            ("oral_fluid", "Oral fluid"),
                            ("blood", "Blood"),
                            ("hair", "Hair"),
                            ("breath", "Breath"),
                        ],
                        default="urine",
                        max_length=10,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("poc", "Strip or cup, read on the spot"),
                            ("immunoassay", "Immunoassay"),
                            ("lcms", "LC-MS"),
                            ("gcms", "GC-MS"),
                        ],
                        default="immunoassay",
                        max_length=12,
                    ),
                ),
                (
                    "panel",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=treatment.models.analytes.choices, max_length=30),
                        help_text="what is tested for, by name",
                        size=None,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("began_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("pause_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("end_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.randomschedule",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="RandomTest",
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
                ("on", models.DateField(help_text="the day, at the place")),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("over_at", models.DateTimeField(editable=False, help_text="the end of the day")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("done", "Collected"), ("missed", "Not collected"), ("excused", "Excused")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                    "duty",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="random_test",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="random_tests",
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
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="random_tests",
                        to="patients.patient",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tests",
                        to="treatment.randomschedule",
                    ),
                ),
                (
                    "test",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="random_test",
                        to="treatment.toxtest",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["patient", "-opens_at"], name="random_tests_of_a_person"),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["over_at"], name="random_tests_open"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="the_outcome_of_a_random_test_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="closed_at and closed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("outcome", ""), ("test", None)),
                            models.Q(("closed_at__isnull", False), ("outcome", "done"), ("test__isnull", False)),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("outcome__in", ["missed", "excused"]),
                                ("test", None),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_random_test_closes_with_an_outcome",
                        violation_error_code="outcome_missing",
                        violation_error_message="A random test ends with a sample, or missed or excused for a reason.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None), ("entered_in_error_at", None)),
                        fields=("schedule",),
                        name="one_random_test_at_a_time",
                        violation_error_code="random_test_owed",
                        violation_error_message="A random test is owed already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("schedule", "on"),
                        name="one_random_test_a_day",
                        violation_error_code="random_test_owed",
                        violation_error_message="There was a random test on that day already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="randomtest_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_randomtesthistory" ("closed_at", "closed_by_id", "closes_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "on", "opens_at", "outcome", "over_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "schedule_id", "test_id", "version") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."closes_at", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."on", NEW."opens_at", NEW."outcome", NEW."over_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."schedule_id", NEW."test_id", NEW."version"); RETURN NULL;',
                            hash="e1bb8853d6b1f1ea9d78cecbc99b5d5bf02957b3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_62cc6",
                            table="treatment_randomtest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_randomtesthistory" ("closed_at", "closed_by_id", "closes_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "on", "opens_at", "outcome", "over_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "schedule_id", "test_id", "version") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."closes_at", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."on", NEW."opens_at", NEW."outcome", NEW."over_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."schedule_id", NEW."test_id", NEW."version"); RETURN NULL;',
                            hash="22946fcb5b84948aedfbf6c55a3788a78b716030",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0baa4",
                            table="treatment_randomtest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_randomtesthistory" ("closed_at", "closed_by_id", "closes_at", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "on", "opens_at", "outcome", "over_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "schedule_id", "test_id", "version") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."closes_at", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."on", OLD."opens_at", OLD."outcome", OLD."over_at", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."schedule_id", OLD."test_id", OLD."version"); RETURN NULL;',
                            hash="7f8df986658694064915c7dc059b0a0bbbe64da0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_edc43",
                            table="treatment_randomtest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="RandomTestHistory",
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
                ("on", models.DateField(help_text="the day, at the place")),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("over_at", models.DateTimeField(editable=False, help_text="the end of the day")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("done", "Collected"), ("missed", "Not collected"), ("excused", "Excused")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                    "duty",
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
                        to="treatment.randomtest",
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
                        to="treatment.randomschedule",
                    ),
                ),
                (
                    "test",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.toxtest",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="ToxReading",
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
                    "reading",
                    models.CharField(
                        choices=[
                            ("residual", "Left from earlier use"),
                            ("new_use", "New use"),
                            ("indeterminate", "Cannot be said"),
                        ],
                        max_length=15,
                    ),
                ),
                ("words", models.TextField(help_text="why, in your words", max_length=4000)),
                ("read_at", models.DateTimeField()),
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
                        related_name="tox_readings",
                        to="patients.patient",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "test",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="treatment.toxtest"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-read_at"], name="readings_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="a_reading_has_words",
                        violation_error_code="words_missing",
                        violation_error_message="Say why.",
                    )
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="ToxTestHistory",
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
                    "why",
                    models.CharField(
                        choices=[
                            ("random", "Drawn at random"),
                            ("clinical", "Asked for by a clinician"),
                            ("arrival", "On arrival"),
                            ("wished", "The person wished it"),
                            ("legal", "For a court or an authority"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "matrix",
                    models.CharField(
                        choices=[
                            ("urine", "Urine"),
                            ("oral_fluid", "Oral fluid"),
                            ("blood", "Blood"),
                            ("hair", "Hair"),
                            ("breath", "Breath"),
                        ],
                        default="urine",
                        max_length=10,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("poc", "Strip or cup, read on the spot"),
                            ("immunoassay", "Immunoassay"),
                            ("lcms", "LC-MS"),
                            ("gcms", "GC-MS"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "panel",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=treatment.models.analytes.choices, max_length=30),
                        help_text="what it was tested for, by name",
                        size=None,
                    ),
                ),
                ("collected_at", models.DateTimeField()),
                (
                    "observed",
                    models.BooleanField(blank=True, help_text="was somebody there when it was given?", null=True),
                ),
                (
                    "temperature_ok",
                    models.BooleanField(blank=True, help_text="was it as warm as it should be?", null=True),
                ),
                (
                    "chain_of_custody",
                    models.CharField(blank=True, help_text="only for a court or an authority", max_length=200),
                ),
                ("lab", models.CharField(blank=True, max_length=200)),
                (
                    "lab_reference",
                    models.CharField(blank=True, help_text="the number the laboratory gave it", max_length=100),
                ),
                ("resulted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "validity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("valid", "Valid"),
                            ("dilute", "Dilute"),
                            ("adulterated", "Adulterated"),
                            ("substituted", "Substituted"),
                            ("insufficient", "Not enough of it"),
                        ],
                        editable=False,
                        max_length=12,
                    ),
                ),
                (
                    "creatinine",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        editable=False,
                        help_text="of the sample, mg/dL",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("1000")),
                        ],
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, editable=False, help_text="what the laboratory said beside", max_length=1000
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("contacted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("contact_in_words", models.CharField(blank=True, editable=False, max_length=1000)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "collected_by",
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
                    "confirms",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.toxtest",
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
                    "contacted_by",
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
                        to="treatment.toxtest",
                    ),
                ),
                (
                    "read_by",
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
                    "read_duty",
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
                    "resulted_by",
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
                    "results_duty",
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
        audit.operations.CreateTracked(
            name="UrologyReferral",
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
                            ("symptoms", "Symptoms more than four weeks after stopping"),
                            ("blocked", "Hydronephrosis or retention, or the suspicion"),
                            ("blood", "Blood to be seen, without an infection"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("urgent", models.BooleanField(default=False)),
                ("planned_at", models.DateTimeField(editable=False)),
                (
                    "uti_excluded",
                    models.BooleanField(blank=True, help_text="was an infection of the urine excluded?", null=True),
                ),
                ("sti_excluded", models.BooleanField(blank=True, help_text="was an STI excluded?", null=True)),
                (
                    "not_excluded_because",
                    models.CharField(blank=True, help_text="why it does not wait for that", max_length=500),
                ),
                ("question", models.TextField(blank=True, help_text="what urology is asked", max_length=4000)),
                ("made_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("sent_to", models.CharField(blank=True, editable=False, max_length=200)),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("appointment_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("seen_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.TextField(
                        blank=True, editable=False, help_text="what urology found and advised", max_length=4000
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("not_seen_because", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "appointment_by",
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
                    "duty",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urology_referral",
                        to="duties.duty",
                    ),
                ),
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
                        related_name="urology_referrals",
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
                    "made_by",
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
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urology_referrals",
                        to="patients.patient",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
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
                "indexes": [models.Index(fields=["patient", "-planned_at"], name="urology_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made_at__isnull", True), ("made_by__isnull", True)),
                            models.Q(("made_at__isnull", False), ("made_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="making_a_referral_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="made_at and made_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="sending_a_referral_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="sent_at and sent_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("appointment_at__isnull", True), ("appointment_by__isnull", True)),
                            models.Q(("appointment_at__isnull", False), ("appointment_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_appointment_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="appointment_at and appointment_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="the_end_of_a_referral_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="ended_at and ended_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("made_at", None),
                            models.Q(
                                ("sti_excluded", True),
                                ("sti_excluded__isnull", False),
                                ("uti_excluded", True),
                                ("uti_excluded__isnull", False),
                            ),
                            models.Q(("not_excluded_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="infections_are_excluded_first",
                        violation_error_code="infection_not_excluded",
                        violation_error_message="Exclude an infection of the urine and an STI first, or say why this cannot wait for that.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sent_at", None),
                                models.Q(("made_at__isnull", False), models.Q(("sent_to", ""), _negated=True)),
                                _connector="OR",
                            ),
                            models.Q(("appointment_at", None), ("sent_at__isnull", False), _connector="OR"),
                        ),
                        name="a_referral_goes_in_order",
                        violation_error_code="out_of_order",
                        violation_error_message="A referral is made, then sent to somebody, then has an appointment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None), ("not_seen_because", ""), ("outcome", ""), ("seen_at", None)
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("not_seen_because", ""),
                                ("seen_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("outcome", ""),
                                ("seen_at", None),
                                models.Q(("not_seen_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_referral_ends_seen_or_for_a_reason",
                        violation_error_code="reason_missing",
                        violation_error_message="Say what urology found, or why the person was not seen.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("entered_in_error_at", None)),
                        fields=("episode",),
                        name="one_urology_referral_at_a_time",
                        violation_error_code="referred_already",
                        violation_error_message="There is an open referral already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="urologyreferral_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_urologyreferralhistory" ("appointment_at", "appointment_by_id", "because", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "made_at", "made_by_id", "not_excluded_because", "not_seen_because", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "question", "seen_at", "sent_at", "sent_by_id", "sent_to", "sti_excluded", "urgent", "uti_excluded", "version") VALUES (NEW."appointment_at", NEW."appointment_by_id", NEW."because", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."not_excluded_because", NEW."not_seen_because", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."question", NEW."seen_at", NEW."sent_at", NEW."sent_by_id", NEW."sent_to", NEW."sti_excluded", NEW."urgent", NEW."uti_excluded", NEW."version"); RETURN NULL;',
                            hash="d50eb8442faeec99117061ca99cdfd7411b61195",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2812c",
                            table="treatment_urologyreferral",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_urologyreferralhistory" ("appointment_at", "appointment_by_id", "because", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "made_at", "made_by_id", "not_excluded_because", "not_seen_because", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "question", "seen_at", "sent_at", "sent_by_id", "sent_to", "sti_excluded", "urgent", "uti_excluded", "version") VALUES (NEW."appointment_at", NEW."appointment_by_id", NEW."because", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."not_excluded_because", NEW."not_seen_because", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."question", NEW."seen_at", NEW."sent_at", NEW."sent_by_id", NEW."sent_to", NEW."sti_excluded", NEW."urgent", NEW."uti_excluded", NEW."version"); RETURN NULL;',
                            hash="9cc2ccab8042d1a8a6e94ae78e08ecd0b02da224",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_149f8",
                            table="treatment_urologyreferral",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_urologyreferralhistory" ("appointment_at", "appointment_by_id", "because", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "made_at", "made_by_id", "not_excluded_because", "not_seen_because", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "question", "seen_at", "sent_at", "sent_by_id", "sent_to", "sti_excluded", "urgent", "uti_excluded", "version") VALUES (OLD."appointment_at", OLD."appointment_by_id", OLD."because", OLD."duty_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."made_at", OLD."made_by_id", OLD."not_excluded_because", OLD."not_seen_because", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."planned_at", OLD."planned_by_id", OLD."question", OLD."seen_at", OLD."sent_at", OLD."sent_by_id", OLD."sent_to", OLD."sti_excluded", OLD."urgent", OLD."uti_excluded", OLD."version"); RETURN NULL;',
                            hash="6119f34a5a171960a5f2eb5f8993a8f724402140",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a961b",
                            table="treatment_urologyreferral",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="UrologyReferralHistory",
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
                            ("symptoms", "Symptoms more than four weeks after stopping"),
                            ("blocked", "Hydronephrosis or retention, or the suspicion"),
                            ("blood", "Blood to be seen, without an infection"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("urgent", models.BooleanField(default=False)),
                ("planned_at", models.DateTimeField(editable=False)),
                (
                    "uti_excluded",
                    models.BooleanField(blank=True, help_text="was an infection of the urine excluded?", null=True),
                ),
                ("sti_excluded", models.BooleanField(blank=True, help_text="was an STI excluded?", null=True)),
                (
                    "not_excluded_because",
                    models.CharField(blank=True, help_text="why it does not wait for that", max_length=500),
                ),
                ("question", models.TextField(blank=True, help_text="what urology is asked", max_length=4000)),
                ("made_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("sent_to", models.CharField(blank=True, editable=False, max_length=200)),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("appointment_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("seen_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.TextField(
                        blank=True, editable=False, help_text="what urology found and advised", max_length=4000
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("not_seen_because", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "appointment_by",
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
                    "duty",
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
                    "made_by",
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
                        to="treatment.urologyreferral",
                    ),
                ),
                (
                    "planned_by",
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
                    "sent_by",
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="bladderentry",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="bladderentry",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="bladderentry",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="dischargeproposal",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="dischargeproposal",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="dischargeproposal",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="bladderentry",
            name="a_bladder_entry_says_something",
        ),
        migrations.AddField(
            model_name="bladderentry",
            name="cramps",
            field=models.BooleanField(blank=True, help_text="cramps in the upper belly", null=True),
        ),
        migrations.AddField(
            model_name="bladderentryhistory",
            name="cramps",
            field=models.BooleanField(blank=True, help_text="cramps in the upper belly", null=True),
        ),
        migrations.AddField(
            model_name="dischargeproposal",
            name="test",
            field=models.ForeignKey(
                blank=True,
                help_text="a test that is cited: confirmed, and read by a clinician; a presumptive one is no ground",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cited_by",
                to="treatment.toxtest",
            ),
        ),
        migrations.AddField(
            model_name="dischargeproposalhistory",
            name="test",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                help_text="a test that is cited: confirmed, and read by a clinician; a presumptive one is no ground",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="treatment.toxtest",
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
                    ("cramps__isnull", False),
                    _connector="OR",
                ),
                name="a_bladder_entry_says_something",
                violation_error_code="nothing_logged",
                violation_error_message="Write down at least one thing.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bladderentry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_bladderentryhistory" ("analgesics", "cannot_pass", "cramps", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "fever_and_flank_pain", "finding", "id", "incontinence", "logged_at", "logged_by_id", "max_volume_ml", "nocturia", "note", "pain", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "red_flags", "reviewed_at", "reviewed_by_id", "urgency", "version", "visible_blood", "voids") VALUES (NEW."analgesics", NEW."cannot_pass", NEW."cramps", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."fever_and_flank_pain", NEW."finding", NEW."id", NEW."incontinence", NEW."logged_at", NEW."logged_by_id", NEW."max_volume_ml", NEW."nocturia", NEW."note", NEW."pain", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."red_flags", NEW."reviewed_at", NEW."reviewed_by_id", NEW."urgency", NEW."version", NEW."visible_blood", NEW."voids"); RETURN NULL;',
                    hash="f7367ffdbfd128c0a8ba57423edcd3122d2cd340",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bb413",
                    table="treatment_bladderentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bladderentry",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_bladderentryhistory" ("analgesics", "cannot_pass", "cramps", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "fever_and_flank_pain", "finding", "id", "incontinence", "logged_at", "logged_by_id", "max_volume_ml", "nocturia", "note", "pain", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "red_flags", "reviewed_at", "reviewed_by_id", "urgency", "version", "visible_blood", "voids") VALUES (NEW."analgesics", NEW."cannot_pass", NEW."cramps", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."fever_and_flank_pain", NEW."finding", NEW."id", NEW."incontinence", NEW."logged_at", NEW."logged_by_id", NEW."max_volume_ml", NEW."nocturia", NEW."note", NEW."pain", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."red_flags", NEW."reviewed_at", NEW."reviewed_by_id", NEW."urgency", NEW."version", NEW."visible_blood", NEW."voids"); RETURN NULL;',
                    hash="f22e0ea1fc6805224ee12ed587dee89efe774f65",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e1db5",
                    table="treatment_bladderentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bladderentry",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_bladderentryhistory" ("analgesics", "cannot_pass", "cramps", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "fever_and_flank_pain", "finding", "id", "incontinence", "logged_at", "logged_by_id", "max_volume_ml", "nocturia", "note", "pain", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "red_flags", "reviewed_at", "reviewed_by_id", "urgency", "version", "visible_blood", "voids") VALUES (OLD."analgesics", OLD."cannot_pass", OLD."cramps", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."fever_and_flank_pain", OLD."finding", OLD."id", OLD."incontinence", OLD."logged_at", OLD."logged_by_id", OLD."max_volume_ml", OLD."nocturia", OLD."note", OLD."pain", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."red_flags", OLD."reviewed_at", OLD."reviewed_by_id", OLD."urgency", OLD."version", OLD."visible_blood", OLD."voids"); RETURN NULL;',
                    hash="702047d55c3e9ea853af94758a340de4bd354965",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cfe42",
                    table="treatment_bladderentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dischargeproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_dischargeproposalhistory" ("agreed_at", "agreed_by_id", "alternative", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "grounds", "id", "note", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "test_id", "version", "what_happened") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."alternative", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."grounds", NEW."id", NEW."note", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."proposed_at", NEW."proposed_by_id", NEW."test_id", NEW."version", NEW."what_happened"); RETURN NULL;',
                    hash="1980136ea91943bbe4a307d825951471b4a4a1b5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_33c60",
                    table="treatment_dischargeproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dischargeproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_dischargeproposalhistory" ("agreed_at", "agreed_by_id", "alternative", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "grounds", "id", "note", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "test_id", "version", "what_happened") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."alternative", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."grounds", NEW."id", NEW."note", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."proposed_at", NEW."proposed_by_id", NEW."test_id", NEW."version", NEW."what_happened"); RETURN NULL;',
                    hash="472e4d406e16c090b1221393b1c7631db92585fe",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_33463",
                    table="treatment_dischargeproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dischargeproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_dischargeproposalhistory" ("agreed_at", "agreed_by_id", "alternative", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "grounds", "id", "note", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "test_id", "version", "what_happened") VALUES (OLD."agreed_at", OLD."agreed_by_id", OLD."alternative", OLD."duty_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."grounds", OLD."id", OLD."note", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."proposed_at", OLD."proposed_by_id", OLD."test_id", OLD."version", OLD."what_happened"); RETURN NULL;',
                    hash="138b572812d1a1215ef0dc32c99b84b57c26e1f9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_24f09",
                    table="treatment_dischargeproposal",
                    when="AFTER",
                ),
            ),
        ),
        kept(*(f"treatment_{name}" for name in (*CLINICAL, "randomdraw")), *APPENDED),
        append_only(*(f"treatment_{name}history" for name in CLINICAL), by_trigger=True),
        append_only(*APPENDED),
        frozen(
            "treatment_toxtest",
            when="OLD.resulted_at IS NOT NULL",
            name="a_test_with_results_never_changes",
            message="results never change",
            except_columns=[*ERROR, *READ, *CONTACTED],
        ),
        frozen(
            "treatment_investigation",
            when="OLD.done_at IS NOT NULL",
            name="a_result_never_changes",
            message="results never change",
            except_columns=[*ERROR, *READ, "reading"],
        ),
        frozen(
            "treatment_druggiven",
            when="TRUE",
            name="a_drug_given_never_changes",
            message="what was told never changes",
            except_columns=ERROR,
        ),
        frozen(
            "treatment_randomtest",
            when="OLD.closed_at IS NOT NULL",
            name="the_outcome_of_a_random_test_never_changes",
            message="an outcome never changes",
            except_columns=ERROR,
        ),
        frozen(
            "treatment_urologyreferral",
            when="OLD.ended_at IS NOT NULL",
            name="a_referral_that_ended_never_changes",
            message="a referral that ended never changes",
            except_columns=ERROR,
        ),
        migrations.RunSQL(
            [TRIGGER.format(*one) for one in ANSWERED],
            [f"DROP TRIGGER {one[0]} ON duties_duty" for one in ANSWERED],
        ),
        migrations.RunSQL(CLINICIAN, "DROP FUNCTION a_clinician_reads() CASCADE"),
        migrations.RunSQL(GROUND, "DROP FUNCTION test_is_a_ground() CASCADE"),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
    ]
    operations = [audit.operations.Together(together)]
