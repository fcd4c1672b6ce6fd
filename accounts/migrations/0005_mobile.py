import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import audit.operations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_licenses"),
        ("auth", "0012_alter_user_first_name_max_length"),
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="facility",
            name="most_a_day",
            field=models.PositiveSmallIntegerField(
                db_default=1,
                default=1,
                help_text="messages a machine sends to one person on one day, all channels together",
            ),
        ),
        migrations.AddField(
            model_name="facility",
            name="most_in_7_days",
            field=models.PositiveSmallIntegerField(
                db_default=3,
                default=3,
                help_text="the same within any seven days; answers to the person do not count",
            ),
        ),
        migrations.AddField(
            model_name="facilityhistory",
            name="most_a_day",
            field=models.PositiveSmallIntegerField(
                db_default=1,
                default=1,
                help_text="messages a machine sends to one person on one day, all channels together",
            ),
        ),
        migrations.AddField(
            model_name="facilityhistory",
            name="most_in_7_days",
            field=models.PositiveSmallIntegerField(
                db_default=3,
                default=3,
                help_text="the same within any seven days; answers to the person do not count",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="mobile",
            field=models.CharField(
                blank=True, db_default="", help_text="for texts about what is critical: +12125550123", max_length=16
            ),
        ),
        migrations.AddField(
            model_name="userhistory",
            name="mobile",
            field=models.CharField(
                blank=True, db_default="", help_text="for texts about what is critical: +12125550123", max_length=16
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="facility",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_facilityhistory" ("holidays", "id", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "version", "working_hours", "zone") VALUES (NEW."holidays", NEW."id", NEW."logged_within", NEW."most_a_day", NEW."most_in_7_days", NEW."name", NEW."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."phone", NEW."quiet_from", NEW."quiet_until", NEW."sender_name", NEW."sends_to_patients_at", NEW."sends_to_patients_by_id", NEW."version", NEW."working_hours", NEW."zone"); RETURN NULL;',
                    hash="357a68ee728a2d664b534ec5a836dd179679973c",
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
                    func='INSERT INTO "accounts_facilityhistory" ("holidays", "id", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "version", "working_hours", "zone") VALUES (NEW."holidays", NEW."id", NEW."logged_within", NEW."most_a_day", NEW."most_in_7_days", NEW."name", NEW."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."phone", NEW."quiet_from", NEW."quiet_until", NEW."sender_name", NEW."sends_to_patients_at", NEW."sends_to_patients_by_id", NEW."version", NEW."working_hours", NEW."zone"); RETURN NULL;',
                    hash="3990b0b58a7b3b117129fdff83d07fc333c9d3e5",
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
                    func='INSERT INTO "accounts_facilityhistory" ("holidays", "id", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "version", "working_hours", "zone") VALUES (OLD."holidays", OLD."id", OLD."logged_within", OLD."most_a_day", OLD."most_in_7_days", OLD."name", OLD."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."phone", OLD."quiet_from", OLD."quiet_until", OLD."sender_name", OLD."sends_to_patients_at", OLD."sends_to_patients_by_id", OLD."version", OLD."working_hours", OLD."zone"); RETURN NULL;',
                    hash="a9ba7de05307c246c9b642c01da6e0451ae33fa8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_28991",
                    table="accounts_facility",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_userhistory" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "left_at", "left_by_id", "mobile", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "version") VALUES (NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."last_name", NEW."left_at", NEW."left_by_id", NEW."mobile", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."username", NEW."version"); RETURN NULL;',
                    hash="b3667b5c83f426f374cf98a314419f4acd6b4da4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3867c",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."left_at" IS DISTINCT FROM (NEW."left_at") OR OLD."left_by_id" IS DISTINCT FROM (NEW."left_by_id") OR OLD."mobile" IS DISTINCT FROM (NEW."mobile") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "accounts_userhistory" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "left_at", "left_by_id", "mobile", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "version") VALUES (NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."last_name", NEW."left_at", NEW."left_by_id", NEW."mobile", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."username", NEW."version"); RETURN NULL;',
                    hash="8ab9f0db13c7af6a1d417f4e4e982d9f50ed586f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0e890",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_userhistory" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "left_at", "left_by_id", "mobile", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "version") VALUES (OLD."date_joined", OLD."email", OLD."first_name", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."last_name", OLD."left_at", OLD."left_by_id", OLD."mobile", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."username", OLD."version"); RETURN NULL;',
                    hash="666948c062913998df4b7e8d59a971316ef69e26",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_19f14",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("mobile", ""), ("mobile__regex", "^\\+[1-9][0-9]{6,14}$"), _connector="OR"),
                name="a_mobile_number_is_international",
                violation_error_code="phone_malformed",
                violation_error_message="This is not a phone number that takes text messages.",
            ),
        ),
    ]

    operations = [audit.operations.Together(together)]
