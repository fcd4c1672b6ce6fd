"""The talk, while the person may listen."""

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows


class ConversationOutcome(models.TextChoices):
    """What the person said. Declining never needs a reason."""

    ACCEPTED = "accepted", "Accepted"
    THINKING = "thinking", "Thinking about it"
    DECLINED = "declined", "Declined"
    NOT_ABLE = "not_able", "Not able to talk"


class ConversationKind(models.TextChoices):
    """What the talk is for."""

    ENGAGEMENT = "engagement", "Offering treatment"
    INTEGRATION = "integration", "Making sense of what happened"


class Conversations(PatientRows):
    """Conversations."""

    def planned(self):
        """Those not held yet."""
        return self.right().filter(held_at=None)

    def asked(self):
        """Those held in which both questions were asked: may we contact you again, and information offered."""
        return self.right().filter(
            held_at__isnull=False, may_contact_again__isnull=False, information_offered__isnull=False
        )


@clinical
class Conversation(Record):
    """A talk with a person after stabilization: planned with a duty, then held."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="conversations")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="conversations")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="conversation")
    kind = models.CharField(max_length=20, choices=ConversationKind, default=ConversationKind.ENGAGEMENT)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = by_whom()
    outcome = models.CharField(max_length=20, choices=ConversationOutcome, blank=True)
    may_contact_again = models.BooleanField(null=True, blank=True)
    contact_how = models.CharField(max_length=200, blank=True, help_text="how and when, in their words")
    information_offered = models.BooleanField(
        null=True, blank=True, help_text="crisis, overdose and naloxone information was offered"
    )
    # The template of domain 6.2; all of it optional, in the person's words.
    what_happened = models.TextField(blank=True, max_length=4000)
    meaning = models.TextField(blank=True, max_length=4000, help_text="what it means to them")
    what_matters = models.TextField(blank=True, max_length=4000, help_text="what matters to them")
    next_step = models.TextField(blank=True, max_length=4000, help_text="one small step they chose")
    safety_plan = models.TextField(blank=True, max_length=4000)
    summary = models.TextField(blank=True, max_length=8000)

    objects = Conversations.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_talk_has_who", "held_at", "held_by"),
            models.CheckConstraint(
                name="a_talk_held_has_an_outcome",
                condition=Q(held_at=None, outcome="") | Q(held_at__isnull=False) & ~Q(outcome=""),
                violation_error_code="outcome_missing",
                violation_error_message="A talk that was held has an outcome.",
            ),
            models.CheckConstraint(
                name="no_is_asked_whether_we_may_come_back",
                condition=~Q(outcome__in=["declined", "not_able"]) | Q(may_contact_again__isnull=False),
                violation_error_code="permission_unknown",
                violation_error_message="Ask whether we may contact the person again, and record the answer.",
            ),
            models.CheckConstraint(
                name="no_is_told_where_help_is",
                condition=~Q(outcome__in=["declined", "not_able"]) | Q(information_offered__isnull=False),
                violation_error_code="information_unknown",
                violation_error_message="Say whether crisis, overdose and naloxone information was offered.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(held_at=None, entered_in_error_at=None),
                name="one_planned_talk_per_episode",
                violation_error_code="talk_planned",
                violation_error_message="A talk is planned already.",
            ),
        ]

    def __str__(self):
        return f"Talk with {self.patient}"
