"""What a group shared is kept as it was, also once its signed notes were marked as entered in error."""

from django.db import migrations


def of_notes(which):
    """What keeps the shared text of a group as it is: a signed note of it, out of `which` notes."""
    return f"""
CREATE OR REPLACE FUNCTION group_of_signed_note() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (to_jsonb(OLD) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
        IS DISTINCT FROM
       (to_jsonb(NEW) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
       AND EXISTS (
           SELECT FROM treatment_sessionnote n JOIN treatment_session s ON s.id = n.session_id
           WHERE s.group_id = OLD.id AND n.signed_at IS NOT NULL AND {which})
    THEN
        RAISE EXCEPTION 'a note of this group was signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_shared_text_that_was_signed_never_changes';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("treatment", "0025_asked_after_discharge")]

    operations = [migrations.RunSQL(of_notes("true"), of_notes("n.entered_in_error_at IS NULL"))]
