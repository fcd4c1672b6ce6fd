"""What asks whether a duty may end is asked once, and only when one ends: the clock moves thousands a second."""

from django.db import migrations

# Each row that a duty stands for had a trigger of its own (duty_is_answered in 0007), and each of them wrote its
# question anew: twenty of them took half a millisecond a duty. Their arguments become one question.
ONE = """
DO $$
DECLARE
    found record;
    said text[];
    asked text[] := '{}';
BEGIN
    FOR found IN SELECT tgname, tgargs FROM pg_trigger
        WHERE tgrelid = 'duties_duty'::regclass AND tgfoid = 'duty_is_answered()'::regprocedure ORDER BY tgname
    LOOP
        said := string_to_array(encode(found.tgargs, 'escape'), '\\000');
        asked := asked || format(
            'SELECT %L::text FROM %I WHERE %I = NEW.id AND %I IS NULL AND entered_in_error_at IS NULL',
            said[4], said[1], said[2], said[3]);
        EXECUTE format('DROP TRIGGER %I ON duties_duty', found.tgname);
    END LOOP;
    EXECUTE format($f$
        CREATE FUNCTION duty_is_answered_for() RETURNS trigger LANGUAGE plpgsql
            SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $body$
        DECLARE
            waiting text;
        BEGIN
            SELECT name INTO waiting FROM (%s) AS unanswered (name) LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'what this duty stands for has no answer yet'
                    USING ERRCODE = 'check_violation', CONSTRAINT = waiting;
            END IF;
            RETURN NULL;
        END $body$
    $f$, array_to_string(asked, ' UNION ALL '));
    CREATE TRIGGER b_is_answered AFTER UPDATE OF closed_at, outcome ON duties_duty
        FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
        EXECUTE FUNCTION duty_is_answered_for();
    FOR found IN SELECT tgname, pg_get_triggerdef(oid) AS words FROM pg_trigger
        WHERE tgrelid = 'duties_duty'::regclass AND NOT tgisinternal AND tgname LIKE 'b\\_%'
        AND pg_get_triggerdef(oid) LIKE '%AFTER UPDATE ON%'
    LOOP
        EXECUTE format('DROP TRIGGER %I ON duties_duty', found.tgname);
        EXECUTE replace(found.words, 'AFTER UPDATE ON', 'AFTER UPDATE OF closed_at, outcome ON');
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("treatment", "0022_medication_errors_and_first_levels"), ("duties", "0007_fewer_indexes")]

    operations = [migrations.RunSQL(ONE, migrations.RunSQL.noop)]
