"""Which instruments a program asks when, also after discharge, and for each person the one rolling duty of each."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from accounts.models import Facility, Role, by_whom
from audit.models import Record, Rows, history, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows, SubstanceUse

from .instruments import Instrument
from .placements import Placement, Program, Track

EARLY = timedelta(days=7)  # an answer this long before a step of a schedule counts for it [D]
A_DAY = timedelta(days=1)


def next_time(days, every_days, *, anchor_at, last_at, at):
    """(number, due time) of what is asked next, or None when the schedule has run out. Pure.

    The steps come first, counted from the anchor: the first is done by any answer, a later one by an answer within
    a week before it; one that lies behind the step after it is passed over. Then it is asked again so many days
    after the last answer, without a number. What would be due in the past is due as on the first day.
    """
    steps = [(number, anchor_at + day * A_DAY) for number, day in enumerate(days)]
    left = [(number, due) for number, due in steps if last_at is None or (number > 0 and due - EARLY > last_at)]
    while len(left) > 1 and left[1][1] <= at:
        left.pop(0)
    if not left and every_days is None:
        return None
    number, due_at = left[0] if left else (None, last_at + every_days * A_DAY)
    return number, due_at if due_at > at else at + days[0] * A_DAY


class AssessmentSchedules(Rows):
    """Schedules."""

    def in_force(self):
        """Those that were not ended."""
        return self.filter(ended_at=None)

    def after(self, episode):
        """What the last program of somebody who is discharged asks of them afterwards."""
        mine = Placement.objects.right().filter(episode=episode, track=Track.MAIN)
        last = mine.order_by("-began_at").values("program")[:1]
        rows = self.in_force().filter(program=Subquery(last), after_discharge=True).select_related("instrument")
        return rows.filter(for_whoever_uses(episode.patient.records().values("pk"))).order_by("pk")

    def asked_of(self, episode, person):
        """What an outer program asks in this episode, as data, with when it was asked before: one subquery.

        `person` is the key of the surviving record. What is only for people who use ketamine is asked of nobody
        else (domain 10).
        """
        before = ScheduledAssessment.objects.filter(episode=episode, slug=OuterRef("slug"))
        rows = (
            self.in_force()
            .filter(program=OuterRef("pk"), after_discharge=False)
            .filter(for_whoever_uses(Patient.objects.records_of(person)))
        )
        told = JSONObject(
            pk="pk",
            slug="slug",
            name="instrument__name",
            days="days",
            every_days="every_days",
            role="role",
            known=Exists(before),
            anchor_at=Subquery(before.values("anchor_at")),
            last_at=Subquery(before.values("last_at")),
        )
        return ArraySubquery(rows.order_by("pk").values(told=told))


def for_whoever_uses(records):
    """The condition that a schedule is for somebody with these records."""
    return Q(only_ketamine=False) | Exists(SubstanceUse.objects.ketamine().filter(patient__in=records))


class AssessmentSchedule(Record):
    """When a program asks an instrument of each person: days after admission, then every so many days.

    It is asked until discharge, or from then on until nobody follows the person up any more. A schedule never
    changes; another one takes its place.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="assessment_schedules")
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="+", help_text="the newest edition of it is asked"
    )
    slug = models.SlugField(max_length=50, editable=False, help_text="of the instrument, whatever its edition")
    days = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(3650)]),
        help_text="days after admission, or after discharge, the first of them at the latest",
    )
    every_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text="then again, so many days after the last; empty: not again",
    )
    role = models.CharField(max_length=20, choices=Role, default=Role.COUNSELOR, help_text="who asks")
    only_ketamine = models.BooleanField(default=False, help_text="only of people of whom ketamine use is known")
    after_discharge = models.BooleanField(
        default=False, db_default=False, help_text="of those who were discharged, while they are followed up"
    )
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)

    objects = AssessmentSchedules.as_manager()

    refusals = {
        "a_schedule_of_assessments_never_changes": (
            "schedule_fixed",
            "A schedule never changes. Schedule the instrument anew.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_schedule_of_assessments_end_has_who", "ended_at", "ended_by"),
            models.CheckConstraint(
                name="a_schedule_of_assessments_has_a_first_day",
                condition=Q(days__len__gt=0),
                violation_error_code="days_missing",
                violation_error_message="Say how many days after admission it is first asked.",
            ),
            models.CheckConstraint(
                name="what_is_asked_again_is_asked_after_a_day",
                condition=Q(every_days=None) | Q(every_days__gte=1),
                violation_error_code="every_too_often",
                violation_error_message="It is asked again after a day at the earliest.",
            ),
            models.UniqueConstraint(
                fields=["program", "slug", "after_discharge"],
                condition=Q(ended_at=None),
                name="one_schedule_per_program_and_instrument",
                violation_error_code="scheduled_already",
                violation_error_message="This program asks it already.",
            ),
        ]

    def __str__(self):
        return f"{self.instrument}: {self.in_words()}"

    def in_words(self):
        """When it is asked."""
        first = f"day {', '.join(map(str, self.days))}{' after discharge' if self.after_discharge else ''}"
        return f"{first}, then every {self.every_days} days" if self.every_days else first


class ScheduledAssessments(PatientRows):
    """What is asked of people."""

    def open(self):
        """Those owed."""
        return self.filter(duty__closed_at=None, duty__isnull=False)

    def overdue(self, now):
        """Those owed after the time they were due."""
        return self.open().filter(duty__due_at__lt=now)


@history
class ScheduledAssessment(Record):
    """An instrument that is asked of a person again and again: one row, with the one duty of the next time.

    No duty: the schedule has run out. A closed duty: it is not asked any more, and says why.
    """

    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, related_name="scheduled_assessments", db_index=False
    )
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="scheduled_assessments", db_index=False
    )
    schedule = models.ForeignKey(AssessmentSchedule, on_delete=models.PROTECT, related_name="people")
    slug = models.SlugField(max_length=50, help_text="of the instrument")
    anchor_at = models.DateTimeField(help_text="day 0 of its steps: the first admission")
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of the step, from 0; none: again")
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="scheduled_assessment"
    )
    last_at = models.DateTimeField(null=True, blank=True, help_text="when it was last answered or declined")

    objects = ScheduledAssessments.as_manager()

    refusals = {
        "a_scheduled_assessment_is_asked": (
            "not_asked",
            "This is ended by asking the person: write down the answers, or that they declined.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "slug"],
                name="one_rolling_row_per_person_and_instrument",
                violation_error_code="scheduled_already",
                violation_error_message="This is asked of the person already.",
            ),
            models.CheckConstraint(
                name="what_was_asked_was_asked_after_day_0",
                condition=Q(last_at=None) | Q(last_at__gte=F("anchor_at")),
                violation_error_code="asked_before_day_0",
                violation_error_message="It was asked before the schedule began.",
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="scheduled_of_a_person")]

    def __str__(self):
        return f"{self.patient}: {self.schedule.instrument}"

    def is_owed(self):
        """Is it to be asked?"""
        return self.duty_id is not None and self.duty.is_open()

    def counts(self, at):
        """Does an answer at this time do what is owed? What comes long before a later step is one more, beside it."""
        return at >= self.anchor_at and (not self.number or at >= self.duty.due_at - EARLY)
