import datetime
from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import accounts.models
import audit.models
import audit.operations
import patients.models.people

BEFORE = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE SEQUENCE patients_patient_number AS integer START 100001 MINVALUE 100001;

-- pg_trgm sees letters as the locale does, and in ours that is ASCII alone: what is left after taking the accents
-- away is spelled out, so that Иван and 王伟 are found like anybody else.
CREATE FUNCTION search_folded(said text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = public, pg_temp AS $$
DECLARE
    folded text := lower(unaccent('unaccent', normalize(said, NFKC)));
BEGIN
    folded := regexp_replace(folded, '[''’`´\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF\\u0300-\\u036F]', '', 'g');
    folded := btrim(regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g'));
    IF folded ~ '[^\\x01-\\x7f]' THEN
        folded := (SELECT string_agg(CASE WHEN ascii(one) < 128 THEN one ELSE 'u' || to_hex(ascii(one)) END, '' ORDER BY place)
                   FROM regexp_split_to_table(folded, '') WITH ORDINALITY AS letters(one, place));
    END IF;
    RETURN folded;
END $$;
"""


class Migration(migrations.Migration):
    replaces = [
        ("patients", "0001_initial"),
        ("patients", "0002_rules"),
        ("patients", "0003_the_people_around"),
        ("patients", "0004_what_was_asked"),
        ("patients", "0005_clearance_lapses"),
        ("patients", "0006_the_person"),
        ("patients", "0007_documents"),
        ("patients", "0008_newest_episodes"),
        ("patients", "0009_texts_to_people"),
        ("patients", "0010_what_a_supporter_may_know"),
        ("patients", "0011_every_code_of_a_substance"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        # What others hang on our users comes first, while few models are there to be drawn.
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("knox", "0009_extend_authtoken_field"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(BEFORE, "DROP FUNCTION search_folded(text); DROP SEQUENCE patients_patient_number"),
        audit.operations.Together(
            operations=[
                audit.operations.CreateTracked(
                    name="Patient",
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
                            "number",
                            models.PositiveIntegerField(
                                db_default=patients.models.people.NextNumber(),
                                editable=False,
                                help_text="the record number; six digits or more",
                                unique=True,
                            ),
                        ),
                        (
                            "preferred_name",
                            models.CharField(help_text="what to call them; “Unknown” until they say", max_length=200),
                        ),
                        ("legal_name", models.CharField(blank=True, max_length=200)),
                        ("pronouns", models.CharField(blank=True, max_length=50)),
                        ("birth_date", models.DateField(blank=True, null=True)),
                        ("birth_date_corrected_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "birth_date_corrected_by",
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
                        ("birth_date_corrected_reason", models.CharField(blank=True, editable=False, max_length=500)),
                        (
                            "sex",
                            models.CharField(
                                choices=[
                                    ("female", "Female"),
                                    ("male", "Male"),
                                    ("x", "Another (X)"),
                                    ("unknown", "Unknown"),
                                ],
                                default="unknown",
                                help_text="as recorded in documents",
                                max_length=10,
                            ),
                        ),
                        (
                            "gender",
                            models.CharField(blank=True, help_text="in the person’s own words", max_length=100),
                        ),
                        (
                            "gender_code",
                            models.CharField(
                                choices=[
                                    ("woman", "Woman"),
                                    ("man", "Man"),
                                    ("nonbinary", "Non-binary"),
                                    ("another", "Another"),
                                    ("declined", "Would rather not say"),
                                    ("unknown", "Not asked"),
                                ],
                                default="unknown",
                                max_length=10,
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("es", "Spanish")], default="en", max_length=5
                            ),
                        ),
                        ("interpreter_needed", models.BooleanField(blank=True, null=True)),
                        (
                            "zone",
                            models.CharField(
                                blank=True,
                                help_text="empty: the facility's",
                                max_length=64,
                                validators=[accounts.models.a_known_zone],
                            ),
                        ),
                        (
                            "sender_name",
                            models.CharField(
                                blank=True,
                                db_default="",
                                editable=False,
                                help_text="who messages are from, as the person chose; empty: the facility's",
                                max_length=60,
                            ),
                        ),
                        (
                            "quiet_from",
                            models.TimeField(
                                blank=True,
                                editable=False,
                                help_text="no message from then on, on the person's own clock",
                                null=True,
                            ),
                        ),
                        (
                            "quiet_until",
                            models.TimeField(
                                blank=True, editable=False, help_text="may be after midnight", null=True
                            ),
                        ),
                        (
                            "race",
                            models.CharField(
                                choices=[
                                    ("1", "Alaska Native"),
                                    ("2", "American Indian"),
                                    ("3", "Asian or Pacific Islander"),
                                    ("4", "Black or African American"),
                                    ("5", "White"),
                                    ("13", "Asian"),
                                    ("20", "Other single race"),
                                    ("21", "Two or more races"),
                                    ("23", "Native Hawaiian or other Pacific Islander"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "ethnicity",
                            models.CharField(
                                choices=[
                                    ("1", "Puerto Rican"),
                                    ("2", "Mexican"),
                                    ("3", "Cuban"),
                                    ("4", "Other Hispanic or Latino"),
                                    ("5", "Not Hispanic or Latino"),
                                    ("6", "Hispanic or Latino, origin not specified"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "veteran",
                            models.CharField(
                                choices=[
                                    ("1", "Yes"),
                                    ("2", "No"),
                                    ("96", "Not applicable"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "marital",
                            models.CharField(
                                choices=[
                                    ("1", "Never married"),
                                    ("2", "Married"),
                                    ("3", "Separated"),
                                    ("4", "Divorced"),
                                    ("5", "Widowed"),
                                    ("96", "Not applicable"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                                verbose_name="marital status",
                            ),
                        ),
                        (
                            "education",
                            models.CharField(
                                choices=[
                                    ("0", "Less than one grade"),
                                    ("1", "Grade 1"),
                                    ("2", "Grade 2"),
                                    ("3", "Grade 3"),
                                    ("4", "Grade 4"),
                                    ("5", "Grade 5"),
                                    ("6", "Grade 6"),
                                    ("7", "Grade 7"),
                                    ("8", "Grade 8"),
                                    ("9", "Grade 9"),
                                    ("10", "Grade 10"),
                                    ("11", "Grade 11"),
                                    ("12", "Grade 12 or GED"),
                                    ("13", "1 year after grade 12"),
                                    ("14", "2 years after grade 12"),
                                    ("15", "3 years after grade 12"),
                                    ("16", "4 years after grade 12"),
                                    ("17", "5 years after grade 12"),
                                    ("18", "6 years or more after grade 12"),
                                    ("71", "Vocational school"),
                                    ("72", "Nursery or preschool"),
                                    ("73", "Kindergarten"),
                                    ("74", "Special education class"),
                                    ("96", "Not applicable"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "weight_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                editable=False,
                                help_text="kg",
                                max_digits=4,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(500),
                                ],
                                verbose_name="weight",
                            ),
                        ),
                        ("weight_noted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "weight_noted_by",
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
                            "pregnant",
                            models.CharField(
                                choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                                default="unknown",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        (
                            "breastfeeding",
                            models.CharField(
                                choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                                default="unknown",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("pregnancy_noted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "pregnancy_noted_by",
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
                        ("death_reported_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "death_reported_by",
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
                        ("death_confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "death_confirmed_by",
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
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duplicates",
                                to="patients.patient",
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
                        "indexes": [models.Index(fields=["merged_into"], name="patient_duplicates")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("birth_date", None),
                                    ("birth_date__lte", django.db.models.functions.datetime.Now()),
                                    _connector="OR",
                                ),
                                name="nobody_is_born_in_the_future",
                                violation_error_code="born_in_the_future",
                                violation_error_message="This birth date is in the future.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("birth_date", None),
                                    ("birth_date__gte", datetime.date(1900, 1, 1)),
                                    _connector="OR",
                                ),
                                name="nobody_was_born_before_1900",
                                violation_error_code="born_too_long_ago",
                                violation_error_message="This birth date is before 1900.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("birth_date_corrected_at", None),
                                        ("birth_date_corrected_by", None),
                                        ("birth_date_corrected_reason", ""),
                                    ),
                                    models.Q(
                                        ("birth_date_corrected_at__isnull", False),
                                        ("birth_date_corrected_by__isnull", False),
                                        models.Q(("birth_date_corrected_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_birth_date_correction_has_who_and_why",
                                violation_error_code="correction_half_recorded",
                                violation_error_message="Correcting a birth date records when, by whom and why.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("weight_kg", None),
                                    models.Q(("weight_kg__gte", 1), ("weight_kg__lte", 500)),
                                    _connector="OR",
                                ),
                                name="a_weight_is_plausible",
                                violation_error_code="weight_out_of_range",
                                violation_error_message="A weight is between 1 and 500 kg.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("weight_kg__isnull", True),
                                        ("weight_noted_at__isnull", True),
                                        ("weight_noted_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("weight_kg__isnull", False),
                                        ("weight_noted_at__isnull", False),
                                        ("weight_noted_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_weight_has_when_and_who",
                                violation_error_code="half_recorded",
                                violation_error_message="weight_kg and weight_noted_at and weight_noted_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("pregnancy_noted_at__isnull", True), ("pregnancy_noted_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("pregnancy_noted_at__isnull", False), ("pregnancy_noted_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_pregnancy_note_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="pregnancy_noted_at and pregnancy_noted_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("breastfeeding", "unknown"), ("pregnant", "unknown")),
                                    ("pregnancy_noted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="pregnancy_and_breastfeeding_were_asked",
                                violation_error_code="half_recorded",
                                violation_error_message="Pregnancy and breastfeeding are recorded with when and by whom.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "preferred_name__regex",
                                        "[^\\s\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]",
                                    )
                                ),
                                name="a_name_can_be_seen",
                                violation_error_code="name_missing",
                                violation_error_message="Give a name that can be seen, or “Unknown”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                                    models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="quiet_hours_have_both_ends",
                                violation_error_code="half_recorded",
                                violation_error_message="quiet_from and quiet_until are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quiet_from", None),
                                    models.Q(("quiet_from", models.F("quiet_until")), _negated=True),
                                    _connector="OR",
                                ),
                                name="quiet_hours_last_some_time",
                                violation_error_code="hours_empty",
                                violation_error_message="The quiet hours end when they begin. Leave them out for none of one's own.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("death_reported_at__isnull", True), ("death_reported_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("death_reported_at__isnull", False), ("death_reported_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_reported_death_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="death_reported_at and death_reported_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("death_confirmed_at__isnull", True), ("death_confirmed_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("death_confirmed_at__isnull", False), ("death_confirmed_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_confirmed_death_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="death_confirmed_at and death_confirmed_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("death_confirmed_at", None),
                                    ("death_reported_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_death_is_reported_before_it_is_confirmed",
                                violation_error_code="death_not_reported",
                                violation_error_message="A death is reported first and confirmed by somebody after that.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into", None),
                                    models.Q(("merged_into", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="nobody_is_merged_into_themselves",
                                violation_error_code="merged_into_self",
                                violation_error_message="A record cannot be merged into itself.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("preferred_name", ""), _negated=True),
                                name="a_person_has_a_name_to_be_called",
                                violation_error_code="name_missing",
                                violation_error_message="Give a name to call the person, or “Unknown”.",
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
                                name="patient_error_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_patienthistory" ("birth_date", "birth_date_corrected_at", "birth_date_corrected_by_id", "birth_date_corrected_reason", "breastfeeding", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "education", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "gender", "gender_code", "id", "interpreter_needed", "language", "legal_name", "marital", "merged_into_id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "pregnancy_noted_at", "pregnancy_noted_by_id", "pregnant", "pronouns", "quiet_from", "quiet_until", "race", "sender_name", "sex", "version", "veteran", "weight_kg", "weight_noted_at", "weight_noted_by_id", "zone") VALUES (NEW."birth_date", NEW."birth_date_corrected_at", NEW."birth_date_corrected_by_id", NEW."birth_date_corrected_reason", NEW."breastfeeding", NEW."death_confirmed_at", NEW."death_confirmed_by_id", NEW."death_reported_at", NEW."death_reported_by_id", NEW."education", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."gender", NEW."gender_code", NEW."id", NEW."interpreter_needed", NEW."language", NEW."legal_name", NEW."marital", NEW."merged_into_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."preferred_name", NEW."pregnancy_noted_at", NEW."pregnancy_noted_by_id", NEW."pregnant", NEW."pronouns", NEW."quiet_from", NEW."quiet_until", NEW."race", NEW."sender_name", NEW."sex", NEW."version", NEW."veteran", NEW."weight_kg", NEW."weight_noted_at", NEW."weight_noted_by_id", NEW."zone"); RETURN NULL;',
                                    hash="a8a65bec4058d5975b512c88fd486f849182f0dc",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_62165",
                                    table="patients_patient",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patients_patienthistory" ("birth_date", "birth_date_corrected_at", "birth_date_corrected_by_id", "birth_date_corrected_reason", "breastfeeding", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "education", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "gender", "gender_code", "id", "interpreter_needed", "language", "legal_name", "marital", "merged_into_id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "pregnancy_noted_at", "pregnancy_noted_by_id", "pregnant", "pronouns", "quiet_from", "quiet_until", "race", "sender_name", "sex", "version", "veteran", "weight_kg", "weight_noted_at", "weight_noted_by_id", "zone") VALUES (NEW."birth_date", NEW."birth_date_corrected_at", NEW."birth_date_corrected_by_id", NEW."birth_date_corrected_reason", NEW."breastfeeding", NEW."death_confirmed_at", NEW."death_confirmed_by_id", NEW."death_reported_at", NEW."death_reported_by_id", NEW."education", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."gender", NEW."gender_code", NEW."id", NEW."interpreter_needed", NEW."language", NEW."legal_name", NEW."marital", NEW."merged_into_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."preferred_name", NEW."pregnancy_noted_at", NEW."pregnancy_noted_by_id", NEW."pregnant", NEW."pronouns", NEW."quiet_from", NEW."quiet_until", NEW."race", NEW."sender_name", NEW."sex", NEW."version", NEW."veteran", NEW."weight_kg", NEW."weight_noted_at", NEW."weight_noted_by_id", NEW."zone"); RETURN NULL;',
                                    hash="f69aab96b38595de7945c41ef6d06a63408c77c4",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_546ce",
                                    table="patients_patient",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_patienthistory" ("birth_date", "birth_date_corrected_at", "birth_date_corrected_by_id", "birth_date_corrected_reason", "breastfeeding", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "education", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "gender", "gender_code", "id", "interpreter_needed", "language", "legal_name", "marital", "merged_into_id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "pregnancy_noted_at", "pregnancy_noted_by_id", "pregnant", "pronouns", "quiet_from", "quiet_until", "race", "sender_name", "sex", "version", "veteran", "weight_kg", "weight_noted_at", "weight_noted_by_id", "zone") VALUES (OLD."birth_date", OLD."birth_date_corrected_at", OLD."birth_date_corrected_by_id", OLD."birth_date_corrected_reason", OLD."breastfeeding", OLD."death_confirmed_at", OLD."death_confirmed_by_id", OLD."death_reported_at", OLD."death_reported_by_id", OLD."education", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."ethnicity", OLD."gender", OLD."gender_code", OLD."id", OLD."interpreter_needed", OLD."language", OLD."legal_name", OLD."marital", OLD."merged_into_id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."preferred_name", OLD."pregnancy_noted_at", OLD."pregnancy_noted_by_id", OLD."pregnant", OLD."pronouns", OLD."quiet_from", OLD."quiet_until", OLD."race", OLD."sender_name", OLD."sex", OLD."version", OLD."veteran", OLD."weight_kg", OLD."weight_noted_at", OLD."weight_noted_by_id", OLD."zone"); RETURN NULL;',
                                    hash="9e3c037087b2f1ed858f04b021d8bc6463d288f0",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9898d",
                                    table="patients_patient",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="Access",
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
                                related_name="access",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "because",
                            models.CharField(
                                choices=[
                                    ("handover", "Handed over here"),
                                    ("referral", "Referred here"),
                                    ("placement", "Placed here"),
                                    ("care_team", "On the care team"),
                                    ("aftercare", "Followed up from here"),
                                    ("merge", "Records merged"),
                                    ("transfer", "Transferred here"),
                                    ("break_glass", "Emergency access"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name_plural": "access",
                        "indexes": [
                            models.Index(fields=["facility", "patient"], name="access_by_facility"),
                            models.Index(fields=["user", "patient"], name="access_by_user"),
                            models.Index(fields=["patient", "facility"], name="access_by_patient"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("facility", None), ("user__isnull", False)),
                                    models.Q(("facility__isnull", False), ("user", None)),
                                    _connector="OR",
                                ),
                                name="access_is_to_a_facility_or_a_user",
                                violation_error_code="access_to_whom",
                                violation_error_message="Access is given to a facility or to a user, never both or neither.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_at", None), ("until_at__gte", models.F("from_at")), _connector="OR"
                                ),
                                name="access_ends_after_it_starts",
                                violation_error_code="ends_before_start",
                                violation_error_message="Access ends after it starts.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_at", None)),
                                fields=("patient", "facility", "user", "because"),
                                name="access_is_given_once_per_reason",
                                nulls_distinct=False,
                                violation_error_code="access_given",
                                violation_error_message="This access is given already.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_accesshistory" ("because", "facility_id", "from_at", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_at", "user_id", "version") VALUES (NEW."because", NEW."facility_id", NEW."from_at", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."until_at", NEW."user_id", NEW."version"); RETURN NULL;',
                                    hash="22fe0f9a03636e12d0b60b8ab63025a35fe81034",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_3e025",
                                    table="patients_access",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patients_accesshistory" ("because", "facility_id", "from_at", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_at", "user_id", "version") VALUES (NEW."because", NEW."facility_id", NEW."from_at", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."until_at", NEW."user_id", NEW."version"); RETURN NULL;',
                                    hash="b8b6e60db539c82d8522e8c53a3754844de1aa18",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_83535",
                                    table="patients_access",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_accesshistory" ("because", "facility_id", "from_at", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_at", "user_id", "version") VALUES (OLD."because", OLD."facility_id", OLD."from_at", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."until_at", OLD."user_id", OLD."version"); RETURN NULL;',
                                    hash="031486c139dd520dd964a61c51942f784a24bfff",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_48761",
                                    table="patients_access",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="AccessHistory",
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
                                to="patients.access",
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
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "because",
                            models.CharField(
                                choices=[
                                    ("handover", "Handed over here"),
                                    ("referral", "Referred here"),
                                    ("placement", "Placed here"),
                                    ("care_team", "On the care team"),
                                    ("aftercare", "Followed up from here"),
                                    ("merge", "Records merged"),
                                    ("transfer", "Transferred here"),
                                    ("break_glass", "Emergency access"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="PatientHistory",
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
                                to="patients.patient",
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
                            "number",
                            models.PositiveIntegerField(
                                db_default=patients.models.people.NextNumber(),
                                editable=False,
                                help_text="the record number; six digits or more",
                            ),
                        ),
                        (
                            "preferred_name",
                            models.CharField(help_text="what to call them; “Unknown” until they say", max_length=200),
                        ),
                        ("legal_name", models.CharField(blank=True, max_length=200)),
                        ("pronouns", models.CharField(blank=True, max_length=50)),
                        ("birth_date", models.DateField(blank=True, null=True)),
                        ("birth_date_corrected_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "birth_date_corrected_by",
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
                        ("birth_date_corrected_reason", models.CharField(blank=True, editable=False, max_length=500)),
                        (
                            "sex",
                            models.CharField(
                                choices=[
                                    ("female", "Female"),
                                    ("male", "Male"),
                                    ("x", "Another (X)"),
                                    ("unknown", "Unknown"),
                                ],
                                default="unknown",
                                help_text="as recorded in documents",
                                max_length=10,
                            ),
                        ),
                        (
                            "gender",
                            models.CharField(blank=True, help_text="in the person’s own words", max_length=100),
                        ),
                        (
                            "gender_code",
                            models.CharField(
                                choices=[
                                    ("woman", "Woman"),
                                    ("man", "Man"),
                                    ("nonbinary", "Non-binary"),
                                    ("another", "Another"),
                                    ("declined", "Would rather not say"),
                                    ("unknown", "Not asked"),
                                ],
                                default="unknown",
                                max_length=10,
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("es", "Spanish")], default="en", max_length=5
                            ),
                        ),
                        ("interpreter_needed", models.BooleanField(blank=True, null=True)),
                        (
                            "zone",
                            models.CharField(
                                blank=True,
                                help_text="empty: the facility's",
                                max_length=64,
                                validators=[accounts.models.a_known_zone],
                            ),
                        ),
                        (
                            "sender_name",
                            models.CharField(
                                blank=True,
                                db_default="",
                                editable=False,
                                help_text="who messages are from, as the person chose; empty: the facility's",
                                max_length=60,
                            ),
                        ),
                        (
                            "quiet_from",
                            models.TimeField(
                                blank=True,
                                editable=False,
                                help_text="no message from then on, on the person's own clock",
                                null=True,
                            ),
                        ),
                        (
                            "quiet_until",
                            models.TimeField(
                                blank=True, editable=False, help_text="may be after midnight", null=True
                            ),
                        ),
                        (
                            "race",
                            models.CharField(
                                choices=[
                                    ("1", "Alaska Native"),
                                    ("2", "American Indian"),
                                    ("3", "Asian or Pacific Islander"),
                                    ("4", "Black or African American"),
                                    ("5", "White"),
                                    ("13", "Asian"),
                                    ("20", "Other single race"),
                                    ("21", "Two or more races"),
                                    ("23", "Native Hawaiian or other Pacific Islander"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "ethnicity",
                            models.CharField(
                                choices=[
                                    ("1", "Puerto Rican"),
                                    ("2", "Mexican"),
                                    ("3", "Cuban"),
                                    ("4", "Other Hispanic or Latino"),
                                    ("5", "Not Hispanic or Latino"),
                                    ("6", "Hispanic or Latino, origin not specified"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "veteran",
                            models.CharField(
                                choices=[
                                    ("1", "Yes"),
                                    ("2", "No"),
                                    ("96", "Not applicable"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "marital",
                            models.CharField(
                                choices=[
                                    ("1", "Never married"),
                                    ("2", "Married"),
                                    ("3", "Separated"),
                                    ("4", "Divorced"),
                                    ("5", "Widowed"),
                                    ("96", "Not applicable"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                                verbose_name="marital status",
                            ),
                        ),
                        (
                            "education",
                            models.CharField(
                                choices=[
                                    ("0", "Less than one grade"),
                                    ("1", "Grade 1"),
                                    ("2", "Grade 2"),
                                    ("3", "Grade 3"),
                                    ("4", "Grade 4"),
                                    ("5", "Grade 5"),
                                    ("6", "Grade 6"),
                                    ("7", "Grade 7"),
                                    ("8", "Grade 8"),
                                    ("9", "Grade 9"),
                                    ("10", "Grade 10"),
                                    ("11", "Grade 11"),
                                    ("12", "Grade 12 or GED"),
                                    ("13", "1 year after grade 12"),
                                    ("14", "2 years after grade 12"),
                                    ("15", "3 years after grade 12"),
                                    ("16", "4 years after grade 12"),
                                    ("17", "5 years after grade 12"),
                                    ("18", "6 years or more after grade 12"),
                                    ("71", "Vocational school"),
                                    ("72", "Nursery or preschool"),
                                    ("73", "Kindergarten"),
                                    ("74", "Special education class"),
                                    ("96", "Not applicable"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "weight_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                editable=False,
                                help_text="kg",
                                max_digits=4,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(500),
                                ],
                                verbose_name="weight",
                            ),
                        ),
                        ("weight_noted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "weight_noted_by",
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
                            "pregnant",
                            models.CharField(
                                choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                                default="unknown",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        (
                            "breastfeeding",
                            models.CharField(
                                choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                                default="unknown",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("pregnancy_noted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "pregnancy_noted_by",
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
                        ("death_reported_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "death_reported_by",
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
                        ("death_confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "death_confirmed_by",
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
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="patients.patient",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allergies",
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
                            "none_known",
                            models.BooleanField(default=False, editable=False, help_text="asked, and none is known"),
                        ),
                        ("substance", models.CharField(blank=True, max_length=200)),
                        (
                            "code",
                            models.CharField(
                                blank=True, help_text="RxNorm or the site's own, where known", max_length=20
                            ),
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
                                blank=True,
                                db_index=False,
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
                                    (
                                        django.db.models.functions.comparison.Cast(
                                            "none_known", models.IntegerField()
                                        ),
                                        "<>",
                                    ),
                                ],
                                name="none_known_means_none",
                                violation_error_code="allergies_known",
                                violation_error_message="Allergies are recorded for this person. Rule them out first.",
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
                        "indexes": [],
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
                            "none_known",
                            models.BooleanField(default=False, editable=False, help_text="asked, and none is known"),
                        ),
                        ("substance", models.CharField(blank=True, max_length=200)),
                        (
                            "code",
                            models.CharField(
                                blank=True, help_text="RxNorm or the site's own, where known", max_length=20
                            ),
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
                                db_constraint=False,
                                db_index=False,
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
                        ("ruled_out_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                    name="Episode",
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
                                related_name="episodes",
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
                            "entry",
                            models.CharField(
                                choices=[
                                    ("overdose", "Overdose"),
                                    ("self", "Asked themselves"),
                                    ("other_provider", "Another provider"),
                                    ("court", "Court"),
                                    ("return", "Came back"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("referred", "Referred"),
                                    ("stabilizing", "Stabilizing"),
                                    ("engaging", "Engaging"),
                                    ("intake", "Intake"),
                                    ("treatment", "Treatment"),
                                    ("aftercare", "Aftercare"),
                                    ("closed", "Closed"),
                                ],
                                default="referred",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("stage_at", models.DateTimeField(editable=False)),
                        (
                            "stage_by",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("stage_reason", models.CharField(blank=True, editable=False, max_length=500)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "opened_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "previous",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next_episodes",
                                to="patients.episode",
                            ),
                        ),
                        ("cleared_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "cleared_by",
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
                            "clearance_basis",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("cleared", "Medically cleared"),
                                    ("screened", "Screened by a nurse"),
                                    ("not_needed", "Not needed"),
                                    ("overridden", "Overridden by a prescriber"),
                                ],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("clearance_lapses_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                            "close_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("completed", "Completed"),
                                    ("declined", "Declined, no contact wanted"),
                                    ("withdrew", "Withdrew"),
                                    ("lost", "Lost to contact"),
                                    ("transferred", "Arrived elsewhere"),
                                    ("died", "Died"),
                                    ("administrative", "Administrative"),
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
                            models.Index(fields=["patient", "-opened_at"], name="episodes_of_a_person"),
                            models.Index(
                                condition=models.Q(("closed_at", None)),
                                fields=["facility", "stage"],
                                name="open_episodes_here",
                            ),
                            models.Index(
                                condition=models.Q(("closed_at", None)),
                                fields=["-opened_at"],
                                name="open_episodes_newest",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None), ("entered_in_error_at", None)),
                                fields=("patient",),
                                name="one_open_episode_per_person",
                                violation_error_code="episode_open",
                                violation_error_message="This person already has an open episode.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                        ("stage", "closed"),
                                        models.Q(("close_reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("stage", "closed"), _negated=True),
                                        ("close_reason", ""),
                                        ("closed_at", None),
                                        ("closed_by", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="closed_has_when_who_and_why",
                                violation_error_code="closing_half_recorded",
                                violation_error_message="Closing an episode records when, by whom and why.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("clearance_basis", ""), ("cleared_at", None), ("cleared_by", None)),
                                    models.Q(
                                        ("cleared_at__isnull", False),
                                        ("cleared_by__isnull", False),
                                        models.Q(("clearance_basis", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="clearance_has_when_who_and_basis",
                                violation_error_code="clearance_half_recorded",
                                violation_error_message="Clearance records when, by whom and on what basis.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "treatment"), _negated=True),
                                    ("cleared_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="treatment_means_cleared",
                                violation_error_code="not_cleared",
                                violation_error_message="The person has not been medically cleared for treatment.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "treatment"), _negated=True),
                                    ("clearance_lapses_at", None),
                                    ("clearance_lapses_at__gt", models.F("stage_at")),
                                    _connector="OR",
                                ),
                                name="treatment_begins_before_clearance_lapses",
                                violation_error_code="clearance_lapsed",
                                violation_error_message="The clearance is too old. Look at the person again before treatment begins.",
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
                                name="episode_error_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_episodehistory" ("clearance_basis", "clearance_lapses_at", "cleared_at", "cleared_by_id", "close_reason", "closed_at", "closed_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry", "facility_id", "id", "opened_at", "opened_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "stage", "stage_at", "stage_by_id", "stage_reason", "version") VALUES (NEW."clearance_basis", NEW."clearance_lapses_at", NEW."cleared_at", NEW."cleared_by_id", NEW."close_reason", NEW."closed_at", NEW."closed_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."entry", NEW."facility_id", NEW."id", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."previous_id", NEW."stage", NEW."stage_at", NEW."stage_by_id", NEW."stage_reason", NEW."version"); RETURN NULL;',
                                    hash="d4dcc5fb4681f52df30b7343c497f5d4755d8fbb",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_4e146",
                                    table="patients_episode",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patients_episodehistory" ("clearance_basis", "clearance_lapses_at", "cleared_at", "cleared_by_id", "close_reason", "closed_at", "closed_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry", "facility_id", "id", "opened_at", "opened_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "stage", "stage_at", "stage_by_id", "stage_reason", "version") VALUES (NEW."clearance_basis", NEW."clearance_lapses_at", NEW."cleared_at", NEW."cleared_by_id", NEW."close_reason", NEW."closed_at", NEW."closed_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."entry", NEW."facility_id", NEW."id", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."previous_id", NEW."stage", NEW."stage_at", NEW."stage_by_id", NEW."stage_reason", NEW."version"); RETURN NULL;',
                                    hash="e06a5cf0565cacaa300ee07d7df49c26a35c93e1",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_86f64",
                                    table="patients_episode",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_episodehistory" ("clearance_basis", "clearance_lapses_at", "cleared_at", "cleared_by_id", "close_reason", "closed_at", "closed_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry", "facility_id", "id", "opened_at", "opened_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "stage", "stage_at", "stage_by_id", "stage_reason", "version") VALUES (OLD."clearance_basis", OLD."clearance_lapses_at", OLD."cleared_at", OLD."cleared_by_id", OLD."close_reason", OLD."closed_at", OLD."closed_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."entry", OLD."facility_id", OLD."id", OLD."opened_at", OLD."opened_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."previous_id", OLD."stage", OLD."stage_at", OLD."stage_by_id", OLD."stage_reason", OLD."version"); RETURN NULL;',
                                    hash="4d4f16c2d234f9b15e44ba146df460ad5d9564aa",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_07210",
                                    table="patients_episode",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="EpisodeHistory",
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
                                to="patients.episode",
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
                            "entry",
                            models.CharField(
                                choices=[
                                    ("overdose", "Overdose"),
                                    ("self", "Asked themselves"),
                                    ("other_provider", "Another provider"),
                                    ("court", "Court"),
                                    ("return", "Came back"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("referred", "Referred"),
                                    ("stabilizing", "Stabilizing"),
                                    ("engaging", "Engaging"),
                                    ("intake", "Intake"),
                                    ("treatment", "Treatment"),
                                    ("aftercare", "Aftercare"),
                                    ("closed", "Closed"),
                                ],
                                default="referred",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("stage_at", models.DateTimeField(editable=False)),
                        (
                            "stage_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("stage_reason", models.CharField(blank=True, editable=False, max_length=500)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "opened_by",
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
                            "previous",
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
                        ("cleared_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "cleared_by",
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
                            "clearance_basis",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("cleared", "Medically cleared"),
                                    ("screened", "Screened by a nurse"),
                                    ("not_needed", "Not needed"),
                                    ("overridden", "Overridden by a prescriber"),
                                ],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("clearance_lapses_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                            "close_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("completed", "Completed"),
                                    ("declined", "Declined, no contact wanted"),
                                    ("withdrew", "Withdrew"),
                                    ("lost", "Lost to contact"),
                                    ("transferred", "Arrived elsewhere"),
                                    ("died", "Died"),
                                    ("administrative", "Administrative"),
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
                    name="EpisodeEvent",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "patient",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                                related_name="events",
                                to="patients.episode",
                            ),
                        ),
                        (
                            "from_stage",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("referred", "Referred"),
                                    ("stabilizing", "Stabilizing"),
                                    ("engaging", "Engaging"),
                                    ("intake", "Intake"),
                                    ("treatment", "Treatment"),
                                    ("aftercare", "Aftercare"),
                                    ("closed", "Closed"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "to_stage",
                            models.CharField(
                                choices=[
                                    ("referred", "Referred"),
                                    ("stabilizing", "Stabilizing"),
                                    ("engaging", "Engaging"),
                                    ("intake", "Intake"),
                                    ("treatment", "Treatment"),
                                    ("aftercare", "Aftercare"),
                                    ("closed", "Closed"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("at", models.DateTimeField(help_text="when it happened")),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["patient", "-at"], name="steps_of_a_person")],
                        "constraints": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="Circumstances",
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
                                related_name="circumstances",
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
                                related_name="circumstances",
                                to="patients.episode",
                            ),
                        ),
                        (
                            "living",
                            models.CharField(
                                choices=[
                                    ("1", "Homeless"),
                                    ("2", "Dependent"),
                                    ("3", "Independent"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                                verbose_name="living arrangement",
                            ),
                        ),
                        (
                            "employment",
                            models.CharField(
                                choices=[
                                    ("1", "Full time"),
                                    ("2", "Part time"),
                                    ("3", "Unemployed"),
                                    ("4", "Not in the labor force"),
                                    ("5", "Employed, hours not specified"),
                                    ("96", "Not applicable"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "not_in_labor_force",
                            models.CharField(
                                choices=[
                                    ("1", "Homemaker"),
                                    ("2", "Student"),
                                    ("3", "Retired"),
                                    ("4", "Disabled"),
                                    ("5", "In an institution"),
                                    ("6", "Other"),
                                    ("7", "Sheltered employment"),
                                    ("96", "Not applicable"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                help_text="for those not in the labor force",
                                max_length=2,
                            ),
                        ),
                        (
                            "income",
                            models.CharField(
                                choices=[
                                    ("1", "Wages or salary"),
                                    ("2", "Public assistance"),
                                    ("3", "Retirement or pension"),
                                    ("4", "Disability"),
                                    ("95", "Other"),
                                    ("96", "None"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                                verbose_name="main income",
                            ),
                        ),
                        (
                            "insurance",
                            models.CharField(
                                choices=[
                                    ("1", "Private"),
                                    ("2", "Medicare"),
                                    ("3", "Medicaid"),
                                    ("5", "Tricare"),
                                    ("6", "Other"),
                                    ("7", "None"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "arrests",
                            models.PositiveSmallIntegerField(
                                default=98,
                                help_text="in 30 days; 97 unknown, 98 not collected",
                                validators=[django.core.validators.MaxValueValidator(98)],
                            ),
                        ),
                        (
                            "self_help",
                            models.CharField(
                                choices=[
                                    ("1", "None"),
                                    ("2", "Less than once a week"),
                                    ("3", "About once a week"),
                                    ("4", "2 to 3 times a week"),
                                    ("5", "4 times a week or more"),
                                    ("6", "Some, how often is unknown"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                                verbose_name="self-help groups",
                            ),
                        ),
                        (
                            "prior_episodes",
                            models.PositiveSmallIntegerField(
                                default=98,
                                help_text="of treatment; 5 is five or more, 97 unknown, 98 not collected",
                                validators=[django.core.validators.MaxValueValidator(98)],
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
                        "verbose_name_plural": "circumstances",
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["patient", "-noted_at"], name="circumstances_of_a_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("arrests__lte", 98)),
                                name="arrests_are_a_count_or_a_sentinel",
                                violation_error_code="arrests_out_of_range",
                                violation_error_message="Arrests are 0 to 96, or 97 (unknown) or 98 (not collected).",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("prior_episodes__lte", 5), ("prior_episodes__in", [97, 98]), _connector="OR"
                                ),
                                name="prior_episodes_are_a_count_or_a_sentinel",
                                violation_error_code="prior_episodes_out_of_range",
                                violation_error_message="Prior episodes are 0 to 5, or 97 (unknown) or 98 (not collected).",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("employment", "4"), models.Q(("not_in_labor_force", "96"), _negated=True)
                                    ),
                                    models.Q(
                                        models.Q(("employment", "4"), _negated=True),
                                        ("not_in_labor_force__in", ["96", "97", "98"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="labor_force_detail_is_for_those_outside_it",
                                violation_error_code="labor_force_mismatch",
                                violation_error_message="The detail is for people who are not in the labor force, and only for them.",
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
                                name="circumstances_error_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_circumstanceshistory" ("arrests", "employment", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "income", "insurance", "living", "not_in_labor_force", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prior_episodes", "self_help", "version") VALUES (NEW."arrests", NEW."employment", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."income", NEW."insurance", NEW."living", NEW."not_in_labor_force", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."prior_episodes", NEW."self_help", NEW."version"); RETURN NULL;',
                                    hash="fd24758852b64ca61c5a033704ed902520e01646",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_85da1",
                                    table="patients_circumstances",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patients_circumstanceshistory" ("arrests", "employment", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "income", "insurance", "living", "not_in_labor_force", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prior_episodes", "self_help", "version") VALUES (NEW."arrests", NEW."employment", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."income", NEW."insurance", NEW."living", NEW."not_in_labor_force", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."prior_episodes", NEW."self_help", NEW."version"); RETURN NULL;',
                                    hash="890a88ff977d64ca14918f4236c52853c52e2b67",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ad35b",
                                    table="patients_circumstances",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_circumstanceshistory" ("arrests", "employment", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "income", "insurance", "living", "not_in_labor_force", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prior_episodes", "self_help", "version") VALUES (OLD."arrests", OLD."employment", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."income", OLD."insurance", OLD."living", OLD."not_in_labor_force", OLD."noted_at", OLD."noted_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."prior_episodes", OLD."self_help", OLD."version"); RETURN NULL;',
                                    hash="415c2ecabbcacaa779124423ab7aaf37af3e6d6f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_fb6f8",
                                    table="patients_circumstances",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="CircumstancesHistory",
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
                                to="patients.circumstances",
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
                            "living",
                            models.CharField(
                                choices=[
                                    ("1", "Homeless"),
                                    ("2", "Dependent"),
                                    ("3", "Independent"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                                verbose_name="living arrangement",
                            ),
                        ),
                        (
                            "employment",
                            models.CharField(
                                choices=[
                                    ("1", "Full time"),
                                    ("2", "Part time"),
                                    ("3", "Unemployed"),
                                    ("4", "Not in the labor force"),
                                    ("5", "Employed, hours not specified"),
                                    ("96", "Not applicable"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "not_in_labor_force",
                            models.CharField(
                                choices=[
                                    ("1", "Homemaker"),
                                    ("2", "Student"),
                                    ("3", "Retired"),
                                    ("4", "Disabled"),
                                    ("5", "In an institution"),
                                    ("6", "Other"),
                                    ("7", "Sheltered employment"),
                                    ("96", "Not applicable"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                help_text="for those not in the labor force",
                                max_length=2,
                            ),
                        ),
                        (
                            "income",
                            models.CharField(
                                choices=[
                                    ("1", "Wages or salary"),
                                    ("2", "Public assistance"),
                                    ("3", "Retirement or pension"),
                                    ("4", "Disability"),
                                    ("95", "Other"),
                                    ("96", "None"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                                verbose_name="main income",
                            ),
                        ),
                        (
                            "insurance",
                            models.CharField(
                                choices=[
                                    ("1", "Private"),
                                    ("2", "Medicare"),
                                    ("3", "Medicaid"),
                                    ("5", "Tricare"),
                                    ("6", "Other"),
                                    ("7", "None"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                            ),
                        ),
                        (
                            "arrests",
                            models.PositiveSmallIntegerField(
                                default=98,
                                help_text="in 30 days; 97 unknown, 98 not collected",
                                validators=[django.core.validators.MaxValueValidator(98)],
                            ),
                        ),
                        (
                            "self_help",
                            models.CharField(
                                choices=[
                                    ("1", "None"),
                                    ("2", "Less than once a week"),
                                    ("3", "About once a week"),
                                    ("4", "2 to 3 times a week"),
                                    ("5", "4 times a week or more"),
                                    ("6", "Some, how often is unknown"),
                                    ("97", "Unknown"),
                                    ("98", "Not collected"),
                                ],
                                default="98",
                                max_length=2,
                                verbose_name="self-help groups",
                            ),
                        ),
                        (
                            "prior_episodes",
                            models.PositiveSmallIntegerField(
                                default=98,
                                help_text="of treatment; 5 is five or more, 97 unknown, 98 not collected",
                                validators=[django.core.validators.MaxValueValidator(98)],
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                                choices=[
                                    ("active", "Active"),
                                    ("remission", "In remission"),
                                    ("resolved", "Resolved"),
                                ],
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
                            models.BooleanField(
                                default=False, editable=False, help_text="where the substance cannot be had"
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
                                    ("principal", False),
                                    models.Q(("status", "resolved"), _negated=True),
                                    _connector="OR",
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
                                    models.Q(
                                        ("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)
                                    ),
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
                                choices=[
                                    ("active", "Active"),
                                    ("remission", "In remission"),
                                    ("resolved", "Resolved"),
                                ],
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
                            models.BooleanField(
                                default=False, editable=False, help_text="where the substance cannot be had"
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                        "indexes": [],
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                        "indexes": [models.Index(fields=["patient", "-assessed_at"], name="criteria_of_a_person")],
                        "constraints": [
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
                            "criteria_set",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                                db_constraint=False,
                                db_index=False,
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
                audit.operations.CreateTracked(
                    name="ContactPoint",
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
                                related_name="contact_points",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")],
                                max_length=10,
                            ),
                        ),
                        ("value", models.CharField(max_length=254)),
                        (
                            "typed",
                            models.CharField(
                                blank=True, editable=False, help_text="as it was written down", max_length=254
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, help_text="1 is tried first")),
                        ("safe_to_leave_message", models.BooleanField(default=False)),
                        ("verified_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "verified_by",
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
                            "verified_how",
                            models.CharField(
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
                        (
                            "preferred_days",
                            django.contrib.postgres.fields.ArrayField(
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
                        (
                            "preferred_from",
                            models.TimeField(blank=True, help_text="the person's own clock", null=True),
                        ),
                        (
                            "preferred_until",
                            models.TimeField(blank=True, help_text="may be after midnight", null=True),
                        ),
                        (
                            "best_time",
                            models.CharField(
                                blank=True, help_text="in their words: after the late shift", max_length=200
                            ),
                        ),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("check_in", "Check-ins"),
                                        ("appointment", "Appointments"),
                                        ("crisis", "Crisis and safety"),
                                        ("newsletter", "News"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                help_text="agreed to",
                                size=None,
                            ),
                        ),
                        ("consented_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "consented_by",
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
                            "consent_wording",
                            models.CharField(
                                blank=True,
                                db_default="",
                                editable=False,
                                help_text="the edition of the words agreed to",
                                max_length=50,
                            ),
                        ),
                        ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "revoked_by",
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
                        ("broken_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "broken_by",
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
                        "ordering": ["position", "id"],
                        "indexes": [
                            models.Index(fields=["patient", "channel"], name="contacts_of_a_person"),
                            models.Index(
                                condition=models.Q(("channel__in", ["phone", "sms"])),
                                fields=["value"],
                                name="people_by_number",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                                    models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_verification_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="verified_at and verified_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("consented_at__isnull", True), ("consented_by__isnull", True)),
                                    models.Q(("consented_at__isnull", False), ("consented_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_consent_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="consented_at and consented_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_revocation_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="revoked_at and revoked_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("broken_at__isnull", True), ("broken_by__isnull", True)),
                                    models.Q(("broken_at__isnull", False), ("broken_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_broken_mark_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="broken_at and broken_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("preferred_from__isnull", True), ("preferred_until__isnull", True)),
                                    models.Q(("preferred_from__isnull", False), ("preferred_until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="preferred_hours_have_both_ends",
                                violation_error_code="half_recorded",
                                violation_error_message="preferred_from and preferred_until are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("preferred_from", None),
                                    models.Q(("preferred_from", models.F("preferred_until")), _negated=True),
                                    _connector="OR",
                                ),
                                name="preferred_hours_last_some_time",
                                violation_error_code="hours_empty",
                                violation_error_message="The preferred hours end when they begin. Leave them out for any time.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("channel", "phone"), _negated=True),
                                    ("value__regex", "^\\+[1-9][0-9]{6,14}(;ext=[0-9]{1,11})?$"),
                                    _connector="OR",
                                ),
                                name="a_phone_number_is_international",
                                violation_error_code="phone_malformed",
                                violation_error_message="This is not a phone number that can be called.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("channel", "sms"), _negated=True),
                                    ("value__regex", "^\\+[1-9][0-9]{6,14}$"),
                                    _connector="OR",
                                ),
                                name="a_number_for_texts_is_international",
                                violation_error_code="phone_malformed",
                                violation_error_message="This is not a phone number that takes text messages.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("scopes", []), ("consented_at__isnull", False), _connector="OR"),
                                name="scopes_are_consented_to",
                                violation_error_code="scope_without_consent",
                                violation_error_message="What a contact point may be used for needs the person's agreement.",
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
                                name="contactpoint_error_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_contactpointhistory" ("best_time", "broken_at", "broken_by_id", "channel", "consent_wording", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred_days", "preferred_from", "preferred_until", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "typed", "value", "verified_at", "verified_by_id", "verified_how", "version") VALUES (NEW."best_time", NEW."broken_at", NEW."broken_by_id", NEW."channel", NEW."consent_wording", NEW."consented_at", NEW."consented_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."position", NEW."preferred_days", NEW."preferred_from", NEW."preferred_until", NEW."revoked_at", NEW."revoked_by_id", NEW."safe_to_leave_message", NEW."scopes", NEW."typed", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."verified_how", NEW."version"); RETURN NULL;',
                                    hash="75425da7e86ca3dd837ab97db8f1dcad12b68f72",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_062a3",
                                    table="patients_contactpoint",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patients_contactpointhistory" ("best_time", "broken_at", "broken_by_id", "channel", "consent_wording", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred_days", "preferred_from", "preferred_until", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "typed", "value", "verified_at", "verified_by_id", "verified_how", "version") VALUES (NEW."best_time", NEW."broken_at", NEW."broken_by_id", NEW."channel", NEW."consent_wording", NEW."consented_at", NEW."consented_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."position", NEW."preferred_days", NEW."preferred_from", NEW."preferred_until", NEW."revoked_at", NEW."revoked_by_id", NEW."safe_to_leave_message", NEW."scopes", NEW."typed", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."verified_how", NEW."version"); RETURN NULL;',
                                    hash="a959281e7bd0cf4690a2aba9ad0eba68182678fb",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_93a42",
                                    table="patients_contactpoint",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_contactpointhistory" ("best_time", "broken_at", "broken_by_id", "channel", "consent_wording", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred_days", "preferred_from", "preferred_until", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "typed", "value", "verified_at", "verified_by_id", "verified_how", "version") VALUES (OLD."best_time", OLD."broken_at", OLD."broken_by_id", OLD."channel", OLD."consent_wording", OLD."consented_at", OLD."consented_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."position", OLD."preferred_days", OLD."preferred_from", OLD."preferred_until", OLD."revoked_at", OLD."revoked_by_id", OLD."safe_to_leave_message", OLD."scopes", OLD."typed", OLD."value", OLD."verified_at", OLD."verified_by_id", OLD."verified_how", OLD."version"); RETURN NULL;',
                                    hash="be56a6922022dc409f5df1a9cad8683e0c685c56",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_2a5d5",
                                    table="patients_contactpoint",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="ContactPointHistory",
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
                                to="patients.contactpoint",
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
                            "channel",
                            models.CharField(
                                choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")],
                                max_length=10,
                            ),
                        ),
                        ("value", models.CharField(max_length=254)),
                        (
                            "typed",
                            models.CharField(
                                blank=True, editable=False, help_text="as it was written down", max_length=254
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, help_text="1 is tried first")),
                        ("safe_to_leave_message", models.BooleanField(default=False)),
                        ("verified_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "verified_by",
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
                            "verified_how",
                            models.CharField(
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
                        (
                            "preferred_days",
                            django.contrib.postgres.fields.ArrayField(
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
                        (
                            "preferred_from",
                            models.TimeField(blank=True, help_text="the person's own clock", null=True),
                        ),
                        (
                            "preferred_until",
                            models.TimeField(blank=True, help_text="may be after midnight", null=True),
                        ),
                        (
                            "best_time",
                            models.CharField(
                                blank=True, help_text="in their words: after the late shift", max_length=200
                            ),
                        ),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("check_in", "Check-ins"),
                                        ("appointment", "Appointments"),
                                        ("crisis", "Crisis and safety"),
                                        ("newsletter", "News"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                help_text="agreed to",
                                size=None,
                            ),
                        ),
                        ("consented_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "consented_by",
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
                            "consent_wording",
                            models.CharField(
                                blank=True,
                                db_default="",
                                editable=False,
                                help_text="the edition of the words agreed to",
                                max_length=50,
                            ),
                        ),
                        ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "revoked_by",
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
                        ("broken_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "broken_by",
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
                audit.operations.CreateTracked(
                    name="Document",
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
                                related_name="documents",
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
                                    ("consent_form", "Consent form"),
                                    ("referral_letter", "Referral letter"),
                                    ("lab_result", "Lab result"),
                                    ("identification", "Identification"),
                                    ("photo", "Photo of the person"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("dated_on", models.DateField(blank=True, help_text="the date it bears", null=True)),
                        (
                            "media_type",
                            models.CharField(
                                choices=[
                                    ("application/pdf", "PDF"),
                                    ("image/png", "PNG"),
                                    ("image/jpeg", "JPEG"),
                                    ("text/plain", "Plain text"),
                                ],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("size", models.PositiveIntegerField(editable=False, help_text="bytes")),
                        ("sha256", models.CharField(editable=False, max_length=64)),
                        (
                            "consented_at",
                            models.DateTimeField(
                                blank=True, editable=False, help_text="to be shown in a photo", null=True
                            ),
                        ),
                        (
                            "consented_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                help_text="who asked the person",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("consent_withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "consent_withdrawn_by",
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
                        ("added_at", models.DateTimeField(editable=False)),
                        (
                            "added_by",
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
                        "indexes": [models.Index(fields=["patient", "-added_at"], name="documents_of_a_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("consented_at__isnull", True), ("consented_by__isnull", True)),
                                    models.Q(("consented_at__isnull", False), ("consented_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_photo_consent_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="consented_at and consented_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("consent_withdrawn_at__isnull", True), ("consent_withdrawn_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("consent_withdrawn_at__isnull", False),
                                        ("consent_withdrawn_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_withdrawn_photo_consent_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="consent_withdrawn_at and consent_withdrawn_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="a_document_has_a_title",
                                violation_error_code="title_missing",
                                violation_error_message="Give the document a title.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0)),
                                name="a_document_is_not_empty",
                                violation_error_code="file_empty",
                                violation_error_message="This file is empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "photo"), _negated=True),
                                    ("consented_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_photo_needs_consent",
                                violation_error_code="consent_missing",
                                violation_error_message="A photo of the person needs their consent.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "photo"), _negated=True),
                                    ("media_type__in", ["image/png", "image/jpeg"]),
                                    _connector="OR",
                                ),
                                name="a_photo_is_an_image",
                                violation_error_code="photo_not_an_image",
                                violation_error_message="A photo is a PNG or a JPEG.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consent_withdrawn_at", None), ("consented_at__isnull", False), _connector="OR"
                                ),
                                name="consent_is_withdrawn_where_it_was_given",
                                violation_error_code="no_consent_given",
                                violation_error_message="There is no consent to take back.",
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
                                name="document_error_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_documenthistory" ("added_at", "added_by_id", "consent_withdrawn_at", "consent_withdrawn_by_id", "consented_at", "consented_by_id", "dated_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "kind", "media_type", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "title", "version") VALUES (NEW."added_at", NEW."added_by_id", NEW."consent_withdrawn_at", NEW."consent_withdrawn_by_id", NEW."consented_at", NEW."consented_by_id", NEW."dated_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."kind", NEW."media_type", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."sha256", NEW."size", NEW."title", NEW."version"); RETURN NULL;',
                                    hash="cb868924fc6222961ef10ea8fb2747ecdfa94ae9",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_cf67c",
                                    table="patients_document",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patients_documenthistory" ("added_at", "added_by_id", "consent_withdrawn_at", "consent_withdrawn_by_id", "consented_at", "consented_by_id", "dated_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "kind", "media_type", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "title", "version") VALUES (NEW."added_at", NEW."added_by_id", NEW."consent_withdrawn_at", NEW."consent_withdrawn_by_id", NEW."consented_at", NEW."consented_by_id", NEW."dated_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."kind", NEW."media_type", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."sha256", NEW."size", NEW."title", NEW."version"); RETURN NULL;',
                                    hash="f97f6c91cdfd8e62b2cf770a4662c87b38622231",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_6a984",
                                    table="patients_document",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_documenthistory" ("added_at", "added_by_id", "consent_withdrawn_at", "consent_withdrawn_by_id", "consented_at", "consented_by_id", "dated_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "kind", "media_type", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "title", "version") VALUES (OLD."added_at", OLD."added_by_id", OLD."consent_withdrawn_at", OLD."consent_withdrawn_by_id", OLD."consented_at", OLD."consented_by_id", OLD."dated_on", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."kind", OLD."media_type", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."sha256", OLD."size", OLD."title", OLD."version"); RETURN NULL;',
                                    hash="957b742ebb33129717253218bc2c3c3b53564f11",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4f0c5",
                                    table="patients_document",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="DocumentHistory",
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
                                to="patients.document",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("consent_form", "Consent form"),
                                    ("referral_letter", "Referral letter"),
                                    ("lab_result", "Lab result"),
                                    ("identification", "Identification"),
                                    ("photo", "Photo of the person"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("dated_on", models.DateField(blank=True, help_text="the date it bears", null=True)),
                        (
                            "media_type",
                            models.CharField(
                                choices=[
                                    ("application/pdf", "PDF"),
                                    ("image/png", "PNG"),
                                    ("image/jpeg", "JPEG"),
                                    ("text/plain", "Plain text"),
                                ],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("size", models.PositiveIntegerField(editable=False, help_text="bytes")),
                        ("sha256", models.CharField(editable=False, max_length=64)),
                        (
                            "consented_at",
                            models.DateTimeField(
                                blank=True, editable=False, help_text="to be shown in a photo", null=True
                            ),
                        ),
                        (
                            "consented_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                help_text="who asked the person",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("consent_withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "consent_withdrawn_by",
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
                        ("added_at", models.DateTimeField(editable=False)),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                editable=False,
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
                audit.operations.CreateTracked(
                    name="DocumentContent",
                    fields=[
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="content",
                                serialize=False,
                                to="patients.document",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patients.patient"
                            ),
                        ),
                        ("content", models.BinaryField()),
                    ],
                    options={
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="SearchEntry",
                    fields=[
                        (
                            "patient",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="search",
                                serialize=False,
                                to="patients.patient",
                            ),
                        ),
                        ("names", models.TextField(help_text="preferred and legal name, folded")),
                        (
                            "reach",
                            models.TextField(
                                help_text="record number after an n, digits of phones, email addresses, between spaces"
                            ),
                        ),
                        ("born", models.DateField(null=True)),
                    ],
                    options={
                        "verbose_name_plural": "search entries",
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["names"], name="people_by_name", opclasses=["gin_trgm_ops"]
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["reach"], name="people_by_reach", opclasses=["gin_trgm_ops"]
                            ),
                            models.Index(fields=["born"], name="people_by_birth_date"),
                        ],
                        "constraints": [],
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
                            models.CharField(
                                blank=True, help_text="in the person's words: sister, sponsor", max_length=100
                            ),
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
                                blank=True,
                                editable=False,
                                help_text="limits in the person's own words",
                                max_length=500,
                            ),
                        ),
                        (
                            "permission_given_at",
                            models.DateTimeField(blank=True, editable=False, help_text="in writing", null=True),
                        ),
                        (
                            "permission_given_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
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
                                blank=True,
                                db_index=False,
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
                        "indexes": [models.Index(fields=["patient"], name="supporters_of_a_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("permission_given_at__isnull", True), ("permission_given_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("permission_given_at__isnull", False), ("permission_given_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_permission_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="permission_given_at and permission_given_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("do_not_contact_at__isnull", True), ("do_not_contact_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("do_not_contact_at__isnull", False), ("do_not_contact_by__isnull", False)
                                    ),
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
                                    (
                                        "may_know__contained_by",
                                        [
                                            "presence",
                                            "well_being",
                                            "visits",
                                            "appointments",
                                            "treatment",
                                            "medication",
                                            "leaving",
                                            "emergency",
                                        ],
                                    )
                                ),
                                name="what_a_supporter_may_know_is_named",
                                violation_error_code="unknown_permission",
                                violation_error_message="There is nothing of this name that a supporter may know.",
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
                                    models.Q(
                                        ("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)
                                    ),
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
                        ("name", models.CharField(max_length=200)),
                        (
                            "relation",
                            models.CharField(
                                blank=True, help_text="in the person's words: sister, sponsor", max_length=100
                            ),
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
                                blank=True,
                                editable=False,
                                help_text="limits in the person's own words",
                                max_length=500,
                            ),
                        ),
                        (
                            "permission_given_at",
                            models.DateTimeField(blank=True, editable=False, help_text="in writing", null=True),
                        ),
                        (
                            "permission_given_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                        ("do_not_contact_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                    name="SubstanceUse",
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
                                related_name="substance_uses",
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
                            "substance",
                            models.CharField(
                                choices=[
                                    ("9996", "None"),
                                    ("0201", "Alcohol"),
                                    ("0301", "Crack"),
                                    ("0302", "Cocaine, other"),
                                    ("0401", "Marijuana, hashish"),
                                    ("0501", "Heroin"),
                                    ("0601", "Non-prescription methadone"),
                                    ("0701", "Codeine"),
                                    ("0702", "Propoxyphene"),
                                    ("0703", "Oxycodone"),
                                    ("0704", "Meperidine"),
                                    ("0705", "Hydromorphone"),
                                    ("0706", "Morphine or other opioid"),
                                    ("0707", "Pentazocine"),
                                    ("0708", "Hydrocodone"),
                                    ("0709", "Tramadol"),
                                    ("0710", "Buprenorphine"),
                                    ("0801", "PCP"),
                                    ("0901", "LSD"),
                                    ("0902", "DMT, mescaline, psilocybin, other"),
                                    ("1001", "Methamphetamine"),
                                    ("1101", "Amphetamine"),
                                    ("1103", "MDMA"),
                                    ("1109", "Bath salts, other amphetamine"),
                                    ("1201", "Other stimulant"),
                                    ("1202", "Methylphenidate"),
                                    ("1301", "Alprazolam"),
                                    ("1302", "Chlordiazepoxide"),
                                    ("1303", "Clorazepate"),
                                    ("1304", "Diazepam"),
                                    ("1305", "Flurazepam"),
                                    ("1306", "Lorazepam"),
                                    ("1307", "Triazolam"),
                                    ("1308", "Other benzodiazepine"),
                                    ("1309", "Flunitrazepam"),
                                    ("1310", "Clonazepam"),
                                    ("1401", "Meprobamate"),
                                    ("1403", "Other tranquilizer"),
                                    ("1501", "Phenobarbital"),
                                    ("1502", "Secobarbital with amobarbital"),
                                    ("1503", "Secobarbital"),
                                    ("1509", "Other barbiturate"),
                                    ("1601", "Ethchlorvynol"),
                                    ("1602", "Glutethimide"),
                                    ("1603", "Methaqualone"),
                                    ("1604", "Other sedative or hypnotic"),
                                    ("1701", "Aerosols"),
                                    ("1702", "Nitrites (poppers)"),
                                    ("1703", "Gasoline, glue, other inhalant"),
                                    ("1704", "Solvents"),
                                    ("1705", "Anesthetic gas, nitrous oxide"),
                                    ("1801", "Diphenhydramine"),
                                    ("1809", "Over-the-counter, including DXM"),
                                    ("2001", "Phenytoin"),
                                    ("2002", "Synthetic cannabinoid, other"),
                                    ("2003", "GHB, GBL"),
                                    ("2004", "Ketamine"),
                                    ("9997", "Unknown"),
                                ],
                                max_length=4,
                            ),
                        ),
                        (
                            "rank",
                            models.CharField(
                                blank=True,
                                choices=[("1", "Primary"), ("2", "Secondary"), ("3", "Tertiary")],
                                help_text="stays with the substance until changed",
                                max_length=1,
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[
                                    ("1", "Swallowed"),
                                    ("2", "Smoked"),
                                    ("3", "Snorted or inhaled"),
                                    ("4", "Injected"),
                                    ("20", "Other"),
                                    ("97", "Unknown"),
                                ],
                                default="97",
                                max_length=2,
                            ),
                        ),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("1", "No use in the past month"),
                                    ("2", "1-3 days in the past month"),
                                    ("3", "1-2 days in the past week"),
                                    ("4", "3-6 days in the past week"),
                                    ("5", "Daily"),
                                    ("97", "Unknown"),
                                ],
                                default="97",
                                max_length=2,
                            ),
                        ),
                        (
                            "days_used",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="of the last 30 days",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                            ),
                        ),
                        (
                            "amount",
                            models.CharField(
                                blank=True, help_text="purity and route unknown: as told", max_length=200
                            ),
                        ),
                        (
                            "usual_dose_mg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="mg at a time, as told; purity unknown",
                                max_digits=7,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0.1")),
                                    django.core.validators.MaxValueValidator(Decimal("99999")),
                                ],
                            ),
                        ),
                        ("first_used_on", models.DateField(blank=True, null=True)),
                        (
                            "age_first_used",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="years, at first use",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(120),
                                ],
                            ),
                        ),
                        ("last_used_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "setting",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("alone", "Alone"),
                                    ("friends", "At home with others"),
                                    ("party", "Club, party or festival"),
                                    ("public", "In public or outdoors"),
                                    ("work", "At work or school"),
                                    ("clinic", "In a clinic, supervised"),
                                    ("other", "Elsewhere"),
                                    ("unknown", "Unknown"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("setting_in_words", models.CharField(blank=True, max_length=200)),
                        (
                            "used_for",
                            models.CharField(
                                blank=True, help_text="what it is for, such as bladder pain or sleep", max_length=200
                            ),
                        ),
                        ("prescribed", models.BooleanField(blank=True, null=True)),
                        (
                            "tolerance",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("rising", "Rising"),
                                    ("stable", "Stable"),
                                    ("falling", "Falling"),
                                    ("unknown", "Unknown"),
                                ],
                                help_text="the amount that is needed",
                                max_length=10,
                            ),
                        ),
                        ("tolerance_in_words", models.CharField(blank=True, max_length=200)),
                        (
                            "dose_was_mg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="mg at a time, before it rose or fell",
                                max_digits=7,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0.1")),
                                    django.core.validators.MaxValueValidator(Decimal("99999")),
                                ],
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("person", "The person"),
                                    ("ambulance", "Ambulance"),
                                    ("hospital", "Hospital"),
                                    ("other_provider", "Another provider"),
                                    ("bystander", "Somebody who was there"),
                                    ("test", "A test"),
                                ],
                                max_length=20,
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
                        "indexes": [models.Index(fields=["patient", "-noted_at"], name="use_of_a_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("last_used_at", None),
                                    ("last_used_at__lte", models.F("noted_at")),
                                    _connector="OR",
                                ),
                                name="use_is_not_in_the_future",
                                violation_error_code="use_in_the_future",
                                violation_error_message="The last use is after the time it was noted.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("days_used", None), ("days_used__lte", 30), _connector="OR"),
                                    models.Q(("age_first_used", None), ("age_first_used__lte", 120), _connector="OR"),
                                    models.Q(("usual_dose_mg", None), ("usual_dose_mg__gt", 0), _connector="OR"),
                                    models.Q(("dose_was_mg", None), ("dose_was_mg__gt", 0), _connector="OR"),
                                ),
                                name="use_is_counted_in_what_can_be",
                                violation_error_code="out_of_range",
                                violation_error_message="A number of days, an age or a dose is outside of what can be.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("entered_in_error_at", None), models.Q(("rank", ""), _negated=True)
                                ),
                                fields=("patient", "rank"),
                                name="one_substance_per_rank",
                                violation_error_code="rank_taken",
                                violation_error_message="Another substance has this rank. Rank each substance once.",
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
                                name="substanceuse_error_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_substanceusehistory" ("age_first_used", "amount", "days_used", "dose_was_mg", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "first_used_on", "frequency", "id", "last_used_at", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed", "rank", "route", "setting", "setting_in_words", "source", "substance", "tolerance", "tolerance_in_words", "used_for", "usual_dose_mg", "version") VALUES (NEW."age_first_used", NEW."amount", NEW."days_used", NEW."dose_was_mg", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."first_used_on", NEW."frequency", NEW."id", NEW."last_used_at", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."prescribed", NEW."rank", NEW."route", NEW."setting", NEW."setting_in_words", NEW."source", NEW."substance", NEW."tolerance", NEW."tolerance_in_words", NEW."used_for", NEW."usual_dose_mg", NEW."version"); RETURN NULL;',
                                    hash="02b8de6d66687c846ed1ce9049ed39035f7bb773",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b7cf8",
                                    table="patients_substanceuse",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patients_substanceusehistory" ("age_first_used", "amount", "days_used", "dose_was_mg", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "first_used_on", "frequency", "id", "last_used_at", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed", "rank", "route", "setting", "setting_in_words", "source", "substance", "tolerance", "tolerance_in_words", "used_for", "usual_dose_mg", "version") VALUES (NEW."age_first_used", NEW."amount", NEW."days_used", NEW."dose_was_mg", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."first_used_on", NEW."frequency", NEW."id", NEW."last_used_at", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."prescribed", NEW."rank", NEW."route", NEW."setting", NEW."setting_in_words", NEW."source", NEW."substance", NEW."tolerance", NEW."tolerance_in_words", NEW."used_for", NEW."usual_dose_mg", NEW."version"); RETURN NULL;',
                                    hash="ca34ceae6d28dcd3da067581d627446c7867ef98",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_96ab6",
                                    table="patients_substanceuse",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_substanceusehistory" ("age_first_used", "amount", "days_used", "dose_was_mg", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "first_used_on", "frequency", "id", "last_used_at", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed", "rank", "route", "setting", "setting_in_words", "source", "substance", "tolerance", "tolerance_in_words", "used_for", "usual_dose_mg", "version") VALUES (OLD."age_first_used", OLD."amount", OLD."days_used", OLD."dose_was_mg", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."first_used_on", OLD."frequency", OLD."id", OLD."last_used_at", OLD."noted_at", OLD."noted_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."prescribed", OLD."rank", OLD."route", OLD."setting", OLD."setting_in_words", OLD."source", OLD."substance", OLD."tolerance", OLD."tolerance_in_words", OLD."used_for", OLD."usual_dose_mg", OLD."version"); RETURN NULL;',
                                    hash="13122c28259301351450848dd2f4681c3be7480b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_95a9f",
                                    table="patients_substanceuse",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="SubstanceUseHistory",
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
                                to="patients.substanceuse",
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
                            "substance",
                            models.CharField(
                                choices=[
                                    ("9996", "None"),
                                    ("0201", "Alcohol"),
                                    ("0301", "Crack"),
                                    ("0302", "Cocaine, other"),
                                    ("0401", "Marijuana, hashish"),
                                    ("0501", "Heroin"),
                                    ("0601", "Non-prescription methadone"),
                                    ("0701", "Codeine"),
                                    ("0702", "Propoxyphene"),
                                    ("0703", "Oxycodone"),
                                    ("0704", "Meperidine"),
                                    ("0705", "Hydromorphone"),
                                    ("0706", "Morphine or other opioid"),
                                    ("0707", "Pentazocine"),
                                    ("0708", "Hydrocodone"),
                                    ("0709", "Tramadol"),
                                    ("0710", "Buprenorphine"),
                                    ("0801", "PCP"),
                                    ("0901", "LSD"),
                                    ("0902", "DMT, mescaline, psilocybin, other"),
                                    ("1001", "Methamphetamine"),
                                    ("1101", "Amphetamine"),
                                    ("1103", "MDMA"),
                                    ("1109", "Bath salts, other amphetamine"),
                                    ("1201", "Other stimulant"),
                                    ("1202", "Methylphenidate"),
                                    ("1301", "Alprazolam"),
                                    ("1302", "Chlordiazepoxide"),
                                    ("1303", "Clorazepate"),
                                    ("1304", "Diazepam"),
                                    ("1305", "Flurazepam"),
                                    ("1306", "Lorazepam"),
                                    ("1307", "Triazolam"),
                                    ("1308", "Other benzodiazepine"),
                                    ("1309", "Flunitrazepam"),
                                    ("1310", "Clonazepam"),
                                    ("1401", "Meprobamate"),
                                    ("1403", "Other tranquilizer"),
                                    ("1501", "Phenobarbital"),
                                    ("1502", "Secobarbital with amobarbital"),
                                    ("1503", "Secobarbital"),
                                    ("1509", "Other barbiturate"),
                                    ("1601", "Ethchlorvynol"),
                                    ("1602", "Glutethimide"),
                                    ("1603", "Methaqualone"),
                                    ("1604", "Other sedative or hypnotic"),
                                    ("1701", "Aerosols"),
                                    ("1702", "Nitrites (poppers)"),
                                    ("1703", "Gasoline, glue, other inhalant"),
                                    ("1704", "Solvents"),
                                    ("1705", "Anesthetic gas, nitrous oxide"),
                                    ("1801", "Diphenhydramine"),
                                    ("1809", "Over-the-counter, including DXM"),
                                    ("2001", "Phenytoin"),
                                    ("2002", "Synthetic cannabinoid, other"),
                                    ("2003", "GHB, GBL"),
                                    ("2004", "Ketamine"),
                                    ("9997", "Unknown"),
                                ],
                                max_length=4,
                            ),
                        ),
                        (
                            "rank",
                            models.CharField(
                                blank=True,
                                choices=[("1", "Primary"), ("2", "Secondary"), ("3", "Tertiary")],
                                help_text="stays with the substance until changed",
                                max_length=1,
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[
                                    ("1", "Swallowed"),
                                    ("2", "Smoked"),
                                    ("3", "Snorted or inhaled"),
                                    ("4", "Injected"),
                                    ("20", "Other"),
                                    ("97", "Unknown"),
                                ],
                                default="97",
                                max_length=2,
                            ),
                        ),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("1", "No use in the past month"),
                                    ("2", "1-3 days in the past month"),
                                    ("3", "1-2 days in the past week"),
                                    ("4", "3-6 days in the past week"),
                                    ("5", "Daily"),
                                    ("97", "Unknown"),
                                ],
                                default="97",
                                max_length=2,
                            ),
                        ),
                        (
                            "days_used",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="of the last 30 days",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                            ),
                        ),
                        (
                            "amount",
                            models.CharField(
                                blank=True, help_text="purity and route unknown: as told", max_length=200
                            ),
                        ),
                        (
                            "usual_dose_mg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="mg at a time, as told; purity unknown",
                                max_digits=7,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0.1")),
                                    django.core.validators.MaxValueValidator(Decimal("99999")),
                                ],
                            ),
                        ),
                        ("first_used_on", models.DateField(blank=True, null=True)),
                        (
                            "age_first_used",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="years, at first use",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(120),
                                ],
                            ),
                        ),
                        ("last_used_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "setting",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("alone", "Alone"),
                                    ("friends", "At home with others"),
                                    ("party", "Club, party or festival"),
                                    ("public", "In public or outdoors"),
                                    ("work", "At work or school"),
                                    ("clinic", "In a clinic, supervised"),
                                    ("other", "Elsewhere"),
                                    ("unknown", "Unknown"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("setting_in_words", models.CharField(blank=True, max_length=200)),
                        (
                            "used_for",
                            models.CharField(
                                blank=True, help_text="what it is for, such as bladder pain or sleep", max_length=200
                            ),
                        ),
                        ("prescribed", models.BooleanField(blank=True, null=True)),
                        (
                            "tolerance",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("rising", "Rising"),
                                    ("stable", "Stable"),
                                    ("falling", "Falling"),
                                    ("unknown", "Unknown"),
                                ],
                                help_text="the amount that is needed",
                                max_length=10,
                            ),
                        ),
                        ("tolerance_in_words", models.CharField(blank=True, max_length=200)),
                        (
                            "dose_was_mg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="mg at a time, before it rose or fell",
                                max_digits=7,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0.1")),
                                    django.core.validators.MaxValueValidator(Decimal("99999")),
                                ],
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("person", "The person"),
                                    ("ambulance", "Ambulance"),
                                    ("hospital", "Hospital"),
                                    ("other_provider", "Another provider"),
                                    ("bystander", "Somebody who was there"),
                                    ("test", "A test"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                audit.operations.CreateTracked(
                    name="UseScreening",
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
                                related_name="use_screenings",
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
                            "ketamine",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="ketamine",
                            ),
                        ),
                        (
                            "alcohol",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="alcohol",
                            ),
                        ),
                        (
                            "ghb",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="ghb",
                            ),
                        ),
                        (
                            "benzodiazepines",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="benzodiazepines",
                            ),
                        ),
                        (
                            "opioids",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="opioids, also for bladder pain",
                            ),
                        ),
                        (
                            "stimulants",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="stimulants",
                            ),
                        ),
                        (
                            "cannabis",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="cannabis",
                            ),
                        ),
                        (
                            "mdma",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="mdma",
                            ),
                        ),
                        (
                            "hallucinogens",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="other hallucinogens and dissociatives: lsd, psilocybin, pcp, dxm, analogs",
                            ),
                        ),
                        (
                            "setting",
                            models.CharField(
                                choices=[
                                    ("alone", "Alone"),
                                    ("friends", "At home with others"),
                                    ("party", "Club, party or festival"),
                                    ("public", "In public or outdoors"),
                                    ("work", "At work or school"),
                                    ("clinic", "In a clinic, supervised"),
                                    ("other", "Elsewhere"),
                                    ("unknown", "Unknown"),
                                ],
                                default="unknown",
                                max_length=10,
                            ),
                        ),
                        ("setting_in_words", models.CharField(blank=True, max_length=200)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("person", "The person"),
                                    ("ambulance", "Ambulance"),
                                    ("hospital", "Hospital"),
                                    ("other_provider", "Another provider"),
                                    ("bystander", "Somebody who was there"),
                                    ("test", "A test"),
                                ],
                                max_length=20,
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
                        "indexes": [models.Index(fields=["patient", "-screened_at"], name="screenings_of_a_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("alcohol__in", ["yes", "no", "unknown", "declined"]),
                                    ("benzodiazepines__in", ["yes", "no", "unknown", "declined"]),
                                    ("cannabis__in", ["yes", "no", "unknown", "declined"]),
                                    ("ghb__in", ["yes", "no", "unknown", "declined"]),
                                    ("hallucinogens__in", ["yes", "no", "unknown", "declined"]),
                                    ("ketamine__in", ["yes", "no", "unknown", "declined"]),
                                    ("mdma__in", ["yes", "no", "unknown", "declined"]),
                                    ("opioids__in", ["yes", "no", "unknown", "declined"]),
                                    ("stimulants__in", ["yes", "no", "unknown", "declined"]),
                                ),
                                name="every_substance_was_asked_about",
                                violation_error_code="not_asked",
                                violation_error_message="Ask about each substance of the list.",
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
                                name="usescreening_error_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_usescreeninghistory" ("alcohol", "benzodiazepines", "cannabis", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "ghb", "hallucinogens", "id", "ketamine", "mdma", "opioids", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "screened_at", "screened_by_id", "setting", "setting_in_words", "source", "stimulants", "version") VALUES (NEW."alcohol", NEW."benzodiazepines", NEW."cannabis", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."ghb", NEW."hallucinogens", NEW."id", NEW."ketamine", NEW."mdma", NEW."opioids", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."screened_at", NEW."screened_by_id", NEW."setting", NEW."setting_in_words", NEW."source", NEW."stimulants", NEW."version"); RETURN NULL;',
                                    hash="8dd191b3fd74039817487a1b7cbafd6e5fa917e4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9cd35",
                                    table="patients_usescreening",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "patients_usescreeninghistory" ("alcohol", "benzodiazepines", "cannabis", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "ghb", "hallucinogens", "id", "ketamine", "mdma", "opioids", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "screened_at", "screened_by_id", "setting", "setting_in_words", "source", "stimulants", "version") VALUES (NEW."alcohol", NEW."benzodiazepines", NEW."cannabis", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."ghb", NEW."hallucinogens", NEW."id", NEW."ketamine", NEW."mdma", NEW."opioids", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."screened_at", NEW."screened_by_id", NEW."setting", NEW."setting_in_words", NEW."source", NEW."stimulants", NEW."version"); RETURN NULL;',
                                    hash="ad57469f555b6f8d8bf9d3f4dfbd100014a9bb8d",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b667e",
                                    table="patients_usescreening",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "patients_usescreeninghistory" ("alcohol", "benzodiazepines", "cannabis", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "ghb", "hallucinogens", "id", "ketamine", "mdma", "opioids", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "screened_at", "screened_by_id", "setting", "setting_in_words", "source", "stimulants", "version") VALUES (OLD."alcohol", OLD."benzodiazepines", OLD."cannabis", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."ghb", OLD."hallucinogens", OLD."id", OLD."ketamine", OLD."mdma", OLD."opioids", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."screened_at", OLD."screened_by_id", OLD."setting", OLD."setting_in_words", OLD."source", OLD."stimulants", OLD."version"); RETURN NULL;',
                                    hash="7cf1c5317d5af31d42c9fdc79297db3aaea0fdfd",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_0205d",
                                    table="patients_usescreening",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="UseScreeningHistory",
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
                                to="patients.usescreening",
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
                            "ketamine",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="ketamine",
                            ),
                        ),
                        (
                            "alcohol",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="alcohol",
                            ),
                        ),
                        (
                            "ghb",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="ghb",
                            ),
                        ),
                        (
                            "benzodiazepines",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="benzodiazepines",
                            ),
                        ),
                        (
                            "opioids",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="opioids, also for bladder pain",
                            ),
                        ),
                        (
                            "stimulants",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="stimulants",
                            ),
                        ),
                        (
                            "cannabis",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="cannabis",
                            ),
                        ),
                        (
                            "mdma",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="mdma",
                            ),
                        ),
                        (
                            "hallucinogens",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("no", "No"),
                                    ("unknown", "Does not know"),
                                    ("declined", "Would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="other hallucinogens and dissociatives: lsd, psilocybin, pcp, dxm, analogs",
                            ),
                        ),
                        (
                            "setting",
                            models.CharField(
                                choices=[
                                    ("alone", "Alone"),
                                    ("friends", "At home with others"),
                                    ("party", "Club, party or festival"),
                                    ("public", "In public or outdoors"),
                                    ("work", "At work or school"),
                                    ("clinic", "In a clinic, supervised"),
                                    ("other", "Elsewhere"),
                                    ("unknown", "Unknown"),
                                ],
                                default="unknown",
                                max_length=10,
                            ),
                        ),
                        ("setting_in_words", models.CharField(blank=True, max_length=200)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("person", "The person"),
                                    ("ambulance", "Ambulance"),
                                    ("hospital", "Hospital"),
                                    ("other_provider", "Another provider"),
                                    ("bystander", "Somebody who was there"),
                                    ("test", "A test"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("screened_at", models.DateTimeField()),
                        (
                            "screened_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
