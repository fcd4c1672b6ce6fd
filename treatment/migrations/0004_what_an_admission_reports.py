import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from audit.operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0003_detailed_living_arrangements"),
        ("treatment", "0003_a_grant_is_taken_back_after_it_was_given"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="intake",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="intake",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="intake",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="intake",
                    name="co_occurring",
                    field=models.CharField(
                        choices=[("1", "Yes"), ("2", "No"), ("97", "Unknown"), ("98", "Not collected")],
                        db_default="98",
                        default="98",
                        help_text="left at “not collected”, a diagnosis on record says it",
                        max_length=2,
                        verbose_name="mental disorder besides",
                    ),
                ),
                migrations.AddField(
                    model_name="intake",
                    name="justice_referral",
                    field=models.CharField(
                        choices=[
                            ("1", "State or federal court"),
                            ("2", "Other court, formal adjudication"),
                            ("3", "Probation or parole"),
                            ("4", "Other legal entity: police, corrections, review board"),
                            ("5", "Diversion program"),
                            ("6", "Prison"),
                            ("7", "Driving under the influence"),
                            ("8", "Other"),
                            ("96", "Not applicable"),
                            ("97", "Unknown"),
                            ("98", "Not collected"),
                        ],
                        db_default="96",
                        default="96",
                        help_text="only where court or criminal justice referred them",
                        max_length=2,
                        verbose_name="by whom in criminal justice",
                    ),
                ),
                migrations.AddField(
                    model_name="intake",
                    name="opioid_therapy",
                    field=models.CharField(
                        choices=[
                            ("1", "Yes"),
                            ("2", "No"),
                            ("96", "Not applicable: no opioids"),
                            ("97", "Unknown"),
                            ("98", "Not collected"),
                        ],
                        db_default="98",
                        default="98",
                        help_text="methadone, buprenorphine or naltrexone against opioid use; else the record says it",
                        max_length=2,
                        verbose_name="opioid medication planned",
                    ),
                ),
                migrations.AddField(
                    model_name="intake",
                    name="referral_source",
                    field=models.CharField(
                        choices=[
                            ("1", "Themselves, family or a friend"),
                            ("2", "Provider of alcohol or drug treatment"),
                            ("3", "Other health care, hospital or emergency"),
                            ("4", "School"),
                            ("5", "Employer or its assistance program"),
                            ("6", "Other in the community"),
                            ("7", "Court or criminal justice"),
                            ("97", "Unknown"),
                            ("98", "Not collected"),
                        ],
                        db_default="98",
                        default="98",
                        help_text="left at “not collected”, how they came says it where it can",
                        max_length=2,
                        verbose_name="referred by",
                    ),
                ),
                migrations.AddField(
                    model_name="intakehistory",
                    name="co_occurring",
                    field=models.CharField(
                        choices=[("1", "Yes"), ("2", "No"), ("97", "Unknown"), ("98", "Not collected")],
                        db_default="98",
                        default="98",
                        help_text="left at “not collected”, a diagnosis on record says it",
                        max_length=2,
                        verbose_name="mental disorder besides",
                    ),
                ),
                migrations.AddField(
                    model_name="intakehistory",
                    name="justice_referral",
                    field=models.CharField(
                        choices=[
                            ("1", "State or federal court"),
                            ("2", "Other court, formal adjudication"),
                            ("3", "Probation or parole"),
                            ("4", "Other legal entity: police, corrections, review board"),
                            ("5", "Diversion program"),
                            ("6", "Prison"),
                            ("7", "Driving under the influence"),
                            ("8", "Other"),
                            ("96", "Not applicable"),
                            ("97", "Unknown"),
                            ("98", "Not collected"),
                        ],
                        db_default="96",
                        default="96",
                        help_text="only where court or criminal justice referred them",
                        max_length=2,
                        verbose_name="by whom in criminal justice",
                    ),
                ),
                migrations.AddField(
                    model_name="intakehistory",
                    name="opioid_therapy",
                    field=models.CharField(
                        choices=[
                            ("1", "Yes"),
                            ("2", "No"),
                            ("96", "Not applicable: no opioids"),
                            ("97", "Unknown"),
                            ("98", "Not collected"),
                        ],
                        db_default="98",
                        default="98",
                        help_text="methadone, buprenorphine or naltrexone against opioid use; else the record says it",
                        max_length=2,
                        verbose_name="opioid medication planned",
                    ),
                ),
                migrations.AddField(
                    model_name="intakehistory",
                    name="referral_source",
                    field=models.CharField(
                        choices=[
                            ("1", "Themselves, family or a friend"),
                            ("2", "Provider of alcohol or drug treatment"),
                            ("3", "Other health care, hospital or emergency"),
                            ("4", "School"),
                            ("5", "Employer or its assistance program"),
                            ("6", "Other in the community"),
                            ("7", "Court or criminal justice"),
                            ("97", "Unknown"),
                            ("98", "Not collected"),
                        ],
                        db_default="98",
                        default="98",
                        help_text="left at “not collected”, how they came says it where it can",
                        max_length=2,
                        verbose_name="referred by",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="intake",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_intakehistory" ("admission_duty_id", "agreed_to_treatment", "co_occurring", "completed_at", "completed_by_id", "consent_basis", "consent_given_by", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "goals", "id", "justice_referral", "notice_deferred_because", "notice_duty_id", "notice_given_at", "notice_given_by_id", "opioid_therapy", "patient_id", "patient_notice_given", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "referral_source", "version") VALUES (NEW."admission_duty_id", NEW."agreed_to_treatment", NEW."co_occurring", NEW."completed_at", NEW."completed_by_id", NEW."consent_basis", NEW."consent_given_by", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."goals", NEW."id", NEW."justice_referral", NEW."notice_deferred_because", NEW."notice_duty_id", NEW."notice_given_at", NEW."notice_given_by_id", NEW."opioid_therapy", NEW."patient_id", NEW."patient_notice_given", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."referral_source", NEW."version"); RETURN NULL;',
                            hash="1b7f44d673e2d2d78dc17f76a32722e55323b51f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4c34e",
                            table="treatment_intake",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="intake",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_intakehistory" ("admission_duty_id", "agreed_to_treatment", "co_occurring", "completed_at", "completed_by_id", "consent_basis", "consent_given_by", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "goals", "id", "justice_referral", "notice_deferred_because", "notice_duty_id", "notice_given_at", "notice_given_by_id", "opioid_therapy", "patient_id", "patient_notice_given", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "referral_source", "version") VALUES (NEW."admission_duty_id", NEW."agreed_to_treatment", NEW."co_occurring", NEW."completed_at", NEW."completed_by_id", NEW."consent_basis", NEW."consent_given_by", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."goals", NEW."id", NEW."justice_referral", NEW."notice_deferred_because", NEW."notice_duty_id", NEW."notice_given_at", NEW."notice_given_by_id", NEW."opioid_therapy", NEW."patient_id", NEW."patient_notice_given", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."program_id", NEW."referral_source", NEW."version"); RETURN NULL;',
                            hash="901189acd0fcc7cd7d4e9acfcb7a8a65b4309f5a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e5c14",
                            table="treatment_intake",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="intake",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_intakehistory" ("admission_duty_id", "agreed_to_treatment", "co_occurring", "completed_at", "completed_by_id", "consent_basis", "consent_given_by", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "goals", "id", "justice_referral", "notice_deferred_because", "notice_duty_id", "notice_given_at", "notice_given_by_id", "opioid_therapy", "patient_id", "patient_notice_given", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "referral_source", "version") VALUES (OLD."admission_duty_id", OLD."agreed_to_treatment", OLD."co_occurring", OLD."completed_at", OLD."completed_by_id", OLD."consent_basis", OLD."consent_given_by", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."goals", OLD."id", OLD."justice_referral", OLD."notice_deferred_because", OLD."notice_duty_id", OLD."notice_given_at", OLD."notice_given_by_id", OLD."opioid_therapy", OLD."patient_id", OLD."patient_notice_given", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."referral_source", OLD."version"); RETURN NULL;',
                            hash="8fd5471c0e4b0ce0e09675db4e4d27166dfeb800",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e42dc",
                            table="treatment_intake",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="intake",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("referral_source", "7"), models.Q(("justice_referral", "96"), _negated=True)),
                            models.Q(models.Q(("referral_source", "7"), _negated=True), ("justice_referral", "96")),
                            _connector="OR",
                        ),
                        name="who_in_justice_referred_is_said_where_it_did",
                        violation_error_code="justice_referral_mismatch",
                        violation_error_message="Say who in criminal justice referred the person, where it did.",
                    ),
                ),
            ]
        )
    ]
