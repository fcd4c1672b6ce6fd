"""Group sessions: what was said to all of them, once."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record

from .placements import Program


class SessionKind(models.TextChoices):
    """What kind of session."""

    INDIVIDUAL = "individual", "Individual"
    FAMILY = "family", "Family"
    GROUP = "group", "Group"
    PSYCHOEDUCATION = "psychoeducation", "Psychoeducation"
    INTEGRATION = "integration", "Integration"


# What may be held with several people who are strangers to each other.
IN_GROUPS = [SessionKind.GROUP, SessionKind.PSYCHOEDUCATION, SessionKind.INTEGRATION]


@clinical
class GroupSession(Record):
    """One session with several people of a program: the text they share, which names none of them.

    Who came, and what each did there, are rows of their own (Session, SessionNote), one person's each.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="group_sessions")
    kind = models.CharField(max_length=20, choices=SessionKind, default=SessionKind.GROUP)
    topic = models.CharField(max_length=200)
    text = models.TextField(
        blank=True, max_length=40_000, help_text="on the chart of everybody who came: name nobody here"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    led_by = by_whom(null=False, blank=False)
    logged_at = models.DateTimeField()
    logged_by = by_whom(null=False, blank=False)

    refusals = {
        "a_shared_text_that_was_signed_never_changes": (
            "note_signed",
            "A note of this group was signed, so what they share cannot be changed. Write an addendum to the notes.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_group_ends_after_it_starts",
                condition=Q(ended_at__gte=F("started_at")),
                violation_error_code="ends_before_start",
                violation_error_message="A session ends after it starts.",
            ),
            models.CheckConstraint(
                name="a_group_is_of_a_kind_for_several",
                condition=Q(kind__in=IN_GROUPS),
                violation_error_code="not_a_group_kind",
                violation_error_message="This kind of session is held with one person, or one family.",
            ),
        ]
        indexes = [models.Index(fields=["facility", "-started_at"], name="group_sessions_here")]

    def __str__(self):
        return f"{self.topic}, {self.program}"

    def is_written_by(self, user):
        """Is it this user's to write about?"""
        return self.entered_in_error_at is None and user.pk in {self.led_by_id, self.logged_by_id}

    def was_signed(self):
        """Was a note of it ever signed, by mistake too? What was shared in it is kept as it was."""
        return self.sessions.filter(notes__signed_at__isnull=False).exists()

    def has_signed_notes(self):
        """Is the shared text part of something signed?"""
        return self.sessions.right().filter(notes__signed_at__isnull=False, notes__entered_in_error_at=None).exists()
