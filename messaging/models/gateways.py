"""When a way out was closed for everybody."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.models import Record, Rows
from duties.models import Duty, Notice, NoticeState
from patients.codes import Channel


class GatewayIncidents(Rows):
    """Times in which a channel took nothing."""

    def open(self):
        """Those that last."""
        return self.filter(ended_at=None)

    def swallowed(self, channel, at):
        """Was this channel down at this instant, or found down by what failed then?"""
        rows = self.filter(Q(ended_at=None) | Q(ended_at__gt=at), channel=channel)
        return rows.filter(began_at__lte=at + settings.GATEWAY_WINDOW).exists()


class GatewayIncident(Record):
    """A channel took nothing: what is to go by it waits, and one thing a minute is tried."""

    channel = models.CharField(max_length=10, choices=Channel)
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="gateway_incident")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    last_tried_at = models.DateTimeField()

    objects = GatewayIncidents.as_manager()

    class Meta:
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel"],
                condition=Q(ended_at=None),
                name="one_open_incident_per_channel",
                violation_error_code="gateway_down",
                violation_error_message="It is known already that this channel is down.",
            ),
            models.CheckConstraint(
                name="a_gateway_incident_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("began_at")),
                violation_error_code="ends_before_start",
                violation_error_message="It ends after it began.",
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} down since {self.began_at:%Y-%m-%d %H:%M}"

    def held(self):
        """The state reason of what waits because of it, and of what expired waiting."""
        return held_by(self.channel)

    def expired(self):
        """Notices that came too late because of it."""
        rows = Notice.objects.filter(
            state=NoticeState.CANCELED, state_reason=self.held(), expires_at__gte=self.began_at
        )
        return rows.filter(expires_at__lte=self.ended_at) if self.ended_at else rows


def held_by(channel):
    """The state reason of what waits because this channel is down."""
    return f"{channel}_down"
