import datetime

import django.contrib.postgres.indexes
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
import patients.models.people
from audit.operations import append_only, kept

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

SEARCH = """
-- As definer: `web` reads what people are found by, and writes it only by writing the person.
CREATE FUNCTION refresh_search(person uuid) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- Locked first, so that of two numbers written at once the second sees the first.
    PERFORM FROM patients_searchentry WHERE patient_id = person FOR UPDATE;
    INSERT INTO patients_searchentry (patient_id, names, reach, born)
    SELECT p.id, ' ' || search_folded(concat_ws(' ', p.preferred_name, p.legal_name)) || ' ',
           ' n' || p.number || ' ' || coalesce((SELECT string_agg(
               CASE c.channel WHEN 'email' THEN lower(btrim(c.value)) ELSE regexp_replace(c.value, '\\D', '', 'g') END,
               ' ' ORDER BY c.id) || ' '
               FROM patients_contactpoint c WHERE c.patient_id = p.id AND c.entered_in_error_at IS NULL), ''),
           p.birth_date
    FROM patients_patient p WHERE p.id = person
    ON CONFLICT (patient_id) DO UPDATE SET names = EXCLUDED.names, reach = EXCLUDED.reach, born = EXCLUDED.born;
END $$;
REVOKE ALL ON FUNCTION refresh_search(uuid) FROM PUBLIC;

CREATE FUNCTION patient_search() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM refresh_search(CASE TG_TABLE_NAME WHEN 'patients_patient' THEN (to_jsonb(NEW) ->> 'id')::uuid
                                              ELSE (to_jsonb(NEW) ->> 'patient_id')::uuid END);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION patient_search() FROM PUBLIC;
CREATE TRIGGER search_of_new AFTER INSERT ON patients_patient FOR EACH ROW EXECUTE FUNCTION patient_search();
CREATE TRIGGER search_of_changed AFTER UPDATE OF preferred_name, legal_name, birth_date ON patients_patient
    FOR EACH ROW WHEN ((OLD.preferred_name, OLD.legal_name, OLD.birth_date)
        IS DISTINCT FROM (NEW.preferred_name, NEW.legal_name, NEW.birth_date))
    EXECUTE FUNCTION patient_search();
CREATE TRIGGER search_of_reached AFTER INSERT OR UPDATE OF value, channel, entered_in_error_at, patient_id
    ON patients_contactpoint FOR EACH ROW EXECUTE FUNCTION patient_search();
SELECT refresh_search(id) FROM patients_patient;

-- Names written a little differently; half the letters in common is little enough for short names.
CREATE FUNCTION search_alike(folded text) RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = public, pg_temp SET pg_trgm.word_similarity_threshold = 0.4 AS $$
    -- The longest word finds, by the index; the others are looked for in what it found.
    SELECT patient_id FROM patients_searchentry
    WHERE names %> (SELECT word FROM unnest(string_to_array(folded, ' ')) AS word ORDER BY length(word) DESC LIMIT 1)
      AND names %> ALL (string_to_array(folded, ' '))
$$;

CREATE FUNCTION patient_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'a record number never changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_record_number_never_changes';
    END IF;
    IF OLD.birth_date IS NOT NULL AND NEW.birth_date IS DISTINCT FROM OLD.birth_date
        AND NEW.birth_date_corrected_at IS NOT DISTINCT FROM OLD.birth_date_corrected_at
    THEN
        RAISE EXCEPTION 'the birth date is set'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_birth_date_is_corrected_with_a_reason';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER patient_rules BEFORE UPDATE OF number, birth_date ON patients_patient
    FOR EACH ROW EXECUTE FUNCTION patient_rules();
"""
AWAY = "; ".join(
    f"DROP FUNCTION {one} CASCADE"
    for one in ("patient_rules()", "search_alike(text)", "patient_search()", "refresh_search(uuid)")
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rules"),
        ("patients", "0005_clearance_lapses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    together = [
        migrations.RunSQL(BEFORE, "DROP FUNCTION search_folded(text); DROP SEQUENCE patients_patient_number"),
        audit.operations.Together(
            [
                pgtrigger.migrations.RemoveTrigger(model_name="patient", name="insert_insert"),
                pgtrigger.migrations.RemoveTrigger(model_name="patient", name="update_update"),
                pgtrigger.migrations.RemoveTrigger(model_name="patient", name="delete_delete"),
                migrations.AddField(
                    model_name="patient",
                    name="birth_date_corrected_at",
                    field=models.DateTimeField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="patient",
                    name="birth_date_corrected_by",
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
                    model_name="patient",
                    name="birth_date_corrected_reason",
                    field=models.CharField(blank=True, editable=False, max_length=500),
                ),
                migrations.AddField(
                    model_name="patient",
                    name="breastfeeding",
                    field=models.CharField(
                        choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                        default="unknown",
                        editable=False,
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="patient",
                    name="education",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patient",
                    name="ethnicity",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patient",
                    name="gender",
                    field=models.CharField(blank=True, help_text="in the person’s own words", max_length=100),
                ),
                migrations.AddField(
                    model_name="patient",
                    name="gender_code",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patient", name="interpreter_needed", field=models.BooleanField(blank=True, null=True)
                ),
                migrations.AddField(
                    model_name="patient",
                    name="marital",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patient",
                    name="number",
                    field=models.PositiveIntegerField(
                        db_default=patients.models.people.NextNumber(),
                        editable=False,
                        help_text="the record number; six digits or more",
                        unique=True,
                    ),
                ),
                migrations.AddField(
                    model_name="patient",
                    name="pregnancy_noted_at",
                    field=models.DateTimeField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="patient",
                    name="pregnancy_noted_by",
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
                    model_name="patient",
                    name="pregnant",
                    field=models.CharField(
                        choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                        default="unknown",
                        editable=False,
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="patient", name="pronouns", field=models.CharField(blank=True, max_length=50)
                ),
                migrations.AddField(
                    model_name="patient",
                    name="race",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patient",
                    name="sex",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patient",
                    name="veteran",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patient",
                    name="weight_kg",
                    field=models.DecimalField(
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
                migrations.AddField(
                    model_name="patient",
                    name="weight_noted_at",
                    field=models.DateTimeField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="patient",
                    name="weight_noted_by",
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
                    model_name="patienthistory",
                    name="birth_date_corrected_at",
                    field=models.DateTimeField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="birth_date_corrected_by",
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
                    model_name="patienthistory",
                    name="birth_date_corrected_reason",
                    field=models.CharField(blank=True, editable=False, max_length=500),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="breastfeeding",
                    field=models.CharField(
                        choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                        default="unknown",
                        editable=False,
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="education",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patienthistory",
                    name="ethnicity",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patienthistory",
                    name="gender",
                    field=models.CharField(blank=True, help_text="in the person’s own words", max_length=100),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="gender_code",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patienthistory",
                    name="interpreter_needed",
                    field=models.BooleanField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="marital",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patienthistory",
                    name="number",
                    field=models.PositiveIntegerField(
                        db_default=patients.models.people.NextNumber(),
                        editable=False,
                        help_text="the record number; six digits or more",
                    ),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="pregnancy_noted_at",
                    field=models.DateTimeField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="pregnancy_noted_by",
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
                    model_name="patienthistory",
                    name="pregnant",
                    field=models.CharField(
                        choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                        default="unknown",
                        editable=False,
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="patienthistory", name="pronouns", field=models.CharField(blank=True, max_length=50)
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="race",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patienthistory",
                    name="sex",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patienthistory",
                    name="veteran",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="patienthistory",
                    name="weight_kg",
                    field=models.DecimalField(
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
                migrations.AddField(
                    model_name="patienthistory",
                    name="weight_noted_at",
                    field=models.DateTimeField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="weight_noted_by",
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
                    model_name="patient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_patienthistory" ("birth_date", "birth_date_corrected_at", "birth_date_corrected_by_id", "birth_date_corrected_reason", "breastfeeding", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "education", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "gender", "gender_code", "id", "interpreter_needed", "language", "legal_name", "marital", "merged_into_id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "pregnancy_noted_at", "pregnancy_noted_by_id", "pregnant", "pronouns", "race", "sex", "version", "veteran", "weight_kg", "weight_noted_at", "weight_noted_by_id", "zone") VALUES (NEW."birth_date", NEW."birth_date_corrected_at", NEW."birth_date_corrected_by_id", NEW."birth_date_corrected_reason", NEW."breastfeeding", NEW."death_confirmed_at", NEW."death_confirmed_by_id", NEW."death_reported_at", NEW."death_reported_by_id", NEW."education", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."gender", NEW."gender_code", NEW."id", NEW."interpreter_needed", NEW."language", NEW."legal_name", NEW."marital", NEW."merged_into_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."preferred_name", NEW."pregnancy_noted_at", NEW."pregnancy_noted_by_id", NEW."pregnant", NEW."pronouns", NEW."race", NEW."sex", NEW."version", NEW."veteran", NEW."weight_kg", NEW."weight_noted_at", NEW."weight_noted_by_id", NEW."zone"); RETURN NULL;',
                            hash="178f2b16181e1a587bdeb4de025cf00dc745dd39",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_62165",
                            table="patients_patient",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_patienthistory" ("birth_date", "birth_date_corrected_at", "birth_date_corrected_by_id", "birth_date_corrected_reason", "breastfeeding", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "education", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "gender", "gender_code", "id", "interpreter_needed", "language", "legal_name", "marital", "merged_into_id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "pregnancy_noted_at", "pregnancy_noted_by_id", "pregnant", "pronouns", "race", "sex", "version", "veteran", "weight_kg", "weight_noted_at", "weight_noted_by_id", "zone") VALUES (NEW."birth_date", NEW."birth_date_corrected_at", NEW."birth_date_corrected_by_id", NEW."birth_date_corrected_reason", NEW."breastfeeding", NEW."death_confirmed_at", NEW."death_confirmed_by_id", NEW."death_reported_at", NEW."death_reported_by_id", NEW."education", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."gender", NEW."gender_code", NEW."id", NEW."interpreter_needed", NEW."language", NEW."legal_name", NEW."marital", NEW."merged_into_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."preferred_name", NEW."pregnancy_noted_at", NEW."pregnancy_noted_by_id", NEW."pregnant", NEW."pronouns", NEW."race", NEW."sex", NEW."version", NEW."veteran", NEW."weight_kg", NEW."weight_noted_at", NEW."weight_noted_by_id", NEW."zone"); RETURN NULL;',
                            hash="ef34d3fad0fb090762e0a5bc891c14dc2dfde911",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_546ce",
                            table="patients_patient",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_patienthistory" ("birth_date", "birth_date_corrected_at", "birth_date_corrected_by_id", "birth_date_corrected_reason", "breastfeeding", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "education", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "gender", "gender_code", "id", "interpreter_needed", "language", "legal_name", "marital", "merged_into_id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "pregnancy_noted_at", "pregnancy_noted_by_id", "pregnant", "pronouns", "race", "sex", "version", "veteran", "weight_kg", "weight_noted_at", "weight_noted_by_id", "zone") VALUES (OLD."birth_date", OLD."birth_date_corrected_at", OLD."birth_date_corrected_by_id", OLD."birth_date_corrected_reason", OLD."breastfeeding", OLD."death_confirmed_at", OLD."death_confirmed_by_id", OLD."death_reported_at", OLD."death_reported_by_id", OLD."education", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."ethnicity", OLD."gender", OLD."gender_code", OLD."id", OLD."interpreter_needed", OLD."language", OLD."legal_name", OLD."marital", OLD."merged_into_id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."preferred_name", OLD."pregnancy_noted_at", OLD."pregnancy_noted_by_id", OLD."pregnant", OLD."pronouns", OLD."race", OLD."sex", OLD."version", OLD."veteran", OLD."weight_kg", OLD."weight_noted_at", OLD."weight_noted_by_id", OLD."zone"); RETURN NULL;',
                            hash="aa8ee78a5bc6a72d0217521502c654a13a115e38",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9898d",
                            table="patients_patient",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="patient",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("birth_date", None),
                            ("birth_date__lte", django.db.models.functions.datetime.Now()),
                            _connector="OR",
                        ),
                        name="nobody_is_born_in_the_future",
                        violation_error_code="born_in_the_future",
                        violation_error_message="This birth date is in the future.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="patient",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("birth_date", None), ("birth_date__gte", datetime.date(1900, 1, 1)), _connector="OR"
                        ),
                        name="nobody_was_born_before_1900",
                        violation_error_code="born_too_long_ago",
                        violation_error_message="This birth date is before 1900.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="patient",
                    constraint=models.CheckConstraint(
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
                ),
                migrations.AddConstraint(
                    model_name="patient",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("weight_kg", None),
                            models.Q(("weight_kg__gte", 1), ("weight_kg__lte", 500)),
                            _connector="OR",
                        ),
                        name="a_weight_is_plausible",
                        violation_error_code="weight_out_of_range",
                        violation_error_message="A weight is between 1 and 500 kg.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="patient",
                    constraint=models.CheckConstraint(
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
                ),
                migrations.AddConstraint(
                    model_name="patient",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pregnancy_noted_at__isnull", True), ("pregnancy_noted_by__isnull", True)),
                            models.Q(("pregnancy_noted_at__isnull", False), ("pregnancy_noted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_pregnancy_note_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="pregnancy_noted_at and pregnancy_noted_by are recorded together or not at all.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="patient",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("breastfeeding", "unknown"), ("pregnant", "unknown")),
                            ("pregnancy_noted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="pregnancy_and_breastfeeding_were_asked",
                        violation_error_code="half_recorded",
                        violation_error_message="Pregnancy and breastfeeding are recorded with when and by whom.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="patient",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("preferred_name__regex", "[^\\s\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]")
                        ),
                        name="a_name_can_be_seen",
                        violation_error_code="name_missing",
                        violation_error_message="Give a name that can be seen, or “Unknown”.",
                    ),
                ),
            ]
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
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "noted_by",
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
                        related_name="circumstances",
                        to="patients.patient",
                    ),
                ),
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
                            models.Q(("employment", "4"), models.Q(("not_in_labor_force", "96"), _negated=True)),
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
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
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
        migrations.CreateModel(
            name="CircumstancesHistory",
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
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
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
                        to="patients.circumstances",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
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
            },
        ),
        kept("patients_circumstances"),
        append_only("patients_circumstanceshistory", "patients_searchentry", by_trigger=True),
        migrations.RunSQL(SEARCH, AWAY),
    ]
    operations = [audit.operations.Together(together)]
