"""What people are followed up by."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import Facility, Role, a_known_zone, by_whom, clinical
from audit.models import Record
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows
from treatment.models import Discharge

from .schedules import Schedule
from .tiers import Tier, TieredFor


class PlanEnd(models.TextChoices):
    """Why an aftercare plan ended."""

    COMPLETED = "completed", "Ran its course"
    BACK_TO_TREATMENT = "back_to_treatment", "Back to treatment"
    CLOSED = "closed", "Episode closed"
    WITHDREW = "withdrew", "Asked for no more check-ins"


class AftercarePlans(PatientRows):
    """Aftercare plans."""

    along = ("schedule", "facility", "coach")

    def active(self):
        """Those not ended."""
        return self.right().filter(ended_at=None)


@clinical
class AftercarePlan(Record):
    """What a person is followed up by: a schedule, counted from a day 0, in the person's own time zone."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="aftercare_plans")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="aftercare_plans")
    discharge = models.ForeignKey(
        Discharge, on_delete=models.PROTECT, null=True, blank=True, related_name="aftercare_plans"
    )
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="+")
    end_duty = models.OneToOneField(
        Duty,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_ending",
        editable=False,
        help_text="once the schedule has run out: decide what comes next",
    )
    coach = by_whom(db_index=True, help_text="who calls; none: the aftercare role here")
    anchor_at = models.DateTimeField(help_text="day 0: the discharge, or the talk")
    early_from_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="out of a bed or of custody since; none: never in one",
    )
    zone = models.CharField(max_length=64, validators=[a_known_zone])
    tier = models.CharField(
        max_length=10, choices=Tier, default=Tier.GREEN, db_default=Tier.GREEN, editable=False, help_text="now"
    )
    pace = models.FloatField(
        default=1,
        db_default=1,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
        help_text="the person asked for fewer: times the usual interval",
    )
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    end_reason = models.CharField(max_length=20, choices=PlanEnd, blank=True, editable=False)

    objects = AftercarePlans.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_plan_end_has_who_and_why",
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
                violation_error_code="half_recorded",
                violation_error_message="A plan's end records when, by whom and why.",
            ),
            models.CheckConstraint(
                name="a_pace_is_1_to_3",
                condition=Q(pace__gte=1, pace__lte=3),
                violation_error_code="pace_unreasonable",
                violation_error_message="A pace is 1, the usual one, to 3, a third of it.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(ended_at=None, entered_in_error_at=None),
                name="one_active_plan_per_episode",
                violation_error_code="plan_active",
                violation_error_message="The person has an aftercare plan already.",
            ),
        ]

    def __str__(self):
        return f"{self.patient}: {self.schedule.name}"

    def require_active(self):
        """Raise plan_ended when nobody is followed up by it any more."""
        if self.ended_at is not None:
            raise ValidationError("This plan has ended.", code="plan_ended")

    def tier_told(self):
        """The tier as answers and staff have it: a miss changes the hour, never the density (domain 7.3)."""
        if self.tier == Tier.GREEN:
            return Tier.GREEN
        told = self.tierings.exclude(because=TieredFor.MISS).order_by("-id").values_list("tier", flat=True)
        return Tier(told.first() or Tier.GREEN)

    def open_episode(self):
        """Its episode while that is open: what is still owed afterwards is owed to the person alone."""
        return self.episode if self.episode.closed_at is None else None

    def caller(self):
        """The coach, for as long as they are one here; otherwise nobody by name."""
        return self.coach if self.coach and self.coach.is_at(self.facility, [Role.AFTERCARE]) else None
