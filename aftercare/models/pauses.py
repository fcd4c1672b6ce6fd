"""When check-ins rest."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from patients.models import Patient, PatientRows
from treatment.models.placements import Period

from .plans import AftercarePlan

LONGEST_PAUSE = timedelta(days=90)


class PauseReason(models.TextChoices):
    """Why check-ins rest."""

    TRAVEL = "travel", "Away from home"
    READMITTED = "readmitted", "In a bed again, here or elsewhere"
    CUSTODY = "custody", "In custody"
    ASKED = "asked", "The person asked"


class Pauses(PatientRows):
    """Pauses."""

    def in_force(self, at):
        """Those that go on at an instant."""
        return self.right().filter(paused_at__lte=at, until_at__gt=at)


@clinical
class Pause(Record):
    """Check-ins rest until a stated day; the next one is due then, and keeps the thread meanwhile."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="aftercare_pauses", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(AftercarePlan, on_delete=models.PROTECT, related_name="pauses")
    because = models.CharField("reason", max_length=10, choices=PauseReason)
    note = models.CharField(max_length=500, blank=True)
    paused_at = models.DateTimeField()
    paused_by = by_whom(null=False, blank=False)
    until_at = models.DateTimeField(help_text="the return; moved here when the person came back before")
    resumed_at = models.DateTimeField(null=True, blank=True, editable=False)
    resumed_by = by_whom(editable=False)

    objects = Pauses.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("an_early_return_has_who", "resumed_at", "resumed_by"),
            models.CheckConstraint(
                name="a_pause_ends_after_it_begins",
                condition=Q(until_at__gte=F("paused_at")),
                violation_error_code="pause_in_the_past",
                violation_error_message="A pause ends after it begins.",
            ),
            models.CheckConstraint(
                name="a_pause_lasts_90_days_at_most",
                condition=Q(until_at__lte=F("paused_at") + LONGEST_PAUSE),
                violation_error_code="pause_too_long",
                violation_error_message="A pause lasts at most 90 days; then somebody asks again.",
            ),
            ExclusionConstraint(
                name="one_pause_at_a_time",
                expressions=[
                    ("plan", RangeOperators.EQUAL),
                    (Period("paused_at", "until_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(entered_in_error_at=None),
                violation_error_code="paused_already",
                violation_error_message="The check-ins rest already. Let them go on first.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-paused_at"], name="pauses_of_a_person")]

    def __str__(self):
        return f"{self.patient}: {self.get_because_display().lower()}"
