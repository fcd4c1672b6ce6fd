"""Is the person medically ready?"""

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, Rows, together
from duties.models import Duty
from patients.models import ClearanceBasis, Episode, Patient, PatientRows

from .observations import plausible, vital


class Checklists(Rows):
    """Checklists."""

    def of(self, slug):
        """Its editions, the newest first."""
        return self.filter(slug=slug).order_by("-edition")

    def current(self, slug):
        """The newest edition."""
        return self.of(slug).first()

    def current_of(self, *slugs):
        """The newest edition of each, in the order asked for, in one statement."""
        newest = self.filter(slug__in=slugs).order_by("slug", "-edition").distinct("slug")
        found = {checklist.slug: checklist for checklist in newest}
        return [found[slug] for slug in slugs]


class Checklist(Record):
    """Questions asked before a step, as versioned data: [{code, text, limit}]."""

    slug = models.SlugField(max_length=50)
    edition = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=200)
    items = models.JSONField()
    source = models.CharField(max_length=500, blank=True)
    valid_for = models.DurationField(null=True, blank=True, help_text="how long what was answered may be relied on")

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

    def in_force(self):
        """Those nobody has taken back; whether their time is over, the episode says."""
        return self.right().filter(withdrawn_at=None)


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
    lapses_at = models.DateTimeField(null=True, blank=True, help_text="from then on it opens no door to treatment")
    respiratory_rate = vital("respiratory_rate")
    oxygen_saturation = vital("oxygen_saturation")
    heart_rate = vital("heart_rate")
    systolic = vital("systolic")
    diastolic = vital("diastolic")
    temperature = vital("temperature")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = by_whom(editable=False)
    withdrawn_reason = models.CharField(max_length=500, blank=True, editable=False)
    look_again_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawn_clearance", editable=False
    )

    objects = Clearances.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="an_override_has_a_reason",
                condition=~Q(basis=ClearanceBasis.OVERRIDDEN) | ~Q(reason=""),
                violation_error_code="reason_missing",
                violation_error_message="An override needs a reason.",
            ),
            plausible("a_clearance_is_of_possible_numbers"),
            together("a_withdrawal_of_clearance_has_who", "withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                name="a_clearance_is_withdrawn_for_a_reason",
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why the clearance is withdrawn.",
            ),
        ]

    def __str__(self):
        return f"{self.patient}: {self.get_basis_display().lower()}"
