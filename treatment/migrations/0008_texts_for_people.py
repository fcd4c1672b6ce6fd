import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, frozen, kept


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("patients", "0004_what_was_asked"),
        ("treatment", "0007_arrival"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    together = [
        migrations.CreateModel(
            name="EducationText",
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
                ("slug", models.SlugField()),
                ("language", models.CharField(choices=[("en", "English"), ("es", "Spanish")], max_length=5)),
                ("edition", models.PositiveIntegerField(default=1)),
                ("title", models.CharField(max_length=200)),
                ("sections", models.JSONField(help_text="[{heading, says: [paragraph], points: [line]}]")),
                ("sources", models.JSONField(help_text="[one in plain words]")),
                ("reviewed_on", models.DateField(help_text="last checked against its sources")),
                ("review_due_on", models.DateField(help_text="to be checked again by then")),
            ],
            options={
                "ordering": ["slug", "language", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "language", "edition"),
                        name="one_education_text_per_edition",
                        violation_error_code="edition_taken",
                        violation_error_message="This edition of the text exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sources", []), _negated=True),
                        name="an_education_text_has_sources",
                        violation_error_code="sources_missing",
                        violation_error_message="Say where the text is from.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_due_on__gt", models.F("reviewed_on"))),
                        name="an_education_text_is_reviewed_again",
                        violation_error_code="review_before_review",
                        violation_error_message="The next review comes after the last.",
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="EducationGiven",
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
                    "how",
                    models.CharField(
                        choices=[
                            ("talked", "Read and talked through together"),
                            ("paper", "On paper"),
                            ("screen", "Shown on a screen"),
                            ("read_aloud", "Read aloud"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "said_back",
                    models.CharField(
                        blank=True, help_text="what the person took from it, in their own words", max_length=500
                    ),
                ),
                ("given_at", models.DateTimeField(editable=False)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_given",
                        to="patients.episode",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_given",
                        to="patients.patient",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treatment.educationtext"
                    ),
                ),
            ],
            options={
                "verbose_name": "text given",
                "verbose_name_plural": "texts given",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["patient", "-given_at"], name="education_of_a_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="educationgiven_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_educationgivenhistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "given_at", "given_by_id", "how", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_back", "text_id", "version") VALUES (NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."given_at", NEW."given_by_id", NEW."how", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."said_back", NEW."text_id", NEW."version"); RETURN NULL;',
                            hash="0d6aa6b07a249efec747b96d4b9a756cda993adf",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_89b19",
                            table="treatment_educationgiven",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_educationgivenhistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "given_at", "given_by_id", "how", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_back", "text_id", "version") VALUES (NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."given_at", NEW."given_by_id", NEW."how", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."said_back", NEW."text_id", NEW."version"); RETURN NULL;',
                            hash="7231deed239385c9b63173c315dd78a9abae81ce",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e6a8f",
                            table="treatment_educationgiven",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_educationgivenhistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "given_at", "given_by_id", "how", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_back", "text_id", "version") VALUES (OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."given_at", OLD."given_by_id", OLD."how", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."said_back", OLD."text_id", OLD."version"); RETURN NULL;',
                            hash="91853bcd89161ef809cd7094d9d908e9379738cc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4a7d3",
                            table="treatment_educationgiven",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EducationGivenHistory",
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
                    "how",
                    models.CharField(
                        choices=[
                            ("talked", "Read and talked through together"),
                            ("paper", "On paper"),
                            ("screen", "Shown on a screen"),
                            ("read_aloud", "Read aloud"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "said_back",
                    models.CharField(
                        blank=True, help_text="what the person took from it, in their own words", max_length=500
                    ),
                ),
                ("given_at", models.DateTimeField(editable=False)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
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
                    "given_by",
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
                        to="treatment.educationgiven",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.educationtext",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        kept("treatment_educationgiven", "treatment_educationtext"),
        append_only("treatment_educationgivenhistory", by_trigger=True),
        frozen(
            "treatment_educationtext",
            when="TRUE",
            name="an_education_text_never_changes",
            message="a text for people never changes",
        ),
    ]
    operations = [audit.operations.Together(together)]
