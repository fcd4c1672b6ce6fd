"""Handing notices over, and who does not want to be written to.

Each notice goes through three short transactions: claimed (nobody else takes it), checked (may it still go, and
what does it say), and, after it was handed over outside of any transaction, recorded. A worker that dies in
between leaves a lease that runs out, and what is then known decides what happens.
"""

import logging
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

import duties.actions as duties
from accounts.models import Role, User
from duties.models import PAGED, Notice, NoticeState
from patients.actions import mark_broken
from patients.codes import Channel, Scope
from patients.models import ContactPoint, Patient

from . import texts
from .channels import email
from .models import Attempt, OptOut, Result

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)  # longer than EMAIL_TIMEOUT
TRIES = 8
BACK_OFF = timedelta(minutes=1)  # doubled with every try
LOOK_AGAIN = timedelta(minutes=10)  # whether the facility has switched sending on
REVIEW_WITHIN = timedelta(hours=4)  # of working time

CANDIDATES = 50  # more than workers that could be claiming at one moment
CLAIMED = "claimed"  # a notice with this reason has surely not been handed over yet


class Parcel(NamedTuple):
    """A letter and whom it is for."""

    to: str
    letter: texts.Letter
    contact_point: ContactPoint | None = None
    to_user: User | None = None


def send(now=None, *, limit=200):
    """Hand over what waits, critical first. Any number of workers may send at once. Returns notices handled.

    To people at most once, to staff at least once. `now` is the database's clock unless it is given.
    """
    clock = _clock(now)
    handled = _take_back(clock(), limit)
    while handled < limit and (notice := _claim(clock())):
        handled += 1
        try:
            _deliver(notice, clock)
        except Exception:  # one poisoned notice must not stop the others; its lease runs out
            log.exception("notice %s was not finished", notice.pk)
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
def _claim(now):
    """The next notice that waits, so that no other worker takes it."""
    order = ["-critical", "to_patient", "send_at"]
    # A sort under a lock sorts everything that waits; only the first few are worth looking at.
    first = Notice.objects.unsent().filter(send_at__lte=now).order_by(*order).values("pk")[:CANDIDATES]
    notice = (
        Notice.objects.unsent()
        .filter(pk__in=first)
        .order_by(*order)
        .select_for_update(no_key=True, skip_locked=True)
        .first()
    )
    if notice:
        notice.state, notice.state_reason, notice.lease_until = NoticeState.HANDING_OVER, CLAIMED, now + LEASE
        notice.save(update_fields=["state", "state_reason", "lease_until"])
    return notice


def _deliver(claimed, clock):
    try:
        parcels = _check(claimed, clock())
    except Error:
        raise
    except Exception:  # a missing template, an unknown zone: trying again changes nothing
        log.exception("notice %s could not be written", claimed.pk)
        _spoiled(claimed, clock())
        return
    attempts = []
    for parcel in parcels:
        if not _extend_lease(claimed, clock()):
            break
        outcome = email.send(parcel.to, *parcel.letter)
        attempts.append((parcel, outcome, clock()))
    if parcels:
        _record(claimed, parcels, attempts, clock())


@transaction.atomic
def _check(claimed, now):
    """What is to be handed over now. Empty when the notice was decided without, or is not ours any more."""
    notice = _still_ours(claimed)
    if notice is None or _is_past(notice, now):
        return []
    parcels = _to_person(notice, now) if notice.to_patient else _to_staff(notice, now)
    if parcels:
        notice.state_reason, notice.tries = "", notice.tries + 1
        notice.save(update_fields=["state_reason", "tries"])
    return parcels


def _still_ours(claimed):
    """The notice, locked after its person, while the lease we know is the one it has."""
    if claimed.to_patient:
        Patient.objects.lock(claimed.patient_id)
    return (
        Notice.objects.filter(pk=claimed.pk, state=NoticeState.HANDING_OVER, lease_until=claimed.lease_until)
        .select_for_update(no_key=True, of=("self",))
        .select_related("duty__ladder", "duty__episode", "facility", "patient", "to_user")
        .first()
    )


def _extend_lease(claimed, now):
    """A full lease right before each hand-over; false when it ran out and somebody else has decided."""
    ours = Notice.objects.filter(
        pk=claimed.pk, state=NoticeState.HANDING_OVER, lease_until=claimed.lease_until, lease_until__gt=now
    )
    lease_until = now + LEASE
    if ours.update(lease_until=lease_until):
        claimed.lease_until = lease_until
        return True
    return False


def _is_past(notice, now):
    """Cancel what nobody needs to hear any more."""
    duty = notice.duty
    if not duty.is_open():
        _settle(notice, NoticeState.CANCELED, "duty_closed", now)
    elif duty.suspended_at:
        _settle(notice, NoticeState.CANCELED, "suspended", now)
    elif notice.climb != duty.climb:
        _settle(notice, NoticeState.CANCELED, "rescheduled", now)
    elif notice.expires_at <= now:
        _settle(notice, NoticeState.CANCELED, "expired", now)
    return notice.state == NoticeState.CANCELED


def _to_person(notice, now):
    """One letter to the address the person agreed to, if a machine may write to them now."""
    person, facility = notice.patient.survivor(), notice.facility
    records = [person, *person.duplicates.all()]
    point = ContactPoint.objects.usable(Channel.EMAIL, Scope.CHECK_IN).filter(patient__in=records).first()
    quiet = end_of_quiet_hours(now, facility, person.tz(facility))
    if any(record.death_reported_at for record in records):
        _settle(notice, NoticeState.CANCELED, "death_reported", now)
    elif person.entered_in_error_at:
        _settle(notice, NoticeState.CANCELED, "entered_in_error", now)
    elif OptOut.objects.in_force(Channel.EMAIL).filter(patient__in=records).exists():
        _settle(notice, NoticeState.CANCELED, "opted_out", now)
    elif facility.sends_to_patients_at is None:
        _wait(notice, "sending_off", now, min(now + LOOK_AGAIN, notice.expires_at))
    elif point is None:
        _settle(notice, NoticeState.FAILED, "no_contact_point", now)
    elif quiet and quiet >= notice.expires_at:
        _settle(notice, NoticeState.CANCELED, "quiet_hours", now)
    elif quiet:
        _wait(notice, "quiet_hours", now, quiet)
    elif (later := preferred_hours(now, point, facility, person.tz(facility))) and later < notice.expires_at:
        _wait(notice, "preferred_hours", now, later)
    else:
        return [Parcel(point.value, texts.to_person(notice, person), contact_point=point)]
    return []


def _to_staff(notice, now):
    """A letter to everybody told who has an address and has not had it yet. The inbox has the notice already."""
    if notice.to_user and not notice.to_user.is_active:
        notice.to_user, notice.to_role = None, notice.duty.owner_role
        notice.save(update_fields=["to_user", "to_role"])
    members = _members(notice, now)
    if not members:
        _settle(notice, NoticeState.FAILED, "nobody_there", now)
        return []
    done = set(
        notice.attempts.filter(result__in=[Result.ACCEPTED, Result.PERMANENT]).values_list("to_user", flat=True)
    )
    if notice.duty.ladder.stays_inside:
        _settle(notice, NoticeState.SENT, "inbox_only", now)
        return []
    letter = texts.to_staff(notice, now)
    parcels = [
        Parcel(one.email, letter, to_user=one if one.pk else None)
        for one in members
        if one.email and one.pk not in done
    ]
    if not parcels:
        _settle(notice, NoticeState.SENT, "" if done else "inbox_only", now)
    return parcels


def _members(notice, now):
    """Those told: by name, through a role, or because they are on call now."""
    if notice.to_user:
        return [notice.to_user]
    if notice.to_role in PAGED:
        return duties.paged(notice.facility, notice.to_role, now)
    return list(User.objects.active_at(notice.facility, notice.to_role).order_by("pk"))


@transaction.atomic
def _spoiled(claimed, now):
    notice = _still_ours(claimed)
    if notice:
        _settle(notice, NoticeState.FAILED, "template", now)


@transaction.atomic
def _record(claimed, parcels, attempts, now):
    """Write down what came of it. The attempts stand even when the lease was lost and others decided."""
    notice = _still_ours(claimed)
    Attempt.objects.bulk_create(
        Attempt(
            notice_id=claimed.pk,
            patient_id=claimed.patient_id,
            channel=Channel.EMAIL,
            contact_point=parcel.contact_point,
            to_user=parcel.to_user,
            at=at,
            result=outcome.result,
            detail=outcome.detail,
        )
        for parcel, outcome, at in attempts
    )
    if notice is None:
        return
    results = {outcome.result for _, outcome, _ in attempts}
    if Result.PERMANENT in results and not notice.to_patient:
        _review(notice, "refused", now)
    if len(attempts) < len(parcels):  # the lease ran out first: the rest has surely not been handed over
        _wait(notice, "", now, now)
    elif notice.to_patient:
        [(parcel, outcome, _)] = attempts
        _conclude_person(notice, parcel, outcome, now)
    else:
        _conclude_staff(notice, results, now)


def _conclude_person(notice, parcel, outcome, now):
    """At most once: only what was certainly not taken is tried again."""
    match outcome.result:
        case Result.ACCEPTED:
            _settle(notice, NoticeState.SENT, "", now)
        case Result.TRANSIENT:
            _try_again(notice, now)
        case Result.UNKNOWN:
            _settle(notice, NoticeState.UNCONFIRMED, "unconfirmed", now)
        case Result.PERMANENT:
            if outcome.bad_address:
                mark_broken(parcel.contact_point, by=User.objects.system(), at=now)
            _settle(notice, NoticeState.FAILED, "broken_address" if outcome.bad_address else "refused", now)


def _conclude_staff(notice, results, now):
    """At least once: what is not known was not told."""
    if results & {Result.TRANSIENT, Result.UNKNOWN}:
        _try_again(notice, now)
    elif notice.attempts.filter(result=Result.ACCEPTED).exists():
        _settle(notice, NoticeState.SENT, "", now)
    else:
        _settle(notice, NoticeState.FAILED, "refused", now)


def _take_back(now, limit):
    """Decide the notices whose worker died. Returns how many."""
    lost = Notice.objects.filter(state=NoticeState.HANDING_OVER, lease_until__lte=now).order_by("lease_until")
    taken = 0
    for notice in lost[:limit]:
        try:
            taken += _take_back_one(notice, now)
        except Exception:
            log.exception("notice %s could not be taken back", notice.pk)
    return taken


@transaction.atomic
def _take_back_one(lost, now):
    notice = _still_ours(lost)
    if notice is None:
        return False
    if notice.state_reason == CLAIMED:
        _wait(notice, "", now, notice.send_at)
    elif notice.to_patient:
        Attempt.objects.create(
            notice=notice,
            patient=notice.patient,
            channel=Channel.EMAIL,
            at=now,
            result=Result.UNKNOWN,
            detail="The worker stopped while handing over.",
        )
        _settle(notice, NoticeState.UNCONFIRMED, "unconfirmed", now)
    else:
        _try_again(notice, now, wait=timedelta(0))
    return True


def _try_again(notice, now, wait=None):
    """Wait, twice as long each time; stop when it was tried enough or would come too late."""
    wait = BACK_OFF * 2 ** (notice.tries - 1) if wait is None else wait
    if notice.tries >= TRIES or now + wait >= notice.expires_at:
        _settle(notice, NoticeState.FAILED, "tries", now)
    else:
        _wait(notice, "not_taken", now, now + wait)


def _wait(notice, reason, now, until):
    """Put a notice back. After an outage one message waits for a person; a second one is not needed."""
    try:
        with transaction.atomic():
            notice.send_at = until
            _settle(notice, NoticeState.WAITING, reason, now)
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != "one_waiting_message_after_an_outage":
            raise
        _settle(notice, NoticeState.CANCELED, "another_waits", now)


def _settle(notice, state, reason, now):
    """Write where a notice is now. A stop that nobody decided opens a duty in the same transaction."""
    notice.state, notice.state_reason, notice.lease_until = state, reason, None
    notice.save(update_fields=["state", "state_reason", "lease_until", "send_at"])
    if state in (NoticeState.FAILED, NoticeState.UNCONFIRMED):
        _review(notice, reason, now)


REVIEWS = {
    "no_contact_point": "There is no address a machine may write to.",
    "broken_address": "The mail server says this address does not work.",
    "refused": "The mail server refused the message for good.",
    "unconfirmed": "The message may or may not have arrived. It is not sent again.",
    "tries": "The mail server did not take the message.",
    "template": "The message could not be written.",
}


def _review(notice, reason, now):
    """Somebody looks into it: once for a person and reason, once for a member or role of staff."""
    common = {"facility": notice.facility, "by": User.objects.system(), "at": now, "because_of": notice.duty}
    if reason == "nobody_there":
        duties.open(
            "nobody_there",
            owner_role=Role.ADMIN,
            due_at=now,
            once=f"nobody:{notice.to_role}",
            note=f"No active {notice.get_to_role_display().lower()} at {notice.facility}",
            **common,
        )
        return
    due_at = notice.facility.after_working(now, REVIEW_WITHIN)
    if notice.to_patient:
        duties.open(
            "message_review",
            owner_role=Role.AFTERCARE,
            due_at=due_at,
            patient=notice.patient,
            episode=notice.duty.episode,
            once=f"message:{notice.patient_id}:{reason}",
            note=REVIEWS[reason],
            **common,
        )
    else:
        duties.open(
            "message_review",
            owner_role=Role.ADMIN,
            due_at=due_at,
            once=f"message:{notice.to_user_id or notice.to_role}:{reason}",
            note=f"To {notice.to_user or notice.get_to_role_display()}: {REVIEWS[reason]}",
            **common,
        )


def end_of_quiet_hours(instant, facility, zone):
    """When a machine may write again to somebody in this zone, or None when it may now.

    Both hours are the person's local wall time, so on the days the clocks change each is looked for twice.
    """
    start, end = facility.quiet_from, facility.quiet_until

    def is_quiet(moment):
        wall = moment.astimezone(zone).time()
        return start <= wall < end if start <= end else wall >= start or wall < end

    if not is_quiet(instant):
        return None
    today = instant.astimezone(zone).date()
    ends = (
        datetime.combine(today + timedelta(days=days), end, zone).replace(fold=fold).astimezone(UTC)
        for days in (0, 1, 2)
        for fold in (0, 1)
    )
    return min(moment for moment in ends if moment > instant and not is_quiet(moment))


def preferred_hours(instant, point, facility, zone):
    """When the person would rather be written to, or None when they would now.

    A wish, not a ban as quiet hours are: what would come too late for it is sent when it may be.
    """
    if point.prefers(instant, zone):
        return None
    for start in point.preferred_starts(instant, zone):
        when = end_of_quiet_hours(start, facility, zone) or start
        if point.prefers(when, zone):
            return when
    return None


@transaction.atomic
def opt_out(patient, *, channel="", how, by, at=None):
    """The person does not want to be written to: at once, and what still waits is not sent. Raises opted_out."""
    patient = Patient.objects.lock(patient.pk)
    opt_out = OptOut(patient=patient, channel=channel, how=how, asked_at=at or timezone.now(), asked_by=by)
    for constraint in OptOut._meta.constraints:  # the row stays locked, so the answer holds until the insert
        constraint.validate(OptOut, opt_out)
    opt_out.save(force_insert=True)
    if channel in ("", Channel.EMAIL):
        person = patient.survivor()
        Notice.objects.unsent().filter(to_patient=True, patient__in=[person, *person.duplicates.all()]).update(
            state=NoticeState.CANCELED, state_reason="opted_out"
        )
    return opt_out


@transaction.atomic
def lift_opt_out(opt_out, *, by, at=None):
    """The person wants to be written to again. Raises opt_out_lifted."""
    opt_out = OptOut.objects.lock(opt_out.pk)
    if opt_out.lifted_at:
        raise ValidationError("This was lifted already.", code="opt_out_lifted")
    opt_out.lifted_at, opt_out.lifted_by = at or timezone.now(), by
    opt_out.save(update_fields=["lifted_at", "lifted_by"])
    return opt_out
