import django.contrib.postgres.fields
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
        ("aftercare", "0003_check_ins_that_adapt"),
        ("patients", "0009_texts_to_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    together = [
        migrations.CreateModel(
            name="CheckInLink",
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
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "tries",
                    models.PositiveSmallIntegerField(default=0, editable=False, help_text="wrong words so far"),
                ),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, editable=False, help_text="the right word was given", null=True),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ended_how",
                    models.CharField(
                        blank=True,
                        choices=[("sent", "Sent in"), ("locked", "Wrong words"), ("withdrawn", "Withdrawn")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "check_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="aftercare.checkin"
                    ),
                ),
                (
                    "ended_by",
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
                        related_name="check_in_links",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CheckInLinkHistory",
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
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "tries",
                    models.PositiveSmallIntegerField(default=0, editable=False, help_text="wrong words so far"),
                ),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, editable=False, help_text="the right word was given", null=True),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ended_how",
                    models.CharField(
                        blank=True,
                        choices=[("sent", "Sent in"), ("locked", "Wrong words"), ("withdrawn", "Withdrawn")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "check_in",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="aftercare.checkin",
                    ),
                ),
                (
                    "ended_by",
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
                        to="aftercare.checkinlink",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SafeWord",
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
                    "hint",
                    models.CharField(
                        blank=True, help_text="shown on the page; must not give the word away", max_length=100
                    ),
                ),
                ("word_hash", models.CharField(editable=False, max_length=200)),
                ("chosen_at", models.DateTimeField()),
                ("dropped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "chosen_by",
                    models.ForeignKey(
                        db_index=False,
                        help_text="who wrote it down",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dropped_by",
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
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="safe_words", to="patients.patient"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SafeWordHistory",
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
                    "hint",
                    models.CharField(
                        blank=True, help_text="shown on the page; must not give the word away", max_length=100
                    ),
                ),
                ("chosen_at", models.DateTimeField()),
                ("dropped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "chosen_by",
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
                (
                    "dropped_by",
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
                        to="aftercare.safeword",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AnswerDraft",
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
                ("given", models.JSONField(default=dict, editable=False)),
                (
                    "passed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50),
                        default=list,
                        editable=False,
                        help_text="questions left out, by key",
                        size=None,
                    ),
                ),
                (
                    "asking",
                    models.CharField(
                        blank=True, editable=False, help_text="the question a text asked", max_length=50
                    ),
                ),
                ("misread", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("began_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField()),
                (
                    "alarmed_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="somebody was called in before it was sent", null=True
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ended_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sent", "Sent in"),
                            ("gathered", "Left unfinished, and sent in as far as it went"),
                            ("dropped", "Nothing was in it"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "check_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="aftercare.checkin"
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer_drafts",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["touched_at"], name="drafts_not_sent"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_how", "")),
                            models.Q(
                                ("asking", ""),
                                ("ended_at__isnull", False),
                                ("given", {}),
                                models.Q(("ended_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_draft_ends_somehow_and_empty",
                        violation_error_code="half_recorded",
                        violation_error_message="Answers that were sent in leave an empty draft, with when and how.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("check_in",),
                        name="one_open_draft_per_check_in",
                        violation_error_code="draft_open",
                        violation_error_message="Somebody is answering this check-in already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), models.Q(("asking", ""), _negated=True)),
                        fields=("patient",),
                        name="one_conversation_at_a_time",
                        violation_error_code="conversation_open",
                        violation_error_message="A conversation by text is open with this person already.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="checkinlink",
            index=models.Index(fields=["patient", "-issued_at"], name="links_of_a_person"),
        ),
        migrations.AddConstraint(
            model_name="checkinlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("ended_how", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        models.Q(("ended_how", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_link_end_has_who_and_how",
                violation_error_code="half_recorded",
                violation_error_message="The end of a link records when, by whom and how.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkinlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("check_in",),
                name="one_open_link_per_check_in",
                violation_error_code="link_open",
                violation_error_message="There is a link to this check-in already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkinlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("tries__lt", 5), ("ended_at__isnull", False), _connector="OR"),
                name="wrong_words_lock_a_link",
                violation_error_code="link_locked",
                violation_error_message="After five wrong words a link is locked.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkinlink",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "aftercare_checkinlinkhistory" ("check_in_id", "ended_at", "ended_by_id", "ended_how", "expires_at", "facility_id", "id", "issued_at", "opened_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tries", "version") VALUES (NEW."check_in_id", NEW."ended_at", NEW."ended_by_id", NEW."ended_how", NEW."expires_at", NEW."facility_id", NEW."id", NEW."issued_at", NEW."opened_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."tries", NEW."version"); RETURN NULL;',
                    hash="c8a4ac478e000f7df7539d955dfd99b2fafc5a8f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_de4ae",
                    table="aftercare_checkinlink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkinlink",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."check_in_id" IS DISTINCT FROM (NEW."check_in_id") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."ended_how" IS DISTINCT FROM (NEW."ended_how") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."facility_id" IS DISTINCT FROM (NEW."facility_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."tries" IS DISTINCT FROM (NEW."tries") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "aftercare_checkinlinkhistory" ("check_in_id", "ended_at", "ended_by_id", "ended_how", "expires_at", "facility_id", "id", "issued_at", "opened_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tries", "version") VALUES (NEW."check_in_id", NEW."ended_at", NEW."ended_by_id", NEW."ended_how", NEW."expires_at", NEW."facility_id", NEW."id", NEW."issued_at", NEW."opened_at", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."tries", NEW."version"); RETURN NULL;',
                    hash="22aab17b22c31144186bedacf88cd6c8aab7830a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0f786",
                    table="aftercare_checkinlink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkinlink",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "aftercare_checkinlinkhistory" ("check_in_id", "ended_at", "ended_by_id", "ended_how", "expires_at", "facility_id", "id", "issued_at", "opened_at", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tries", "version") VALUES (OLD."check_in_id", OLD."ended_at", OLD."ended_by_id", OLD."ended_how", OLD."expires_at", OLD."facility_id", OLD."id", OLD."issued_at", OLD."opened_at", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."tries", OLD."version"); RETURN NULL;',
                    hash="2e93b3a09a53eedfdfe10bf8fb514089106e1aab",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7ec36",
                    table="aftercare_checkinlink",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="safeword",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dropped_at__isnull", True), ("dropped_by__isnull", True)),
                    models.Q(("dropped_at__isnull", False), ("dropped_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_dropped_word_has_who",
                violation_error_code="half_recorded",
                violation_error_message="dropped_at and dropped_by are recorded together or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="safeword",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dropped_at", None)),
                fields=("patient",),
                name="one_safe_word_per_person",
                violation_error_code="word_chosen",
                violation_error_message="The person has a word already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="safeword",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dropped_at", None), models.Q(("word_hash", ""), _negated=True)),
                    models.Q(("dropped_at__isnull", False), ("word_hash", "")),
                    _connector="OR",
                ),
                name="a_dropped_word_is_forgotten",
                violation_error_code="word_kept",
                violation_error_message="A word in force is known by its hash; of a dropped one nothing is kept.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="safeword",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "aftercare_safewordhistory" ("chosen_at", "chosen_by_id", "dropped_at", "dropped_by_id", "hint", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."chosen_at", NEW."chosen_by_id", NEW."dropped_at", NEW."dropped_by_id", NEW."hint", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;',
                    hash="7645531f1b1b6136900ac5b72b4f4d0d78f6f0bb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_941f3",
                    table="aftercare_safeword",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="safeword",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."chosen_at" IS DISTINCT FROM (NEW."chosen_at") OR OLD."chosen_by_id" IS DISTINCT FROM (NEW."chosen_by_id") OR OLD."dropped_at" IS DISTINCT FROM (NEW."dropped_at") OR OLD."dropped_by_id" IS DISTINCT FROM (NEW."dropped_by_id") OR OLD."hint" IS DISTINCT FROM (NEW."hint") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "aftercare_safewordhistory" ("chosen_at", "chosen_by_id", "dropped_at", "dropped_by_id", "hint", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."chosen_at", NEW."chosen_by_id", NEW."dropped_at", NEW."dropped_by_id", NEW."hint", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;',
                    hash="1c2de96a5f90f8ea27e040121d86b852af9f0d90",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_93c13",
                    table="aftercare_safeword",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="safeword",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "aftercare_safewordhistory" ("chosen_at", "chosen_by_id", "dropped_at", "dropped_by_id", "hint", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."chosen_at", OLD."chosen_by_id", OLD."dropped_at", OLD."dropped_by_id", OLD."hint", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;',
                    hash="852dd2230b8de2f5e33bbf340aa9848a669e609c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_97ba3",
                    table="aftercare_safeword",
                    when="AFTER",
                ),
            ),
        ),
        kept("aftercare_checkinlink", "aftercare_safeword", "aftercare_answerdraft"),
        append_only("aftercare_checkinlinkhistory", "aftercare_safewordhistory", by_trigger=True),
    ]

    operations = [audit.operations.Together(together)]
