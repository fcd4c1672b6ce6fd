import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("duties", "0001_initial"),
        ("patients", "0001_initial"),
    ]

    together = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="duties.notice"
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                ("channel", models.CharField(choices=[("email", "Email"), ("phone", "Phone")], max_length=10)),
                (
                    "contact_point",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.contactpoint",
                    ),
                ),
                (
                    "to_user",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("permanent", "Refused for good"),
                            ("transient", "Refused for now"),
                            ("unknown", "Not known"),
                        ],
                        max_length=20,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        audit.operations.CreateTracked(
            name="OptOut",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="opt_outs", to="patients.patient"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[("email", "Email"), ("phone", "Phone")],
                        help_text="empty: every channel",
                        max_length=10,
                    ),
                ),
                ("how", models.CharField(help_text="how they said so", max_length=200)),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        help_text="who wrote it down",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("lifted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "lifted_by",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_lifting_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="lifted_at and lifted_by are recorded together or not at all.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("lifted_at", None)),
                        fields=("patient", "channel"),
                        name="one_opt_out_per_channel",
                        violation_error_code="opted_out",
                        violation_error_message="The person has already opted out of this.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="optout_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "messaging_optouthistory" ("asked_at", "asked_by_id", "channel", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "how", "id", "lifted_at", "lifted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."channel", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."how", NEW."id", NEW."lifted_at", NEW."lifted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;',
                            hash="24e74a9f355f2567da30932131819eab1e2e5585",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_52f7e",
                            table="messaging_optout",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "messaging_optouthistory" ("asked_at", "asked_by_id", "channel", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "how", "id", "lifted_at", "lifted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."channel", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."how", NEW."id", NEW."lifted_at", NEW."lifted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;',
                            hash="fa54f17b9e89aa5fb7ee6a183d5d28b2f09228bd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_862e9",
                            table="messaging_optout",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "messaging_optouthistory" ("asked_at", "asked_by_id", "channel", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "how", "id", "lifted_at", "lifted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."channel", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."how", OLD."id", OLD."lifted_at", OLD."lifted_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;',
                            hash="25fb34c81f6141b1f4ba87a23da218567a81f153",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fefe9",
                            table="messaging_optout",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OptOutHistory",
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
                        to="messaging.optout",
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
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[("email", "Email"), ("phone", "Phone")],
                        help_text="empty: every channel",
                        max_length=10,
                    ),
                ),
                ("how", models.CharField(help_text="how they said so", max_length=200)),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="who wrote it down",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("lifted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "lifted_by",
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
    ]
    operations = [audit.operations.Together(together)]
