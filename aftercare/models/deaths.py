"""Somebody said a person died."""

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows


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
