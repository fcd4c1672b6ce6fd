import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import accounts.models
import audit.models
import audit.operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="Patient",
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
                    "preferred_name",
                    models.CharField(help_text="what to call them; “Unknown” until they say", max_length=200),
                ),
                ("legal_name", models.CharField(blank=True, max_length=200)),
                ("birth_date", models.DateField(blank=True, null=True)),
                (
                    "language",
                    models.CharField(choices=[("en", "English"), ("es", "Spanish")], default="en", max_length=5),
                ),
                (
                    "zone",
                    models.CharField(
                        blank=True,
                        help_text="empty: the facility's",
                        max_length=64,
                        validators=[accounts.models.a_known_zone],
                    ),
                ),
                ("death_reported_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "death_reported_by",
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
                ("death_confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "death_confirmed_by",
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
                    "merged_into",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="patients.patient",
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
                "indexes": [models.Index(fields=["merged_into"], name="patient_duplicates")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("death_reported_at__isnull", True), ("death_reported_by__isnull", True)),
                            models.Q(("death_reported_at__isnull", False), ("death_reported_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_reported_death_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="death_reported_at and death_reported_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("death_confirmed_at__isnull", True), ("death_confirmed_by__isnull", True)),
                            models.Q(("death_confirmed_at__isnull", False), ("death_confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_confirmed_death_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="death_confirmed_at and death_confirmed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("death_confirmed_at", None), ("death_reported_at__isnull", False), _connector="OR"
                        ),
                        name="a_death_is_reported_before_it_is_confirmed",
                        violation_error_code="death_not_reported",
                        violation_error_message="A death is reported first and confirmed by somebody after that.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_is_merged_into_themselves",
                        violation_error_code="merged_into_self",
                        violation_error_message="A record cannot be merged into itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("preferred_name", ""), _negated=True),
                        name="a_person_has_a_name_to_be_called",
                        violation_error_code="name_missing",
                        violation_error_message="Give a name to call the person, or “Unknown”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="patient_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_patienthistory" ("birth_date", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "language", "legal_name", "merged_into_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "version", "zone") VALUES (NEW."birth_date", NEW."death_confirmed_at", NEW."death_confirmed_by_id", NEW."death_reported_at", NEW."death_reported_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."language", NEW."legal_name", NEW."merged_into_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."preferred_name", NEW."version", NEW."zone"); RETURN NULL;',
                            hash="2f1a571c7f27ee00c64aa7e3a028bd469fb15a29",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_62165",
                            table="patients_patient",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_patienthistory" ("birth_date", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "language", "legal_name", "merged_into_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "version", "zone") VALUES (NEW."birth_date", NEW."death_confirmed_at", NEW."death_confirmed_by_id", NEW."death_reported_at", NEW."death_reported_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."language", NEW."legal_name", NEW."merged_into_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."preferred_name", NEW."version", NEW."zone"); RETURN NULL;',
                            hash="85e9f594e972dff1ecc80b6882ece1bf683b6eae",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_546ce",
                            table="patients_patient",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_patienthistory" ("birth_date", "death_confirmed_at", "death_confirmed_by_id", "death_reported_at", "death_reported_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "language", "legal_name", "merged_into_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "version", "zone") VALUES (OLD."birth_date", OLD."death_confirmed_at", OLD."death_confirmed_by_id", OLD."death_reported_at", OLD."death_reported_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."language", OLD."legal_name", OLD."merged_into_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."preferred_name", OLD."version", OLD."zone"); RETURN NULL;',
                            hash="6c1c7f22fe2db6d8993c057f815693307b155f49",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9898d",
                            table="patients_patient",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PatientHistory",
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
                        to="patients.patient",
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
                    "preferred_name",
                    models.CharField(help_text="what to call them; “Unknown” until they say", max_length=200),
                ),
                ("legal_name", models.CharField(blank=True, max_length=200)),
                ("birth_date", models.DateField(blank=True, null=True)),
                (
                    "language",
                    models.CharField(choices=[("en", "English"), ("es", "Spanish")], default="en", max_length=5),
                ),
                (
                    "zone",
                    models.CharField(
                        blank=True,
                        help_text="empty: the facility's",
                        max_length=64,
                        validators=[accounts.models.a_known_zone],
                    ),
                ),
                ("death_reported_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "death_reported_by",
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
                ("death_confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "death_confirmed_by",
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
                    "merged_into",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.patient",
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
            name="Access",
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
                        related_name="access",
                        to="patients.patient",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("handover", "Handed over here"),
                            ("referral", "Referred here"),
                            ("placement", "Placed here"),
                            ("care_team", "On the care team"),
                            ("aftercare", "Followed up from here"),
                            ("merge", "Records merged"),
                            ("transfer", "Transferred here"),
                            ("break_glass", "Emergency access"),
                        ],
                        max_length=20,
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "access",
                "indexes": [
                    models.Index(fields=["facility", "patient"], name="access_by_facility"),
                    models.Index(fields=["user", "patient"], name="access_by_user"),
                    models.Index(fields=["patient", "facility"], name="access_by_patient"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("facility", None), ("user__isnull", False)),
                            models.Q(("facility__isnull", False), ("user", None)),
                            _connector="OR",
                        ),
                        name="access_is_to_a_facility_or_a_user",
                        violation_error_code="access_to_whom",
                        violation_error_message="Access is given to a facility or to a user, never both or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at", None), ("until_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="access_ends_after_it_starts",
                        violation_error_code="ends_before_start",
                        violation_error_message="Access ends after it starts.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_at", None)),
                        fields=("patient", "facility", "user", "because"),
                        name="access_is_given_once_per_reason",
                        nulls_distinct=False,
                        violation_error_code="access_given",
                        violation_error_message="This access is given already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_accesshistory" ("because", "facility_id", "from_at", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_at", "user_id", "version") VALUES (NEW."because", NEW."facility_id", NEW."from_at", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."until_at", NEW."user_id", NEW."version"); RETURN NULL;',
                            hash="22fe0f9a03636e12d0b60b8ab63025a35fe81034",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3e025",
                            table="patients_access",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_accesshistory" ("because", "facility_id", "from_at", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_at", "user_id", "version") VALUES (NEW."because", NEW."facility_id", NEW."from_at", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."until_at", NEW."user_id", NEW."version"); RETURN NULL;',
                            hash="b8b6e60db539c82d8522e8c53a3754844de1aa18",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_83535",
                            table="patients_access",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_accesshistory" ("because", "facility_id", "from_at", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_at", "user_id", "version") VALUES (OLD."because", OLD."facility_id", OLD."from_at", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."until_at", OLD."user_id", OLD."version"); RETURN NULL;',
                            hash="031486c139dd520dd964a61c51942f784a24bfff",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_48761",
                            table="patients_access",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessHistory",
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
                        to="patients.access",
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
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("handover", "Handed over here"),
                            ("referral", "Referred here"),
                            ("placement", "Placed here"),
                            ("care_team", "On the care team"),
                            ("aftercare", "Followed up from here"),
                            ("merge", "Records merged"),
                            ("transfer", "Transferred here"),
                            ("break_glass", "Emergency access"),
                        ],
                        max_length=20,
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Episode",
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
                        related_name="episodes",
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
                    "entry",
                    models.CharField(
                        choices=[
                            ("overdose", "Overdose"),
                            ("self", "Asked themselves"),
                            ("other_provider", "Another provider"),
                            ("court", "Court"),
                            ("return", "Came back"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("referred", "Referred"),
                            ("stabilizing", "Stabilizing"),
                            ("engaging", "Engaging"),
                            ("intake", "Intake"),
                            ("treatment", "Treatment"),
                            ("aftercare", "Aftercare"),
                            ("closed", "Closed"),
                        ],
                        default="referred",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("stage_at", models.DateTimeField(editable=False)),
                (
                    "stage_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("stage_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("opened_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_episodes",
                        to="patients.episode",
                    ),
                ),
                ("cleared_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "cleared_by",
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
                    "clearance_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cleared", "Medically cleared"),
                            ("screened", "Screened by a nurse"),
                            ("not_needed", "Not needed"),
                            ("overridden", "Overridden by a prescriber"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "closed_by",
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
                    "close_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "Completed"),
                            ("declined", "Declined, no contact wanted"),
                            ("withdrew", "Withdrew"),
                            ("lost", "Lost to contact"),
                            ("transferred", "Arrived elsewhere"),
                            ("died", "Died"),
                            ("administrative", "Administrative"),
                        ],
                        editable=False,
                        max_length=20,
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
                "indexes": [
                    models.Index(fields=["patient", "-opened_at"], name="episodes_of_a_person"),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["facility", "stage"],
                        name="open_episodes_here",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None), ("entered_in_error_at", None)),
                        fields=("patient",),
                        name="one_open_episode_per_person",
                        violation_error_code="episode_open",
                        violation_error_message="This person already has an open episode.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("stage", "closed"),
                                models.Q(("close_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("stage", "closed"), _negated=True),
                                ("close_reason", ""),
                                ("closed_at", None),
                                ("closed_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="closed_has_when_who_and_why",
                        violation_error_code="closing_half_recorded",
                        violation_error_message="Closing an episode records when, by whom and why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("clearance_basis", ""), ("cleared_at", None), ("cleared_by", None)),
                            models.Q(
                                ("cleared_at__isnull", False),
                                ("cleared_by__isnull", False),
                                models.Q(("clearance_basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="clearance_has_when_who_and_basis",
                        violation_error_code="clearance_half_recorded",
                        violation_error_message="Clearance records when, by whom and on what basis.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "treatment"), _negated=True),
                            ("cleared_at__isnull", False),
                            _connector="OR",
                        ),
                        name="treatment_means_cleared",
                        violation_error_code="not_cleared",
                        violation_error_message="The person has not been medically cleared for treatment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="episode_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_episodehistory" ("clearance_basis", "cleared_at", "cleared_by_id", "close_reason", "closed_at", "closed_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry", "facility_id", "id", "opened_at", "opened_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "stage", "stage_at", "stage_by_id", "stage_reason", "version") VALUES (NEW."clearance_basis", NEW."cleared_at", NEW."cleared_by_id", NEW."close_reason", NEW."closed_at", NEW."closed_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."entry", NEW."facility_id", NEW."id", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."previous_id", NEW."stage", NEW."stage_at", NEW."stage_by_id", NEW."stage_reason", NEW."version"); RETURN NULL;',
                            hash="187483610cea4849fefd05e85f84754dd9847d40",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4e146",
                            table="patients_episode",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_episodehistory" ("clearance_basis", "cleared_at", "cleared_by_id", "close_reason", "closed_at", "closed_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry", "facility_id", "id", "opened_at", "opened_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "stage", "stage_at", "stage_by_id", "stage_reason", "version") VALUES (NEW."clearance_basis", NEW."cleared_at", NEW."cleared_by_id", NEW."close_reason", NEW."closed_at", NEW."closed_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."entry", NEW."facility_id", NEW."id", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."previous_id", NEW."stage", NEW."stage_at", NEW."stage_by_id", NEW."stage_reason", NEW."version"); RETURN NULL;',
                            hash="a8b0b7bcf26d6f0c794cbd4bbd8e3d62251acd47",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_86f64",
                            table="patients_episode",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_episodehistory" ("clearance_basis", "cleared_at", "cleared_by_id", "close_reason", "closed_at", "closed_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry", "facility_id", "id", "opened_at", "opened_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "stage", "stage_at", "stage_by_id", "stage_reason", "version") VALUES (OLD."clearance_basis", OLD."cleared_at", OLD."cleared_by_id", OLD."close_reason", OLD."closed_at", OLD."closed_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."entry", OLD."facility_id", OLD."id", OLD."opened_at", OLD."opened_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."previous_id", OLD."stage", OLD."stage_at", OLD."stage_by_id", OLD."stage_reason", OLD."version"); RETURN NULL;',
                            hash="50b4233a5e2e992d0b2320a68090a3a347c2c28b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_07210",
                            table="patients_episode",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EpisodeHistory",
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
                        to="patients.episode",
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
                    "entry",
                    models.CharField(
                        choices=[
                            ("overdose", "Overdose"),
                            ("self", "Asked themselves"),
                            ("other_provider", "Another provider"),
                            ("court", "Court"),
                            ("return", "Came back"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("referred", "Referred"),
                            ("stabilizing", "Stabilizing"),
                            ("engaging", "Engaging"),
                            ("intake", "Intake"),
                            ("treatment", "Treatment"),
                            ("aftercare", "Aftercare"),
                            ("closed", "Closed"),
                        ],
                        default="referred",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("stage_at", models.DateTimeField(editable=False)),
                (
                    "stage_by",
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
                ("stage_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("opened_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.episode",
                    ),
                ),
                ("cleared_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "cleared_by",
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
                    "clearance_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cleared", "Medically cleared"),
                            ("screened", "Screened by a nurse"),
                            ("not_needed", "Not needed"),
                            ("overridden", "Overridden by a prescriber"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "closed_by",
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
                    "close_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "Completed"),
                            ("declined", "Declined, no contact wanted"),
                            ("withdrew", "Withdrew"),
                            ("lost", "Lost to contact"),
                            ("transferred", "Arrived elsewhere"),
                            ("died", "Died"),
                            ("administrative", "Administrative"),
                        ],
                        editable=False,
                        max_length=20,
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
        migrations.CreateModel(
            name="EpisodeEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="patients.episode"
                    ),
                ),
                (
                    "from_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("referred", "Referred"),
                            ("stabilizing", "Stabilizing"),
                            ("engaging", "Engaging"),
                            ("intake", "Intake"),
                            ("treatment", "Treatment"),
                            ("aftercare", "Aftercare"),
                            ("closed", "Closed"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "to_stage",
                    models.CharField(
                        choices=[
                            ("referred", "Referred"),
                            ("stabilizing", "Stabilizing"),
                            ("engaging", "Engaging"),
                            ("intake", "Intake"),
                            ("treatment", "Treatment"),
                            ("aftercare", "Aftercare"),
                            ("closed", "Closed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField(help_text="when it happened")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-at"], name="steps_of_a_person")],
            },
        ),
        audit.operations.CreateTracked(
            name="ContactPoint",
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
                        related_name="contact_points",
                        to="patients.patient",
                    ),
                ),
                ("channel", models.CharField(choices=[("email", "Email"), ("phone", "Phone")], max_length=10)),
                ("value", models.CharField(max_length=254)),
                ("position", models.PositiveSmallIntegerField(default=1, help_text="1 is tried first")),
                ("safe_to_leave_message", models.BooleanField(default=False)),
                ("verified_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "verified_by",
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
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("check_in", "Check-ins"),
                                ("appointment", "Appointments"),
                                ("crisis", "Crisis and safety"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        help_text="agreed to",
                        size=None,
                    ),
                ),
                ("consented_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "consented_by",
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
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "revoked_by",
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
                ("broken_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "broken_by",
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
                "ordering": ["position", "id"],
                "indexes": [models.Index(fields=["patient", "channel"], name="contacts_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                            models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_verification_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="verified_at and verified_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consented_at__isnull", True), ("consented_by__isnull", True)),
                            models.Q(("consented_at__isnull", False), ("consented_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_consent_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="consented_at and consented_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_revocation_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="revoked_at and revoked_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("broken_at__isnull", True), ("broken_by__isnull", True)),
                            models.Q(("broken_at__isnull", False), ("broken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_broken_mark_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="broken_at and broken_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scopes", []), ("consented_at__isnull", False), _connector="OR"),
                        name="scopes_are_consented_to",
                        violation_error_code="scope_without_consent",
                        violation_error_message="What a contact point may be used for needs the person's agreement.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="contactpoint_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_contactpointhistory" ("broken_at", "broken_by_id", "channel", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "value", "verified_at", "verified_by_id", "version") VALUES (NEW."broken_at", NEW."broken_by_id", NEW."channel", NEW."consented_at", NEW."consented_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."position", NEW."revoked_at", NEW."revoked_by_id", NEW."safe_to_leave_message", NEW."scopes", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."version"); RETURN NULL;',
                            hash="b4492b32645f34514c75cafc81100c3c31a2fa25",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_062a3",
                            table="patients_contactpoint",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_contactpointhistory" ("broken_at", "broken_by_id", "channel", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "value", "verified_at", "verified_by_id", "version") VALUES (NEW."broken_at", NEW."broken_by_id", NEW."channel", NEW."consented_at", NEW."consented_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."position", NEW."revoked_at", NEW."revoked_by_id", NEW."safe_to_leave_message", NEW."scopes", NEW."value", NEW."verified_at", NEW."verified_by_id", NEW."version"); RETURN NULL;',
                            hash="339ab2cbfa82e55d5d73c730b0f05f6b97ecc491",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_93a42",
                            table="patients_contactpoint",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_contactpointhistory" ("broken_at", "broken_by_id", "channel", "consented_at", "consented_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "revoked_at", "revoked_by_id", "safe_to_leave_message", "scopes", "value", "verified_at", "verified_by_id", "version") VALUES (OLD."broken_at", OLD."broken_by_id", OLD."channel", OLD."consented_at", OLD."consented_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."position", OLD."revoked_at", OLD."revoked_by_id", OLD."safe_to_leave_message", OLD."scopes", OLD."value", OLD."verified_at", OLD."verified_by_id", OLD."version"); RETURN NULL;',
                            hash="bbb9cf07e2a981a5236e7998b512c222c9d64676",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2a5d5",
                            table="patients_contactpoint",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPointHistory",
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
                        to="patients.contactpoint",
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
                ("channel", models.CharField(choices=[("email", "Email"), ("phone", "Phone")], max_length=10)),
                ("value", models.CharField(max_length=254)),
                ("position", models.PositiveSmallIntegerField(default=1, help_text="1 is tried first")),
                ("safe_to_leave_message", models.BooleanField(default=False)),
                ("verified_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "verified_by",
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
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("check_in", "Check-ins"),
                                ("appointment", "Appointments"),
                                ("crisis", "Crisis and safety"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        help_text="agreed to",
                        size=None,
                    ),
                ),
                ("consented_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "consented_by",
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
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "revoked_by",
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
                ("broken_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "broken_by",
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
            name="SubstanceUse",
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
                        related_name="substance_uses",
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
                    "substance",
                    models.CharField(
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
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("1", "No use in the past month"),
                            ("2", "1-3 days in the past month"),
                            ("3", "1-2 days in the past week"),
                            ("4", "3-6 days in the past week"),
                            ("5", "Daily"),
                            ("97", "Unknown"),
                        ],
                        default="97",
                        max_length=2,
                    ),
                ),
                (
                    "amount",
                    models.CharField(blank=True, help_text="purity and route unknown: as told", max_length=200),
                ),
                ("first_used_on", models.DateField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
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
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
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
                "indexes": [models.Index(fields=["patient", "-noted_at"], name="use_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_used_at", None), ("last_used_at__lte", models.F("noted_at")), _connector="OR"
                        ),
                        name="use_is_not_in_the_future",
                        violation_error_code="use_in_the_future",
                        violation_error_message="The last use is after the time it was noted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="substanceuse_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_substanceusehistory" ("amount", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "first_used_on", "frequency", "id", "last_used_at", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "route", "source", "substance", "version") VALUES (NEW."amount", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."first_used_on", NEW."frequency", NEW."id", NEW."last_used_at", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."route", NEW."source", NEW."substance", NEW."version"); RETURN NULL;',
                            hash="be45bc51147ec5eb1c54ae21bb3a5c84506cc360",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b7cf8",
                            table="patients_substanceuse",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "patients_substanceusehistory" ("amount", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "first_used_on", "frequency", "id", "last_used_at", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "route", "source", "substance", "version") VALUES (NEW."amount", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."first_used_on", NEW."frequency", NEW."id", NEW."last_used_at", NEW."noted_at", NEW."noted_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."route", NEW."source", NEW."substance", NEW."version"); RETURN NULL;',
                            hash="bd425a9fd4da33d3b2e8a4c3203190633a6233a7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_96ab6",
                            table="patients_substanceuse",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "patients_substanceusehistory" ("amount", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "first_used_on", "frequency", "id", "last_used_at", "noted_at", "noted_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "route", "source", "substance", "version") VALUES (OLD."amount", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."first_used_on", OLD."frequency", OLD."id", OLD."last_used_at", OLD."noted_at", OLD."noted_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."route", OLD."source", OLD."substance", OLD."version"); RETURN NULL;',
                            hash="ef4e504fafb22f24317783578876153ad7f892f4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_95a9f",
                            table="patients_substanceuse",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubstanceUseHistory",
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
                        to="patients.substanceuse",
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
                    "substance",
                    models.CharField(
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
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("1", "No use in the past month"),
                            ("2", "1-3 days in the past month"),
                            ("3", "1-2 days in the past week"),
                            ("4", "3-6 days in the past week"),
                            ("5", "Daily"),
                            ("97", "Unknown"),
                        ],
                        default="97",
                        max_length=2,
                    ),
                ),
                (
                    "amount",
                    models.CharField(blank=True, help_text="purity and route unknown: as told", max_length=200),
                ),
                ("first_used_on", models.DateField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
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
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
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
    ]
    operations = [audit.operations.Together(together)]
