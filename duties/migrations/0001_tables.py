import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import audit.models
import audit.operations


class Migration(migrations.Migration):
    replaces = [
        ("duties", "0001_initial"),
        ("duties", "0002_rules"),
        ("duties", "0003_indexes_of_the_timeline"),
        ("duties", "0004_calls_owed"),
        ("duties", "0005_ladders_that_stay_inside"),
        ("duties", "0006_what_was_added"),
        ("duties", "0007_fewer_indexes"),
        ("duties", "0008_fallback"),
        ("duties", "0009_pages"),
        ("duties", "0010_notices_in_line"),
        ("duties", "0011_notices_that_ring"),
        ("duties", "0012_fewer_indexes_under_the_clock"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("audit", "0001_initial"),
        ("patients", "0001_tables"),
    ]

    operations = [
        audit.operations.Together(
            operations=[
                audit.operations.CreateTracked(
                    name="Ladder",
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
                        (
                            "facility",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="what is owed, in words: “Talk with the person”", max_length=200
                            ),
                        ),
                        (
                            "keeps_thread",
                            models.BooleanField(
                                default=False,
                                help_text="counts toward the promise that no open episode is without a duty",
                            ),
                        ),
                        (
                            "critical",
                            models.BooleanField(default=False, help_text="repeated until acknowledged, at any hour"),
                        ),
                        (
                            "stays_inside",
                            models.BooleanField(
                                default=False,
                                help_text="staff are told in the program alone, at the bedside; never by e-mail",
                            ),
                        ),
                        (
                            "resolve_within",
                            models.DurationField(
                                default=datetime.timedelta(days=1), help_text="after somebody says “I have it”"
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["slug", "-edition"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("slug", "facility", "edition"),
                                name="one_ladder_per_edition",
                                nulls_distinct=False,
                                violation_error_code="edition_taken",
                                violation_error_message="This edition of the ladder exists already.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="Rung",
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
                            "ladder",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rungs",
                                to="duties.ladder",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(help_text="0 is the first")),
                        ("offset", models.DurationField(help_text="from the due time; may be negative")),
                        (
                            "clock",
                            models.CharField(
                                choices=[("elapsed", "Elapsed time"), ("working", "The facility's working time")],
                                default="elapsed",
                                max_length=10,
                            ),
                        ),
                        (
                            "window",
                            models.DurationField(
                                default=datetime.timedelta(days=1),
                                help_text="for how long after its moment the telling is still worth doing",
                            ),
                        ),
                        (
                            "repeat",
                            models.DurationField(blank=True, help_text="the last rung must repeat", null=True),
                        ),
                        (
                            "whom",
                            models.CharField(
                                choices=[
                                    ("nobody", "Nobody"),
                                    ("owner", "Whoever owes it"),
                                    ("supervisor", "The supervisors here"),
                                    ("admin", "The administrators here"),
                                    ("privacy", "The privacy officers here"),
                                    ("prescriber", "The prescribers here"),
                                    ("nurse", "The nurses here"),
                                    ("counselor", "The counselors here"),
                                    ("aftercare", "The aftercare coaches here"),
                                    ("on_call", "Whoever is on call"),
                                    ("lead", "The lead on call, beside whoever is on call"),
                                    ("last_resort", "The last resort, beside whoever is on call"),
                                    ("patient", "The person"),
                                ],
                                default="owner",
                                max_length=20,
                            ),
                        ),
                        ("template", models.SlugField(blank=True)),
                        (
                            "fallback",
                            models.PositiveSmallIntegerField(
                                db_default=0,
                                default=0,
                                help_text="to the person: 0 by the way they chose first, 1 by the next that this duty has not used yet",
                            ),
                        ),
                        ("opens", models.SlugField(blank=True, help_text="slug of the ladder of a duty to open")),
                        (
                            "opens_for",
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
                                help_text="the role that owes it",
                                max_length=20,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["ladder", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("ladder", "position"),
                                name="one_rung_per_position",
                                violation_error_code="position_taken",
                                violation_error_message="There is a rung at this position already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("repeat", None), ("repeat__gte", datetime.timedelta(seconds=1)), _connector="OR"
                                ),
                                name="a_repeat_takes_time",
                                violation_error_code="repeat_too_short",
                                violation_error_message="A repeat takes at least a second.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("whom", "nobody"), _negated=True),
                                        models.Q(("template", ""), _negated=True),
                                    ),
                                    models.Q(("opens", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_rung_tells_or_opens",
                                violation_error_code="rung_does_nothing",
                                violation_error_message="A rung tells somebody, with a template, or opens a duty.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                audit.operations.CreateTracked(
                    name="Duty",
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.facility",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "episode",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="patients.episode",
                            ),
                        ),
                        (
                            "ladder",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="duties.ladder",
                            ),
                        ),
                        ("keeps_thread", models.BooleanField(default=False, editable=False)),
                        (
                            "because_of",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="led_to",
                                to="duties.duty",
                            ),
                        ),
                        (
                            "once",
                            models.CharField(
                                blank=True,
                                help_text="at a facility, only one open duty carries this mark",
                                max_length=100,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner_role",
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
                                help_text="who owes it when nobody is named, and when the named one leaves",
                                max_length=20,
                            ),
                        ),
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
                        ("due_at", models.DateTimeField()),
                        ("anchor_at", models.DateTimeField(editable=False)),
                        ("anchor_offset", models.DurationField(default=datetime.timedelta(0), editable=False)),
                        ("next_rung", models.PositiveSmallIntegerField(default=0, editable=False)),
                        (
                            "round",
                            models.PositiveIntegerField(
                                default=0, editable=False, help_text="repeats of the last rung so far"
                            ),
                        ),
                        (
                            "climb",
                            models.PositiveIntegerField(
                                default=0, editable=False, help_text="times the due time was set anew"
                            ),
                        ),
                        ("next_action_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("clock_set_at", models.DateTimeField(editable=False)),
                        ("acknowledged_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "acknowledged_by",
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
                        ("suspended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "suspended_by",
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
                        ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "closed_by",
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
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("resolved", "Done"),
                                    ("canceled", "No longer owed"),
                                    ("excused", "Excused"),
                                    ("unreachable", "Could not be reached"),
                                ],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("close_reason", models.CharField(blank=True, editable=False, max_length=500)),
                    ],
                    options={
                        "verbose_name_plural": "duties",
                        "ordering": ["next_action_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_at", None)),
                                fields=["next_action_at"],
                                name="duties_by_clock",
                            ),
                            models.Index(fields=["patient", "closed_at"], name="duties_of_a_person"),
                            models.Index(fields=["episode", "closed_at"], name="duties_of_an_episode"),
                            models.Index(
                                condition=models.Q(("closed_at", None)),
                                fields=["facility", "due_at"],
                                name="open_duties_here",
                            ),
                            models.Index(
                                condition=models.Q(("patient", None)), fields=["facility"], name="duties_about_nobody"
                            ),
                            models.Index(
                                condition=models.Q(("closed_at", None), ("owner__isnull", False)),
                                fields=["owner", "due_at"],
                                name="open_duties_of_a_user",
                            ),
                            models.Index(
                                condition=models.Q(("because_of__isnull", False)),
                                fields=["because_of"],
                                name="duties_that_follow",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("because_of__isnull", False), ("closed_at", None), ("keeps_thread", True)
                                ),
                                fields=["because_of"],
                                name="calls_owed",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("next_action_at__isnull", False)),
                                    models.Q(("closed_at__isnull", False), ("next_action_at", None)),
                                    _connector="OR",
                                ),
                                name="an_open_duty_has_a_running_clock",
                                violation_error_code="clock_silent",
                                violation_error_message="An open duty always has a next moment, a closed one never.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("closed_by", None), ("outcome", "")),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_closed_duty_has_who_and_how",
                                violation_error_code="closing_half_recorded",
                                violation_error_message="Closing a duty records when, by whom and how it ended.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("keeps_thread", False),
                                    ("next_action_at", None),
                                    (
                                        "next_action_at__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("clock_set_at"), "+", models.Value(datetime.timedelta(days=95))
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_thread_is_at_most_95_days_long",
                                violation_error_code="too_far_ahead",
                                violation_error_message="What keeps a person's thread is at most 95 days ahead.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("acknowledged_at", None), ("acknowledged_by", None)),
                                    models.Q(("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="an_acknowledgment_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="An acknowledgment records when and by whom.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("suspended_at", None), ("suspended_by", None)),
                                    models.Q(("suspended_at__isnull", False), ("suspended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_suspension_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="A suspension records when and by whom.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("episode", None), ("patient__isnull", False), _connector="OR"),
                                name="a_duty_of_an_episode_names_its_person",
                                violation_error_code="person_missing",
                                violation_error_message="A duty of an episode names the person.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("keeps_thread", False), ("patient__isnull", False), _connector="OR"
                                ),
                                name="a_thread_belongs_to_a_person",
                                violation_error_code="person_missing",
                                violation_error_message="A duty that keeps a thread names the person.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None), models.Q(("once", ""), _negated=True)),
                                fields=("facility", "once"),
                                name="one_open_duty_per_mark",
                                violation_error_code="duty_open",
                                violation_error_message="This is owed already.",
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="DutyEvent",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="duties.duty",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="patients.patient",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("opened", "Opened"),
                                    ("rung", "Rung reached"),
                                    ("acknowledged", "Acknowledged"),
                                    ("lapsed", "Acknowledged, but not done in time"),
                                    ("tried", "Tried"),
                                    ("noted", "Something was added"),
                                    ("suspended", "Suspended"),
                                    ("resumed", "Resumed"),
                                    ("reassigned", "Given to somebody else"),
                                    ("rescheduled", "Due time set anew"),
                                    ("stuck", "The clock failed and will try again"),
                                    ("closed", "Closed"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("at", models.DateTimeField(help_text="for a rung, the exact moment it stood for")),
                        ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("rung", models.PositiveSmallIntegerField(null=True)),
                        ("round", models.PositiveIntegerField(default=0)),
                        ("climb", models.PositiveIntegerField(default=0)),
                        (
                            "late_by_us",
                            models.BooleanField(
                                default=False, help_text="the system was down when the moment passed"
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("kind", "tried")),
                                fields=["patient", "-at"],
                                name="tries_at_a_person",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("duty", "climb", "rung", "round"),
                                name="one_edge_per_rung",
                                violation_error_code="edge_written",
                                violation_error_message="This rung has its edge already.",
                            )
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="Notice",
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
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="duties.duty",
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
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="patients.patient",
                            ),
                        ),
                        ("rung", models.PositiveSmallIntegerField()),
                        ("round", models.PositiveIntegerField(default=0)),
                        ("climb", models.PositiveIntegerField(default=0)),
                        ("to_patient", models.BooleanField(default=False)),
                        (
                            "to_user",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "to_role",
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
                                    ("on_call", "Whoever is on call"),
                                    ("lead", "The lead on call, beside whoever is on call"),
                                    ("last_resort", "The last resort, beside whoever is on call"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("template", models.SlugField(db_index=False)),
                        ("critical", models.BooleanField(default=False)),
                        ("late_by_us", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField()),
                        ("send_at", models.DateTimeField(help_text="not before this")),
                        ("expires_at", models.DateTimeField(help_text="not worth sending after this")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("handing_over", "Being handed over"),
                                    ("sent", "Sent"),
                                    ("unconfirmed", "Handed over, outcome unknown"),
                                    ("failed", "Failed"),
                                    ("canceled", "Not sent"),
                                ],
                                default="waiting",
                                max_length=20,
                            ),
                        ),
                        ("state_reason", models.CharField(blank=True, max_length=100)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "read_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["-critical", "to_patient", "send_at"],
                                name="notices_in_line",
                            ),
                            models.Index(
                                condition=models.Q(("state", "handing_over")),
                                fields=["lease_until"],
                                name="notices_on_lease",
                            ),
                            models.Index(
                                condition=models.Q(("to_patient", False)),
                                fields=["to_user", "-made_at"],
                                name="inbox_of_a_user",
                            ),
                            models.Index(
                                condition=models.Q(("to_patient", False)),
                                fields=["facility", "to_role", "-made_at"],
                                name="inbox_of_a_role",
                            ),
                            models.Index(
                                condition=models.Q(("critical", True)),
                                fields=["facility", "-made_at"],
                                name="notices_that_ring",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("duty", "climb", "rung", "round"),
                                name="one_notice_per_rung",
                                violation_error_code="notice_made",
                                violation_error_message="This rung has its notice already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("late_by_us", True), ("state", "waiting"), ("to_patient", True)),
                                fields=("patient",),
                                name="one_waiting_message_after_an_outage",
                                violation_error_code="message_waiting",
                                violation_error_message="A message to this person is waiting already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("patient__isnull", False),
                                        ("to_patient", True),
                                        ("to_role", ""),
                                        ("to_user", None),
                                    ),
                                    models.Q(
                                        ("to_patient", False),
                                        models.Q(
                                            ("to_user__isnull", False),
                                            models.Q(("to_role", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_notice_is_to_the_person_or_to_staff",
                                violation_error_code="notice_to_whom",
                                violation_error_message="A notice is to the person or to staff.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lease_until__isnull", False), ("state", "handing_over")),
                                    models.Q(
                                        models.Q(("state", "handing_over"), _negated=True), ("lease_until", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_handover_has_a_lease",
                                violation_error_code="lease_missing",
                                violation_error_message="A notice being handed over has a lease.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("read_at", None), ("read_by", None)),
                                    models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_reading_has_who",
                                violation_error_code="half_recorded",
                                violation_error_message="A reading records when and by whom.",
                            ),
                        ],
                    },
                ),
                audit.operations.CreateTracked(
                    name="Pulse",
                    fields=[
                        ("name", models.CharField(max_length=50, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
