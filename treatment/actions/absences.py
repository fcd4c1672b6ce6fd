"""What rests while somebody is away, and what asks whether they are."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from audit.planned import Planned
from duties import actions as duties
from patients.models import Episode

from ..models import Absence, Departure, DepartureKind
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
