from django.db import migrations

from audit.operations import Together


def may_change(table, name, message, columns):
    """The lock of rows of this table, with other columns that may still change."""
    kept = ", ".join(f"'{column}'" for column in columns)
    function = f"{table}_{name}"[:63]
    return f"""
    CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        IF (to_jsonb(OLD) - ARRAY[{kept}]) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY[{kept}]) THEN
            RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
        END IF;
        RETURN NEW;
    END $$;
    """


MARKED = ["version", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]
SETTLED = ["settled_at", "settled_by_id", "settled_reason"]
ANSWERS = ("treatment_assessment", "an_answered_assessment_never_changes", "answers never change")
SCREENS = ("treatment_suicidescreen", "a_suicide_screen_never_changes", "answers never change")
OF_SCREENS = [*MARKED, *SETTLED, "settled", "safety_plan"]


class Migration(migrations.Migration):
    # What was settled by a screen that was a mistake is owed again, by another duty: the answers stay locked.

    dependencies = [
        ("treatment", "0004_what_an_admission_reports"),
    ]

    operations = [
        Together(
            [
                migrations.RunSQL(
                    may_change(*ANSWERS, [*MARKED, *SETTLED, "duty_id"]),
                    may_change(*ANSWERS, [*MARKED, *SETTLED]),
                ),
                migrations.RunSQL(
                    may_change(*SCREENS, [*OF_SCREENS, "duty_id"]),
                    may_change(*SCREENS, OF_SCREENS),
                ),
            ]
        )
    ]
