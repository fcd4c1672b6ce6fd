"""Referring to urology, and seeing it through until the person was seen (domain 6.4)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import UrologyReferral
from ..models.urology import URGENT, ReferredBecause
from .observations import where

# How long each step may take, urgent or not [D].
MADE_WITHIN = {True: timedelta(hours=24), False: timedelta(days=3)}
ANSWERED_WITHIN = {True: timedelta(days=2), False: timedelta(weeks=2)}
HEARD_WITHIN = timedelta(days=2)  # after the appointment
LADDER = {True: "urology_urgent", False: "urology_referral"}


def plan_referral(episode, because, *, by, at, urgent=None):
    """A referral is owed on a locked episode: planned once, and made urgent when something new is."""
    urgent = because in URGENT if urgent is None else urgent
    referral = episode.urology_referrals.open().select_related("duty", "facility").first()
    if referral is None:
        referral = _new(episode, because, facility=where(episode), urgent=urgent, planned_at=at, planned_by=by)
        _owe(referral, at + MADE_WITHIN[urgent], by=by, at=at)
        referral.save(force_insert=True)
    elif urgent and not referral.urgent:
        referral.because, referral.urgent = because, True
        _owe(referral, at + MADE_WITHIN[True], by=by, at=at)
        referral.save(update_fields=["because", "urgent", "duty"])
    return referral


def _new(episode, because, **fields):
    return UrologyReferral(patient_id=episode.patient_id, episode=episode, because=because, **fields)


def because_of_symptoms(episode, facility, *, by, at):
    """For a locked episode without one: (a referral, not urgent, not written yet, and what `duties.open` takes)."""
    referral = _new(episode, ReferredBecause.SYMPTOMS, facility=facility, planned_at=at, planned_by=by)
    return referral, _owed(referral, at + MADE_WITHIN[False])


def _owed(referral, due_at):
    """What `duties.open` takes: the clock of a referral, on the ladder of its urgency."""
    return {
        "slug": LADDER[referral.urgent],
        "facility": referral.facility,
        "episode": referral.episode,
        "owner_role": Role.NURSE,
        "due_at": due_at,
        "note": referral.get_because_display(),
    }


def _owe(referral, due_at, *, by, at):
    """A new duty for a referral, in place of the one before."""
    before = referral.duty if referral.duty_id else None
    referral.duty = duties.open(**_owed(referral, due_at), by=by, at=at)
    if before and before.is_open():
        duties.cancel(before, by=by, at=at, reason="it is urgent now")


def is_not_referred(episode):
    """Raise referred_already."""
    if episode.urology_referrals.open().exclude(made_at=None).exists():
        raise ValidationError("There is an open referral already.", code="referred_already")


@needs(at_stage(*set(Stage) - {Stage.CLOSED}), is_not_referred)
@transaction.atomic
def refer_to_urology(episode, *, because, question="", urgent=False, by, at=None, **excluded):
    """The referral is made: planned before or not. An infection of the urine and an STI are excluded first.

    Raises infection_not_excluded, referred_already.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    refer_to_urology.require(episode)
    referral = plan_referral(episode, because, urgent=urgent or because in URGENT, by=by, at=at)
    referral.because, referral.question = because, question
    referral.made_at, referral.made_by = at, by
    for name, value in excluded.items():
        setattr(referral, name, value)
    referral.save()
    referral.refresh_from_db()
    return referral


def is_open(referral):
    """Raise referral_ended."""
    if referral.ended_at or referral.entered_in_error_at:
        raise ValidationError("This referral has ended.", code="referral_ended")


def is_made(referral):
    """Raise out_of_order."""
    if referral.made_at is None:
        raise ValidationError("Make the referral first.", code="out_of_order")


def is_sent(referral):
    """Raise out_of_order."""
    if referral.sent_at is None:
        raise ValidationError("Send the referral first.", code="out_of_order")


def _locked(referral):
    episode = Episode.objects.lock(referral.episode_id)
    referral = UrologyReferral.objects.select_related("duty", "facility").lock(referral.pk)
    referral.episode = episode
    return referral


def _wait(referral, due_at, *, by, at, note):
    """The next step is owed by then; a clock that somebody stopped is wound again."""
    if referral.duty.is_open():
        duties.reschedule(referral.duty, due_at=due_at, by=by, at=at, note=note)
    else:
        _owe(referral, due_at, by=by, at=at)


@needs(is_open, is_made)
@transaction.atomic
def send(referral, *, sent_to, by, at=None):
    """It went out; an appointment is to be heard of. Raises referral_ended, out_of_order."""
    referral = _locked(referral)
    send.require(referral)
    at = at or timezone.now()
    referral.sent_to, referral.sent_at, referral.sent_by = sent_to, at, by
    _wait(referral, at + ANSWERED_WITHIN[referral.urgent], by=by, at=at, note=f"sent to {sent_to}")
    referral.save()
    referral.refresh_from_db()
    return referral


@needs(is_open, is_sent)
@transaction.atomic
def set_appointment(referral, *, appointment_at, by, at=None):
    """There is an appointment, or another one; whether the person was seen is to be heard after it."""
    referral = _locked(referral)
    set_appointment.require(referral)
    at = at or timezone.now()
    referral.appointment_at, referral.appointment_by = appointment_at, by
    _wait(referral, appointment_at + HEARD_WITHIN, by=by, at=at, note="an appointment is set")
    referral.save()
    referral.refresh_from_db()
    return referral


@needs(is_open, is_made)
@transaction.atomic
def record_visit(referral, *, outcome, by, at=None):
    """Urology saw the person: what they found and advised. Raises referral_ended, out_of_order, reason_missing."""
    referral = _locked(referral)
    record_visit.require(referral)
    at = at or timezone.now()
    referral.seen_at, referral.outcome = at, outcome
    return _end(referral, reason="seen by urology", close=duties.resolve, by=by, at=at)


@needs(is_open)
@transaction.atomic
def close_referral(referral, *, reason, by, at=None):
    """The person will not be seen; somebody says why, and stands for it. Raises referral_ended."""
    referral = _locked(referral)
    close_referral.require(referral)
    referral.not_seen_because = reason
    return _end(referral, reason=reason, close=duties.cancel, by=by, at=at or timezone.now())


def _end(referral, *, reason, close, by, at):
    referral.ended_at, referral.ended_by = at, by
    referral.save()
    if referral.duty.is_open():
        close(referral.duty, by=by, at=at, reason=reason)
    referral.refresh_from_db()
    return referral


@transaction.atomic
def mark_error(referral, *, reason, by, at=None):
    """It was never meant for this person; its clock stops."""
    Episode.objects.lock(referral.episode_id)
    referral = patients.mark_error(referral, reason=reason, by=by, at=at)
    if referral.duty.is_open():
        duties.cancel(referral.duty, by=by, at=at, reason="entered in error")
    return referral
