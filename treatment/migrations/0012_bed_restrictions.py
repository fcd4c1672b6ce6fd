import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.operations


class Migration(migrations.Migration):
    dependencies = [
        ("treatment", "0011_ketamine_medication_and_private_screens"),
    ]

    together = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="bedstay",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="bedstay",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="bedstay",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="offer",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="offer",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="offer",
            name="delete_delete",
        ),
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
            model_name="bedstay",
            name="override",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own_word", "They say of themselves that they belong there"),
                    ("safer", "They are safer there"),
                    ("care", "The care they need is only given there"),
                    ("no_other", "No other bed is free"),
                ],
                editable=False,
                help_text="why, where the bed is for others",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="bedstayhistory",
            name="override",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own_word", "They say of themselves that they belong there"),
                    ("safer", "They are safer there"),
                    ("care", "The care they need is only given there"),
                    ("no_other", "No other bed is free"),
                ],
                editable=False,
                help_text="why, where the bed is for others",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="bed_override",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own_word", "They say of themselves that they belong there"),
                    ("safer", "They are safer there"),
                    ("care", "The care they need is only given there"),
                    ("no_other", "No other bed is free"),
                ],
                help_text="why, where the bed is for others",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="offerhistory",
            name="bed_override",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own_word", "They say of themselves that they belong there"),
                    ("safer", "They are safer there"),
                    ("care", "The care they need is only given there"),
                    ("no_other", "No other bed is free"),
                ],
                help_text="why, where the bed is for others",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="only_for",
            field=models.CharField(
                blank=True,
                choices=[("women", "Women"), ("men", "Men"), ("pregnant", "People who are pregnant")],
                help_text="whom its beds are kept for; empty: anybody",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="unithistory",
            name="only_for",
            field=models.CharField(
                blank=True,
                choices=[("women", "Women"), ("men", "Men"), ("pregnant", "People who are pregnant")],
                help_text="whom its beds are kept for; empty: anybody",
                max_length=10,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bedstay",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_bedstayhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "held_until_at", "id", "move_reason", "override", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "version") VALUES (NEW."bed_id", NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."held_until_at", NEW."id", NEW."move_reason", NEW."override", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."version"); RETURN NULL;',
                    hash="b1b0b72153e50088f9bb0488a43e32378901ac07",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6a590",
                    table="treatment_bedstay",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bedstay",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_bedstayhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "held_until_at", "id", "move_reason", "override", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "version") VALUES (NEW."bed_id", NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."held_until_at", NEW."id", NEW."move_reason", NEW."override", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."version"); RETURN NULL;',
                    hash="7e6191575a230309337bb094ec9938d38b126f3e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_aedbf",
                    table="treatment_bedstay",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bedstay",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_bedstayhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "held_until_at", "id", "move_reason", "override", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "version") VALUES (OLD."bed_id", OLD."began_at", OLD."began_by_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."held_until_at", OLD."id", OLD."move_reason", OLD."override", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."version"); RETURN NULL;',
                    hash="494c0f4a2307ebf78931bd94c9b97a1cc90166ad",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d3127",
                    table="treatment_bedstay",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_offerhistory" ("bed_id", "bed_override", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry_id", "episode_id", "facility_id", "id", "note", "offered_at", "offered_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "until_at", "version") VALUES (NEW."bed_id", NEW."bed_override", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."entry_id", NEW."episode_id", NEW."facility_id", NEW."id", NEW."note", NEW."offered_at", NEW."offered_by_id", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."until_at", NEW."version"); RETURN NULL;',
                    hash="eddbaa1c28264c6dc8bfcba210704743ed8f10bb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d6cde",
                    table="treatment_offer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_offerhistory" ("bed_id", "bed_override", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry_id", "episode_id", "facility_id", "id", "note", "offered_at", "offered_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "until_at", "version") VALUES (NEW."bed_id", NEW."bed_override", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."entry_id", NEW."episode_id", NEW."facility_id", NEW."id", NEW."note", NEW."offered_at", NEW."offered_by_id", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."program_id", NEW."until_at", NEW."version"); RETURN NULL;',
                    hash="e29e13e9e54586d39002385d3ee492d1e85c3dfa",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a2af0",
                    table="treatment_offer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_offerhistory" ("bed_id", "bed_override", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry_id", "episode_id", "facility_id", "id", "note", "offered_at", "offered_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "until_at", "version") VALUES (OLD."bed_id", OLD."bed_override", OLD."duty_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."entry_id", OLD."episode_id", OLD."facility_id", OLD."id", OLD."note", OLD."offered_at", OLD."offered_by_id", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."until_at", OLD."version"); RETURN NULL;',
                    hash="ac70b1de7c4dc6cdf481b21ecc231ab380e03d78",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c3ae4",
                    table="treatment_offer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "name", "only_for", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (NEW."facility_id", NEW."id", NEW."name", NEW."only_for", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."version"); RETURN NULL;',
                    hash="425316940b5ed77170100f1653e07a649d542b60",
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
                    func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "name", "only_for", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (NEW."facility_id", NEW."id", NEW."name", NEW."only_for", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."program_id", NEW."version"); RETURN NULL;',
                    hash="6d1bd81499450feb6cd8fdaa8628c6256c6c93d5",
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
                    func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "name", "only_for", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (OLD."facility_id", OLD."id", OLD."name", OLD."only_for", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."version"); RETURN NULL;',
                    hash="bfb89bec64ec7ed3b4f1886912ffd64f299a793b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_00392",
                    table="treatment_unit",
                    when="AFTER",
                ),
            ),
        ),
    ]
    operations = [audit.operations.Together(together)]
