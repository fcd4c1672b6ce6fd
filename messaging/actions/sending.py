"""Handing over what waits: notices, and answers to people's own messages.

Each goes through three short transactions: claimed (nobody else takes it), checked (may it still go, by which way,
and what does it say), and, after it was handed over outside of any transaction, recorded. A worker that dies in
between leaves a lease that runs out, and what is then known decides what happens.

Several are claimed together and handed over side by side, since most of the time is a gateway's. Their commits do not
wait for the disk one by one: the one that renews their leases right before the hand-over does, and brings all before
it along. As long as the gateway answers, twice as many are taken each time; when it does not, one.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import monotonic
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import Error, IntegrityError, connection, transaction
from django.db.models import OuterRef, Q, Subquery

import duties.actions as duties
from accounts.models import User
from audit.planned import Planned
from duties.models import Notice, NoticeState, Rung
from patients.codes import Channel
from patients.models import ContactPoint, Patient

from .. import texts
from ..channels import Outcome, in_words
from ..models import Attempt, OptOut, Reply, Result, Text
from . import gateways, inbound
from .deciding import Hold, Stop, check_notice, check_reply, rang
from .opting_out import told_to_stop
from .quiet import HANDED_OVER
from .reviews import review
from .ways import CHANNELS, every_record, mark_broken, ways

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)  # longer than EMAIL_TIMEOUT and SMS_TIMEOUT
TRIES = 8
BACK_OFF = timedelta(minutes=1)  # doubled with every try


class Parcel(NamedTuple):
    """A letter, by which channel it goes, and whom it is for."""

    channel: str
    to: str
    letter: texts.Letter
    contact_point: ContactPoint | None = None
    to_user: User | None = None
    text: Text | None = None


def send(now=None, *, limit=200, seconds=None):
    """Hand over what waits: answers first, then what is critical. Any number of workers may send at once.

    To people at most once, to staff at least once. `now` is the database's clock unless it is given. After so many
    `seconds` nothing new is begun. Returns how many were handled.
    """
    clock, started, many = _clock(now), monotonic(), 1
    handled = _take_back(clock(), limit)
    gateways.invite(clock())
    while handled < limit and (seconds is None or monotonic() - started < seconds):
        items = _claim(clock(), min(many, limit - handled))
        if not items:
            break
        handled += len(items)
        many = min(many * 2, settings.SEND_AT_ONCE) if _deliver(items, clock) else 1
    return handled


def _clock(now):
    """A clock that stood at `now` a moment ago: leases are counted from when they begin, not from the batch."""
    started = monotonic()
    if now is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            now = cursor.fetchone()[0]
    return lambda: now + timedelta(seconds=monotonic() - started)


@transaction.atomic
def _claim(now, many=1):
    """The next that wait, answers first, so that no other worker takes them."""
    duties.wait_for_the_disk(False)
    waiting = Reply.objects.filter(state=NoticeState.WAITING, send_at__lte=now)
    items = _claimed(waiting.order_by("send_at"), now, many)
    if len(items) < many:
        waiting = Notice.objects.unsent().filter(send_at__lte=now).order_by("-critical", "to_patient", "send_at")
        items += _claimed(waiting, now, many - len(items))
    return items


def _claimed(rows, now, many):
    items = list(rows.select_for_update(no_key=True, skip_locked=True)[:many])
    if items:
        until = now + LEASE
        rows.model.objects.filter(pk__in=[item.pk for item in items]).update(
            state=NoticeState.HANDING_OVER, lease_until=until
        )
        for item in items:
            item.state, item.lease_until = NoticeState.HANDING_OVER, until
    return items


def _deliver(items, clock):
    """Check each, hand them over side by side, record each. Does every gateway that was asked answer?"""
    going = [(item, parcels, []) for item in items if (parcels := _survives(_ready, item, clock))]
    for number in range(max((len(parcels) for _, parcels, _ in going), default=0)):
        now = [one for one in going if len(one[1]) > number and len(one[2]) == number]
        kept = _extend_leases([(item, parcels[number].channel) for item, parcels, _ in now], clock())
        now = [one for one in now if one[0].pk in kept]
        given = [parcels[number] for _, parcels, _ in now]
        for (_, parcels, attempts), outcome in zip(now, _hand_over_all(given), strict=True):
            attempts.append((parcels[number], outcome, clock()))
    taken, others = [one for one in going if _all_taken(*one)], [one for one in going if not _all_taken(*one)]
    if taken and not _survives(_record_taken, taken[0][0], taken, clock):
        others = going
    for one in others:
        _survives(_record, *one, clock)
    return all(outcome.result in gateways.ANSWERS for _, _, attempts in going for _, outcome, _ in attempts)


def _survives(act, item, *more):
    """One poisoned notice must not stop the others; its lease runs out."""
    try:
        return act(item, *more)
    except Exception:
        log.exception("%s %s was not finished", type(item).__name__.lower(), item.pk)
        return None


def _ready(claimed, clock):
    """The parcels it is handed over as; none when it was decided without."""
    try:
        return _check(claimed, clock())
    except Error:
        raise
    except Exception:  # a missing text, an unknown zone: trying again changes nothing
        log.exception("%s %s could not be written", type(claimed).__name__.lower(), claimed.pk)
        _spoiled(claimed, clock())
        return []


def _hand_over_all(parcels):
    """What came of each. The channels know no database, so that they may be used side by side."""
    if len(parcels) < 2:
        return [_hand_over(parcel) for parcel in parcels]
    with ThreadPoolExecutor(len(parcels)) as pool:
        return list(pool.map(_hand_over, parcels))


def _hand_over(parcel):
    try:
        return CHANNELS[parcel.channel].send(parcel.to, *parcel.letter)
    except Exception as error:  # none is expected; whether it left is not known then
        log.exception("a message was handed over, and nothing is known of it")
        return Outcome(Result.UNKNOWN, in_words(error))


@transaction.atomic
def _check(claimed, now):
    """What is to be handed over now. Empty when it was decided without, or is not ours any more."""
    duties.wait_for_the_disk(False)
    item = _still_ours(claimed)
    if item is None:
        return []
    found = check_reply(item, now) if isinstance(item, Reply) else check_notice(item, now)
    if isinstance(found, Stop):
        _settle(item, found.state, found.reason, now)
        return []
    if isinstance(found, Hold):
        _wait(item, found.reason, now, found.until)
        return []
    item.state_reason, item.tries = HANDED_OVER, item.tries + 1
    item.save(update_fields=["state_reason", "tries"])
    return [Parcel(*one) for one in found]


def _still_ours(claimed):
    """The row, locked after its person, while the lease we know is the one it has."""
    to_person = isinstance(claimed, Reply) or claimed.to_patient
    if to_person and claimed.patient_id:
        Patient.objects.lock(claimed.patient_id)
    return OURS[type(claimed)].first(claimed.pk, claimed.lease_until)


def _ours(rows, *along):
    return Planned(
        lambda pk, lease: (
            rows.filter(pk=pk, state=NoticeState.HANDING_OVER, lease_until=lease)
            .select_for_update(no_key=True, of=("self",))
            .select_related(*along)
        ),
        UUID,
        datetime,
    )


RUNG = Rung.objects.filter(ladder=OuterRef("duty__ladder"), position=OuterRef("rung"))
OURS = {
    Reply: _ours(Reply.objects.order_by(), "inbound", "facility", "patient", "text"),
    Notice: _ours(
        Notice.objects.order_by().annotate(fallback=Subquery(RUNG.values("fallback"))),
        "duty__ladder",
        "duty__episode",
        "facility",
        "patient",
        "to_user",
    ),
}


@transaction.atomic
def _extend_leases(going, now):
    """A full lease right before each hand-over. Keys of those that had not run out, so that nobody else decided.

    `going` are (item, channel). What goes to who said stop since it was checked waits to be checked anew.
    """
    duties.wait_for_the_disk(True)
    kept, until, stopped = set(), now + LEASE, _stopped(going)
    for model in {type(item) for item, _ in going}:
        mine = {item.pk: item for item, _ in going if type(item) is model}
        # All were claimed together, and renewed together ever since.
        rows = model.objects.filter(
            pk__in=mine, state=NoticeState.HANDING_OVER, lease_until__in={item.lease_until for item in mine.values()}
        )
        ours = rows.filter(lease_until__gt=now).select_for_update(no_key=True).order_by("pk")
        found = set(ours.values_list("pk", flat=True))
        again = found & stopped
        model.objects.filter(pk__in=again).update(state=NoticeState.WAITING, lease_until=None)
        model.objects.filter(pk__in=found - again).update(lease_until=until)
        for pk in found - again:
            mine[pk].lease_until = until
        kept |= found - again
    return kept


def _stopped(going):
    """Keys of the notices to people who do not want to be written to by that channel."""
    found = set()
    for channel in {channel for _, channel in going}:
        ours = [item for item, by in going if by == channel and isinstance(item, Notice) and item.to_patient]
        people = {item.patient_id for item in ours}
        said = OptOut.objects.in_force(channel).filter(Q(patient__in=people) | Q(patient__duplicates__in=people))
        records = {record for row in said.values_list("patient", "patient__duplicates") for record in row}
        found |= {item.pk for item in ours if item.patient_id in records}
    return found


@transaction.atomic
def _spoiled(claimed, now):
    item = _still_ours(claimed)
    if item:
        _settle(item, NoticeState.FAILED, "template", now)


def _all_taken(item, parcels, attempts):
    """Was it handed over to everybody, and taken? Then nothing follows from it but that it was sent."""
    return len(attempts) == len(parcels) and all(outcome.result == Result.ACCEPTED for _, outcome, _ in attempts)


@transaction.atomic
def _record_taken(_, going, clock):
    """What was taken, in the statements of one. The attempts stand even when a lease was lost and others decided."""
    duties.wait_for_the_disk(False)
    now = clock()
    made = Attempt.objects.bulk_create(_attempt(item, *one) for item, _, attempts in going for one in attempts)
    for model in (Reply, Notice):
        mine = {item.pk: item.lease_until for item, *_ in going if isinstance(item, model)}
        ours = model.objects.filter(pk__in=mine, state=NoticeState.HANDING_OVER, lease_until__in=set(mine.values()))
        if mine:
            ours.update(state=NoticeState.SENT, state_reason="", lease_until=None)
    for channel in {attempt.channel for attempt in made}:
        gateways.learn(channel, {Result.ACCEPTED}, None, now)
    inbound.catch_up(made, now)
    return True


def _attempt(claimed, parcel, outcome, at):
    answered = isinstance(claimed, Reply)
    return Attempt(
        notice_id=None if answered else claimed.pk,
        reply_id=claimed.pk if answered else None,
        patient_id=claimed.patient_id,
        channel=parcel.channel,
        contact_point=parcel.contact_point,
        to_user=parcel.to_user,
        text=parcel.text,
        at=at,
        result=outcome.result,
        detail=outcome.detail,
        provider_id=outcome.provider_id,
    )


@transaction.atomic
def _record(claimed, parcels, attempts, clock):
    """Write down what came of it. The attempts stand even when the lease was lost and others decided."""
    duties.wait_for_the_disk(False)
    item, now = _still_ours(claimed), clock()
    made = Attempt.objects.bulk_create(_attempt(claimed, *one) for one in attempts)
    by_channel = {}
    for parcel, outcome, _ in attempts:
        by_channel.setdefault(parcel.channel, set()).add(outcome.result)
    facility = item.facility if item else claimed.facility
    down = {channel for channel, results in by_channel.items() if gateways.learn(channel, results, facility, now)}
    if item is not None:
        _conclude(item, parcels, attempts, down, now)
    inbound.catch_up(made, now)


def _conclude(item, parcels, attempts, down, now):
    results = {outcome.result for _, outcome, _ in attempts}
    to_person = isinstance(item, Reply) or item.to_patient
    if Result.PERMANENT in results and not to_person:
        review(item, "refused", now)
    if len(attempts) < len(parcels):  # the lease ran out first: the rest has surely not been handed over
        _wait(item, "", now, now)
    elif to_person:
        [(parcel, outcome, _)] = attempts
        _conclude_person(item, parcel, outcome, down, now)
    else:
        _conclude_staff(item, attempts, down, now)


def _conclude_person(item, parcel, outcome, down, now):
    """At most once: only what was certainly not taken is tried again, or goes another way."""
    match outcome.result:
        case Result.ACCEPTED:
            _settle(item, NoticeState.SENT, "", now)
        case Result.TRANSIENT:
            _try_again(item, now, down=down)
        case Result.UNKNOWN:
            _settle(item, NoticeState.UNCONFIRMED, "unconfirmed", now)
        case Result.PERMANENT:
            _refused(item, parcel, outcome, now)


def _refused(item, parcel, outcome, now):
    """Refused for good: what that says of the address is written down, and another way is taken if there is one."""
    system = User.objects.system()
    if outcome.opted_out and item.patient:
        told_to_stop(item, parcel.channel, "told_to_stop", how="The carrier was told to stop.", at=now)
    if outcome.bad_address and parcel.contact_point:
        because_of = getattr(item, "duty", None)
        mark_broken(parcel.contact_point, only_here=outcome.only_here, because_of=because_of, by=system, at=now)
    reason = "broken_address" if outcome.bad_address else "opted_out" if outcome.opted_out else "refused"
    if reason != "refused" and isinstance(item, Notice) and ways(_records(item)):
        _wait(item, reason, now, now)
    else:
        _settle(item, NoticeState.FAILED, reason, now)


def _records(item):
    return every_record(item.patient.survivor())


def _conclude_staff(notice, attempts, down, now):
    """At least once: what is not known was not told."""
    unsure = {
        parcel.channel for parcel, outcome, _ in attempts if outcome.result in (Result.TRANSIENT, Result.UNKNOWN)
    }
    if unsure:
        _try_again(notice, now, down=down if unsure <= down else ())
        return
    accepted = set(notice.attempts.filter(result=Result.ACCEPTED).values_list("to_user", flat=True))
    if accepted:
        _settle(notice, NoticeState.SENT, "", now)
    else:
        _settle(notice, NoticeState.FAILED, "refused", now)
    if notice.critical and not rang(notice, accepted, now):
        review(notice, "nobody_paged", now)


def _take_back(now, limit):
    """Decide what a worker died over. Returns how many."""
    taken = 0
    for model in (Reply, Notice):
        lost = model.objects.filter(state=NoticeState.HANDING_OVER, lease_until__lte=now).order_by("lease_until")
        for item in lost[:limit]:
            try:
                taken += _take_back_one(item, now)
            except Exception:
                log.exception("%s %s could not be taken back", model.__name__.lower(), item.pk)
    return taken


@transaction.atomic
def _take_back_one(lost, now):
    item = _still_ours(lost)
    if item is None:
        return False
    if item.state_reason != HANDED_OVER:
        _wait(item, item.state_reason, now, item.send_at)
    elif isinstance(item, Reply) or item.to_patient:
        Attempt.objects.create(
            notice=item if isinstance(item, Notice) else None,
            reply=item if isinstance(item, Reply) else None,
            patient=item.patient,
            channel=Channel.SMS if isinstance(item, Reply) else _way_last_taken(item),
            at=now,
            result=Result.UNKNOWN,
            detail="The worker stopped while handing over.",
        )
        _settle(item, NoticeState.UNCONFIRMED, "unconfirmed", now)
    else:
        _try_again(item, now, wait=timedelta(0))
    return True


def _way_last_taken(notice):
    """The channel it would go by: which one it was is lost with the worker."""
    found = ways(_records(notice))
    return found[0].channel if found else Channel.EMAIL


def _try_again(item, now, wait=None, down=()):
    """Wait, twice as long each time; stop when it was tried enough or would come too late.

    While a channel takes nothing from anybody, trying costs nothing.
    """
    if down:
        item.tries -= 1
        item.save(update_fields=["tries"])
        _wait(item, gateways.held_by(min(down)), now, min(now + gateways.HOLD, item.expires_at))
        return
    wait = BACK_OFF * 2 ** (item.tries - 1) if wait is None else wait
    if item.tries >= TRIES or now + wait >= item.expires_at:
        _settle(item, NoticeState.FAILED, "tries", now)
    else:
        _wait(item, "not_taken", now, now + wait)


def _wait(item, reason, now, until):
    """Put it back. After an outage one message waits for a person; a second one is not needed."""
    try:
        with transaction.atomic():
            item.send_at = until
            _settle(item, NoticeState.WAITING, reason, now)
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != "one_waiting_message_after_an_outage":
            raise
        _settle(item, NoticeState.CANCELED, "another_waits", now)


def _settle(item, state, reason, now):
    """Write where it is now. A stop that nobody decided opens a duty in the same transaction."""
    item.state, item.state_reason, item.lease_until = state, reason, None
    item.save(update_fields=["state", "state_reason", "lease_until", "send_at"])
    if state in (NoticeState.FAILED, NoticeState.UNCONFIRMED):
        review(item, reason, now)
