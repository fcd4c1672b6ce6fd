"""Whether a note is signed is asked while it is locked: one question for a rating instead of two."""

from django.db import migrations

ONCE = """
CREATE OR REPLACE FUNCTION worked_on_of_a_draft() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    signed boolean;
BEGIN
    SELECT bool_or(signed_at IS NOT NULL AND entered_in_error_at IS NULL) INTO signed FROM (
        SELECT signed_at, entered_in_error_at FROM treatment_sessionnote
        WHERE session_id IN (NEW.session_id, OLD.session_id) FOR NO KEY UPDATE) AS locked;
    IF signed THEN
        RAISE EXCEPTION 'the note of this session is signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_worked_on_is_locked_with_the_note';
    END IF;
    IF NEW.objective_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM treatment_objective o JOIN treatment_session s ON s.episode_id = o.episode_id
        WHERE o.id = NEW.objective_id AND s.id = NEW.session_id)
    THEN
        RAISE EXCEPTION 'an objective of somebody else'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_rating_is_of_the_persons_own_plan';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("treatment", "0027_notes_by_author")]

    operations = [migrations.RunSQL(ONCE, migrations.RunSQL.noop)]
