"""The thread of care a person is on."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record

from .access import PatientRows
from .people import Patient


class Entry(models.TextChoices):
    """How an episode began."""

    OVERDOSE = "overdose", "Overdose"
    SELF = "self", "Asked themselves"
    OTHER_PROVIDER = "other_provider", "Another provider"
    COURT = "court", "Court"
    RETURN = "return", "Came back"


class Stage(models.TextChoices):
    """Where on the road a person is."""

    REFERRED = "referred", "Referred"
    STABILIZING = "stabilizing", "Stabilizing"
    ENGAGING = "engaging", "Engaging"
    INTAKE = "intake", "Intake"
    TREATMENT = "treatment", "Treatment"
    AFTERCARE = "aftercare", "Aftercare"
    CLOSED = "closed", "Closed"


class ClearanceBasis(models.TextChoices):
    """On what ground a person may begin treatment."""

    CLEARED = "cleared", "Medically cleared"
    SCREENED = "screened", "Screened by a nurse"
    NOT_NEEDED = "not_needed", "Not needed"
    OVERRIDDEN = "overridden", "Overridden by a prescriber"


class CloseReason(models.TextChoices):
    """Why an episode ended."""

    COMPLETED = "completed", "Completed"
    DECLINED = "declined", "Declined, no contact wanted"
    WITHDREW = "withdrew", "Withdrew"
    LOST = "lost", "Lost to contact"
    TRANSFERRED = "transferred", "Arrived elsewhere"
    DIED = "died", "Died"
    ADMINISTRATIVE = "administrative", "Administrative"


NOT_CLEARED = "The person has not been medically cleared for treatment."
LAPSED = "The clearance is too old. Look at the person again before treatment begins."
UNCLEARED = {"cleared_at": None, "cleared_by": None, "clearance_basis": "", "clearance_lapses_at": None}


class Episodes(PatientRows):
    """Episodes."""

    along = ("patient", "facility")

    def open(self):
        """Those not closed and not entered in error."""
        return self.right().filter(closed_at=None)

    def open_first(self):
        """One that is open, then those closed, the last of them first."""
        return self.order_by(F("closed_at").desc(nulls_first=True), "-opened_at")


@clinical
class Episode(Record):
    """One thread of care, from how a person came to the day it is closed."""

    NEXT = {
        Stage.REFERRED: {Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.CLOSED},
        # Back to where they were sent out from, or on to the talk.
        Stage.STABILIZING: {Stage.ENGAGING, Stage.INTAKE, Stage.TREATMENT, Stage.CLOSED},
        Stage.ENGAGING: {Stage.INTAKE, Stage.AFTERCARE, Stage.STABILIZING, Stage.CLOSED},
        Stage.INTAKE: {Stage.TREATMENT, Stage.STABILIZING, Stage.CLOSED},
        Stage.TREATMENT: {Stage.AFTERCARE, Stage.STABILIZING, Stage.CLOSED},
        Stage.AFTERCARE: {Stage.TREATMENT, Stage.CLOSED},
        Stage.CLOSED: set(),
    }

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="episodes", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    entry = models.CharField(max_length=20, choices=Entry)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.REFERRED, editable=False)
    stage_at = models.DateTimeField(editable=False)
    stage_by = by_whom(null=False, blank=False, editable=False)
    stage_reason = models.CharField(max_length=500, blank=True, editable=False)
    opened_at = models.DateTimeField()
    opened_by = by_whom(null=False, blank=False)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next_episodes"
    )
    cleared_at = models.DateTimeField(null=True, blank=True, editable=False)
    cleared_by = by_whom(editable=False)
    clearance_basis = models.CharField(max_length=20, choices=ClearanceBasis, blank=True, editable=False)
    clearance_lapses_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = by_whom(editable=False)
    close_reason = models.CharField(max_length=20, choices=CloseReason, blank=True, editable=False)

    objects = Episodes.as_manager()

    # Raised by triggers: sentences for people.
    refusals = {
        "a_stage_is_never_skipped": ("stage_skipped", "This step does not follow from where the person is."),
        "an_episode_begins_as_referred": ("stage_skipped", "An episode begins as referred."),
        "a_step_is_not_before_the_last": (
            "before_last_step",
            "This is earlier than the last step recorded for the person. Check the time.",
        ),
        "an_episode_keeps_its_person": ("person_changed", "An episode stays with its person."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(closed_at=None, entered_in_error_at=None),
                name="one_open_episode_per_person",
                violation_error_code="episode_open",
                violation_error_message="This person already has an open episode.",
            ),
            models.CheckConstraint(
                name="closed_has_when_who_and_why",
                condition=Q(stage=Stage.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(close_reason="")
                | ~Q(stage=Stage.CLOSED) & Q(closed_at=None, closed_by=None, close_reason=""),
                violation_error_code="closing_half_recorded",
                violation_error_message="Closing an episode records when, by whom and why.",
            ),
            models.CheckConstraint(
                name="clearance_has_when_who_and_basis",
                condition=Q(cleared_at=None, cleared_by=None, clearance_basis="")
                | Q(cleared_at__isnull=False, cleared_by__isnull=False) & ~Q(clearance_basis=""),
                violation_error_code="clearance_half_recorded",
                violation_error_message="Clearance records when, by whom and on what basis.",
            ),
            models.CheckConstraint(
                name="treatment_means_cleared",
                condition=~Q(stage=Stage.TREATMENT) | Q(cleared_at__isnull=False),
                violation_error_code="not_cleared",
                violation_error_message=NOT_CLEARED,
            ),
            models.CheckConstraint(
                name="treatment_begins_before_clearance_lapses",
                condition=~Q(stage=Stage.TREATMENT)
                | Q(clearance_lapses_at=None)
                | Q(clearance_lapses_at__gt=F("stage_at")),
                violation_error_code="clearance_lapsed",
                violation_error_message=LAPSED,
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-opened_at"], name="episodes_of_a_person"),
            models.Index(fields=["facility", "stage"], condition=Q(closed_at=None), name="open_episodes_here"),
            models.Index(fields=["-opened_at"], condition=Q(closed_at=None), name="open_episodes_newest"),
        ]

    def __str__(self):
        return f"{self.patient}, {self.get_entry_display().lower()} {self.opened_at:%Y-%m-%d}"

    def move_to(self, stage, *, by, at, reason="", **changes):
        """Take the next step on the road; the trigger writes the event. Raises stage_skipped."""
        if stage not in self.NEXT[self.stage]:
            raise ValidationError(
                "The person is at “%(here)s”; “%(there)s” does not follow from there.",
                code="stage_skipped",
                params={"here": self.get_stage_display().lower(), "there": Stage(stage).label.lower()},
            )
        self.stage, self.stage_at, self.stage_by, self.stage_reason = stage, at, by, reason
        for field, value in changes.items():
            setattr(self, field, value)
        self.save(update_fields=["stage", "stage_at", "stage_by", "stage_reason", *changes])

    def require_clearance(self, at):
        """Raise not_cleared, or clearance_lapsed when its time was over by then."""
        if self.cleared_at is None:
            raise ValidationError(NOT_CLEARED, code="not_cleared")
        if self.clearance_lapses_at and self.clearance_lapses_at <= at:
            raise ValidationError(LAPSED, code="clearance_lapsed")

    def require(self, *stages):
        """Raise wrong_stage unless the person is at one of these stages."""
        if self.stage not in stages:
            raise ValidationError(
                "This cannot be done while the person is at “%(here)s”.",
                code="wrong_stage",
                params={"here": self.get_stage_display().lower()},
            )


class EpisodeEvents(PatientRows):
    """Steps."""


class EpisodeEvent(models.Model):
    """One step of an episode, written by the database when the stage changes. Append-only."""

    id = models.BigAutoField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="events")
    from_stage = models.CharField(max_length=20, choices=Stage, blank=True)
    to_stage = models.CharField(max_length=20, choices=Stage)
    at = models.DateTimeField(help_text="when it happened")
    by = by_whom(null=False, blank=False)
    reason = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(db_default=models.functions.Now())

    objects = EpisodeEvents.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["patient", "-at"], name="steps_of_a_person")]

    def __str__(self):
        return f"{self.from_stage or 'new'} → {self.to_stage}"
