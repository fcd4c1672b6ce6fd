from django.db import migrations

from audit.operations import append_only, frozen, kept

TABLES = [
    "treatment_handover",
    "treatment_clearance",
    "treatment_conversation",
    "treatment_intake",
    "treatment_program",
    "treatment_placement",
    "treatment_absence",
    "treatment_unit",
    "treatment_bed",
    "treatment_bedstay",
    "treatment_session",
    "treatment_sessionnote",
    "treatment_discharge",
]
ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]

# The lock covers what was signed, named column by named column: an error mark, and later a co-signature,
# stay possible. The session the note is about is locked with it.
SESSIONS = """
CREATE FUNCTION session_of_signed_note() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (to_jsonb(OLD) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
        IS DISTINCT FROM
       (to_jsonb(NEW) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
       AND EXISTS (
           SELECT FROM treatment_sessionnote
           WHERE session_id = OLD.id AND signed_at IS NOT NULL AND entered_in_error_at IS NULL)
    THEN
        RAISE EXCEPTION 'the note of this session is signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_session_with_a_signed_note_never_changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_session_of_signed_note BEFORE UPDATE ON treatment_session
    FOR EACH ROW EXECUTE FUNCTION session_of_signed_note();
"""


class Migration(migrations.Migration):
    dependencies = [("treatment", "0001_initial"), ("duties", "0002_rules")]

    operations = [
        kept(*TABLES, "treatment_checklist"),
        append_only(*(f"{table}history" for table in TABLES), by_trigger=True),
        frozen(
            "treatment_sessionnote",
            when="OLD.signed_at IS NOT NULL",
            name="a_signed_note_never_changes",
            message="a signed note never changes",
            except_columns=ERROR,
        ),
        migrations.RunSQL(SESSIONS, "DROP FUNCTION session_of_signed_note() CASCADE"),
        frozen(
            "treatment_checklist",
            when="TRUE",
            name="a_checklist_never_changes",
            message="a checklist never changes",
        ),
    ]
