"""Moves between programs: where they led, and what was seen to so that nothing was dropped on the way."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

from .level_assessments import LevelOfCareAssessment
from .levels import Direction
from .placements import Placement


class Dealt(models.TextChoices):
    """How something that would have been dropped was dealt with."""

    DONE = "done", "Done"
    HANDED_OVER = "handed_over", "Handed over to somebody there"
    GOES_ON = "goes_on", "Goes on as it is"
    DECLINED = "declined", "The person declined"
    NOT_NEEDED = "not_needed", "Not needed there"


class Steps(PatientRows):
    """Moves."""


@clinical
class Step(Record):
    """A move between programs, with its checklist: {code: {says, gap, answer, words}}. It never changes."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="steps", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="steps")
    left = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="steps_out")
    began = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="steps_in")
    direction = models.CharField(max_length=10, choices=Direction)
    assessment = models.ForeignKey(
        LevelOfCareAssessment, on_delete=models.PROTECT, null=True, blank=True, related_name="steps",
        help_text="on which the move rests",
    )  # fmt: skip
    travels = models.JSONField(default=dict, help_text="what was seen to: {code: {says, gap, answer, words}}")
    reason = models.CharField(max_length=200, blank=True)
    review_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="step_to_assess", editable=False
    )
    contact_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="step_to_follow", editable=False
    )
    moved_at = models.DateTimeField()
    moved_by = by_whom(null=False, blank=False)

    objects = Steps.as_manager()

    refusals = {"a_step_never_changes": ("step_taken", "A move never changes. Move the person again.")}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_step_leads_elsewhere",
                condition=~Q(left=F("began")),
                violation_error_code="same_program",
                violation_error_message="The person is in this program already.",
            ),
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(entered_in_error_at=None),
                name="an_assessment_carries_one_step",
                violation_error_code="assessment_used",
                violation_error_message="The person was moved on this assessment already. Assess again.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-moved_at"], name="moves_of_a_person")]

    def __str__(self):
        return f"Step {self.get_direction_display().lower()}: {self.left.program} to {self.began.program}"
