"""What people write to us, what we answer at once, and what the provider says became of what was sent."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom
from audit.models import Record, Rows
from duties.models import NoticeState
from patients.codes import Channel
from patients.models import ContactPoint, Patient, PatientRows

from .attempts import Attempt
from .texts import Text

# Answers that go in spite of STOP: that it was heard, and the numbers for whoever writes of danger.
IN_SPITE_OF_STOP = ("opted_out", "numbers_now")
CONVERSATION = timedelta(minutes=30)  # after the person's last words nothing automatic interrupts


class Meaning(models.TextChoices):
    """What a message asks for."""

    OPTED_OUT = "opted_out", "No more messages"
    OPTED_IN = "opted_in", "Messages again"
    HELP = "help", "Who is this?"
    OTHER = "other", "Anything else"
    UNKNOWN_NUMBER = "unknown_number", "From a number nobody here has"


class Exchanges(PatientRows):
    """What came in and was answered: about a person, or from a number that is nobody's alone."""

    def visible_to(self, user, roles):
        """Of the people this user may see; of nobody's number, those who hold one of these roles where it came in."""
        places = user.places_as(roles)
        nobodys = Q(patient=None) & (Q(facility__in=places) | Q(facility=None)) if places else Q(pk__in=[])
        return self.filter(self.about_people_of(user, roles) | nobodys)


class InboundMessages(Exchanges):
    """Messages that came in."""

    def conversing(self, patients, since):
        """What these people wrote since then that wants an answer by a human; `patients` are keys."""
        return self.filter(patient__any_of=patients, received_at__gt=since, meaning=Meaning.OTHER)


class InboundMessage(models.Model):
    """What somebody wrote to us. Append-only; the provider's key is taken once, so that a replay changes nothing."""

    id = models.BigAutoField(primary_key=True)
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=64, help_text="the provider's own key")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.SMS)
    number = models.CharField(max_length=254, help_text="where it came from")
    body = models.TextField(blank=True, max_length=4000)
    received_at = models.DateTimeField()
    patient = models.ForeignKey(
        Patient,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="none: nobody has this number, or several people do",
    )
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    meaning = models.CharField(max_length=20, choices=Meaning)

    objects = InboundMessages.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "provider_id"],
                name="one_message_per_provider_key",
                violation_error_code="message_received",
                violation_error_message="This message was received already.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-received_at"], name="messages_from_a_person")]

    def __str__(self):
        return f"{self.get_channel_display()}, {self.get_meaning_display().lower()}"


class Reply(Record):
    """An answer to somebody's own message: it goes at once, at any hour, and counts toward no cap."""

    inbound = models.ForeignKey(InboundMessage, on_delete=models.PROTECT, related_name="replies", db_index=False)
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    contact_point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(max_length=2000)
    made_at = models.DateTimeField()
    made_by = by_whom(null=False, blank=False)
    send_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="not worth sending after this")
    state = models.CharField(max_length=20, choices=NoticeState, default=NoticeState.WAITING)
    state_reason = models.CharField(max_length=100, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)

    objects = Exchanges.as_manager()

    class Meta:
        verbose_name_plural = "replies"
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inbound", "text"],
                name="one_answer_of_a_kind",
                violation_error_code="reply_made",
                violation_error_message="This message was answered like that already.",
            ),
            models.CheckConstraint(
                name="a_reply_being_handed_over_has_a_lease",
                condition=Q(state=NoticeState.HANDING_OVER, lease_until__isnull=False)
                | ~Q(state=NoticeState.HANDING_OVER) & Q(lease_until=None),
                violation_error_code="lease_missing",
                violation_error_message="A reply being handed over has a lease.",
            ),
        ]
        indexes = [
            models.Index(fields=["send_at"], condition=Q(state="waiting"), name="replies_to_send"),
            models.Index(fields=["lease_until"], condition=Q(state="handing_over"), name="replies_on_lease"),
            models.Index(fields=["patient", "-made_at"], name="replies_to_a_person"),
        ]

    def __str__(self):
        return f"{self.text.slug} to {self.patient or 'a number'}"


class Receipts(Rows):
    """Receipts."""

    def visible_to(self, user, roles):
        """Those of the attempts this user may see."""
        seen = Attempt.objects.visible_to(user, roles).exclude(provider_id="")
        return self.filter(provider_id__in=seen.values("provider_id"))


class Receipt(models.Model):
    """What the provider says became of a message. Append-only; it may come before our own record of the attempt."""

    id = models.BigAutoField(primary_key=True)
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=254, help_text="as the attempt has it")
    status = models.CharField(max_length=20, help_text="in the provider's words: delivered, undelivered, bounced")
    code = models.CharField(max_length=20, blank=True, help_text="the provider's error code, or why")
    received_at = models.DateTimeField()

    objects = Receipts.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "provider_id", "status"],
                name="one_receipt_per_status",
                violation_error_code="receipt_received",
                violation_error_message="This receipt was received already.",
            ),
        ]

    def __str__(self):
        return self.status
