"""What people answered to an instrument, what it came to, and what it called for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

from .instruments import CANNOT_WAIT, Instrument, Severity


class AnsweredHow(models.TextChoices):
    """How the answers were given."""

    ASKED = "asked", "Asked by staff"
    SELF = "self", "Filled in by the person"
    PHONE = "phone", "By phone or video"


class Assessments(PatientRows):
    """Assessments."""

    def answered(self):
        """Those that were answered."""
        return self.right().filter(answered_at__isnull=False)

    def unsettled(self):
        """Those whose answers called for somebody who has not come yet, or not said what they found."""
        return self.right().filter(settled_at=None, severity__in=CANNOT_WAIT)

    def to_answer(self):
        """Those begun, and neither answered nor declined."""
        return self.right().filter(answered_at=None, declined_at=None)


@clinical
class Assessment(Record):
    """An instrument begun with a person; once answered it never changes: ask again instead."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="assessments", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assessments")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    begun_by = by_whom(null=False, blank=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = by_whom(editable=False)
    how = models.CharField(max_length=10, choices=AnsweredHow, blank=True)
    answers = models.JSONField(default=dict, blank=True, editable=False, help_text="{item: value}")
    note = models.CharField(max_length=1000, blank=True)
    scores = models.JSONField(
        default=dict, blank=True, editable=False, help_text="{code: {name, score, says, severity}}"
    )
    missing = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, editable=False, help_text="items a score waits for"
    )
    flags = ArrayField(models.CharField(max_length=200), default=list, blank=True, editable=False)
    severity = models.CharField(max_length=10, choices=Severity, blank=True, editable=False)
    about_suicide = models.BooleanField(
        default=False, editable=False, help_text="asking about suicide answers what this called for"
    )
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="assessment", editable=False
    )
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_by = by_whom(editable=False)
    settled_reason = models.CharField(max_length=1000, blank=True, editable=False)
    declined_at = models.DateTimeField(null=True, blank=True, editable=False)
    declined_by = by_whom(editable=False, help_text="who asked")
    declined_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = Assessments.as_manager()

    refusals = {
        "an_answered_assessment_never_changes": (
            "assessment_fixed",
            "The answers never change. Ask again, or mark them as entered in error.",
        ),
        "a_declined_assessment_never_changes": (
            "assessment_fixed",
            "The person declined. Ask again, or mark it as entered in error.",
        ),
        "an_assessment_is_settled": (
            "safety_open",
            "This is ended by asking about suicide, or by a clinician who says what they found.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("an_answered_assessment_has_who", "answered_at", "answered_by"),
            together("a_settled_assessment_has_who", "settled_at", "settled_by"),
            models.CheckConstraint(
                name="what_was_declined_was_not_answered",
                condition=Q(declined_at=None, declined_by=None, declined_reason="")
                | Q(declined_at__isnull=False, declined_by__isnull=False, answered_at=None) & ~Q(declined_reason=""),
                violation_error_code="declined_or_answered",
                violation_error_message="It is answered, or declined with a reason: one of the two.",
            ),
            models.CheckConstraint(
                name="an_assessment_is_answered_or_empty",
                condition=Q(answered_at=None, answers={}, scores={}, severity="", how="")
                | Q(answered_at__isnull=False) & ~Q(answers={}) & ~Q(how=""),
                violation_error_code="half_recorded",
                violation_error_message="An assessment that was answered has answers, and says how they were given.",
            ),
            models.CheckConstraint(
                name="an_assessment_is_answered_after_it_began",
                condition=Q(answered_at=None) | Q(answered_at__gte=models.F("begun_at")),
                violation_error_code="answered_before_begun",
                violation_error_message="It is answered after it was begun.",
            ),
            models.CheckConstraint(
                name="what_cannot_wait_is_owed_or_settled",
                condition=~Q(severity__in=["red", "critical"]) | Q(duty__isnull=False) | Q(settled_at__isnull=False),
                violation_error_code="danger_owed",
                violation_error_message="What cannot wait is owed an answer by somebody.",
            ),
            models.CheckConstraint(
                name="an_assessment_is_settled_in_words",
                condition=Q(settled_at=None, settled_reason="") | Q(settled_at__isnull=False) & ~Q(settled_reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Say what was found.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-begun_at"], name="assessments_of_a_person")]

    def __str__(self):
        return f"{self.patient}: {self.instrument}{self.in_short()}"

    def in_short(self):
        """The scores on one line."""
        if self.answered_at is None:
            return ", declined" if self.declined_at else ", not answered yet"
        told = [
            f"{one['name'].lower()} {one['says'].lower() if one['score'] is None else one['score']}"
            for one in self.scores.values()
        ]
        return f", {'; '.join(told)}"

    def settle(self, reason, *, by, at):
        """Somebody spoke with the person about what they answered."""
        self.settled_at, self.settled_by, self.settled_reason = at, by, reason

    def what_now(self):
        """What whoever asked does at once, in a sentence; nothing when nothing is called for."""
        if self.settled_at or self.entered_in_error_at:
            return ""
        if self.severity == Severity.CRITICAL:
            return "Stay with the person. A nurse or prescriber comes now."
        if self.severity != Severity.RED:
            return ""
        today = "a clinician looks at the person today."
        return f"Ask about suicide now, or {today}" if self.about_suicide else today.capitalize()
