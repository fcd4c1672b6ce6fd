"""Being away: sent out to hospital, or out on leave with a time to be back."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.codes import Known
from patients.models import Episode, Patient, PatientRows

from .placements import Placement


class AbsenceKind(models.TextChoices):
    """Why the person is away."""

    HOSPITAL = "hospital", "Sent out to hospital"
    PASS = "pass", "Therapeutic pass"
    APPOINTMENT = "appointment", "Appointment"
    HOME = "home", "Home leave"
    COURT = "court", "Court"


class Searched(models.TextChoices):
    """Whether somebody was searched when they came back."""

    DONE = "done", "Searched"
    NOT_DONE = "not_done", "Not searched"
    DECLINED = "declined", "Declined to be searched"


class Absences(PatientRows):
    """Absences."""

    def open(self):
        """Those from which nobody has come back."""
        return self.right().filter(returned_at=None, ended_at=None)

    def sent_out(self):
        """Those to hospital."""
        return self.filter(kind=AbsenceKind.HOSPITAL)

    def leaves(self):
        """Those agreed on, with a time to be back."""
        return self.exclude(kind=AbsenceKind.HOSPITAL)


@clinical
class Absence(Record):
    """A person sent out, with somebody owing a call about them; or out on leave, and expected back by somebody."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="absences", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="absences")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="absences")
    kind = models.CharField(max_length=20, choices=AbsenceKind, default=AbsenceKind.HOSPITAL)
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="absence")
    destination = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    left_at = models.DateTimeField()
    left_by = by_whom(null=False, blank=False, help_text="who sent them, or saw them out")
    expected_back_at = models.DateTimeField(null=True, blank=True)
    approved_by = by_whom(help_text="which clinician agreed to the leave")
    contact = models.CharField(max_length=200, blank=True, help_text="how to reach them while they are out")
    conditions = models.CharField(max_length=1000, blank=True, help_text="what was agreed on for the time out")
    extended_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="the last time")
    extended_by = by_whom(editable=False)
    extension_reason = models.CharField(max_length=500, blank=True, editable=False)
    returned_at = models.DateTimeField(null=True, blank=True, editable=False)
    returned_by = by_whom(editable=False, help_text="who received them")
    alert = models.CharField(max_length=10, choices=Known, blank=True, help_text="awake and alert on return?")
    searched = models.CharField(max_length=10, choices=Searched, blank=True, help_text="on return")
    use_since = models.CharField(max_length=10, choices=Known, blank=True, help_text="any use while out?")
    return_note = models.CharField(max_length=500, blank=True, help_text="how they came back, in words")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="did not come back to this stay")
    ended_by = by_whom(editable=False)
    end_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = Absences.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_return_has_who", "returned_at", "returned_by"),
            together("an_absence_end_has_who", "ended_at", "ended_by"),
            together("an_extension_has_who", "extended_at", "extended_by"),
            models.CheckConstraint(
                name="a_return_is_after_leaving",
                condition=Q(returned_at=None) | Q(returned_at__gte=F("left_at")),
                violation_error_code="ends_before_start",
                violation_error_message="A person returns after they left.",
            ),
            models.CheckConstraint(
                name="a_leave_says_until_when_and_who_agreed",
                condition=Q(kind=AbsenceKind.HOSPITAL)
                | Q(expected_back_at__isnull=False, approved_by__isnull=False, placement__isnull=False),
                violation_error_code="half_recorded",
                violation_error_message="A leave says from which stay, until when, and which clinician agreed to it.",
            ),
            models.CheckConstraint(
                name="a_leave_ends_after_it_begins",
                condition=Q(kind=AbsenceKind.HOSPITAL) | Q(expected_back_at__gt=F("left_at")),
                violation_error_code="back_before_leaving",
                violation_error_message="The person is expected back some time after they left.",
            ),
            models.CheckConstraint(
                name="a_return_from_leave_says_how_they_were",
                condition=Q(kind=AbsenceKind.HOSPITAL)
                | Q(returned_at=None)
                | ~Q(alert="") & ~Q(searched="") & ~Q(use_since=""),
                violation_error_code="half_recorded",
                violation_error_message="A return says whether the person was alert, was searched, and has used.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(returned_at=None, ended_at=None, entered_in_error_at=None),
                name="one_absence_at_a_time",
                violation_error_code="away_already",
                violation_error_message="The person is away already.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-left_at"], name="absences_of_a_person"),
        ]

    def __str__(self):
        return f"{self.patient} at {self.destination}"

    def is_open(self):
        """Is the person still away?"""
        return self.returned_at is None and self.ended_at is None and self.entered_in_error_at is None

    def is_leave(self):
        """Was it agreed on, with a time to be back?"""
        return self.kind != AbsenceKind.HOSPITAL

    def is_late(self, now):
        """Out on leave for longer than agreed?"""
        return self.is_open() and self.is_leave() and self.expected_back_at < now
