import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from audit.operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("treatment", "0008_danger_seen_on_a_round_ends_in_words"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="unit",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="unit",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="unit",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="unit",
                    name="locked",
                    field=models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="licensed to hold people against their will; an unlocked unit cannot hold anyone",
                    ),
                ),
                migrations.AddField(
                    model_name="unithistory",
                    name="locked",
                    field=models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="licensed to hold people against their will; an unlocked unit cannot hold anyone",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="unit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "locked", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (NEW."facility_id", NEW."id", NEW."locked", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."version"); RETURN NULL;',
                            hash="7d6e851a5e21c76d54ed004af4f29cd6df1c1f4a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d4465",
                            table="treatment_unit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="unit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "locked", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (NEW."facility_id", NEW."id", NEW."locked", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."program_id", NEW."version"); RETURN NULL;',
                            hash="55045de7bc2c18391c6b8570c38572ad2c411964",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c76ab",
                            table="treatment_unit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="unit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "locked", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (OLD."facility_id", OLD."id", OLD."locked", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."version"); RETURN NULL;',
                            hash="0c417f225dc89d04f89f6fa86cb466c0814b025a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_00392",
                            table="treatment_unit",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
