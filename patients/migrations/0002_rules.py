from django.db import migrations

from audit.operations import append_only, kept

# The readable table is Episode.NEXT; a test walks every pair of stages and compares.
NEXT = {
    "referred": ["stabilizing", "engaging", "intake", "closed"],
    "stabilizing": ["engaging", "intake", "treatment", "closed"],
    "engaging": ["intake", "aftercare", "closed"],
    "intake": ["treatment", "stabilizing", "closed"],
    "treatment": ["aftercare", "stabilizing", "closed"],
    "aftercare": ["treatment", "closed"],
    "closed": [],
}
steps = ", ".join(f"('{here}', '{there}')" for here, followers in NEXT.items() for there in followers)

STAGES = f"""
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
        IF (OLD.stage, NEW.stage) NOT IN ({steps}) THEN
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


class Migration(migrations.Migration):
    dependencies = [("patients", "0001_initial"), ("accounts", "0002_rules")]

    operations = [
        kept(
            "patients_patient",
            "patients_access",
            "patients_episode",
            "patients_contactpoint",
            "patients_substanceuse",
        ),
        migrations.RunSQL(STAGES, "DROP FUNCTION episode_steps() CASCADE; DROP FUNCTION episode_event() CASCADE"),
        append_only(
            "patients_episodeevent",
            "patients_accesshistory",
            "patients_patienthistory",
            "patients_episodehistory",
            "patients_contactpointhistory",
            "patients_substanceusehistory",
            by_trigger=True,
        ),
    ]
