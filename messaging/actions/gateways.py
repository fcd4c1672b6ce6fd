"""When a channel takes nothing: what is to go by it waits, one thing a minute is tried, and somebody hears once."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

import duties.actions as duties
from accounts.models import Role, User
from audit.planned import Planned
from duties.models import Notice, NoticeState
from patients.codes import Channel

from ..models import Attempt, GatewayIncident, Reply, Result
from ..models.gateways import held_by

PROBE_EVERY = timedelta(minutes=1)
HOLD = timedelta(minutes=10)  # what waits is looked at again then; it is let go as soon as the channel is back
ONE_TEACHER = 7_425_113_903  # any number
ANSWERS = {Result.ACCEPTED, Result.PERMANENT}  # the gateway works, whatever it thinks of the message


def is_shut(channel, now):
    """Does this channel take nothing now? Whoever is told it does may try, and is the only one this minute."""
    down = DOWN.first(str(channel))
    if down is None:
        return False
    rows = GatewayIncident.objects.open().filter(pk=down, last_tried_at__lte=now - PROBE_EVERY)
    return not rows.update(last_tried_at=now)


DOWN = Planned(
    lambda channel: GatewayIncident.objects.open().filter(channel=channel).values_list("pk", flat=True)[:1], str
)


def learn(channel, results, facility, now):
    """What came of handing over says whether the channel works: begins an incident, or ends it.

    Within the transaction that records the attempts; true while the channel is down.
    """
    incident = GatewayIncident.objects.open().filter(channel=channel).select_for_update(no_key=True).first()
    if results & ANSWERS:
        if incident:
            _end(incident, now)
        return False
    if incident is None and _takes_nothing(channel, now):
        incident = _begin(channel, facility, now)
    return incident is not None


def _takes_nothing(channel, now):
    """Were the last so many all not taken, within so many minutes?

    What a clock that ran ahead has left in the future says nothing about now.
    """
    many = settings.GATEWAY_FAILURES
    last = Attempt.objects.filter(channel=channel, at__gt=now - settings.GATEWAY_WINDOW, at__lte=now)
    results = list(last.order_by("-at", "-pk").values_list("result", flat=True)[:many])
    return len(results) == many and not set(results) & ANSWERS


def _begin(channel, facility, now):
    with connection.cursor() as cursor:  # two workers may learn it at once
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_TEACHER])
    if incident := GatewayIncident.objects.open().filter(channel=channel).first():
        return incident
    duty = duties.open(
        "gateway_down",
        facility=facility,
        owner_role=Role.ADMIN,
        due_at=now,
        note=f"{Channel(channel).label}: nothing was taken {settings.GATEWAY_FAILURES} times in a row.",
        by=User.objects.system(),
        at=now,
    )
    return GatewayIncident.objects.create(channel=channel, duty=duty, began_at=now, last_tried_at=now)


def _end(incident, now):
    """It works again: what waits goes, each after its own questions are asked anew."""
    incident.ended_at = max(now, incident.began_at)
    incident.save(update_fields=["ended_at"])
    if incident.duty.is_open():
        late = incident.expired().count()
        duties.resolve(
            incident.duty, by=User.objects.system(), at=now, reason=f"It works again. {late} messages came too late."
        )
    for rows in (Notice.objects.unsent(), Reply.objects.filter(state=NoticeState.WAITING)):
        rows.filter(state_reason=incident.held()).update(send_at=now)


@transaction.atomic
def invite(now):
    """Let one thing that waits for each channel that is down be tried, once a minute."""
    for channel in GatewayIncident.objects.open().filter(last_tried_at__lte=now - PROBE_EVERY).values_list("channel"):
        first = Notice.objects.unsent().filter(state_reason=held_by(channel[0])).order_by("-critical", "send_at")
        Notice.objects.filter(pk__in=first.values("pk")[:1], send_at__gt=now).update(send_at=now)
