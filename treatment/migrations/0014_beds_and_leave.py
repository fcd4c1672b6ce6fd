import django.contrib.postgres.constraints
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
from audit.operations import append_only, kept

TABLES = ["treatment_bedhold", "treatment_bedrestriction"]

# An exclusion constraint cannot look at two tables. Both sides take the bed's lock first, so that of a hold and a
# stay that begin at once the second sees the first. A hold that was not ended by hand counts until its time is over.
HOLDS = """
CREATE FUNCTION bed_is_not_held() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.entered_in_error_at IS NOT NULL THEN RETURN NEW; END IF;
    PERFORM FROM treatment_bed WHERE id = NEW.bed_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM treatment_bedhold
        WHERE bed_id = NEW.bed_id AND patient_id <> NEW.patient_id
          AND ended_at IS NULL AND entered_in_error_at IS NULL
          AND tstzrange(held_at, until_at) && tstzrange(NEW.began_at, NEW.ended_at))
    THEN
        RAISE EXCEPTION 'the bed is held'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_held_bed_waits_for_its_person';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_held_bed_waits_for_its_person AFTER INSERT OR UPDATE OF bed_id, began_at ON treatment_bedstay
    FOR EACH ROW EXECUTE FUNCTION bed_is_not_held();

CREATE FUNCTION held_bed_is_free() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM treatment_bed WHERE id = NEW.bed_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM treatment_bedstay
        WHERE bed_id = NEW.bed_id AND entered_in_error_at IS NULL
          AND tstzrange(began_at, ended_at) && tstzrange(NEW.held_at, NEW.until_at))
    THEN
        RAISE EXCEPTION 'the bed is taken' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_held_bed_is_free';
    END IF;
    IF EXISTS (
        SELECT FROM treatment_bedblock
        WHERE bed_id = NEW.bed_id
          AND tstzrange(began_at, coalesce(ended_at, until_at)) && tstzrange(NEW.held_at, NEW.until_at))
    THEN
        RAISE EXCEPTION 'the bed is blocked' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_held_bed_is_usable';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_held_bed_is_free AFTER INSERT OR UPDATE OF bed_id, held_at, until_at ON treatment_bedhold
    FOR EACH ROW EXECUTE FUNCTION held_bed_is_free();
"""

# Whom a unit was for is a restriction of it now, as if made by the system today.
RESTRICTED = """
INSERT INTO treatment_bedrestriction (id, version, unit_id, kind, note, began_at, began_by_id)
SELECT uuidv7(), 1, unit.id, unit.only_for, '', now(), who.id
FROM treatment_unit unit, accounts_user who WHERE unit.only_for <> '' AND who.username = 'system';
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED
"""
GIVEN_BACK = """
UPDATE treatment_unit SET only_for = said.kind FROM treatment_bedrestriction said
WHERE said.unit_id = treatment_unit.id AND said.ended_at IS NULL AND said.kind IN ('women', 'men', 'pregnant')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_the_night"),
        ("accounts", "__first__"),
        ("duties", "0004_calls_owed"),
        ("patients", "0008_newest_episodes"),
        ("treatment", "0013_instruments_and_assessments"),
    ]

    together = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="absence",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="absence",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="absence",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="departure",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="departure",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="departure",
            name="delete_delete",
        ),
        audit.operations.CreateTracked(
            name="BedRestriction",
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
                            ("women", "Women"),
                            ("men", "Men"),
                            ("pregnant", "People who are pregnant"),
                            ("ages", "People of an age"),
                            ("wheelchair", "People who use a wheelchair"),
                            ("ground_floor", "People who cannot climb stairs"),
                            ("observation", "People who are observed closely"),
                        ],
                        max_length=20,
                    ),
                ),
                ("min_age", models.PositiveSmallIntegerField(blank=True, help_text="in years, included", null=True)),
                ("max_age", models.PositiveSmallIntegerField(blank=True, help_text="in years, included", null=True)),
                ("note", models.CharField(blank=True, help_text="name nobody here", max_length=200)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "bed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restrictions",
                        to="treatment.bed",
                    ),
                ),
                (
                    "began_by",
                    models.ForeignKey(
                        db_index=False,
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
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restrictions",
                        to="treatment.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_restriction_end_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="ended_at and ended_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bed__isnull", False), ("unit", None)),
                            models.Q(("bed", None), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_restriction_is_of_a_unit_or_of_a_bed",
                        violation_error_code="half_recorded",
                        violation_error_message="A restriction is of one unit or of one bed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("kind", "ages"), _negated=True), ("max_age", None), ("min_age", None)),
                            models.Q(
                                ("kind", "ages"),
                                models.Q(("min_age__isnull", False), ("max_age__isnull", False), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="a_restriction_by_age_says_which",
                        violation_error_code="ages_missing",
                        violation_error_message="Say which ages, for a restriction by age and for no other.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_age", None),
                            ("max_age", None),
                            ("min_age__lte", models.F("max_age")),
                            _connector="OR",
                        ),
                        name="ages_of_a_restriction_have_an_order",
                        violation_error_code="ages_reversed",
                        violation_error_message="The lower age comes first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("unit", "bed", "kind"),
                        name="restricted_once_by_a_kind",
                        nulls_distinct=False,
                        violation_error_code="restricted_already",
                        violation_error_message="This restriction is in force already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedrestrictionhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "id", "kind", "max_age", "min_age", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (NEW."bed_id", NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."kind", NEW."max_age", NEW."min_age", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."unit_id", NEW."version"); RETURN NULL;',
                            hash="1042af75f42e483211ef42621b4f1c67dc5e337d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6bf1b",
                            table="treatment_bedrestriction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_bedrestrictionhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "id", "kind", "max_age", "min_age", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (NEW."bed_id", NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."kind", NEW."max_age", NEW."min_age", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."unit_id", NEW."version"); RETURN NULL;',
                            hash="41d6c8032789ef0c75c620705bd0090e201604e8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_341a3",
                            table="treatment_bedrestriction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedrestrictionhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "id", "kind", "max_age", "min_age", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (OLD."bed_id", OLD."began_at", OLD."began_by_id", OLD."ended_at", OLD."ended_by_id", OLD."id", OLD."kind", OLD."max_age", OLD."min_age", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."unit_id", OLD."version"); RETURN NULL;',
                            hash="17c1f1aee8e415d2f295d866fb6471c925189cd8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_30d69",
                            table="treatment_bedrestriction",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="BedHold",
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
                ("reason", models.CharField(help_text="why now, and why this bed", max_length=200)),
                (
                    "override",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("own_word", "They say of themselves that they belong there"),
                            ("needs_it", "They need what this bed is kept for"),
                            ("safer", "They are safer there"),
                            ("care", "The care they need is only given there"),
                            ("no_other", "No other bed is free"),
                        ],
                        editable=False,
                        help_text="why, where the bed is for others",
                        max_length=10,
                    ),
                ),
                ("held_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(help_text="then the bed is free again by itself")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("used", "The person came"), ("released", "Released")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "bed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="treatment.bed"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="bed_holds", to="patients.episode"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "held_by",
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
                        related_name="bed_holds",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["patient", "-held_at"], name="holds_of_a_person")],
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
                        name="a_hold_ends_with_who_and_how",
                        violation_error_code="half_recorded",
                        violation_error_message="The end of a hold records when, by whom and how.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__gt", models.F("held_at")),
                            models.Q(("ended_at", None), ("ended_at__gte", models.F("held_at")), _connector="OR"),
                        ),
                        name="a_hold_lasts_a_while",
                        violation_error_code="hold_in_the_past",
                        violation_error_message="Hold the bed until some time after now.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        expressions=[
                            ("bed", "="),
                            (
                                treatment.models.placements.Period(
                                    "held_at", django.db.models.functions.comparison.Least("until_at", "ended_at")
                                ),
                                "&&",
                            ),
                        ],
                        name="a_bed_is_held_for_one",
                        violation_error_code="bed_held",
                        violation_error_message="The bed is held for somebody who is expected already.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("entered_in_error_at", None)),
                        expressions=[
                            ("patient", "="),
                            (
                                treatment.models.placements.Period(
                                    "held_at", django.db.models.functions.comparison.Least("until_at", "ended_at")
                                ),
                                "&&",
                            ),
                        ],
                        name="one_bed_is_held_for_a_person",
                        violation_error_code="held_already",
                        violation_error_message="A bed is held for this person already. Release it first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="bedhold_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedholdhistory" ("bed_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "held_at", "held_by_id", "id", "outcome", "override", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until_at", "version") VALUES (NEW."bed_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."held_at", NEW."held_by_id", NEW."id", NEW."outcome", NEW."override", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."until_at", NEW."version"); RETURN NULL;',
                            hash="aea3107e9b3268f16b0c95570a11ee75e82de4cb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_934d7",
                            table="treatment_bedhold",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_bedholdhistory" ("bed_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "held_at", "held_by_id", "id", "outcome", "override", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until_at", "version") VALUES (NEW."bed_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."held_at", NEW."held_by_id", NEW."id", NEW."outcome", NEW."override", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."until_at", NEW."version"); RETURN NULL;',
                            hash="cec765dea83f77f68f21391fff239dd824a441db",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a537f",
                            table="treatment_bedhold",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedholdhistory" ("bed_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "held_at", "held_by_id", "id", "outcome", "override", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until_at", "version") VALUES (OLD."bed_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."held_at", OLD."held_by_id", OLD."id", OLD."outcome", OLD."override", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."until_at", OLD."version"); RETURN NULL;',
                            hash="85fa1bf4dcd0c5a3144affd661140c96ff0a7c0c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_75822",
                            table="treatment_bedhold",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="BedRestrictionHistory",
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
                            ("women", "Women"),
                            ("men", "Men"),
                            ("pregnant", "People who are pregnant"),
                            ("ages", "People of an age"),
                            ("wheelchair", "People who use a wheelchair"),
                            ("ground_floor", "People who cannot climb stairs"),
                            ("observation", "People who are observed closely"),
                        ],
                        max_length=20,
                    ),
                ),
                ("min_age", models.PositiveSmallIntegerField(blank=True, help_text="in years, included", null=True)),
                ("max_age", models.PositiveSmallIntegerField(blank=True, help_text="in years, included", null=True)),
                ("note", models.CharField(blank=True, help_text="name nobody here", max_length=200)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    "began_by",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="treatment.bedrestriction",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="BedHoldHistory",
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
                ("reason", models.CharField(help_text="why now, and why this bed", max_length=200)),
                (
                    "override",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("own_word", "They say of themselves that they belong there"),
                            ("needs_it", "They need what this bed is kept for"),
                            ("safer", "They are safer there"),
                            ("care", "The care they need is only given there"),
                            ("no_other", "No other bed is free"),
                        ],
                        editable=False,
                        help_text="why, where the bed is for others",
                        max_length=10,
                    ),
                ),
                ("held_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(help_text="then the bed is free again by itself")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("used", "The person came"), ("released", "Released")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("entered_in_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "bed",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.bed",
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
                    "held_by",
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
                        to="treatment.bedhold",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="absence",
            name="alert",
            field=models.CharField(
                blank=True,
                choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                help_text="awake and alert on return?",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="approved_by",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                help_text="which clinician agreed to the leave",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="conditions",
            field=models.CharField(blank=True, help_text="what was agreed on for the time out", max_length=1000),
        ),
        migrations.AddField(
            model_name="absence",
            name="contact",
            field=models.CharField(blank=True, help_text="how to reach them while they are out", max_length=200),
        ),
        migrations.AddField(
            model_name="absence",
            name="end_reason",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="absence",
            name="extended_at",
            field=models.DateTimeField(blank=True, editable=False, help_text="the last time", null=True),
        ),
        migrations.AddField(
            model_name="absence",
            name="extended_by",
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
            model_name="absence",
            name="extension_reason",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="absence",
            name="return_note",
            field=models.CharField(blank=True, help_text="how they came back, in words", max_length=500),
        ),
        migrations.AddField(
            model_name="absence",
            name="searched",
            field=models.CharField(
                blank=True,
                choices=[("done", "Searched"), ("not_done", "Not searched"), ("declined", "Declined to be searched")],
                help_text="on return",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="use_since",
            field=models.CharField(
                blank=True,
                choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                help_text="any use while out?",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="absencehistory",
            name="alert",
            field=models.CharField(
                blank=True,
                choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                help_text="awake and alert on return?",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="absencehistory",
            name="approved_by",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                help_text="which clinician agreed to the leave",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="absencehistory",
            name="conditions",
            field=models.CharField(blank=True, help_text="what was agreed on for the time out", max_length=1000),
        ),
        migrations.AddField(
            model_name="absencehistory",
            name="contact",
            field=models.CharField(blank=True, help_text="how to reach them while they are out", max_length=200),
        ),
        migrations.AddField(
            model_name="absencehistory",
            name="end_reason",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="absencehistory",
            name="extended_at",
            field=models.DateTimeField(blank=True, editable=False, help_text="the last time", null=True),
        ),
        migrations.AddField(
            model_name="absencehistory",
            name="extended_by",
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
            model_name="absencehistory",
            name="extension_reason",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="absencehistory",
            name="return_note",
            field=models.CharField(blank=True, help_text="how they came back, in words", max_length=500),
        ),
        migrations.AddField(
            model_name="absencehistory",
            name="searched",
            field=models.CharField(
                blank=True,
                choices=[("done", "Searched"), ("not_done", "Not searched"), ("declined", "Declined to be searched")],
                help_text="on return",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="absencehistory",
            name="use_since",
            field=models.CharField(
                blank=True,
                choices=[("unknown", "Unknown"), ("no", "No"), ("yes", "Yes")],
                help_text="any use while out?",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="departure",
            name="absence",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="the leave from which they did not come back",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="departures",
                to="treatment.absence",
            ),
        ),
        migrations.AddField(
            model_name="departurehistory",
            name="absence",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                editable=False,
                help_text="the leave from which they did not come back",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="treatment.absence",
            ),
        ),
        migrations.AlterField(
            model_name="absence",
            name="kind",
            field=models.CharField(
                choices=[
                    ("hospital", "Sent out to hospital"),
                    ("pass", "Therapeutic pass"),
                    ("appointment", "Appointment"),
                    ("home", "Home leave"),
                    ("court", "Court"),
                ],
                default="hospital",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="absence",
            name="left_by",
            field=models.ForeignKey(
                db_index=False,
                help_text="who sent them, or saw them out",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="absencehistory",
            name="kind",
            field=models.CharField(
                choices=[
                    ("hospital", "Sent out to hospital"),
                    ("pass", "Therapeutic pass"),
                    ("appointment", "Appointment"),
                    ("home", "Home leave"),
                    ("court", "Court"),
                ],
                default="hospital",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="absencehistory",
            name="left_by",
            field=models.ForeignKey(
                db_index=False,
                db_constraint=False,
                help_text="who sent them, or saw them out",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="bedstay",
            name="override",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own_word", "They say of themselves that they belong there"),
                    ("needs_it", "They need what this bed is kept for"),
                    ("safer", "They are safer there"),
                    ("care", "The care they need is only given there"),
                    ("no_other", "No other bed is free"),
                ],
                editable=False,
                help_text="why, where the bed is for others",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="bedstayhistory",
            name="override",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own_word", "They say of themselves that they belong there"),
                    ("needs_it", "They need what this bed is kept for"),
                    ("safer", "They are safer there"),
                    ("care", "The care they need is only given there"),
                    ("no_other", "No other bed is free"),
                ],
                editable=False,
                help_text="why, where the bed is for others",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="offer",
            name="bed_override",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own_word", "They say of themselves that they belong there"),
                    ("needs_it", "They need what this bed is kept for"),
                    ("safer", "They are safer there"),
                    ("care", "The care they need is only given there"),
                    ("no_other", "No other bed is free"),
                ],
                help_text="why, where the bed is for others",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="offerhistory",
            name="bed_override",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own_word", "They say of themselves that they belong there"),
                    ("needs_it", "They need what this bed is kept for"),
                    ("safer", "They are safer there"),
                    ("care", "The care they need is only given there"),
                    ("no_other", "No other bed is free"),
                ],
                help_text="why, where the bed is for others",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(fields=["patient", "-left_at"], name="absences_of_a_person"),
        ),
        migrations.AddIndex(
            model_name="bedstay",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("entered_in_error_at", None)),
                fields=["bed"],
                name="who_lies_where",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_absencehistory" ("alert", "approved_by_id", "conditions", "contact", "destination", "duty_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_back_at", "extended_at", "extended_by_id", "extension_reason", "facility_id", "id", "kind", "left_at", "left_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reason", "return_note", "returned_at", "returned_by_id", "searched", "use_since", "version") VALUES (NEW."alert", NEW."approved_by_id", NEW."conditions", NEW."contact", NEW."destination", NEW."duty_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_back_at", NEW."extended_at", NEW."extended_by_id", NEW."extension_reason", NEW."facility_id", NEW."id", NEW."kind", NEW."left_at", NEW."left_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."reason", NEW."return_note", NEW."returned_at", NEW."returned_by_id", NEW."searched", NEW."use_since", NEW."version"); RETURN NULL;',
                    hash="b4ba762cb69874059e91d7b81d936f51e50bfd15",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5e970",
                    table="treatment_absence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_absencehistory" ("alert", "approved_by_id", "conditions", "contact", "destination", "duty_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_back_at", "extended_at", "extended_by_id", "extension_reason", "facility_id", "id", "kind", "left_at", "left_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reason", "return_note", "returned_at", "returned_by_id", "searched", "use_since", "version") VALUES (NEW."alert", NEW."approved_by_id", NEW."conditions", NEW."contact", NEW."destination", NEW."duty_id", NEW."end_reason", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."expected_back_at", NEW."extended_at", NEW."extended_by_id", NEW."extension_reason", NEW."facility_id", NEW."id", NEW."kind", NEW."left_at", NEW."left_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."reason", NEW."return_note", NEW."returned_at", NEW."returned_by_id", NEW."searched", NEW."use_since", NEW."version"); RETURN NULL;',
                    hash="9bd026bd83cd11da4fb4c715a99e195dedcb957f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2abd8",
                    table="treatment_absence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_absencehistory" ("alert", "approved_by_id", "conditions", "contact", "destination", "duty_id", "end_reason", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "expected_back_at", "extended_at", "extended_by_id", "extension_reason", "facility_id", "id", "kind", "left_at", "left_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reason", "return_note", "returned_at", "returned_by_id", "searched", "use_since", "version") VALUES (OLD."alert", OLD."approved_by_id", OLD."conditions", OLD."contact", OLD."destination", OLD."duty_id", OLD."end_reason", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."expected_back_at", OLD."extended_at", OLD."extended_by_id", OLD."extension_reason", OLD."facility_id", OLD."id", OLD."kind", OLD."left_at", OLD."left_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."reason", OLD."return_note", OLD."returned_at", OLD."returned_by_id", OLD."searched", OLD."use_since", OLD."version"); RETURN NULL;',
                    hash="3685e01222759958d3ba10213f8e879d75a6dfe5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a13bf",
                    table="treatment_absence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="departure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_departurehistory" ("absence_id", "circumstances", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "last_seen", "note", "noticed_at", "noticed_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "police_at", "police_basis", "police_by_id", "police_told", "risk", "risk_at", "risk_by_id", "risk_duty_id", "risk_reason", "search_duty_id", "version") VALUES (NEW."absence_id", NEW."circumstances", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."kind", NEW."last_seen", NEW."note", NEW."noticed_at", NEW."noticed_by_id", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."police_at", NEW."police_basis", NEW."police_by_id", NEW."police_told", NEW."risk", NEW."risk_at", NEW."risk_by_id", NEW."risk_duty_id", NEW."risk_reason", NEW."search_duty_id", NEW."version"); RETURN NULL;',
                    hash="4cdb73de198c8f6640f607cab6e5026f3cae2f87",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2535f",
                    table="treatment_departure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="departure",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_departurehistory" ("absence_id", "circumstances", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "last_seen", "note", "noticed_at", "noticed_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "police_at", "police_basis", "police_by_id", "police_told", "risk", "risk_at", "risk_by_id", "risk_duty_id", "risk_reason", "search_duty_id", "version") VALUES (NEW."absence_id", NEW."circumstances", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."id", NEW."kind", NEW."last_seen", NEW."note", NEW."noticed_at", NEW."noticed_by_id", NEW."outcome", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."police_at", NEW."police_basis", NEW."police_by_id", NEW."police_told", NEW."risk", NEW."risk_at", NEW."risk_by_id", NEW."risk_duty_id", NEW."risk_reason", NEW."search_duty_id", NEW."version"); RETURN NULL;',
                    hash="124b2dbb75383abbfd1ad39483cae00cb48cafd4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_36f46",
                    table="treatment_departure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="departure",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_departurehistory" ("absence_id", "circumstances", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "id", "kind", "last_seen", "note", "noticed_at", "noticed_by_id", "outcome", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "police_at", "police_basis", "police_by_id", "police_told", "risk", "risk_at", "risk_by_id", "risk_duty_id", "risk_reason", "search_duty_id", "version") VALUES (OLD."absence_id", OLD."circumstances", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."id", OLD."kind", OLD."last_seen", OLD."note", OLD."noticed_at", OLD."noticed_by_id", OLD."outcome", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."police_at", OLD."police_basis", OLD."police_by_id", OLD."police_told", OLD."risk", OLD."risk_at", OLD."risk_by_id", OLD."risk_duty_id", OLD."risk_reason", OLD."search_duty_id", OLD."version"); RETURN NULL;',
                    hash="bfab0e56325d1e58d652452b92b8130a0e0c7f39",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b9620",
                    table="treatment_departure",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("extended_at__isnull", True), ("extended_by__isnull", True)),
                    models.Q(("extended_at__isnull", False), ("extended_by__isnull", False)),
                    _connector="OR",
                ),
                name="an_extension_has_who",
                violation_error_code="half_recorded",
                violation_error_message="extended_at and extended_by are recorded together or not at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "hospital"),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("expected_back_at__isnull", False),
                        ("placement__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_leave_says_until_when_and_who_agreed",
                violation_error_code="half_recorded",
                violation_error_message="A leave says from which stay, until when, and which clinician agreed to it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "hospital"), ("expected_back_at__gt", models.F("left_at")), _connector="OR"
                ),
                name="a_leave_ends_after_it_begins",
                violation_error_code="back_before_leaving",
                violation_error_message="The person is expected back some time after they left.",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "hospital"),
                    ("returned_at", None),
                    models.Q(
                        models.Q(("alert", ""), _negated=True),
                        models.Q(("searched", ""), _negated=True),
                        models.Q(("use_since", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_return_from_leave_says_how_they_were",
                violation_error_code="half_recorded",
                violation_error_message="A return says whether the person was alert, was searched, and has used.",
            ),
        ),
        kept(*TABLES),
        append_only(*(f"{table}history" for table in TABLES), by_trigger=True),
        migrations.RunSQL(HOLDS, "DROP FUNCTION bed_is_not_held() CASCADE; DROP FUNCTION held_bed_is_free() CASCADE"),
    ]
    afterwards = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="unit",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="unit",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="unit",
            name="delete_delete",
        ),
        migrations.RemoveField(
            model_name="unit",
            name="only_for",
        ),
        migrations.RemoveField(
            model_name="unithistory",
            name="only_for",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (NEW."facility_id", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."version"); RETURN NULL;',
                    hash="060c44b85cd3346d125f6df1dccfe26c6787d041",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d4465",
                    table="treatment_unit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (NEW."facility_id", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."program_id", NEW."version"); RETURN NULL;',
                    hash="e3228837730e8da39f7f79042e9731d8462ca875",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c76ab",
                    table="treatment_unit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_unithistory" ("facility_id", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "version") VALUES (OLD."facility_id", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."version"); RETURN NULL;',
                    hash="14aa20792edda8bfb22730d79b094afe5a4e41f7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_00392",
                    table="treatment_unit",
                    when="AFTER",
                ),
            ),
        ),
    ]
    operations = [
        audit.operations.Together(together),
        migrations.RunSQL(RESTRICTED, GIVEN_BACK),
        audit.operations.Together(afterwards),
    ]
