import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, kept


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("patients", "0006_the_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    together = [
        audit.operations.CreateTracked(
            name="Document",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("consent_form", "Consent form"),
                            ("referral_letter", "Referral letter"),
                            ("lab_result", "Lab result"),
                            ("identification", "Identification"),
                            ("photo", "Photo of the person"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("dated_on", models.DateField(blank=True, help_text="the date it bears", null=True)),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/png", "PNG"),
                            ("image/jpeg", "JPEG"),
                            ("text/plain", "Plain text"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("size", models.PositiveIntegerField(editable=False, help_text="bytes")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "consented_at",
                    models.DateTimeField(blank=True, editable=False, help_text="to be shown in a photo", null=True),
                ),
                ("consent_withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("added_at", models.DateTimeField(editable=False)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "added_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consent_withdrawn_by",
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
                    "consented_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        help_text="who asked the person",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["patient", "-added_at"], name="documents_of_a_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consented_at__isnull", True), ("consented_by__isnull", True)),
                            models.Q(("consented_at__isnull", False), ("consented_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_photo_consent_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="consented_at and consented_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent_withdrawn_at__isnull", True), ("consent_withdrawn_by__isnull", True)),
                            models.Q(
                                ("consent_withdrawn_at__isnull", False), ("consent_withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="a_withdrawn_photo_consent_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="consent_withdrawn_at and consent_withdrawn_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="a_document_has_a_title",
                        violation_error_code="title_missing",
                        violation_error_message="Give the document a title.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)),
                        name="a_document_is_not_empty",
                        violation_error_code="file_empty",
                        violation_error_message="This file is empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "photo"), _negated=True),
                            ("consented_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_photo_needs_consent",
                        violation_error_code="consent_missing",
                        violation_error_message="A photo of the person needs their consent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "photo"), _negated=True),
                            ("media_type__in", ["image/png", "image/jpeg"]),
                            _connector="OR",
                        ),
                        name="a_photo_is_an_image",
                        violation_error_code="photo_not_an_image",
                        violation_error_message="A photo is a PNG or a JPEG.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consent_withdrawn_at", None), ("consented_at__isnull", False), _connector="OR"
                        ),
                        name="consent_is_withdrawn_where_it_was_given",
                        violation_error_code="no_consent_given",
                        violation_error_message="There is no consent to take back.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="document_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_documenthistory" ("added_at", "added_by_id", "consent_withdrawn_at", "consent_withdrawn_by_id", "consented_at", "consented_by_id", "dated_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "kind", "media_type", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "title", "version") VALUES (NEW."added_at", NEW."added_by_id", NEW."consent_withdrawn_at", NEW."consent_withdrawn_by_id", NEW."consented_at", NEW."consented_by_id", NEW."dated_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."kind", NEW."media_type", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."sha256", NEW."size", NEW."title", NEW."version"); RETURN NULL;',
                            hash="cb868924fc6222961ef10ea8fb2747ecdfa94ae9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cf67c",
                            table="patients_document",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_documenthistory" ("added_at", "added_by_id", "consent_withdrawn_at", "consent_withdrawn_by_id", "consented_at", "consented_by_id", "dated_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "kind", "media_type", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "title", "version") VALUES (NEW."added_at", NEW."added_by_id", NEW."consent_withdrawn_at", NEW."consent_withdrawn_by_id", NEW."consented_at", NEW."consented_by_id", NEW."dated_on", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."kind", NEW."media_type", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."sha256", NEW."size", NEW."title", NEW."version"); RETURN NULL;',
                            hash="f97f6c91cdfd8e62b2cf770a4662c87b38622231",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6a984",
                            table="patients_document",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_documenthistory" ("added_at", "added_by_id", "consent_withdrawn_at", "consent_withdrawn_by_id", "consented_at", "consented_by_id", "dated_on", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "kind", "media_type", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "title", "version") VALUES (OLD."added_at", OLD."added_by_id", OLD."consent_withdrawn_at", OLD."consent_withdrawn_by_id", OLD."consented_at", OLD."consented_by_id", OLD."dated_on", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."kind", OLD."media_type", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."sha256", OLD."size", OLD."title", OLD."version"); RETURN NULL;',
                            hash="957b742ebb33129717253218bc2c3c3b53564f11",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4f0c5",
                            table="patients_document",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentHistory",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "id",
                    models.UUIDField(
                        db_default=audit.models.UUIDv7(), default=audit.models.uuid7, editable=False, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("consent_form", "Consent form"),
                            ("referral_letter", "Referral letter"),
                            ("lab_result", "Lab result"),
                            ("identification", "Identification"),
                            ("photo", "Photo of the person"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("dated_on", models.DateField(blank=True, help_text="the date it bears", null=True)),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/png", "PNG"),
                            ("image/jpeg", "JPEG"),
                            ("text/plain", "Plain text"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("size", models.PositiveIntegerField(editable=False, help_text="bytes")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "consented_at",
                    models.DateTimeField(blank=True, editable=False, help_text="to be shown in a photo", null=True),
                ),
                ("consent_withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("added_at", models.DateTimeField(editable=False)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "added_by",
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
                    "consent_withdrawn_by",
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
                    "consented_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="who asked the person",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="patients.document",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="DocumentContent",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="patients.document",
                    ),
                ),
                ("content", models.BinaryField()),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patients.patient"
                    ),
                ),
            ],
            options={},
        ),
        kept("patients_document"),
        append_only("patients_documentcontent"),
        append_only("patients_documenthistory", by_trigger=True),
    ]
    operations = [audit.operations.Together(together)]
