"""Leaving treatment; never the end of the thread."""

from django.db import models

from accounts.models import Facility, by_whom, clinical
from audit.models import Record
from patients.models import Episode, Patient, PatientRows

from .placements import Placement


class DischargeReason(models.TextChoices):
    """TEDS reason for discharge, submission codes."""

    COMPLETED = "1", "Treatment completed"
    DROPOUT = "2", "Dropped out"
    BY_FACILITY = "3", "Ended by the facility"
    TRANSFERRED = "4", "Transferred"
    INCARCERATED = "5", "Incarcerated"
    AGAINST_ADVICE = "8", "Left against advice"
    LOST = "9", "Lost to contact"
    ADMINISTRATIVE = "10", "Administrative"
    MEDICAL = "11", "Medical"
    ABSCONDED = "12", "Left without word"
    AGED_OUT = "13", "Aged out"
    MOVED = "14", "Moved away"
    TRANSFER_NO_SHOW = "15", "Transferred, did not arrive"
    TRANSFER_NOT_REPORTABLE = "16", "Transferred, not reportable"
    OTHER = "95", "Other"
    SUICIDE = "6", "Death by suicide"
    DEATH = "7", "Death, other"


class Discharges(PatientRows):
    """Discharges."""


@clinical
class Discharge(Record):
    """A person leaves treatment: why, to where, and with what said. It leads to aftercare, never to silence."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="discharges")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="discharges")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=2, choices=DischargeReason)
    going_to = models.CharField(max_length=200, blank=True, help_text="where the person lives next")
    summary = models.TextField(blank=True, max_length=20_000)
    information_offered = models.BooleanField(
        default=False, help_text="crisis, lowered tolerance, overdose and naloxone information was offered"
    )
    discharged_at = models.DateTimeField()
    discharged_by = by_whom(null=False, blank=False)

    objects = Discharges.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.patient}: {self.get_reason_display().lower()}"
