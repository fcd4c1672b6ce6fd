"""Doses that are due, and what became of each."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from patients.models import Episode, Patient, PatientRows

from .medication_orders import MedicationOrder, amount
from .medications import Counsel

LATE_AFTER = timedelta(minutes=60)  # our default
SOON_WITHIN = timedelta(minutes=60)  # so much before its time a dose may be given; our default


class ClosedBecause(models.TextChoices):
    """Why a dose waits for nobody any more."""

    RECORDED = "recorded", "Somebody wrote down what became of it"
    HELD = "held", "The order is held"
    ENDED = "ended", "The order ended"


class Doses(PatientRows):
    """Doses."""

    along = ("patient",)

    def open(self):
        """Those of which nobody has said what became of them."""
        return self.filter(closed_at=None)

    def late(self, now):
        """Those that should have been given an hour ago."""
        return self.open().filter(due_at__lt=now - LATE_AFTER)


class Dose(Record):
    """One dose that is due: a row of the schedule, laid out a day ahead. What became of it is an administration."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="doses")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(MedicationOrder, on_delete=models.PROTECT, related_name="doses", db_index=False)
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_because = models.CharField(max_length=10, choices=ClosedBecause, blank=True, editable=False)

    objects = Doses.as_manager()

    refusals = {
        "a_dose_stays_where_it_is_due": ("dose_fixed", "A dose keeps its order and its time."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "due_at"],
                name="a_dose_is_due_once",
                violation_error_code="dose_laid_out",
                violation_error_message="This dose is written down already.",
            ),
            models.CheckConstraint(
                name="a_closed_dose_says_why",
                condition=Q(closed_at=None, closed_because="") | Q(closed_at__isnull=False) & ~Q(closed_because=""),
                violation_error_code="half_recorded",
                violation_error_message="A dose that waits for nobody says why.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "due_at"], condition=Q(closed_at=None), name="doses_due_to_a_person"),
            models.Index(fields=["due_at", "facility"], condition=Q(closed_at=None), name="doses_due"),
        ]

    def __str__(self):
        return f"{self.order}, due {self.due_at:%Y-%m-%d %H:%M} UTC"

    def is_late(self, now):
        """Should it have been given an hour ago?"""
        return self.closed_at is None and self.due_at < now - LATE_AFTER


class DoseOutcome(models.TextChoices):
    """What became of a dose."""

    GIVEN = "given", "Given"
    REFUSED = "refused", "Declined"
    HELD = "held", "Held"
    MISSED = "missed", "Missed"
    NOT_AVAILABLE = "not_available", "Not available"
    ON_LEAVE = "on_leave", "On leave"


# Of these somebody says why; declining never needs a reason.
NEEDS_REASON = ("held", "missed", "not_available")


class Administrations(PatientRows):
    """Administrations."""

    def handed_out(self):
        """Doses that left the hand, witnessed or not: what limits and rules count."""
        return self.right().filter(outcome=DoseOutcome.GIVEN)

    def given(self):
        """Doses that count as given: those that need a witness have one."""
        return self.handed_out().filter(Q(needs_witness=False) | Q(witnessed_at__isnull=False))

    def unwitnessed(self):
        """Those that wait for somebody to say that they saw it."""
        return self.handed_out().filter(needs_witness=True, witnessed_at=None)


@clinical
class Administration(Record):
    """What became of a dose: who, when, how much, and why not. It never changes; a mistake is marked and stays."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="administrations", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="administrations")
    order = models.ForeignKey(
        MedicationOrder, on_delete=models.PROTECT, related_name="administrations", db_index=False
    )
    due = models.ForeignKey(
        Dose,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="administrations",
        help_text="empty: as needed",
    )
    outcome = models.CharField(max_length=15, choices=DoseOutcome)
    amount = amount(null=True, blank=True, help_text="in the unit of the order")
    administered_at = models.DateTimeField()
    administered_by = by_whom(null=False, blank=False, help_text="who gave it, or noticed")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False, help_text="when it was written down")
    reason = models.CharField(max_length=500, blank=True)
    site = models.CharField(max_length=100, blank=True, help_text="where it was injected or put")
    told = ArrayField(
        models.CharField(max_length=20, choices=Counsel), default=list, blank=True, help_text="what was said with it"
    )
    findings = models.JSONField(default=list, blank=True, editable=False, help_text="at a first dose or an injection")
    needs_witness = models.BooleanField(default=False, editable=False)
    witnessed_at = models.DateTimeField(null=True, blank=True, editable=False)
    witnessed_by = by_whom(editable=False)

    objects = Administrations.as_manager()

    refusals = {
        "an_administration_never_changes": (
            "administration_fixed",
            "This never changes. Mark it as entered in error and record it again.",
        ),
        "what_was_witnessed_never_changes": (
            "administration_fixed",
            "This never changes. Mark it as entered in error and record it again.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_witness_has_when", "witnessed_at", "witnessed_by"),
            models.UniqueConstraint(
                fields=["due"],
                condition=Q(entered_in_error_at=None),
                name="a_dose_is_given_once",
                violation_error_code="dose_recorded",
                violation_error_message="Somebody wrote down already what became of this dose.",
            ),
            models.CheckConstraint(
                name="what_was_given_has_an_amount",
                # Nothing compared is neither true nor false, which a constraint lets pass.
                condition=Q(outcome="given", amount__isnull=False, amount__gt=0)
                | ~Q(outcome="given") & Q(amount=None),
                violation_error_code="amount_missing",
                violation_error_message="Say how much was given.",
            ),
            models.CheckConstraint(
                name="what_was_not_given_says_why",
                condition=~Q(outcome__in=NEEDS_REASON) | ~Q(reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why it was not given.",
            ),
            models.CheckConstraint(
                name="nobody_is_their_own_witness",
                condition=Q(witnessed_by=None) | ~Q(witnessed_by=F("administered_by")) & Q(needs_witness=True),
                violation_error_code="own_witness",
                violation_error_message="The witness is somebody else than whoever gave it.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-administered_at"], name="given_to_a_person"),
            models.Index(fields=["order", "-administered_at"], name="given_by_order"),
            models.Index(
                fields=["administered_at", "facility"],
                condition=Q(needs_witness=True, witnessed_at=None, entered_in_error_at=None),
                name="doses_to_witness",
            ),
        ]

    def __str__(self):
        return f"{self.order}: {self.get_outcome_display().lower()}"

    def is_given(self):
        """Does it count as given? What needs a witness does once there is one."""
        return (
            self.outcome == DoseOutcome.GIVEN
            and self.entered_in_error_at is None
            and (not self.needs_witness or self.witnessed_at is not None)
        )
