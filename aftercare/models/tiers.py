"""How worried we are about a person, and by which signs."""

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom
from patients.models import Patient, PatientRows


class Tier(models.TextChoices):
    """How closely somebody is followed (domain 7.2)."""

    GREEN = "green", "Green"
    AMBER = "amber", "Amber"
    RED = "red", "Red"
    CRITICAL = "critical", "Critical"

    @property
    def rank(self):
        """From 0, the calmest."""
        return list(Tier).index(self)

    @property
    def shape(self):
        """A shape beside the color."""
        return "●◐▲■"[self.rank]


class TieredFor(models.TextChoices):
    """What a tier was given for."""

    ANSWER = "answer", "An answer"
    MISS = "miss", "A check-in nobody answered"
    RAISED = "raised", "Raised by staff"
    LOWERED = "lowered", "Lowered by staff"
    CORRECTED = "corrected", "An answer was entered in error"


class Tierings(PatientRows):
    """Tierings."""

    def standing(self):
        """Without those for an answer that was entered in error, and those that took such back."""
        right = Q(answer=None) | Q(answer__entered_in_error_at=None)
        return self.filter(right).exclude(because=TieredFor.CORRECTED)


class Tiering(models.Model):
    """A tier given, with the signs it was given for: after each answer and miss, and each decision of staff."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="tierings", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(
        "aftercare.AftercarePlan", on_delete=models.PROTECT, related_name="tierings", db_index=False
    )
    check_in = models.ForeignKey(
        "aftercare.CheckIn", on_delete=models.PROTECT, null=True, blank=True, related_name="tierings"
    )
    answer = models.ForeignKey(
        "aftercare.Answer", on_delete=models.PROTECT, null=True, blank=True, related_name="tierings"
    )
    because = models.CharField(max_length=10, choices=TieredFor)
    was = models.CharField(max_length=10, choices=Tier)
    tier = models.CharField(max_length=10, choices=Tier, help_text="that held from then on")
    found = models.CharField(max_length=10, choices=Tier, help_text="that the signs alone call for")
    signs = models.JSONField(default=list, help_text="what was found: key, tier, weight, and a sentence")
    weight = models.PositiveSmallIntegerField(default=0, help_text="of the signs together, to rank by")
    edition = models.PositiveIntegerField(null=True, blank=True, help_text="of the signs")
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = by_whom(null=False, blank=False)
    recorded_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)

    objects = Tierings.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_decision_on_a_tier_has_its_reason",
                condition=Q(because__in=["answer", "miss"]) | ~Q(reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why.",
            )
        ]
        indexes = [
            models.Index(fields=["plan", "-id"], name="tierings_of_a_plan"),
            models.Index(fields=["patient", "-at"], name="tierings_of_a_person"),
        ]

    def __str__(self):
        return f"{self.get_tier_display()}: {self.words()}"

    def words(self):
        """Why, in words."""
        signs = "; ".join(sign["says"] for sign in self.signs) or "no sign"
        return f"{self.reason}; {signs}" if self.because == TieredFor.CORRECTED else self.reason or signs
