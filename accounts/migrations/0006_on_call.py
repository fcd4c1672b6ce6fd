import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
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


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_mobile"),
    ]

    together = [
        migrations.CreateModel(
            name="OnCallShift",
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
                        choices=[("on_call", "Clinician on call"), ("lead", "Lead on call")],
                        default="on_call",
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("planned_at", models.DateTimeField(editable=False)),
                ("canceled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("cancel_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["-starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="OnCallShiftHistory",
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
                        choices=[("on_call", "Clinician on call"), ("lead", "Lead on call")],
                        default="on_call",
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("planned_at", models.DateTimeField(editable=False)),
                ("canceled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("cancel_reason", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
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
            name="country",
            field=models.CharField(
                db_default="US",
                default="US",
                help_text="two letters (ISO 3166): which emergency numbers people here are given",
                max_length=2,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Z]{2}$", "Two capital letters, as in US or GB.", code="country_malformed"
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="facility",
            name="last_resort_email",
            field=models.EmailField(blank=True, db_default="", editable=False, max_length=254),
        ),
        migrations.AddField(
            model_name="facility",
            name="last_resort_name",
            field=models.CharField(
                blank=True,
                db_default="",
                editable=False,
                help_text="paged when nobody on the rota answers",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="facility",
            name="last_resort_phone",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name="facilityhistory",
            name="country",
            field=models.CharField(
                db_default="US",
                default="US",
                help_text="two letters (ISO 3166): which emergency numbers people here are given",
                max_length=2,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Z]{2}$", "Two capital letters, as in US or GB.", code="country_malformed"
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="facilityhistory",
            name="last_resort_email",
            field=models.EmailField(blank=True, db_default="", editable=False, max_length=254),
        ),
        migrations.AddField(
            model_name="facilityhistory",
            name="last_resort_name",
            field=models.CharField(
                blank=True,
                db_default="",
                editable=False,
                help_text="paged when nobody on the rota answers",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="facilityhistory",
            name="last_resort_phone",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=32),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="facility",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_facilityhistory" ("country", "holidays", "id", "last_resort_email", "last_resort_name", "last_resort_phone", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "version", "working_hours", "zone") VALUES (NEW."country", NEW."holidays", NEW."id", NEW."last_resort_email", NEW."last_resort_name", NEW."last_resort_phone", NEW."logged_within", NEW."most_a_day", NEW."most_in_7_days", NEW."name", NEW."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."phone", NEW."quiet_from", NEW."quiet_until", NEW."sender_name", NEW."sends_to_patients_at", NEW."sends_to_patients_by_id", NEW."version", NEW."working_hours", NEW."zone"); RETURN NULL;',
                    hash="858d63cdd926658e1a53c1dca0192d54f714c8a6",
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
                    func='INSERT INTO "accounts_facilityhistory" ("country", "holidays", "id", "last_resort_email", "last_resort_name", "last_resort_phone", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "version", "working_hours", "zone") VALUES (NEW."country", NEW."holidays", NEW."id", NEW."last_resort_email", NEW."last_resort_name", NEW."last_resort_phone", NEW."logged_within", NEW."most_a_day", NEW."most_in_7_days", NEW."name", NEW."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."phone", NEW."quiet_from", NEW."quiet_until", NEW."sender_name", NEW."sends_to_patients_at", NEW."sends_to_patients_by_id", NEW."version", NEW."working_hours", NEW."zone"); RETURN NULL;',
                    hash="08320f7875377d8583236a02b16466c416893b67",
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
                    func='INSERT INTO "accounts_facilityhistory" ("country", "holidays", "id", "last_resort_email", "last_resort_name", "last_resort_phone", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "version", "working_hours", "zone") VALUES (OLD."country", OLD."holidays", OLD."id", OLD."last_resort_email", OLD."last_resort_name", OLD."last_resort_phone", OLD."logged_within", OLD."most_a_day", OLD."most_in_7_days", OLD."name", OLD."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."phone", OLD."quiet_from", OLD."quiet_until", OLD."sender_name", OLD."sends_to_patients_at", OLD."sends_to_patients_by_id", OLD."version", OLD."working_hours", OLD."zone"); RETURN NULL;',
                    hash="3976176ae633dad63d525867ef2eab43b7a6997e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_28991",
                    table="accounts_facility",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="facility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("last_resort_email", ""), ("last_resort_name", ""), ("last_resort_phone", "")),
                    models.Q(
                        models.Q(("last_resort_name", ""), _negated=True),
                        models.Q(("last_resort_phone", ""), _negated=True),
                        models.Q(("last_resort_email", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_last_resort_can_be_reached",
                violation_error_code="last_resort_incomplete",
                violation_error_message="Give the name, the phone number and the email of the last resort.",
            ),
        ),
        migrations.AddField(
            model_name="oncallshift",
            name="canceled_by",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="oncallshift",
            name="facility",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="on_call_shifts", to="accounts.facility"
            ),
        ),
        migrations.AddField(
            model_name="oncallshift",
            name="instead_of",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.oncallshift",
            ),
        ),
        migrations.AddField(
            model_name="oncallshift",
            name="planned_by",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="oncallshift",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="on_call_shifts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="oncallshifthistory",
            name="canceled_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="oncallshifthistory",
            name="facility",
            field=models.ForeignKey(
                db_index=False,
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.facility",
            ),
        ),
        migrations.AddField(
            model_name="oncallshifthistory",
            name="instead_of",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.oncallshift",
            ),
        ),
        migrations.AddField(
            model_name="oncallshifthistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="accounts.oncallshift",
            ),
        ),
        migrations.AddField(
            model_name="oncallshifthistory",
            name="planned_by",
            field=models.ForeignKey(
                db_index=False,
                db_constraint=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="oncallshifthistory",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="oncallshift",
            index=models.Index(
                condition=models.Q(("canceled_at", None)), fields=["facility", "ends_at"], name="shifts_here"
            ),
        ),
        migrations.AddConstraint(
            model_name="oncallshift",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="a_shift_lasts_a_while",
                violation_error_code="shift_empty",
                violation_error_message="A shift ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="oncallshift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancel_reason", ""), ("canceled_at", None), ("canceled_by", None)),
                    models.Q(
                        ("canceled_at__isnull", False),
                        ("canceled_by__isnull", False),
                        models.Q(("cancel_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_canceled_shift_has_who_and_why",
                violation_error_code="half_recorded",
                violation_error_message="Calling off a shift records when, by whom and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="oncallshift",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("canceled_at", None)),
                expressions=[
                    ("facility", "="),
                    ("kind", "="),
                    ("user", "="),
                    (
                        models.Func(
                            "starts_at",
                            "ends_at",
                            function="TSTZRANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="nobody_stands_one_shift_twice",
                violation_error_code="on_call_already",
                violation_error_message="They are on call here then already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oncallshift",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_oncallshifthistory" ("cancel_reason", "canceled_at", "canceled_by_id", "ends_at", "facility_id", "id", "instead_of_id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "starts_at", "user_id", "version") VALUES (NEW."cancel_reason", NEW."canceled_at", NEW."canceled_by_id", NEW."ends_at", NEW."facility_id", NEW."id", NEW."instead_of_id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."starts_at", NEW."user_id", NEW."version"); RETURN NULL;',
                    hash="5ae8ea6289fac764c5f9af41f4749e36b347a0bb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9179a",
                    table="accounts_oncallshift",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oncallshift",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "accounts_oncallshifthistory" ("cancel_reason", "canceled_at", "canceled_by_id", "ends_at", "facility_id", "id", "instead_of_id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "starts_at", "user_id", "version") VALUES (NEW."cancel_reason", NEW."canceled_at", NEW."canceled_by_id", NEW."ends_at", NEW."facility_id", NEW."id", NEW."instead_of_id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."starts_at", NEW."user_id", NEW."version"); RETURN NULL;',
                    hash="28ee6710290cb9bde697678257ebbdce4aba2956",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bf30a",
                    table="accounts_oncallshift",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oncallshift",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_oncallshifthistory" ("cancel_reason", "canceled_at", "canceled_by_id", "ends_at", "facility_id", "id", "instead_of_id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "starts_at", "user_id", "version") VALUES (OLD."cancel_reason", OLD."canceled_at", OLD."canceled_by_id", OLD."ends_at", OLD."facility_id", OLD."id", OLD."instead_of_id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."planned_at", OLD."planned_by_id", OLD."starts_at", OLD."user_id", OLD."version"); RETURN NULL;',
                    hash="a965944d15fc5107f3531da8bcdbf5f03ae5199f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_98042",
                    table="accounts_oncallshift",
                    when="AFTER",
                ),
            ),
        ),
        kept("accounts_oncallshift"),
        append_only("accounts_oncallshifthistory", by_trigger=True),
    ]

    operations = [audit.operations.Together(together)]
