import django.contrib.postgres.constraints
import django.contrib.postgres.operations
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations
import treatment.models.placements
from audit.operations import append_only, frozen, kept

TABLES = ["treatment_appointment", "treatment_counselinggrant", "treatment_counselingnote", "treatment_series"]
ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]
COSIGNING = [
    "addendum_duty_id",
    "cosign_duty_id",
    "cosigned_at",
    "cosigned_by_id",
    "returned_at",
    "returned_by_id",
    "returned_comment",
]

# Rows written before reasons were coded. What is signed is not touched; this column stands beside it.
REASONS = """
ALTER TABLE treatment_session DISABLE TRIGGER USER;
UPDATE treatment_session SET attendance_because = 'unknown' WHERE attendance <> 'attended';
ALTER TABLE treatment_session ENABLE TRIGGER USER;
"""

# A late entry is what its place calls one when it is logged, and stays one; nobody writes this column by hand.
LATE = """
CREATE FUNCTION session_late_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.ended_at = OLD.ended_at AND NEW.logged_at = OLD.logged_at THEN
        NEW.late_entry := OLD.late_entry;
    ELSE
        NEW.late_entry := NEW.logged_at - NEW.ended_at
            > (SELECT logged_within FROM accounts_facility WHERE id = NEW.facility_id);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER b_session_late_entry BEFORE INSERT OR UPDATE ON treatment_session
    FOR EACH ROW EXECUTE FUNCTION session_late_entry();
"""

# Signed is not one row but all that is read together. Who was in a group, and who was not, is read with each of its
# notes: from the first signature on nobody joins or leaves it, and only who has a draft of their own is corrected.
GROUPS = """
CREATE FUNCTION attendance_of_signed_group() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(OLD) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
            IS NOT DISTINCT FROM
           (to_jsonb(NEW) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
        OR NEW.group_id IS NOT DISTINCT FROM OLD.group_id AND EXISTS (
            SELECT FROM treatment_sessionnote
            WHERE session_id = OLD.id AND signed_at IS NULL AND entered_in_error_at IS NULL)
        THEN RETURN NEW; END IF;
    END IF;
    IF EXISTS (
        SELECT FROM treatment_sessionnote n JOIN treatment_session s ON s.id = n.session_id
        WHERE s.group_id IN (NEW.group_id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.group_id END)
          AND n.signed_at IS NOT NULL AND n.entered_in_error_at IS NULL)
    THEN
        RAISE EXCEPTION 'a note of this group is signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_attendance_that_was_signed_never_changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER aa_attendance_of_signed_group BEFORE UPDATE ON treatment_session
    FOR EACH ROW WHEN (OLD.group_id IS NOT NULL OR NEW.group_id IS NOT NULL)
    EXECUTE FUNCTION attendance_of_signed_group();
CREATE TRIGGER aa_attendance_of_new_group BEFORE INSERT ON treatment_session
    FOR EACH ROW WHEN (NEW.group_id IS NOT NULL) EXECUTE FUNCTION attendance_of_signed_group();
"""

# A signed counseling note is sealed anew only under another key; and only its author lets somebody read it.
COUNSELING = """
CREATE FUNCTION counseling_note_sealed_anew() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.sealed = OLD.sealed) <> (NEW.key_id = OLD.key_id) OR NEW.key_id = '' THEN
        RAISE EXCEPTION 'a signed note never changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_signed_counseling_note_never_changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_counseling_note_sealed_anew BEFORE UPDATE ON treatment_counselingnote
    FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION counseling_note_sealed_anew();

CREATE FUNCTION counseling_grant_by_its_author() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM treatment_counselingnote
        WHERE id = NEW.note_id AND written_by_id = NEW.granted_by_id AND patient_id = NEW.patient_id)
    THEN
        RAISE EXCEPTION 'only its author lets others read'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_its_author_lets_others_read';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_counseling_grant_by_its_author BEFORE INSERT ON treatment_counselinggrant
    FOR EACH ROW EXECUTE FUNCTION counseling_grant_by_its_author();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_licenses"),
        ("accounts", "__first__"),
        ("duties", "0006_what_was_added"),
        ("patients", "0008_newest_episodes"),
        ("treatment", "0017_treatment_plans"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="Series",
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
                            ("individual", "Individual"),
                            ("family", "Family"),
                            ("group", "Group"),
                            ("psychoeducation", "Psychoeducation"),
                            ("integration", "Integration"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("in_person", "In person"), ("video", "By video"), ("phone", "By phone")],
                        db_default="in_person",
                        default="in_person",
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(blank=True, help_text="the room, or the link", max_length=200)),
                ("first_on", models.DateField(help_text="its weekday is that of all of them")),
                ("local_time", models.TimeField(help_text="of the place's clock; it stays when the clocks change")),
                ("zone", models.CharField(editable=False, max_length=64)),
                ("minutes", models.PositiveSmallIntegerField(default=50)),
                (
                    "until_on",
                    models.DateField(blank=True, help_text="the last day; or say how many times", null=True),
                ),
                ("times", models.PositiveSmallIntegerField(blank=True, help_text="or say until when", null=True)),
                ("planned_at", models.DateTimeField(editable=False)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "counselor",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="series", to="patients.episode"
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
                        related_name="series",
                        to="patients.patient",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-planned_at"], name="series_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("times__gte", 1), ("times__isnull", False), ("times__lte", 52), ("until_on", None)
                            ),
                            models.Q(
                                ("times", None), ("until_on__gte", models.F("first_on")), ("until_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="a_series_has_one_end",
                        violation_error_code="series_without_end",
                        violation_error_message="Say until which day, or how many times: one of the two, at most a year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 5), ("minutes__lte", 480)),
                        name="a_planned_session_takes_time",
                        violation_error_code="length_unlikely",
                        violation_error_message="A session takes between five minutes and eight hours.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="series_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_serieshistory" ("counselor_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "first_on", "how", "id", "kind", "local_time", "minutes", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "times", "until_on", "version", "zone") VALUES (NEW."counselor_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."first_on", NEW."how", NEW."id", NEW."kind", NEW."local_time", NEW."minutes", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."times", NEW."until_on", NEW."version", NEW."zone"); RETURN NULL;',
                            hash="909adf84b0287ede4d8dd543f6db0a3905217383",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5c505",
                            table="treatment_series",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_serieshistory" ("counselor_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "first_on", "how", "id", "kind", "local_time", "minutes", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "times", "until_on", "version", "zone") VALUES (NEW."counselor_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."first_on", NEW."how", NEW."id", NEW."kind", NEW."local_time", NEW."minutes", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."times", NEW."until_on", NEW."version", NEW."zone"); RETURN NULL;',
                            hash="596a00f5442e0e22a5c4b51fb8f39a34df8a3ee9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_23bb7",
                            table="treatment_series",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_serieshistory" ("counselor_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "first_on", "how", "id", "kind", "local_time", "minutes", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "times", "until_on", "version", "zone") VALUES (OLD."counselor_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."first_on", OLD."how", OLD."id", OLD."kind", OLD."local_time", OLD."minutes", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."place", OLD."planned_at", OLD."planned_by_id", OLD."times", OLD."until_on", OLD."version", OLD."zone"); RETURN NULL;',
                            hash="d24d9f4c550f410fd7e6c4a83c2ede207da6108d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e03ef",
                            table="treatment_series",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="SeriesHistory",
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
                            ("individual", "Individual"),
                            ("family", "Family"),
                            ("group", "Group"),
                            ("psychoeducation", "Psychoeducation"),
                            ("integration", "Integration"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("in_person", "In person"), ("video", "By video"), ("phone", "By phone")],
                        db_default="in_person",
                        default="in_person",
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(blank=True, help_text="the room, or the link", max_length=200)),
                ("first_on", models.DateField(help_text="its weekday is that of all of them")),
                ("local_time", models.TimeField(help_text="of the place's clock; it stays when the clocks change")),
                ("zone", models.CharField(editable=False, max_length=64)),
                ("minutes", models.PositiveSmallIntegerField(default=50)),
                (
                    "until_on",
                    models.DateField(blank=True, help_text="the last day; or say how many times", null=True),
                ),
                ("times", models.PositiveSmallIntegerField(blank=True, help_text="or say until when", null=True)),
                ("planned_at", models.DateTimeField(editable=False)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "counselor",
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
                        to="treatment.series",
                    ),
                ),
                (
                    "planned_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="Appointment",
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
                            ("individual", "Individual"),
                            ("family", "Family"),
                            ("group", "Group"),
                            ("psychoeducation", "Psychoeducation"),
                            ("integration", "Integration"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("in_person", "In person"), ("video", "By video"), ("phone", "By phone")],
                        db_default="in_person",
                        default="in_person",
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(blank=True, help_text="the room, or the link", max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("planned_at", models.DateTimeField(editable=False)),
                (
                    "person_where",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="where the person is now: the address help would be sent to",
                        max_length=200,
                    ),
                ),
                (
                    "call_back",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="the number to call them back on when the line drops",
                        max_length=200,
                    ),
                ),
                (
                    "who_can_hear",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="who is near enough to listen; nobody, when they are alone",
                        max_length=200,
                    ),
                ),
                (
                    "emergency_route",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="whom to call for where they are, and who could go to them",
                        max_length=200,
                    ),
                ),
                ("begun_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("over_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("missed", "Missed"),
                            ("canceled", "Canceled"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "cancel_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "The person asked"),
                            ("ill", "The person is ill"),
                            ("staff", "Nobody of the staff is there"),
                            ("place", "The place is closed"),
                            ("ended", "Treatment ended"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
                ("cancel_words", models.CharField(blank=True, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "begun_by",
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
                    "counselor",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
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
                    "log_duty",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointment_to_log",
                        to="duties.duty",
                    ),
                ),
                (
                    "over_by",
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
                        related_name="appointments",
                        to="patients.patient",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="treatment.series",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["patient", "-starts_at"], name="appointments_of_a_person"),
                    models.Index(
                        condition=models.Q(("state", "planned")),
                        fields=["episode", "starts_at"],
                        name="appointments_to_come",
                    ),
                    models.Index(fields=["counselor", "starts_at"], name="appointments_of_user"),
                    models.Index(
                        condition=models.Q(("log_duty", None), ("state", "planned")),
                        fields=["ends_at"],
                        name="appointments_to_log",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("begun_at__isnull", True), ("begun_by__isnull", True)),
                            models.Q(("begun_at__isnull", False), ("begun_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_begun_session_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="begun_at and begun_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("over_at__isnull", True), ("over_by__isnull", True)),
                            models.Q(("over_at__isnull", False), ("over_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_ended_session_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="over_at and over_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="an_appointment_ends_after_it_starts",
                        violation_error_code="ends_before_start",
                        violation_error_message="An appointment ends after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("over_at", None),
                            models.Q(("begun_at__isnull", False), ("over_at__gte", models.F("begun_at"))),
                            _connector="OR",
                        ),
                        name="a_session_begins_before_it_is_over",
                        violation_error_code="not_begun",
                        violation_error_message="A session ends after it has begun.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None), ("state", "planned")),
                            models.Q(
                                models.Q(("state", "planned"), _negated=True),
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_appointment_is_planned_or_came_to_something",
                        violation_error_code="half_recorded",
                        violation_error_message="An appointment is planned, or says what came of it, when and by whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "canceled"), models.Q(("cancel_because", ""), _negated=True)),
                            models.Q(models.Q(("state", "canceled"), _negated=True), ("cancel_because", "")),
                            _connector="OR",
                        ),
                        name="an_appointment_is_canceled_for_a_reason",
                        violation_error_code="reason_missing",
                        violation_error_message="Say why it will not take place.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how", "in_person"),
                            models.Q(("begun_at__isnull", False), _negated=True),
                            models.Q(
                                models.Q(("person_where", ""), _negated=True),
                                models.Q(("call_back", ""), _negated=True),
                                models.Q(("who_can_hear", ""), _negated=True),
                                models.Q(("emergency_route", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="telehealth_does_not_begin_blank",
                        violation_error_code="telehealth_blank",
                        violation_error_message="Say where the person is now, their call-back number, who can hear, and how help would reach them.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("entered_in_error_at", None), ("state", "planned")),
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        expressions=[
                            ("patient", "="),
                            (treatment.models.placements.Period("starts_at", "ends_at"), "&&"),
                        ],
                        name="one_appointment_at_a_time",
                        violation_error_code="appointment_overlaps",
                        violation_error_message="The person has another appointment at that time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="appointment_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_appointmenthistory" ("begun_at", "begun_by_id", "call_back", "cancel_because", "cancel_words", "closed_at", "closed_by_id", "counselor_id", "emergency_route", "ends_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "how", "id", "kind", "log_duty_id", "over_at", "over_by_id", "patient_id", "person_where", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "series_id", "starts_at", "state", "version", "who_can_hear") VALUES (NEW."begun_at", NEW."begun_by_id", NEW."call_back", NEW."cancel_because", NEW."cancel_words", NEW."closed_at", NEW."closed_by_id", NEW."counselor_id", NEW."emergency_route", NEW."ends_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."how", NEW."id", NEW."kind", NEW."log_duty_id", NEW."over_at", NEW."over_by_id", NEW."patient_id", NEW."person_where", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."series_id", NEW."starts_at", NEW."state", NEW."version", NEW."who_can_hear"); RETURN NULL;',
                            hash="1eacce38106168992a8f4a17442b1fc747d35bb3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_715b9",
                            table="treatment_appointment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_appointmenthistory" ("begun_at", "begun_by_id", "call_back", "cancel_because", "cancel_words", "closed_at", "closed_by_id", "counselor_id", "emergency_route", "ends_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "how", "id", "kind", "log_duty_id", "over_at", "over_by_id", "patient_id", "person_where", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "series_id", "starts_at", "state", "version", "who_can_hear") VALUES (NEW."begun_at", NEW."begun_by_id", NEW."call_back", NEW."cancel_because", NEW."cancel_words", NEW."closed_at", NEW."closed_by_id", NEW."counselor_id", NEW."emergency_route", NEW."ends_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."how", NEW."id", NEW."kind", NEW."log_duty_id", NEW."over_at", NEW."over_by_id", NEW."patient_id", NEW."person_where", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."series_id", NEW."starts_at", NEW."state", NEW."version", NEW."who_can_hear"); RETURN NULL;',
                            hash="9b9542c405bbe1158b81fe0db015ff4078b57ba8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_246d8",
                            table="treatment_appointment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_appointmenthistory" ("begun_at", "begun_by_id", "call_back", "cancel_because", "cancel_words", "closed_at", "closed_by_id", "counselor_id", "emergency_route", "ends_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "how", "id", "kind", "log_duty_id", "over_at", "over_by_id", "patient_id", "person_where", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "series_id", "starts_at", "state", "version", "who_can_hear") VALUES (OLD."begun_at", OLD."begun_by_id", OLD."call_back", OLD."cancel_because", OLD."cancel_words", OLD."closed_at", OLD."closed_by_id", OLD."counselor_id", OLD."emergency_route", OLD."ends_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."how", OLD."id", OLD."kind", OLD."log_duty_id", OLD."over_at", OLD."over_by_id", OLD."patient_id", OLD."person_where", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."place", OLD."planned_at", OLD."planned_by_id", OLD."series_id", OLD."starts_at", OLD."state", OLD."version", OLD."who_can_hear"); RETURN NULL;',
                            hash="807e1e7f58cc90ff23c0658e2565724605c719ec",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a1649",
                            table="treatment_appointment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="AppointmentHistory",
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
                            ("individual", "Individual"),
                            ("family", "Family"),
                            ("group", "Group"),
                            ("psychoeducation", "Psychoeducation"),
                            ("integration", "Integration"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("in_person", "In person"), ("video", "By video"), ("phone", "By phone")],
                        db_default="in_person",
                        default="in_person",
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(blank=True, help_text="the room, or the link", max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("planned_at", models.DateTimeField(editable=False)),
                (
                    "person_where",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="where the person is now: the address help would be sent to",
                        max_length=200,
                    ),
                ),
                (
                    "call_back",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="the number to call them back on when the line drops",
                        max_length=200,
                    ),
                ),
                (
                    "who_can_hear",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="who is near enough to listen; nobody, when they are alone",
                        max_length=200,
                    ),
                ),
                (
                    "emergency_route",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="whom to call for where they are, and who could go to them",
                        max_length=200,
                    ),
                ),
                ("begun_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("over_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("missed", "Missed"),
                            ("canceled", "Canceled"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "cancel_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "The person asked"),
                            ("ill", "The person is ill"),
                            ("staff", "Nobody of the staff is there"),
                            ("place", "The place is closed"),
                            ("ended", "Treatment ended"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
                ("cancel_words", models.CharField(blank=True, max_length=500)),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "begun_by",
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
                    "counselor",
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
                    "log_duty",
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
                    "over_by",
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
                        to="treatment.appointment",
                    ),
                ),
                (
                    "planned_by",
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
                    "series",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.series",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="CounselingNote",
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
                    "key_id",
                    models.CharField(
                        blank=True, editable=False, help_text="of the key it is sealed under", max_length=20
                    ),
                ),
                ("sealed", models.BinaryField(blank=True, default=b"")),
                ("written_at", models.DateTimeField(editable=False)),
                ("signed_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counseling_notes",
                        to="patients.patient",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counseling_notes",
                        to="treatment.session",
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
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["written_by"], name="counseling_notes_of_user"),
                    models.Index(fields=["key_id"], name="counseling_notes_by_key"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_counseling_signature_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="signed_at and signed_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_at", None), models.Q(("key_id", ""), _negated=True), _connector="OR"
                        ),
                        name="a_signed_counseling_note_has_text",
                        violation_error_code="note_empty",
                        violation_error_message="An empty note cannot be signed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by", None), ("signed_by", models.F("written_by")), _connector="OR"
                        ),
                        name="a_counseling_note_is_signed_by_its_author",
                        violation_error_code="not_the_author",
                        violation_error_message="Only its author signs a counseling note.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="counselingnote_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_counselingnotehistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "key_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed", "session_id", "signed_at", "signed_by_id", "version", "written_at", "written_by_id") VALUES (NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."key_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."sealed", NEW."session_id", NEW."signed_at", NEW."signed_by_id", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                            hash="27f4fdc374e9d45e7e1797626635978c4c2c4163",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7764c",
                            table="treatment_counselingnote",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_counselingnotehistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "key_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed", "session_id", "signed_at", "signed_by_id", "version", "written_at", "written_by_id") VALUES (NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."key_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."sealed", NEW."session_id", NEW."signed_at", NEW."signed_by_id", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                            hash="d46ae882bfac16e8b72b4962625e55db8b0395ef",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7e0ca",
                            table="treatment_counselingnote",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_counselingnotehistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "key_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed", "session_id", "signed_at", "signed_by_id", "version", "written_at", "written_by_id") VALUES (OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."key_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."sealed", OLD."session_id", OLD."signed_at", OLD."signed_by_id", OLD."version", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                            hash="5b91a60de9557b0da9dcaa65ff94d8fb7a77ea0f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_25e2a",
                            table="treatment_counselingnote",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="CounselingNoteHistory",
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
                    "key_id",
                    models.CharField(
                        blank=True, editable=False, help_text="of the key it is sealed under", max_length=20
                    ),
                ),
                ("sealed", models.BinaryField(blank=True, default=b"")),
                ("written_at", models.DateTimeField(editable=False)),
                ("signed_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                        to="treatment.counselingnote",
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
                (
                    "written_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="CounselingGrant",
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
                ("reason", models.CharField(max_length=500)),
                ("until_at", models.DateTimeField()),
                ("granted_at", models.DateTimeField(editable=False)),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "granted_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patients.patient"
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="treatment.counselingnote",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_revoked_grant_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="revoked_at and revoked_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True), ("until_at__gt", models.F("granted_at"))
                        ),
                        name="a_grant_says_why_and_until_when",
                        violation_error_code="until_in_the_past",
                        violation_error_message="Say why, and until when, some time from now.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        expressions=[
                            ("note", "="),
                            ("reader", "="),
                            (
                                treatment.models.placements.Period(
                                    "granted_at",
                                    django.db.models.functions.comparison.Coalesce("revoked_at", "until_at"),
                                ),
                                "&&",
                            ),
                        ],
                        name="a_reader_is_let_read_once",
                        violation_error_code="granted_already",
                        violation_error_message="They may read it already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="counselinggrant_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_counselinggranthistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "granted_at", "granted_by_id", "id", "note_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "reason", "revoked_at", "revoked_by_id", "until_at", "version") VALUES (NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."note_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reader_id", NEW."reason", NEW."revoked_at", NEW."revoked_by_id", NEW."until_at", NEW."version"); RETURN NULL;',
                            hash="33b4eae392565b41502adb6b32438b7bbf800d6c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_aaf92",
                            table="treatment_counselinggrant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_counselinggranthistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "granted_at", "granted_by_id", "id", "note_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "reason", "revoked_at", "revoked_by_id", "until_at", "version") VALUES (NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."note_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reader_id", NEW."reason", NEW."revoked_at", NEW."revoked_by_id", NEW."until_at", NEW."version"); RETURN NULL;',
                            hash="84f3dae8c94fda59a26b7d74a99d28985ac159ce",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ef2a9",
                            table="treatment_counselinggrant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_counselinggranthistory" ("entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "granted_at", "granted_by_id", "id", "note_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "reason", "revoked_at", "revoked_by_id", "until_at", "version") VALUES (OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."granted_at", OLD."granted_by_id", OLD."id", OLD."note_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reader_id", OLD."reason", OLD."revoked_at", OLD."revoked_by_id", OLD."until_at", OLD."version"); RETURN NULL;',
                            hash="4693db0461b0bfe6af974f29b73043138c4244a1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b6e43",
                            table="treatment_counselinggrant",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="CounselingGrantHistory",
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
                ("reason", models.CharField(max_length=500)),
                ("until_at", models.DateTimeField()),
                ("granted_at", models.DateTimeField(editable=False)),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "granted_by",
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
                        to="treatment.counselinggrant",
                    ),
                ),
                (
                    "reader",
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
                (
                    "note",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.counselingnote",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="program",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="program",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="program",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="session",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="session",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="session",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sessionnote",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sessionnote",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="sessionnote",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="sessionnote",
            name="a_signed_note_has_text",
        ),
        migrations.AddField(
            model_name="program",
            name="note_format",
            field=models.CharField(
                blank=True,
                choices=[
                    ("free", "Free text"),
                    ("dap", "DAP: data, assessment, plan"),
                    ("soap", "SOAP: subjective, objective, assessment, plan"),
                    ("birp", "BIRP: behavior, intervention, response, plan"),
                    ("girp", "GIRP: goal, intervention, response, plan"),
                    ("integration", "Integration: what happened, and what now"),
                ],
                db_default="",
                help_text="of notes here; empty: the author's own",
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="programhistory",
            name="note_format",
            field=models.CharField(
                blank=True,
                choices=[
                    ("free", "Free text"),
                    ("dap", "DAP: data, assessment, plan"),
                    ("soap", "SOAP: subjective, objective, assessment, plan"),
                    ("birp", "BIRP: behavior, intervention, response, plan"),
                    ("girp", "GIRP: goal, intervention, response, plan"),
                    ("integration", "Integration: what happened, and what now"),
                ],
                db_default="",
                help_text="of notes here; empty: the author's own",
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="attendance_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unknown", "Not known yet"),
                    ("forgot", "Forgot, or mixed up the time"),
                    ("transport", "No way to get here"),
                    ("work", "Work or school"),
                    ("family", "Children or family"),
                    ("ill", "Ill"),
                    ("elsewhere", "In hospital, in custody or at court"),
                    ("use", "Had used"),
                    ("unwilling", "Did not want to"),
                    ("unsafe", "Did not feel safe to come"),
                    ("staff", "Because of us"),
                    ("other", "Another reason"),
                ],
                db_default="",
                max_length=10,
                verbose_name="reason",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="call_back",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="the number to call them back on when the line drops",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="consented",
            field=models.BooleanField(
                blank=True, help_text="integration: the person wants to speak of it", null=True
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="contact_duty",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="missed_sessions",
                to="duties.duty",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="emergency_route",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="whom to call for where they are, and who could go to them",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="how",
            field=models.CharField(
                choices=[("in_person", "In person"), ("video", "By video"), ("phone", "By phone")],
                db_default="in_person",
                default="in_person",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="late_entry",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="by the database: logged later than its place allows",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="oriented",
            field=models.BooleanField(
                blank=True, help_text="integration: the person knows where they are, and when", null=True
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="person_where",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="where the person is now: the address help would be sent to",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="who_can_hear",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="who is near enough to listen; nobody, when they are alone",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="attendance_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unknown", "Not known yet"),
                    ("forgot", "Forgot, or mixed up the time"),
                    ("transport", "No way to get here"),
                    ("work", "Work or school"),
                    ("family", "Children or family"),
                    ("ill", "Ill"),
                    ("elsewhere", "In hospital, in custody or at court"),
                    ("use", "Had used"),
                    ("unwilling", "Did not want to"),
                    ("unsafe", "Did not feel safe to come"),
                    ("staff", "Because of us"),
                    ("other", "Another reason"),
                ],
                db_default="",
                max_length=10,
                verbose_name="reason",
            ),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="call_back",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="the number to call them back on when the line drops",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="consented",
            field=models.BooleanField(
                blank=True, help_text="integration: the person wants to speak of it", null=True
            ),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="contact_duty",
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
            model_name="sessionhistory",
            name="emergency_route",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="whom to call for where they are, and who could go to them",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="how",
            field=models.CharField(
                choices=[("in_person", "In person"), ("video", "By video"), ("phone", "By phone")],
                db_default="in_person",
                default="in_person",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="late_entry",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="by the database: logged later than its place allows",
            ),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="oriented",
            field=models.BooleanField(
                blank=True, help_text="integration: the person knows where they are, and when", null=True
            ),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="person_where",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="where the person is now: the address help would be sent to",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="who_can_hear",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="who is near enough to listen; nobody, when they are alone",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="sessionnote",
            name="addendum_duty",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="note_to_add_to",
                to="duties.duty",
            ),
        ),
        migrations.AddField(
            model_name="sessionnote",
            name="cosign_duty",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="note_to_cosign",
                to="duties.duty",
            ),
        ),
        migrations.AddField(
            model_name="sessionnote",
            name="cosigned_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="sessionnote",
            name="cosigned_by",
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
            model_name="sessionnote",
            name="format",
            field=models.CharField(
                choices=[
                    ("free", "Free text"),
                    ("dap", "DAP: data, assessment, plan"),
                    ("soap", "SOAP: subjective, objective, assessment, plan"),
                    ("birp", "BIRP: behavior, intervention, response, plan"),
                    ("girp", "GIRP: goal, intervention, response, plan"),
                    ("integration", "Integration: what happened, and what now"),
                ],
                db_default="free",
                default="free",
                editable=False,
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="sessionnote",
            name="returned_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="sessionnote",
            name="returned_by",
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
            model_name="sessionnote",
            name="returned_comment",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=1000),
        ),
        migrations.AddField(
            model_name="sessionnote",
            name="sections",
            field=models.JSONField(
                blank=True, db_default={}, default=dict, editable=False, help_text="{part: text} of a note with parts"
            ),
        ),
        migrations.AddField(
            model_name="sessionnotehistory",
            name="addendum_duty",
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
            model_name="sessionnotehistory",
            name="cosign_duty",
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
            model_name="sessionnotehistory",
            name="cosigned_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="sessionnotehistory",
            name="cosigned_by",
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
            model_name="sessionnotehistory",
            name="format",
            field=models.CharField(
                choices=[
                    ("free", "Free text"),
                    ("dap", "DAP: data, assessment, plan"),
                    ("soap", "SOAP: subjective, objective, assessment, plan"),
                    ("birp", "BIRP: behavior, intervention, response, plan"),
                    ("girp", "GIRP: goal, intervention, response, plan"),
                    ("integration", "Integration: what happened, and what now"),
                ],
                db_default="free",
                default="free",
                editable=False,
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="sessionnotehistory",
            name="returned_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="sessionnotehistory",
            name="returned_by",
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
            model_name="sessionnotehistory",
            name="returned_comment",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=1000),
        ),
        migrations.AddField(
            model_name="sessionnotehistory",
            name="sections",
            field=models.JSONField(
                blank=True, db_default={}, default=dict, editable=False, help_text="{part: text} of a note with parts"
            ),
        ),
        migrations.AlterField(
            model_name="session",
            name="attendance_reason",
            field=models.CharField(
                blank=True, help_text="why late, cut short or missed", max_length=200, verbose_name="reason in words"
            ),
        ),
        migrations.AlterField(
            model_name="sessionhistory",
            name="attendance_reason",
            field=models.CharField(
                blank=True, help_text="why late, cut short or missed", max_length=200, verbose_name="reason in words"
            ),
        ),
        migrations.AlterField(
            model_name="sessionnote",
            name="text",
            field=models.TextField(blank=True, help_text="of a note without parts", max_length=40000),
        ),
        migrations.AlterField(
            model_name="sessionnotehistory",
            name="text",
            field=models.TextField(blank=True, help_text="of a note without parts", max_length=40000),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="program",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_programhistory" ("asam_edition", "capacity", "closed_at", "closed_by_id", "entry_requirement", "facility_id", "id", "level_of_care", "max_age", "min_age", "name", "needs_bed", "note_format", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_due", "review_every", "setting", "version") VALUES (NEW."asam_edition", NEW."capacity", NEW."closed_at", NEW."closed_by_id", NEW."entry_requirement", NEW."facility_id", NEW."id", NEW."level_of_care", NEW."max_age", NEW."min_age", NEW."name", NEW."needs_bed", NEW."note_format", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."plan_due", NEW."review_every", NEW."setting", NEW."version"); RETURN NULL;',
                    hash="c238f3aaa2435d3807c01220b2e2033841aa72cf",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ec921",
                    table="treatment_program",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="program",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_programhistory" ("asam_edition", "capacity", "closed_at", "closed_by_id", "entry_requirement", "facility_id", "id", "level_of_care", "max_age", "min_age", "name", "needs_bed", "note_format", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_due", "review_every", "setting", "version") VALUES (NEW."asam_edition", NEW."capacity", NEW."closed_at", NEW."closed_by_id", NEW."entry_requirement", NEW."facility_id", NEW."id", NEW."level_of_care", NEW."max_age", NEW."min_age", NEW."name", NEW."needs_bed", NEW."note_format", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."plan_due", NEW."review_every", NEW."setting", NEW."version"); RETURN NULL;',
                    hash="626f28d6ba7b698dba121031047ad5f8756ff591",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_32520",
                    table="treatment_program",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="program",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_programhistory" ("asam_edition", "capacity", "closed_at", "closed_by_id", "entry_requirement", "facility_id", "id", "level_of_care", "max_age", "min_age", "name", "needs_bed", "note_format", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_due", "review_every", "setting", "version") VALUES (OLD."asam_edition", OLD."capacity", OLD."closed_at", OLD."closed_by_id", OLD."entry_requirement", OLD."facility_id", OLD."id", OLD."level_of_care", OLD."max_age", OLD."min_age", OLD."name", OLD."needs_bed", OLD."note_format", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."plan_due", OLD."review_every", OLD."setting", OLD."version"); RETURN NULL;',
                    hash="a3465ef0dfbf8d41e305703d30b0ca5005a61988",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b3f50",
                    table="treatment_program",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_sessionhistory" ("appointment_id", "attendance", "attendance_because", "attendance_reason", "call_back", "consented", "contact_duty_id", "emergency_route", "ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "group_id", "how", "id", "kind", "late_entry", "logged_at", "logged_by_id", "oriented", "patient_id", "person_where", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "started_at", "version", "who_can_hear") VALUES (NEW."appointment_id", NEW."attendance", NEW."attendance_because", NEW."attendance_reason", NEW."call_back", NEW."consented", NEW."contact_duty_id", NEW."emergency_route", NEW."ended_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."group_id", NEW."how", NEW."id", NEW."kind", NEW."late_entry", NEW."logged_at", NEW."logged_by_id", NEW."oriented", NEW."patient_id", NEW."person_where", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."started_at", NEW."version", NEW."who_can_hear"); RETURN NULL;',
                    hash="17050ea67ebd28c4bd73ea3b58ad5b0e39e5e826",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a4717",
                    table="treatment_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_sessionhistory" ("appointment_id", "attendance", "attendance_because", "attendance_reason", "call_back", "consented", "contact_duty_id", "emergency_route", "ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "group_id", "how", "id", "kind", "late_entry", "logged_at", "logged_by_id", "oriented", "patient_id", "person_where", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "started_at", "version", "who_can_hear") VALUES (NEW."appointment_id", NEW."attendance", NEW."attendance_because", NEW."attendance_reason", NEW."call_back", NEW."consented", NEW."contact_duty_id", NEW."emergency_route", NEW."ended_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."group_id", NEW."how", NEW."id", NEW."kind", NEW."late_entry", NEW."logged_at", NEW."logged_by_id", NEW."oriented", NEW."patient_id", NEW."person_where", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."started_at", NEW."version", NEW."who_can_hear"); RETURN NULL;',
                    hash="bb9a21e3440e6c610c1a7d1b8121e98a70d678df",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9b946",
                    table="treatment_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_sessionhistory" ("appointment_id", "attendance", "attendance_because", "attendance_reason", "call_back", "consented", "contact_duty_id", "emergency_route", "ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "group_id", "how", "id", "kind", "late_entry", "logged_at", "logged_by_id", "oriented", "patient_id", "person_where", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "started_at", "version", "who_can_hear") VALUES (OLD."appointment_id", OLD."attendance", OLD."attendance_because", OLD."attendance_reason", OLD."call_back", OLD."consented", OLD."contact_duty_id", OLD."emergency_route", OLD."ended_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."group_id", OLD."how", OLD."id", OLD."kind", OLD."late_entry", OLD."logged_at", OLD."logged_by_id", OLD."oriented", OLD."patient_id", OLD."person_where", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."started_at", OLD."version", OLD."who_can_hear"); RETURN NULL;',
                    hash="764d7b166bf12553f2003e3359639c2161b9ac17",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e491f",
                    table="treatment_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionnote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_sessionnotehistory" ("addendum_duty_id", "adopted_at", "adopted_by_id", "cosign_duty_id", "cosigned_at", "cosigned_by_id", "drafted_at", "drafted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "format", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_at", "returned_by_id", "returned_comment", "sections", "session_id", "sign_duty_id", "signed_at", "signed_by_id", "text", "version") VALUES (NEW."addendum_duty_id", NEW."adopted_at", NEW."adopted_by_id", NEW."cosign_duty_id", NEW."cosigned_at", NEW."cosigned_by_id", NEW."drafted_at", NEW."drafted_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."format", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."returned_at", NEW."returned_by_id", NEW."returned_comment", NEW."sections", NEW."session_id", NEW."sign_duty_id", NEW."signed_at", NEW."signed_by_id", NEW."text", NEW."version"); RETURN NULL;',
                    hash="c6a4d78579774edb27561cb4c5dda5f57ebee98a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_591dc",
                    table="treatment_sessionnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionnote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_sessionnotehistory" ("addendum_duty_id", "adopted_at", "adopted_by_id", "cosign_duty_id", "cosigned_at", "cosigned_by_id", "drafted_at", "drafted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "format", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_at", "returned_by_id", "returned_comment", "sections", "session_id", "sign_duty_id", "signed_at", "signed_by_id", "text", "version") VALUES (NEW."addendum_duty_id", NEW."adopted_at", NEW."adopted_by_id", NEW."cosign_duty_id", NEW."cosigned_at", NEW."cosigned_by_id", NEW."drafted_at", NEW."drafted_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."format", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."returned_at", NEW."returned_by_id", NEW."returned_comment", NEW."sections", NEW."session_id", NEW."sign_duty_id", NEW."signed_at", NEW."signed_by_id", NEW."text", NEW."version"); RETURN NULL;',
                    hash="1f6e80c1141732b6311d5780657e47969a405b5e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fde9c",
                    table="treatment_sessionnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionnote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_sessionnotehistory" ("addendum_duty_id", "adopted_at", "adopted_by_id", "cosign_duty_id", "cosigned_at", "cosigned_by_id", "drafted_at", "drafted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "format", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_at", "returned_by_id", "returned_comment", "sections", "session_id", "sign_duty_id", "signed_at", "signed_by_id", "text", "version") VALUES (OLD."addendum_duty_id", OLD."adopted_at", OLD."adopted_by_id", OLD."cosign_duty_id", OLD."cosigned_at", OLD."cosigned_by_id", OLD."drafted_at", OLD."drafted_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."format", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."returned_at", OLD."returned_by_id", OLD."returned_comment", OLD."sections", OLD."session_id", OLD."sign_duty_id", OLD."signed_at", OLD."signed_by_id", OLD."text", OLD."version"); RETURN NULL;',
                    hash="55d1d6b08785c8521b8d922653d004510a71c6d3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2ac95",
                    table="treatment_sessionnote",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_at", None),
                    models.Q(("text", ""), _negated=True),
                    models.Q(("sections", {}), _negated=True),
                    _connector="OR",
                ),
                name="a_signed_note_has_text",
                violation_error_code="note_empty",
                violation_error_message="An empty note cannot be signed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("format", "free"), ("sections", {})),
                    models.Q(models.Q(("format", "free"), _negated=True), ("text", "")),
                    _connector="OR",
                ),
                name="a_note_is_written_in_its_format",
                violation_error_code="another_format",
                violation_error_message="A note is one text, or has parts: not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cosigned_at__isnull", True), ("cosigned_by__isnull", True)),
                    models.Q(("cosigned_at__isnull", False), ("cosigned_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_cosignature_has_who",
                violation_error_code="half_recorded",
                violation_error_message="cosigned_at and cosigned_by are recorded together or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at__isnull", True), ("returned_by__isnull", True)),
                    models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_returned_note_has_who",
                violation_error_code="half_recorded",
                violation_error_message="returned_at and returned_by are recorded together or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cosigned_by", None),
                    models.Q(
                        ("signed_by__isnull", False), models.Q(("cosigned_by", models.F("signed_by")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="a_note_is_cosigned_by_another",
                violation_error_code="cosigned_by_author",
                violation_error_message="A signed note is co-signed by somebody else.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at", None), ("returned_comment", "")),
                    models.Q(("returned_at__isnull", False), models.Q(("returned_comment", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_note_is_returned_with_words",
                violation_error_code="reason_missing",
                violation_error_message="Say what is missing.",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="appointment",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="treatment.appointment",
            ),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="appointment",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="treatment.appointment",
            ),
        ),
        migrations.RunSQL(REASONS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("entered_in_error_at__isnull", False),
                    ("how", "in_person"),
                    models.Q(("attendance__in", ["attended", "late", "partial"]), _negated=True),
                    models.Q(
                        models.Q(("person_where", ""), _negated=True),
                        models.Q(("call_back", ""), _negated=True),
                        models.Q(("who_can_hear", ""), _negated=True),
                        models.Q(("emergency_route", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="telehealth_is_not_held_blank",
                violation_error_code="telehealth_blank",
                violation_error_message="Say where the person is now, their call-back number, who can hear, and how help would reach them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attendance", "attended"), ("attendance_because", "")),
                    models.Q(
                        models.Q(("attendance", "attended"), _negated=True),
                        models.Q(("attendance_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="whoever_came_whole_needs_no_reason",
                violation_error_code="reason_missing",
                violation_error_message="Say why they came late, left early or did not come; nothing when they did.",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                condition=models.Q(("appointment__isnull", False), ("entered_in_error_at", None)),
                fields=("appointment",),
                name="an_appointment_is_logged_once",
                violation_error_code="appointment_logged",
                violation_error_message="This appointment is logged already.",
            ),
        ),
        kept(*TABLES),
        append_only(*(f"{table}history" for table in TABLES), by_trigger=True),
        migrations.RunSQL(LATE, "DROP FUNCTION session_late_entry() CASCADE"),
        migrations.RunSQL(GROUPS, "DROP FUNCTION attendance_of_signed_group() CASCADE"),
        # What was signed stays as 0002 locked it; beside it the co-signature is still to come, once.
        migrations.RunSQL(
            "DROP FUNCTION treatment_sessionnote_a_signed_note_never_changes() CASCADE", migrations.RunSQL.noop
        ),
        frozen(
            "treatment_sessionnote",
            when="OLD.signed_at IS NOT NULL",
            name="a_signed_note_never_changes",
            message="a signed note never changes",
            except_columns=ERROR + COSIGNING,
        ),
        frozen(
            "treatment_sessionnote",
            when="OLD.cosigned_at IS NOT NULL",
            name="a_cosigned_note_never_changes",
            message="a co-signed note never changes",
            except_columns=ERROR,
        ),
        frozen(
            "treatment_counselingnote",
            when="OLD.signed_at IS NOT NULL",
            name="a_signed_counseling_note_never_changes",
            message="a signed note never changes",
            except_columns=[*ERROR, "key_id", "sealed"],
        ),
        frozen(
            "treatment_counselingnote",
            when="TRUE",
            name="a_counseling_note_stays_where_it_is",
            message="a counseling note stays where it is",
            except_columns=[*ERROR, "key_id", "sealed", "signed_at", "signed_by_id"],
        ),
        frozen(
            "treatment_counselinggrant",
            when="TRUE",
            name="a_grant_never_changes",
            message="a grant never changes",
            except_columns=[*ERROR, "revoked_at", "revoked_by_id"],
        ),
        migrations.RunSQL(
            COUNSELING,
            "DROP FUNCTION counseling_note_sealed_anew() CASCADE;"
            "DROP FUNCTION counseling_grant_by_its_author() CASCADE",
        ),
    ]
    # Rows written before both were asked stay as they are.
    operations = [
        audit.operations.Together(together),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "integration"), _negated=True),
                    models.Q(("attendance__in", ["attended", "late", "partial"]), _negated=True),
                    models.Q(
                        ("consented", True),
                        ("consented__isnull", False),
                        ("oriented", True),
                        ("oriented__isnull", False),
                    ),
                    ("entered_in_error_at__isnull", False),
                    _connector="OR",
                ),
                name="integration_is_with_somebody_oriented_who_agrees",
                violation_error_code="not_oriented_or_willing",
                violation_error_message="Integration is only with somebody who is oriented and wants to speak of it.",
            ),
        ),
    ]
