"""Is the person medically ready?"""

from django.db import models

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, Rows
from patients.models import ClearanceBasis, Episode, Patient, PatientRows


class Checklists(Rows):
    """Checklists."""

    def of(self, slug):
        """Its editions, the newest first."""
        return self.filter(slug=slug).order_by("-edition")

    def current(self, slug):
        """The newest edition."""
        return self.of(slug).first()


class Checklist(Record):
    """Questions asked before a step, as versioned data: [{code, text, limit}]."""

    slug = models.SlugField(max_length=50)
    edition = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=200)
    items = models.JSONField()
    source = models.CharField(max_length=500, blank=True)

    objects = Checklists.as_manager()

    refusals = {
        "a_checklist_never_changes": (
            "checklist_published",
            "A checklist never changes; publish a new edition.",
        )
    }

    class Meta:
        ordering = ["slug", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "edition"],
                name="one_checklist_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the checklist exists already.",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.edition})"


class Finding(models.TextChoices):
    """The answer to one item of a checklist."""

    MET = "met", "Met"
    OWN_BASELINE = "own_baseline", "At their own baseline"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NOT_MET = "not_met", "Not met"


class Clearances(PatientRows):
    """Clearances."""


@clinical
class Clearance(Record):
    """A checklist answered by a named clinician: the ground on which a person may begin treatment."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="clearances")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="clearances")
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    findings = models.JSONField(
        default=dict, blank=True, help_text="item code to {finding, reason}; a reason when not met"
    )
    basis = models.CharField(max_length=20, choices=ClearanceBasis)
    reason = models.CharField(max_length=500, blank=True, help_text="of an override")
    hospital = models.CharField(max_length=200, blank=True)
    contact_number = models.CharField(max_length=50, blank=True)
    cleared_at = models.DateTimeField()
    cleared_by = by_whom(null=False, blank=False)

    objects = Clearances.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="an_override_has_a_reason",
                condition=~models.Q(basis=ClearanceBasis.OVERRIDDEN) | ~models.Q(reason=""),
                violation_error_code="reason_missing",
                violation_error_message="An override needs a reason.",
            )
        ]

    def __str__(self):
        return f"{self.patient}: {self.get_basis_display().lower()}"
