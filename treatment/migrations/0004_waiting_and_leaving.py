import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, frozen, kept

TABLES = [
    "treatment_waitlistentry",
    "treatment_offer",
    "treatment_departure",
    "treatment_transfer",
    "treatment_dischargeproposal",
]
ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rules"),
        ("accounts", "__first__"),
        ("duties", "0003_indexes_of_the_timeline"),
        ("patients", "0002_rules"),
        ("treatment", "0003_complete_programs"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="Departure",
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
                        choices=[("missing", "Missing"), ("against_advice", "Left against advice")], max_length=20
                    ),
                ),
                ("noticed_at", models.DateTimeField(help_text="when it was discovered")),
                (
                    "last_seen",
                    models.CharField(blank=True, help_text="when, where, by whom, wearing what", max_length=500),
                ),
                ("circumstances", models.TextField(blank=True, max_length=4000)),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "risk_at",
                    models.DateTimeField(blank=True, editable=False, help_text="the last decision", null=True),
                ),
                ("risk_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("police_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "police_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("danger", "Danger to life, now"),
                            ("others", "Danger to others, now"),
                            ("order", "A court order or hold that says so"),
                            ("minor", "A minor, where the law asks for it"),
                            ("consent", "The person's own consent"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "police_told",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="whom, and what they were told: as little as serves",
                        max_length=500,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("found", "Found, or known to be safe"),
                            ("search_ended", "Search ended by decision"),
                            ("closed", "The thread of care ended"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="departures", to="patients.episode"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "noticed_by",
                    models.ForeignKey(
                        db_index=False,
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
                        related_name="departures",
                        to="patients.patient",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to="treatment.placement",
                    ),
                ),
                (
                    "police_by",
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
                    "risk_by",
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
                    "risk_duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="risk_of", to="duties.duty"
                    ),
                ),
                (
                    "search_duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="search_for", to="duties.duty"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-noticed_at"], name="departures_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("risk", ""), ("risk_at", None), ("risk_by", None)),
                            models.Q(
                                ("risk_at__isnull", False),
                                ("risk_by__isnull", False),
                                models.Q(("risk", ""), _negated=True),
                                models.Q(("risk_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_risk_decision_has_who_and_why",
                        violation_error_code="half_recorded",
                        violation_error_message="A risk decision records when, by whom and why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("police_at", None), ("police_basis", ""), ("police_by", None)),
                            models.Q(
                                ("police_at__isnull", False),
                                ("police_by__isnull", False),
                                models.Q(("police_basis", ""), _negated=True),
                                models.Q(("police_told", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="the_police_are_told_on_a_basis",
                        violation_error_code="police_basis_missing",
                        violation_error_message="Telling the police records when, by whom, on what basis and what was told.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("outcome", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_search_ends_with_who_and_how",
                        violation_error_code="half_recorded",
                        violation_error_message="The end of a search records when, by whom and how.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("entered_in_error_at", None)),
                        fields=("episode",),
                        name="one_search_at_a_time",
                        violation_error_code="missing_already",
                        violation_error_message="The person is being looked for already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="departure_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_departurehistory" ("circumstances", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "last_seen", "note", "noticed_at", "noticed_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "police_at", "police_basis", "police_by_id", "police_told", "risk", "risk_at", "risk_by_id", "risk_duty_id", "risk_reason", "search_duty_id", "version") VALUES (NEW."circumstances", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."kind", NEW."last_seen", NEW."note", NEW."noticed_at", NEW."noticed_by_id", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."police_at", NEW."police_basis", NEW."police_by_id", NEW."police_told", NEW."risk", NEW."risk_at", NEW."risk_by_id", NEW."risk_duty_id", NEW."risk_reason", NEW."search_duty_id", NEW."version"); RETURN NULL;',
                            hash="88f5cc1c478c392336774237c3fa656fd22d3dba",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2535f",
                            table="treatment_departure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_departurehistory" ("circumstances", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "last_seen", "note", "noticed_at", "noticed_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "police_at", "police_basis", "police_by_id", "police_told", "risk", "risk_at", "risk_by_id", "risk_duty_id", "risk_reason", "search_duty_id", "version") VALUES (NEW."circumstances", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."kind", NEW."last_seen", NEW."note", NEW."noticed_at", NEW."noticed_by_id", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."police_at", NEW."police_basis", NEW."police_by_id", NEW."police_told", NEW."risk", NEW."risk_at", NEW."risk_by_id", NEW."risk_duty_id", NEW."risk_reason", NEW."search_duty_id", NEW."version"); RETURN NULL;',
                            hash="72afa7d4104794ce15afef8dff01380b23cc5ce3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_36f46",
                            table="treatment_departure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_departurehistory" ("circumstances", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "last_seen", "note", "noticed_at", "noticed_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "police_at", "police_basis", "police_by_id", "police_told", "risk", "risk_at", "risk_by_id", "risk_duty_id", "risk_reason", "search_duty_id", "version") VALUES (OLD."circumstances", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."kind", OLD."last_seen", OLD."note", OLD."noticed_at", OLD."noticed_by_id", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."police_at", OLD."police_basis", OLD."police_by_id", OLD."police_told", OLD."risk", OLD."risk_at", OLD."risk_by_id", OLD."risk_duty_id", OLD."risk_reason", OLD."search_duty_id", OLD."version"); RETURN NULL;',
                            hash="341e30a6b75d52531e3bb0d7ee846927c9b84f00",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b9620",
                            table="treatment_departure",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DepartureHistory",
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
                        choices=[("missing", "Missing"), ("against_advice", "Left against advice")], max_length=20
                    ),
                ),
                ("noticed_at", models.DateTimeField(help_text="when it was discovered")),
                (
                    "last_seen",
                    models.CharField(blank=True, help_text="when, where, by whom, wearing what", max_length=500),
                ),
                ("circumstances", models.TextField(blank=True, max_length=4000)),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "risk_at",
                    models.DateTimeField(blank=True, editable=False, help_text="the last decision", null=True),
                ),
                ("risk_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("police_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "police_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("danger", "Danger to life, now"),
                            ("others", "Danger to others, now"),
                            ("order", "A court order or hold that says so"),
                            ("minor", "A minor, where the law asks for it"),
                            ("consent", "The person's own consent"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "police_told",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="whom, and what they were told: as little as serves",
                        max_length=500,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("found", "Found, or known to be safe"),
                            ("search_ended", "Search ended by decision"),
                            ("closed", "The thread of care ended"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
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
                        db_constraint=False,
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
                    "noticed_by",
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
                        to="treatment.departure",
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
                    "police_by",
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
                    "risk_by",
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
                    "risk_duty",
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
                    "search_duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="DischargeProposal",
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
                    "grounds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("violence", "Violence or a serious threat"),
                                ("weapon", "A weapon brought in"),
                                ("supply", "Supplying others"),
                                ("harm", "Harm to others here, other than violence"),
                                ("boundaries", "Agreed boundaries broken again and again"),
                                ("needs", "Needs that cannot be met here"),
                                ("use", "Use of a substance"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("what_happened", models.TextField(max_length=4000)),
                (
                    "alternative",
                    models.TextField(help_text="what the person is offered instead, and where", max_length=4000),
                ),
                ("proposed_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("carried_out", "Carried out"), ("withdrawn", "Withdrawn")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "agreed_by",
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
                    "duty",
                    models.OneToOneField(
                        help_text="the second signature",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="duties.duty",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discharge_proposals",
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
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discharge_proposals",
                        to="patients.patient",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treatment.placement"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-proposed_at"], name="proposals_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                            models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_second_signature_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="agreed_at and agreed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by", None),
                            models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_second_signature_is_somebody_elses",
                        violation_error_code="second_signature_same",
                        violation_error_message="The second signature is somebody else's than the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grounds__len__gt", 0)),
                        name="a_proposal_names_a_ground",
                        violation_error_code="ground_missing",
                        violation_error_message="Say on what ground.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grounds__contained_by", ["use"]), _negated=True),
                        name="use_alone_ends_no_treatment",
                        violation_error_code="use_is_no_ground",
                        violation_error_message="Use of a substance alone is no ground to end treatment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("alternative", ""), _negated=True),
                            models.Q(("what_happened", ""), _negated=True),
                        ),
                        name="a_proposal_offers_an_alternative",
                        violation_error_code="alternative_missing",
                        violation_error_message="Say what happened, and what the person is offered instead.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("outcome", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_proposal_ends_with_who_and_how",
                        violation_error_code="half_recorded",
                        violation_error_message="The end of a proposal records when, by whom and how.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "carried_out"), _negated=True),
                            ("agreed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="nothing_is_carried_out_on_one_signature",
                        violation_error_code="two_signatures_needed",
                        violation_error_message="Ending somebody's treatment needs two signatures.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("entered_in_error_at", None)),
                        fields=("episode",),
                        name="one_proposal_at_a_time",
                        violation_error_code="proposed_already",
                        violation_error_message="There is an open proposal already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="dischargeproposal_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_dischargeproposalhistory" ("agreed_at", "agreed_by_id", "alternative", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "grounds", "id", "note", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "version", "what_happened") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."alternative", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."grounds", NEW."id", NEW."note", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."proposed_at", NEW."proposed_by_id", NEW."version", NEW."what_happened"); RETURN NULL;',
                            hash="efb995000daaf94cff0149e244e5646c0e493742",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_33c60",
                            table="treatment_dischargeproposal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_dischargeproposalhistory" ("agreed_at", "agreed_by_id", "alternative", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "grounds", "id", "note", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "version", "what_happened") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."alternative", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."grounds", NEW."id", NEW."note", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."proposed_at", NEW."proposed_by_id", NEW."version", NEW."what_happened"); RETURN NULL;',
                            hash="f9694be9a8ef6f5ce4229bc90d44ac932be344c2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_33463",
                            table="treatment_dischargeproposal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_dischargeproposalhistory" ("agreed_at", "agreed_by_id", "alternative", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "grounds", "id", "note", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "version", "what_happened") VALUES (OLD."agreed_at", OLD."agreed_by_id", OLD."alternative", OLD."duty_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."grounds", OLD."id", OLD."note", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."proposed_at", OLD."proposed_by_id", OLD."version", OLD."what_happened"); RETURN NULL;',
                            hash="59108fa7906a98287aef1436f890118982e94666",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_24f09",
                            table="treatment_dischargeproposal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DischargeProposalHistory",
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
                    "grounds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("violence", "Violence or a serious threat"),
                                ("weapon", "A weapon brought in"),
                                ("supply", "Supplying others"),
                                ("harm", "Harm to others here, other than violence"),
                                ("boundaries", "Agreed boundaries broken again and again"),
                                ("needs", "Needs that cannot be met here"),
                                ("use", "Use of a substance"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("what_happened", models.TextField(max_length=4000)),
                (
                    "alternative",
                    models.TextField(help_text="what the person is offered instead, and where", max_length=4000),
                ),
                ("proposed_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("carried_out", "Carried out"), ("withdrawn", "Withdrawn")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "agreed_by",
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
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="the second signature",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
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
                        db_constraint=False,
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
                        to="treatment.dischargeproposal",
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
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Transfer",
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
                            ("discharge", "Transferred at discharge"),
                            ("youth_service", "To a service for young people"),
                            ("provider", "To another provider"),
                        ],
                        max_length=20,
                    ),
                ),
                ("destination", models.CharField(max_length=200)),
                ("contact", models.CharField(blank=True, help_text="whom to ask there, and how", max_length=200)),
                ("left_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("arrived", "Arrived"),
                            ("not_arrived", "Did not arrive"),
                            ("called_off", "No longer needed"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "told_by",
                    models.CharField(blank=True, editable=False, help_text="who said so there", max_length=200),
                ),
                ("note", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "discharge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="treatment.discharge",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfer", to="duties.duty"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="patients.episode"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "left_by",
                    models.ForeignKey(
                        db_index=False,
                        help_text="who sent them on",
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
                        related_name="transfers",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-left_at"], name="transfers_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("outcome", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_transfer_ends_with_who_and_how",
                        violation_error_code="half_recorded",
                        violation_error_message="The end of a transfer records when, by whom and how.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "arrived"), _negated=True),
                            models.Q(("told_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_arrival_was_told_by_somebody",
                        violation_error_code="told_by_missing",
                        violation_error_message="Say who there confirmed that the person arrived.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("entered_in_error_at", None)),
                        fields=("episode",),
                        name="one_transfer_at_a_time",
                        violation_error_code="on_the_way_already",
                        violation_error_message="The person is on the way to another provider already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="transfer_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_transferhistory" ("contact", "destination", "discharge_id", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "left_at", "left_by_id", "note", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_by", "version") VALUES (NEW."contact", NEW."destination", NEW."discharge_id", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."kind", NEW."left_at", NEW."left_by_id", NEW."note", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."told_by", NEW."version"); RETURN NULL;',
                            hash="ea74eadcc67845abc400964c1cb2878bfa2ab325",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_05331",
                            table="treatment_transfer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_transferhistory" ("contact", "destination", "discharge_id", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "left_at", "left_by_id", "note", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_by", "version") VALUES (NEW."contact", NEW."destination", NEW."discharge_id", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."kind", NEW."left_at", NEW."left_by_id", NEW."note", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."told_by", NEW."version"); RETURN NULL;',
                            hash="95beb76d51304dda78b2092e7cac4c133ab7ec05",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_73643",
                            table="treatment_transfer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_transferhistory" ("contact", "destination", "discharge_id", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "left_at", "left_by_id", "note", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_by", "version") VALUES (OLD."contact", OLD."destination", OLD."discharge_id", OLD."duty_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."kind", OLD."left_at", OLD."left_by_id", OLD."note", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."told_by", OLD."version"); RETURN NULL;',
                            hash="fc960159ecdc4f9b0348a2d0e1615d923952a302",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8f523",
                            table="treatment_transfer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TransferHistory",
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
                            ("discharge", "Transferred at discharge"),
                            ("youth_service", "To a service for young people"),
                            ("provider", "To another provider"),
                        ],
                        max_length=20,
                    ),
                ),
                ("destination", models.CharField(max_length=200)),
                ("contact", models.CharField(blank=True, help_text="whom to ask there, and how", max_length=200)),
                ("left_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("arrived", "Arrived"),
                            ("not_arrived", "Did not arrive"),
                            ("called_off", "No longer needed"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "told_by",
                    models.CharField(blank=True, editable=False, help_text="who said so there", max_length=200),
                ),
                ("note", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "discharge",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.discharge",
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
                        db_constraint=False,
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
                    "left_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="who sent them on",
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
                        to="treatment.transfer",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="WaitListEntry",
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
                ("since_at", models.DateTimeField(help_text="when they asked, or were found to need it")),
                (
                    "raised",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="raised by hand, 0-3",
                        validators=[django.core.validators.MaxValueValidator(3)],
                    ),
                ),
                ("raised_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("raised_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("left_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "left_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("admitted", "Admitted"),
                            ("declined", "Does not want this place"),
                            ("elsewhere", "Found a place elsewhere"),
                            ("unreachable", "Could not be reached"),
                            ("other_program", "Another program fits better"),
                            ("mistake", "Put on by mistake"),
                            ("closed", "The thread of care ended"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("left_note", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "duty",
                    models.OneToOneField(
                        help_text="the next call to them",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting_contact_of",
                        to="duties.duty",
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
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wait_list_entries",
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
                    "left_by",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wait_list_entries",
                        to="patients.patient",
                    ),
                ),
                (
                    "place_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        help_text="a place is free, and they are next in line",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="place_to_offer",
                        to="duties.duty",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wait_list_entries",
                        to="treatment.program",
                    ),
                ),
                (
                    "raised_by",
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
                    "since_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "wait list entries",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["patient", "-since_at"], name="waiting_of_a_person"),
                    models.Index(condition=models.Q(("left_at", None)), fields=["program"], name="people_waiting"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_at", None), ("left_because", ""), ("left_by", None)),
                            models.Q(
                                ("left_at__isnull", False),
                                ("left_by__isnull", False),
                                models.Q(("left_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="leaving_a_wait_list_has_who_and_why",
                        violation_error_code="half_recorded",
                        violation_error_message="Leaving a wait list records when, by whom and why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("raised", 0), ("raised_at", None), ("raised_by", None)),
                            models.Q(
                                ("raised__lte", 3),
                                ("raised_at__isnull", False),
                                ("raised_by__isnull", False),
                                models.Q(("raised_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_raise_by_hand_has_who_and_why",
                        violation_error_code="reason_missing",
                        violation_error_message="Raising somebody's priority by hand, by one to three, needs a reason.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("left_at", None)),
                        fields=("episode", "program"),
                        name="waiting_once_per_program",
                        violation_error_code="waiting_already",
                        violation_error_message="The person is on this wait list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="waitlistentry_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_waitlistentryhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "left_at", "left_because", "left_by_id", "left_note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_duty_id", "program_id", "raised", "raised_at", "raised_by_id", "raised_reason", "since_at", "since_by_id", "version") VALUES (NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."left_at", NEW."left_because", NEW."left_by_id", NEW."left_note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."place_duty_id", NEW."program_id", NEW."raised", NEW."raised_at", NEW."raised_by_id", NEW."raised_reason", NEW."since_at", NEW."since_by_id", NEW."version"); RETURN NULL;',
                            hash="a238ea5d4c63616d1aacf19c819ab130976ec251",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6de5d",
                            table="treatment_waitlistentry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_waitlistentryhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "left_at", "left_because", "left_by_id", "left_note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_duty_id", "program_id", "raised", "raised_at", "raised_by_id", "raised_reason", "since_at", "since_by_id", "version") VALUES (NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."left_at", NEW."left_because", NEW."left_by_id", NEW."left_note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."place_duty_id", NEW."program_id", NEW."raised", NEW."raised_at", NEW."raised_by_id", NEW."raised_reason", NEW."since_at", NEW."since_by_id", NEW."version"); RETURN NULL;',
                            hash="9a4dd4a37c4373b3073c36afb40b043c234c06fb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7cfc0",
                            table="treatment_waitlistentry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_waitlistentryhistory" ("duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "left_at", "left_because", "left_by_id", "left_note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_duty_id", "program_id", "raised", "raised_at", "raised_by_id", "raised_reason", "since_at", "since_by_id", "version") VALUES (OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."left_at", OLD."left_because", OLD."left_by_id", OLD."left_note", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."place_duty_id", OLD."program_id", OLD."raised", OLD."raised_at", OLD."raised_by_id", OLD."raised_reason", OLD."since_at", OLD."since_by_id", OLD."version"); RETURN NULL;',
                            hash="ba89860d35f06d09a9f895eaae4f0762ae6ce4bd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b5120",
                            table="treatment_waitlistentry",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="Offer",
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
                ("offered_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(help_text="the place is kept until then")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("lapsed", "Not answered in time"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "bed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="treatment.bed",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        help_text="to hear from them in time",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer",
                        to="duties.duty",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="patients.episode"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_index=False,
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
                        related_name="offers",
                        to="patients.patient",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="treatment.program"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="treatment.waitlistentry",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["patient", "-offered_at"], name="offers_of_a_person"),
                    models.Index(condition=models.Q(("ended_at", None)), fields=["until_at"], name="offers_running"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("outcome", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_offer_ends_with_who_and_how",
                        violation_error_code="half_recorded",
                        violation_error_message="The end of an offer records when, by whom and how.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gt", models.F("offered_at"))),
                        name="an_offer_holds_for_a_while",
                        violation_error_code="offer_in_the_past",
                        violation_error_message="Keep the place until some time after it is offered.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("entered_in_error_at", None)),
                        fields=("entry",),
                        name="one_offer_at_a_time",
                        violation_error_code="offered_already",
                        violation_error_message="The person has an open offer already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("entered_in_error_at", None)),
                        fields=("bed",),
                        name="a_bed_is_offered_once",
                        violation_error_code="bed_offered",
                        violation_error_message="This bed is kept for somebody it was offered to.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="offer_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_offerhistory" ("bed_id", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry_id", "episode_id", "facility_id", "id", "note", "offered_at", "offered_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "until_at", "version") VALUES (NEW."bed_id", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."entry_id", NEW."episode_id", NEW."facility_id", NEW."id", NEW."note", NEW."offered_at", NEW."offered_by_id", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."until_at", NEW."version"); RETURN NULL;',
                            hash="1861168a070cdb9651b2924b27ea69ff85499c84",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d6cde",
                            table="treatment_offer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_offerhistory" ("bed_id", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry_id", "episode_id", "facility_id", "id", "note", "offered_at", "offered_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "until_at", "version") VALUES (NEW."bed_id", NEW."duty_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."entry_id", NEW."episode_id", NEW."facility_id", NEW."id", NEW."note", NEW."offered_at", NEW."offered_by_id", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."program_id", NEW."until_at", NEW."version"); RETURN NULL;',
                            hash="0e801792c7f9edaae6315ff11ea37feeb85ea3ba",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a2af0",
                            table="treatment_offer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_offerhistory" ("bed_id", "duty_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "entry_id", "episode_id", "facility_id", "id", "note", "offered_at", "offered_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "until_at", "version") VALUES (OLD."bed_id", OLD."duty_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."entry_id", OLD."episode_id", OLD."facility_id", OLD."id", OLD."note", OLD."offered_at", OLD."offered_by_id", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."until_at", OLD."version"); RETURN NULL;',
                            hash="d8c04a5b719cbb93a612bce2b74743809526181e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c3ae4",
                            table="treatment_offer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferHistory",
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
                ("offered_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(help_text="the place is kept until then")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("lapsed", "Not answered in time"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "bed",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.bed",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="to hear from them in time",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
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
                        db_constraint=False,
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
                    "offered_by",
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
                        to="treatment.offer",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.program",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.waitlistentry",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WaitListEntryHistory",
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
                ("since_at", models.DateTimeField(help_text="when they asked, or were found to need it")),
                (
                    "raised",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="raised by hand, 0-3",
                        validators=[django.core.validators.MaxValueValidator(3)],
                    ),
                ),
                ("raised_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("raised_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("left_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "left_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("admitted", "Admitted"),
                            ("declined", "Does not want this place"),
                            ("elsewhere", "Found a place elsewhere"),
                            ("unreachable", "Could not be reached"),
                            ("other_program", "Another program fits better"),
                            ("mistake", "Put on by mistake"),
                            ("closed", "The thread of care ended"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("left_note", models.CharField(blank=True, editable=False, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="the next call to them",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
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
                    "left_by",
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
                        to="treatment.waitlistentry",
                    ),
                ),
                (
                    "place_duty",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="a place is free, and they are next in line",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="duties.duty",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.program",
                    ),
                ),
                (
                    "raised_by",
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
                    "since_by",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="discharge",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="discharge",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="discharge",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="discharge",
            name="checklist",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="treatment.checklist",
            ),
        ),
        migrations.AddField(
            model_name="discharge",
            name="checklist_answers",
            field=models.JSONField(blank=True, default=dict, help_text="item code to {answer, note}"),
        ),
        migrations.AddField(
            model_name="discharge",
            name="rest_duty",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                help_text="what could not be said or given when the person left",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rest_of_discharge",
                to="duties.duty",
            ),
        ),
        migrations.AddField(
            model_name="discharge",
            name="summary_duty",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="summary_to_sign",
                to="duties.duty",
            ),
        ),
        migrations.AddField(
            model_name="discharge",
            name="summary_signed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="discharge",
            name="summary_signed_by",
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
            model_name="dischargehistory",
            name="checklist",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="treatment.checklist",
            ),
        ),
        migrations.AddField(
            model_name="dischargehistory",
            name="checklist_answers",
            field=models.JSONField(blank=True, default=dict, help_text="item code to {answer, note}"),
        ),
        migrations.AddField(
            model_name="dischargehistory",
            name="rest_duty",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                editable=False,
                help_text="what could not be said or given when the person left",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="duties.duty",
            ),
        ),
        migrations.AddField(
            model_name="dischargehistory",
            name="summary_duty",
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
        migrations.AddField(
            model_name="dischargehistory",
            name="summary_signed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="dischargehistory",
            name="summary_signed_by",
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
        pgtrigger.migrations.AddTrigger(
            model_name="discharge",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_dischargehistory" ("checklist_answers", "checklist_id", "discharged_at", "discharged_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "going_to", "id", "information_offered", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposal_id", "reason", "rest_duty_id", "summary", "summary_duty_id", "summary_signed_at", "summary_signed_by_id", "version") VALUES (NEW."checklist_answers", NEW."checklist_id", NEW."discharged_at", NEW."discharged_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."going_to", NEW."id", NEW."information_offered", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."proposal_id", NEW."reason", NEW."rest_duty_id", NEW."summary", NEW."summary_duty_id", NEW."summary_signed_at", NEW."summary_signed_by_id", NEW."version"); RETURN NULL;',
                    hash="746c0fd1e54a716ce39ceda6f66bf80612d8819c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7e62c",
                    table="treatment_discharge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discharge",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_dischargehistory" ("checklist_answers", "checklist_id", "discharged_at", "discharged_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "going_to", "id", "information_offered", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposal_id", "reason", "rest_duty_id", "summary", "summary_duty_id", "summary_signed_at", "summary_signed_by_id", "version") VALUES (NEW."checklist_answers", NEW."checklist_id", NEW."discharged_at", NEW."discharged_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."going_to", NEW."id", NEW."information_offered", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."proposal_id", NEW."reason", NEW."rest_duty_id", NEW."summary", NEW."summary_duty_id", NEW."summary_signed_at", NEW."summary_signed_by_id", NEW."version"); RETURN NULL;',
                    hash="77a27ede0446269a01f162d2e29c44026f92d750",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4fea7",
                    table="treatment_discharge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discharge",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_dischargehistory" ("checklist_answers", "checklist_id", "discharged_at", "discharged_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "going_to", "id", "information_offered", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposal_id", "reason", "rest_duty_id", "summary", "summary_duty_id", "summary_signed_at", "summary_signed_by_id", "version") VALUES (OLD."checklist_answers", OLD."checklist_id", OLD."discharged_at", OLD."discharged_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."going_to", OLD."id", OLD."information_offered", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."proposal_id", OLD."reason", OLD."rest_duty_id", OLD."summary", OLD."summary_duty_id", OLD."summary_signed_at", OLD."summary_signed_by_id", OLD."version"); RETURN NULL;',
                    hash="ab281a45f5909f73857ce550f975a74eb30e15b0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2a6a9",
                    table="treatment_discharge",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="discharge",
            name="proposal",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="discharge",
                to="treatment.dischargeproposal",
            ),
        ),
        migrations.AddField(
            model_name="dischargehistory",
            name="proposal",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="treatment.dischargeproposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="discharge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("summary_signed_at__isnull", True), ("summary_signed_by__isnull", True)),
                    models.Q(("summary_signed_at__isnull", False), ("summary_signed_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_signed_summary_has_who",
                violation_error_code="half_recorded",
                violation_error_message="summary_signed_at and summary_signed_by are recorded together or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discharge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("summary_signed_at", None), models.Q(("summary", ""), _negated=True), _connector="OR"
                ),
                name="a_signed_summary_has_text",
                violation_error_code="summary_empty",
                violation_error_message="An empty summary cannot be signed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discharge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", "3"), _negated=True), ("proposal__isnull", False), _connector="OR"
                ),
                name="ending_treatment_needs_a_proposal",
                violation_error_code="two_signatures_needed",
                violation_error_message="Ending somebody's treatment needs two signatures.",
            ),
        ),
        kept(*TABLES),
        append_only(*(f"{table}history" for table in TABLES), by_trigger=True),
        # The lock covers what was signed. What was said or given later, and an error mark, stay possible.
        frozen(
            "treatment_discharge",
            when="OLD.summary_signed_at IS NOT NULL",
            name="a_signed_summary_never_changes",
            message="a signed summary never changes",
            except_columns=[*ERROR, "checklist_answers", "information_offered", "rest_duty_id"],
        ),
    ]
    operations = [audit.operations.Together(together)]
