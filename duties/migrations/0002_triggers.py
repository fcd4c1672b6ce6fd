"""What holds of the promise and the clock whatever the code does: triggers, and what `web` may not change."""

from django.db import migrations

from audit.operations import append_only, frozen, kept

# The promise. The episode row is locked before the count: without the lock two sessions can each close one
# of the last two duties and both commit. Definer, so that what `web` may see never changes the answer.
KEEP_PROMISE = """
CREATE FUNCTION keep_promise(promised uuid) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    is_open boolean;
BEGIN
    SELECT stage <> 'closed' AND entered_in_error_at IS NULL INTO is_open
        FROM patients_episode WHERE id = promised FOR NO KEY UPDATE;
    IF is_open AND NOT EXISTS (
        SELECT FROM duties_duty WHERE episode_id = promised AND keeps_thread AND closed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'episode % is open and nothing is owed', promised
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_open_episode_has_an_open_duty';
    END IF;
END $$;
REVOKE ALL ON FUNCTION keep_promise(uuid) FROM PUBLIC;
"""

PROMISE_OF_EPISODE = """
CREATE FUNCTION promise_of_episode() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM keep_promise(NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER promise_on_opening AFTER INSERT ON patients_episode
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION promise_of_episode();
CREATE CONSTRAINT TRIGGER promise_on_step AFTER UPDATE ON patients_episode
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.stage IS DISTINCT FROM NEW.stage
          OR OLD.entered_in_error_at IS DISTINCT FROM NEW.entered_in_error_at)
    EXECUTE FUNCTION promise_of_episode();
"""

PROMISE_OF_DUTY = """
CREATE FUNCTION promise_of_duty() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM keep_promise(OLD.episode_id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER promise_on_duty_closed AFTER UPDATE OF closed_at, keeps_thread, episode_id ON duties_duty
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.episode_id IS NOT NULL AND OLD.keeps_thread AND OLD.closed_at IS NULL
          AND (NEW.closed_at IS NOT NULL OR NOT NEW.keeps_thread
               OR NEW.episode_id IS DISTINCT FROM OLD.episode_id))
    EXECUTE FUNCTION promise_of_duty();
CREATE CONSTRAINT TRIGGER promise_on_duty_removed AFTER DELETE ON duties_duty
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.episode_id IS NOT NULL AND OLD.keeps_thread) EXECUTE FUNCTION promise_of_duty();
"""

DUTY_FOLLOWS_LADDER = """
-- Whether a duty keeps the thread is its ladder's word, never the writer's.
CREATE FUNCTION duty_follows_ladder() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.keeps_thread AND NOT (SELECT keeps_thread FROM duties_ladder WHERE id = NEW.ladder_id) THEN
        RAISE EXCEPTION 'this ladder keeps no thread'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_a_thread_ladder_keeps_the_thread';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER duty_follows_ladder BEFORE INSERT ON duties_duty
    FOR EACH ROW WHEN (NEW.keeps_thread) EXECUTE FUNCTION duty_follows_ladder();
CREATE TRIGGER duty_follows_ladder_still BEFORE UPDATE OF keeps_thread, ladder_id ON duties_duty
    FOR EACH ROW WHEN (NEW.keeps_thread AND (NOT OLD.keeps_thread OR NEW.ladder_id <> OLD.ladder_id))
    EXECUTE FUNCTION duty_follows_ladder();
"""

LADDER_PUBLISHING = """
CREATE FUNCTION ladder_publishing() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM duties_rung r WHERE r.ladder_id = NEW.id AND r.repeat IS NOT NULL
            AND r.position = (SELECT max(position) FROM duties_rung WHERE ladder_id = NEW.id)
    ) THEN
        RAISE EXCEPTION 'the last rung repeats'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'the_last_rung_repeats';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ladder_publishing AFTER INSERT OR UPDATE ON duties_ladder
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.published_at IS NOT NULL) EXECUTE FUNCTION ladder_publishing();
"""

RUNG_OF_PUBLISHED_LADDER = """
CREATE FUNCTION rung_of_published_ladder() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT published_at FROM duties_ladder
        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.ladder_id ELSE NEW.ladder_id END) IS NOT NULL
       OR TG_OP = 'UPDATE' AND (SELECT published_at FROM duties_ladder WHERE id = OLD.ladder_id) IS NOT NULL
    THEN
        RAISE EXCEPTION 'a published ladder never changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_published_ladder_never_changes';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER a_rung_of_published_ladder BEFORE INSERT OR UPDATE OR DELETE ON duties_rung
    FOR EACH ROW EXECUTE FUNCTION rung_of_published_ladder();
"""


class Migration(migrations.Migration):
    replaces = [
        ("duties", "0001_initial"),
        ("duties", "0002_rules"),
        ("duties", "0003_indexes_of_the_timeline"),
        ("duties", "0004_calls_owed"),
        ("duties", "0005_ladders_that_stay_inside"),
        ("duties", "0006_what_was_added"),
        ("duties", "0007_fewer_indexes"),
        ("duties", "0008_fallback"),
        ("duties", "0009_pages"),
        ("duties", "0010_notices_in_line"),
        ("duties", "0011_notices_that_ring"),
        ("duties", "0012_fewer_indexes_under_the_clock"),
    ]
    dependencies = [("duties", "0001_tables"), ("accounts", "0002_triggers"), ("patients", "0002_triggers")]
    operations = [
        kept("duties_duty", "duties_ladder", "duties_notice", "duties_rung"),
        append_only("duties_dutyevent"),
        frozen(
            "duties_duty",
            when="OLD.closed_at IS NOT NULL",
            name="a_closed_duty_never_changes",
            message="a closed duty never changes",
        ),
        frozen(
            "duties_ladder",
            when="OLD.published_at IS NOT NULL",
            name="a_published_ladder_never_changes",
            message="a published ladder never changes",
        ),
        migrations.RunSQL(KEEP_PROMISE, "DROP FUNCTION keep_promise CASCADE"),
        migrations.RunSQL(PROMISE_OF_EPISODE, "DROP FUNCTION promise_of_episode CASCADE"),
        migrations.RunSQL(PROMISE_OF_DUTY, "DROP FUNCTION promise_of_duty CASCADE"),
        migrations.RunSQL(DUTY_FOLLOWS_LADDER, "DROP FUNCTION duty_follows_ladder CASCADE"),
        migrations.RunSQL(LADDER_PUBLISHING, "DROP FUNCTION ladder_publishing CASCADE"),
        migrations.RunSQL(RUNG_OF_PUBLISHED_LADDER, "DROP FUNCTION rung_of_published_ladder CASCADE"),
    ]
