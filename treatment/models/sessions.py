"""Sessions, and the notes about them."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

from .placements import Placement


class SessionKind(models.TextChoices):
    """What kind of session."""

    INDIVIDUAL = "individual", "Individual"
    FAMILY = "family", "Family"
    GROUP = "group", "Group"
    PSYCHOEDUCATION = "psychoeducation", "Psychoeducation"
    INTEGRATION = "integration", "Integration"


class Attendance(models.TextChoices):
    """Did the person come?"""

    ATTENDED = "attended", "Attended"
    LATE = "late", "Came late"
    PARTIAL = "partial", "Left early"
    NO_SHOW = "no_show", "Did not come"


class Sessions(PatientRows):
    """Sessions."""


@clinical
class Session(Record):
    """One session with one person."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="sessions")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="sessions")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    kind = models.CharField(max_length=20, choices=SessionKind)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    attendance = models.CharField(max_length=20, choices=Attendance)
    logged_at = models.DateTimeField()
    logged_by = by_whom(null=False, blank=False)

    objects = Sessions.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_session_ends_after_it_starts",
                condition=Q(ended_at__gte=F("started_at")),
                violation_error_code="ends_before_start",
                violation_error_message="A session ends after it starts.",
            )
        ]
        indexes = [models.Index(fields=["patient", "-started_at"], name="sessions_of_a_person")]

    def __str__(self):
        return f"{self.get_kind_display()} session with {self.patient}"


class SessionNotes(PatientRows):
    """Session notes."""

    def drafts(self):
        """Those not signed."""
        return self.right().filter(signed_at=None)


@clinical
class SessionNote(Record):
    """The note of a session: drafted, signed, and from then on locked by the database."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="session_notes")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="notes")
    sign_duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="note_to_sign")
    text = models.TextField(blank=True, max_length=40_000)
    drafted_at = models.DateTimeField()
    drafted_by = by_whom(null=False, blank=False)
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = by_whom(editable=False)

    objects = SessionNotes.as_manager()

    refusals = {
        "a_signed_note_never_changes": (
            "note_signed",
            "This note is signed and cannot be changed. Mark it as entered in error, or write another.",
        ),
        "a_session_with_a_signed_note_never_changes": (
            "note_signed",
            "The note of this session is signed, so the session cannot be changed.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_signature_has_who", "signed_at", "signed_by"),
            models.CheckConstraint(
                name="a_signed_note_has_text",
                condition=Q(signed_at=None) | ~Q(text=""),
                violation_error_code="note_empty",
                violation_error_message="An empty note cannot be signed.",
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(entered_in_error_at=None),
                name="one_note_per_session",
                violation_error_code="note_written",
                violation_error_message="This session has a note already.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient"], name="notes_of_a_person"),
            models.Index(fields=["drafted_by"], condition=Q(signed_at=None), name="drafts_of_user"),
        ]

    def __str__(self):
        return f"Note: {self.session}"
