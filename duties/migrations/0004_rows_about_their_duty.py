"""What the clock writes about a duty is checked against the duty, a statement at a time (docs/decisions/0024)."""

import django.db.models.deletion
from django.db import migrations, models

from audit.operations import Together


def about(to, **options):
    """A key that the triggers below hold."""
    return models.ForeignKey(
        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to=to, **options
    )


PERSON = {"blank": True, "null": True, "related_name": "+"}

EDGES = """
CREATE FUNCTION edge_is_about_its_duty() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM written
            LEFT JOIN duties_duty duty ON duty.id = written.duty_id
            LEFT JOIN accounts_user doer ON doer.id = written.by_id
        WHERE duty.id IS NULL OR written.patient_id IS DISTINCT FROM duty.patient_id OR doer.id IS NULL
    ) THEN
        RAISE EXCEPTION 'what happened to a duty is about its person, and was done by somebody'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_edge_is_about_its_duty';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER edge_is_about_its_duty AFTER INSERT ON duties_dutyevent
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION edge_is_about_its_duty();
"""
NOTICES = """
CREATE FUNCTION notice_is_about_its_duty() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM written LEFT JOIN duties_duty duty ON duty.id = written.duty_id
        WHERE duty.id IS NULL OR written.facility_id <> duty.facility_id
            OR written.patient_id IS DISTINCT FROM duty.patient_id
    ) THEN
        RAISE EXCEPTION 'a notice is about the person and the place of its duty'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_notice_is_about_its_duty';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER notice_is_about_its_duty AFTER INSERT ON duties_notice
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION notice_is_about_its_duty();
"""
STAYS = """
CREATE FUNCTION it_stays_about_the_same() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'what this is about never changes' USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
END $$;
CREATE TRIGGER duty_stays_with_its_person BEFORE UPDATE OF patient_id, facility_id ON duties_duty
    FOR EACH ROW WHEN ((OLD.patient_id, OLD.facility_id) IS DISTINCT FROM (NEW.patient_id, NEW.facility_id))
    EXECUTE FUNCTION it_stays_about_the_same('a_duty_stays_with_its_person');
CREATE TRIGGER notice_stays_with_its_duty BEFORE UPDATE OF duty_id, patient_id, facility_id ON duties_notice
    FOR EACH ROW WHEN ((OLD.duty_id, OLD.patient_id, OLD.facility_id)
                       IS DISTINCT FROM (NEW.duty_id, NEW.patient_id, NEW.facility_id))
    EXECUTE FUNCTION it_stays_about_the_same('a_notice_stays_with_its_duty');
"""
REMOVED = """
CREATE FUNCTION duty_stays_with_its_history() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM duties_dutyevent WHERE duty_id = OLD.id)
        OR EXISTS (SELECT FROM duties_notice WHERE duty_id = OLD.id)
    THEN
        RAISE EXCEPTION 'something was written about this duty'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_duty_stays_with_its_history';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER duty_stays_with_its_history AFTER DELETE ON duties_duty
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION duty_stays_with_its_history();
"""


class Migration(migrations.Migration):
    dependencies = [("duties", "0003_open_duties_by_ladder")]

    operations = [
        Together(
            [
                migrations.AlterField("dutyevent", "duty", about("duties.duty", related_name="events")),
                migrations.AlterField("dutyevent", "patient", about("patients.patient", **PERSON)),
                migrations.AlterField("dutyevent", "by", about("accounts.user", related_name="+")),
                migrations.AlterField("notice", "duty", about("duties.duty", related_name="notices")),
                migrations.AlterField("notice", "facility", about("accounts.facility", related_name="+")),
                migrations.AlterField("notice", "patient", about("patients.patient", **PERSON)),
            ]
        ),
        migrations.RunSQL(EDGES, "DROP FUNCTION edge_is_about_its_duty CASCADE"),
        migrations.RunSQL(NOTICES, "DROP FUNCTION notice_is_about_its_duty CASCADE"),
        migrations.RunSQL(STAYS, "DROP FUNCTION it_stays_about_the_same CASCADE"),
        migrations.RunSQL(REMOVED, "DROP FUNCTION duty_stays_with_its_history CASCADE"),
    ]
