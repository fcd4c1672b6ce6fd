import datetime

import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import accounts.models
import audit.models
import audit.operations


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_rules"),
        ("accounts", "0003_the_night"),
        ("accounts", "0004_licenses"),
        ("accounts", "0005_mobile"),
        ("accounts", "0006_on_call"),
        ("accounts", "0007_emergency_numbers"),
        ("accounts", "0008_quiet_hours"),
    ]

    initial = True

    dependencies = [
        ("audit", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        audit.operations.Together(
            operations=[
                audit.operations.CreateTracked(
                    name="User",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
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
                            "mobile",
                            models.CharField(
                                blank=True,
                                db_default="",
                                help_text="for texts about what is critical: +12125550123",
                                max_length=16,
                            ),
                        ),
                        ("left_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "left_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("left_at__isnull", True), ("left_by__isnull", True)),
                                    models.Q(("left_at__isnull", False), ("left_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="leaving_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="left_at and left_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mobile", ""), ("mobile__regex", "^\\+[1-9][0-9]{6,14}$"), _connector="OR"
                                ),
                                name="a_mobile_number_is_international",
                                violation_error_code="phone_malformed",
                                violation_error_message="This is not a phone number that takes text messages.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_userhistory" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "left_at", "left_by_id", "mobile", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "version") VALUES (NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."last_name", NEW."left_at", NEW."left_by_id", NEW."mobile", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."username", NEW."version"); RETURN NULL;',
                                    hash="b3667b5c83f426f374cf98a314419f4acd6b4da4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_3867c",
                                    table="accounts_user",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."left_at" IS DISTINCT FROM (NEW."left_at") OR OLD."left_by_id" IS DISTINCT FROM (NEW."left_by_id") OR OLD."mobile" IS DISTINCT FROM (NEW."mobile") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                                    func='INSERT INTO "accounts_userhistory" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "left_at", "left_by_id", "mobile", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "version") VALUES (NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."last_name", NEW."left_at", NEW."left_by_id", NEW."mobile", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."username", NEW."version"); RETURN NULL;',
                                    hash="8ab9f0db13c7af6a1d417f4e4e982d9f50ed586f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_0e890",
                                    table="accounts_user",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_userhistory" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "left_at", "left_by_id", "mobile", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "version") VALUES (OLD."date_joined", OLD."email", OLD."first_name", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."last_name", OLD."left_at", OLD."left_by_id", OLD."mobile", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."username", OLD."version"); RETURN NULL;',
                                    hash="666948c062913998df4b7e8d59a971316ef69e26",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_19f14",
                                    table="accounts_user",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                    },
                    managers=[
                        ("objects", accounts.models.Accounts()),
                    ],
                ),
                audit.operations.CreateTracked(
                    name="UserHistory",
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
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "mobile",
                            models.CharField(
                                blank=True,
                                db_default="",
                                help_text="for texts about what is critical: +12125550123",
                                max_length=16,
                            ),
                        ),
                        ("left_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "left_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                    name="Facility",
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
                        ("name", models.CharField(max_length=200)),
                        (
                            "zone",
                            models.CharField(default="UTC", max_length=64, validators=[accounts.models.a_known_zone]),
                        ),
                        (
                            "working_hours",
                            models.JSONField(
                                blank=True,
                                default=accounts.models.nine_to_five,
                                help_text='weekday (0 is Monday) to ["09:00", "17:00"]',
                            ),
                        ),
                        (
                            "holidays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DateField(), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, help_text="the number given in messages", max_length=30),
                        ),
                        (
                            "sender_name",
                            models.CharField(
                                default="Your contact",
                                help_text="neutral: names no program, substance, recovery or treatment",
                                max_length=60,
                            ),
                        ),
                        (
                            "quiet_from",
                            models.TimeField(
                                default=datetime.time(21, 0), help_text="the person's local time: 21:00, or earlier"
                            ),
                        ),
                        (
                            "quiet_until",
                            models.TimeField(
                                default=datetime.time(8, 0), help_text="the next morning: 08:00, or later"
                            ),
                        ),
                        (
                            "most_a_day",
                            models.PositiveSmallIntegerField(
                                db_default=1,
                                default=1,
                                help_text="messages a machine sends to one person on one day, all channels together",
                            ),
                        ),
                        (
                            "most_in_7_days",
                            models.PositiveSmallIntegerField(
                                db_default=3,
                                default=3,
                                help_text="the same within any seven days; answers to the person do not count",
                            ),
                        ),
                        (
                            "night_from",
                            models.TimeField(
                                default=datetime.time(22, 0),
                                help_text="withdrawal is reviewed before the first night begins",
                            ),
                        ),
                        (
                            "logged_within",
                            models.DurationField(
                                db_default=datetime.timedelta(days=1),
                                default=datetime.timedelta(days=1),
                                help_text="after the end of a session; later it is a late entry, and a planned one is owed",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                db_default="US",
                                default="US",
                                help_text="two letters (ISO 3166): which emergency numbers people here are given",
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z]{2}$", "Two capital letters, as in US or GB.", code="country_malformed"
                                    )
                                ],
                            ),
                        ),
                        (
                            "emergency_number",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="people here are told to call it when somebody must come at once; empty in the US: 911",
                                max_length=20,
                            ),
                        ),
                        (
                            "talk_number",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="somebody to talk to at any hour, known to answer; empty in the US: 988",
                                max_length=20,
                            ),
                        ),
                        (
                            "last_resort_name",
                            models.CharField(
                                blank=True,
                                db_default="",
                                editable=False,
                                help_text="paged when nobody on the rota answers",
                                max_length=200,
                            ),
                        ),
                        (
                            "last_resort_phone",
                            models.CharField(blank=True, db_default="", editable=False, max_length=32),
                        ),
                        (
                            "last_resort_email",
                            models.EmailField(blank=True, db_default="", editable=False, max_length=254),
                        ),
                        ("sends_to_patients_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "sends_to_patients_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "facilities",
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("sends_to_patients_at__isnull", True), ("sends_to_patients_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("sends_to_patients_at__isnull", False),
                                        ("sends_to_patients_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="sending_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="sends_to_patients_at and sends_to_patients_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quiet_from__gt", models.F("quiet_until")),
                                    ("quiet_from__lte", datetime.time(21, 0)),
                                    ("quiet_until__gte", datetime.time(8, 0)),
                                ),
                                name="quiet_hours_cover_the_night",
                                violation_error_code="quiet_hours_too_short",
                                violation_error_message="Nobody is written to before 08:00 or after 21:00: quiet hours begin at 21:00 or earlier, and end the next morning at 08:00 or later.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sends_to_patients_at", None),
                                    ("country__in", ["US"]),
                                    models.Q(("emergency_number", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="whoever_is_written_to_knows_whom_to_call",
                                violation_error_code="emergency_number_missing",
                                violation_error_message="Give the emergency number here first; only that of the US is known.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("last_resort_email", ""), ("last_resort_name", ""), ("last_resort_phone", "")
                                    ),
                                    models.Q(
                                        models.Q(("last_resort_name", ""), _negated=True),
                                        models.Q(("last_resort_phone", ""), _negated=True),
                                        models.Q(("last_resort_email", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_last_resort_can_be_reached",
                                violation_error_code="last_resort_incomplete",
                                violation_error_message="Give the name, the phone number and the email of the last resort.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_facilityhistory" ("country", "emergency_number", "holidays", "id", "last_resort_email", "last_resort_name", "last_resort_phone", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "talk_number", "version", "working_hours", "zone") VALUES (NEW."country", NEW."emergency_number", NEW."holidays", NEW."id", NEW."last_resort_email", NEW."last_resort_name", NEW."last_resort_phone", NEW."logged_within", NEW."most_a_day", NEW."most_in_7_days", NEW."name", NEW."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."phone", NEW."quiet_from", NEW."quiet_until", NEW."sender_name", NEW."sends_to_patients_at", NEW."sends_to_patients_by_id", NEW."talk_number", NEW."version", NEW."working_hours", NEW."zone"); RETURN NULL;',
                                    hash="f119782066fcc3e9833dd7f8b27ba7940643e462",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_bc6db",
                                    table="accounts_facility",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "accounts_facilityhistory" ("country", "emergency_number", "holidays", "id", "last_resort_email", "last_resort_name", "last_resort_phone", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "talk_number", "version", "working_hours", "zone") VALUES (NEW."country", NEW."emergency_number", NEW."holidays", NEW."id", NEW."last_resort_email", NEW."last_resort_name", NEW."last_resort_phone", NEW."logged_within", NEW."most_a_day", NEW."most_in_7_days", NEW."name", NEW."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."phone", NEW."quiet_from", NEW."quiet_until", NEW."sender_name", NEW."sends_to_patients_at", NEW."sends_to_patients_by_id", NEW."talk_number", NEW."version", NEW."working_hours", NEW."zone"); RETURN NULL;',
                                    hash="491189fc2dfb613964c7c307717df23573b38c4f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_1d5e8",
                                    table="accounts_facility",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_facilityhistory" ("country", "emergency_number", "holidays", "id", "last_resort_email", "last_resort_name", "last_resort_phone", "logged_within", "most_a_day", "most_in_7_days", "name", "night_from", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "quiet_from", "quiet_until", "sender_name", "sends_to_patients_at", "sends_to_patients_by_id", "talk_number", "version", "working_hours", "zone") VALUES (OLD."country", OLD."emergency_number", OLD."holidays", OLD."id", OLD."last_resort_email", OLD."last_resort_name", OLD."last_resort_phone", OLD."logged_within", OLD."most_a_day", OLD."most_in_7_days", OLD."name", OLD."night_from", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."phone", OLD."quiet_from", OLD."quiet_until", OLD."sender_name", OLD."sends_to_patients_at", OLD."sends_to_patients_by_id", OLD."talk_number", OLD."version", OLD."working_hours", OLD."zone"); RETURN NULL;',
                                    hash="1d1986cd0b4d264f52f5d9b42ad602255eb33fae",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_28991",
                                    table="accounts_facility",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="FacilityHistory",
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
                                to="accounts.facility",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        (
                            "id",
                            models.UUIDField(
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "zone",
                            models.CharField(default="UTC", max_length=64, validators=[accounts.models.a_known_zone]),
                        ),
                        (
                            "working_hours",
                            models.JSONField(
                                blank=True,
                                default=accounts.models.nine_to_five,
                                help_text='weekday (0 is Monday) to ["09:00", "17:00"]',
                            ),
                        ),
                        (
                            "holidays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DateField(), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, help_text="the number given in messages", max_length=30),
                        ),
                        (
                            "sender_name",
                            models.CharField(
                                default="Your contact",
                                help_text="neutral: names no program, substance, recovery or treatment",
                                max_length=60,
                            ),
                        ),
                        (
                            "quiet_from",
                            models.TimeField(
                                default=datetime.time(21, 0), help_text="the person's local time: 21:00, or earlier"
                            ),
                        ),
                        (
                            "quiet_until",
                            models.TimeField(
                                default=datetime.time(8, 0), help_text="the next morning: 08:00, or later"
                            ),
                        ),
                        (
                            "most_a_day",
                            models.PositiveSmallIntegerField(
                                db_default=1,
                                default=1,
                                help_text="messages a machine sends to one person on one day, all channels together",
                            ),
                        ),
                        (
                            "most_in_7_days",
                            models.PositiveSmallIntegerField(
                                db_default=3,
                                default=3,
                                help_text="the same within any seven days; answers to the person do not count",
                            ),
                        ),
                        (
                            "night_from",
                            models.TimeField(
                                default=datetime.time(22, 0),
                                help_text="withdrawal is reviewed before the first night begins",
                            ),
                        ),
                        (
                            "logged_within",
                            models.DurationField(
                                db_default=datetime.timedelta(days=1),
                                default=datetime.timedelta(days=1),
                                help_text="after the end of a session; later it is a late entry, and a planned one is owed",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                db_default="US",
                                default="US",
                                help_text="two letters (ISO 3166): which emergency numbers people here are given",
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z]{2}$", "Two capital letters, as in US or GB.", code="country_malformed"
                                    )
                                ],
                            ),
                        ),
                        (
                            "emergency_number",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="people here are told to call it when somebody must come at once; empty in the US: 911",
                                max_length=20,
                            ),
                        ),
                        (
                            "talk_number",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="somebody to talk to at any hour, known to answer; empty in the US: 988",
                                max_length=20,
                            ),
                        ),
                        (
                            "last_resort_name",
                            models.CharField(
                                blank=True,
                                db_default="",
                                editable=False,
                                help_text="paged when nobody on the rota answers",
                                max_length=200,
                            ),
                        ),
                        (
                            "last_resort_phone",
                            models.CharField(blank=True, db_default="", editable=False, max_length=32),
                        ),
                        (
                            "last_resort_email",
                            models.EmailField(blank=True, db_default="", editable=False, max_length=254),
                        ),
                        ("sends_to_patients_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "sends_to_patients_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                    name="Membership",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
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
                                max_length=20,
                            ),
                        ),
                        ("began_at", models.DateTimeField()),
                        (
                            "began_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "license_number",
                            models.CharField(
                                blank=True,
                                db_default="",
                                editable=False,
                                help_text="empty: not licensed, so notes are co-signed",
                                max_length=60,
                            ),
                        ),
                        ("license_expires_on", models.DateField(blank=True, editable=False, null=True)),
                        (
                            "supervisor",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                help_text="who co-signs; empty: any supervisor here",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["facility", "role"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at", None)),
                                fields=["facility", "role"],
                                name="members_here",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_membership_end_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="ended_at and ended_by are recorded together or not at all.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("license_expires_on", None), ("license_number", "")),
                                    models.Q(
                                        models.Q(("license_number", ""), _negated=True),
                                        ("license_expires_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_license_has_a_number_and_an_end",
                                violation_error_code="license_incomplete",
                                violation_error_message="A license has a number and a day on which it expires.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("user", "facility", "role"),
                                name="one_membership_per_role_and_place",
                                violation_error_code="already_a_member",
                                violation_error_message="This person already holds this role at this place.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_membershiphistory" ("began_at", "began_by_id", "ended_at", "ended_by_id", "facility_id", "id", "license_expires_on", "license_number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "supervisor_id", "user_id", "version") VALUES (NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."facility_id", NEW."id", NEW."license_expires_on", NEW."license_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."role", NEW."supervisor_id", NEW."user_id", NEW."version"); RETURN NULL;',
                                    hash="4bf876c643b7f7a675cbaca8b47565d9a8451a33",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_fc05a",
                                    table="accounts_membership",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "accounts_membershiphistory" ("began_at", "began_by_id", "ended_at", "ended_by_id", "facility_id", "id", "license_expires_on", "license_number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "supervisor_id", "user_id", "version") VALUES (NEW."began_at", NEW."began_by_id", NEW."ended_at", NEW."ended_by_id", NEW."facility_id", NEW."id", NEW."license_expires_on", NEW."license_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."role", NEW."supervisor_id", NEW."user_id", NEW."version"); RETURN NULL;',
                                    hash="abc3d587a9bc1b80defaaf411019db633dbac2f5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_20ab5",
                                    table="accounts_membership",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_membershiphistory" ("began_at", "began_by_id", "ended_at", "ended_by_id", "facility_id", "id", "license_expires_on", "license_number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "supervisor_id", "user_id", "version") VALUES (OLD."began_at", OLD."began_by_id", OLD."ended_at", OLD."ended_by_id", OLD."facility_id", OLD."id", OLD."license_expires_on", OLD."license_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."role", OLD."supervisor_id", OLD."user_id", OLD."version"); RETURN NULL;',
                                    hash="48234766f578539100d60e645820a3d74b29820e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_19a8f",
                                    table="accounts_membership",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="MembershipHistory",
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
                                to="accounts.membership",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        (
                            "id",
                            models.UUIDField(
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
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
                                max_length=20,
                            ),
                        ),
                        ("began_at", models.DateTimeField()),
                        (
                            "began_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "license_number",
                            models.CharField(
                                blank=True,
                                db_default="",
                                editable=False,
                                help_text="empty: not licensed, so notes are co-signed",
                                max_length=60,
                            ),
                        ),
                        ("license_expires_on", models.DateField(blank=True, editable=False, null=True)),
                        (
                            "supervisor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                help_text="who co-signs; empty: any supervisor here",
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
                    name="OnCallShift",
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
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="on_call_shifts",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="on_call_shifts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("on_call", "Clinician on call"), ("lead", "Lead on call")],
                                default="on_call",
                                max_length=10,
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("planned_at", models.DateTimeField(editable=False)),
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
                            "instead_of",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.oncallshift",
                            ),
                        ),
                        ("canceled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "canceled_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("cancel_reason", models.CharField(blank=True, editable=False, max_length=500)),
                    ],
                    options={
                        "ordering": ["-starts_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("canceled_at", None)),
                                fields=["facility", "ends_at"],
                                name="shifts_here",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="a_shift_lasts_a_while",
                                violation_error_code="shift_empty",
                                violation_error_message="A shift ends after it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cancel_reason", ""), ("canceled_at", None), ("canceled_by", None)),
                                    models.Q(
                                        ("canceled_at__isnull", False),
                                        ("canceled_by__isnull", False),
                                        models.Q(("cancel_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_canceled_shift_has_who_and_why",
                                violation_error_code="half_recorded",
                                violation_error_message="Calling off a shift records when, by whom and why.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("canceled_at", None)),
                                expressions=[
                                    ("facility", "="),
                                    ("kind", "="),
                                    ("user", "="),
                                    (
                                        models.Func(
                                            "starts_at",
                                            "ends_at",
                                            function="TSTZRANGE",
                                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="nobody_stands_one_shift_twice",
                                violation_error_code="on_call_already",
                                violation_error_message="They are on call here then already.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_oncallshifthistory" ("cancel_reason", "canceled_at", "canceled_by_id", "ends_at", "facility_id", "id", "instead_of_id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "starts_at", "user_id", "version") VALUES (NEW."cancel_reason", NEW."canceled_at", NEW."canceled_by_id", NEW."ends_at", NEW."facility_id", NEW."id", NEW."instead_of_id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."starts_at", NEW."user_id", NEW."version"); RETURN NULL;',
                                    hash="5ae8ea6289fac764c5f9af41f4749e36b347a0bb",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9179a",
                                    table="accounts_oncallshift",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "accounts_oncallshifthistory" ("cancel_reason", "canceled_at", "canceled_by_id", "ends_at", "facility_id", "id", "instead_of_id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "starts_at", "user_id", "version") VALUES (NEW."cancel_reason", NEW."canceled_at", NEW."canceled_by_id", NEW."ends_at", NEW."facility_id", NEW."id", NEW."instead_of_id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."starts_at", NEW."user_id", NEW."version"); RETURN NULL;',
                                    hash="28ee6710290cb9bde697678257ebbdce4aba2956",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_bf30a",
                                    table="accounts_oncallshift",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "accounts_oncallshifthistory" ("cancel_reason", "canceled_at", "canceled_by_id", "ends_at", "facility_id", "id", "instead_of_id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "starts_at", "user_id", "version") VALUES (OLD."cancel_reason", OLD."canceled_at", OLD."canceled_by_id", OLD."ends_at", OLD."facility_id", OLD."id", OLD."instead_of_id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."id", OLD."planned_at", OLD."planned_by_id", OLD."starts_at", OLD."user_id", OLD."version"); RETURN NULL;',
                                    hash="a965944d15fc5107f3531da8bcdbf5f03ae5199f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_98042",
                                    table="accounts_oncallshift",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="OnCallShiftHistory",
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
                                to="accounts.oncallshift",
                            ),
                        ),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        (
                            "id",
                            models.UUIDField(
                                db_default=audit.models.UUIDv7(),
                                default=audit.models.uuid7,
                                editable=False,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "facility",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("on_call", "Clinician on call"), ("lead", "Lead on call")],
                                default="on_call",
                                max_length=10,
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("planned_at", models.DateTimeField(editable=False)),
                        (
                            "planned_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "instead_of",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.oncallshift",
                            ),
                        ),
                        ("canceled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "canceled_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("cancel_reason", models.CharField(blank=True, editable=False, max_length=500)),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
