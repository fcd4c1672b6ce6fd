"""After discharge: the plan, its check-ins, and what people answer."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, Role, by_whom, clinical
from audit.models import Record, Rows, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows
from treatment.models import Discharge

A_DAY = timedelta(days=1)


class Schedules(Rows):
    """Schedules."""

    def current(self, slug, facility):
        """The newest edition: the facility's own when it has one."""
        return (
            self.filter(Q(facility=facility) | Q(facility=None), slug=slug)
            .order_by(F("facility").asc(nulls_last=True), "-edition")
            .first()
        )


class Schedule(Record):
    """When check-ins fall due after day 0: versioned data, never changed once published."""

    slug = models.SlugField(max_length=50)
    edition = models.PositiveIntegerField(default=1)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    steps = ArrayField(
        models.DurationField(),
        help_text="from day 0; whole days fall at the local time below, shorter ones count from the hour itself",
    )
    local_time = models.TimeField(default=time(10))
    source = models.CharField(max_length=500, blank=True)

    objects = Schedules.as_manager()

    refusals = {
        "a_schedule_never_changes": (
            "schedule_published",
            "A schedule never changes; publish a new edition.",
        )
    }

    class Meta:
        ordering = ["slug", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "facility", "edition"],
                nulls_distinct=False,
                name="one_schedule_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the schedule exists already.",
            ),
            models.CheckConstraint(
                name="a_schedule_has_steps",
                condition=Q(steps__len__gt=0),
                violation_error_code="schedule_empty",
                violation_error_message="A schedule has at least one step.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.edition})"

    def due_at(self, number, anchor_at, zone):
        """The instant of step `number` (from 0) for a person whose day 0 began at `anchor_at` in `zone`.

        A wall time skipped by daylight saving falls an hour later, a doubled one on its first occurrence.
        """
        step = self.steps[number]
        if step % A_DAY:
            return anchor_at + step
        tz = ZoneInfo(zone)
        day = anchor_at.astimezone(tz).date() + step
        return datetime.combine(day, self.local_time, tz).astimezone(ZoneInfo("UTC"))


class PlanEnd(models.TextChoices):
    """Why an aftercare plan ended."""

    COMPLETED = "completed", "Ran its course"
    BACK_TO_TREATMENT = "back_to_treatment", "Back to treatment"
    CLOSED = "closed", "Episode closed"


class AftercarePlans(PatientRows):
    """Aftercare plans."""

    def active(self):
        """Those not ended."""
        return self.right().filter(ended_at=None)


@clinical
class AftercarePlan(Record):
    """What a person is followed up by: a schedule, counted from a day 0, in the person's own time zone."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="aftercare_plans")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="aftercare_plans")
    discharge = models.ForeignKey(
        Discharge, on_delete=models.PROTECT, null=True, blank=True, related_name="aftercare_plans"
    )
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="+")
    end_duty = models.OneToOneField(
        Duty,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_ending",
        editable=False,
        help_text="once the schedule has run out: decide what comes next",
    )
    coach = by_whom(help_text="who calls; none: the aftercare role here")
    anchor_at = models.DateTimeField(help_text="day 0: the discharge, or the talk")
    zone = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    end_reason = models.CharField(max_length=20, choices=PlanEnd, blank=True, editable=False)

    objects = AftercarePlans.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_plan_end_has_who_and_why",
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
                violation_error_code="half_recorded",
                violation_error_message="A plan's end records when, by whom and why.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(ended_at=None, entered_in_error_at=None),
                name="one_active_plan_per_episode",
                violation_error_code="plan_active",
                violation_error_message="The person has an aftercare plan already.",
            ),
        ]

    def __str__(self):
        return f"{self.patient}: {self.schedule.name}"

    def caller(self):
        """The coach, for as long as they are one here; otherwise nobody by name."""
        return self.coach if self.coach and self.coach.is_at(self.facility, [Role.AFTERCARE]) else None


class CheckInOutcome(models.TextChoices):
    """How a check-in ended."""

    ANSWERED = "answered", "Answered"
    REACHED = "reached", "Reached by phone"
    MISSED = "missed", "Missed"
    CANCELED = "canceled", "No longer needed"


class CheckIns(PatientRows):
    """Check-ins."""

    along = ("plan__schedule", "plan__facility", "duty")

    def open(self):
        """Those not closed."""
        return self.right().filter(closed_at=None)

    def unanswered(self, now):
        """The call list: check-ins for which a call is owed because the time to answer has passed.

        Those closed as missed stay on it, until the person is reached or the call is given up.
        """
        calls = Duty.objects.open().filter(because_of__isnull=False, keeps_thread=True)
        calls = calls.filter(because_of=models.OuterRef("duty"))
        answers = Answer.objects.right().filter(check_in=models.OuterRef("pk"))
        return self.right().filter(models.Exists(calls), ~models.Exists(answers), due_at__lte=now)


@clinical
class CheckIn(Record):
    """One planned contact after discharge; at most one is open per active plan."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="check_ins")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(AftercarePlan, on_delete=models.PROTECT, related_name="check_ins")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="check_in")
    number = models.PositiveSmallIntegerField(help_text="step of the schedule, from 0")
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = by_whom(editable=False)
    outcome = models.CharField(max_length=20, choices=CheckInOutcome, blank=True, editable=False)

    objects = CheckIns.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_closed_check_in_has_who_and_how",
                condition=Q(closed_at=None, closed_by=None, outcome="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome=""),
                violation_error_code="half_recorded",
                violation_error_message="A check-in's end records when, by whom and how.",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(closed_at=None, entered_in_error_at=None),
                name="one_open_check_in_per_plan",
                violation_error_code="check_in_open",
                violation_error_message="A check-in is open already.",
            ),
            models.UniqueConstraint(
                fields=["plan", "number"],
                condition=Q(entered_in_error_at=None),
                name="one_check_in_per_step",
                violation_error_code="check_in_made",
                violation_error_message="This step has its check-in already.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-due_at"], name="check_ins_of_a_person"),
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="open_check_ins"),
        ]

    def __str__(self):
        return f"Check-in {self.number + 1} of {self.patient}"

    def calls(self):
        """The calls owed because it, or one before it, was not answered.

        A call that was asked for in an answer is not among them. What else a check-in led to, such as looking
        into a message, goes on by itself.
        """
        answers = Answer.objects.right().filter(check_in=models.OuterRef("because_of__check_in"))
        return Duty.objects.open().filter(
            ~models.Exists(answers),
            keeps_thread=True,
            because_of__check_in__plan=self.plan_id,
            because_of__check_in__number__lte=self.number,
        )


class AnsweredBy(models.TextChoices):
    """How an answer came."""

    CALL = "call", "By phone"
    IN_PERSON = "in_person", "In person"
    MESSAGE = "message", "By message"


class Answers(PatientRows):
    """Answers."""


@clinical
class Answer(Record):
    """What a person said at a check-in, in time or late."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="answers")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="answers")
    how = models.CharField(max_length=20, choices=AnsweredBy)
    answered_at = models.DateTimeField()
    answered_by = by_whom(null=False, blank=False, help_text="who wrote it down")
    received_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    craving = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(100)], help_text="0-100, right now"
    )
    ketamine_days = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(31)], help_text="days of use since last time"
    )
    other_use = models.CharField(max_length=500, blank=True)
    wants_call = models.BooleanField(default=False)
    text = models.TextField(blank=True, max_length=4000)

    objects = Answers.as_manager()

    refusals = {
        "an_answer_never_changes": (
            "answer_given",
            "An answer never changes. Mark it as entered in error, or write down another.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="craving_is_0_to_100",
                condition=Q(craving=None) | Q(craving__lte=100),
                violation_error_code="craving_range",
                violation_error_message="Craving is a number from 0 to 100.",
            )
        ]
        indexes = [models.Index(fields=["patient", "-answered_at"], name="answers_of_a_person")]

    def __str__(self):
        return f"Answer to {self.check_in}"


class DeathReports(PatientRows):
    """Death reports."""

    def open(self):
        """Those neither confirmed nor withdrawn."""
        return self.right().filter(confirmed_at=None, withdrawn_at=None)


@clinical
class DeathReport(Record):
    """Somebody said a person died: messages pause at once, and the facility owes finding out."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="death_reports")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="death_reports"
    )
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="death_report")
    told_by = models.CharField(max_length=200, help_text="who said so")
    reported_at = models.DateTimeField()
    reported_by = by_whom(null=False, blank=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = by_whom(editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = by_whom(editable=False)
    reason = models.CharField(max_length=500, blank=True, help_text="how it was confirmed, or why withdrawn")

    objects = DeathReports.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_death_confirmation_has_who", "confirmed_at", "confirmed_by"),
            together("a_death_withdrawal_has_who", "withdrawn_at", "withdrawn_by"),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(withdrawn_at=None, entered_in_error_at=None),
                name="one_death_report_per_person",
                violation_error_code="death_reported",
                violation_error_message="A death has been reported already.",
            ),
        ]

    def __str__(self):
        return f"Death reported: {self.patient}"
