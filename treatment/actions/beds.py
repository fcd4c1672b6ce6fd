"""A bed for whoever has none, moving from bed to bed, and keeping a bed from being used, or for some only."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions import refuse
from duties import actions as duties
from patients.actions import needs
from patients.models import Episode

from ..models import Bed, BedBlock, BedRestriction, BedStay, Placement
from .absences import is_present, settle_holds
from .holds import settle_hold
from .placements import back_to_bed
from .programs import check_bed


def wants_bed(placement):
    """Raise placement_ended, bed_not_needed, in_a_bed_already, away_already or missing_already."""
    if placement.ended_at or placement.entered_in_error_at:
        raise ValidationError("This placement has ended.", code="placement_ended")
    if not placement.program.needs_bed:
        raise ValidationError("This program has no beds.", code="bed_not_needed")
    if placement.bed_stays.open().filter(held_until_at=None).exists():
        raise ValidationError("The person has a bed. Move them instead.", code="in_a_bed_already")
    is_present(placement.episode)


@needs(wants_bed)
@transaction.atomic
def assign(placement, *, bed, bed_override="", by, at=None):
    """A bed for somebody in a program with beds who is here and lies in none; a kept one is theirs again."""
    episode = Episode.objects.lock(placement.episode_id)
    placement = Placement.objects.select_related("program").lock(placement.pk)
    placement.episode = episode
    at = at or timezone.now()
    assign.require(placement)
    back_to_bed(placement, bed, override=bed_override, episode=episode, by=by, at=at)
    settle_holds(placement, duties.resolve_each, by=by, at=at, reason="has a bed")
    return placement.bed_stays.open().get()


def is_lain_in(stay):
    """Raise stay_ended."""
    if stay.ended_at or stay.entered_in_error_at:
        raise ValidationError("The person is not in this bed any more.", code="stay_ended")


@needs(is_lain_in)
@transaction.atomic
def move(stay, *, to, reason, override="", by, at=None):
    """Put a person in another bed: one stay ends and the next begins, with the reason. What was kept stays kept.

    Raises stay_ended, same_bed, bed_elsewhere or bed_restricted; bed_taken and bed_blocked are the database's.
    """
    placement = Placement.objects.select_related("program", "episode__patient", "patient").get(pk=stay.placement_id)
    Episode.objects.lock(placement.episode_id)
    Placement.objects.lock(placement.pk)
    Bed.objects.lock_both(stay.bed, to)
    stay = BedStay.objects.lock(stay.pk)
    at = at or timezone.now()
    move.require(stay)
    if stay.bed_id == to.pk:
        raise ValidationError("The person is in this bed already.", code="same_bed")
    override = check_bed(placement.program, to, episode=placement.episode, at=at, override=override)
    stay.end(by=by, at=at)
    settle_hold(placement.episode, bed=to, by=by, at=at)
    kept = {"move_reason": reason, "held_until_at": stay.held_until_at}
    return BedStay.begin(placement, to, override=override, by=by, at=at, **kept)


def is_not_in_use(bed):
    """Raise bed_blocked or bed_taken, as the database does when it is blocked from now on."""
    if bed.blocks.in_force().exists():
        refuse(BedBlock, "one_block_per_bed")
    if bed.stays.open().exists():
        code, sentence = BedBlock.refusals["a_taken_bed_is_not_blocked"]
        raise ValidationError(sentence, code=code)


@needs(is_not_in_use)
@transaction.atomic
def block(bed, *, reason, by, until_at=None, note="", at=None):
    """Keep a bed from being used, until then or until it is unblocked. Raises bed_taken, bed_blocked."""
    bed = Bed.objects.lock(bed.pk)
    return BedBlock.objects.create(
        bed=bed, reason=reason, note=note, until_at=until_at, began_at=at or timezone.now(), began_by=by
    )


def is_not_over(blocked, at=None):
    """Raise block_ended when it was by then, or is by now."""
    if blocked.is_over(at or timezone.now()):
        raise ValidationError("This bed is not blocked any more.", code="block_ended")


@needs(is_not_over)
@transaction.atomic
def unblock(blocked, *, by, at=None):
    """The bed can be used again. Raises block_ended."""
    Bed.objects.lock(blocked.bed_id)
    blocked = BedBlock.objects.lock(blocked.pk)
    at = at or timezone.now()
    is_not_over(blocked, at)
    blocked.ended_at, blocked.ended_by = at, by
    blocked.save(update_fields=["ended_at", "ended_by"])
    blocked.refresh_from_db()
    return blocked


@transaction.atomic
def restrict(where, *, kind, min_age=None, max_age=None, note="", by, at=None):
    """Keep this bed, or every bed of this unit, for some people. Raises restricted_already, ages_missing."""
    where = type(where).objects.lock(where.pk)
    return BedRestriction.objects.create(
        bed=where if isinstance(where, Bed) else None,
        unit=None if isinstance(where, Bed) else where,
        kind=kind,
        min_age=min_age,
        max_age=max_age,
        note=note,
        began_at=at or timezone.now(),
        began_by=by,
    )


def is_in_force(restriction):
    """Raise restriction_over when it was lifted already."""
    if restriction.ended_at:
        raise ValidationError("This restriction was lifted already.", code="restriction_over")


@needs(is_in_force)
@transaction.atomic
def lift(restriction, *, by, at=None):
    """The bed, or the unit, is for anybody again. Raises restriction_over."""
    restriction = BedRestriction.objects.lock(restriction.pk)
    lift.require(restriction)
    restriction.ended_at, restriction.ended_by = at or timezone.now(), by
    restriction.save(update_fields=["ended_at", "ended_by"])
    restriction.refresh_from_db()
    return restriction
