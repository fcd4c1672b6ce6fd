"""Who owes what by when, and who hears if it is late. The engine knows no clinical word."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, Role, User, by_whom
from audit.models import Record, Rows
from patients.models import Episode, Patient, PatientRows

FARTHEST = timedelta(days=95)  # no duty that keeps a thread may lie further ahead


class Ladders(Rows):
    """Ladders."""

    def published(self, slug, facility):
        """Published editions for a facility, the one in force first: its own before the shared, new before old."""
        return self.filter(Q(facility=facility) | Q(facility=None), slug=slug, published_at__isnull=False).order_by(
            F("facility").asc(nulls_last=True), "-edition"
        )

    def current(self, slug, facility):
        """The edition in force."""
        return self.published(slug, facility).first()


class Ladder(Record):
    """Who hears, and when, about a kind of duty. Published editions never change; a duty keeps its own."""

    slug = models.SlugField(max_length=50)
    edition = models.PositiveIntegerField(default=1)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, help_text="what is owed, in words: “Talk with the person”")
    keeps_thread = models.BooleanField(
        default=False, help_text="counts toward the promise that no open episode is without a duty"
    )
    critical = models.BooleanField(default=False, help_text="repeated until acknowledged, at any hour")
    resolve_within = models.DurationField(default=timedelta(hours=24), help_text="after somebody says “I have it”")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = Ladders.as_manager()

    refusals = {
        "a_published_ladder_never_changes": (
            "ladder_published",
            "A published ladder never changes; publish a new edition.",
        ),
        "the_last_rung_repeats": ("last_rung_ends", "The last rung of a ladder must repeat."),
    }

    class Meta:
        ordering = ["slug", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "facility", "edition"],
                nulls_distinct=False,
                name="one_ladder_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the ladder exists already.",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.slug} {self.edition})"


class Clock(models.TextChoices):
    """How a rung's offset is counted."""

    ELAPSED = "elapsed", "Elapsed time"
    WORKING = "working", "The facility's working time"


class Whom(models.TextChoices):
    """Who hears."""

    NOBODY = "nobody", "Nobody"
    OWNER = "owner", "Whoever owes it"
    SUPERVISOR = "supervisor", "The supervisors here"
    ADMIN = "admin", "The administrators here"
    PRIVACY = "privacy", "The privacy officers here"
    PRESCRIBER = "prescriber", "The prescribers here"
    NURSE = "nurse", "The nurses here"
    COUNSELOR = "counselor", "The counselors here"
    AFTERCARE = "aftercare", "The aftercare coaches here"
    PATIENT = "patient", "The person"


class Rungs(Rows):
    """Rungs."""

    def current(self, slug, facility):
        """The rungs of the edition in force, in order and with their ladder, in one statement."""
        ladder = Ladder.objects.published(slug, facility).values("pk")[:1]
        return self.filter(ladder=models.Subquery(ladder)).select_related("ladder").order_by("position")

    def current_of(self, pairs):
        """The same for several pairs of slug and facility, still in one statement: a list of rungs for each."""
        which = Q(pk=None)
        for slug, facility in set(pairs):
            which |= Q(ladder=models.Subquery(Ladder.objects.published(slug, facility).values("pk")[:1]))
        rungs = list(self.filter(which).select_related("ladder").order_by("position"))
        ladders = {(rung.ladder.slug, rung.ladder.facility_id): rung.ladder_id for rung in rungs}
        own = [ladders.get((slug, facility.pk), ladders.get((slug, None))) for slug, facility in pairs]
        return [[rung for rung in rungs if rung.ladder_id == ladder] for ladder in own]


class Rung(Record):
    """One step of a ladder: at an offset from the due time, tell somebody or open a duty on another ladder."""

    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="rungs")
    position = models.PositiveSmallIntegerField(help_text="0 is the first")
    offset = models.DurationField(help_text="from the due time; may be negative")
    clock = models.CharField(max_length=10, choices=Clock, default=Clock.ELAPSED)
    window = models.DurationField(
        default=timedelta(hours=24),
        help_text="for how long after its moment the telling is still worth doing",
    )
    repeat = models.DurationField(null=True, blank=True, help_text="the last rung must repeat")
    whom = models.CharField(max_length=20, choices=Whom, default=Whom.OWNER)
    template = models.SlugField(max_length=50, blank=True)
    opens = models.SlugField(max_length=50, blank=True, help_text="slug of the ladder of a duty to open")
    opens_for = models.CharField(max_length=20, choices=Role, blank=True, help_text="the role that owes it")

    objects = Rungs.as_manager()

    class Meta:
        ordering = ["ladder", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["ladder", "position"],
                name="one_rung_per_position",
                violation_error_code="position_taken",
                violation_error_message="There is a rung at this position already.",
            ),
            models.CheckConstraint(
                name="a_repeat_takes_time",
                condition=Q(repeat=None) | Q(repeat__gte=timedelta(seconds=1)),
                violation_error_code="repeat_too_short",
                violation_error_message="A repeat takes at least a second.",
            ),
            models.CheckConstraint(
                name="a_rung_tells_or_opens",
                condition=~Q(whom=Whom.NOBODY) & ~Q(template="") | ~Q(opens=""),
                violation_error_code="rung_does_nothing",
                violation_error_message="A rung tells somebody, with a template, or opens a duty.",
            ),
        ]

    def __str__(self):
        return f"{self.ladder.slug} {self.position}"


class Outcome(models.TextChoices):
    """How a duty ended."""

    RESOLVED = "resolved", "Done"
    CANCELED = "canceled", "No longer owed"
    EXCUSED = "excused", "Excused"
    UNREACHABLE = "unreachable", "Could not be reached"


class Duties(PatientRows):
    """Duties."""

    def open(self):
        """Those still owed."""
        return self.filter(closed_at=None)

    def due(self, now):
        """Those whose clock asks for attention; all of them are open, and the clock's index holds only such."""
        return self.open().filter(next_action_at__lte=now)

    def overdue(self, now):
        """Those still owed after the time they were due."""
        return self.open().filter(due_at__lt=now)

    def owed_by(self, user):
        """Those this user owes, by name or through a role held at the place."""
        return self.open().filter(Q(owner=user) | Q(owner=None) & user.holds("owner_role"))

    def visible_to(self, user, roles):
        """Duties about people this user may see, and those of the places where they hold one of these roles."""
        of_the_place = Q(patient=None, facility__in=user.places_as(roles))
        return self.filter(self.about_people_of(user, roles) | of_the_place)


class Duty(Record):
    """Something somebody named owes, by a stated time, on a stated ladder of who hears when it is late."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="duties")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="duties")
    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="+")
    keeps_thread = models.BooleanField(default=False, editable=False)
    because_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="led_to")
    once = models.CharField(
        max_length=100, blank=True, help_text="at a facility, only one open duty carries this mark"
    )
    note = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="duties")
    owner_role = models.CharField(
        max_length=20,
        choices=Role,
        help_text="who owes it when nobody is named, and when the named one leaves",
    )
    opened_at = models.DateTimeField()
    opened_by = by_whom(null=False, blank=False)
    due_at = models.DateTimeField()

    # The clock. Offsets are counted from anchor_at, which stands for the offset anchor_offset.
    anchor_at = models.DateTimeField(editable=False)
    anchor_offset = models.DurationField(default=timedelta(0), editable=False)
    next_rung = models.PositiveSmallIntegerField(default=0, editable=False)
    round = models.PositiveIntegerField(default=0, editable=False, help_text="repeats of the last rung so far")
    climb = models.PositiveIntegerField(default=0, editable=False, help_text="times the due time was set anew")
    next_action_at = models.DateTimeField(null=True, blank=True, editable=False)
    clock_set_at = models.DateTimeField(editable=False)

    acknowledged_at = models.DateTimeField(null=True, blank=True, editable=False)
    acknowledged_by = by_whom(editable=False)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    suspended_by = by_whom(editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = by_whom(editable=False)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True, editable=False)
    close_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = Duties.as_manager()

    refusals = {
        "an_open_episode_has_an_open_duty": (
            "thread_dropped",
            "This would leave the person without anything owed to them. Say what is owed next, and by when.",
        ),
        "a_closed_duty_never_changes": ("duty_closed", "This duty is closed."),
    }

    class Meta:
        verbose_name_plural = "duties"
        ordering = ["next_action_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_open_duty_has_a_running_clock",
                condition=Q(closed_at=None, next_action_at__isnull=False)
                | Q(closed_at__isnull=False, next_action_at=None),
                violation_error_code="clock_silent",
                violation_error_message="An open duty always has a next moment, a closed one never.",
            ),
            models.CheckConstraint(
                name="a_closed_duty_has_who_and_how",
                condition=Q(closed_at=None, closed_by=None, outcome="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome=""),
                violation_error_code="closing_half_recorded",
                violation_error_message="Closing a duty records when, by whom and how it ended.",
            ),
            models.CheckConstraint(
                name="a_thread_is_at_most_95_days_long",
                condition=Q(keeps_thread=False)
                | Q(next_action_at=None)
                | Q(next_action_at__lte=F("clock_set_at") + FARTHEST),
                violation_error_code="too_far_ahead",
                violation_error_message="What keeps a person's thread is at most 95 days ahead.",
            ),
            models.CheckConstraint(
                name="an_acknowledgment_has_who",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                violation_error_code="half_recorded",
                violation_error_message="An acknowledgment records when and by whom.",
            ),
            models.CheckConstraint(
                name="a_suspension_has_who",
                condition=Q(suspended_at=None, suspended_by=None)
                | Q(suspended_at__isnull=False, suspended_by__isnull=False),
                violation_error_code="half_recorded",
                violation_error_message="A suspension records when and by whom.",
            ),
            models.CheckConstraint(
                name="a_duty_of_an_episode_names_its_person",
                condition=Q(episode=None) | Q(patient__isnull=False),
                violation_error_code="person_missing",
                violation_error_message="A duty of an episode names the person.",
            ),
            models.CheckConstraint(
                name="a_thread_belongs_to_a_person",
                condition=Q(keeps_thread=False) | Q(patient__isnull=False),
                violation_error_code="person_missing",
                violation_error_message="A duty that keeps a thread names the person.",
            ),
            models.UniqueConstraint(
                fields=["facility", "once"],
                condition=Q(closed_at=None) & ~Q(once=""),
                name="one_open_duty_per_mark",
                violation_error_code="duty_open",
                violation_error_message="This is owed already.",
            ),
        ]
        indexes = [
            models.Index(fields=["next_action_at"], condition=Q(closed_at=None), name="duties_by_clock"),
            models.Index(
                fields=["episode"], condition=Q(closed_at=None, keeps_thread=True), name="threads_by_episode"
            ),
            models.Index(fields=["patient"], condition=Q(closed_at=None), name="open_duties_of_a_person"),
            models.Index(fields=["facility", "due_at"], condition=Q(closed_at=None), name="open_duties_here"),
            models.Index(fields=["owner", "due_at"], condition=Q(closed_at=None), name="open_duties_of_user"),
            models.Index(fields=["because_of"], name="duties_led_to"),
            models.Index(
                fields=["because_of"],
                condition=Q(closed_at=None, keeps_thread=True, because_of__isnull=False),
                name="calls_owed",
            ),
            models.Index(
                fields=["patient", "-closed_at"],
                condition=Q(closed_at__isnull=False),
                name="closed_duties_of_a_person",
            ),
        ]

    def __str__(self):
        return self.ladder.name

    def is_open(self):
        """Is it still owed?"""
        return self.closed_at is None

    def require_open(self):
        """Raise duty_closed when it is not owed any more."""
        if not self.is_open():
            raise ValidationError(
                "This duty was closed as “%(how)s”.",
                code="duty_closed",
                params={"how": self.get_outcome_display().lower()},
            )


class Kind(models.TextChoices):
    """What happened to a duty."""

    OPENED = "opened", "Opened"
    RUNG = "rung", "Rung reached"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    LAPSED = "lapsed", "Acknowledged, but not done in time"
    TRIED = "tried", "Tried"
    NOTED = "noted", "Something was added"
    SUSPENDED = "suspended", "Suspended"
    RESUMED = "resumed", "Resumed"
    REASSIGNED = "reassigned", "Given to somebody else"
    RESCHEDULED = "rescheduled", "Due time set anew"
    STUCK = "stuck", "The clock failed and will try again"
    CLOSED = "closed", "Closed"


class DutyEvents(Rows):
    """What happened to duties."""

    def visible_to(self, user, roles):
        """Events of the duties this user may see."""
        return self.filter(duty__in=Duty.objects.visible_to(user, roles))


class DutyEvent(models.Model):
    """Something that happened to a duty: its history and its proof. Append-only."""

    id = models.BigAutoField(primary_key=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="events")
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(help_text="for a rung, the exact moment it stood for")
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    rung = models.PositiveSmallIntegerField(null=True)
    round = models.PositiveIntegerField(default=0)
    climb = models.PositiveIntegerField(default=0)
    late_by_us = models.BooleanField(default=False, help_text="the system was down when the moment passed")
    note = models.CharField(max_length=500, blank=True)

    objects = DutyEvents.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "climb", "rung", "round"],
                condition=Q(kind=Kind.RUNG),
                name="one_edge_per_rung",
                violation_error_code="edge_written",
                violation_error_message="This rung has its edge already.",
            )
        ]
        indexes = [models.Index(fields=["patient", "-at"], condition=Q(kind=Kind.TRIED), name="tries_at_a_person")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"


class NoticeState(models.TextChoices):
    """Where a notice is."""

    WAITING = "waiting", "Waiting"
    HANDING_OVER = "handing_over", "Being handed over"
    SENT = "sent", "Sent"
    UNCONFIRMED = "unconfirmed", "Handed over, outcome unknown"
    FAILED = "failed", "Failed"
    CANCELED = "canceled", "Not sent"


class Notices(Rows):
    """Notices."""

    def unsent(self):
        """Those waiting to be handed over."""
        return self.filter(state=NoticeState.WAITING)

    def visible_to(self, user, roles):
        """Notices of the duties this user may see."""
        return self.filter(duty__in=Duty.objects.visible_to(user, roles))

    def inbox(self, user):
        """What this user has been told: by name, or through a role held at the place."""
        return self.filter(Q(to_user=user) | Q(to_user=None) & user.holds("to_role"), to_patient=False)


class Notice(Record):
    """Something to tell somebody because a rung was reached: the outbox, and the staff inbox."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="notices")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    rung = models.PositiveSmallIntegerField()
    round = models.PositiveIntegerField(default=0)
    climb = models.PositiveIntegerField(default=0)
    to_patient = models.BooleanField(default=False)
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_role = models.CharField(max_length=20, choices=Role, blank=True)
    template = models.SlugField(max_length=50)
    critical = models.BooleanField(default=False)
    late_by_us = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    send_at = models.DateTimeField(help_text="not before this")
    expires_at = models.DateTimeField(help_text="not worth sending after this")
    state = models.CharField(max_length=20, choices=NoticeState, default=NoticeState.WAITING)
    state_reason = models.CharField(max_length=100, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = by_whom()

    objects = Notices.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "climb", "rung", "round"],
                name="one_notice_per_rung",
                violation_error_code="notice_made",
                violation_error_message="This rung has its notice already.",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(to_patient=True, late_by_us=True, state=NoticeState.WAITING),
                name="one_waiting_message_after_an_outage",
                violation_error_code="message_waiting",
                violation_error_message="A message to this person is waiting already.",
            ),
            models.CheckConstraint(
                name="a_notice_is_to_the_person_or_to_staff",
                condition=Q(to_patient=True, patient__isnull=False, to_user=None, to_role="")
                | Q(to_patient=False) & (Q(to_user__isnull=False) | ~Q(to_role="")),
                violation_error_code="notice_to_whom",
                violation_error_message="A notice is to the person or to staff.",
            ),
            models.CheckConstraint(
                name="a_handover_has_a_lease",
                condition=Q(state=NoticeState.HANDING_OVER, lease_until__isnull=False)
                | ~Q(state=NoticeState.HANDING_OVER) & Q(lease_until=None),
                violation_error_code="lease_missing",
                violation_error_message="A notice being handed over has a lease.",
            ),
            models.CheckConstraint(
                name="a_reading_has_who",
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                violation_error_code="half_recorded",
                violation_error_message="A reading records when and by whom.",
            ),
        ]
        indexes = [
            models.Index(fields=["send_at"], condition=Q(state="waiting"), name="notices_to_send"),
            models.Index(fields=["lease_until"], condition=Q(state="handing_over"), name="notices_on_lease"),
            models.Index(fields=["to_user", "-made_at"], name="notices_of_user"),
            models.Index(fields=["facility", "to_role", "-made_at"], name="notices_of_role"),
        ]

    def __str__(self):
        return f"{self.template} for {self.duty}"


class Pulse(models.Model):
    """When each part of the engine last ran: what the watchdog reads."""

    name = models.CharField(max_length=50, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
