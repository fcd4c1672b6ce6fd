import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.operations

# Elsewhere nothing goes out until somebody gives the place its number and switches sending on again.
ONLY_WHERE_KNOWN = """
UPDATE accounts_facility SET sends_to_patients_at = NULL, sends_to_patients_by_id = NULL WHERE country <> 'US'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_on_call"),
    ]

    together = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="facility",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="facility",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="facility",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="facility",
            name="emergency_number",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="people here are told to call it when somebody must come at once; empty in the US: 911",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="facility",
            name="talk_number",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="somebody to talk to at any hour, known to answer; empty in the US: 988",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="facilityhistory",
            name="emergency_number",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="people here are told to call it when somebody must come at once; empty in the US: 911",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="facilityhistory",
            name="talk_number",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="somebody to talk to at any hour, known to answer; empty in the US: 988",
                max_length=20,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="facility",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_facilityhistory" ("country", "emergency_number", "holidays", "id", "last_resort_email", "last_resort_name", "last_resort_phone", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "talk_number", "version", "working_hours", "zone") VALUES (NEW."country", NEW."emergency_number", NEW."holidays", NEW."id", NEW."last_resort_email", NEW."last_resort_name", NEW."last_resort_phone", NEW."logged_within", NEW."most_a_day", NEW."most_in_7_days", NEW."name", NEW."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."phone", NEW."quiet_from", NEW."quiet_until", NEW."sender_name", NEW."sends_to_patients_at", NEW."sends_to_patients_by_id", NEW."talk_number", NEW."version", NEW."working_hours", NEW."zone"); RETURN NULL;',
                    hash="f119782066fcc3e9833dd7f8b27ba7940643e462",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bc6db",
                    table="accounts_facility",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="facility",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "accounts_facilityhistory" ("country", "emergency_number", "holidays", "id", "last_resort_email", "last_resort_name", "last_resort_phone", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "talk_number", "version", "working_hours", "zone") VALUES (NEW."country", NEW."emergency_number", NEW."holidays", NEW."id", NEW."last_resort_email", NEW."last_resort_name", NEW."last_resort_phone", NEW."logged_within", NEW."most_a_day", NEW."most_in_7_days", NEW."name", NEW."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."phone", NEW."quiet_from", NEW."quiet_until", NEW."sender_name", NEW."sends_to_patients_at", NEW."sends_to_patients_by_id", NEW."talk_number", NEW."version", NEW."working_hours", NEW."zone"); RETURN NULL;',
                    hash="491189fc2dfb613964c7c307717df23573b38c4f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1d5e8",
                    table="accounts_facility",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="facility",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_facilityhistory" ("country", "emergency_number", "holidays", "id", "last_resort_email", "last_resort_name", "last_resort_phone", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "talk_number", "version", "working_hours", "zone") VALUES (OLD."country", OLD."emergency_number", OLD."holidays", OLD."id", OLD."last_resort_email", OLD."last_resort_name", OLD."last_resort_phone", OLD."logged_within", OLD."most_a_day", OLD."most_in_7_days", OLD."name", OLD."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."phone", OLD."quiet_from", OLD."quiet_until", OLD."sender_name", OLD."sends_to_patients_at", OLD."sends_to_patients_by_id", OLD."talk_number", OLD."version", OLD."working_hours", OLD."zone"); RETURN NULL;',
                    hash="1d1986cd0b4d264f52f5d9b42ad602255eb33fae",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_28991",
                    table="accounts_facility",
                    when="AFTER",
                ),
            ),
        ),
    ]

    operations = [
        audit.operations.Together(together),
        migrations.RunSQL(ONLY_WHERE_KNOWN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="facility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sends_to_patients_at", None),
                    ("country__in", ["US"]),
                    models.Q(("emergency_number", ""), _negated=True),
                    _connector="OR",
                ),
                name="whoever_is_written_to_knows_whom_to_call",
                violation_error_code="emergency_number_missing",
                violation_error_message="Give the emergency number here first; only that of the US is known.",
            ),
        ),
    ]
