"""Going to another provider: nobody counts as arrived before somebody there has said so."""

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

from .discharges import Discharge


class TransferKind(models.TextChoices):
    """Why somebody is sent on."""

    DISCHARGE = "discharge", "Transferred at discharge"
    YOUTH = "youth_service", "To a service for young people"
    PROVIDER = "provider", "To another provider"


class TransferOutcome(models.TextChoices):
    """What became of it."""

    ARRIVED = "arrived", "Arrived"
    NOT_ARRIVED = "not_arrived", "Did not arrive"
    CALLED_OFF = "called_off", "No longer needed"


class Transfers(PatientRows):
    """Transfers."""

    def open(self):
        """Those of which nobody knows yet whether the person arrived."""
        return self.right().filter(ended_at=None)


@clinical
class Transfer(Record):
    """A person on the way to another provider, with somebody owing to find out whether they arrived."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="transfers", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="transfers")
    discharge = models.ForeignKey(
        Discharge, on_delete=models.PROTECT, null=True, blank=True, related_name="transfers"
    )
    kind = models.CharField(max_length=20, choices=TransferKind)
    destination = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True, help_text="whom to ask there, and how")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="transfer")
    left_at = models.DateTimeField()
    left_by = by_whom(null=False, blank=False, help_text="who sent them on")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    outcome = models.CharField(max_length=20, choices=TransferOutcome, blank=True, editable=False)
    told_by = models.CharField(max_length=200, blank=True, editable=False, help_text="who said so there")
    note = models.CharField(max_length=500, blank=True, editable=False)

    objects = Transfers.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_transfer_ends_with_who_and_how",
                condition=Q(ended_at=None, ended_by=None, outcome="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(outcome=""),
                violation_error_code="half_recorded",
                violation_error_message="The end of a transfer records when, by whom and how.",
            ),
            models.CheckConstraint(
                name="an_arrival_was_told_by_somebody",
                condition=~Q(outcome=TransferOutcome.ARRIVED) | ~Q(told_by=""),
                violation_error_code="told_by_missing",
                violation_error_message="Say who there confirmed that the person arrived.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(ended_at=None, entered_in_error_at=None),
                name="one_transfer_at_a_time",
                violation_error_code="on_the_way_already",
                violation_error_message="The person is on the way to another provider already.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-left_at"], name="transfers_of_a_person"),
        ]

    def __str__(self):
        return f"{self.patient} to {self.destination}"
