import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_emergency_numbers"),
        ("patients", "0011_every_code_of_a_substance"),
        ("treatment", "0030_every_code_of_a_substance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="handover",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="handover",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="handover",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="handover",
            name="work_up",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("glucose", "Glucose"),
                        ("ecg", "ECG"),
                        ("acetaminophen", "Acetaminophen level"),
                        ("salicylate", "Salicylate level"),
                        ("pregnancy", "Pregnancy test"),
                        ("ck", "CK"),
                        ("renal", "Electrolytes and creatinine"),
                        ("liver", "Liver panel"),
                        ("urinalysis", "Urinalysis"),
                        ("toxicology", "Broad toxicology, with fentanyl"),
                    ],
                    max_length=20,
                ),
                blank=True,
                db_default=[],
                default=list,
                help_text="results that came with the person",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="handoverhistory",
            name="work_up",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("glucose", "Glucose"),
                        ("ecg", "ECG"),
                        ("acetaminophen", "Acetaminophen level"),
                        ("salicylate", "Salicylate level"),
                        ("pregnancy", "Pregnancy test"),
                        ("ck", "CK"),
                        ("renal", "Electrolytes and creatinine"),
                        ("liver", "Liver panel"),
                        ("urinalysis", "Urinalysis"),
                        ("toxicology", "Broad toxicology, with fentanyl"),
                    ],
                    max_length=20,
                ),
                blank=True,
                db_default=[],
                default=list,
                help_text="results that came with the person",
                size=None,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_handoverhistory" ("breathing", "consciousness", "drugs_given", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_leaving_at", "facility_id", "heart_rate", "id", "outstanding_results", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "respiratory_rate", "source", "source_contact", "source_name", "systolic", "temperature", "version", "warnings", "work_up") VALUES (NEW."breathing", NEW."consciousness", NEW."drugs_given", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_leaving_at", NEW."facility_id", NEW."heart_rate", NEW."id", NEW."outstanding_results", NEW."oxygen_saturation", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."respiratory_rate", NEW."source", NEW."source_contact", NEW."source_name", NEW."systolic", NEW."temperature", NEW."version", NEW."warnings", NEW."work_up"); RETURN NULL;',
                    hash="be1c31640c21239b9484004769f427f509c40e47",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4b9a4",
                    table="treatment_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_handoverhistory" ("breathing", "consciousness", "drugs_given", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_leaving_at", "facility_id", "heart_rate", "id", "outstanding_results", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "respiratory_rate", "source", "source_contact", "source_name", "systolic", "temperature", "version", "warnings", "work_up") VALUES (NEW."breathing", NEW."consciousness", NEW."drugs_given", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_leaving_at", NEW."facility_id", NEW."heart_rate", NEW."id", NEW."outstanding_results", NEW."oxygen_saturation", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."respiratory_rate", NEW."source", NEW."source_contact", NEW."source_name", NEW."systolic", NEW."temperature", NEW."version", NEW."warnings", NEW."work_up"); RETURN NULL;',
                    hash="8883322017b40420e87f62867808feee8d4af79c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1ef4d",
                    table="treatment_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_handoverhistory" ("breathing", "consciousness", "drugs_given", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_leaving_at", "facility_id", "heart_rate", "id", "outstanding_results", "oxygen_saturation", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "respiratory_rate", "source", "source_contact", "source_name", "systolic", "temperature", "version", "warnings", "work_up") VALUES (OLD."breathing", OLD."consciousness", OLD."drugs_given", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."expected_leaving_at", OLD."facility_id", OLD."heart_rate", OLD."id", OLD."outstanding_results", OLD."oxygen_saturation", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."received_at", OLD."received_by_id", OLD."respiratory_rate", OLD."source", OLD."source_contact", OLD."source_name", OLD."systolic", OLD."temperature", OLD."version", OLD."warnings", OLD."work_up"); RETURN NULL;',
                    hash="a5de8f49c35f5ceb7ed8a017ded8ec6eb97c9526",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4ac71",
                    table="treatment_handover",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "work_up__contained_by",
                        [
                            "glucose",
                            "ecg",
                            "acetaminophen",
                            "salicylate",
                            "pregnancy",
                            "ck",
                            "renal",
                            "liver",
                            "urinalysis",
                            "toxicology",
                        ],
                    )
                ),
                name="a_work_up_is_of_what_is_looked_at",
                violation_error_code="unknown_result",
                violation_error_message="There is no result of this name on the list.",
            ),
        ),
    ]
