"""Is the person in danger from themselves? Our own questions, and what the answers call for."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

ASKED = ("wish", "thoughts", "method", "intent", "plan", "behavior", "recent")


class Danger(models.TextChoices):
    """What the answers call for."""

    NONE = "none", "None found"
    LOW = "low", "Low"
    MODERATE = "moderate", "Moderate: a clinician looks the same day"
    HIGH = "high", "High: stay with the person"


def danger(*, wish=None, thoughts=None, method=None, intent=None, plan=None, behavior=None, recent=None):
    """What these answers call for. It fails safe: a question that was not answered counts as a yes (domain 5.2).

    Method, intent and plan are asked only of somebody who has thoughts of it, recent only after behavior; so after
    a no there they count as a no, unless they were said all the same.
    """
    if thoughts is False:
        method, intent, plan = bool(method), bool(intent), bool(plan)
    if behavior is False:
        recent = bool(recent)
    if not (intent is False and plan is False and recent is False):
        return Danger.HIGH
    if method is not False or behavior is not False:
        return Danger.MODERATE
    if wish is not False or thoughts is not False:
        return Danger.LOW
    return Danger.NONE


class Settled(models.TextChoices):
    """How what was called for ended."""

    PLANNED = "planned", "A safety plan was made"
    CLEARED = "cleared", "A clinician saw no danger"


class SuicideScreens(PatientRows):
    """Screens."""

    def unsettled(self):
        """Those that called for somebody, who has not come yet or not said what they found."""
        return self.right().filter(settled_at=None, level__in=[Danger.MODERATE, Danger.HIGH])


@clinical
class SuicideScreen(Record):
    """The person was asked, or declined to be: both are recorded. Answers never change; ask again instead."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="suicide_screens", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="suicide_screens")
    screened_at = models.DateTimeField()
    screened_by = by_whom(null=False, blank=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False, help_text="when it was written down")
    declined = models.BooleanField(default=False, help_text="did not want to be asked; no reason is needed")
    wish = models.BooleanField(null=True, blank=True, help_text="wishes to be dead, or not to wake up; past month")
    thoughts = models.BooleanField(null=True, blank=True, help_text="thinks of ending their life; past month")
    method = models.BooleanField(null=True, blank=True, help_text="has thought of how; past month")
    intent = models.BooleanField(null=True, blank=True, help_text="means to do it; past month")
    plan = models.BooleanField(null=True, blank=True, help_text="has worked out a plan; past month")
    behavior = models.BooleanField(null=True, blank=True, help_text="has ever done, begun or prepared something")
    recent = models.BooleanField(null=True, blank=True, help_text="in the past three months")
    note = models.CharField(max_length=1000, blank=True)
    level = models.CharField(max_length=20, choices=Danger, blank=True, editable=False)
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="suicide_screen", editable=False
    )
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_by = by_whom(editable=False)
    settled = models.CharField(max_length=20, choices=Settled, blank=True, editable=False)
    safety_plan = models.TextField(
        max_length=8000,
        blank=True,
        editable=False,
        help_text="warning signs, what helps, whom to call, and how the means were put out of reach",
    )
    settled_reason = models.CharField(max_length=1000, blank=True, editable=False)

    objects = SuicideScreens.as_manager()

    refusals = {
        "a_suicide_screen_never_changes": (
            "screen_fixed",
            "The answers never change. Ask again, or mark them as entered in error.",
        ),
        "a_suicide_screen_is_settled": (
            "safety_open",
            "This is ended by a safety plan, or by a clinician who says why there is no danger.",
        ),
        "whoever_declined_is_asked_again": (
            "ask_again_open",
            "This is ended by asking about suicide again: write down what they answered, or that they declined.",
        ),
        "self_harm_is_asked_about": (
            "self_harm_open",
            "This is ended by asking the person about suicide: write down what they answered.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_settled_screen_has_who", "settled_at", "settled_by"),
            models.CheckConstraint(
                name="somebody_answered_or_declined",
                condition=Q(declined=True, level="", **dict.fromkeys(ASKED))
                | Q(declined=False)
                & ~Q(level="")
                & (Q(wish__isnull=False) | Q(thoughts__isnull=False) | Q(behavior__isnull=False)),
                violation_error_code="asked_or_declined",
                violation_error_message="Write down the answers, or that the person declined: one of the two.",
            ),
            models.CheckConstraint(
                name="danger_is_owed_to_somebody",
                condition=~Q(level__in=["moderate", "high"]) | Q(duty__isnull=False),
                violation_error_code="danger_owed",
                violation_error_message="Danger is owed an answer by somebody.",
            ),
            models.CheckConstraint(
                name="a_screen_is_settled_in_words",
                condition=Q(settled_at=None, settled="")
                | Q(settled_at__isnull=False, settled="planned") & ~Q(safety_plan="")
                | Q(settled_at__isnull=False, settled="cleared") & ~Q(settled_reason=""),
                violation_error_code="reason_missing",
                violation_error_message="Write down the safety plan, or why there is no danger.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-screened_at"], name="suicide_screens_of_a_person")]

    def __str__(self):
        return f"{self.patient}: {self.get_level_display().lower() or 'declined'}"

    def what_now(self):
        """What whoever asked does at once, in a sentence; nothing when nothing is called for."""
        if self.settled_at or self.entered_in_error_at:
            return ""
        return {
            Danger.HIGH: "Stay with the person. A nurse or prescriber comes now.",
            Danger.MODERATE: "A clinician looks at the person today.",
        }.get(self.level, "")
