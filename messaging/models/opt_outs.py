"""Who asked not to be written to."""

from django.db import models
from django.db.models import Q

from accounts.models import by_whom, clinical
from audit.models import Record, together
from patients.codes import Channel
from patients.models import Patient, PatientRows

from .texts import Written


class OptOuts(PatientRows):
    """Opt-outs."""

    def in_force(self, channel=None):
        """Those that stop this channel today (“”: every message); without one, any of them."""
        rows = self.right().filter(lifted_at=None)
        if channel is None:
            return rows
        return rows.filter(Q(channel=channel) | Q(channel="") if channel in Written.values else Q(channel=channel))


@clinical
class OptOut(Record):
    """A person asked not to be written to, by one channel or at all; or not to be called."""

    # STOP, however it is said, takes back what messages rest on, on every channel a machine writes by. A call by a
    # human rests on the agreement of the number it goes to (domain 7.5): that stands until the person takes it back
    # or asks one of us not to be called, which is a row of the phone. Who tells one of us “not at all” said both.
    # What a carrier or a mailbox tells us in their place stops its own channel, and somebody asks them.

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="opt_outs")
    channel = models.CharField(
        max_length=10, choices=Channel, blank=True, help_text="empty: every message; calls by a human are the phone’s"
    )
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

    def stops(self, channel):
        """Does it, while it is in force, stop this channel (“”: every message)?"""
        return self.channel == channel or (self.channel == "" and channel in Written.values)

    def __str__(self):
        return f"{self.patient}: {self.get_channel_display() or 'every message'}"
