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
from audit.operations import append_only, frozen, kept

TABLES = ["treatment_addendum", "treatment_bedblock", "treatment_groupsession"]
ERROR = ["entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason"]

# An exclusion constraint cannot look at two tables. Both sides take the bed's lock first, so that of a block and a
# stay that begin at once the second sees the first.
BEDS = """
CREATE FUNCTION bed_is_not_blocked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.entered_in_error_at IS NOT NULL THEN RETURN NEW; END IF;
    PERFORM FROM treatment_bed WHERE id = NEW.bed_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM treatment_bedblock
        WHERE bed_id = NEW.bed_id
          AND tstzrange(began_at, coalesce(ended_at, until_at)) && tstzrange(NEW.began_at, NEW.ended_at))
    THEN
        RAISE EXCEPTION 'the bed is blocked' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_blocked_bed_stays_empty';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_blocked_bed_stays_empty AFTER INSERT OR UPDATE OF bed_id, began_at ON treatment_bedstay
    FOR EACH ROW EXECUTE FUNCTION bed_is_not_blocked();

CREATE FUNCTION bed_is_not_taken() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM treatment_bed WHERE id = NEW.bed_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM treatment_bedstay
        WHERE bed_id = NEW.bed_id AND entered_in_error_at IS NULL
          AND tstzrange(began_at, ended_at) && tstzrange(NEW.began_at, coalesce(NEW.ended_at, NEW.until_at)))
    THEN
        RAISE EXCEPTION 'the bed is taken' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_taken_bed_is_not_blocked';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_taken_bed_is_not_blocked AFTER INSERT OR UPDATE OF bed_id, began_at, until_at ON treatment_bedblock
    FOR EACH ROW EXECUTE FUNCTION bed_is_not_taken();
"""

# What a group shares stands on the charts of all who came: signed by one of them, it is locked for all.
GROUPS = """
CREATE FUNCTION group_of_signed_note() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (to_jsonb(OLD) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
        IS DISTINCT FROM
       (to_jsonb(NEW) - ARRAY['version', 'entered_in_error_at', 'entered_in_error_by_id', 'entered_in_error_reason'])
       AND EXISTS (
           SELECT FROM treatment_sessionnote n JOIN treatment_session s ON s.id = n.session_id
           WHERE s.group_id = OLD.id AND n.signed_at IS NOT NULL AND n.entered_in_error_at IS NULL)
    THEN
        RAISE EXCEPTION 'a note of this group is signed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_shared_text_that_was_signed_never_changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_group_of_signed_note BEFORE UPDATE ON treatment_groupsession
    FOR EACH ROW EXECUTE FUNCTION group_of_signed_note();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rules"),
        ("accounts", "__first__"),
        ("duties", "0003_indexes_of_the_timeline"),
        ("patients", "0002_rules"),
        ("treatment", "0009_safety"),
    ]

    together = [
        audit.operations.CreateTracked(
            name="Addendum",
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
                ("text", models.TextField(max_length=40000)),
                ("added_at", models.DateTimeField()),
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
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="treatment.sessionnote",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "addenda",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="an_addendum_has_text",
                        violation_error_code="addendum_empty",
                        violation_error_message="An empty addendum cannot be added.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="addendum_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "indexes": [models.Index(fields=["patient", "-added_at"], name="addenda_of_a_person")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_addendumhistory" ("added_at", "added_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "note_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version") VALUES (NEW."added_at", NEW."added_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."note_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."text", NEW."version"); RETURN NULL;',
                            hash="410a4fafabaf7d9e7cef4b689dd6293452251964",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_83c71",
                            table="treatment_addendum",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_addendumhistory" ("added_at", "added_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "note_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version") VALUES (NEW."added_at", NEW."added_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."note_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."text", NEW."version"); RETURN NULL;',
                            hash="cd6d382fc015721adc8b7c71283422a4da0206ae",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1cb14",
                            table="treatment_addendum",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_addendumhistory" ("added_at", "added_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "note_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version") VALUES (OLD."added_at", OLD."added_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."note_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."text", OLD."version"); RETURN NULL;',
                            hash="192fdd09b780af6d3f420ad6291c28d7c4851a38",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2b08e",
                            table="treatment_addendum",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="AddendumHistory",
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
                ("text", models.TextField(max_length=40000)),
                ("added_at", models.DateTimeField()),
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
                    "note",
                    models.ForeignKey(
                        db_index=False,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="treatment.sessionnote",
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
                        to="treatment.addendum",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="BedBlock",
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
                    "reason",
                    models.CharField(
                        choices=[
                            ("cleaning", "Being cleaned"),
                            ("repair", "Broken or under repair"),
                            ("isolation", "Room kept for isolation"),
                            ("staffing", "Not enough staff"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, help_text="name nobody here", max_length=200)),
                ("began_at", models.DateTimeField()),
                (
                    "until_at",
                    models.DateTimeField(blank=True, help_text="then it is free again by itself", null=True),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "bed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="blocks", to="treatment.bed"
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
                        name="a_block_end_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="ended_at and ended_by are recorded together or not at all.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"),
                            models.Q(("until_at", None), ("until_at__gt", models.F("began_at")), _connector="OR"),
                        ),
                        name="a_block_ends_after_it_begins",
                        violation_error_code="ends_before_start",
                        violation_error_message="A block ends after it begins.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("bed", "="),
                            (
                                treatment.models.placements.Period(
                                    "began_at", django.db.models.functions.comparison.Coalesce("ended_at", "until_at")
                                ),
                                "&&",
                            ),
                        ],
                        name="one_block_per_bed",
                        violation_error_code="bed_blocked",
                        violation_error_message="The bed is blocked at that time already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedblockhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "id", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until_at", "version") VALUES (NEW."bed_id", NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."reason", NEW."until_at", NEW."version"); RETURN NULL;',
                            hash="bc0931f6281f290ea0a4f844a67ef0131b9ba6e0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c635b",
                            table="treatment_bedblock",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_bedblockhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "id", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until_at", "version") VALUES (NEW."bed_id", NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."reason", NEW."until_at", NEW."version"); RETURN NULL;',
                            hash="dff46b5391f83d08053b2f1d5527e9263f881d95",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d11fc",
                            table="treatment_bedblock",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_bedblockhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "id", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until_at", "version") VALUES (OLD."bed_id", OLD."began_at", OLD."began_by_id", OLD."ended_at", OLD."ended_by_id", OLD."id", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."reason", OLD."until_at", OLD."version"); RETURN NULL;',
                            hash="feae4d0d84bfd10b89dddd4f863ce87a065b8a56",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0659b",
                            table="treatment_bedblock",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="BedBlockHistory",
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
                    "reason",
                    models.CharField(
                        choices=[
                            ("cleaning", "Being cleaned"),
                            ("repair", "Broken or under repair"),
                            ("isolation", "Room kept for isolation"),
                            ("staffing", "Not enough staff"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, help_text="name nobody here", max_length=200)),
                ("began_at", models.DateTimeField()),
                (
                    "until_at",
                    models.DateTimeField(blank=True, help_text="then it is free again by itself", null=True),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                        to="treatment.bedblock",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        audit.operations.CreateTracked(
            name="GroupSession",
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
                        default="group",
                        max_length=20,
                    ),
                ),
                ("topic", models.CharField(max_length=200)),
                (
                    "text",
                    models.TextField(
                        blank=True, help_text="on the chart of everybody who came: name nobody here", max_length=40000
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("logged_at", models.DateTimeField()),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "led_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_sessions",
                        to="treatment.program",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gte", models.F("started_at"))),
                        name="a_group_ends_after_it_starts",
                        violation_error_code="ends_before_start",
                        violation_error_message="A session ends after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["group", "psychoeducation", "integration"])),
                        name="a_group_is_of_a_kind_for_several",
                        violation_error_code="not_a_group_kind",
                        violation_error_message="This kind of session is held with one person, or one family.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entered_in_error_at__isnull", True), ("entered_in_error_by__isnull", True)),
                            models.Q(("entered_in_error_at__isnull", False), ("entered_in_error_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="groupsession_error_has_who",
                        violation_error_code="half_recorded",
                        violation_error_message="entered_in_error_at and entered_in_error_by are recorded together or not at all.",
                    ),
                ],
                "indexes": [models.Index(fields=["facility", "-started_at"], name="group_sessions_here")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_groupsessionhistory" ("ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "kind", "led_by_id", "logged_at", "logged_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "started_at", "text", "topic", "version") VALUES (NEW."ended_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."kind", NEW."led_by_id", NEW."logged_at", NEW."logged_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."program_id", NEW."started_at", NEW."text", NEW."topic", NEW."version"); RETURN NULL;',
                            hash="24a50d6e480a4ea7be94d44928102689219da34f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8cf0f",
                            table="treatment_groupsession",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_groupsessionhistory" ("ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "kind", "led_by_id", "logged_at", "logged_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "started_at", "text", "topic", "version") VALUES (NEW."ended_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."kind", NEW."led_by_id", NEW."logged_at", NEW."logged_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."program_id", NEW."started_at", NEW."text", NEW."topic", NEW."version"); RETURN NULL;',
                            hash="06f378c5017447c2ed85b708a5d1c37d5ff687e5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a1509",
                            table="treatment_groupsession",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_groupsessionhistory" ("ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "kind", "led_by_id", "logged_at", "logged_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "started_at", "text", "topic", "version") VALUES (OLD."ended_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."kind", OLD."led_by_id", OLD."logged_at", OLD."logged_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."program_id", OLD."started_at", OLD."text", OLD."topic", OLD."version"); RETURN NULL;',
                            hash="80d4787e8ef7dfdb97aae1555bbcae38e497ee2f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8764d",
                            table="treatment_groupsession",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        audit.operations.CreateTracked(
            name="GroupSessionHistory",
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
                        default="group",
                        max_length=20,
                    ),
                ),
                ("topic", models.CharField(max_length=200)),
                (
                    "text",
                    models.TextField(
                        blank=True, help_text="on the chart of everybody who came: name nobody here", max_length=40000
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("logged_at", models.DateTimeField()),
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
                    "led_by",
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
                    "logged_by",
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
                        to="treatment.groupsession",
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
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="bedstay",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="bedstay",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="bedstay",
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
        migrations.AddField(
            model_name="bedstay",
            name="move_reason",
            field=models.CharField(
                blank=True, editable=False, help_text="why the person came here from another bed", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="bedstayhistory",
            name="move_reason",
            field=models.CharField(
                blank=True, editable=False, help_text="why the person came here from another bed", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="attendance_reason",
            field=models.CharField(blank=True, help_text="why late, cut short or missed", max_length=200),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="attendance_reason",
            field=models.CharField(blank=True, help_text="why late, cut short or missed", max_length=200),
        ),
        migrations.AddField(
            model_name="sessionnote",
            name="adopted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="sessionnote",
            name="adopted_by",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                editable=False,
                help_text="took over the draft of somebody who left",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sessionnotehistory",
            name="adopted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="sessionnotehistory",
            name="adopted_by",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                editable=False,
                help_text="took over the draft of somebody who left",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="session",
            name="attendance",
            field=models.CharField(
                choices=[
                    ("attended", "Attended"),
                    ("late", "Came late"),
                    ("partial", "Left early"),
                    ("excused", "Excused beforehand"),
                    ("no_show", "Did not come"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="sessionhistory",
            name="attendance",
            field=models.CharField(
                choices=[
                    ("attended", "Attended"),
                    ("late", "Came late"),
                    ("partial", "Left early"),
                    ("excused", "Excused beforehand"),
                    ("no_show", "Did not come"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="sessionnote",
            index=models.Index(
                condition=models.Q(("adopted_by__isnull", False), ("signed_at", None)),
                fields=["adopted_by"],
                name="adopted_drafts",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adopted_at__isnull", True), ("adopted_by__isnull", True)),
                    models.Q(("adopted_at__isnull", False), ("adopted_by__isnull", False)),
                    _connector="OR",
                ),
                name="an_adoption_has_who",
                violation_error_code="half_recorded",
                violation_error_message="adopted_at and adopted_by are recorded together or not at all.",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="group",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="treatment.groupsession",
            ),
        ),
        migrations.AddField(
            model_name="sessionhistory",
            name="group",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="treatment.groupsession",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entered_in_error_at", None), ("group__isnull", False)),
                fields=("group", "episode"),
                name="once_in_a_group",
                violation_error_code="in_the_group_twice",
                violation_error_message="A person is in the attendance of a group once.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bedstay",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_bedstayhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "held_until_at", "id", "move_reason", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "version") VALUES (NEW."bed_id", NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."held_until_at", NEW."id", NEW."move_reason", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."version"); RETURN NULL;',
                    hash="4a85604689ffdde6da018b55f7c3c11287089c9f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6a590",
                    table="treatment_bedstay",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bedstay",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "treatment_bedstayhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "held_until_at", "id", "move_reason", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "version") VALUES (NEW."bed_id", NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."held_until_at", NEW."id", NEW."move_reason", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."version"); RETURN NULL;',
                    hash="60f7753bcddd797768a215a4e1e3ee63f675ae0a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_aedbf",
                    table="treatment_bedstay",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bedstay",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_bedstayhistory" ("bed_id", "began_at", "began_by_id", "ended_at", "ended_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "held_until_at", "id", "move_reason", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "version") VALUES (OLD."bed_id", OLD."began_at", OLD."began_by_id", OLD."ended_at", OLD."ended_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."held_until_at", OLD."id", OLD."move_reason", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."version"); RETURN NULL;',
                    hash="f582460fc3e87fa55a96a6e664b2c12ec98aa857",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d3127",
                    table="treatment_bedstay",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "treatment_sessionhistory" ("attendance", "attendance_reason", "ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "group_id", "id", "kind", "logged_at", "logged_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "started_at", "version") VALUES (NEW."attendance", NEW."attendance_reason", NEW."ended_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."group_id", NEW."id", NEW."kind", NEW."logged_at", NEW."logged_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."started_at", NEW."version"); RETURN NULL;',
                    hash="4bc301126d733d0dac0aa3f0785af59680650c2e",
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
                    func='INSERT INTO "treatment_sessionhistory" ("attendance", "attendance_reason", "ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "group_id", "id", "kind", "logged_at", "logged_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "started_at", "version") VALUES (NEW."attendance", NEW."attendance_reason", NEW."ended_at", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."episode_id", NEW."facility_id", NEW."group_id", NEW."id", NEW."kind", NEW."logged_at", NEW."logged_by_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."started_at", NEW."version"); RETURN NULL;',
                    hash="8538822b5d60cb7bd25743d151d248de9aeea40c",
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
                    func='INSERT INTO "treatment_sessionhistory" ("attendance", "attendance_reason", "ended_at", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "episode_id", "facility_id", "group_id", "id", "kind", "logged_at", "logged_by_id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "started_at", "version") VALUES (OLD."attendance", OLD."attendance_reason", OLD."ended_at", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."episode_id", OLD."facility_id", OLD."group_id", OLD."id", OLD."kind", OLD."logged_at", OLD."logged_by_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."started_at", OLD."version"); RETURN NULL;',
                    hash="0ef14ee490a6e14bc625b2169e98676711a941fb",
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
                    func='INSERT INTO "treatment_sessionnotehistory" ("adopted_at", "adopted_by_id", "drafted_at", "drafted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "sign_duty_id", "signed_at", "signed_by_id", "text", "version") VALUES (NEW."adopted_at", NEW."adopted_by_id", NEW."drafted_at", NEW."drafted_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."session_id", NEW."sign_duty_id", NEW."signed_at", NEW."signed_by_id", NEW."text", NEW."version"); RETURN NULL;',
                    hash="d0cd1e6fcd0600e038fd817f81cdec9585345e65",
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
                    func='INSERT INTO "treatment_sessionnotehistory" ("adopted_at", "adopted_by_id", "drafted_at", "drafted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "sign_duty_id", "signed_at", "signed_by_id", "text", "version") VALUES (NEW."adopted_at", NEW."adopted_by_id", NEW."drafted_at", NEW."drafted_by_id", NEW."entered_in_error_at", NEW."entered_in_error_by_id", NEW."entered_in_error_reason", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."session_id", NEW."sign_duty_id", NEW."signed_at", NEW."signed_by_id", NEW."text", NEW."version"); RETURN NULL;',
                    hash="8798045059e703d25924e87a07680ca379e04c8e",
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
                    func='INSERT INTO "treatment_sessionnotehistory" ("adopted_at", "adopted_by_id", "drafted_at", "drafted_by_id", "entered_in_error_at", "entered_in_error_by_id", "entered_in_error_reason", "facility_id", "id", "patient_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "sign_duty_id", "signed_at", "signed_by_id", "text", "version") VALUES (OLD."adopted_at", OLD."adopted_by_id", OLD."drafted_at", OLD."drafted_by_id", OLD."entered_in_error_at", OLD."entered_in_error_by_id", OLD."entered_in_error_reason", OLD."facility_id", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."session_id", OLD."sign_duty_id", OLD."signed_at", OLD."signed_by_id", OLD."text", OLD."version"); RETURN NULL;',
                    hash="79f7e98219cac52fb56ac545c540105cf66965a7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2ac95",
                    table="treatment_sessionnote",
                    when="AFTER",
                ),
            ),
        ),
        kept(*TABLES),
        append_only(*(f"{table}history" for table in TABLES), by_trigger=True),
        frozen(
            "treatment_addendum",
            when="TRUE",
            name="an_addendum_never_changes",
            message="an addendum never changes",
            except_columns=ERROR,
        ),
        migrations.RunSQL(
            BEDS, "DROP FUNCTION bed_is_not_blocked() CASCADE; DROP FUNCTION bed_is_not_taken() CASCADE"
        ),
        migrations.RunSQL(GROUPS, "DROP FUNCTION group_of_signed_note() CASCADE"),
    ]
    operations = [audit.operations.Together(together)]
