"""Who owes what by when, and what became of it. The engine knows no clinical word."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, Role, User, by_whom
from audit.models import Record, Rows
from patients.models import Episode, Patient, PatientRows

from .ladders import Ladder

FARTHEST = timedelta(days=95)  # no duty that keeps a thread may lie further ahead


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

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="duties", db_index=False
    )
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="duties", db_index=False
    )
    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="+", db_index=False)
    keeps_thread = models.BooleanField(default=False, editable=False)
    stands_for_a_record = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="ends only when that record has its answer; a trigger of the record's table says so here",
    )
    because_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="led_to", db_index=False
    )
    once = models.CharField(
        max_length=100, blank=True, help_text="at a facility, only one open duty carries this mark"
    )
    note = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="duties", db_index=False
    )
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
        indexes = [  # the clock writes every one that holds an open duty: as few as answer what is asked
            models.Index(fields=["next_action_at"], condition=Q(closed_at=None), name="duties_by_clock"),
            models.Index(fields=["patient", "closed_at"], name="duties_of_a_person"),
            models.Index(fields=["episode", "closed_at"], name="duties_of_an_episode"),
            models.Index(
                fields=["facility", "ladder", "due_at"], condition=Q(closed_at=None), name="open_duties_here"
            ),
            models.Index(fields=["facility"], condition=Q(patient=None), name="duties_about_nobody"),
            models.Index(
                fields=["owner", "due_at"],
                condition=Q(closed_at=None, owner__isnull=False),
                name="open_duties_of_a_user",
            ),
            models.Index(fields=["because_of"], condition=Q(because_of__isnull=False), name="duties_that_follow"),
            models.Index(
                fields=["because_of"],
                condition=Q(closed_at=None, keeps_thread=True, because_of__isnull=False),
                name="calls_owed",
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
    # A trigger holds these keys, and who did it, for thousands at a time; a check each was a fifth of a tick.
    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, related_name="events", db_index=False, db_constraint=False
    )
    patient = models.ForeignKey(
        Patient,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(help_text="for a rung, the exact moment it stood for")
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    by = by_whom(null=False, blank=False, db_constraint=False)
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
                fields=["duty", "climb", "rung", "round"],  # what is no rung has none, and may come again
                name="one_edge_per_rung",
                violation_error_code="edge_written",
                violation_error_message="This rung has its edge already.",
            )
        ]
        indexes = [models.Index(fields=["patient", "-at"], condition=Q(kind=Kind.TRIED), name="tries_at_a_person")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"
