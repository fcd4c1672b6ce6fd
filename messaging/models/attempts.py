"""Tries to hand something to a channel."""

from django.db import models
from django.db.models import Q

from accounts.models import by_whom
from audit.models import Rows
from duties.models import Duty, Notice
from patients.codes import Channel
from patients.models import ContactPoint, Patient


class Result(models.TextChoices):
    """What came of handing a notice over."""

    ACCEPTED = "accepted", "Accepted"
    PERMANENT = "permanent", "Refused for good"
    TRANSIENT = "transient", "Refused for now"
    UNKNOWN = "unknown", "Not known"


class Attempts(Rows):
    """Attempts."""

    def visible_to(self, user, roles):
        """Attempts at notices of the duties this user may see, and at answers to people they may see."""
        people = Patient.objects.visible_to(user, roles)
        return self.filter(
            Q(notice__duty__in=Duty.objects.visible_to(user, roles)) | Q(notice=None, patient__in=people)
        )

    def by_machine_to(self, patients):
        """What may have reached these people unasked: it counts toward the caps, answers to them do not.

        `patients` are keys.
        """
        return self.filter(
            patient__any_of=patients, notice__to_patient=True, result__in=[Result.ACCEPTED, Result.UNKNOWN]
        )


class Attempt(models.Model):
    """One try to hand a notice or an answer to a channel, and what came of it. Append-only."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="attempts")
    reply = models.ForeignKey(
        "messaging.Reply", on_delete=models.PROTECT, null=True, blank=True, related_name="attempts"
    )
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=10, choices=Channel)
    contact_point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    to_user = by_whom()
    text = models.ForeignKey(
        "messaging.Text", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    result = models.CharField(max_length=20, choices=Result)
    detail = models.CharField(max_length=500, blank=True)
    provider_id = models.CharField(max_length=254, blank=True, db_default="", help_text="the provider's own key")

    objects = Attempts.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="an_attempt_is_at_a_notice_or_an_answer",
                condition=Q(notice__isnull=False, reply=None) | Q(notice=None, reply__isnull=False),
                violation_error_code="attempt_at_what",
                violation_error_message="An attempt is at a notice or at an answer.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-at"], name="attempts_at_a_person"),
            models.Index(fields=["channel", "-at"], name="attempts_of_a_channel"),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="attempts_by_provider"),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} {self.get_result_display().lower()}"
