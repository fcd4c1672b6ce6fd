"""What was found by asking or testing before a medication is ordered."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record
from patients.models import Patient, PatientRows


class CheckKind(models.TextChoices):
    """What was asked or done."""

    NALOXONE_CHALLENGE = "naloxone_challenge", "Naloxone challenge"
    MONITORING = "monitoring", "Prescription monitoring program asked"
    OUTSIDE_HISTORY = "outside_history", "Asked what was prescribed elsewhere"
    OPIOID_TEST = "opioid_test", "Test for opioids"
    LIVER = "liver", "Liver values"
    SURGERY = "surgery", "Operation planned"


class MedicationChecks(PatientRows):
    """Checks."""


@clinical
class MedicationCheck(Record):
    """Something asked or tested before a medication. It never changes; a mistake is marked, and asked again."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="medication_checks", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=CheckKind)
    found = models.BooleanField(
        null=True,
        blank=True,
        help_text="positive, failed, or opioids were found; not for liver values and operations",
    )
    analytes = ArrayField(
        models.CharField(max_length=50), default=list, blank=True, help_text="which opioids the test names"
    )
    times_normal = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(500)],
        help_text="ALT, in multiples of the upper limit of normal",
    )
    planned_at = models.DateTimeField(null=True, blank=True, help_text="of the operation")
    note = models.CharField(max_length=1000, blank=True)
    checked_at = models.DateTimeField(editable=False)
    checked_by = by_whom(null=False, blank=False, editable=False)

    objects = MedicationChecks.as_manager()

    refusals = {
        "a_check_never_changes": (
            "check_fixed",
            "This never changes. Mark it as entered in error and record it again.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_check_says_what_was_found",
                condition=Q(kind="liver", found=None, times_normal__isnull=False, planned_at=None, analytes=[])
                | Q(kind="surgery", found=None, times_normal=None, planned_at__isnull=False, analytes=[])
                | Q(kind="opioid_test", found__isnull=False, times_normal=None, planned_at=None)
                | Q(
                    kind__in=["naloxone_challenge", "monitoring", "outside_history"],
                    found__isnull=False,
                    times_normal=None,
                    planned_at=None,
                    analytes=[],
                ),
                violation_error_code="finding_missing",
                violation_error_message="Say what was found: yes or no, the value, or the day, whichever was asked.",
            ),
            models.CheckConstraint(
                name="an_operation_is_planned_ahead",
                condition=Q(planned_at=None) | Q(planned_at__gt=F("checked_at")),
                violation_error_code="in_the_past",
                violation_error_message="An operation is planned ahead.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "kind", "-checked_at"], name="checks_of_a_person")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.in_words()}"

    def in_words(self):
        """What was found."""
        if self.kind == CheckKind.LIVER:
            return f"{self.times_normal.normalize():f} times normal"
        if self.kind == CheckKind.SURGERY:
            return f"{self.planned_at:%Y-%m-%d}"
        words = {CheckKind.NALOXONE_CHALLENGE: ("passed", "failed"), CheckKind.OPIOID_TEST: ("negative", "positive")}
        said = words.get(self.kind, ("nothing found", "opioids found"))[self.found]
        return f"{said} ({', '.join(self.analytes)})" if self.analytes else said
