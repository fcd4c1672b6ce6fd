"""What the ambulance or hospital told us."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models import Facility, by_whom, clinical
from audit.models import Record
from patients.codes import Source
from patients.models import Episode, Patient, PatientRows


class Consciousness(models.TextChoices):
    """AVPU scale."""

    ALERT = "alert", "Alert"
    VOICE = "voice", "Responds to voice"
    PAIN = "pain", "Responds to pain"
    UNRESPONSIVE = "unresponsive", "Unresponsive"


class Breathing(models.TextChoices):
    """How the person breathes."""

    NORMAL = "normal", "Normal"
    SLOWED = "slowed", "Slowed"
    ASSISTED = "assisted", "Assisted"


def between(low, high):
    """Validators for a measurement: outside this range it is a typing error, not a finding."""
    return [MinValueValidator(low), MaxValueValidator(high)]


class Handovers(PatientRows):
    """Handovers."""


@clinical
class Handover(Record):
    """A person handed over after an overdose: from whom, in what state, with what given and what still open."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="handovers")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="handovers")
    source = models.CharField(max_length=20, choices=Source)
    source_name = models.CharField(max_length=200, blank=True, help_text="hospital, service or person")
    source_contact = models.CharField(max_length=200, blank=True, help_text="number to call back")
    received_at = models.DateTimeField()
    received_by = by_whom(null=False, blank=False)
    drugs_given = models.JSONField(
        default=list, blank=True, help_text="by ambulance or hospital: [{drug, dose, route, at}]"
    )
    consciousness = models.CharField(max_length=20, choices=Consciousness)
    breathing = models.CharField(max_length=20, choices=Breathing)
    respiratory_rate = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=between(0, 80), help_text="breaths a minute"
    )
    oxygen_saturation = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=between(0, 100), help_text="percent, room air"
    )
    heart_rate = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=between(0, 300), help_text="beats a minute"
    )
    systolic = models.PositiveSmallIntegerField(null=True, blank=True, validators=between(0, 320), help_text="mmHg")
    temperature = models.DecimalField(
        max_digits=3, decimal_places=1, null=True, blank=True, validators=between(25, 45), help_text="°C"
    )
    outstanding_results = models.TextField(blank=True, max_length=4000)
    expected_leaving_at = models.DateTimeField(
        null=True, blank=True, help_text="when the person is expected to leave the stabilizing unit"
    )
    warnings = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        editable=False,
        help_text="numbers that called for emergency services, by the limits in force then",
    )

    objects = Handovers.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["patient", "-received_at"], name="handovers_of_a_person")]

    def __str__(self):
        return f"{self.patient}, from {self.source_name or self.get_source_display().lower()}"
