"""What holds of people and their episodes whatever the code does: triggers, and what `web` may not change."""

from django.db import migrations

from audit.operations import append_only, frozen, kept

# The readable table is Episode.NEXT; a test walks every pair of stages and compares.
EPISODE_STEPS = """
CREATE FUNCTION episode_steps() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.stage <> 'referred' THEN
            RAISE EXCEPTION 'an episode begins as referred, not as %', NEW.stage
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_episode_begins_as_referred';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.patient_id <> OLD.patient_id THEN
        RAISE EXCEPTION 'an episode keeps its person'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_episode_keeps_its_person';
    END IF;
    IF NEW.stage IS DISTINCT FROM OLD.stage THEN
        IF (OLD.stage, NEW.stage) NOT IN (('referred', 'stabilizing'), ('referred', 'engaging'), ('referred', 'intake'), ('referred', 'closed'), ('stabilizing', 'engaging'), ('stabilizing', 'intake'), ('stabilizing', 'treatment'), ('stabilizing', 'closed'), ('engaging', 'intake'), ('engaging', 'aftercare'), ('engaging', 'stabilizing'), ('engaging', 'closed'), ('intake', 'treatment'), ('intake', 'stabilizing'), ('intake', 'closed'), ('treatment', 'aftercare'), ('treatment', 'stabilizing'), ('treatment', 'closed'), ('aftercare', 'treatment'), ('aftercare', 'closed')) THEN
            RAISE EXCEPTION 'from % to % is no step', OLD.stage, NEW.stage
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_stage_is_never_skipped';
        END IF;
        IF NEW.stage_at < OLD.stage_at THEN
            RAISE EXCEPTION 'a step is not before the last'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_step_is_not_before_the_last';
        END IF;
    ELSIF NEW.stage_at IS DISTINCT FROM OLD.stage_at OR NEW.stage_by_id IS DISTINCT FROM OLD.stage_by_id THEN
        RAISE EXCEPTION 'when and by whom a step was taken changes only with the step'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_stage_is_never_skipped';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER episode_steps BEFORE INSERT OR UPDATE ON patients_episode
    FOR EACH ROW EXECUTE FUNCTION episode_steps();
"""

EPISODE_EVENT = """
-- As definer: `web` may not write steps itself, so a step can be neither forged nor forgotten.
CREATE FUNCTION episode_event() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO patients_episodeevent (patient_id, facility_id, episode_id, from_stage, to_stage, at, by_id, reason)
    VALUES (NEW.patient_id, NEW.facility_id, NEW.id,
            CASE WHEN TG_OP = 'INSERT' THEN '' ELSE OLD.stage END,
            NEW.stage, NEW.stage_at, NEW.stage_by_id, NEW.stage_reason);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION episode_event() FROM PUBLIC;
CREATE TRIGGER episode_begun AFTER INSERT ON patients_episode
    FOR EACH ROW EXECUTE FUNCTION episode_event();
CREATE TRIGGER episode_stepped AFTER UPDATE OF stage ON patients_episode
    FOR EACH ROW WHEN (OLD.stage IS DISTINCT FROM NEW.stage) EXECUTE FUNCTION episode_event();
"""

CRITERIA_OF_SET = """
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

REFRESH_SEARCH = """
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
"""

PATIENT_SEARCH = """
CREATE FUNCTION patient_search() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM refresh_search(CASE TG_TABLE_NAME WHEN 'patients_patient' THEN (to_jsonb(NEW) ->> 'id')::uuid
                                              ELSE (to_jsonb(NEW) ->> 'patient_id')::uuid END);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION patient_search() FROM PUBLIC;
CREATE TRIGGER search_of_reached AFTER INSERT OR UPDATE OF value, channel, entered_in_error_at, patient_id
    ON patients_contactpoint FOR EACH ROW EXECUTE FUNCTION patient_search();
CREATE TRIGGER search_of_changed AFTER UPDATE OF preferred_name, legal_name, birth_date ON patients_patient
    FOR EACH ROW WHEN ((OLD.preferred_name, OLD.legal_name, OLD.birth_date)
        IS DISTINCT FROM (NEW.preferred_name, NEW.legal_name, NEW.birth_date))
    EXECUTE FUNCTION patient_search();
CREATE TRIGGER search_of_new AFTER INSERT ON patients_patient FOR EACH ROW EXECUTE FUNCTION patient_search();
"""

SEARCH_ALIKE = """
-- Names written a little differently; half the letters in common is little enough for short names.
CREATE FUNCTION search_alike(folded text) RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = public, pg_temp SET pg_trgm.word_similarity_threshold = 0.4 AS $$
    -- The longest word finds, by the index; the others are looked for in what it found.
    SELECT patient_id FROM patients_searchentry
    WHERE names %> (SELECT word FROM unnest(string_to_array(folded, ' ')) AS word ORDER BY length(word) DESC LIMIT 1)
      AND names %> ALL (string_to_array(folded, ' '))
$$;
"""

PATIENT_RULES = """
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
    dependencies = [("patients", "0001_tables"), ("accounts", "0002_triggers")]
    operations = [
        kept(
            "patients_access",
            "patients_allergy",
            "patients_circumstances",
            "patients_condition",
            "patients_contactpoint",
            "patients_criteriaassessment",
            "patients_criteriaset",
            "patients_document",
            "patients_episode",
            "patients_patient",
            "patients_substanceuse",
            "patients_supporter",
            "patients_usescreening",
        ),
        append_only("patients_documentcontent"),
        append_only(
            "patients_accesshistory",
            "patients_allergyhistory",
            "patients_circumstanceshistory",
            "patients_conditionhistory",
            "patients_contactpointhistory",
            "patients_criteriaassessmenthistory",
            "patients_documenthistory",
            "patients_episodeevent",
            "patients_episodehistory",
            "patients_patienthistory",
            "patients_searchentry",
            "patients_substanceusehistory",
            "patients_supporterhistory",
            "patients_usescreeninghistory",
            by_trigger=True,
        ),
        frozen(
            "patients_criteriaset",
            when="TRUE",
            name="a_criteria_set_never_changes",
            message="a criteria set never changes",
        ),
        migrations.RunSQL(EPISODE_STEPS, "DROP FUNCTION episode_steps CASCADE"),
        migrations.RunSQL(EPISODE_EVENT, "DROP FUNCTION episode_event CASCADE"),
        migrations.RunSQL(CRITERIA_OF_SET, "DROP FUNCTION criteria_of_set CASCADE"),
        migrations.RunSQL(REFRESH_SEARCH, "DROP FUNCTION refresh_search CASCADE"),
        migrations.RunSQL(PATIENT_SEARCH, "DROP FUNCTION patient_search CASCADE"),
        migrations.RunSQL(SEARCH_ALIKE, "DROP FUNCTION search_alike CASCADE"),
        migrations.RunSQL(PATIENT_RULES, "DROP FUNCTION patient_rules CASCADE"),
    ]
