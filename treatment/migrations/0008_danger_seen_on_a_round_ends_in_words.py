from django.db import migrations

# What a round saw has no row that waits for words: a screen since then is where they are.
SELF_HARM_IS_ASKED_ABOUT = """
CREATE FUNCTION self_harm_is_asked_about() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM treatment_suicidescreen
        WHERE episode_id = NEW.episode_id AND NOT declined AND entered_in_error_at IS NULL
            AND screened_at >= NEW.opened_at
    ) THEN
        RAISE EXCEPTION 'nobody was asked about suicide since'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'self_harm_is_asked_about';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER self_harm_is_asked_about AFTER UPDATE OF closed_at, outcome ON duties_duty
    FOR EACH ROW
    WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved' AND NEW.once LIKE 'self_harm:%')
    EXECUTE FUNCTION self_harm_is_asked_about();
"""
# So is the second asking of somebody who declined, whatever came of it.
WHOEVER_DECLINED_IS_ASKED_AGAIN = """
CREATE FUNCTION whoever_declined_is_asked_again() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM treatment_suicidescreen
        WHERE episode_id = NEW.episode_id AND entered_in_error_at IS NULL AND screened_at > NEW.opened_at
    ) THEN
        RAISE EXCEPTION 'nobody asked again'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'whoever_declined_is_asked_again';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER whoever_declined_is_asked_again AFTER UPDATE OF closed_at, outcome ON duties_duty
    FOR EACH ROW
    WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved' AND NEW.once LIKE 'ask_again:%')
    EXECUTE FUNCTION whoever_declined_is_asked_again();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("treatment", "0007_people_leave_before_treatment"),
        ("duties", "0004_rows_about_their_duty"),
    ]

    operations = [
        migrations.RunSQL(SELF_HARM_IS_ASKED_ABOUT, "DROP FUNCTION self_harm_is_asked_about CASCADE"),
        migrations.RunSQL(WHOEVER_DECLINED_IS_ASKED_AGAIN, "DROP FUNCTION whoever_declined_is_asked_again CASCADE"),
    ]
