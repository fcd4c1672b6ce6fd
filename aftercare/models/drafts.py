"""What somebody has answered so far."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Facility
from audit.models import Record
from patients.models import Patient, PatientRows

from .check_ins import CheckIn, CheckIns


class DraftEnd(models.TextChoices):
    """What became of answers that were not sent in yet."""

    SENT = "sent", "Sent in"
    GATHERED = "gathered", "Left unfinished, and sent in as far as it went"
    DROPPED = "dropped", "Nothing was in it"


class AnswerDrafts(PatientRows):
    """Answers on their way."""

    along = tuple(f"check_in__{one}" for one in CheckIns.along)

    def open(self):
        """Those not sent in."""
        return self.filter(ended_at=None)

    def in_conversation(self):
        """Those in which a question was sent as a text and the answer is awaited."""
        return self.open().exclude(asking="")


class AnswerDraft(Record):
    """What a person has answered of one check-in so far, on the page or by text. Emptied once it is an Answer.

    No history is kept of it: what was typed and taken back again was not said.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="answer_drafts")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="drafts")
    given = models.JSONField(default=dict, editable=False)
    passed = ArrayField(
        models.CharField(max_length=50), default=list, editable=False, help_text="questions left out, by key"
    )
    asking = models.CharField(max_length=50, blank=True, editable=False, help_text="the question a text asked")
    misread = models.PositiveSmallIntegerField(default=0, editable=False)
    began_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    alarmed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="somebody was called in before it was sent"
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_how = models.CharField(max_length=20, choices=DraftEnd, blank=True, editable=False)

    objects = AnswerDrafts.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_draft_ends_somehow_and_empty",
                condition=Q(ended_at=None, ended_how="")
                | Q(ended_at__isnull=False, given={}, asking="") & ~Q(ended_how=""),
                violation_error_code="half_recorded",
                violation_error_message="Answers that were sent in leave an empty draft, with when and how.",
            ),
            models.UniqueConstraint(
                fields=["check_in"],
                condition=Q(ended_at=None),
                name="one_open_draft_per_check_in",
                violation_error_code="draft_open",
                violation_error_message="Somebody is answering this check-in already.",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(ended_at=None) & ~Q(asking=""),
                name="one_conversation_at_a_time",
                violation_error_code="conversation_open",
                violation_error_message="A conversation by text is open with this person already.",
            ),
        ]
        indexes = [models.Index(fields=["touched_at"], condition=Q(ended_at=None), name="drafts_not_sent")]

    def __str__(self):
        return f"Unsent answer to {self.check_in}"
