"""May it still go, by which way, and what does it say? Asked right before each hand-over, with the person locked."""

from datetime import datetime, timedelta
from typing import NamedTuple

from accounts.models import User
from audit.planned import Planned
from duties import actions as duties
from duties.models import PAGED, NoticeState
from patients.codes import Channel

from .. import texts
from ..channels import email, sms
from ..models import InboundMessage, Result
from ..models.inbound import CONVERSATION, IN_SPITE_OF_STOP
from . import gateways
from .quiet import end_of_cap, end_of_quiet_hours, preferred_hours
from .reviews import review
from .ways import every_record, next_way, only_stopped, stopped, ways

LOOK_AGAIN = timedelta(minutes=10)  # whether the facility has switched sending on


class Stop(NamedTuple):
    """It does not go, and why."""

    state: NoticeState
    reason: str


class Hold(NamedTuple):
    """It does not go yet."""

    reason: str
    until: object


def canceled(reason):
    """Nobody needs to look into it."""
    return Stop(NoticeState.CANCELED, reason)


def check_notice(notice, now):
    """Stop, Hold, or what is to be handed over: [(channel, to, letter, contact point, user, text)]."""
    if reason := _past(notice, now):
        return canceled(reason)
    return _to_person(notice, now) if notice.to_patient else _to_staff(notice, now)


def _past(notice, now):
    """Why nobody needs to hear it any more; empty while they do."""
    duty = notice.duty
    if not duty.is_open():
        return "duty_closed"
    if duty.suspended_at:
        return "suspended"
    if notice.climb != duty.climb:
        return "rescheduled"
    if notice.expires_at <= now:
        return _too_late(notice)
    return ""


def _too_late(item):
    """What expired while its channel took nothing says so: it is counted with the incident."""
    return item.state_reason if item.state_reason in {gateways.held_by(one) for one in Channel} else "expired"


def _to_person(notice, now):
    """One letter by one way, if a machine may write to the person now."""
    person, facility = notice.patient.survivor(), notice.facility
    records = every_record(person)
    zone = person.tz(facility)
    if any(record.death_reported_at for record in records):
        return canceled("death_reported")
    if person.entered_in_error_at:
        return canceled("entered_in_error")
    asked = stopped(records)
    if asked >= {Channel.EMAIL, Channel.SMS}:
        return canceled("opted_out")
    if facility.sends_to_patients_at is None:
        return Hold("sending_off", min(now + LOOK_AGAIN, notice.expires_at))
    found = ways(records, asked=asked)
    if not found:
        return canceled("opted_out") if only_stopped(records, asked) else Stop(NoticeState.FAILED, "no_contact_point")
    last = LAST_OF_THEIRS.first([record.pk for record in records], now - CONVERSATION)
    if last and (held := _held(notice, "conversation", last.received_at + CONVERSATION)):
        return held
    if held := _held(notice, "cap", end_of_cap(notice, records, now, zone)):
        return held
    if held := _held(notice, "quiet_hours", end_of_quiet_hours(now, facility, zone, person)):
        return held
    points = next_way(found, notice, notice.fallback)
    later = preferred_hours(now, points[0], facility, zone, person)
    if later and later < notice.expires_at:
        return Hold("preferred_hours", later)
    point = next((one for one in points if not gateways.is_shut(one.channel, now)), None)
    if point is None:
        return Hold(gateways.held_by(points[0].channel), min(now + gateways.HOLD, notice.expires_at))
    stop = email.stop_address(point.pk) if point.channel == Channel.EMAIL else ""
    text, letter = texts.to_person(notice, person, point.channel, stop)
    return [(point.channel, point.value, letter, point, None, text)]


LAST_OF_THEIRS = Planned(
    lambda records, since: InboundMessage.objects.conversing(records, since).order_by("-received_at")[:1],
    list,
    datetime,
)


def _held(notice, reason, until):
    """Held until then, or canceled when it would come too late; None when nothing is in the way."""
    if until is None:
        return None
    return canceled(reason) if until >= notice.expires_at else Hold(reason, until)


def _members(notice, now):
    """Those told: by name, through a role, or because they are on call now."""
    if notice.to_user:
        return [notice.to_user]
    if notice.to_role in PAGED:
        return duties.paged(notice.facility, notice.to_role, now)
    return list(User.objects.active_at(notice.facility, notice.to_role).order_by("pk"))


def _rung(notice, members, now):
    """Those among the members, or in their place, whose phone rings; nobody's for what is not critical."""
    if not notice.critical:
        return []
    return members if notice.to_role in PAGED else duties.rung_for(notice.facility, members, now)


def rang(notice, accepted, now):
    """Did it reach anybody whose phone rings? `accepted` are keys of users, None for the last resort."""
    return any(user.pk in accepted for user in _rung(notice, _members(notice, now), now))


def _to_staff(notice, now):
    """A letter to everybody told who has an address and has not had it yet. The inbox has the notice already.

    What is critical rings as well, at any hour: on the phones of those on shift, never of anybody off shift.
    """
    if notice.to_user and not notice.to_user.is_active:
        notice.to_user, notice.to_role = None, notice.duty.owner_role
        notice.save(update_fields=["to_user", "to_role"])
    members = _members(notice, now)
    rung = _rung(notice, members, now)
    if not (members or rung):
        return Stop(NoticeState.FAILED, "nobody_there")
    if notice.duty.ladder.stays_inside:
        return Stop(NoticeState.SENT, "inbox_only")
    if not members:
        review(notice, "nobody_there", now)
    if notice.critical and not rung:
        review(notice, "nobody_paged", now)
    done = set(
        notice.attempts.filter(result__in=[Result.ACCEPTED, Result.PERMANENT]).values_list("to_user", "channel")
    )
    told = {user.pk: user for user in [*members, *rung]}
    wanted = [(Channel.EMAIL, user.email, user) for user in told.values() if user.email]
    if sms.is_configured():
        wanted += [(Channel.SMS, user.mobile, user) for user in rung if user.mobile]
    wanted = [one for one in wanted if (one[2].pk, one[0].value) not in done]
    shut = {channel for channel in sorted({one[0] for one in wanted}) if gateways.is_shut(channel, now)}
    open_ways = [one for one in wanted if one[0] not in shut]
    # What is critical waits for a way to those it is for: that others had a letter is not enough.
    ring = {user.pk for user in rung}
    needed = [one for one in wanted if one[2].pk in ring] or wanted
    if needed and all(one[0] in shut for one in needed):
        return Hold(gateways.held_by(min(shut)), min(now + gateways.HOLD, notice.expires_at))
    if not wanted:
        return Stop(NoticeState.SENT, "" if done else "inbox_only")
    letters = {Channel.EMAIL: texts.to_staff, Channel.SMS: texts.page}
    made = {channel: letters[channel](notice, now) for channel in {one[0] for one in open_ways}}
    return [(channel, to, made[channel], None, user if user.pk else None, None) for channel, to, user in open_ways]


def check_reply(reply, now):
    """Stop, Hold, or the one answer: at any hour, since it is to the person's own message."""
    person = reply.patient.survivor() if reply.patient else None
    records = every_record(person) if person else []
    if reply.expires_at <= now:
        return canceled(_too_late(reply))
    if any(record.death_reported_at for record in records):
        return canceled("death_reported")
    if reply.text.slug not in IN_SPITE_OF_STOP and Channel.SMS in stopped(records):
        return canceled("opted_out")
    if reply.facility.sends_to_patients_at is None:
        return Hold("sending_off", min(now + LOOK_AGAIN, reply.expires_at))
    if gateways.is_shut(Channel.SMS, now):
        return Hold(gateways.held_by(Channel.SMS), min(now + gateways.PROBE_EVERY, reply.expires_at))
    letter = texts.Letter("", reply.body, "")
    return [(Channel.SMS, reply.inbound.number, letter, reply.contact_point, None, reply.text)]
