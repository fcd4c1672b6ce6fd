import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from audit.operations import Together

# Of each bed that is there already the history says when it was set up; before, nobody had said it.
SET_UP = """
UPDATE treatment_bedhistory SET in_use_from = NULL;
UPDATE treatment_bed SET in_use_from = known.since
FROM (SELECT pgh_obj_id, min(pgh_created_at) AS since FROM treatment_bedhistory GROUP BY pgh_obj_id) AS known
WHERE known.pgh_obj_id = treatment_bed.id
"""

# As on what stands to the left: on a record that was a mistake nothing begins.
NOTHING_NEW = "".join(
    f"CREATE TRIGGER nothing_new_on_a_mistake BEFORE INSERT ON treatment_{table}"
    " FOR EACH ROW EXECUTE FUNCTION nothing_new_on_a_mistake();"
    for table in ("educationgiven", "legalstatus", "medicationcheck", "medicationstatement", "prescribedketamine")
)


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0004_records_that_nobody_is"),
        ("treatment", "0009_units_are_locked_or_not"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="bed",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="bed",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="bed",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="bed",
                    name="in_use_from",
                    field=models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        help_text="when it was set up; empty: before anybody wrote it down",
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="bedhistory",
                    name="in_use_from",
                    field=models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        help_text="when it was set up; empty: before anybody wrote it down",
                        null=True,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedhistory" ("id", "in_use_from", "label", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (NEW."id", NEW."in_use_from", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."unit_id", NEW."version"); RETURN NULL;',
                            hash="4be7c39b5c0377e56860cbd38b3559b9935c5eee",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_54ee4",
                            table="treatment_bed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_bedhistory" ("id", "in_use_from", "label", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (NEW."id", NEW."in_use_from", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."unit_id", NEW."version"); RETURN NULL;',
                            hash="07e54a09b496b15e87f52d4b41db2a520f144e37",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6ecb9",
                            table="treatment_bed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedhistory" ("id", "in_use_from", "label", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (OLD."id", OLD."in_use_from", OLD."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."unit_id", OLD."version"); RETURN NULL;',
                            hash="458f80d11a6c2ff3c3656a019c15fd5bac43de8c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_72ca9",
                            table="treatment_bed",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.RunSQL(SET_UP, migrations.RunSQL.noop),
                migrations.RunSQL(NOTHING_NEW, migrations.RunSQL.noop),
            ]
        )
    ]
