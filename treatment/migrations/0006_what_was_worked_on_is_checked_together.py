from django.db import migrations

# What was worked on is locked with the note. Asked once for all that a statement writes: a group's is written at once.
WORKED_ON_OF_DRAFTS = """
DROP FUNCTION worked_on_of_a_draft CASCADE;
CREATE FUNCTION worked_on_of_drafts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    sessions uuid[] := ARRAY(SELECT session_id FROM written);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        sessions := sessions || ARRAY(SELECT session_id FROM was);
    END IF;
    IF EXISTS (
        WITH notes AS MATERIALIZED (
            SELECT signed_at, entered_in_error_at FROM treatment_sessionnote
            WHERE session_id = ANY(sessions) ORDER BY id FOR NO KEY UPDATE)
        SELECT FROM notes WHERE signed_at IS NOT NULL AND entered_in_error_at IS NULL)
    THEN
        RAISE EXCEPTION 'the note of this session is signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_worked_on_is_locked_with_the_note';
    END IF;
    IF EXISTS (
        SELECT FROM written w WHERE w.objective_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM treatment_objective o JOIN treatment_session s ON s.episode_id = o.episode_id
            WHERE o.id = w.objective_id AND s.id = w.session_id))
    THEN
        RAISE EXCEPTION 'an objective of somebody else'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_rating_is_of_the_persons_own_plan';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER worked_on_of_drafts AFTER INSERT ON treatment_sessionobjective
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION worked_on_of_drafts();
CREATE TRIGGER worked_on_of_drafts_still AFTER UPDATE ON treatment_sessionobjective
    REFERENCING OLD TABLE AS was NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION worked_on_of_drafts();
"""


class Migration(migrations.Migration):
    dependencies = [("treatment", "0005_what_a_mistake_settled_is_owed_again")]

    operations = [migrations.RunSQL(WORKED_ON_OF_DRAFTS)]
