"""Who does not want to be written to: at once, by any reasonable means (domain 7.5)."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from duties.models import Notice, NoticeState
from patients.codes import Channel
from patients.models import Patient

from ..models import OptOut, Reply
from .reviews import review
from .ways import every_record, ways


class OptedOut(NamedTuple):
    """What came of it."""

    opt_out: OptOut
    patient: Patient
    canceled: int  # notices and answers that waited and are not sent any more
    is_new: bool = True  # it was not said before


@transaction.atomic
def opt_out(patient, *, channel="", how, by, at=None):
    """The person does not want to be written to: at once, and what still waits is not sent. Raises opted_out."""
    patient = Patient.objects.lock_survivor(patient.pk)
    row = OptOut(patient=patient, channel=channel, how=how[:200], asked_at=at or timezone.now(), asked_by=by)
    for constraint in OptOut._meta.constraints:  # the person stays locked, so the answer holds until the insert
        constraint.validate(OptOut, row)
    row.save(force_insert=True)
    return OptedOut(row, patient, _take_back(patient, channel))


@transaction.atomic
def stop(patient, channel="", *, how, by, at):
    """The same, when it may have been said before: then what stands is returned, and nothing is written."""
    patient = Patient.objects.lock_survivor(patient.pk)
    if said := OptOut.objects.in_force(channel).of(patient).first():
        return OptedOut(said, patient, 0, is_new=False)  # sending asks anew, and the one confirmation may wait still
    return opt_out(patient, channel=channel, how=how, by=by, at=at)


def told_to_stop(item, channel, reason, *, how, at):
    """A carrier or mailbox says that the person wants nothing by this way: it alone stops, and somebody asks them.

    Their own words stop every way; this is hearsay, and may be about whoever had the number before (domain 7.5).
    """
    if stop(item.patient, channel, how=how, by=User.objects.system(), at=at).is_new:
        review(item, reason, at)


def _take_back(patient, channel):
    """What waits for the person is not sent. While a way is left, sending asks anew by which it goes."""
    records = every_record(patient)
    if channel == Channel.PHONE or (channel and ways(records)):
        return 0
    canceled = {"state": NoticeState.CANCELED, "state_reason": "opted_out"}
    notices = Notice.objects.unsent().filter(to_patient=True, patient__in=records).update(**canceled)
    return notices + Reply.objects.filter(state=NoticeState.WAITING, patient__in=records).update(**canceled)


@transaction.atomic
def lift_opt_out(opt_out, *, by, at=None):
    """The person wants to be written to again. Raises opt_out_lifted."""
    opt_out = OptOut.objects.lock(opt_out.pk)
    if opt_out.lifted_at:
        raise ValidationError("This was lifted already.", code="opt_out_lifted")
    opt_out.lifted_at, opt_out.lifted_by = at or timezone.now(), by
    opt_out.save(update_fields=["lifted_at", "lifted_by"])
    return opt_out
