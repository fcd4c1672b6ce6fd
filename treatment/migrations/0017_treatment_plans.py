import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
from audit.operations import append_only, frozen, kept

LINES = ["treatment_problem", "treatment_goal", "treatment_objective", "treatment_intervention"]
TRACKED = [*LINES, "treatment_treatmentplan", "treatment_planreview", "treatment_sessionobjective"]
ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]
OVER = ["ended_at", "ended_by_id", "ended_because"]
SIGNATURES = [
    "staff_signed_at",
    "staff_signed_by_id",
    "person_answer",
    "person_answer_words",
    "copy_offered",
    "person_answered_at",
    "person_answered_by_id",
    "next_review_at",
    "in_force_at",
    "in_force_by_id",
]

# A plan is signed as a whole: while anybody's signature stands on it, none of its lines is written, moved or added.
# The plan is locked first, so that a line that is written while somebody signs waits, and is refused.
PLAN_LINES = """
CREATE FUNCTION line_of_a_draft() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM treatment_treatmentplan
        WHERE id = NEW.plan_id AND staff_signed_at IS NULL AND person_answered_at IS NULL
        FOR NO KEY UPDATE;
    IF NOT FOUND OR (TG_OP = 'UPDATE' AND OLD.plan_id IS DISTINCT FROM NEW.plan_id) THEN
        RAISE EXCEPTION 'a signed plan never changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_signed_plan_never_changes';
    END IF;
    RETURN NEW;
END $$;
"""
OF_A_DRAFT = """
CREATE TRIGGER a_line_of_a_draft BEFORE INSERT OR UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION line_of_a_draft();
ALTER TABLE {table} ADD CONSTRAINT {table}_of_plan UNIQUE (id, plan_id);
"""
# Each line hangs on a line of the same plan.
SAME_PLAN = """
ALTER TABLE treatment_goal ADD CONSTRAINT a_goal_is_of_the_plan_of_its_problem
    FOREIGN KEY (problem_id, plan_id) REFERENCES treatment_problem (id, plan_id);
ALTER TABLE treatment_objective ADD CONSTRAINT an_objective_is_of_the_plan_of_its_goal
    FOREIGN KEY (goal_id, plan_id) REFERENCES treatment_goal (id, plan_id);
ALTER TABLE treatment_intervention ADD CONSTRAINT an_intervention_is_of_the_plan_of_its_objective
    FOREIGN KEY (objective_id, plan_id) REFERENCES treatment_objective (id, plan_id);
"""

# What was worked on is locked with the note; and a note is not signed before it is said.
WORKED_ON = """
CREATE FUNCTION worked_on_of_a_draft() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    held uuid[] := CASE WHEN TG_OP = 'UPDATE' THEN ARRAY[NEW.session_id, OLD.session_id] ELSE ARRAY[NEW.session_id] END;
BEGIN
    PERFORM FROM treatment_sessionnote WHERE session_id = ANY(held) FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM treatment_sessionnote
        WHERE session_id = ANY(held) AND signed_at IS NOT NULL AND entered_in_error_at IS NULL)
    THEN
        RAISE EXCEPTION 'the note of this session is signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_worked_on_is_locked_with_the_note';
    END IF;
    IF NEW.objective_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM treatment_objective o JOIN treatment_session s ON s.episode_id = o.episode_id
        WHERE o.id = NEW.objective_id AND s.id = NEW.session_id)
    THEN
        RAISE EXCEPTION 'an objective of somebody else'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_rating_is_of_the_persons_own_plan';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_worked_on_of_a_draft BEFORE INSERT OR UPDATE ON treatment_sessionobjective
    FOR EACH ROW EXECUTE FUNCTION worked_on_of_a_draft();

CREATE FUNCTION note_says_what_was_worked_on() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF (TG_OP = 'INSERT' OR OLD.signed_at IS NULL) AND NOT EXISTS (
        SELECT FROM treatment_sessionobjective WHERE session_id = NEW.session_id AND removed_at IS NULL)
    THEN
        RAISE EXCEPTION 'nothing says what was worked on'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_signed_note_says_what_was_worked_on';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER b_says_what_was_worked_on AFTER INSERT OR UPDATE OF signed_at ON treatment_sessionnote
    FOR EACH ROW WHEN (NEW.signed_at IS NOT NULL) EXECUTE FUNCTION note_says_what_was_worked_on();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("duties", "0004_calls_owed"),
        ("patients", "0008_newest_episodes"),
        ("treatment", "0016_instruments_by_schedule"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="TreatmentPlan",
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
                    "edition",
                    models.PositiveSmallIntegerField(editable=False, help_text="counted from 1 in an episode"),
                ),
                (
                    "own_words",
                    models.TextField(
                        blank=True, help_text="what the person wants from this, as they say it", max_length=4000
                    ),
                ),
                ("drafted_at", models.DateTimeField(editable=False)),
                ("staff_signed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "person_answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paper", "Signed on paper"),
                            ("screen", "Signed on a screen"),
                            ("aloud", "Agreed aloud, before a witness"),
                            ("declined", "Declined to sign"),
                            ("unable", "Could not sign"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "person_answer_words",
                    models.CharField(
                        blank=True,
                        help_text="who was the witness; or why the person declined or could not sign",
                        max_length=500,
                    ),
                ),
                (
                    "copy_offered",
                    models.BooleanField(default=False, help_text="a copy of the plan was offered to the person"),
                ),
                ("person_answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "next_review_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="when it is looked at again; as often as the program says, when left out",
                        null=True,
                    ),
                ),
                ("in_force_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("superseded", "Followed by its next version"),
                            ("treatment_ended", "Treatment ended"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "drafted_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        related_name="treatment_plans",
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
                    "in_force_by",
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
                        related_name="treatment_plans",
                        to="patients.patient",
                    ),
                ),
                (
                    "person_answered_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        editable=False,
                        help_text="who was there",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        help_text="where it was drafted",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="treatment_plans",
                        to="treatment.placement",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="treatment.treatmentplan",
                    ),
                ),
                (
                    "staff_signed_by",
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
                "indexes": [models.Index(fields=["patient"], name="plans_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("staff_signed_at__isnull", True), ("staff_signed_by__isnull", True)),
                            models.Q(("staff_signed_at__isnull", False), ("staff_signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_staff_signature_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="staff_signed_at and staff_signed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person_answered_at__isnull", True), ("person_answered_by__isnull", True)),
                            models.Q(("person_answered_at__isnull", False), ("person_answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answer_to_a_plan_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="person_answered_at and person_answered_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("in_force_at__isnull", True), ("in_force_by__isnull", True)),
                            models.Q(("in_force_at__isnull", False), ("in_force_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_plan_in_force_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="in_force_at and in_force_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_plan_over_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="ended_at and ended_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("person_answer", ""), ("person_answer_words", ""), ("person_answered_at", None)
                            ),
                            models.Q(
                                ("person_answered_at__isnull", False), models.Q(("person_answer", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="an_answer_to_a_plan_is_whole",
                        violation_error_code="half_recorded",
                        violation_error_message="What the person said is recorded with when and by whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person_answer__in", ["aloud", "declined", "unable"]), _negated=True),
                            models.Q(("person_answer_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="no_signature_is_said_why",
                        violation_error_code="reason_missing",
                        violation_error_message="Say who was the witness, or why the person did not sign.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person_answered_at", None), ("copy_offered", True), _connector="OR"),
                        name="a_copy_of_the_plan_is_offered",
                        violation_error_code="copy_not_offered",
                        violation_error_message="Offer the person a copy of the plan first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_at", None),
                            models.Q(("person_answered_at__isnull", False), ("staff_signed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_plan_in_force_was_put_to_both",
                        violation_error_code="signature_missing",
                        violation_error_message="A plan is in force once staff signed it and the person was asked to.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_because", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_plan_over_says_why",
                        violation_error_code="half_recorded",
                        violation_error_message="A plan that is over says why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            ("in_force_at", None),
                            ("ended_at__gte", models.F("in_force_at")),
                            _connector="OR",
                        ),
                        name="a_plan_ends_after_it_is_in_force",
                        violation_error_code="ends_before_start",
                        violation_error_message="A plan ends after it was put in force.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("entered_in_error_at", None), ("in_force_at__isnull", False)
                        ),
                        fields=("episode",),
                        name="one_plan_in_force_per_episode",
                        violation_error_code="plan_in_force",
                        violation_error_message="A plan is in force already. Review it: that makes the next version.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("entered_in_error_at", None), ("in_force_at", None)),
                        fields=("episode",),
                        name="one_plan_draft_per_episode",
                        violation_error_code="plan_drafted",
                        violation_error_message="A draft of the plan is open already. Go on with that one.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("episode", "edition"),
                        name="one_plan_per_edition",
                        violation_error_code="edition_taken",
                        violation_error_message="This version of the plan exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="treatmentplan_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_treatmentplanhistory" ("copy_offered", "drafted_at", "drafted_by_id", "edition", "ended_at", "ended_because", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "in_force_at", "in_force_by_id", "next_review_at", "own_words", "patient_id", "person_answer", "person_answer_words", "person_answered_at", "person_answered_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "previous_id", "staff_signed_at", "staff_signed_by_id", "version") VALUES (NEW."copy_offered", NEW."drafted_at", NEW."drafted_by_id", NEW."edition", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."in_force_at", NEW."in_force_by_id", NEW."next_review_at", NEW."own_words", NEW."patient_id", NEW."person_answer", NEW."person_answer_words", NEW."person_answered_at", NEW."person_answered_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."previous_id", NEW."staff_signed_at", NEW."staff_signed_by_id", NEW."version"); RETURN NULL;',
                            hash="8050c1d39834d3129aa1fb41a1ba23e5e300e615",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4dd63",
                            table="treatment_treatmentplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_treatmentplanhistory" ("copy_offered", "drafted_at", "drafted_by_id", "edition", "ended_at", "ended_because", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "in_force_at", "in_force_by_id", "next_review_at", "own_words", "patient_id", "person_answer", "person_answer_words", "person_answered_at", "person_answered_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "previous_id", "staff_signed_at", "staff_signed_by_id", "version") VALUES (NEW."copy_offered", NEW."drafted_at", NEW."drafted_by_id", NEW."edition", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."in_force_at", NEW."in_force_by_id", NEW."next_review_at", NEW."own_words", NEW."patient_id", NEW."person_answer", NEW."person_answer_words", NEW."person_answered_at", NEW."person_answered_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."previous_id", NEW."staff_signed_at", NEW."staff_signed_by_id", NEW."version"); RETURN NULL;',
                            hash="59acb872cd60464325a80a02cae80c5fe0e58111",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9989b",
                            table="treatment_treatmentplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_treatmentplanhistory" ("copy_offered", "drafted_at", "drafted_by_id", "edition", "ended_at", "ended_because", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "in_force_at", "in_force_by_id", "next_review_at", "own_words", "patient_id", "person_answer", "person_answer_words", "person_answered_at", "person_answered_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "previous_id", "staff_signed_at", "staff_signed_by_id", "version") VALUES (OLD."copy_offered", OLD."drafted_at", OLD."drafted_by_id", OLD."edition", OLD."ended_at", OLD."ended_because", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."in_force_at", OLD."in_force_by_id", OLD."next_review_at", OLD."own_words", OLD."patient_id", OLD."person_answer", OLD."person_answer_words", OLD."person_answered_at", OLD."person_answered_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."previous_id", OLD."staff_signed_at", OLD."staff_signed_by_id", OLD."version"); RETURN NULL;',
                            hash="2fb4e74194ab469ba46c85044c3247bb4dad4c20",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3c8fb",
                            table="treatment_treatmentplan",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="PlanTemplate",
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
                ("edition", models.PositiveIntegerField(default=1)),
                ("name", models.CharField(max_length=100)),
                ("about", models.CharField(max_length=300)),
                (
                    "substance",
                    models.CharField(
                        blank=True,
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
                        help_text="only for people who use or used this; empty: for all",
                        max_length=4,
                    ),
                ),
                (
                    "problems",
                    models.JSONField(help_text="[{code, domain, words, why, goals: [{words, objectives: […]}]}]"),
                ),
                ("sources", models.JSONField(help_text="[one in plain words]")),
                ("reviewed_on", models.DateField(help_text="last checked against its sources")),
                ("review_due_on", models.DateField(help_text="to be checked again by then")),
            ],
            options={
                "ordering": ["slug", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "edition"),
                        name="one_plan_template_per_edition",
                        violation_error_code="edition_taken",
                        violation_error_message="This edition of the template exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sources", []), _negated=True), models.Q(("problems", []), _negated=True)
                        ),
                        name="a_plan_template_has_sources",
                        violation_error_code="sources_missing",
                        violation_error_message="Say what it offers, and where that is from.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_due_on__gt", models.F("reviewed_on"))),
                        name="a_plan_template_is_reviewed_again",
                        violation_error_code="review_before_review",
                        violation_error_message="The next review comes after the last.",
                    ),
                ],
                "indexes": [],
            },
        ),
        audit.operations.CreateTracked(
            name="PlanReview",
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
                ("note", models.TextField(max_length=4000)),
                ("decisions", models.JSONField(help_text="[{objective, words, progress, decision, reason}]")),
                ("reviewed_at", models.DateTimeField(editable=False)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_reviews",
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
                        related_name="plan_reviews",
                        to="patients.patient",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "next_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_by_review",
                        to="treatment.treatmentplan",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="treatment.treatmentplan",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-reviewed_at"], name="plan_reviews_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True),
                        name="a_plan_review_has_a_note",
                        violation_error_code="reason_missing",
                        violation_error_message="Say in words what the review came to.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        fields=("next_plan",),
                        name="one_review_makes_one_version",
                        violation_error_code="plan_drafted",
                        violation_error_message="A draft of the plan is open already. Go on with that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="planreview_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_planreviewhistory" ("decisions", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "next_plan_id", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reviewed_at", "reviewed_by_id", "version") VALUES (NEW."decisions", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."next_plan_id", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."version"); RETURN NULL;',
                            hash="11c7ff712d0633e9f79a19760f8be642d903ace6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6fd40",
                            table="treatment_planreview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_planreviewhistory" ("decisions", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "next_plan_id", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reviewed_at", "reviewed_by_id", "version") VALUES (NEW."decisions", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."next_plan_id", NEW."note", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."version"); RETURN NULL;',
                            hash="e89b7c184c4451f3811da77abfab13e543ea9552",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cf60d",
                            table="treatment_planreview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_planreviewhistory" ("decisions", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "next_plan_id", "note", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reviewed_at", "reviewed_by_id", "version") VALUES (OLD."decisions", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."next_plan_id", OLD."note", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."reviewed_at", OLD."reviewed_by_id", OLD."version"); RETURN NULL;',
                            hash="0dddc3806d2d6bbfda6dc52d8a99be11689bead6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0c5ac",
                            table="treatment_planreview",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="Problem",
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
                    "domain",
                    models.CharField(
                        choices=[
                            ("use", "Use"),
                            ("body", "Bladder and body"),
                            ("sleep", "Sleep"),
                            ("mood", "Mood"),
                            ("trauma", "Trauma"),
                            ("co_use", "Other substances"),
                            ("housing", "Housing"),
                            ("work", "Work and school"),
                            ("legal", "Legal"),
                            ("family", "Family and friends"),
                            ("recovery", "Recovery supports"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(max_length=1000)),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Worked on"), ("deferred", "Later, as agreed"), ("resolved", "Resolved")],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("added_at", models.DateTimeField(editable=False)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "condition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_problems",
                        to="patients.condition",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_problems",
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
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.problem",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_problems",
                        to="patients.patient",
                    ),
                ),
                (
                    "removed_by",
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="treatment.treatmentplan",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="a_problem_has_words",
                        violation_error_code="words_missing",
                        violation_error_message="Say what the problem is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_problem_taken_out_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="removed_at and removed_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_problemhistory" ("added_at", "added_by_id", "condition_id", "domain", "episode_id", "facility_id", "id", "origin_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "removed_at", "removed_by_id", "status", "version", "words") VALUES (NEW."added_at", NEW."added_by_id", NEW."condition_id", NEW."domain", NEW."episode_id", NEW."facility_id", NEW."id", NEW."origin_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."removed_at", NEW."removed_by_id", NEW."status", NEW."version", NEW."words"); RETURN NULL;',
                            hash="9ea482c04accdc1164e7cb697e3718d77f4074ca",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_23713",
                            table="treatment_problem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_problemhistory" ("added_at", "added_by_id", "condition_id", "domain", "episode_id", "facility_id", "id", "origin_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "removed_at", "removed_by_id", "status", "version", "words") VALUES (NEW."added_at", NEW."added_by_id", NEW."condition_id", NEW."domain", NEW."episode_id", NEW."facility_id", NEW."id", NEW."origin_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."removed_at", NEW."removed_by_id", NEW."status", NEW."version", NEW."words"); RETURN NULL;',
                            hash="a1cc2d2cad4f4c70fb12f6e82c19e4eb086b93f7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1da4f",
                            table="treatment_problem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_problemhistory" ("added_at", "added_by_id", "condition_id", "domain", "episode_id", "facility_id", "id", "origin_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "removed_at", "removed_by_id", "status", "version", "words") VALUES (OLD."added_at", OLD."added_by_id", OLD."condition_id", OLD."domain", OLD."episode_id", OLD."facility_id", OLD."id", OLD."origin_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."removed_at", OLD."removed_by_id", OLD."status", OLD."version", OLD."words"); RETURN NULL;',
                            hash="6fc1b7f738f7e6f6b3b69f0fb52b521db0fdeac3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_036bc",
                            table="treatment_problem",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="Goal",
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
                ("own_words", models.CharField(blank=True, help_text="as the person says it", max_length=500)),
                ("words", models.CharField(blank=True, help_text="in clinical words", max_length=500)),
                ("added_at", models.DateTimeField(editable=False)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_goals", to="patients.episode"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.goal",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_goals", to="patients.patient"
                    ),
                ),
                (
                    "removed_by",
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
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="treatment.problem"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="treatment.treatmentplan",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("own_words", ""), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_goal_has_words",
                        violation_error_code="words_missing",
                        violation_error_message="Say what the goal is, best in the person’s own words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_goal_taken_out_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="removed_at and removed_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_goalhistory" ("added_at", "added_by_id", "episode_id", "facility_id", "id", "origin_id", "own_words", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "problem_id", "removed_at", "removed_by_id", "version", "words") VALUES (NEW."added_at", NEW."added_by_id", NEW."episode_id", NEW."facility_id", NEW."id", NEW."origin_id", NEW."own_words", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."problem_id", NEW."removed_at", NEW."removed_by_id", NEW."version", NEW."words"); RETURN NULL;',
                            hash="5bccc3cac46127fe06902576a56c92cd041205fe",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9b85e",
                            table="treatment_goal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_goalhistory" ("added_at", "added_by_id", "episode_id", "facility_id", "id", "origin_id", "own_words", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "problem_id", "removed_at", "removed_by_id", "version", "words") VALUES (NEW."added_at", NEW."added_by_id", NEW."episode_id", NEW."facility_id", NEW."id", NEW."origin_id", NEW."own_words", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."problem_id", NEW."removed_at", NEW."removed_by_id", NEW."version", NEW."words"); RETURN NULL;',
                            hash="a07d9104b7cd09bf8d62be60d2a87f3547a82081",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1a862",
                            table="treatment_goal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_goalhistory" ("added_at", "added_by_id", "episode_id", "facility_id", "id", "origin_id", "own_words", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "problem_id", "removed_at", "removed_by_id", "version", "words") VALUES (OLD."added_at", OLD."added_by_id", OLD."episode_id", OLD."facility_id", OLD."id", OLD."origin_id", OLD."own_words", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."problem_id", OLD."removed_at", OLD."removed_by_id", OLD."version", OLD."words"); RETURN NULL;',
                            hash="a2021c0efb6aba2e56170d240a26d13019da4dc7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4b239",
                            table="treatment_goal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="Objective",
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
                ("words", models.CharField(max_length=500)),
                ("measure", models.CharField(help_text="what is counted or scored", max_length=200)),
                ("baseline", models.CharField(blank=True, help_text="what it is now", max_length=100)),
                ("target", models.CharField(help_text="what it is to be", max_length=100)),
                ("target_on", models.DateField(help_text="by which day")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("partly_met", "Partly met, goes on"),
                            ("met", "Met"),
                            ("dropped", "Dropped"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "status_reason",
                    models.CharField(blank=True, help_text="why it was dropped, or what was found", max_length=500),
                ),
                ("added_at", models.DateTimeField(editable=False)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_objectives",
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
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objectives", to="treatment.goal"
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.objective",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_objectives",
                        to="patients.patient",
                    ),
                ),
                (
                    "removed_by",
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="treatment.treatmentplan",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient"], name="objectives_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True),
                            models.Q(("measure", ""), _negated=True),
                            models.Q(("target", ""), _negated=True),
                        ),
                        name="an_objective_can_be_measured",
                        violation_error_code="not_measurable",
                        violation_error_message="Say what is to happen, what is measured, and what it is to be.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "dropped"), _negated=True),
                            models.Q(("status_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_dropped_objective_says_why",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why the objective was dropped.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_objective_taken_out_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="removed_at and removed_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_objectivehistory" ("added_at", "added_by_id", "baseline", "episode_id", "facility_id", "goal_id", "id", "measure", "origin_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "removed_at", "removed_by_id", "status", "status_reason", "target", "target_on", "version", "words") VALUES (NEW."added_at", NEW."added_by_id", NEW."baseline", NEW."episode_id", NEW."facility_id", NEW."goal_id", NEW."id", NEW."measure", NEW."origin_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."removed_at", NEW."removed_by_id", NEW."status", NEW."status_reason", NEW."target", NEW."target_on", NEW."version", NEW."words"); RETURN NULL;',
                            hash="ee76946350ae2d6d901701a5fc2cc43b36728e23",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_acd34",
                            table="treatment_objective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_objectivehistory" ("added_at", "added_by_id", "baseline", "episode_id", "facility_id", "goal_id", "id", "measure", "origin_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "removed_at", "removed_by_id", "status", "status_reason", "target", "target_on", "version", "words") VALUES (NEW."added_at", NEW."added_by_id", NEW."baseline", NEW."episode_id", NEW."facility_id", NEW."goal_id", NEW."id", NEW."measure", NEW."origin_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."removed_at", NEW."removed_by_id", NEW."status", NEW."status_reason", NEW."target", NEW."target_on", NEW."version", NEW."words"); RETURN NULL;',
                            hash="e6174d19546eeeef93853ef9c2ba01201d5b1b71",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ae6d9",
                            table="treatment_objective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_objectivehistory" ("added_at", "added_by_id", "baseline", "episode_id", "facility_id", "goal_id", "id", "measure", "origin_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "removed_at", "removed_by_id", "status", "status_reason", "target", "target_on", "version", "words") VALUES (OLD."added_at", OLD."added_by_id", OLD."baseline", OLD."episode_id", OLD."facility_id", OLD."goal_id", OLD."id", OLD."measure", OLD."origin_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."removed_at", OLD."removed_by_id", OLD."status", OLD."status_reason", OLD."target", OLD."target_on", OLD."version", OLD."words"); RETURN NULL;',
                            hash="379c12da6c1a1e0def396c0ff3ecdd6778ab96e0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_49e1a",
                            table="treatment_objective",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="Intervention",
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
                ("what", models.CharField(max_length=500)),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("motivational", "Motivational interviewing"),
                            ("cbt", "Cognitive behavioral therapy"),
                            ("contingency", "Contingency management"),
                            ("trauma", "Trauma-focused work"),
                            ("education", "Education"),
                            ("group", "Group"),
                            ("family", "Family work"),
                            ("medical", "Medical care"),
                            ("medication", "Medication"),
                            ("monitoring", "Monitoring"),
                            ("case_management", "Case management"),
                            ("peer", "Peer support"),
                            ("self", "The person’s own step"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("admin", "Administrator"),
                            ("intake", "Intake"),
                            ("nurse", "Nurse"),
                            ("prescriber", "Prescriber"),
                            ("counselor", "Counselor"),
                            ("supervisor", "Supervisor"),
                            ("technician", "Technician"),
                            ("aftercare", "Aftercare coach"),
                            ("privacy", "Privacy officer"),
                            ("analyst", "Analyst"),
                        ],
                        help_text="whose work it is",
                        max_length=20,
                    ),
                ),
                ("frequency", models.CharField(blank=True, help_text="as in: twice a week", max_length=100)),
                ("duration", models.CharField(blank=True, help_text="as in: for eight weeks", max_length=100)),
                ("added_at", models.DateTimeField(editable=False)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_interventions",
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
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatment.intervention",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_interventions",
                        to="patients.patient",
                    ),
                ),
                (
                    "removed_by",
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
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        help_text="who does it, where that is one person",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interventions",
                        to="treatment.objective",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interventions",
                        to="treatment.treatmentplan",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", ""), _negated=True),
                            models.Q(
                                models.Q(("role", ""), _negated=True),
                                ("staff__isnull", False),
                                ("modality", "self"),
                                _connector="OR",
                            ),
                        ),
                        name="an_intervention_says_what_and_whose",
                        violation_error_code="nobody_does_it",
                        violation_error_message="Say what is done, and whose work it is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_intervention_taken_out_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="removed_at and removed_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_interventionhistory" ("added_at", "added_by_id", "duration", "episode_id", "facility_id", "frequency", "id", "modality", "objective_id", "origin_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "removed_at", "removed_by_id", "role", "staff_id", "version", "what") VALUES (NEW."added_at", NEW."added_by_id", NEW."duration", NEW."episode_id", NEW."facility_id", NEW."frequency", NEW."id", NEW."modality", NEW."objective_id", NEW."origin_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."removed_at", NEW."removed_by_id", NEW."role", NEW."staff_id", NEW."version", NEW."what"); RETURN NULL;',
                            hash="9cc89ac6d43cc4365aabc1c49612c9eadf546876",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e75c7",
                            table="treatment_intervention",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_interventionhistory" ("added_at", "added_by_id", "duration", "episode_id", "facility_id", "frequency", "id", "modality", "objective_id", "origin_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "removed_at", "removed_by_id", "role", "staff_id", "version", "what") VALUES (NEW."added_at", NEW."added_by_id", NEW."duration", NEW."episode_id", NEW."facility_id", NEW."frequency", NEW."id", NEW."modality", NEW."objective_id", NEW."origin_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."removed_at", NEW."removed_by_id", NEW."role", NEW."staff_id", NEW."version", NEW."what"); RETURN NULL;',
                            hash="3b16b31aef7e98155bed397db2cbed3b516b3079",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3c678",
                            table="treatment_intervention",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_interventionhistory" ("added_at", "added_by_id", "duration", "episode_id", "facility_id", "frequency", "id", "modality", "objective_id", "origin_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "removed_at", "removed_by_id", "role", "staff_id", "version", "what") VALUES (OLD."added_at", OLD."added_by_id", OLD."duration", OLD."episode_id", OLD."facility_id", OLD."frequency", OLD."id", OLD."modality", OLD."objective_id", OLD."origin_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."removed_at", OLD."removed_by_id", OLD."role", OLD."staff_id", OLD."version", OLD."what"); RETURN NULL;',
                            hash="85baa4eeec173d0f5c106ed04c9e3e4f8b64dcec",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d9ce3",
                            table="treatment_intervention",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="SessionObjective",
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
                    "progress",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("worse", "Worse"),
                            ("same", "No change"),
                            ("some", "Some progress"),
                            ("much", "Much progress"),
                            ("met", "Met"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "no_objective",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("crisis", "A crisis came first"),
                            ("first_contact", "First contact"),
                            ("no_plan_yet", "No plan in force"),
                            ("no_show", "The person did not come"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("noted_at", models.DateTimeField(editable=False)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
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
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="treatment.objective",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="session_objectives",
                        to="patients.patient",
                    ),
                ),
                (
                    "removed_by",
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
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="worked_on", to="treatment.session"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient"], name="ratings_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="what_was_taken_back_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="removed_at and removed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("no_objective", ""),
                                ("objective__isnull", False),
                                models.Q(("progress", ""), _negated=True),
                            ),
                            models.Q(
                                ("objective", None), ("progress", ""), models.Q(("no_objective", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_session_works_on_an_objective_or_says_why_not",
                        violation_error_code="worked_on_missing",
                        violation_error_message="Rate the progress toward an objective, or say why none was worked on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("no_objective", "other"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="another_reason_is_said_in_words",
                        violation_error_code="reason_missing",
                        violation_error_message="Say in words why no objective was worked on.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("objective__isnull", False), ("removed_at", None)),
                        fields=("session", "objective"),
                        name="an_objective_is_rated_once_in_a_session",
                        violation_error_code="rated_twice",
                        violation_error_message="An objective is rated once in a session.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("objective", None), ("removed_at", None)),
                        fields=("session",),
                        name="one_reason_why_none_was_worked_on",
                        violation_error_code="rated_twice",
                        violation_error_message="One reason is enough.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessionobjectivehistory" ("facility_id", "id", "no_objective", "noted_at", "noted_by_id", "objective_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "removed_at", "removed_by_id", "session_id", "version", "words") VALUES (NEW."facility_id", NEW."id", NEW."no_objective", NEW."noted_at", NEW."noted_by_id", NEW."objective_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."progress", NEW."removed_at", NEW."removed_by_id", NEW."session_id", NEW."version", NEW."words"); RETURN NULL;',
                            hash="cea8169bf3fe5b57640e5390ccf1fac511e128b1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f9f7c",
                            table="treatment_sessionobjective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_sessionobjectivehistory" ("facility_id", "id", "no_objective", "noted_at", "noted_by_id", "objective_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "removed_at", "removed_by_id", "session_id", "version", "words") VALUES (NEW."facility_id", NEW."id", NEW."no_objective", NEW."noted_at", NEW."noted_by_id", NEW."objective_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."progress", NEW."removed_at", NEW."removed_by_id", NEW."session_id", NEW."version", NEW."words"); RETURN NULL;',
                            hash="ed74d66dfdc24ecd2e0fa5a19fe08a7fd55f8a7c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_623a0",
                            table="treatment_sessionobjective",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessionobjectivehistory" ("facility_id", "id", "no_objective", "noted_at", "noted_by_id", "objective_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "removed_at", "removed_by_id", "session_id", "version", "words") VALUES (OLD."facility_id", OLD."id", OLD."no_objective", OLD."noted_at", OLD."noted_by_id", OLD."objective_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."progress", OLD."removed_at", OLD."removed_by_id", OLD."session_id", OLD."version", OLD."words"); RETURN NULL;',
                            hash="63538da28b27fb4acc41156611cd64ecad1578f5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_53815",
                            table="treatment_sessionobjective",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="TreatmentPlanHistory",
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
                    "edition",
                    models.PositiveSmallIntegerField(editable=False, help_text="counted from 1 in an episode"),
                ),
                (
                    "own_words",
                    models.TextField(
                        blank=True, help_text="what the person wants from this, as they say it", max_length=4000
                    ),
                ),
                ("drafted_at", models.DateTimeField(editable=False)),
                ("staff_signed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "person_answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paper", "Signed on paper"),
                            ("screen", "Signed on a screen"),
                            ("aloud", "Agreed aloud, before a witness"),
                            ("declined", "Declined to sign"),
                            ("unable", "Could not sign"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "person_answer_words",
                    models.CharField(
                        blank=True,
                        help_text="who was the witness; or why the person declined or could not sign",
                        max_length=500,
                    ),
                ),
                (
                    "copy_offered",
                    models.BooleanField(default=False, help_text="a copy of the plan was offered to the person"),
                ),
                ("person_answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "next_review_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="when it is looked at again; as often as the program says, when left out",
                        null=True,
                    ),
                ),
                ("in_force_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("superseded", "Followed by its next version"),
                            ("treatment_ended", "Treatment ended"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "drafted_by",
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
                    "in_force_by",
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
                    "person_answered_by",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="who was there",
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
                        to="treatment.treatmentplan",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        help_text="where it was drafted",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.placement",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.treatmentplan",
                    ),
                ),
                (
                    "staff_signed_by",
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
                "indexes": [],
                "constraints": [],
            },
        ),
        audit.operations.CreateTracked(
            name="PlanReviewHistory",
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
                ("note", models.TextField(max_length=4000)),
                ("decisions", models.JSONField(help_text="[{objective, words, progress, decision, reason}]")),
                ("reviewed_at", models.DateTimeField(editable=False)),
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
                        to="treatment.planreview",
                    ),
                ),
                (
                    "reviewed_by",
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
                    "next_plan",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.treatmentplan",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.treatmentplan",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        audit.operations.CreateTracked(
            name="ProblemHistory",
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
                    "domain",
                    models.CharField(
                        choices=[
                            ("use", "Use"),
                            ("body", "Bladder and body"),
                            ("sleep", "Sleep"),
                            ("mood", "Mood"),
                            ("trauma", "Trauma"),
                            ("co_use", "Other substances"),
                            ("housing", "Housing"),
                            ("work", "Work and school"),
                            ("legal", "Legal"),
                            ("family", "Family and friends"),
                            ("recovery", "Recovery supports"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(max_length=1000)),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Worked on"), ("deferred", "Later, as agreed"), ("resolved", "Resolved")],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("added_at", models.DateTimeField(editable=False)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "condition",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="patients.condition",
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
                    "origin",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.problem",
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
                        to="treatment.problem",
                    ),
                ),
                (
                    "removed_by",
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
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.treatmentplan",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        audit.operations.CreateTracked(
            name="GoalHistory",
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
                ("own_words", models.CharField(blank=True, help_text="as the person says it", max_length=500)),
                ("words", models.CharField(blank=True, help_text="in clinical words", max_length=500)),
                ("added_at", models.DateTimeField(editable=False)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "origin",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.goal",
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
                        to="treatment.goal",
                    ),
                ),
                (
                    "removed_by",
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
                    "problem",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.problem",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.treatmentplan",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        audit.operations.CreateTracked(
            name="ObjectiveHistory",
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
                ("words", models.CharField(max_length=500)),
                ("measure", models.CharField(help_text="what is counted or scored", max_length=200)),
                ("baseline", models.CharField(blank=True, help_text="what it is now", max_length=100)),
                ("target", models.CharField(help_text="what it is to be", max_length=100)),
                ("target_on", models.DateField(help_text="by which day")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("partly_met", "Partly met, goes on"),
                            ("met", "Met"),
                            ("dropped", "Dropped"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "status_reason",
                    models.CharField(blank=True, help_text="why it was dropped, or what was found", max_length=500),
                ),
                ("added_at", models.DateTimeField(editable=False)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "goal",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.goal",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.objective",
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
                        to="treatment.objective",
                    ),
                ),
                (
                    "removed_by",
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
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.treatmentplan",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        audit.operations.CreateTracked(
            name="InterventionHistory",
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
                ("what", models.CharField(max_length=500)),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("motivational", "Motivational interviewing"),
                            ("cbt", "Cognitive behavioral therapy"),
                            ("contingency", "Contingency management"),
                            ("trauma", "Trauma-focused work"),
                            ("education", "Education"),
                            ("group", "Group"),
                            ("family", "Family work"),
                            ("medical", "Medical care"),
                            ("medication", "Medication"),
                            ("monitoring", "Monitoring"),
                            ("case_management", "Case management"),
                            ("peer", "Peer support"),
                            ("self", "The person’s own step"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("admin", "Administrator"),
                            ("intake", "Intake"),
                            ("nurse", "Nurse"),
                            ("prescriber", "Prescriber"),
                            ("counselor", "Counselor"),
                            ("supervisor", "Supervisor"),
                            ("technician", "Technician"),
                            ("aftercare", "Aftercare coach"),
                            ("privacy", "Privacy officer"),
                            ("analyst", "Analyst"),
                        ],
                        help_text="whose work it is",
                        max_length=20,
                    ),
                ),
                ("frequency", models.CharField(blank=True, help_text="as in: twice a week", max_length=100)),
                ("duration", models.CharField(blank=True, help_text="as in: for eight weeks", max_length=100)),
                ("added_at", models.DateTimeField(editable=False)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "origin",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.intervention",
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
                        to="treatment.intervention",
                    ),
                ),
                (
                    "removed_by",
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
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        help_text="who does it, where that is one person",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.objective",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.treatmentplan",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        audit.operations.CreateTracked(
            name="SessionObjectiveHistory",
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
                    "progress",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("worse", "Worse"),
                            ("same", "No change"),
                            ("some", "Some progress"),
                            ("much", "Much progress"),
                            ("met", "Met"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "no_objective",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("crisis", "A crisis came first"),
                            ("first_contact", "First contact"),
                            ("no_plan_yet", "No plan in force"),
                            ("no_show", "The person did not come"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("noted_at", models.DateTimeField(editable=False)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "objective",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.objective",
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
                        to="treatment.sessionobjective",
                    ),
                ),
                (
                    "removed_by",
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
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.session",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        kept(*TRACKED, "treatment_plantemplate"),
        append_only(*(f"{table}history" for table in TRACKED), by_trigger=True),
        frozen(
            "treatment_plantemplate",
            when="TRUE",
            name="a_plan_template_never_changes",
            message="a plan template never changes",
        ),
        frozen(
            "treatment_planreview",
            when="TRUE",
            name="a_plan_review_never_changes",
            message="a plan review never changes",
            except_columns=ERROR,
        ),
        frozen(
            "treatment_treatmentplan",
            when="OLD.staff_signed_at IS NOT NULL OR OLD.person_answered_at IS NOT NULL",
            name="a_signed_plan_never_changes",
            message="a signed plan never changes",
            except_columns=ERROR + OVER + SIGNATURES,
        ),
        frozen(
            "treatment_treatmentplan",
            when="OLD.in_force_at IS NOT NULL AND OLD.ended_at IS NULL",
            name="a_plan_in_force_never_changes",
            message="a plan in force never changes",
            except_columns=ERROR + OVER,
        ),
        frozen(
            "treatment_treatmentplan",
            when="OLD.ended_at IS NOT NULL",
            name="a_plan_that_is_over_never_changes",
            message="a plan that is over never changes",
            except_columns=ERROR,
        ),
        migrations.RunSQL(PLAN_LINES, "DROP FUNCTION line_of_a_draft() CASCADE"),
        migrations.RunSQL([OF_A_DRAFT.format(table=table) for table in LINES], migrations.RunSQL.noop),
        migrations.RunSQL(SAME_PLAN, migrations.RunSQL.noop),
        migrations.RunSQL(
            WORKED_ON,
            "DROP FUNCTION worked_on_of_a_draft() CASCADE; DROP FUNCTION note_says_what_was_worked_on() CASCADE",
        ),
    ]
    operations = [audit.operations.Together(together)]
