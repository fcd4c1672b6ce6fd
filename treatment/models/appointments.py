"""Sessions that are planned: one by one, or once a week at the same hour of the place's own clock."""

from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q
from django.utils import timezone

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

from . import telehealth
from .groups import SessionKind
from .placements import Period

MOST = 52  # appointments of one series [D]


class SeriesRows(PatientRows):
    """Series."""


@clinical
class Series(Record):
    """A session planned once a week at the same wall time, until a day or so many times."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="series", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="series")
    kind = models.CharField(max_length=20, choices=SessionKind)
    how = telehealth.how()
    place = models.CharField(max_length=200, blank=True, help_text="the room, or the link")
    counselor = by_whom(null=False, blank=False)
    first_on = models.DateField(help_text="its weekday is that of all of them")
    local_time = models.TimeField(help_text="of the place's clock; it stays when the clocks change")
    zone = models.CharField(max_length=64, editable=False)
    minutes = models.PositiveSmallIntegerField(default=50)
    until_on = models.DateField(null=True, blank=True, help_text="the last day; or say how many times")
    times = models.PositiveSmallIntegerField(null=True, blank=True, help_text="or say until when")
    planned_at = models.DateTimeField(editable=False)
    planned_by = by_whom(null=False, blank=False, editable=False)

    objects = SeriesRows.as_manager()

    class Meta:
        verbose_name_plural = "series"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_series_has_one_end",
                condition=Q(until_on=None, times__isnull=False, times__gte=1, times__lte=MOST)
                | Q(times=None, until_on__isnull=False, until_on__gte=F("first_on")),
                violation_error_code="series_without_end",
                violation_error_message="Say until which day, or how many times: one of the two, at most a year.",
            ),
            models.CheckConstraint(
                name="a_planned_session_takes_time",
                condition=Q(minutes__gte=5, minutes__lte=480),
                violation_error_code="length_unlikely",
                violation_error_message="A session takes between five minutes and eight hours.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-planned_at"], name="series_of_a_person")]

    def __str__(self):
        return f"{self.get_kind_display()} once a week, {self.patient}"

    def days(self):
        """The day of each session."""
        for number in range(self.times) if self.times else count():
            day = self.first_on + timedelta(weeks=number)
            if self.until_on and day > self.until_on:
                return
            yield day

    def starts(self):
        """When each begins: the same hour on the wall, whatever the clocks do in between."""
        return [on_the_wall(day, self.local_time, ZoneInfo(self.zone)) for day in self.days()]


def on_the_wall(day, time, zone):
    """The instant at which the clocks of a zone show this day and time."""
    return datetime.combine(day, time, zone).astimezone(UTC)


class AppointmentState(models.TextChoices):
    """What came of an appointment."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    MISSED = "missed", "Missed"
    CANCELED = "canceled", "Canceled"


class CancelReason(models.TextChoices):
    """Why a session will not take place."""

    PERSON = "person", "The person asked"
    ILL = "ill", "The person is ill"
    STAFF = "staff", "Nobody of the staff is there"
    PLACE = "place", "The place is closed"
    ENDED = "ended", "Treatment ended"
    OTHER = "other", "Another reason"


class Appointments(PatientRows):
    """Appointments."""

    def planned(self):
        """Those that have not come to anything yet."""
        return self.right().filter(state=AppointmentState.PLANNED)

    def upcoming(self, episode, within, now=None):
        """Those of this episode that begin within so long from now, the next one first."""
        now = now or timezone.now()
        return (
            self.planned()
            .filter(episode=episode, starts_at__gt=now, starts_at__lte=now + within)
            .order_by("starts_at")
        )

    def unlogged(self, now):
        """Those that ended longer ago than their place allows, of which nothing is owed yet.

        Nobody is asked about a closed episode, or while a death is reported.
        """
        late = Q(ends_at__lt=now - F("facility__logged_within"))
        alive = Q(episode__closed_at=None, patient__death_reported_at=None)
        return self.planned().filter(late, alive, log_duty=None)

    def rest_of(self, appointment):
        """This one, and those planned after it in its series."""
        rows = self.planned().filter(episode=appointment.episode_id)
        if appointment.series_id is None:
            return rows.filter(pk=appointment.pk)
        return rows.filter(series=appointment.series_id, starts_at__gte=appointment.starts_at)


@clinical
class Appointment(Record):
    """A session that is planned with a person; begun and ended by the clock, then logged."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="appointments", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="appointments")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments")
    kind = models.CharField(max_length=20, choices=SessionKind)
    how = telehealth.how()
    place = models.CharField(max_length=200, blank=True, help_text="the room, or the link")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    counselor = by_whom(null=False, blank=False)
    planned_at = models.DateTimeField(editable=False)
    planned_by = by_whom(null=False, blank=False, editable=False)
    person_where = telehealth.person_where()
    call_back = telehealth.call_back()
    who_can_hear = telehealth.who_can_hear()
    emergency_route = telehealth.emergency_route()
    begun_at = models.DateTimeField(null=True, blank=True, editable=False)
    begun_by = by_whom(editable=False)
    over_at = models.DateTimeField(null=True, blank=True, editable=False)
    over_by = by_whom(editable=False)
    state = models.CharField(
        max_length=10, choices=AppointmentState, default=AppointmentState.PLANNED, editable=False
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = by_whom(editable=False)
    cancel_because = models.CharField(max_length=10, choices=CancelReason, blank=True)
    cancel_words = models.CharField(max_length=500, blank=True)
    log_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="appointment_to_log", editable=False
    )

    objects = Appointments.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_begun_session_has_who", "begun_at", "begun_by"),
            together("an_ended_session_has_who", "over_at", "over_by"),
            models.CheckConstraint(
                name="an_appointment_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_code="ends_before_start",
                violation_error_message="An appointment ends after it starts.",
            ),
            models.CheckConstraint(
                name="a_session_begins_before_it_is_over",
                condition=Q(over_at=None) | Q(begun_at__isnull=False, over_at__gte=F("begun_at")),
                violation_error_code="not_begun",
                violation_error_message="A session ends after it has begun.",
            ),
            models.CheckConstraint(
                name="an_appointment_is_planned_or_came_to_something",
                condition=Q(state=AppointmentState.PLANNED, closed_at=None, closed_by=None)
                | ~Q(state=AppointmentState.PLANNED) & Q(closed_at__isnull=False, closed_by__isnull=False),
                violation_error_code="half_recorded",
                violation_error_message="An appointment is planned, or says what came of it, when and by whom.",
            ),
            models.CheckConstraint(
                name="an_appointment_is_canceled_for_a_reason",
                condition=Q(state=AppointmentState.CANCELED) & ~Q(cancel_because="")
                | ~Q(state=AppointmentState.CANCELED) & Q(cancel_because=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why it will not take place.",
            ),
            models.CheckConstraint(
                name="telehealth_does_not_begin_blank",
                condition=telehealth.known_before(begun_at__isnull=False),
                violation_error_code="telehealth_blank",
                violation_error_message=telehealth.BLANK,
            ),
            ExclusionConstraint(
                name="one_appointment_at_a_time",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    (Period("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state=AppointmentState.PLANNED, entered_in_error_at=None),
                deferrable=Deferrable.IMMEDIATE,  # a series moves as a whole, each onto where the next one was
                violation_error_code="appointment_overlaps",
                violation_error_message="The person has another appointment at that time.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-starts_at"], name="appointments_of_a_person"),
            models.Index(fields=["episode", "starts_at"], condition=Q(state="planned"), name="appointments_to_come"),
            models.Index(fields=["counselor", "starts_at"], name="appointments_of_user"),
            models.Index(fields=["ends_at"], condition=Q(state="planned", log_duty=None), name="appointments_to_log"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} with {self.patient}"

    def close(self, state, *, by, at):
        """What came of it."""
        self.state, self.closed_at, self.closed_by = state, at, by
