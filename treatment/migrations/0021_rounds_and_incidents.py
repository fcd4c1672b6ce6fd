import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, frozen, kept

TABLES = [
    "treatment_incident",
    "treatment_incidentaction",
    "treatment_incidentperson",
    "treatment_incidentreport",
    "treatment_roundbatch",
    "treatment_roundorder",
]
EVENTS = ["treatment_incidententry", "treatment_roundentry", "treatment_roundstrike"]
ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]
REVIEWED = ["state", "review_began_at", "review_began_by_id", "conclusion", "factors", "severity", "signed_at"]
REVIEWED += ["signed_by_id", *ERROR]
TOLD = ["supporter_id", "supporter_told_at", "supporter_told_by_id", "supporter_told", *ERROR]

# A round is written down when it was made; by whose clock, nobody chooses.
CLOCK = """
CREATE FUNCTION round_by_our_clock() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.entered_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER a_round_by_our_clock BEFORE INSERT ON treatment_roundentry
    FOR EACH ROW EXECUTE FUNCTION round_by_our_clock();

CREATE FUNCTION event_never_changes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'this is only ever added to' USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
END $$;
CREATE TRIGGER a_round_never_changes BEFORE UPDATE OR DELETE ON treatment_roundentry
    FOR EACH ROW EXECUTE FUNCTION event_never_changes('a_round_never_changes');
CREATE TRIGGER a_strike_never_changes BEFORE UPDATE OR DELETE ON treatment_roundstrike
    FOR EACH ROW EXECUTE FUNCTION event_never_changes('a_strike_never_changes');
CREATE TRIGGER an_incident_entry_never_changes BEFORE UPDATE OR DELETE ON treatment_incidententry
    FOR EACH ROW EXECUTE FUNCTION event_never_changes('an_incident_entry_never_changes');
"""
# The duty of rounds is owed again after each of them, and never done by a tick; its review by a review.
WATCH = """
CREATE FUNCTION rounds_go_on() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM treatment_roundorder
               WHERE (duty_id = NEW.id OR review_duty_id = NEW.id) AND entered_in_error_at IS NULL) THEN
        RAISE EXCEPTION 'rounds go on' USING ERRCODE = 'check_violation', CONSTRAINT = 'rounds_go_on';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER b_rounds_go_on AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
    EXECUTE FUNCTION rounds_go_on();

CREATE FUNCTION batch_is_looked_at() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM treatment_roundbatch WHERE duty_id = NEW.id AND looked_at IS NULL) THEN
        RAISE EXCEPTION 'nobody has looked' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_batch_is_looked_at';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER b_batch_is_looked_at AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL)
    EXECUTE FUNCTION batch_is_looked_at();
"""
# The steps of Incident.NEXT.
STEPS = """
CREATE FUNCTION incident_steps() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (('reported', 'review'), ('review', 'signed')) THEN
        RAISE EXCEPTION 'no step from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_incident_goes_step_by_step';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_incident_steps BEFORE UPDATE ON treatment_incident
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION incident_steps();
"""
# What a duty stands for is done by its own verb, which fills this column (see duty_is_answered in 0007).
ANSWERED = [
    ("b_incident_signed", "treatment_incident", "review_duty_id", "signed_at", "an_incident_is_signed_off"),
    ("b_incident_paged", "treatment_incident", "page_duty_id", "review_began_at", "a_grave_incident_is_taken_up"),
    ("b_report_settled", "treatment_incidentreport", "duty_id", "done_at", "an_outside_report_is_settled"),
    ("b_action_done", "treatment_incidentaction", "duty_id", "done_at", "an_action_is_done"),
]
TRIGGER = """
CREATE TRIGGER {0} AFTER UPDATE ON duties_duty
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.outcome = 'resolved')
    EXECUTE FUNCTION duty_is_answered('{1}', '{2}', '{3}', '{4}')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("accounts", "__first__"),
        ("duties", "0005_ladders_that_stay_inside"),
        ("patients", "0008_newest_episodes"),
        ("treatment", "0020_tests_and_bodies"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="Incident",
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
                            ("fall", "Fall"),
                            ("self_harm", "Self-harm or suicide attempt"),
                            ("overdose", "Overdose on site"),
                            ("medical", "Medical emergency"),
                            ("assault", "Assault or fight"),
                            ("abuse", "Suspected abuse or neglect"),
                            ("leaving", "Left or missing"),
                            ("medication", "Medication error"),
                            ("restraint", "Restraint or seclusion"),
                            ("contraband", "Drugs or weapons found"),
                            ("property", "Property lost or damaged"),
                            ("confidentiality", "Confidentiality"),
                            ("death", "Death"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(help_text="from 1, no harm, to 5, death or lasting harm"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("reported", "Reported"), ("review", "Under review"), ("signed", "Signed off")],
                        default="reported",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                ("place", models.CharField(help_text="where, in words", max_length=200)),
                ("facts", models.TextField(help_text="what was seen and heard; no guesses", max_length=4000)),
                ("done_at_once", models.TextField(blank=True, max_length=2000)),
                ("reported_at", models.DateTimeField()),
                ("review_began_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("conclusion", models.TextField(blank=True, editable=False, max_length=8000)),
                (
                    "factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("staffing", "Staffing"),
                                ("handoff", "Something was not passed on"),
                                ("rules", "A rule was missing, unclear or not followed"),
                                ("training", "Training"),
                                ("place", "The building or its equipment"),
                                ("system", "Records or software"),
                                ("medicine", "Medication"),
                                ("use", "Use or withdrawal"),
                                ("health", "Health of the person"),
                                ("others", "Other people"),
                                ("none", "Nothing that could be changed"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "checklist",
                    models.ForeignKey(
                        help_text="what the severities mean",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.checklist",
                    ),
                ),
                (
                    "departure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="treatment.departure",
                    ),
                ),
                (
                    "emergency_warning",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="treatment.emergencywarning",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "page_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incident_page",
                        to="duties.duty",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review_began_by",
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
                    "review_duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="incident_review", to="duties.duty"
                    ),
                ),
                (
                    "signed_by",
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
                    "staff",
                    models.ManyToManyField(
                        blank=True,
                        help_text="who of the staff was there",
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["facility", "-happened_at"], name="incidents_of_a_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("severity__range", (1, 5))),
                        name="a_severity_is_from_1_to_5",
                        violation_error_code="off_the_scale",
                        violation_error_message="Severity goes from 1 to 5.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("review_began_at", None),
                                ("review_began_by", None),
                                ("signed_at", None),
                                ("signed_by", None),
                                ("state", "reported"),
                            ),
                            models.Q(
                                ("review_began_at__isnull", False),
                                ("review_began_by__isnull", False),
                                ("signed_at", None),
                                ("signed_by", None),
                                ("state", "review"),
                            ),
                            models.Q(
                                ("review_began_at__isnull", False),
                                ("review_began_by__isnull", False),
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                ("state", "signed"),
                            ),
                            _connector="OR",
                        ),
                        name="an_incident_is_where_its_state_says",
                        violation_error_code="half_recorded",
                        violation_error_message="A review and a signature record when and by whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("review_began_by", None),
                                models.Q(("review_began_by", models.F("reported_by")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("signed_by", None),
                                models.Q(("signed_by", models.F("reported_by")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="nobody_reviews_their_own_report",
                        violation_error_code="own_report",
                        violation_error_message="Somebody else reviews and signs what you reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_at", None),
                            models.Q(
                                models.Q(("conclusion", ""), _negated=True), models.Q(("factors", []), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="what_is_signed_off_has_a_conclusion",
                        violation_error_code="conclusion_missing",
                        violation_error_message="Write what you found and what contributed before you sign.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "happened_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("reported_at"), "+", models.Value(datetime.timedelta(seconds=300))
                                ),
                            )
                        ),
                        name="an_incident_is_reported_after_it_happened",
                        violation_error_code="in_the_future",
                        violation_error_message="An incident is reported once it has happened.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="incident_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_incidenthistory" ("checklist_id", "conclusion", "departure_id", "done_at_once", "emergency_warning_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "factors", "facts", "happened_at", "id", "kind", "page_duty_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reported_at", "reported_by_id", "review_began_at", "review_began_by_id", "review_duty_id", "severity", "signed_at", "signed_by_id", "state", "version") VALUES (NEW."checklist_id", NEW."conclusion", NEW."departure_id", NEW."done_at_once", NEW."emergency_warning_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."factors", NEW."facts", NEW."happened_at", NEW."id", NEW."kind", NEW."page_duty_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."place", NEW."reported_at", NEW."reported_by_id", NEW."review_began_at", NEW."review_began_by_id", NEW."review_duty_id", NEW."severity", NEW."signed_at", NEW."signed_by_id", NEW."state", NEW."version"); RETURN NULL;',
                            hash="fa822c30d1bd44baed5561027c79afb1934972bb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dd2bc",
                            table="treatment_incident",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_incidenthistory" ("checklist_id", "conclusion", "departure_id", "done_at_once", "emergency_warning_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "factors", "facts", "happened_at", "id", "kind", "page_duty_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reported_at", "reported_by_id", "review_began_at", "review_began_by_id", "review_duty_id", "severity", "signed_at", "signed_by_id", "state", "version") VALUES (NEW."checklist_id", NEW."conclusion", NEW."departure_id", NEW."done_at_once", NEW."emergency_warning_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."factors", NEW."facts", NEW."happened_at", NEW."id", NEW."kind", NEW."page_duty_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."place", NEW."reported_at", NEW."reported_by_id", NEW."review_began_at", NEW."review_began_by_id", NEW."review_duty_id", NEW."severity", NEW."signed_at", NEW."signed_by_id", NEW."state", NEW."version"); RETURN NULL;',
                            hash="ffa52c22ec85ec8620ea7f2893c483d3e42b335b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_44f92",
                            table="treatment_incident",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_incidenthistory" ("checklist_id", "conclusion", "departure_id", "done_at_once", "emergency_warning_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "factors", "facts", "happened_at", "id", "kind", "page_duty_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reported_at", "reported_by_id", "review_began_at", "review_began_by_id", "review_duty_id", "severity", "signed_at", "signed_by_id", "state", "version") VALUES (OLD."checklist_id", OLD."conclusion", OLD."departure_id", OLD."done_at_once", OLD."emergency_warning_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."factors", OLD."facts", OLD."happened_at", OLD."id", OLD."kind", OLD."page_duty_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."place", OLD."reported_at", OLD."reported_by_id", OLD."review_began_at", OLD."review_began_by_id", OLD."review_duty_id", OLD."severity", OLD."signed_at", OLD."signed_by_id", OLD."state", OLD."version"); RETURN NULL;',
                            hash="53532553f4e99a7c0038dfd7e2adee32be7eb7cf",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_220b1",
                            table="treatment_incident",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="IncidentAction",
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
                    "words",
                    models.CharField(help_text="what is to be done; name nobody who is treated", max_length=500),
                ),
                ("decided_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "done_words",
                    models.CharField(blank=True, editable=False, help_text="what was done", max_length=1000),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "done_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="incident_action", to="duties.duty"
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
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="treatment.incident"
                    ),
                ),
                (
                    "owner",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None), ("done_words", "")),
                            models.Q(
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                                models.Q(("done_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_action_is_done_in_words",
                        violation_error_code="half_recorded",
                        violation_error_message="Say what was done.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="incidentaction_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_incidentactionhistory" ("decided_at", "decided_by_id", "done_at", "done_by_id", "done_words", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "incident_id", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "words") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."done_at", NEW."done_by_id", NEW."done_words", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."incident_id", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."version", NEW."words"); RETURN NULL;',
                            hash="0820e0aa22882740b81c4495fc3d257a83068b12",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3d50a",
                            table="treatment_incidentaction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_incidentactionhistory" ("decided_at", "decided_by_id", "done_at", "done_by_id", "done_words", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "incident_id", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "words") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."done_at", NEW."done_by_id", NEW."done_words", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."incident_id", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."version", NEW."words"); RETURN NULL;',
                            hash="adb46a908c0b3b210951d8149b4e549ef290cc54",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_59aea",
                            table="treatment_incidentaction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_incidentactionhistory" ("decided_at", "decided_by_id", "done_at", "done_by_id", "done_words", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "incident_id", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "words") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."done_at", OLD."done_by_id", OLD."done_words", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."incident_id", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."version", OLD."words"); RETURN NULL;',
                            hash="1a993d32256087244328394d82a1cbde11214041",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_20341",
                            table="treatment_incidentaction",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="IncidentActionHistory",
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
                    "words",
                    models.CharField(help_text="what is to be done; name nobody who is treated", max_length=500),
                ),
                ("decided_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "done_words",
                    models.CharField(blank=True, editable=False, help_text="what was done", max_length=1000),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "decided_by",
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
                    "done_by",
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
                    "incident",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.incident",
                    ),
                ),
                (
                    "owner",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.incidentaction",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="IncidentEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "told_whom",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prescriber", "Prescriber"),
                            ("supervisor", "Supervisor"),
                            ("admin", "Administrator"),
                            ("emergency", "Emergency services"),
                            ("police", "Police"),
                            ("insurer", "Insurer or lawyer"),
                            ("other", "Somebody else; no family here"),
                        ],
                        help_text="empty: an addendum",
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(max_length=2000)),
                ("at", models.DateTimeField(help_text="when they were told, or when it was added")),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
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
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="treatment.incident"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "incident entries",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="an_incident_entry_is_in_words",
                        violation_error_code="words_missing",
                        violation_error_message="Say it in words.",
                    )
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="IncidentHistory",
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
                            ("fall", "Fall"),
                            ("self_harm", "Self-harm or suicide attempt"),
                            ("overdose", "Overdose on site"),
                            ("medical", "Medical emergency"),
                            ("assault", "Assault or fight"),
                            ("abuse", "Suspected abuse or neglect"),
                            ("leaving", "Left or missing"),
                            ("medication", "Medication error"),
                            ("restraint", "Restraint or seclusion"),
                            ("contraband", "Drugs or weapons found"),
                            ("property", "Property lost or damaged"),
                            ("confidentiality", "Confidentiality"),
                            ("death", "Death"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(help_text="from 1, no harm, to 5, death or lasting harm"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("reported", "Reported"), ("review", "Under review"), ("signed", "Signed off")],
                        default="reported",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                ("place", models.CharField(help_text="where, in words", max_length=200)),
                ("facts", models.TextField(help_text="what was seen and heard; no guesses", max_length=4000)),
                ("done_at_once", models.TextField(blank=True, max_length=2000)),
                ("reported_at", models.DateTimeField()),
                ("review_began_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("conclusion", models.TextField(blank=True, editable=False, max_length=8000)),
                (
                    "factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("staffing", "Staffing"),
                                ("handoff", "Something was not passed on"),
                                ("rules", "A rule was missing, unclear or not followed"),
                                ("training", "Training"),
                                ("place", "The building or its equipment"),
                                ("system", "Records or software"),
                                ("medicine", "Medication"),
                                ("use", "Use or withdrawal"),
                                ("health", "Health of the person"),
                                ("others", "Other people"),
                                ("none", "Nothing that could be changed"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "checklist",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="what the severities mean",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.checklist",
                    ),
                ),
                (
                    "departure",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.departure",
                    ),
                ),
                (
                    "emergency_warning",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.emergencywarning",
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
                    "page_duty",
                    models.ForeignKey(
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
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.incident",
                    ),
                ),
                (
                    "reported_by",
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
                    "review_began_by",
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
                    "review_duty",
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
                    "signed_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="IncidentPerson",
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
                ("happened_at", models.DateTimeField()),
                (
                    "part_in",
                    models.CharField(
                        choices=[
                            ("affected", "It happened to them"),
                            ("involved", "They took part"),
                            ("witness", "They saw or heard it"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        help_text="their own part alone, for their chart: name nobody else", max_length=2000
                    ),
                ),
                ("injury", models.CharField(blank=True, max_length=500)),
                ("added_at", models.DateTimeField()),
                ("supporter_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "supporter_told",
                    models.CharField(blank=True, editable=False, help_text="what they were told", max_length=500),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "added_by",
                    models.ForeignKey(
                        db_index=False,
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
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
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="treatment.incident"
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="patients.patient",
                    ),
                ),
                (
                    "supporter",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.supporter",
                    ),
                ),
                (
                    "supporter_told_by",
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
            ],
            options={
                "verbose_name": "part in an incident",
                "verbose_name_plural": "incidents of people",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-happened_at"], name="incidents_of_a_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("incident", "patient"),
                        name="once_in_an_incident",
                        violation_error_code="in_it_already",
                        violation_error_message="This person is part of the incident already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part", ""), _negated=True),
                        name="a_part_is_in_words",
                        violation_error_code="part_missing",
                        violation_error_message="Say what belongs in this person's own chart.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("supporter", None),
                                ("supporter_told", ""),
                                ("supporter_told_at", None),
                                ("supporter_told_by", None),
                            ),
                            models.Q(
                                ("supporter__isnull", False),
                                ("supporter_told_at__isnull", False),
                                ("supporter_told_by__isnull", False),
                                models.Q(("supporter_told", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="family_is_told_on_the_record",
                        violation_error_code="half_recorded",
                        violation_error_message="Say whom you told, when, and what.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="incidentperson_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_incidentpersonhistory" ("added_at", "added_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "happened_at", "id", "incident_id", "injury", "part", "part_in", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supporter_id", "supporter_told", "supporter_told_at", "supporter_told_by_id", "version") VALUES (NEW."added_at", NEW."added_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."happened_at", NEW."id", NEW."incident_id", NEW."injury", NEW."part", NEW."part_in", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."supporter_id", NEW."supporter_told", NEW."supporter_told_at", NEW."supporter_told_by_id", NEW."version"); RETURN NULL;',
                            hash="8a2203adea751d726fdeb8b0f985e4597d0090a6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_20f00",
                            table="treatment_incidentperson",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_incidentpersonhistory" ("added_at", "added_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "happened_at", "id", "incident_id", "injury", "part", "part_in", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supporter_id", "supporter_told", "supporter_told_at", "supporter_told_by_id", "version") VALUES (NEW."added_at", NEW."added_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."happened_at", NEW."id", NEW."incident_id", NEW."injury", NEW."part", NEW."part_in", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."supporter_id", NEW."supporter_told", NEW."supporter_told_at", NEW."supporter_told_by_id", NEW."version"); RETURN NULL;',
                            hash="ef14bdde613121535a378e0948a3892ff26000ca",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5b411",
                            table="treatment_incidentperson",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_incidentpersonhistory" ("added_at", "added_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "happened_at", "id", "incident_id", "injury", "part", "part_in", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supporter_id", "supporter_told", "supporter_told_at", "supporter_told_by_id", "version") VALUES (OLD."added_at", OLD."added_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."happened_at", OLD."id", OLD."incident_id", OLD."injury", OLD."part", OLD."part_in", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."supporter_id", OLD."supporter_told", OLD."supporter_told_at", OLD."supporter_told_by_id", OLD."version"); RETURN NULL;',
                            hash="3c0c98658c2fe0dcd9d6072fda745099c35ae8ba",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_01b25",
                            table="treatment_incidentperson",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="IncidentPersonHistory",
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
                ("happened_at", models.DateTimeField()),
                (
                    "part_in",
                    models.CharField(
                        choices=[
                            ("affected", "It happened to them"),
                            ("involved", "They took part"),
                            ("witness", "They saw or heard it"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        help_text="their own part alone, for their chart: name nobody else", max_length=2000
                    ),
                ),
                ("injury", models.CharField(blank=True, max_length=500)),
                ("added_at", models.DateTimeField()),
                ("supporter_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "supporter_told",
                    models.CharField(blank=True, editable=False, help_text="what they were told", max_length=500),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "added_by",
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
                    "incident",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.incident",
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
                        to="treatment.incidentperson",
                    ),
                ),
                (
                    "supporter",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.supporter",
                    ),
                ),
                (
                    "supporter_told_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="IncidentReport",
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
                ("code", models.CharField(help_text="of the rule", max_length=50)),
                ("to", models.CharField(max_length=200)),
                ("jurisdiction", models.CharField(blank=True, max_length=50)),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("made", "They were told"), ("not_needed", "Not needed here")],
                        editable=False,
                        max_length=12,
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="what was said, to whom, with which reference; or why not",
                        max_length=1000,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "done_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="incident_report", to="duties.duty"
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
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="treatment.incident"
                    ),
                ),
            ],
            options={
                "verbose_name": "outside report",
                "verbose_name_plural": "outside reports",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("incident", "code"),
                        name="an_outside_report_is_owed_once",
                        violation_error_code="report_owed",
                        violation_error_message="This report is owed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None), ("outcome", ""), ("words", "")),
                            models.Q(
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_outside_report_ends_with_who_and_how",
                        violation_error_code="half_recorded",
                        violation_error_message="Say who was told what, or why it is not needed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="incidentreport_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_incidentreporthistory" ("code", "done_at", "done_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "incident_id", "jurisdiction", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "to", "version", "words") VALUES (NEW."code", NEW."done_at", NEW."done_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."incident_id", NEW."jurisdiction", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."to", NEW."version", NEW."words"); RETURN NULL;',
                            hash="ddf288ef0424c5a6a30d1575ff2a306c120e7bda",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e400c",
                            table="treatment_incidentreport",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_incidentreporthistory" ("code", "done_at", "done_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "incident_id", "jurisdiction", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "to", "version", "words") VALUES (NEW."code", NEW."done_at", NEW."done_by_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."incident_id", NEW."jurisdiction", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."to", NEW."version", NEW."words"); RETURN NULL;',
                            hash="f3625536031d91a731c27ff9f9e407d34d179e75",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6491c",
                            table="treatment_incidentreport",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_incidentreporthistory" ("code", "done_at", "done_by_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "incident_id", "jurisdiction", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "to", "version", "words") VALUES (OLD."code", OLD."done_at", OLD."done_by_id", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."incident_id", OLD."jurisdiction", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."to", OLD."version", OLD."words"); RETURN NULL;',
                            hash="b40b3c7737c142225a995c3911c83fc12e1dac13",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4e3b7",
                            table="treatment_incidentreport",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="IncidentReportHistory",
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
                ("code", models.CharField(help_text="of the rule", max_length=50)),
                ("to", models.CharField(max_length=200)),
                ("jurisdiction", models.CharField(blank=True, max_length=50)),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("made", "They were told"), ("not_needed", "Not needed here")],
                        editable=False,
                        max_length=12,
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="what was said, to whom, with which reference; or why not",
                        max_length=1000,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "done_by",
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
                    "incident",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.incident",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.incidentreport",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="RoundBatch",
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
                    "signs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        help_text="codes of the rules that found them",
                        size=None,
                    ),
                ),
                ("rounds", models.PositiveIntegerField(default=1, help_text="how many rounds were found")),
                ("first_at", models.DateTimeField(help_text="written down from")),
                ("last_at", models.DateTimeField(help_text="until")),
                ("looked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("finding", models.CharField(blank=True, editable=False, max_length=1000)),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="round_batch", to="duties.duty"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "looked_by",
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
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "batch of rounds",
                "verbose_name_plural": "batches of rounds",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", ""), ("looked_at", None), ("looked_by", None)),
                            models.Q(
                                ("looked_at__isnull", False),
                                ("looked_by__isnull", False),
                                models.Q(("finding", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_look_at_rounds_has_who_and_what",
                        violation_error_code="half_recorded",
                        violation_error_message="Say what you found.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("looked_by", None),
                            models.Q(("looked_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_looks_at_their_own_rounds",
                        violation_error_code="own_rounds",
                        violation_error_message="Somebody else looks at your rounds.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("looked_at", None)),
                        fields=("facility", "written_by"),
                        name="one_batch_at_a_time",
                        violation_error_code="batch_open",
                        violation_error_message="Somebody is to look at rounds of this user already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_roundbatchhistory" ("duty_id", "facility_id", "finding", "first_at", "id", "last_at", "looked_at", "looked_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "rounds", "signs", "version", "written_by_id") VALUES (NEW."duty_id", NEW."facility_id", NEW."finding", NEW."first_at", NEW."id", NEW."last_at", NEW."looked_at", NEW."looked_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."rounds", NEW."signs", NEW."version", NEW."written_by_id"); RETURN NULL;',
                            hash="ef6bb9f3ddb249abaf2d09869cbfb7fb5f7127f6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c60e0",
                            table="treatment_roundbatch",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_roundbatchhistory" ("duty_id", "facility_id", "finding", "first_at", "id", "last_at", "looked_at", "looked_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "rounds", "signs", "version", "written_by_id") VALUES (NEW."duty_id", NEW."facility_id", NEW."finding", NEW."first_at", NEW."id", NEW."last_at", NEW."looked_at", NEW."looked_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."rounds", NEW."signs", NEW."version", NEW."written_by_id"); RETURN NULL;',
                            hash="3dc15f480e87bc263fffc6099922be74308450ad",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7860e",
                            table="treatment_roundbatch",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_roundbatchhistory" ("duty_id", "facility_id", "finding", "first_at", "id", "last_at", "looked_at", "looked_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "rounds", "signs", "version", "written_by_id") VALUES (OLD."duty_id", OLD."facility_id", OLD."finding", OLD."first_at", OLD."id", OLD."last_at", OLD."looked_at", OLD."looked_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."rounds", OLD."signs", OLD."version", OLD."written_by_id"); RETURN NULL;',
                            hash="4783dacbd5d3950a9da3472b1d93de22cfa38682",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0f039",
                            table="treatment_roundbatch",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="RoundBatchHistory",
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
                    "signs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        help_text="codes of the rules that found them",
                        size=None,
                    ),
                ),
                ("rounds", models.PositiveIntegerField(default=1, help_text="how many rounds were found")),
                ("first_at", models.DateTimeField(help_text="written down from")),
                ("last_at", models.DateTimeField(help_text="until")),
                ("looked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("finding", models.CharField(blank=True, editable=False, max_length=1000)),
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
                    "looked_by",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.roundbatch",
                    ),
                ),
                (
                    "written_by",
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
            name="RoundOrder",
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
                ("level", models.CharField(editable=False, max_length=30)),
                ("level_name", models.CharField(help_text="the level, as it was called then", max_length=200)),
                ("reason", models.CharField(max_length=500)),
                ("ordered_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "review",
                    models.CharField(blank=True, editable=False, help_text="why it is still needed", max_length=500),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "checklist",
                    models.ForeignKey(
                        help_text="the levels",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.checklist",
                    ),
                ),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="round_order", to="duties.duty"
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
                        related_name="round_orders",
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
                    "ordered_by",
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
                        related_name="round_orders",
                        to="patients.patient",
                    ),
                ),
                (
                    "review_duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="round_review", to="duties.duty"
                    ),
                ),
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
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-ordered_at"], name="round_orders_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_review_of_rounds_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="reviewed_at and reviewed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="rounds_are_ordered_for_a_reason",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why the person is watched this closely.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_at", None), models.Q(("review", ""), _negated=True), _connector="OR"
                        ),
                        name="a_review_of_rounds_says_why",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why it is still needed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="roundorder_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_roundorderhistory" ("checklist_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "level", "level_name", "ordered_at", "ordered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review", "review_duty_id", "reviewed_at", "reviewed_by_id", "version") VALUES (NEW."checklist_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."level", NEW."level_name", NEW."ordered_at", NEW."ordered_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."review", NEW."review_duty_id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."version"); RETURN NULL;',
                            hash="2ebf705fefd23e54f929eb410db945a18f5dcfe0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dd968",
                            table="treatment_roundorder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_roundorderhistory" ("checklist_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "level", "level_name", "ordered_at", "ordered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review", "review_duty_id", "reviewed_at", "reviewed_by_id", "version") VALUES (NEW."checklist_id", NEW."duty_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."level", NEW."level_name", NEW."ordered_at", NEW."ordered_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."review", NEW."review_duty_id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."version"); RETURN NULL;',
                            hash="f45270fd8c1160ac1fbf52ba60c1954c0d38560c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c329c",
                            table="treatment_roundorder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_roundorderhistory" ("checklist_id", "duty_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "level", "level_name", "ordered_at", "ordered_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "review", "review_duty_id", "reviewed_at", "reviewed_by_id", "version") VALUES (OLD."checklist_id", OLD."duty_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."level", OLD."level_name", OLD."ordered_at", OLD."ordered_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."review", OLD."review_duty_id", OLD."reviewed_at", OLD."reviewed_by_id", OLD."version"); RETURN NULL;',
                            hash="7db72031f7b48d0eb2e5f3d2bf2427080144f400",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2009b",
                            table="treatment_roundorder",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="RoundEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("observed_at", models.DateTimeField()),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        help_text="by the database's clock",
                    ),
                ),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("bed", "In bed"),
                            ("room", "In their room, not in bed"),
                            ("common", "In a common room"),
                            ("group", "In a group or a talk"),
                            ("bathroom", "In the bathroom"),
                            ("outside", "Outside, on the grounds"),
                            ("away", "Away, as we know"),
                            ("not_found", "Not found"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(blank=True, choices=[("awake", "Awake"), ("asleep", "Asleep")], max_length=10),
                ),
                (
                    "breathing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("seen", "Breathing seen, quiet"),
                            ("hard", "Breathing hard, slow or noisy"),
                            ("none", "No breathing seen"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "behavior",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("calm", "Calm"),
                                ("social", "With others"),
                                ("alone", "Keeps to themselves"),
                                ("restless", "Restless"),
                                ("tearful", "Tearful"),
                                ("angry", "Angry or threatening"),
                                ("confused", "Confused"),
                                ("intoxicated", "Seems intoxicated"),
                                ("self_harm", "Hurts themselves, or speaks of it"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "distress",
                    models.PositiveSmallIntegerField(
                        blank=True, choices=[(0, "None seen"), (1, "Some"), (2, "Great")], null=True
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="round_entries",
                        to="patients.patient",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="treatment.roundorder",
                    ),
                ),
            ],
            options={
                "verbose_name": "round",
                "verbose_name_plural": "rounds",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["order", "-observed_at"], name="rounds_of_an_order"),
                    models.Index(fields=["patient", "-observed_at"], name="rounds_of_a_person"),
                    models.Index(
                        condition=models.Q(
                            ("where", "not_found"),
                            ("breathing__in", ["hard", "none"]),
                            ("distress", 2),
                            ("behavior__overlap", ["angry", "confused", "intoxicated", "self_harm"]),
                            _connector="OR",
                        ),
                        fields=["patient", "-observed_at"],
                        name="rounds_that_stand_out",
                    ),
                    models.Index(fields=["entered_by", "-entered_at"], name="rounds_by_a_user"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("behavior", []),
                                ("breathing", ""),
                                ("distress", None),
                                ("state", ""),
                                ("where__in", ("away", "not_found")),
                            ),
                            models.Q(
                                models.Q(("where__in", ("away", "not_found")), _negated=True),
                                models.Q(("state", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_round_says_what_was_seen",
                        violation_error_code="half_recorded",
                        violation_error_message="Say whether the person was awake or asleep, or that they were not there.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "asleep"), _negated=True),
                            models.Q(("breathing", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="of_a_sleeper_the_breathing_is_seen",
                        violation_error_code="breathing_missing",
                        violation_error_message="Of somebody asleep, say what you saw of their breathing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "observed_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("entered_at"), "+", models.Value(datetime.timedelta(seconds=300))
                                ),
                            )
                        ),
                        name="a_round_is_not_written_ahead",
                        violation_error_code="in_the_future",
                        violation_error_message="A round is written down once the person was seen.",
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="RoundOrderHistory",
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
                ("level", models.CharField(editable=False, max_length=30)),
                ("level_name", models.CharField(help_text="the level, as it was called then", max_length=200)),
                ("reason", models.CharField(max_length=500)),
                ("ordered_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "review",
                    models.CharField(blank=True, editable=False, help_text="why it is still needed", max_length=500),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "checklist",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="the levels",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.checklist",
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
                    "ordered_by",
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
                        to="treatment.roundorder",
                    ),
                ),
                (
                    "review_duty",
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
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="RoundStrike",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=500)),
                (
                    "struck_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="strike", to="treatment.roundentry"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patients.patient"
                    ),
                ),
                (
                    "struck_by",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="a_round_is_struck_for_a_reason",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why it was a mistake.",
                    )
                ],
            },
        ),
        kept(*TABLES),
        append_only(*EVENTS),
        append_only(*(f"{table}history" for table in TABLES), by_trigger=True),
        frozen(
            "treatment_incident",
            when="OLD.signed_at IS NOT NULL",
            name="a_signed_incident_never_changes",
            message="a signed incident never changes",
            except_columns=ERROR,
        ),
        frozen(
            "treatment_incident",
            when="OLD.signed_at IS NULL",
            name="a_report_never_changes",
            message="what was reported never changes",
            except_columns=REVIEWED,
        ),
        frozen(
            "treatment_incidentperson",
            when="TRUE",
            name="what_stands_in_a_chart_stays",
            message="what stands in a chart stays",
            except_columns=TOLD,
        ),
        migrations.RunSQL(
            CLOCK, "DROP FUNCTION round_by_our_clock() CASCADE; DROP FUNCTION event_never_changes() CASCADE"
        ),
        migrations.RunSQL(WATCH, "DROP FUNCTION rounds_go_on() CASCADE; DROP FUNCTION batch_is_looked_at() CASCADE"),
        migrations.RunSQL(STEPS, "DROP FUNCTION incident_steps() CASCADE"),
        migrations.RunSQL(
            [TRIGGER.format(*one) for one in ANSWERED],
            [f"DROP TRIGGER {name} ON duties_duty" for name, *_ in ANSWERED],
        ),
    ]
    operations = [audit.operations.Together(together)]
