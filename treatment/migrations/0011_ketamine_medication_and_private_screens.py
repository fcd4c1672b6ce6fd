import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, kept

TABLES = [
    "treatment_assaultscreen",
    "treatment_assaultreader",
    "treatment_medicationstatement",
    "treatment_prescribedketamine",
    "treatment_moodreview",
    "treatment_prescribercontact",
    "treatment_reconciliation",
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("accounts", "__first__"),
        ("duties", "0003_indexes_of_the_timeline"),
        ("patients", "0007_documents"),
        ("treatment", "0010_groups_blocks_and_addenda"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="AssaultScreen",
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
                        related_name="assault_screens",
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
                        related_name="assault_screens",
                        to="patients.episode",
                    ),
                ),
                (
                    "declined",
                    models.BooleanField(
                        default=False, help_text="asked, and the person does not want to speak of it"
                    ),
                ),
                ("suspected", models.BooleanField(blank=True, null=True)),
                (
                    "happened_at",
                    models.DateTimeField(blank=True, help_text="about when, where it is known", null=True),
                ),
                ("happened_in_words", models.CharField(blank=True, max_length=200)),
                (
                    "collection_offered",
                    models.BooleanField(
                        blank=True,
                        help_text="urine within 120 h, first void best; a negative result rules nothing out",
                        null=True,
                    ),
                ),
                ("collection_accepted", models.BooleanField(blank=True, null=True)),
                ("not_offered_because", models.CharField(blank=True, max_length=200)),
                (
                    "referral_offered",
                    models.BooleanField(
                        blank=True, help_text="an examiner for sexual assault (SAFE or SANE)", null=True
                    ),
                ),
                ("referral_accepted", models.BooleanField(blank=True, null=True)),
                ("advocate", models.CharField(blank=True, help_text="who stands by the person", max_length=200)),
                (
                    "police",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Wants a report"), ("no", "Wants none"), ("undecided", "Undecided")],
                        max_length=10,
                    ),
                ),
                (
                    "report_is_mandatory",
                    models.BooleanField(blank=True, help_text="by the law of the place", null=True),
                ),
                ("note", models.TextField(blank=True, max_length=4000)),
                ("screened_at", models.DateTimeField(editable=False)),
                (
                    "screened_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "indexes": [models.Index(fields=["patient"], name="assault_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined", True), ("suspected", None)),
                            models.Q(("declined", False), ("suspected__isnull", False)),
                            _connector="OR",
                        ),
                        name="assault_was_asked_about_or_declined",
                        violation_error_code="asked_or_declined",
                        violation_error_message="Say what was answered, or that the person does not want to speak of it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happened_at", None), ("happened_at__lte", models.F("screened_at")), _connector="OR"
                        ),
                        name="an_assault_is_not_in_the_future",
                        violation_error_code="in_the_future",
                        violation_error_message="This is after the time it was asked about.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("collection_accepted", None),
                                models.Q(("collection_offered", True), ("collection_offered__isnull", False)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("referral_accepted", None),
                                models.Q(("referral_offered", True), ("referral_offered__isnull", False)),
                                _connector="OR",
                            ),
                        ),
                        name="what_is_accepted_was_offered",
                        violation_error_code="not_offered",
                        violation_error_message="Only what was offered is accepted or declined.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="assaultscreen_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_assaultscreenhistory" ("advocate", "collection_accepted", "collection_offered", "declined", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "happened_at", "happened_in_words", "id", "not_offered_because", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "police", "referral_accepted", "referral_offered", "report_is_mandatory", "screened_at", "screened_by_id", "suspected", "version") VALUES (NEW."advocate", NEW."collection_accepted", NEW."collection_offered", NEW."declined", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."happened_at", NEW."happened_in_words", NEW."id", NEW."not_offered_because", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."police", NEW."referral_accepted", NEW."referral_offered", NEW."report_is_mandatory", NEW."screened_at", NEW."screened_by_id", NEW."suspected", NEW."version"); RETURN NULL;',
                            hash="93921ae12e501c6f4c6cd0eb4ecceae4fabee4f6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2fdee",
                            table="treatment_assaultscreen",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_assaultscreenhistory" ("advocate", "collection_accepted", "collection_offered", "declined", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "happened_at", "happened_in_words", "id", "not_offered_because", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "police", "referral_accepted", "referral_offered", "report_is_mandatory", "screened_at", "screened_by_id", "suspected", "version") VALUES (NEW."advocate", NEW."collection_accepted", NEW."collection_offered", NEW."declined", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."happened_at", NEW."happened_in_words", NEW."id", NEW."not_offered_because", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."police", NEW."referral_accepted", NEW."referral_offered", NEW."report_is_mandatory", NEW."screened_at", NEW."screened_by_id", NEW."suspected", NEW."version"); RETURN NULL;',
                            hash="62e3721c07d9de8097ad10de01285ec06c1f947d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f1039",
                            table="treatment_assaultscreen",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_assaultscreenhistory" ("advocate", "collection_accepted", "collection_offered", "declined", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "happened_at", "happened_in_words", "id", "not_offered_because", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "police", "referral_accepted", "referral_offered", "report_is_mandatory", "screened_at", "screened_by_id", "suspected", "version") VALUES (OLD."advocate", OLD."collection_accepted", OLD."collection_offered", OLD."declined", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."happened_at", OLD."happened_in_words", OLD."id", OLD."not_offered_because", OLD."note", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."police", OLD."referral_accepted", OLD."referral_offered", OLD."report_is_mandatory", OLD."screened_at", OLD."screened_by_id", OLD."suspected", OLD."version"); RETURN NULL;',
                            hash="d0285501de0f177a0b0889432626c174cb1327ce",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0f7cb",
                            table="treatment_assaultscreen",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="AssaultReader",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patients.patient"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "screen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readers",
                        to="treatment.assaultscreen",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("named_at", models.DateTimeField(editable=False)),
                (
                    "named_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("screen", "reader"),
                        name="a_reader_is_named_once",
                        violation_error_code="named_already",
                        violation_error_message="This clinician may read it already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="assaultreader_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_assaultreaderhistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "named_at", "named_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "reason", "screen_id", "version") VALUES (NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."named_at", NEW."named_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reader_id", NEW."reason", NEW."screen_id", NEW."version"); RETURN NULL;',
                            hash="1ab27106d5bbc0b65d636e219fd3a61f29db565d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f0cab",
                            table="treatment_assaultreader",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_assaultreaderhistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "named_at", "named_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "reason", "screen_id", "version") VALUES (NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."named_at", NEW."named_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reader_id", NEW."reason", NEW."screen_id", NEW."version"); RETURN NULL;',
                            hash="59035eb4e314ebaf50cfa53e4a5eda02976b6f8b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_26110",
                            table="treatment_assaultreader",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_assaultreaderhistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "named_at", "named_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "reason", "screen_id", "version") VALUES (OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."named_at", OLD."named_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reader_id", OLD."reason", OLD."screen_id", OLD."version"); RETURN NULL;',
                            hash="229f521efd381ca108793b24fe0ddea4ef72773e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a084e",
                            table="treatment_assaultreader",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="AssaultReaderHistory",
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
                        to="treatment.assaultreader",
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
                    "screen",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.assaultscreen",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("named_at", models.DateTimeField(editable=False)),
                (
                    "named_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
        audit.operations.CreateTracked(
            name="AssaultScreenHistory",
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
                        to="treatment.assaultscreen",
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
                    "declined",
                    models.BooleanField(
                        default=False, help_text="asked, and the person does not want to speak of it"
                    ),
                ),
                ("suspected", models.BooleanField(blank=True, null=True)),
                (
                    "happened_at",
                    models.DateTimeField(blank=True, help_text="about when, where it is known", null=True),
                ),
                ("happened_in_words", models.CharField(blank=True, max_length=200)),
                (
                    "collection_offered",
                    models.BooleanField(
                        blank=True,
                        help_text="urine within 120 h, first void best; a negative result rules nothing out",
                        null=True,
                    ),
                ),
                ("collection_accepted", models.BooleanField(blank=True, null=True)),
                ("not_offered_because", models.CharField(blank=True, max_length=200)),
                (
                    "referral_offered",
                    models.BooleanField(
                        blank=True, help_text="an examiner for sexual assault (SAFE or SANE)", null=True
                    ),
                ),
                ("referral_accepted", models.BooleanField(blank=True, null=True)),
                ("advocate", models.CharField(blank=True, help_text="who stands by the person", max_length=200)),
                (
                    "police",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Wants a report"), ("no", "Wants none"), ("undecided", "Undecided")],
                        max_length=10,
                    ),
                ),
                (
                    "report_is_mandatory",
                    models.BooleanField(blank=True, help_text="by the law of the place", null=True),
                ),
                ("note", models.TextField(blank=True, max_length=4000)),
                ("screened_at", models.DateTimeField(editable=False)),
                (
                    "screened_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
        audit.operations.CreateTracked(
            name="MedicationStatement",
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
                        related_name="medication_statements",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                ("medication", models.CharField(help_text="name and strength", max_length=200)),
                ("rxnorm", models.CharField(blank=True, max_length=20, verbose_name="RxNorm code")),
                ("dose", models.CharField(blank=True, max_length=200)),
                ("route", models.CharField(blank=True, max_length=100)),
                ("how_often", models.CharField(blank=True, max_length=200)),
                ("taken_for", models.CharField(blank=True, max_length=200)),
                ("prescriber", models.CharField(blank=True, max_length=200)),
                ("last_taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "brought",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="how many units were brought in",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                    ),
                ),
                (
                    "brought_kept",
                    models.CharField(blank=True, help_text="where what was brought is kept", max_length=200),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("person", "The person"),
                            ("ambulance", "Ambulance"),
                            ("hospital", "Hospital"),
                            ("other_provider", "Another provider"),
                            ("bystander", "Somebody who was there"),
                            ("test", "A test"),
                        ],
                        max_length=20,
                    ),
                ),
                ("noted_at", models.DateTimeField(editable=False)),
                (
                    "noted_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("go_on", "Goes on"),
                            ("changed", "Goes on, changed"),
                            ("held", "Held for now"),
                            ("stopped", "Stopped"),
                            ("ask", "To be asked about"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("decision_in_words", models.CharField(blank=True, editable=False, max_length=500)),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "decided_by",
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
                "indexes": [models.Index(fields=["patient", "-noted_at"], name="medication_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_medication_decision_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="decided_at and decided_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("medication", ""), _negated=True),
                        name="a_medication_has_a_name",
                        violation_error_code="medication_missing",
                        violation_error_message="Say which medication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decision", "")),
                            models.Q(models.Q(("decision", ""), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_medication_decision_is_dated",
                        violation_error_code="decision_missing",
                        violation_error_message="Say what is done about it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_taken_at", None), ("last_taken_at__lte", models.F("noted_at")), _connector="OR"
                        ),
                        name="a_medication_was_taken_before_it_was_noted",
                        violation_error_code="in_the_future",
                        violation_error_message="It was last taken after the time it was noted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("brought", None), ("brought__lte", 10000), _connector="OR"),
                        name="what_was_brought_can_be_counted",
                        violation_error_code="out_of_range",
                        violation_error_message="Nobody brings more than 10,000.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="medicationstatement_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_medicationstatementhistory" ("brought", "brought_kept", "decided_at", "decided_by_id", "decision", "decision_in_words", "dose", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "how_often", "id", "last_taken_at", "medication", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescriber", "route", "rxnorm", "source", "taken_for", "version") VALUES (NEW."brought", NEW."brought_kept", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_in_words", NEW."dose", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."how_often", NEW."id", NEW."last_taken_at", NEW."medication", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."prescriber", NEW."route", NEW."rxnorm", NEW."source", NEW."taken_for", NEW."version"); RETURN NULL;',
                            hash="e8ef39931e1192edc9882019a7f3ab9447c2cf0d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_25bd9",
                            table="treatment_medicationstatement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_medicationstatementhistory" ("brought", "brought_kept", "decided_at", "decided_by_id", "decision", "decision_in_words", "dose", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "how_often", "id", "last_taken_at", "medication", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescriber", "route", "rxnorm", "source", "taken_for", "version") VALUES (NEW."brought", NEW."brought_kept", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_in_words", NEW."dose", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."how_often", NEW."id", NEW."last_taken_at", NEW."medication", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."prescriber", NEW."route", NEW."rxnorm", NEW."source", NEW."taken_for", NEW."version"); RETURN NULL;',
                            hash="567d30a7ca9c049decc852f76be53d31b1c71920",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_933fc",
                            table="treatment_medicationstatement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_medicationstatementhistory" ("brought", "brought_kept", "decided_at", "decided_by_id", "decision", "decision_in_words", "dose", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "how_often", "id", "last_taken_at", "medication", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescriber", "route", "rxnorm", "source", "taken_for", "version") VALUES (OLD."brought", OLD."brought_kept", OLD."decided_at", OLD."decided_by_id", OLD."decision", OLD."decision_in_words", OLD."dose", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."how_often", OLD."id", OLD."last_taken_at", OLD."medication", OLD."noted_at", OLD."noted_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."prescriber", OLD."route", OLD."rxnorm", OLD."source", OLD."taken_for", OLD."version"); RETURN NULL;',
                            hash="88d7757a9dd66aa54cedc521edfddc570efd0cac",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0943e",
                            table="treatment_medicationstatement",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="MedicationStatementHistory",
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
                        to="treatment.medicationstatement",
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
                ("medication", models.CharField(help_text="name and strength", max_length=200)),
                ("rxnorm", models.CharField(blank=True, max_length=20, verbose_name="RxNorm code")),
                ("dose", models.CharField(blank=True, max_length=200)),
                ("route", models.CharField(blank=True, max_length=100)),
                ("how_often", models.CharField(blank=True, max_length=200)),
                ("taken_for", models.CharField(blank=True, max_length=200)),
                ("prescriber", models.CharField(blank=True, max_length=200)),
                ("last_taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "brought",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="how many units were brought in",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                    ),
                ),
                (
                    "brought_kept",
                    models.CharField(blank=True, help_text="where what was brought is kept", max_length=200),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("person", "The person"),
                            ("ambulance", "Ambulance"),
                            ("hospital", "Hospital"),
                            ("other_provider", "Another provider"),
                            ("bystander", "Somebody who was there"),
                            ("test", "A test"),
                        ],
                        max_length=20,
                    ),
                ),
                ("noted_at", models.DateTimeField(editable=False)),
                (
                    "noted_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("go_on", "Goes on"),
                            ("changed", "Goes on, changed"),
                            ("held", "Held for now"),
                            ("stopped", "Stopped"),
                            ("ask", "To be asked about"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("decision_in_words", models.CharField(blank=True, editable=False, max_length=500)),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "decided_by",
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
            name="PrescribedKetamine",
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
                        related_name="prescribed_ketamine",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                ("prescriber", models.CharField(help_text="the prescriber or the clinic", max_length=200)),
                (
                    "prescriber_contact",
                    models.CharField(blank=True, help_text="telephone or address", max_length=200),
                ),
                (
                    "product",
                    models.CharField(blank=True, help_text="racemic, esketamine, compounded …", max_length=200),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("1", "Swallowed"),
                            ("2", "Smoked"),
                            ("3", "Snorted or inhaled"),
                            ("4", "Injected"),
                            ("20", "Other"),
                            ("97", "Unknown"),
                        ],
                        default="97",
                        max_length=2,
                    ),
                ),
                ("dose", models.CharField(blank=True, max_length=200)),
                ("how_often", models.CharField(blank=True, max_length=200)),
                (
                    "indication",
                    models.CharField(blank=True, help_text="what it is given for; often off-label", max_length=200),
                ),
                (
                    "supervised",
                    models.BooleanField(
                        blank=True, help_text="taken in a clinic, with somebody beside it?", null=True
                    ),
                ),
                ("started_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("permitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "permitted_by",
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
                ("stopped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "stopped_by",
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
                ("stop_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                "verbose_name_plural": "prescribed ketamine",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-recorded_at"], name="ketamine_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("permitted_at__isnull", True), ("permitted_by__isnull", True)),
                            models.Q(("permitted_at__isnull", False), ("permitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="permission_to_call_a_prescriber_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="permitted_at and permitted_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stopped_at__isnull", True), ("stopped_by__isnull", True)),
                            models.Q(("stopped_at__isnull", False), ("stopped_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="stopping_ketamine_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="stopped_at and stopped_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("prescriber", ""), _negated=True),
                        name="prescribed_ketamine_names_its_prescriber",
                        violation_error_code="prescriber_missing",
                        violation_error_message="Say who prescribes it, or which clinic gives it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stop_reason", ""), ("stopped_at", None)),
                            models.Q(("stopped_at__isnull", False), models.Q(("stop_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="stopping_ketamine_has_a_reason",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why it was stopped.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="prescribedketamine_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_prescribedketaminehistory" ("dose", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "how_often", "id", "indication", "patient_id", "permitted_at", "permitted_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescriber", "prescriber_contact", "product", "recorded_at", "recorded_by_id", "route", "started_on", "stop_reason", "stopped_at", "stopped_by_id", "supervised", "version") VALUES (NEW."dose", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."how_often", NEW."id", NEW."indication", NEW."patient_id", NEW."permitted_at", NEW."permitted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."prescriber", NEW."prescriber_contact", NEW."product", NEW."recorded_at", NEW."recorded_by_id", NEW."route", NEW."started_on", NEW."stop_reason", NEW."stopped_at", NEW."stopped_by_id", NEW."supervised", NEW."version"); RETURN NULL;',
                            hash="41e9b82da8f555c15066288983b401a194cf214f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5d8c0",
                            table="treatment_prescribedketamine",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_prescribedketaminehistory" ("dose", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "how_often", "id", "indication", "patient_id", "permitted_at", "permitted_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescriber", "prescriber_contact", "product", "recorded_at", "recorded_by_id", "route", "started_on", "stop_reason", "stopped_at", "stopped_by_id", "supervised", "version") VALUES (NEW."dose", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."how_often", NEW."id", NEW."indication", NEW."patient_id", NEW."permitted_at", NEW."permitted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."prescriber", NEW."prescriber_contact", NEW."product", NEW."recorded_at", NEW."recorded_by_id", NEW."route", NEW."started_on", NEW."stop_reason", NEW."stopped_at", NEW."stopped_by_id", NEW."supervised", NEW."version"); RETURN NULL;',
                            hash="f8ad23a6fee6ceecd02b95e620d055d7146059f2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9d9ee",
                            table="treatment_prescribedketamine",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_prescribedketaminehistory" ("dose", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "how_often", "id", "indication", "patient_id", "permitted_at", "permitted_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescriber", "prescriber_contact", "product", "recorded_at", "recorded_by_id", "route", "started_on", "stop_reason", "stopped_at", "stopped_by_id", "supervised", "version") VALUES (OLD."dose", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."how_often", OLD."id", OLD."indication", OLD."patient_id", OLD."permitted_at", OLD."permitted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."prescriber", OLD."prescriber_contact", OLD."product", OLD."recorded_at", OLD."recorded_by_id", OLD."route", OLD."started_on", OLD."stop_reason", OLD."stopped_at", OLD."stopped_by_id", OLD."supervised", OLD."version"); RETURN NULL;',
                            hash="b97d82e2be41a1a09291a5a20ec9fa89d5c2af4e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a6312",
                            table="treatment_prescribedketamine",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="MoodReview",
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
                        related_name="mood_reviews",
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
                    "prescribed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="treatment.prescribedketamine",
                    ),
                ),
                ("week", models.PositiveSmallIntegerField(help_text="weeks after it stopped")),
                (
                    "duty",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mood_review",
                        to="duties.duty",
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
                    "mood",
                    models.TextField(
                        blank=True, help_text="how the person is, in their words where possible", max_length=4000
                    ),
                ),
                ("asked_about_suicide", models.BooleanField(blank=True, null=True)),
                (
                    "concern",
                    models.BooleanField(blank=True, help_text="should somebody see or call them today?", null=True),
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
                "indexes": [models.Index(fields=["patient"], name="mood_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_mood_review_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="reviewed_at and reviewed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("asked_about_suicide", None), ("concern", None), ("mood", ""), ("reviewed_at", None)
                            ),
                            models.Q(
                                ("asked_about_suicide__isnull", False),
                                ("concern__isnull", False),
                                ("reviewed_at__isnull", False),
                                models.Q(("mood", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_mood_review_says_what_was_found",
                        violation_error_code="finding_missing",
                        violation_error_message="Say how the person is, if suicide was asked about, and if there is a worry.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("prescribed", "week"),
                        name="one_mood_review_a_week",
                        violation_error_code="review_planned",
                        violation_error_message="This review is owed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="moodreview_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_moodreviewhistory" ("asked_about_suicide", "concern", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "mood", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed_id", "reviewed_at", "reviewed_by_id", "version", "week") VALUES (NEW."asked_about_suicide", NEW."concern", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."mood", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."prescribed_id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."version", NEW."week"); RETURN NULL;',
                            hash="de6e2492b331ca90fc16c72c2b9bde8410dea6ef",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_53bc6",
                            table="treatment_moodreview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_moodreviewhistory" ("asked_about_suicide", "concern", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "mood", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed_id", "reviewed_at", "reviewed_by_id", "version", "week") VALUES (NEW."asked_about_suicide", NEW."concern", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."mood", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."prescribed_id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."version", NEW."week"); RETURN NULL;',
                            hash="5ddadd6abc69a634407fc81aade9c9721ff14abe",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_05118",
                            table="treatment_moodreview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_moodreviewhistory" ("asked_about_suicide", "concern", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "mood", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed_id", "reviewed_at", "reviewed_by_id", "version", "week") VALUES (OLD."asked_about_suicide", OLD."concern", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."mood", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."prescribed_id", OLD."reviewed_at", OLD."reviewed_by_id", OLD."version", OLD."week"); RETURN NULL;',
                            hash="5e5db53e9d14d4ce5ac074b74c64002dee33c238",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f1365",
                            table="treatment_moodreview",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="MoodReviewHistory",
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
                        to="treatment.moodreview",
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
                    "prescribed",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.prescribedketamine",
                    ),
                ),
                ("week", models.PositiveSmallIntegerField(help_text="weeks after it stopped")),
                (
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
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
                    "mood",
                    models.TextField(
                        blank=True, help_text="how the person is, in their words where possible", max_length=4000
                    ),
                ),
                ("asked_about_suicide", models.BooleanField(blank=True, null=True)),
                (
                    "concern",
                    models.BooleanField(blank=True, help_text="should somebody see or call them today?", null=True),
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
        audit.operations.CreateTracked(
            name="PrescribedKetamineHistory",
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
                        to="treatment.prescribedketamine",
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
                ("prescriber", models.CharField(help_text="the prescriber or the clinic", max_length=200)),
                (
                    "prescriber_contact",
                    models.CharField(blank=True, help_text="telephone or address", max_length=200),
                ),
                (
                    "product",
                    models.CharField(blank=True, help_text="racemic, esketamine, compounded …", max_length=200),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("1", "Swallowed"),
                            ("2", "Smoked"),
                            ("3", "Snorted or inhaled"),
                            ("4", "Injected"),
                            ("20", "Other"),
                            ("97", "Unknown"),
                        ],
                        default="97",
                        max_length=2,
                    ),
                ),
                ("dose", models.CharField(blank=True, max_length=200)),
                ("how_often", models.CharField(blank=True, max_length=200)),
                (
                    "indication",
                    models.CharField(blank=True, help_text="what it is given for; often off-label", max_length=200),
                ),
                (
                    "supervised",
                    models.BooleanField(
                        blank=True, help_text="taken in a clinic, with somebody beside it?", null=True
                    ),
                ),
                ("started_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(editable=False)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("permitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "permitted_by",
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
                ("stopped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "stopped_by",
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
                ("stop_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
            name="PrescriberContact",
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
                        related_name="prescriber_contacts",
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
                    "prescribed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="treatment.prescribedketamine",
                    ),
                ),
                ("spoke_with", models.CharField(max_length=200)),
                ("words", models.TextField(help_text="what was said, and what was agreed", max_length=4000)),
                ("contacted_at", models.DateTimeField(editable=False)),
                (
                    "contacted_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "indexes": [models.Index(fields=["patient", "-contacted_at"], name="prescribers_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True), models.Q(("spoke_with", ""), _negated=True)
                        ),
                        name="a_prescriber_contact_has_words",
                        violation_error_code="words_missing",
                        violation_error_message="Say who it was, and what was said.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="prescribercontact_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_prescribercontacthistory" ("contacted_at", "contacted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed_id", "spoke_with", "version", "words") VALUES (NEW."contacted_at", NEW."contacted_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."prescribed_id", NEW."spoke_with", NEW."version", NEW."words"); RETURN NULL;',
                            hash="d8a6e4b306edff086ba554a54fd783022bc1a7d8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f8226",
                            table="treatment_prescribercontact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_prescribercontacthistory" ("contacted_at", "contacted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed_id", "spoke_with", "version", "words") VALUES (NEW."contacted_at", NEW."contacted_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."prescribed_id", NEW."spoke_with", NEW."version", NEW."words"); RETURN NULL;',
                            hash="d7ec4ba96d190cfeee746eedd47a95447265d891",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ea1f2",
                            table="treatment_prescribercontact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_prescribercontacthistory" ("contacted_at", "contacted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed_id", "spoke_with", "version", "words") VALUES (OLD."contacted_at", OLD."contacted_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."prescribed_id", OLD."spoke_with", OLD."version", OLD."words"); RETURN NULL;',
                            hash="4ffa4682e478dd1b4cd0e65fda45e8391df46dfc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6f9a7",
                            table="treatment_prescribercontact",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="PrescriberContactHistory",
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
                        to="treatment.prescribercontact",
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
                    "prescribed",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.prescribedketamine",
                    ),
                ),
                ("spoke_with", models.CharField(max_length=200)),
                ("words", models.TextField(help_text="what was said, and what was agreed", max_length=4000)),
                ("contacted_at", models.DateTimeField(editable=False)),
                (
                    "contacted_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
        audit.operations.CreateTracked(
            name="Reconciliation",
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
                        related_name="reconciliations",
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
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="treatment.placement",
                    ),
                ),
                (
                    "takes_nothing",
                    models.BooleanField(default=False, help_text="asked, and the person takes no medication"),
                ),
                ("note", models.TextField(blank=True, max_length=4000)),
                ("reconciled_at", models.DateTimeField(editable=False)),
                (
                    "reconciled_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "indexes": [models.Index(fields=["patient", "-reconciled_at"], name="reconciled_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reconciliation_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_reconciliationhistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reconciled_at", "reconciled_by_id", "takes_nothing", "version") VALUES (NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."reconciled_at", NEW."reconciled_by_id", NEW."takes_nothing", NEW."version"); RETURN NULL;',
                            hash="75d5eb5a6d6e555d3be395bb404bfd1282d2e647",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_16ce7",
                            table="treatment_reconciliation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_reconciliationhistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reconciled_at", "reconciled_by_id", "takes_nothing", "version") VALUES (NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."reconciled_at", NEW."reconciled_by_id", NEW."takes_nothing", NEW."version"); RETURN NULL;',
                            hash="91499734fd774f47fb4b4361a35acda87d3ca478",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6ebf0",
                            table="treatment_reconciliation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_reconciliationhistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reconciled_at", "reconciled_by_id", "takes_nothing", "version") VALUES (OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."note", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."reconciled_at", OLD."reconciled_by_id", OLD."takes_nothing", OLD."version"); RETURN NULL;',
                            hash="ae82a35624905fb62cf0d102d7326dab11f44fb4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dfb82",
                            table="treatment_reconciliation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="ReconciliationHistory",
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
                        to="treatment.reconciliation",
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
                    "placement",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.placement",
                    ),
                ),
                (
                    "takes_nothing",
                    models.BooleanField(default=False, help_text="asked, and the person takes no medication"),
                ),
                ("note", models.TextField(blank=True, max_length=4000)),
                ("reconciled_at", models.DateTimeField(editable=False)),
                (
                    "reconciled_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="placement",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="placement",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="placement",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="placement",
            name="reconcile_duty",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reconcile_of",
                to="duties.duty",
            ),
        ),
        migrations.AddField(
            model_name="placementhistory",
            name="reconcile_duty",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="duties.duty",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_placementhistory" ("began_at", "began_by_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_end_on", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_duty_id", "program_id", "reconcile_duty_id", "track", "version") VALUES (NEW."began_at", NEW."began_by_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_end_on", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_duty_id", NEW."program_id", NEW."reconcile_duty_id", NEW."track", NEW."version"); RETURN NULL;',
                    hash="2ad81092cdbc0ece88c4042613e54591757450e8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_69408",
                    table="treatment_placement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_placementhistory" ("began_at", "began_by_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_end_on", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_duty_id", "program_id", "reconcile_duty_id", "track", "version") VALUES (NEW."began_at", NEW."began_by_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_end_on", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_duty_id", NEW."program_id", NEW."reconcile_duty_id", NEW."track", NEW."version"); RETURN NULL;',
                    hash="0ab54d981c93045db89dda18e8cc306e5e0d46df",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_68464",
                    table="treatment_placement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_placementhistory" ("began_at", "began_by_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_end_on", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_duty_id", "program_id", "reconcile_duty_id", "track", "version") VALUES (OLD."began_at", OLD."began_by_id", OLD."end_reason", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."expected_end_on", OLD."facility_id", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_duty_id", OLD."program_id", OLD."reconcile_duty_id", OLD."track", OLD."version"); RETURN NULL;',
                    hash="6d19e0c0b041b72d9962bf84c4fe0b502edff6e4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f3f61",
                    table="treatment_placement",
                    when="AFTER",
                ),
            ),
        ),
        kept(*TABLES),
        append_only(*(f"{table}history" for table in TABLES), by_trigger=True),
    ]
    operations = [audit.operations.Together(together)]
