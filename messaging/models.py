"""How a notice reaches somebody, and who asked not to be written to."""

from django.db import models
from django.db.models import Q

from accounts.models import by_whom, clinical
from audit.models import Record, Rows, together
from duties.models import Duty, Notice
from patients.codes import Channel
from patients.models import ContactPoint, Patient, PatientRows


class Result(models.TextChoices):
    """What came of handing a notice over."""

    ACCEPTED = "accepted", "Accepted"
    PERMANENT = "permanent", "Refused for good"
    TRANSIENT = "transient", "Refused for now"
    UNKNOWN = "unknown", "Not known"


class Attempts(Rows):
    """Attempts."""

    def visible_to(self, user, roles):
        """Attempts at notices of the duties this user may see."""
        return self.filter(notice__duty__in=Duty.objects.visible_to(user, roles))


class Attempt(models.Model):
    """One try to hand a notice to a channel, and what came of it. Append-only."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="attempts")
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=10, choices=Channel)
    contact_point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    to_user = by_whom(db_index=False)
    at = models.DateTimeField()
    result = models.CharField(max_length=20, choices=Result)
    detail = models.CharField(max_length=500, blank=True)

    objects = Attempts.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["patient", "-at"], name="attempts_at_a_person")]

    def __str__(self):
        return f"{self.get_channel_display()} {self.get_result_display().lower()}"


class OptOuts(PatientRows):
    """Opt-outs."""

    def in_force(self, channel):
        """Those that stop this channel today."""
        return self.right().filter(lifted_at=None).filter(Q(channel=channel) | Q(channel=""))


@clinical
class OptOut(Record):
    """A person asked not to be written to: by one channel, or at all."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="opt_outs")
    channel = models.CharField(max_length=10, choices=Channel, blank=True, help_text="empty: every channel")
    how = models.CharField(max_length=200, help_text="how they said so")
    asked_at = models.DateTimeField()
    asked_by = by_whom(null=False, blank=False, help_text="who wrote it down")
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_by = by_whom(editable=False)

    objects = OptOuts.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_lifting_has_who", "lifted_at", "lifted_by"),
            models.UniqueConstraint(
                fields=["patient", "channel"],
                condition=Q(lifted_at=None, entered_in_error_at=None),
                name="one_opt_out_per_channel",
                violation_error_code="opted_out",
                violation_error_message="The person has already opted out of this.",
            ),
        ]

    def __str__(self):
        return f"{self.patient}: {self.get_channel_display() or 'everything'}"
