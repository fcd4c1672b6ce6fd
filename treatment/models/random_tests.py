"""Tests on days that nobody can foresee: the rule, the one day that is drawn ahead, and what came of each.

The day that was drawn is nobody's to read: it has no page and no address, and turns into something owed on the
morning of that day (domain 6.5).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import SystemRandom

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, Rows, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows, Stage

from .analytes import choices
from .toxicology import Matrix, Method, ToxTest

CHANCE = SystemRandom()  # of the operating system: no seed, so that no earlier day tells a later one
MORNING = time(6)  # when staff learn of a test that day, or when its window opens if that is earlier [D]


class Per(models.TextChoices):
    """What the number of tests is counted by."""

    WEEK = "week", "Week, from Monday"
    MONTH = "month", "Month"


@dataclass(frozen=True)
class Drawn:
    """One day, and what the draw remembers of its week or month: how many were wanted in it from then on."""

    on: date
    began_on: date
    wanted: int


def period_of(day, per):
    """The days of the week or month in which a day lies."""
    if per == Per.WEEK:
        first, length = day - timedelta(days=day.weekday()), 7
    else:
        first, length = day.replace(day=1), monthrange(day.year, day.month)[1]
    return [first + timedelta(days=number) for number in range(length)]


def draw(*, per, least, most, weekdays, after, last=None, taken=0, chance=CHANCE):
    """The next day after `after`, and nothing beyond it.

    A number between least and most is drawn for each week or month, and that many of its days, each as likely as
    any other. Only the first of those still to come is kept; once it has come, the rest is drawn anew among the
    days that are left, which leaves every set of days as likely as if they had been drawn at once. `last` is the
    draw before and `taken` how many days of its period have come. A period that has begun already keeps those of
    its days that are still to come, so that it may fall short of `least`.
    """
    if last is not None:  # a later week was drawn from already: this one has had its number
        after = max(after, last.began_on - timedelta(days=1))
    first = after + timedelta(days=1)
    days = [day for day in period_of(first, per) if day.weekday() in weekdays]
    period = period_of(first, per)
    if last is not None and last.began_on == period[0]:
        left, ahead = last.wanted - taken, [day for day in days if day > after]
        if left > 0 and ahead:
            return Drawn(min(chance.sample(ahead, min(left, len(ahead)))), period[0], last.wanted)
        first = period[-1] + timedelta(days=1)
    while True:
        period = period_of(first, per)
        days = [day for day in period if day.weekday() in weekdays]
        wanted = min(chance.randint(least, most), len(days))
        chosen = [day for day in chance.sample(days, wanted) if day > after]
        if chosen:
            return Drawn(min(chosen), period[0], len(chosen))
        first = period[-1] + timedelta(days=1)


def every_day():
    """Monday to Sunday."""
    return list(range(7))


class RandomSchedules(PatientRows):
    """Schedules."""

    def going_on(self):
        """Those by which somebody may be tested tomorrow: not ended, not paused, on a thread that is open."""
        alive = Q(patient__death_reported_at=None) & ~Q(episode__stage=Stage.CLOSED)
        return self.right().filter(alive, ended_at=None, paused_at=None)


@clinical
class RandomSchedule(Record):
    """How often a person is tested on days that nobody can foresee, for what, and at what time of day."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="random_schedules", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="random_schedules")
    per = models.CharField(max_length=5, choices=Per, default=Per.WEEK)
    least = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(31)])
    most = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text="more than the least: otherwise the last test of a week says that the rest of it is free",
    )
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)]),
        default=every_day,
        help_text="0 is Monday, 6 Sunday",
    )
    window_from = models.TimeField(default=time(8), help_text="wall time of the place")
    window_until = models.TimeField(default=time(18), help_text="wall time of the place")
    matrix = models.CharField(max_length=10, choices=Matrix, default=Matrix.URINE)
    method = models.CharField(max_length=12, choices=Method, default=Method.IMMUNOASSAY)
    panel = ArrayField(models.CharField(max_length=30, choices=choices), help_text="what is tested for, by name")
    note = models.CharField(max_length=500, blank=True)
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    paused_by = by_whom(editable=False)
    pause_reason = models.CharField(max_length=500, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    end_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = RandomSchedules.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_pause_of_random_tests_has_who", "paused_at", "paused_by"),
            together("the_end_of_random_tests_has_who", "ended_at", "ended_by"),
            models.CheckConstraint(
                name="random_tests_are_so_many",
                condition=Q(least__gte=1, most__gte=F("least"))
                & (Q(per=Per.WEEK, most__lte=7) | Q(per=Per.MONTH, most__lte=31)),
                violation_error_code="numbers_crossed",
                violation_error_message="The most is not below the least, and not above the days there are.",
            ),
            models.CheckConstraint(
                name="random_tests_have_days",
                condition=Q(weekdays__len__gte=1) & Q(weekdays__contained_by=every_day()),
                violation_error_code="weekdays_missing",
                violation_error_message="Name at least one day of the week, from 0 for Monday to 6 for Sunday.",
            ),
            models.CheckConstraint(
                name="random_tests_have_a_window",
                condition=Q(window_from__lt=F("window_until")),
                violation_error_code="window_crossed",
                violation_error_message="The window ends after it begins, on the same day.",
            ),
            models.CheckConstraint(
                name="random_tests_look_for_something",
                condition=Q(panel__len__gt=0),
                violation_error_code="panel_empty",
                violation_error_message="Say what is tested for, by name: no standard panel looks for ketamine.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(ended_at=None, entered_in_error_at=None),
                name="one_random_schedule_at_a_time",
                violation_error_code="schedule_open",
                violation_error_message="There is a schedule of random tests already. End it first.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-began_at"], name="random_schedules_of_a_person")]

    def __str__(self):
        count = str(self.least) if self.least == self.most else f"{self.least} to {self.most}"
        return f"{count} random tests a {self.per}"

    def standing(self):
        """Going on, paused or ended: never when the next one is."""
        if self.ended_at:
            return "Ended."
        return f"Paused: {self.pause_reason}." if self.paused_at else "Going on. The next day is not to be known."

    def local(self, day, wall):
        """A wall time of the place on a day, as an instant."""
        return datetime.combine(day, wall, self.facility.tz()).astimezone(UTC)

    def reveal_at(self, day):
        """When staff learn that a test is owed that day."""
        return self.local(day, min(MORNING, self.window_from))


class RandomDraw(Record):
    """The one day that is drawn ahead. It has no page and no address, and is in no history: nobody may read it."""

    schedule = models.ForeignKey(RandomSchedule, on_delete=models.PROTECT, related_name="draws")
    on = models.DateField()
    period_began_on = models.DateField()
    wanted = models.PositiveSmallIntegerField(help_text="how many in its week or month, from when it was drawn")
    reveal_at = models.DateTimeField()
    drawn_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True, blank=True, help_text="it came, or was given up")

    objects = Rows.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule"],
                condition=Q(spent_at=None),
                name="one_day_is_drawn_ahead",
                violation_error_code="drawn_already",
                violation_error_message="The next day is drawn already.",
            )
        ]
        indexes = [models.Index(fields=["reveal_at"], condition=Q(spent_at=None), name="draws_to_reveal")]

    def __str__(self):
        return "A day that is not to be known"

    def drawn(self):
        """What the next draw remembers of it."""
        return Drawn(self.on, self.period_began_on, self.wanted)


class RandomOutcome(models.TextChoices):
    """What came of a random test."""

    DONE = "done", "Collected"
    MISSED = "missed", "Not collected"
    EXCUSED = "excused", "Excused"


class RandomTests(PatientRows):
    """Random tests."""

    def open(self):
        """Those owed today."""
        return self.right().filter(closed_at=None)


@clinical
class RandomTest(Record):
    """A test owed today by chance, and what came of it. Missing one says nothing about use."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="random_tests", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="random_tests")
    schedule = models.ForeignKey(RandomSchedule, on_delete=models.PROTECT, related_name="tests")
    on = models.DateField(help_text="the day, at the place")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    over_at = models.DateTimeField(editable=False, help_text="the end of the day")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="random_test", editable=False)
    test = models.OneToOneField(
        ToxTest, on_delete=models.PROTECT, null=True, blank=True, related_name="random_test", editable=False
    )
    outcome = models.CharField(max_length=10, choices=RandomOutcome, blank=True, editable=False)
    reason = models.CharField(max_length=500, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = by_whom(editable=False)

    objects = RandomTests.as_manager()

    refusals = {
        "a_random_test_is_collected_or_said_not_to_be": (
            "random_test_open",
            "This is ended by collecting the test, or by saying that it was missed or excused.",
        ),
        "the_outcome_of_a_random_test_never_changes": (
            "outcome_known",
            "What came of this is written down already.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("the_outcome_of_a_random_test_has_who", "closed_at", "closed_by"),
            models.CheckConstraint(
                name="a_random_test_closes_with_an_outcome",
                condition=Q(closed_at=None, outcome="", test=None)
                | Q(closed_at__isnull=False, outcome=RandomOutcome.DONE, test__isnull=False)
                | Q(closed_at__isnull=False, outcome__in=[RandomOutcome.MISSED, RandomOutcome.EXCUSED], test=None)
                & ~Q(reason=""),
                violation_error_code="outcome_missing",
                violation_error_message="A random test ends with a sample, or missed or excused for a reason.",
            ),
            models.UniqueConstraint(
                fields=["schedule"],
                condition=Q(closed_at=None, entered_in_error_at=None),
                name="one_random_test_at_a_time",
                violation_error_code="random_test_owed",
                violation_error_message="A random test is owed already.",
            ),
            models.UniqueConstraint(
                fields=["schedule", "on"],
                condition=Q(entered_in_error_at=None),
                name="one_random_test_a_day",
                violation_error_code="random_test_owed",
                violation_error_message="There was a random test on that day already.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-opens_at"], name="random_tests_of_a_person"),
            models.Index(fields=["over_at"], condition=Q(closed_at=None), name="random_tests_open"),
        ]

    def __str__(self):
        return f"Random test on {self.on}"
