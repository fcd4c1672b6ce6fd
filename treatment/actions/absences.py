"""What rests while somebody is away, what asks whether they are, and what is over when they are not."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from audit.planned import Planned
from duties import actions as duties
from duties.models import Duty
from patients.models import Episode

from ..models import Absence, BedStay, Departure, DepartureKind
from . import random_tests

# What is done at the bedside by order: how a duty names the row it is of. Each kind of order adds its own here.
AT_THE_BEDSIDE = ["observation_order", "round_order"]


def owed_at_bedside(episode):
    """What is still to be done at the bedside of a locked episode's person."""
    of_an_order = Q()
    for order in AT_THE_BEDSIDE:
        of_an_order |= Q(**{f"{order}__isnull": False, f"{order}__entered_in_error_at": None})
    return episode.duties.open().filter(of_an_order)


def pause_at_bedside(episode, *, until, reason, by, at, also=None):
    """The person is out: the clock of what is owed at their bedside, and of `also`, rests, at most until then."""
    rests = owed_at_bedside(episode)
    duties.suspend_each(rests if also is None else rests | also, until=until, by=by, at=at, reason=reason)
    random_tests.pause_for_absence(episode, reason=reason, by=by, at=at)


def resume_at_bedside(episode, *, note, by, at):
    """The person is back: what was owed at their bedside is owed now."""
    duties.reschedule_each(owed_at_bedside(episode), due_at=at, by=by, at=at, note=note)
    random_tests.resume_after_absence(episode, by=by, at=at)


def is_not_in_hospital(episode):
    """Raise away_already while the person is in hospital; the leave they are out on otherwise, or None."""
    absence = OUT.first(episode.pk)
    if absence is None:
        return None
    if not absence.is_leave():
        raise ValidationError("The person is away already.", code="away_already")
    absence.episode = episode
    return absence


OUT = Planned(
    lambda episode: Absence.objects.open().filter(episode=episode).select_related("duty", "placement")[:1], UUID
)


def is_away(episode):
    """Raise not_away unless the person was sent out and is not back; the absence otherwise."""
    absence = SENT_OUT.first(episode.pk)
    if absence is None:
        raise ValidationError("The person is not away.", code="not_away")
    absence.episode = episode
    return absence


SENT_OUT = Planned(
    lambda episode: (
        Absence.objects.open()
        .sent_out()
        .filter(episode=episode)
        .select_related("placement__program", "placement__plan_duty")[:1]
    ),
    UUID,
)


def is_present(episode):
    """Raise away_already while the person is in hospital or on leave, missing_already while they are looked for."""
    gone, missing = ELSEWHERE.first(episode.pk)
    if gone:
        raise ValidationError("The person is away already.", code="away_already")
    if missing:
        raise ValidationError("The person is being looked for already.", code="missing_already")


ELSEWHERE = Planned(
    lambda episode: Episode.objects.filter(pk=episode).values_list(
        Exists(Absence.objects.open().filter(episode=OuterRef("pk"))),
        Exists(Departure.objects.open().filter(episode=OuterRef("pk"), kind=DepartureKind.MISSING)),
    ),
    UUID,
)


# What ends with it.


def end_absence(absence, *, by, at, reason):
    """The person is not coming back to where they were sent out from."""
    absence.ended_at, absence.ended_by, absence.end_reason = at, by, reason
    absence.save(update_fields=["ended_at", "ended_by", "end_reason"])
    settle_absence(absence, duties.cancel_each, by=by, at=at, reason=reason)


def settle_absence(absence, close_each, *, by, at, reason):
    """The call about the person is not owed any more, nor another bed when the one kept was given up."""
    ends = Q(pk=absence.duty_id)
    if absence.placement_id:
        ends |= bed_to_find(absence.placement_id)
    close_each(Duty.objects.filter(ends, episode=absence.episode_id), by=by, at=at, reason=reason)


def settle_holds(placement, close_each, *, by, at, reason):
    """Another bed is not to be found any more for somebody whose kept one was given up."""
    rows = Duty.objects.filter(bed_to_find(placement.pk), episode=placement.episode_id)
    close_each(rows, by=by, at=at, reason=reason)


def bed_to_find(placement):
    """Duties to find another bed, for one that was kept for somebody in this placement and was given up."""
    stays = BedStay.objects.filter(placement=placement).order_by()
    marked = stays.annotate(mark=Concat(Value(hold_mark("")), Cast("pk", CharField())))
    return Q(once__in=marked.values("mark"))


def hold_mark(key):
    """Marks the duty to find a bed for whoever this one was kept for."""
    return f"bed_hold_lapsed:{key}"
