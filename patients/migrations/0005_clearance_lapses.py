import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.operations

# As in 0002, and from the talk back to stabilizing: whoever gets worse while engaging is sent to hospital.
NEXT = {
    "referred": ["stabilizing", "engaging", "intake", "closed"],
    "stabilizing": ["engaging", "intake", "treatment", "closed"],
    "engaging": ["intake", "aftercare", "stabilizing", "closed"],
    "intake": ["treatment", "stabilizing", "closed"],
    "treatment": ["aftercare", "stabilizing", "closed"],
    "aftercare": ["treatment", "closed"],
    "closed": [],
}
steps = ", ".join(f"('{here}', '{there}')" for here, followers in NEXT.items() for there in followers)

STEPS = f"""
CREATE OR REPLACE FUNCTION episode_steps() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.stage <> 'referred' THEN
            RAISE EXCEPTION 'an episode begins as referred, not as %', NEW.stage
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_episode_begins_as_referred';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.patient_id <> OLD.patient_id THEN
        RAISE EXCEPTION 'an episode keeps its person'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_episode_keeps_its_person';
    END IF;
    IF NEW.stage IS DISTINCT FROM OLD.stage THEN
        IF (OLD.stage, NEW.stage) NOT IN ({steps}) THEN
            RAISE EXCEPTION 'from % to % is no step', OLD.stage, NEW.stage
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_stage_is_never_skipped';
        END IF;
        IF NEW.stage_at < OLD.stage_at THEN
            RAISE EXCEPTION 'a step is not before the last'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_step_is_not_before_the_last';
        END IF;
    ELSIF NEW.stage_at IS DISTINCT FROM OLD.stage_at OR NEW.stage_by_id IS DISTINCT FROM OLD.stage_by_id THEN
        RAISE EXCEPTION 'when and by whom a step was taken changes only with the step'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_stage_is_never_skipped';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rules"),
        ("accounts", "__first__"),
        ("patients", "0004_what_was_asked"),
    ]

    together = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="episode",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="episode",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="episode",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="episode",
            name="clearance_lapses_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="episodehistory",
            name="clearance_lapses_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="episode",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "patients_episodehistory" ("clearance_basis", "clearance_lapses_at", "cleared_at", "cleared_by_id", "close_reason", "closed_at", "closed_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry", "facility_id", "id", "opened_at", "opened_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "stage", "stage_at", "stage_by_id", "stage_reason", "version") VALUES (NEW."clearance_basis", NEW."clearance_lapses_at", NEW."cleared_at", NEW."cleared_by_id", NEW."close_reason", NEW."closed_at", NEW."closed_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."entry", NEW."facility_id", NEW."id", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."previous_id", NEW."stage", NEW."stage_at", NEW."stage_by_id", NEW."stage_reason", NEW."version"); RETURN NULL;',
                    hash="d4dcc5fb4681f52df30b7343c497f5d4755d8fbb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4e146",
                    table="patients_episode",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="episode",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "patients_episodehistory" ("clearance_basis", "clearance_lapses_at", "cleared_at", "cleared_by_id", "close_reason", "closed_at", "closed_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry", "facility_id", "id", "opened_at", "opened_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "stage", "stage_at", "stage_by_id", "stage_reason", "version") VALUES (NEW."clearance_basis", NEW."clearance_lapses_at", NEW."cleared_at", NEW."cleared_by_id", NEW."close_reason", NEW."closed_at", NEW."closed_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."entry", NEW."facility_id", NEW."id", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."previous_id", NEW."stage", NEW."stage_at", NEW."stage_by_id", NEW."stage_reason", NEW."version"); RETURN NULL;',
                    hash="e06a5cf0565cacaa300ee07d7df49c26a35c93e1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_86f64",
                    table="patients_episode",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="episode",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "patients_episodehistory" ("clearance_basis", "clearance_lapses_at", "cleared_at", "cleared_by_id", "close_reason", "closed_at", "closed_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry", "facility_id", "id", "opened_at", "opened_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "stage", "stage_at", "stage_by_id", "stage_reason", "version") VALUES (OLD."clearance_basis", OLD."clearance_lapses_at", OLD."cleared_at", OLD."cleared_by_id", OLD."close_reason", OLD."closed_at", OLD."closed_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."entry", OLD."facility_id", OLD."id", OLD."opened_at", OLD."opened_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."previous_id", OLD."stage", OLD."stage_at", OLD."stage_by_id", OLD."stage_reason", OLD."version"); RETURN NULL;',
                    hash="4d4f16c2d234f9b15e44ba146df460ad5d9564aa",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_07210",
                    table="patients_episode",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "treatment"), _negated=True),
                    ("clearance_lapses_at", None),
                    ("clearance_lapses_at__gt", models.F("stage_at")),
                    _connector="OR",
                ),
                name="treatment_begins_before_clearance_lapses",
                violation_error_code="clearance_lapsed",
                violation_error_message="The clearance is too old. Look at the person again before treatment begins.",
            ),
        ),
        migrations.RunSQL(STEPS, migrations.RunSQL.noop),
    ]
    operations = [audit.operations.Together(together)]
