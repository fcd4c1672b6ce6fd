"""A duty that ends asks everything it may stand for in one question: four triggers cost more than what they asked."""

from django.db import migrations

# What 0016 and 0021 asked in triggers of their own joins the question of 0023. A batch that looks made up is looked at
# even when what is owed is canceled: that alone is asked then.
ONE = r"""
DO $$
DECLARE
    asked text := (SELECT prosrc FROM pg_proc WHERE oid = 'duty_is_answered_for()'::regprocedure);
BEGIN
    asked := substring(asked FROM 'FROM \((SELECT .*)\) AS unanswered');
    EXECUTE format($f$
        CREATE OR REPLACE FUNCTION duty_is_answered_for() RETURNS trigger LANGUAGE plpgsql
            SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $body$
        DECLARE
            waiting text;
        BEGIN
            IF NEW.outcome = 'resolved' THEN
                SELECT name INTO waiting FROM (
                    SELECT 'a_batch_is_looked_at'::text FROM treatment_roundbatch
                    WHERE duty_id = NEW.id AND looked_at IS NULL
                    UNION ALL %s
                    UNION ALL SELECT 'rounds_go_on'::text FROM treatment_roundorder
                    WHERE duty_id = NEW.id AND entered_in_error_at IS NULL
                    UNION ALL SELECT 'rounds_go_on'::text FROM treatment_roundorder
                    WHERE review_duty_id = NEW.id AND entered_in_error_at IS NULL
                    UNION ALL SELECT 'a_scheduled_assessment_is_asked'::text FROM treatment_scheduledassessment
                    WHERE duty_id = NEW.id) AS unanswered (name) LIMIT 1;
            ELSE
                SELECT 'a_batch_is_looked_at'::text INTO waiting FROM treatment_roundbatch
                WHERE duty_id = NEW.id AND looked_at IS NULL LIMIT 1;
            END IF;
            IF FOUND THEN
                RAISE EXCEPTION 'what this duty stands for has no answer yet'
                    USING ERRCODE = 'check_violation', CONSTRAINT = waiting;
            END IF;
            RETURN NULL;
        END $body$
    $f$, asked);
END $$;
DROP TRIGGER b_is_answered ON duties_duty;
DROP FUNCTION rounds_go_on() CASCADE;
DROP FUNCTION batch_is_looked_at() CASCADE;
DROP FUNCTION assessment_is_asked() CASCADE;
CREATE TRIGGER b_is_answered AFTER UPDATE OF closed_at, outcome ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL)
    EXECUTE FUNCTION duty_is_answered_for();
"""


class Migration(migrations.Migration):
    dependencies = [("treatment", "0032_a_use_not_in_the_catalog")]

    operations = [migrations.RunSQL(ONE, migrations.RunSQL.noop)]
