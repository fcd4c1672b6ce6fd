from decimal import Decimal

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
        ("accounts", "0003_the_night"),
        ("accounts", "__first__"),
        ("patients", "0003_the_people_around"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="UseScreening",
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
                        related_name="use_screenings",
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
                    "ketamine",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="ketamine",
                    ),
                ),
                (
                    "alcohol",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="alcohol",
                    ),
                ),
                (
                    "ghb",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="ghb",
                    ),
                ),
                (
                    "benzodiazepines",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="benzodiazepines",
                    ),
                ),
                (
                    "opioids",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="opioids, also for bladder pain",
                    ),
                ),
                (
                    "stimulants",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="stimulants",
                    ),
                ),
                (
                    "cannabis",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="cannabis",
                    ),
                ),
                (
                    "mdma",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="mdma",
                    ),
                ),
                (
                    "hallucinogens",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="other hallucinogens and dissociatives: lsd, psilocybin, pcp, dxm, analogs",
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        choices=[
                            ("alone", "Alone"),
                            ("friends", "At home with others"),
                            ("party", "Club, party or festival"),
                            ("public", "In public or outdoors"),
                            ("work", "At work or school"),
                            ("clinic", "In a clinic, supervised"),
                            ("other", "Elsewhere"),
                            ("unknown", "Unknown"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("setting_in_words", models.CharField(blank=True, max_length=200)),
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
                ("screened_at", models.DateTimeField()),
                (
                    "screened_by",
                    models.ForeignKey(
                        db_index=False,
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
                "indexes": [models.Index(fields=["patient", "-screened_at"], name="screenings_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alcohol__in", ["yes", "no", "unknown", "declined"]),
                            ("benzodiazepines__in", ["yes", "no", "unknown", "declined"]),
                            ("cannabis__in", ["yes", "no", "unknown", "declined"]),
                            ("ghb__in", ["yes", "no", "unknown", "declined"]),
                            ("hallucinogens__in", ["yes", "no", "unknown", "declined"]),
                            ("ketamine__in", ["yes", "no", "unknown", "declined"]),
                            ("mdma__in", ["yes", "no", "unknown", "declined"]),
                            ("opioids__in", ["yes", "no", "unknown", "declined"]),
                            ("stimulants__in", ["yes", "no", "unknown", "declined"]),
                        ),
                        name="every_substance_was_asked_about",
                        violation_error_code="not_asked",
                        violation_error_message="Ask about each substance of the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="usescreening_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_usescreeninghistory" ("alcohol", "benzodiazepines", "cannabis", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "ghb", "hallucinogens", "id", "ketamine", "mdma", "opioids", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "screened_at", "screened_by_id", "setting", "setting_in_words", "source", "stimulants", "version") VALUES (NEW."alcohol", NEW."benzodiazepines", NEW."cannabis", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."ghb", NEW."hallucinogens", NEW."id", NEW."ketamine", NEW."mdma", NEW."opioids", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."screened_at", NEW."screened_by_id", NEW."setting", NEW."setting_in_words", NEW."source", NEW."stimulants", NEW."version"); RETURN NULL;',
                            hash="8dd191b3fd74039817487a1b7cbafd6e5fa917e4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9cd35",
                            table="patients_usescreening",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_usescreeninghistory" ("alcohol", "benzodiazepines", "cannabis", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "ghb", "hallucinogens", "id", "ketamine", "mdma", "opioids", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "screened_at", "screened_by_id", "setting", "setting_in_words", "source", "stimulants", "version") VALUES (NEW."alcohol", NEW."benzodiazepines", NEW."cannabis", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."ghb", NEW."hallucinogens", NEW."id", NEW."ketamine", NEW."mdma", NEW."opioids", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."screened_at", NEW."screened_by_id", NEW."setting", NEW."setting_in_words", NEW."source", NEW."stimulants", NEW."version"); RETURN NULL;',
                            hash="ad57469f555b6f8d8bf9d3f4dfbd100014a9bb8d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b667e",
                            table="patients_usescreening",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_usescreeninghistory" ("alcohol", "benzodiazepines", "cannabis", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "ghb", "hallucinogens", "id", "ketamine", "mdma", "opioids", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "screened_at", "screened_by_id", "setting", "setting_in_words", "source", "stimulants", "version") VALUES (OLD."alcohol", OLD."benzodiazepines", OLD."cannabis", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."ghb", OLD."hallucinogens", OLD."id", OLD."ketamine", OLD."mdma", OLD."opioids", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."screened_at", OLD."screened_by_id", OLD."setting", OLD."setting_in_words", OLD."source", OLD."stimulants", OLD."version"); RETURN NULL;',
                            hash="7cf1c5317d5af31d42c9fdc79297db3aaea0fdfd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0205d",
                            table="patients_usescreening",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UseScreeningHistory",
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
                        to="patients.usescreening",
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
                    "ketamine",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="ketamine",
                    ),
                ),
                (
                    "alcohol",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="alcohol",
                    ),
                ),
                (
                    "ghb",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="ghb",
                    ),
                ),
                (
                    "benzodiazepines",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="benzodiazepines",
                    ),
                ),
                (
                    "opioids",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="opioids, also for bladder pain",
                    ),
                ),
                (
                    "stimulants",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="stimulants",
                    ),
                ),
                (
                    "cannabis",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="cannabis",
                    ),
                ),
                (
                    "mdma",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="mdma",
                    ),
                ),
                (
                    "hallucinogens",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unknown", "Does not know"),
                            ("declined", "Would rather not say"),
                        ],
                        max_length=10,
                        verbose_name="other hallucinogens and dissociatives: lsd, psilocybin, pcp, dxm, analogs",
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        choices=[
                            ("alone", "Alone"),
                            ("friends", "At home with others"),
                            ("party", "Club, party or festival"),
                            ("public", "In public or outdoors"),
                            ("work", "At work or school"),
                            ("clinic", "In a clinic, supervised"),
                            ("other", "Elsewhere"),
                            ("unknown", "Unknown"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("setting_in_words", models.CharField(blank=True, max_length=200)),
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
                ("screened_at", models.DateTimeField()),
                (
                    "screened_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
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
            model_name="substanceuse",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="substanceuse",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="substanceuse",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="substanceuse",
            name="age_first_used",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="years, at first use",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(120),
                ],
            ),
        ),
        migrations.AddField(
            model_name="substanceuse",
            name="days_used",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="of the last 30 days",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(30),
                ],
            ),
        ),
        migrations.AddField(
            model_name="substanceuse",
            name="dose_was_mg",
            field=models.DecimalField(
                blank=True,
                decimal_places=1,
                help_text="mg at a time, before it rose or fell",
                max_digits=7,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0.1")),
                    django.core.validators.MaxValueValidator(Decimal("99999")),
                ],
            ),
        ),
        migrations.AddField(
            model_name="substanceuse",
            name="prescribed",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="substanceuse",
            name="rank",
            field=models.CharField(
                blank=True,
                choices=[("1", "Primary"), ("2", "Secondary"), ("3", "Tertiary")],
                help_text="stays with the substance until changed",
                max_length=1,
            ),
        ),
        migrations.AddField(
            model_name="substanceuse",
            name="setting",
            field=models.CharField(
                blank=True,
                choices=[
                    ("alone", "Alone"),
                    ("friends", "At home with others"),
                    ("party", "Club, party or festival"),
                    ("public", "In public or outdoors"),
                    ("work", "At work or school"),
                    ("clinic", "In a clinic, supervised"),
                    ("other", "Elsewhere"),
                    ("unknown", "Unknown"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="substanceuse",
            name="setting_in_words",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="substanceuse",
            name="tolerance",
            field=models.CharField(
                blank=True,
                choices=[("rising", "Rising"), ("stable", "Stable"), ("falling", "Falling"), ("unknown", "Unknown")],
                help_text="the amount that is needed",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="substanceuse",
            name="tolerance_in_words",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="substanceuse",
            name="used_for",
            field=models.CharField(
                blank=True, help_text="what it is for, such as bladder pain or sleep", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="substanceuse",
            name="usual_dose_mg",
            field=models.DecimalField(
                blank=True,
                decimal_places=1,
                help_text="mg at a time, as told; purity unknown",
                max_digits=7,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0.1")),
                    django.core.validators.MaxValueValidator(Decimal("99999")),
                ],
            ),
        ),
        migrations.AddField(
            model_name="substanceusehistory",
            name="age_first_used",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="years, at first use",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(120),
                ],
            ),
        ),
        migrations.AddField(
            model_name="substanceusehistory",
            name="days_used",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="of the last 30 days",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(30),
                ],
            ),
        ),
        migrations.AddField(
            model_name="substanceusehistory",
            name="dose_was_mg",
            field=models.DecimalField(
                blank=True,
                decimal_places=1,
                help_text="mg at a time, before it rose or fell",
                max_digits=7,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0.1")),
                    django.core.validators.MaxValueValidator(Decimal("99999")),
                ],
            ),
        ),
        migrations.AddField(
            model_name="substanceusehistory",
            name="prescribed",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="substanceusehistory",
            name="rank",
            field=models.CharField(
                blank=True,
                choices=[("1", "Primary"), ("2", "Secondary"), ("3", "Tertiary")],
                help_text="stays with the substance until changed",
                max_length=1,
            ),
        ),
        migrations.AddField(
            model_name="substanceusehistory",
            name="setting",
            field=models.CharField(
                blank=True,
                choices=[
                    ("alone", "Alone"),
                    ("friends", "At home with others"),
                    ("party", "Club, party or festival"),
                    ("public", "In public or outdoors"),
                    ("work", "At work or school"),
                    ("clinic", "In a clinic, supervised"),
                    ("other", "Elsewhere"),
                    ("unknown", "Unknown"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="substanceusehistory",
            name="setting_in_words",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="substanceusehistory",
            name="tolerance",
            field=models.CharField(
                blank=True,
                choices=[("rising", "Rising"), ("stable", "Stable"), ("falling", "Falling"), ("unknown", "Unknown")],
                help_text="the amount that is needed",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="substanceusehistory",
            name="tolerance_in_words",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="substanceusehistory",
            name="used_for",
            field=models.CharField(
                blank=True, help_text="what it is for, such as bladder pain or sleep", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="substanceusehistory",
            name="usual_dose_mg",
            field=models.DecimalField(
                blank=True,
                decimal_places=1,
                help_text="mg at a time, as told; purity unknown",
                max_digits=7,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0.1")),
                    django.core.validators.MaxValueValidator(Decimal("99999")),
                ],
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substanceuse",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "patients_substanceusehistory" ("age_first_used", "amount", "days_used", "dose_was_mg", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "first_used_on", "frequency", "id", "last_used_at", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed", "rank", "route", "setting", "setting_in_words", "source", "substance", "tolerance", "tolerance_in_words", "used_for", "usual_dose_mg", "version") VALUES (NEW."age_first_used", NEW."amount", NEW."days_used", NEW."dose_was_mg", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."first_used_on", NEW."frequency", NEW."id", NEW."last_used_at", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."prescribed", NEW."rank", NEW."route", NEW."setting", NEW."setting_in_words", NEW."source", NEW."substance", NEW."tolerance", NEW."tolerance_in_words", NEW."used_for", NEW."usual_dose_mg", NEW."version"); RETURN NULL;',
                    hash="02b8de6d66687c846ed1ce9049ed39035f7bb773",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b7cf8",
                    table="patients_substanceuse",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substanceuse",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "patients_substanceusehistory" ("age_first_used", "amount", "days_used", "dose_was_mg", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "first_used_on", "frequency", "id", "last_used_at", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed", "rank", "route", "setting", "setting_in_words", "source", "substance", "tolerance", "tolerance_in_words", "used_for", "usual_dose_mg", "version") VALUES (NEW."age_first_used", NEW."amount", NEW."days_used", NEW."dose_was_mg", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."first_used_on", NEW."frequency", NEW."id", NEW."last_used_at", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."prescribed", NEW."rank", NEW."route", NEW."setting", NEW."setting_in_words", NEW."source", NEW."substance", NEW."tolerance", NEW."tolerance_in_words", NEW."used_for", NEW."usual_dose_mg", NEW."version"); RETURN NULL;',
                    hash="ca34ceae6d28dcd3da067581d627446c7867ef98",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_96ab6",
                    table="patients_substanceuse",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substanceuse",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "patients_substanceusehistory" ("age_first_used", "amount", "days_used", "dose_was_mg", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "first_used_on", "frequency", "id", "last_used_at", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescribed", "rank", "route", "setting", "setting_in_words", "source", "substance", "tolerance", "tolerance_in_words", "used_for", "usual_dose_mg", "version") VALUES (OLD."age_first_used", OLD."amount", OLD."days_used", OLD."dose_was_mg", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."first_used_on", OLD."frequency", OLD."id", OLD."last_used_at", OLD."noted_at", OLD."noted_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."prescribed", OLD."rank", OLD."route", OLD."setting", OLD."setting_in_words", OLD."source", OLD."substance", OLD."tolerance", OLD."tolerance_in_words", OLD."used_for", OLD."usual_dose_mg", OLD."version"); RETURN NULL;',
                    hash="13122c28259301351450848dd2f4681c3be7480b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_95a9f",
                    table="patients_substanceuse",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="substanceuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days_used", None), ("days_used__lte", 30), _connector="OR"),
                    models.Q(("age_first_used", None), ("age_first_used__lte", 120), _connector="OR"),
                    models.Q(("usual_dose_mg", None), ("usual_dose_mg__gt", 0), _connector="OR"),
                    models.Q(("dose_was_mg", None), ("dose_was_mg__gt", 0), _connector="OR"),
                ),
                name="use_is_counted_in_what_can_be",
                violation_error_code="out_of_range",
                violation_error_message="A number of days, an age or a dose is outside of what can be.",
            ),
        ),
        migrations.AddConstraint(
            model_name="substanceuse",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entered_in_error_at", None), models.Q(("rank", ""), _negated=True)),
                fields=("patient", "rank"),
                name="one_substance_per_rank",
                violation_error_code="rank_taken",
                violation_error_message="Another substance has this rank. Rank each substance once.",
            ),
        ),
        kept("patients_usescreening"),
        append_only("patients_usescreeninghistory", by_trigger=True),
    ]
    operations = [audit.operations.Together(together)]
