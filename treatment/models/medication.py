"""What a person takes when they come, brought in or not, and that somebody went through it."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from patients.codes import Source
from patients.models import Patient, PatientRows

from .placements import Placement


class Decision(models.TextChoices):
    """What is done about a medication somebody came with."""

    GO_ON = "go_on", "Goes on"
    CHANGED = "changed", "Goes on, changed"
    HELD = "held", "Held for now"
    STOPPED = "stopped", "Stopped"
    ASK = "ask", "To be asked about"


class MedicationStatements(PatientRows):
    """Medication statements."""

    def current(self):
        """What the person takes, as far as is known."""
        return self.right().exclude(decision=Decision.STOPPED)

    def undecided(self):
        """Those about which nothing was decided, or that somebody was to be asked about."""
        return self.right().filter(decision__in=["", Decision.ASK])


@clinical
class MedicationStatement(Record):
    """A medication the person takes, as told by somebody; and what they brought of it."""

    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, related_name="medication_statements", db_index=False
    )
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    medication = models.CharField(max_length=200, help_text="name and strength")
    rxnorm = models.CharField("RxNorm code", max_length=20, blank=True)
    dose = models.CharField(max_length=200, blank=True)
    route = models.CharField(max_length=100, blank=True)
    how_often = models.CharField(max_length=200, blank=True)
    taken_for = models.CharField(max_length=200, blank=True)
    prescriber = models.CharField(max_length=200, blank=True)
    last_taken_at = models.DateTimeField(null=True, blank=True)
    brought = models.PositiveIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(10_000)], help_text="how many units were brought in"
    )
    brought_kept = models.CharField(max_length=200, blank=True, help_text="where what was brought is kept")
    source = models.CharField(max_length=20, choices=Source)
    noted_at = models.DateTimeField(editable=False)
    noted_by = by_whom(null=False, blank=False, editable=False)
    decision = models.CharField(max_length=10, choices=Decision, blank=True, editable=False)
    decision_in_words = models.CharField(max_length=500, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = by_whom(editable=False)

    objects = MedicationStatements.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_medication_decision_has_who", "decided_at", "decided_by"),
            models.CheckConstraint(
                name="a_medication_has_a_name",
                condition=~Q(medication=""),
                violation_error_code="medication_missing",
                violation_error_message="Say which medication.",
            ),
            models.CheckConstraint(
                name="a_medication_decision_is_dated",
                condition=Q(decision="", decided_at=None) | ~Q(decision="") & Q(decided_at__isnull=False),
                violation_error_code="decision_missing",
                violation_error_message="Say what is done about it.",
            ),
            models.CheckConstraint(
                name="a_medication_was_taken_before_it_was_noted",
                condition=Q(last_taken_at=None) | Q(last_taken_at__lte=models.F("noted_at")),
                violation_error_code="in_the_future",
                violation_error_message="It was last taken after the time it was noted.",
            ),
            models.CheckConstraint(
                name="what_was_brought_can_be_counted",
                condition=Q(brought=None) | Q(brought__lte=10_000),
                violation_error_code="out_of_range",
                violation_error_message="Nobody brings more than 10,000.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-noted_at"], name="medication_of_a_person")]

    def __str__(self):
        return self.medication


class Reconciliations(PatientRows):
    """Reconciliations."""


@clinical
class Reconciliation(Record):
    """Allergies, current and brought-in medication, gone through by somebody: on admission and on each move."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="reconciliations", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="reconciliations")
    takes_nothing = models.BooleanField(default=False, help_text="asked, and the person takes no medication")
    note = models.TextField(blank=True, max_length=4000)
    reconciled_at = models.DateTimeField(editable=False)
    reconciled_by = by_whom(null=False, blank=False, editable=False)

    objects = Reconciliations.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["patient", "-reconciled_at"], name="reconciled_of_a_person")]

    def __str__(self):
        return f"Allergies and medication of {self.patient}"
