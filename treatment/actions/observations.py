"""Observing at the bedside, by a schedule or at any time, and what numbers call for at once."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Role
from audit.planned import Planned
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Checklist, EmergencyWarning, Observation, ObservationOrder
from ..models.observations import warnings
from .clearances import withdraw

ARRIVAL = "arrival-observations"
EMERGENCY = "emergency-warning"


def crossed(values, limits=None):
    """The emergency limits in force that these values cross, in words."""
    return warnings(values, (limits or Checklist.objects.current(EMERGENCY)).items)


def first_due(schedule, at):
    """When the first observation is owed of a schedule that begins then."""
    return at + ObservationOrder(checklist=schedule).after_entry(0)


def ordered_by(duty, schedule, *, by, at):
    """Observations by this schedule, seen done by this duty."""
    return ObservationOrder.objects.create(
        patient_id=duty.patient_id,
        facility=duty.facility,
        episode=duty.episode,
        checklist=schedule,
        duty=duty,
        began_at=at,
        began_by=by,
    )


def where(episode):
    """The place whose nurses are with the person: of their main program, else of the episode."""
    placement = episode.placements.open().filter(track="main").select_related("facility").first()
    return placement.facility if placement else episode.facility


WATCHING = Q(observation_order__isnull=False) | Q(round_order__isnull=False)
REVIEWING = Q(round_review__isnull=False)


def drop_orders(episode, *, reason, by, at):
    """Nothing more is observed, by a schedule or on rounds: the person of a locked episode is gone."""
    duties.cancel_each(episode.duties.filter(WATCHING | REVIEWING), by=by, reason=reason, at=at)


def _order(episode):
    """The order going on, with its duty and schedule, or None."""
    order = GOING_ON.first(episode.pk)
    if order is not None:
        order.episode = episode
    return order


GOING_ON = Planned(
    lambda episode: (
        ObservationOrder.objects.open()
        .filter(episode=episode)
        .select_related("duty__ladder", "duty__facility", "checklist")[:1]
    ),
    UUID,
)


def raise_warning(episode, signs, *, by, at):
    """Somebody owes an answer to these signs at once, on a locked episode; clearance ends where it was still needed.

    While a warning is open, new signs join it, and everybody hears again.
    """
    if episode.cleared_at and episode.stage != Stage.TREATMENT:
        withdraw(episode, reason=f"emergency warning: {', '.join(signs)}", by=by, at=at)
    before = episode.emergency_warnings.open().select_related("duty").first()
    if before is not None:
        before.signs = [*before.signs, *(sign for sign in signs if sign not in before.signs)]
        before.save(update_fields=["signs"])
        duties.reschedule(before.duty, due_at=at, by=by, at=at, note=", ".join(signs))
        return before
    return warned_by(duties.open(**warning(episode, where(episode), signs, at=at), by=by, at=at), signs, by=by, at=at)


def warning(episode, facility, signs, *, at):
    """An answer to these signs: what `duties.open` takes."""
    return {
        "slug": "emergency_warning",
        "facility": facility,
        "episode": episode,
        "owner_role": Role.NURSE,
        "due_at": at,
        "note": ", ".join(signs),
    }


def warned_by(duty, signs, *, by, at):
    """The warning of these signs that this duty will see answered."""
    return EmergencyWarning.objects.create(
        patient_id=duty.patient_id,
        facility=duty.facility,
        episode=duty.episode,
        duty=duty,
        signs=signs,
        raised_at=at,
        raised_by=by,
    )


def settle_warnings(episode, *, answer, by, at):
    """Every open warning of a locked episode is answered by what was done."""
    for warning in episode.emergency_warnings.open().select_related("duty"):
        _answer(warning, answer, by=by, at=at)


def _answer(warning, answer, *, by, at):
    warning.answered_at, warning.answered_by, warning.answer = at, by, answer
    warning.save(update_fields=["answered_at", "answered_by", "answer"])
    if warning.duty.is_open():
        duties.resolve(warning.duty, by=by, at=at, reason=answer)


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def observe(episode, *, by, at=None, id=None, **values):
    """Write down what was measured at `at`; what the schedule owes next follows, and a warning at once if it must.

    An entry without what the schedule asks for, or soon after the last, is kept and ends nothing that is owed.
    The limits are data (checklist emergency-warning; domain 10: RR < 10, SpO2 < 92 or not rousable).
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    observe.require(episode)
    seen = Observation(
        patient_id=episode.patient_id,
        facility=where(episode),
        episode=episode,
        observed_at=at,
        observed_by=by,
        warnings=crossed(values),
        **values,
    )
    if id:
        seen.id = id
    seen.save(force_insert=True)
    order = _order(episode)
    if order is not None and not order.duty.suspended_at:
        if why := order.why_extra(seen):
            duties.note_each([(order.duty, why)], by=by, at=at)
        else:
            _count(order, by=by, at=at)
    if seen.warnings:
        raise_warning(episode, seen.warnings, by=by, at=at)
    return seen


def _count(order, *, by, at):
    """One entry more: the next is owed, or this was the last."""
    order.made += 1
    wait = order.after_entry(order.made)
    if wait is None:
        order.save(update_fields=["made"])
        duties.resolve(order.duty, by=by, at=at, reason="all observations made")
        return
    order.duty = duties.renew(order.duty, due_at=at + wait, by=by, at=at, note="observed")
    order.save(update_fields=["made", "duty"])


def are_owed(episode):
    """Raise nothing_ordered unless observations are owed; their order otherwise."""
    order = _order(episode)
    if order is None:
        raise ValidationError("No observations are owed.", code="nothing_ordered")
    return order


@needs(are_owed)
@transaction.atomic
def stop_observations(episode, *, reason, by, at=None):
    """The schedule is no longer needed, and somebody says why. Raises nothing_ordered."""
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    [order] = stop_observations.require(episode)
    duties.cancel(order.duty, by=by, at=at, reason=reason)
    order.refresh_from_db()
    return order


def is_unanswered(warning):
    """Raise warning_answered once somebody has said what was done."""
    if warning.answered_at:
        raise ValidationError("This warning was answered already.", code="warning_answered")


@needs(is_unanswered)
@transaction.atomic
def answer_warning(warning, *, answer, by, at=None):
    """A nurse or prescriber has looked, and says what was done. Raises warning_answered."""
    Episode.objects.lock(warning.episode_id)
    warning = EmergencyWarning.objects.lock(warning.pk)
    at = at or timezone.now()
    answer_warning.require(warning)
    _answer(warning, answer, by=by, at=at)
    warning.refresh_from_db()
    return warning
