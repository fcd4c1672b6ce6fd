"""What a person must not be given."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import IntegerField, Q
from django.db.models.functions import Cast, Lower

from accounts.models import Facility, by_whom, clinical
from audit.models import Record

from .access import PatientRows
from .people import Patient


class AllergySeverity(models.TextChoices):
    """How bad the reaction was, or could be."""

    UNKNOWN = "unknown", "Not known"
    MILD = "mild", "Mild"
    MODERATE = "moderate", "Moderate"
    SEVERE = "severe", "Severe"


class AllergyStatus(models.TextChoices):
    """Does it still hold?"""

    ACTIVE = "active", "Active"
    RULED_OUT = "ruled_out", "Ruled out"


class Allergies(PatientRows):
    """Allergies, and statements that there are none known."""

    def active(self):
        """Those that hold."""
        return self.right().filter(status=AllergyStatus.ACTIVE)

    def in_words(self):
        """What is known of one person in a line."""
        return Allergy.all_in_words(self.active())


@clinical
class Allergy(Record):
    """A substance the person reacts to; or, with `none_known`, that somebody asked and none is known."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="allergies")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    none_known = models.BooleanField(default=False, editable=False, help_text="asked, and none is known")
    substance = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=20, blank=True, help_text="RxNorm or the site's own, where known")
    reaction = models.CharField(max_length=500, blank=True)
    severity = models.CharField(max_length=10, choices=AllergySeverity, default=AllergySeverity.UNKNOWN)
    status = models.CharField(max_length=10, choices=AllergyStatus, default=AllergyStatus.ACTIVE, editable=False)
    noted_at = models.DateTimeField()
    noted_by = by_whom(null=False, blank=False)
    ruled_out_at = models.DateTimeField(null=True, blank=True, editable=False)
    ruled_out_by = by_whom(editable=False)
    ruled_out_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = Allergies.as_manager()

    class Meta:
        verbose_name_plural = "allergies"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="an_allergy_is_to_something",
                condition=Q(none_known=True, substance="") | Q(none_known=False) & ~Q(substance=""),
                violation_error_code="substance_missing",
                violation_error_message="Say to what the person is allergic.",
            ),
            models.CheckConstraint(
                name="a_ruled_out_allergy_has_when_who_and_why",
                condition=Q(status="active", ruled_out_at=None, ruled_out_by=None, ruled_out_reason="")
                | Q(status="ruled_out", ruled_out_at__isnull=False, ruled_out_by__isnull=False)
                & ~Q(ruled_out_reason=""),
                violation_error_code="ruling_out_half_recorded",
                violation_error_message="Ruling an allergy out records when, by whom and why.",
            ),
            models.UniqueConstraint(
                "patient",
                Lower("substance"),
                condition=Q(status="active", entered_in_error_at=None),
                name="an_allergy_is_recorded_once",
                violation_error_code="allergy_recorded",
                violation_error_message="This is recorded already.",
            ),
            ExclusionConstraint(
                name="none_known_means_none",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    (Cast("none_known", IntegerField()), RangeOperators.NOT_EQUAL),
                ],
                condition=Q(status="active", entered_in_error_at=None),
                violation_error_code="allergies_known",
                violation_error_message="Allergies are recorded for this person. Rule them out first.",
            ),
        ]

    def __str__(self):
        return "No known allergies" if self.none_known else self.substance

    @staticmethod
    def all_in_words(rows):
        """Active ones of one person in a line: the worst first; or that none is known; or "".

        One of two records of a person may say that none is known: what is known of the other counts.
        """
        worst_first = list(reversed(AllergySeverity.values))
        found = sorted(rows, key=lambda one: worst_first.index(one.severity))
        known = [one for one in found if not one.none_known]
        return ", ".join(one.in_words() for one in known or found[:1])

    def in_words(self):
        """The substance, and how bad it is where that is known."""
        known = self.severity != AllergySeverity.UNKNOWN
        return f"{self} ({self.get_severity_display().lower()})" if known and not self.none_known else str(self)
