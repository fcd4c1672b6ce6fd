"""Holding a free bed for somebody whose admission is expected."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Bed, BedHold, HoldOutcome
from .programs import check_kept, told_of

HOLDS_FOR = timedelta(hours=24)  # domain default


@needs(at_stage(Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.TREATMENT))
@transaction.atomic
def hold_bed(episode, *, bed, reason, until_at=None, bed_override="", by, at=None):
    """Keep a free bed for a person who is expected; it is free again by itself when its time is over.

    A place on the wait list keeps its bed by its offer instead. Raises bed_taken, bed_blocked, bed_held,
    bed_offered, bed_restricted, held_already.
    """
    episode = Episode.objects.lock(episode.pk)
    bed = Bed.objects.select_related("unit__facility").lock(bed.pk)
    at = at or timezone.now()
    hold_bed.require(episode)
    day = at.astimezone(bed.unit.facility.tz()).date()
    override = check_kept(bed, told_of(bed, episode, at=at), episode.patient, day=day, override=bed_override)
    return BedHold.objects.create(
        patient_id=episode.patient_id,
        facility=bed.unit.facility,
        episode=episode,
        bed=bed,
        reason=reason,
        override=override,
        held_at=at,
        held_by=by,
        until_at=until_at or at + HOLDS_FOR,
    )


def is_holding(hold):
    """Raise hold_over when the bed is not held any more."""
    if hold.is_over(timezone.now()):
        raise ValidationError("This bed is not held any more.", code="hold_over")


@needs(is_holding)
@transaction.atomic
def release_hold(hold, *, by, at=None):
    """The bed is free again before its time. Raises hold_over."""
    Episode.objects.lock(hold.episode_id)
    hold = BedHold.objects.lock(hold.pk)
    release_hold.require(hold)
    _end(hold, HoldOutcome.RELEASED, by=by, at=at or timezone.now())
    hold.refresh_from_db()
    return hold


def _end(hold, outcome, *, by, at):
    hold.ended_at, hold.ended_by, hold.outcome = max(at, hold.held_at), by, outcome
    hold.save(update_fields=["ended_at", "ended_by", "outcome"])


def settle_hold(episode, *, bed=None, by, at):
    """The person of a locked episode came, into this bed or another, or will not: nothing is held for them."""
    used = Case(When(bed=bed, then=Value(HoldOutcome.USED)), default=Value(HoldOutcome.RELEASED))
    outcome = used if bed else HoldOutcome.RELEASED
    episode.bed_holds.holding(at).update(ended_at=Greatest(at, "held_at"), ended_by=by, outcome=outcome)
