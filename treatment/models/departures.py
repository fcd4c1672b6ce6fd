"""Leaving without a plan: somebody looks for the person, and a clinician says how great the risk is."""

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

from .absences import Absence
from .placements import Placement


class DepartureKind(models.TextChoices):
    """How the person left."""

    MISSING = "missing", "Missing"
    AGAINST_ADVICE = "against_advice", "Left against advice"


class Risk(models.TextChoices):
    """How great the risk is, as a clinician decides."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class PoliceBasis(models.TextChoices):
    """On what ground the police may be told that somebody is missing."""

    DANGER = "danger", "Danger to life, now"
    OTHERS = "others", "Danger to others, now"
    ORDER = "order", "A court order or hold that says so"
    MINOR = "minor", "A minor, where the law asks for it"
    CONSENT = "consent", "The person's own consent"


class DepartureOutcome(models.TextChoices):
    """How the search ended."""

    FOUND = "found", "Found, or known to be safe"
    SEARCH_ENDED = "search_ended", "Search ended by decision"
    CLOSED = "closed", "The thread of care ended"


class Departures(PatientRows):
    """Departures."""

    def open(self):
        """Those whose person is not known to be safe."""
        return self.right().filter(ended_at=None)


@clinical
class Departure(Record):
    """A person who went missing or left against advice: the search, the risk, and how it ended (domain 10)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="departures", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="departures")
    placement = models.ForeignKey(
        Placement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="departures",
        help_text="what they left; none before treatment",
    )
    absence = models.ForeignKey(
        Absence,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="departures",
        help_text="the leave from which they did not come back",
    )
    kind = models.CharField(max_length=20, choices=DepartureKind)
    search_duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="search_for")
    risk_duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="risk_of")
    noticed_at = models.DateTimeField(help_text="when it was discovered")
    noticed_by = by_whom(null=False, blank=False)
    last_seen = models.CharField(max_length=500, blank=True, help_text="when, where, by whom, wearing what")
    circumstances = models.TextField(max_length=4000, blank=True)
    risk = models.CharField(max_length=10, choices=Risk, blank=True, editable=False)
    risk_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="the last decision")
    risk_by = by_whom(editable=False)
    risk_reason = models.CharField(max_length=500, blank=True, editable=False)
    police_at = models.DateTimeField(null=True, blank=True, editable=False)
    police_by = by_whom(editable=False)
    police_basis = models.CharField(max_length=20, choices=PoliceBasis, blank=True, editable=False)
    police_told = models.CharField(
        max_length=500, blank=True, editable=False, help_text="whom, and what they were told: as little as serves"
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    outcome = models.CharField(max_length=20, choices=DepartureOutcome, blank=True, editable=False)
    note = models.CharField(max_length=500, blank=True, editable=False)

    objects = Departures.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_risk_decision_has_who_and_why",
                condition=Q(risk="", risk_at=None, risk_by=None)
                | Q(risk_at__isnull=False, risk_by__isnull=False) & ~Q(risk="") & ~Q(risk_reason=""),
                violation_error_code="half_recorded",
                violation_error_message="A risk decision records when, by whom and why.",
            ),
            models.CheckConstraint(
                name="the_police_are_told_on_a_basis",
                condition=Q(police_at=None, police_by=None, police_basis="")
                | Q(police_at__isnull=False, police_by__isnull=False) & ~Q(police_basis="") & ~Q(police_told=""),
                violation_error_code="police_basis_missing",
                violation_error_message="Telling the police records when, by whom, on what basis and what was told.",
            ),
            models.CheckConstraint(
                name="a_search_ends_with_who_and_how",
                condition=Q(ended_at=None, ended_by=None, outcome="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(outcome=""),
                violation_error_code="half_recorded",
                violation_error_message="The end of a search records when, by whom and how.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(ended_at=None, entered_in_error_at=None),
                name="one_search_at_a_time",
                violation_error_code="missing_already",
                violation_error_message="The person is being looked for already.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-noticed_at"], name="departures_of_a_person"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.patient}"
