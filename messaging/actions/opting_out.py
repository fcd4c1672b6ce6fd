"""Who does not want to be written to: at once, by any reasonable means (domain 7.5)."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions import refuse
from accounts.models import User
from duties.models import Notice, NoticeState
from patients.actions import needs
from patients.codes import Channel
from patients.models import Patient

from ..models import OptOut, Reply
from ..models.inbound import IN_SPITE_OF_STOP
from .reviews import review
from .ways import every_record, ways


class OptedOut(NamedTuple):
    """What came of it."""

    opt_out: OptOut
    patient: Patient
    canceled: int  # notices and answers that waited and are not sent any more


@transaction.atomic
def opt_out(patient, *, channel="", how, by, at=None):
    """The person does not want to be written to: at once, and what still waits is not sent. Raises opted_out."""
    patient = Patient.objects.lock_survivor(patient.pk)
    if OptOut.objects.in_force().filter(patient=patient, channel=channel).exists():
        refuse(OptOut, "one_opt_out_per_channel")
    return _write(patient, [channel], how=how, by=by, at=at or timezone.now())[0]


@transaction.atomic
def stop_each(patient, channels, *, how, by, at):
    """The same by each of these channels, when some may have been said before: of those what stands is returned.

    Returns (what came of each, those of them that are new).
    """
    return stop_locked(Patient.objects.lock_survivor(patient.pk), channels, how=how, by=by, at=at)


def stop_locked(patient, channels, *, how, by, at):
    """The same of somebody who is locked."""
    said = list(OptOut.objects.in_force().of(patient).order_by("pk"))
    stood = {channel: next((row for row in said if row.stops(channel)), None) for channel in channels}
    new = _write(patient, [channel for channel, row in stood.items() if row is None], how=how, by=by, at=at)
    # Of what was said before nothing is written: sending asks anew, and the one confirmation may wait still.
    found = {one.opt_out.channel: one for one in new}
    return [found.get(channel) or OptedOut(row, patient, 0) for channel, row in stood.items()], new


def _write(patient, channels, *, how, by, at):
    """Of a locked person, all of them new."""
    rows = OptOut.objects.bulk_create(
        OptOut(patient=patient, channel=channel, how=how[:200], asked_at=at, asked_by=by) for channel in channels
    )
    canceled = _take_back(patient, channels)
    return [OptedOut(row, patient, canceled) for row in rows]


def told_to_stop(item, channel, reason, *, how, at):
    """A carrier or mailbox says that the person wants nothing by this way: it alone stops, and somebody asks them.

    Their own words stop every way; this is hearsay, and may be about whoever had the number before (domain 7.5).
    """
    _, new = stop_each(item.patient, [channel], how=how, by=User.objects.system(), at=at)
    if new:
        review(item, reason, at)


def _take_back(patient, channels):
    """What waits for the person is not sent. While a way is left, sending asks anew by which it goes."""
    if not set(channels) - {Channel.PHONE}:
        return 0
    if "" not in channels and ways(every_record(patient)):
        return 0
    canceled = {"state": NoticeState.CANCELED, "state_reason": "opted_out"}
    notices = Notice.objects.unsent().filter(to_patient=True, patient__in=patient.records()).update(**canceled)
    replies = Reply.objects.of(patient).filter(state=NoticeState.WAITING).exclude(text__slug__in=IN_SPITE_OF_STOP)
    return notices + replies.update(**canceled)


def stands(opt_out):
    """Raise error_marked or opt_out_lifted."""
    if opt_out.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")
    if opt_out.lifted_at:
        raise ValidationError("This was lifted already.", code="opt_out_lifted")


@needs(stands)
@transaction.atomic
def lift_opt_out(opt_out, *, by, at=None):
    """The person wants to be written to again. Raises error_marked, opt_out_lifted."""
    opt_out = OptOut.objects.lock(opt_out.pk)
    lift_opt_out.require(opt_out)
    opt_out.lifted_at, opt_out.lifted_by = at or timezone.now(), by
    opt_out.save(update_fields=["lifted_at", "lifted_by"])
    return opt_out
