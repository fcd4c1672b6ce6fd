import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.operations


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0008_newest_episodes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    together = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactpoint",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactpoint",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactpoint",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="patient",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="patient",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="patient",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="consent_wording",
            field=models.CharField(
                blank=True,
                db_default="",
                editable=False,
                help_text="the edition of the words agreed to",
                max_length=50,
            ),
        ),
        migrations.AddField(
            model_name="contactpointhistory",
            name="consent_wording",
            field=models.CharField(
                blank=True,
                db_default="",
                editable=False,
                help_text="the edition of the words agreed to",
                max_length=50,
            ),
        ),
        migrations.AddField(
            model_name="patient",
            name="quiet_from",
            field=models.TimeField(
                blank=True, editable=False, help_text="no message from then on, on the person's own clock", null=True
            ),
        ),
        migrations.AddField(
            model_name="patient",
            name="quiet_until",
            field=models.TimeField(blank=True, editable=False, help_text="may be after midnight", null=True),
        ),
        migrations.AddField(
            model_name="patient",
            name="sender_name",
            field=models.CharField(
                blank=True,
                db_default="",
                editable=False,
                help_text="who messages are from, as the person chose; empty: the facility's",
                max_length=60,
            ),
        ),
        migrations.AddField(
            model_name="patienthistory",
            name="quiet_from",
            field=models.TimeField(
                blank=True, editable=False, help_text="no message from then on, on the person's own clock", null=True
            ),
        ),
        migrations.AddField(
            model_name="patienthistory",
            name="quiet_until",
            field=models.TimeField(blank=True, editable=False, help_text="may be after midnight", null=True),
        ),
        migrations.AddField(
            model_name="patienthistory",
            name="sender_name",
            field=models.CharField(
                blank=True,
                db_default="",
                editable=False,
                help_text="who messages are from, as the person chose; empty: the facility's",
                max_length=60,
            ),
        ),
        migrations.AlterField(
            model_name="contactpoint",
            name="channel",
            field=models.CharField(
                choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")], max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="contactpoint",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("check_in", "Check-ins"),
                        ("appointment", "Appointments"),
                        ("crisis", "Crisis and safety"),
                        ("newsletter", "News"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                help_text="agreed to",
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="contactpointhistory",
            name="channel",
            field=models.CharField(
                choices=[("email", "Email"), ("sms", "Text message"), ("phone", "Phone")], max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="contactpointhistory",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("check_in", "Check-ins"),
                        ("appointment", "Appointments"),
                        ("crisis", "Crisis and safety"),
                        ("newsletter", "News"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                help_text="agreed to",
                size=None,
            ),
        ),
        migrations.AddIndex(
            model_name="contactpoint",
            index=models.Index(
                condition=models.Q(("channel__in", ["phone", "sms"])), fields=["value"], name="people_by_number"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "patients_contactpointhistory" ("best_time", "broken_at", "broken_by_id", "channel", "consent_wording", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred_days", "preferred_from", "preferred_until", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "typed", "value", "verified_at", "verified_by_id", "verified_how", "version") VALUES (NEW."best_time", NEW."broken_at", NEW."broken_by_id", NEW."channel", NEW."consent_wording", NEW."consented_at", NEW."consented_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."position", NEW."preferred_days", NEW."preferred_from", NEW."preferred_until", NEW."revoked_at", NEW."revoked_by_id", NEW."safe_to_leave_message", NEW."scopes", NEW."typed", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."verified_how", NEW."version"); RETURN NULL;',
                    hash="75425da7e86ca3dd837ab97db8f1dcad12b68f72",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_062a3",
                    table="patients_contactpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "patients_contactpointhistory" ("best_time", "broken_at", "broken_by_id", "channel", "consent_wording", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred_days", "preferred_from", "preferred_until", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "typed", "value", "verified_at", "verified_by_id", "verified_how", "version") VALUES (NEW."best_time", NEW."broken_at", NEW."broken_by_id", NEW."channel", NEW."consent_wording", NEW."consented_at", NEW."consented_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."position", NEW."preferred_days", NEW."preferred_from", NEW."preferred_until", NEW."revoked_at", NEW."revoked_by_id", NEW."safe_to_leave_message", NEW."scopes", NEW."typed", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."verified_how", NEW."version"); RETURN NULL;',
                    hash="a959281e7bd0cf4690a2aba9ad0eba68182678fb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_93a42",
                    table="patients_contactpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "patients_contactpointhistory" ("best_time", "broken_at", "broken_by_id", "channel", "consent_wording", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preferred_days", "preferred_from", "preferred_until", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "typed", "value", "verified_at", "verified_by_id", "verified_how", "version") VALUES (OLD."best_time", OLD."broken_at", OLD."broken_by_id", OLD."channel", OLD."consent_wording", OLD."consented_at", OLD."consented_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."position", OLD."preferred_days", OLD."preferred_from", OLD."preferred_until", OLD."revoked_at", OLD."revoked_by_id", OLD."safe_to_leave_message", OLD."scopes", OLD."typed", OLD."value", OLD."verified_at", OLD."verified_by_id", OLD."verified_how", OLD."version"); RETURN NULL;',
                    hash="be56a6922022dc409f5df1a9cad8683e0c685c56",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2a5d5",
                    table="patients_contactpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "patients_patienthistory" ("birth_date", "birth_date_corrected_at", "birth_date_corrected_by_id", "birth_date_corrected_reason", "breastfeeding", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "education", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "gender", "gender_code", "id", "interpreter_needed", "language", "legal_name", "marital", "merged_into_id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "pregnancy_noted_at", "pregnancy_noted_by_id", "pregnant", "pronouns", "quiet_from", "quiet_until", "race", "sender_name", "sex", "version", "veteran", "weight_kg", "weight_noted_at", "weight_noted_by_id", "zone") VALUES (NEW."birth_date", NEW."birth_date_corrected_at", NEW."birth_date_corrected_by_id", NEW."birth_date_corrected_reason", NEW."breastfeeding", NEW."death_confirmed_at", NEW."death_confirmed_by_id", NEW."death_reported_at", NEW."death_reported_by_id", NEW."education", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."gender", NEW."gender_code", NEW."id", NEW."interpreter_needed", NEW."language", NEW."legal_name", NEW."marital", NEW."merged_into_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."preferred_name", NEW."pregnancy_noted_at", NEW."pregnancy_noted_by_id", NEW."pregnant", NEW."pronouns", NEW."quiet_from", NEW."quiet_until", NEW."race", NEW."sender_name", NEW."sex", NEW."version", NEW."veteran", NEW."weight_kg", NEW."weight_noted_at", NEW."weight_noted_by_id", NEW."zone"); RETURN NULL;',
                    hash="a8a65bec4058d5975b512c88fd486f849182f0dc",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_62165",
                    table="patients_patient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "patients_patienthistory" ("birth_date", "birth_date_corrected_at", "birth_date_corrected_by_id", "birth_date_corrected_reason", "breastfeeding", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "education", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "gender", "gender_code", "id", "interpreter_needed", "language", "legal_name", "marital", "merged_into_id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "pregnancy_noted_at", "pregnancy_noted_by_id", "pregnant", "pronouns", "quiet_from", "quiet_until", "race", "sender_name", "sex", "version", "veteran", "weight_kg", "weight_noted_at", "weight_noted_by_id", "zone") VALUES (NEW."birth_date", NEW."birth_date_corrected_at", NEW."birth_date_corrected_by_id", NEW."birth_date_corrected_reason", NEW."breastfeeding", NEW."death_confirmed_at", NEW."death_confirmed_by_id", NEW."death_reported_at", NEW."death_reported_by_id", NEW."education", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."ethnicity", NEW."gender", NEW."gender_code", NEW."id", NEW."interpreter_needed", NEW."language", NEW."legal_name", NEW."marital", NEW."merged_into_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."preferred_name", NEW."pregnancy_noted_at", NEW."pregnancy_noted_by_id", NEW."pregnant", NEW."pronouns", NEW."quiet_from", NEW."quiet_until", NEW."race", NEW."sender_name", NEW."sex", NEW."version", NEW."veteran", NEW."weight_kg", NEW."weight_noted_at", NEW."weight_noted_by_id", NEW."zone"); RETURN NULL;',
                    hash="f69aab96b38595de7945c41ef6d06a63408c77c4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_546ce",
                    table="patients_patient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "patients_patienthistory" ("birth_date", "birth_date_corrected_at", "birth_date_corrected_by_id", "birth_date_corrected_reason", "breastfeeding", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "education", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "ethnicity", "gender", "gender_code", "id", "interpreter_needed", "language", "legal_name", "marital", "merged_into_id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "pregnancy_noted_at", "pregnancy_noted_by_id", "pregnant", "pronouns", "quiet_from", "quiet_until", "race", "sender_name", "sex", "version", "veteran", "weight_kg", "weight_noted_at", "weight_noted_by_id", "zone") VALUES (OLD."birth_date", OLD."birth_date_corrected_at", OLD."birth_date_corrected_by_id", OLD."birth_date_corrected_reason", OLD."breastfeeding", OLD."death_confirmed_at", OLD."death_confirmed_by_id", OLD."death_reported_at", OLD."death_reported_by_id", OLD."education", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."ethnicity", OLD."gender", OLD."gender_code", OLD."id", OLD."interpreter_needed", OLD."language", OLD."legal_name", OLD."marital", OLD."merged_into_id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."preferred_name", OLD."pregnancy_noted_at", OLD."pregnancy_noted_by_id", OLD."pregnant", OLD."pronouns", OLD."quiet_from", OLD."quiet_until", OLD."race", OLD."sender_name", OLD."sex", OLD."version", OLD."veteran", OLD."weight_kg", OLD."weight_noted_at", OLD."weight_noted_by_id", OLD."zone"); RETURN NULL;',
                    hash="9e3c037087b2f1ed858f04b021d8bc6463d288f0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9898d",
                    table="patients_patient",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "sms"), _negated=True),
                    ("value__regex", "^\\+[1-9][0-9]{6,14}$"),
                    _connector="OR",
                ),
                name="a_number_for_texts_is_international",
                violation_error_code="phone_malformed",
                violation_error_message="This is not a phone number that takes text messages.",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                    models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                    _connector="OR",
                ),
                name="quiet_hours_have_both_ends",
                violation_error_code="half_recorded",
                violation_error_message="quiet_from and quiet_until are recorded together or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quiet_from", None),
                    models.Q(("quiet_from", models.F("quiet_until")), _negated=True),
                    _connector="OR",
                ),
                name="quiet_hours_last_some_time",
                violation_error_code="hours_empty",
                violation_error_message="The quiet hours end when they begin. Leave them out for none of one's own.",
            ),
        ),
    ]

    operations = [audit.operations.Together(together)]
