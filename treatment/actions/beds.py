"""Moving from bed to bed, and keeping a bed from being used."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from patients.models import Episode

from ..models import Bed, BedBlock, BedStay, Placement
from .programs import check_bed


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
    if stay.ended_at or stay.entered_in_error_at:
        raise ValidationError("The person is not in this bed any more.", code="stay_ended")
    if stay.bed_id == to.pk:
        raise ValidationError("The person is in this bed already.", code="same_bed")
    check_bed(placement.program, to, episode=placement.episode, at=at, override=override)
    stay.end(by=by, at=at)
    kept = {"move_reason": reason, "held_until_at": stay.held_until_at}
    return BedStay.begin(placement, to, override=override, by=by, at=at, **kept)


@transaction.atomic
def block(bed, *, reason, by, until_at=None, note="", at=None):
    """Keep a bed from being used, until then or until it is unblocked. Raises bed_taken, bed_blocked."""
    bed = Bed.objects.lock(bed.pk)
    return BedBlock.objects.create(
        bed=bed, reason=reason, note=note, until_at=until_at, began_at=at or timezone.now(), began_by=by
    )


@transaction.atomic
def unblock(blocked, *, by, at=None):
    """The bed can be used again. Raises block_ended."""
    Bed.objects.lock(blocked.bed_id)
    blocked = BedBlock.objects.lock(blocked.pk)
    at = at or timezone.now()
    if blocked.is_over(at):
        raise ValidationError("This bed is not blocked any more.", code="block_ended")
    blocked.ended_at, blocked.ended_by = at, by
    blocked.save(update_fields=["ended_at", "ended_by"])
    blocked.refresh_from_db()
    return blocked
