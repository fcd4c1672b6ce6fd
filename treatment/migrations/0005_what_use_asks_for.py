import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, kept


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("accounts", "__first__"),
        ("duties", "0002_rules"),
        ("patients", "0004_what_was_asked"),
        ("treatment", "0004_waiting_and_leaving"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="HarmReductionOffer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="harm_reduction_offers",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="harm_reduction_offers",
                        to="patients.episode",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="harm_reduction_offer",
                        to="duties.duty",
                    ),
                ),
                ("offered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("safer_route", "A talk about safer ways of taking it"),
                                ("naloxone", "Naloxone, against opioids in what is sold as something else"),
                                ("sterile_equipment", "Sterile equipment"),
                                ("drug_checking", "Drug checking"),
                                ("infection_tests", "Tests for infections"),
                                ("text", "Something to read"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "response",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Accepted"), ("declined", "Declined"), ("later", "Not now: ask again")],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient"], name="harm_reduction_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offered_at__isnull", True), ("offered_by__isnull", True)),
                            models.Q(("offered_at__isnull", False), ("offered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="harm_reduction_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="offered_at and offered_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offered", []), ("offered_at", None), ("response", "")),
                            models.Q(
                                ("offered_at__isnull", False),
                                models.Q(("offered", []), _negated=True),
                                models.Q(("response", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="harm_reduction_offered_says_what",
                        violation_error_code="offer_empty",
                        violation_error_message="Say what was offered, and what the person said.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("offered_at", None)),
                        fields=("patient",),
                        name="one_harm_reduction_offer_at_a_time",
                        violation_error_code="offer_planned",
                        violation_error_message="Harm reduction is to be offered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="harmreductionoffer_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_harmreductionofferhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "note", "offered", "offered_at", "offered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "response", "version") VALUES (NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."note", NEW."offered", NEW."offered_at", NEW."offered_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."response", NEW."version"); RETURN NULL;',
                            hash="92507817d84d8145b78d026d84c9ff7c8568911e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3ac54",
                            table="treatment_harmreductionoffer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_harmreductionofferhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "note", "offered", "offered_at", "offered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "response", "version") VALUES (NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."note", NEW."offered", NEW."offered_at", NEW."offered_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."response", NEW."version"); RETURN NULL;',
                            hash="828560d4c653c7e75f61c9f19ef9e3acf4374a8c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8e4b4",
                            table="treatment_harmreductionoffer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_harmreductionofferhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "note", "offered", "offered_at", "offered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "response", "version") VALUES (OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."note", OLD."offered", OLD."offered_at", OLD."offered_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."response", OLD."version"); RETURN NULL;',
                            hash="698a7dd28e22e9ba2e613f5d0c7bfc7c33562d19",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_52b2f",
                            table="treatment_harmreductionoffer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HarmReductionOfferHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.harmreductionoffer",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
                ("offered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("safer_route", "A talk about safer ways of taking it"),
                                ("naloxone", "Naloxone, against opioids in what is sold as something else"),
                                ("sterile_equipment", "Sterile equipment"),
                                ("drug_checking", "Drug checking"),
                                ("infection_tests", "Tests for infections"),
                                ("text", "Something to read"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "response",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Accepted"), ("declined", "Declined"), ("later", "Not now: ask again")],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="MedicationOffer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="medication_offers",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="medication_offers",
                        to="patients.episode",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="medication_offer", to="duties.duty"
                    ),
                ),
                ("offered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "response",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted, here"),
                            ("referred", "Referred elsewhere"),
                            ("declined", "Declined"),
                            ("later", "Not now: ask again"),
                        ],
                        max_length=10,
                    ),
                ),
                ("medication", models.CharField(blank=True, help_text="what was offered, by name", max_length=200)),
                ("referred_to", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient"], name="medication_offers_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offered_at__isnull", True), ("offered_by__isnull", True)),
                            models.Q(("offered_at__isnull", False), ("offered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_medication_offer_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="offered_at and offered_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offered_at", None), ("response", "")),
                            models.Q(("offered_at__isnull", False), models.Q(("response", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_medication_offered_has_a_response",
                        violation_error_code="response_missing",
                        violation_error_message="Say what the person said.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("response", "referred"), _negated=True),
                            models.Q(("referred_to", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_referral_says_where_to",
                        violation_error_code="referred_nowhere",
                        violation_error_message="Say where the person was referred to.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("offered_at", None)),
                        fields=("patient",),
                        name="one_medication_offer_at_a_time",
                        violation_error_code="offer_planned",
                        violation_error_message="Medication is to be offered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="medicationoffer_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_medicationofferhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "medication", "note", "offered_at", "offered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "referred_to", "response", "version") VALUES (NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."medication", NEW."note", NEW."offered_at", NEW."offered_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."referred_to", NEW."response", NEW."version"); RETURN NULL;',
                            hash="95daf34b4d882cce84aa11f06e96d2053c77cfa4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5b8b1",
                            table="treatment_medicationoffer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_medicationofferhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "medication", "note", "offered_at", "offered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "referred_to", "response", "version") VALUES (NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."medication", NEW."note", NEW."offered_at", NEW."offered_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."referred_to", NEW."response", NEW."version"); RETURN NULL;',
                            hash="d9c36343c9f6662d698179efb70ecfdfe94585b9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_19291",
                            table="treatment_medicationoffer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_medicationofferhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "medication", "note", "offered_at", "offered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "referred_to", "response", "version") VALUES (OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."medication", OLD."note", OLD."offered_at", OLD."offered_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."referred_to", OLD."response", OLD."version"); RETURN NULL;',
                            hash="8e735926569f9e0a5dc8f68dee4891c3852f802a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7a553",
                            table="treatment_medicationoffer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MedicationOfferHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.medicationoffer",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
                ("offered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "response",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted, here"),
                            ("referred", "Referred elsewhere"),
                            ("declined", "Declined"),
                            ("later", "Not now: ask again"),
                        ],
                        max_length=10,
                    ),
                ),
                ("medication", models.CharField(blank=True, help_text="what was offered, by name", max_length=200)),
                ("referred_to", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="WithdrawalReview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(),
                        default=audit.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal_reviews",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal_reviews",
                        to="patients.episode",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal_review",
                        to="duties.duty",
                    ),
                ),
                (
                    "substances",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("9996", "None"),
                                ("0201", "Alcohol"),
                                ("0301", "Crack"),
                                ("0302", "Cocaine, other"),
                                ("0401", "Marijuana, hashish"),
                                ("0501", "Heroin"),
                                ("0601", "Non-prescription methadone"),
                                ("0701", "Codeine"),
                                ("0703", "Oxycodone"),
                                ("0705", "Hydromorphone"),
                                ("0706", "Morphine or other opioid"),
                                ("0708", "Hydrocodone"),
                                ("0709", "Tramadol"),
                                ("0710", "Buprenorphine"),
                                ("0801", "PCP"),
                                ("0901", "LSD"),
                                ("0902", "DMT, mescaline, psilocybin, other"),
                                ("1001", "Methamphetamine"),
                                ("1101", "Amphetamine"),
                                ("1103", "MDMA"),
                                ("1109", "Bath salts, other amphetamine"),
                                ("1201", "Other stimulant"),
                                ("1202", "Methylphenidate"),
                                ("1301", "Alprazolam"),
                                ("1304", "Diazepam"),
                                ("1306", "Lorazepam"),
                                ("1308", "Other benzodiazepine"),
                                ("1309", "Flunitrazepam"),
                                ("1310", "Clonazepam"),
                                ("1403", "Other tranquilizer"),
                                ("1509", "Barbiturate"),
                                ("1604", "Other sedative or hypnotic"),
                                ("1704", "Inhalant"),
                                ("1705", "Anesthetic gas, nitrous oxide"),
                                ("1809", "Over-the-counter, including DXM"),
                                ("2002", "Synthetic cannabinoid, other"),
                                ("2003", "GHB, GBL"),
                                ("2004", "Ketamine"),
                                ("9997", "Unknown"),
                            ],
                            max_length=4,
                        ),
                        size=None,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scale",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ciwa_ar", "CIWA-Ar"),
                            ("cows", "COWS"),
                            ("ciwa_b", "CIWA-B"),
                            ("other", "Another scale"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "taper",
                    models.BooleanField(blank=True, help_text="is a taper or other medication needed?", null=True),
                ),
                (
                    "plan",
                    models.TextField(
                        blank=True, help_text="what is watched for, how often, what is given", max_length=4000
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient"], name="withdrawal_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_withdrawal_review_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="reviewed_at and reviewed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("plan", ""), ("reviewed_at", None), ("taper", None)),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("taper__isnull", False),
                                models.Q(("plan", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_withdrawal_review_has_a_plan",
                        violation_error_code="plan_missing",
                        violation_error_message="Say whether a taper is needed, and what the plan is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score", None),
                            models.Q(models.Q(("scale", ""), _negated=True), ("score__lte", 100)),
                            _connector="OR",
                        ),
                        name="a_withdrawal_score_names_its_scale",
                        violation_error_code="scale_missing",
                        violation_error_message="Say which scale the score is on; no score is above 100.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("reviewed_at", None)),
                        fields=("episode",),
                        name="one_withdrawal_review_at_a_time",
                        violation_error_code="review_planned",
                        violation_error_message="A withdrawal review is owed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="withdrawalreview_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_withdrawalreviewhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "reviewed_at", "reviewed_by_id", "scale", "score", "substances", "taper", "version") VALUES (NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan", NEW."reviewed_at", NEW."reviewed_by_id", NEW."scale", NEW."score", NEW."substances", NEW."taper", NEW."version"); RETURN NULL;',
                            hash="9f69c319b1ea61fa7a44da0bd576b8493831f70c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8cc6a",
                            table="treatment_withdrawalreview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_withdrawalreviewhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "reviewed_at", "reviewed_by_id", "scale", "score", "substances", "taper", "version") VALUES (NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan", NEW."reviewed_at", NEW."reviewed_by_id", NEW."scale", NEW."score", NEW."substances", NEW."taper", NEW."version"); RETURN NULL;',
                            hash="8319bef42c14f423f610f18992a52ec5a3bd2a21",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_eaa12",
                            table="treatment_withdrawalreview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_withdrawalreviewhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "reviewed_at", "reviewed_by_id", "scale", "score", "substances", "taper", "version") VALUES (OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan", OLD."reviewed_at", OLD."reviewed_by_id", OLD."scale", OLD."score", OLD."substances", OLD."taper", OLD."version"); RETURN NULL;',
                            hash="4915cac2ff53255fbcc98e925cc432658f2b9669",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4c5b4",
                            table="treatment_withdrawalreview",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WithdrawalReviewHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.withdrawalreview",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
                (
                    "substances",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("9996", "None"),
                                ("0201", "Alcohol"),
                                ("0301", "Crack"),
                                ("0302", "Cocaine, other"),
                                ("0401", "Marijuana, hashish"),
                                ("0501", "Heroin"),
                                ("0601", "Non-prescription methadone"),
                                ("0701", "Codeine"),
                                ("0703", "Oxycodone"),
                                ("0705", "Hydromorphone"),
                                ("0706", "Morphine or other opioid"),
                                ("0708", "Hydrocodone"),
                                ("0709", "Tramadol"),
                                ("0710", "Buprenorphine"),
                                ("0801", "PCP"),
                                ("0901", "LSD"),
                                ("0902", "DMT, mescaline, psilocybin, other"),
                                ("1001", "Methamphetamine"),
                                ("1101", "Amphetamine"),
                                ("1103", "MDMA"),
                                ("1109", "Bath salts, other amphetamine"),
                                ("1201", "Other stimulant"),
                                ("1202", "Methylphenidate"),
                                ("1301", "Alprazolam"),
                                ("1304", "Diazepam"),
                                ("1306", "Lorazepam"),
                                ("1308", "Other benzodiazepine"),
                                ("1309", "Flunitrazepam"),
                                ("1310", "Clonazepam"),
                                ("1403", "Other tranquilizer"),
                                ("1509", "Barbiturate"),
                                ("1604", "Other sedative or hypnotic"),
                                ("1704", "Inhalant"),
                                ("1705", "Anesthetic gas, nitrous oxide"),
                                ("1809", "Over-the-counter, including DXM"),
                                ("2002", "Synthetic cannabinoid, other"),
                                ("2003", "GHB, GBL"),
                                ("2004", "Ketamine"),
                                ("9997", "Unknown"),
                            ],
                            max_length=4,
                        ),
                        size=None,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scale",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ciwa_ar", "CIWA-Ar"),
                            ("cows", "COWS"),
                            ("ciwa_b", "CIWA-B"),
                            ("other", "Another scale"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "taper",
                    models.BooleanField(blank=True, help_text="is a taper or other medication needed?", null=True),
                ),
                (
                    "plan",
                    models.TextField(
                        blank=True, help_text="what is watched for, how often, what is given", max_length=4000
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        kept("treatment_harmreductionoffer", "treatment_medicationoffer", "treatment_withdrawalreview"),
        append_only(
            "treatment_harmreductionofferhistory",
            "treatment_medicationofferhistory",
            "treatment_withdrawalreviewhistory",
            by_trigger=True,
        ),
    ]
    operations = [audit.operations.Together(together)]
