"""Lost to contact: only as a decision that somebody signs, after everything was tried."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from patients.actions import needs
from patients.models import CloseReason, Episode

from ..models import Answer, CallAttempt, CallOutcome, CheckInOutcome
from .closings import is_nowhere_on_the_way, may_be_closed, shut

LOST_AFTER = timedelta(days=30)
MISSED = 2
ANSWER_WITHIN = timedelta(hours=24)  # then a call is owed


@dataclass(frozen=True)
class Silence:
    """How long nobody has heard from a person, and what they missed meanwhile."""

    since: datetime
    missed: int
    planned: bool

    def require_lost(self, at):
        """Raise not_yet_30_days or two_missed_first (domain 7.3)."""
        if at - self.since < LOST_AFTER:
            raise ValidationError(
                "Contact is lost only 30 days after somebody last heard from the person.", code="not_yet_30_days"
            )
        if self.planned and self.missed < MISSED:
            raise ValidationError(
                "Contact is lost only after two planned check-ins were missed.", code="two_missed_first"
            )


def silence(episode, at):
    """Since when nobody has heard from the person of an episode.

    Check-ins missed by us do not count, nor does one whose time to answer is not over.
    """
    plan = episode.aftercare_plans.active().first()
    heard = Answer.objects.right().filter(check_in__plan__episode=episode).order_by("-answered_at")
    of_it = Q(duty__episode=episode) | Q(duty=None, check_in__plan__episode=episode)
    reached = CallAttempt.objects.to_the_person().filter(of_it, outcome=CallOutcome.REACHED)
    moments = [plan.anchor_at if plan else episode.stage_at]
    moments += heard.values_list("answered_at", flat=True)[:1]
    moments += reached.order_by("-at").values_list("at", flat=True)[:1]
    since = max(moments)
    if plan is None:
        return Silence(since, 0, planned=False)
    after = plan.check_ins.right().filter(due_at__gt=since)
    missed = after.filter(outcome=CheckInOutcome.MISSED).count()
    late = after.filter(closed_at=None, due_at__lte=at - ANSWER_WITHIN)
    return Silence(since, missed + sum(check_in.was_asked() for check_in in late), planned=True)


def what_was_tried(episode, at):
    """What a decision rests on: {since, missed, attempts newest first, not_yet}, the last why it cannot be signed."""
    found = silence(episode, at)
    attempts = CallAttempt.objects.filter(patient__in=episode.patient.records(), at__gte=found.since)
    attempts = list(attempts.select_related("by", "supporter", "contact_point"))
    try:
        found.require_lost(at)
        not_yet = ""
    except ValidationError as refusal:
        not_yet = refusal.message
    return {"since": found.since, "missed": found.missed, "attempts": attempts, "not_yet": not_yet}


@needs(may_be_closed, is_nowhere_on_the_way)
@transaction.atomic
def declare_lost(episode, *, reason, by, at=None):
    """A supervisor signs that contact is lost: the episode closes, re-entry open; the discharge keeps its reason.

    Raises not_yet_30_days, two_missed_first (domain 7.3), closed_already, still_in_treatment; arrival_not_confirmed.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    declare_lost.require(episode)
    silence(episode, at).require_lost(at)
    shut(episode, reason=CloseReason.LOST, note=reason, by=by, at=at)
    return episode
