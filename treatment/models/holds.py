"""Beds held for people who are expected."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least

from accounts.models import Facility, by_whom, clinical
from audit.models import Record
from patients.models import Episode, Patient, PatientRows

from .beds import Bed, BedOverride
from .placements import Period


class HoldOutcome(models.TextChoices):
    """How a hold ended before its time."""

    USED = "used", "The person came"
    RELEASED = "released", "Released"


class BedHolds(PatientRows):
    """Holds."""

    def open(self):
        """Those not ended by hand; the time of some may be over."""
        return self.right().filter(ended_at=None)

    def holding(self, at):
        """Those that keep a bed for somebody at this moment."""
        return self.open().filter(until_at__gt=at)


@clinical
class BedHold(Record):
    """A free bed kept for a person who is expected; it is free again by itself when its time is over."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="bed_holds", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="bed_holds")
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=200, help_text="why now, and why this bed")
    override = models.CharField(
        max_length=10, choices=BedOverride, blank=True, editable=False, help_text="why, where the bed is for others"
    )
    held_at = models.DateTimeField()
    held_by = by_whom(null=False, blank=False)
    until_at = models.DateTimeField(help_text="then the bed is free again by itself")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    outcome = models.CharField(max_length=20, choices=HoldOutcome, blank=True, editable=False)

    objects = BedHolds.as_manager()

    # Raised by a trigger: what is held is free.
    refusals = {
        "a_held_bed_is_free": ("bed_taken", "The bed is taken at that time. Hold another; nothing else was changed."),
        "a_held_bed_is_usable": ("bed_blocked", "The bed is blocked. Hold another, or unblock it first."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_hold_ends_with_who_and_how",
                condition=Q(ended_at=None, ended_by=None, outcome="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(outcome=""),
                violation_error_code="half_recorded",
                violation_error_message="The end of a hold records when, by whom and how.",
            ),
            models.CheckConstraint(
                name="a_hold_lasts_a_while",
                condition=Q(until_at__gt=F("held_at")) & (Q(ended_at=None) | Q(ended_at__gte=F("held_at"))),
                violation_error_code="hold_in_the_past",
                violation_error_message="Hold the bed until some time after now.",
            ),
            ExclusionConstraint(
                name="a_bed_is_held_for_one",
                expressions=[
                    ("bed", RangeOperators.EQUAL),
                    (Period("held_at", Least("until_at", "ended_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(entered_in_error_at=None),
                violation_error_code="bed_held",
                violation_error_message="The bed is held for somebody who is expected already.",
            ),
            ExclusionConstraint(
                name="one_bed_is_held_for_a_person",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    (Period("held_at", Least("until_at", "ended_at")), RangeOperators.OVERLAPS),
                ],
                condition=Q(entered_in_error_at=None),
                violation_error_code="held_already",
                violation_error_message="A bed is held for this person already. Release it first.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-held_at"], name="holds_of_a_person"),
        ]

    def __str__(self):
        return f"{self.bed} for {self.patient}"

    def is_over(self, now):
        """Was it used or released, or has its time passed?"""
        return self.ended_at is not None or self.until_at <= now or self.entered_in_error_at is not None
