from django.db import migrations, models

from audit.operations import Together, frozen

REFRESH_SEARCH = """
CREATE OR REPLACE FUNCTION refresh_search(person uuid) RETURNS void LANGUAGE plpgsql
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
    FROM patients_patient p WHERE p.id = person AND p.entered_in_error_at IS NULL
    ON CONFLICT (patient_id) DO UPDATE SET names = EXCLUDED.names, reach = EXCLUDED.reach, born = EXCLUDED.born;
    -- A record that was a mistake is found by nothing.
    DELETE FROM patients_searchentry s USING patients_patient p
    WHERE s.patient_id = person AND p.id = person AND p.entered_in_error_at IS NOT NULL;
END $$;
DROP TRIGGER search_of_changed ON patients_patient;
CREATE TRIGGER search_of_changed AFTER UPDATE OF preferred_name, legal_name, birth_date, entered_in_error_at
    ON patients_patient FOR EACH ROW
    WHEN ((OLD.preferred_name, OLD.legal_name, OLD.birth_date, OLD.entered_in_error_at)
        IS DISTINCT FROM (NEW.preferred_name, NEW.legal_name, NEW.birth_date, NEW.entered_in_error_at))
    EXECUTE FUNCTION patient_search();
"""

NOTHING_NEW = """
-- What begins on a person begins on none who is nobody; whatever else there is hangs on one of these.
CREATE FUNCTION nothing_new_on_a_mistake() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM patients_patient WHERE id = NEW.patient_id AND entered_in_error_at IS NOT NULL) THEN
        RAISE EXCEPTION 'this record was a mistake'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_record_in_error_takes_nothing_new';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION somebody_it_is_about() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM patients_episode WHERE patient_id = NEW.id AND entered_in_error_at IS NULL) THEN
        RAISE EXCEPTION 'a thread on this record counts'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'what_counts_has_somebody_it_is_about';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER somebody_it_is_about BEFORE UPDATE OF entered_in_error_at ON patients_patient FOR EACH ROW
    WHEN (OLD.entered_in_error_at IS NULL AND NEW.entered_in_error_at IS NOT NULL)
    EXECUTE FUNCTION somebody_it_is_about();
""" + "".join(
    f"CREATE TRIGGER nothing_new_on_a_mistake BEFORE INSERT ON patients_{table}"
    " FOR EACH ROW EXECUTE FUNCTION nothing_new_on_a_mistake();"
    for table in (
        "allergy",
        "circumstances",
        "condition",
        "contactpoint",
        "criteriaassessment",
        "document",
        "episode",
        "substanceuse",
        "supporter",
        "usescreening",
    )
)


class Migration(migrations.Migration):
    dependencies = [("patients", "0003_detailed_living_arrangements")]

    operations = [
        Together(
            [
                migrations.AddIndex(
                    model_name="patient",
                    index=models.Index(
                        condition=models.Q(("entered_in_error_at__isnull", False)),
                        fields=["id"],
                        name="records_in_error",
                    ),
                ),
                migrations.RunSQL(REFRESH_SEARCH, migrations.RunSQL.noop),
                migrations.RunSQL(
                    NOTHING_NEW,
                    "DROP FUNCTION nothing_new_on_a_mistake() CASCADE; DROP FUNCTION somebody_it_is_about() CASCADE",
                ),
                frozen(
                    "patients_patient",
                    when="OLD.entered_in_error_at IS NOT NULL",
                    name="a_record_in_error_takes_nothing_new",
                    message="this record was a mistake",
                ),
            ]
        )
    ]
