"""Counts of what a person brought, by two people."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Patient, PatientRows

from .medication import MedicationStatement


def pieces(**kwargs):
    """A number of tablets or pieces."""
    limits = [MinValueValidator(0), MaxValueValidator(Decimal(10_000))]
    return models.DecimalField(max_digits=7, decimal_places=2, validators=limits, **kwargs)


class MedicationCounts(PatientRows):
    """Counts."""

    def confirmed(self):
        """Those a second person counted too."""
        return self.right().filter(confirmed_at__isnull=False)


@clinical
class MedicationCount(Record):
    """How many of a person's own are there: counted by one and again by another, beside what should be there."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="medication_counts", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(MedicationStatement, on_delete=models.PROTECT, related_name="counts")
    expected = pieces(null=True, blank=True, editable=False, help_text="from the count before, less what was given")
    counted = pieces()
    counted_at = models.DateTimeField(editable=False)
    counted_by = by_whom(null=False, blank=False, editable=False)
    confirmed = pieces(null=True, blank=True, editable=False, help_text="what the second person counted")
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = by_whom(editable=False)
    note = models.CharField(max_length=500, blank=True)
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="medication_count", editable=False
    )
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_by = by_whom(editable=False)
    settled_reason = models.CharField(max_length=1000, blank=True, editable=False)

    objects = MedicationCounts.as_manager()

    refusals = {
        "a_discrepancy_is_settled": (
            "discrepancy_open",
            "This is ended by a supervisor who says what became of the difference.",
        ),
        "a_count_never_changes": ("count_fixed", "A count never changes. Count again."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_confirmed_count_has_who", "confirmed_at", "confirmed_by", "confirmed"),
            together("a_settled_count_has_who", "settled_at", "settled_by"),
            models.CheckConstraint(
                name="two_people_count",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("counted_by")),
                violation_error_code="same_person",
                violation_error_message="Somebody else counts again.",
            ),
            models.CheckConstraint(
                name="a_discrepancy_is_owed_or_settled",
                condition=Q(confirmed_at=None)
                | Q(confirmed=F("counted")) & (Q(expected=None) | Q(expected=F("counted")))
                | Q(duty__isnull=False),
                violation_error_code="discrepancy_owed",
                violation_error_message="A difference is owed an answer by a supervisor.",
            ),
            models.CheckConstraint(
                name="a_count_is_settled_in_words",
                condition=Q(settled_at=None, settled_reason="") | Q(settled_at__isnull=False) & ~Q(settled_reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say what became of the difference.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-counted_at"], name="counts_of_a_person")]

    def __str__(self):
        return f"{self.statement}: {self.counted.normalize():f}"

    def differs(self):
        """Do the two counts differ, or do they differ from what should be there?"""
        return self.confirmed is not None and (
            self.confirmed != self.counted or self.expected not in (None, self.counted)
        )
