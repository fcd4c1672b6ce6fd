"""Check-ins: answered, missed."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from duties import actions as duties
from patients.models import Episode

from ..models import Answer, AnsweredBy, CheckIn, CheckInOutcome
from .plans import close_check_in, drop_reviews, next_check_in

log = logging.getLogger(__name__)

CALL_BACK_WITHIN = timedelta(hours=24)  # red: the next calendar day at the latest (domain default)


@transaction.atomic
def answer(
    check_in,
    *,
    how,
    by,
    craving=None,
    ketamine_days=None,
    other_use="",
    wants_call=False,
    text="",
    at=None,
    id=None,
):
    """Write down what a person said, in time or late; the next check-in is made in the same transaction.

    A late answer is accepted in any state. An answer ends the calls owed because it was missing, never one that
    was asked for. Use, or a wish to talk, opens a call (domain default: red is called by the next day); it
    never causes anything else.
    """
    episode = Episode.objects.lock(check_in.plan.episode_id)
    check_in = CheckIn.objects.lock(check_in.pk)
    check_in.plan.episode = episode
    at = at or timezone.now()
    given = Answer(
        patient_id=check_in.patient_id,
        facility_id=check_in.facility_id,
        check_in=check_in,
        how=how,
        answered_at=at,
        answered_by=by,
        craving=craving,
        ketamine_days=ketamine_days,
        other_use=other_use,
        wants_call=wants_call,
        text=text,
    )
    if id:
        given.id = id
    late = check_in.closed_at is not None
    for duty in check_in.calls():
        duties.resolve(duty, by=by, at=at, reason="answered late" if late else "answered")
    drop_reviews(check_in.patient_id, by=by, at=at, reason="answered")
    given.save(force_insert=True)
    if not late:
        outcome = CheckInOutcome.REACHED if how == AnsweredBy.CALL else CheckInOutcome.ANSWERED
        close_check_in(check_in, outcome, by=by, at=at, calls=False)
        if check_in.plan.ended_at is None:
            next_check_in(check_in.plan, after=check_in.number, by=by, at=at)
    if wants_call or ketamine_days:
        duties.open(
            "contact",
            facility=check_in.facility,
            episode=episode if episode.closed_at is None else None,
            patient=check_in.patient,
            owner=check_in.plan.caller(),
            owner_role=Role.AFTERCARE,
            due_at=at + CALL_BACK_WITHIN,
            because_of=check_in.duty,
            once=f"asked:{check_in.patient_id}",
            note="asked for a call" if wants_call else "told us about use",
            by=by,
            at=at,
        )
    return given


def turn(now=None):
    """Close check-ins still unanswered when the next step of their schedule is due; calls stay owed.

    Returns how many. Waits while a death is reported.
    """
    now = now or timezone.now()
    due = CheckIn.objects.open().filter(due_at__lt=now, plan__ended_at=None).order_by("due_at").values("pk")
    count = 0
    for row in due.iterator():
        try:
            count += _turn(row["pk"], now)
        except Exception:  # one poisoned check-in must not stop the others; the next turn tries again
            log.exception("check-in %s is stuck", row["pk"])
    return count


@transaction.atomic
def _turn(pk, now):
    plain = CheckIn.objects.select_related("plan__schedule").get(pk=pk)
    following = plain.number + 1
    schedule = plain.plan.schedule
    if following >= len(schedule.steps):
        return 0
    if schedule.due_at(following, plain.plan.anchor_at, plain.plan.zone) > now:
        return 0
    if plain.patient.is_reported_dead():
        return 0
    Episode.objects.lock(plain.plan.episode_id)
    check_in = CheckIn.objects.lock(pk)
    if check_in.closed_at is not None:
        return 0
    system = User.objects.system()
    # In this order: the clock, too, holds the check-in's duty before it opens the call.
    close_check_in(check_in, CheckInOutcome.MISSED, by=system, at=now, reason="the next one is due", calls=False)
    _owe_call(check_in, by=system, at=now)
    next_check_in(check_in.plan, after=check_in.number, by=system, at=now)
    return 1


def _owe_call(check_in, *, by, at):
    """A check-in is never closed as missed without a call being owed."""
    duties.open(
        "contact",
        facility=check_in.facility,
        episode=check_in.plan.episode,
        owner=check_in.duty.owner,
        owner_role=Role.AFTERCARE,
        due_at=at,
        because_of=check_in.duty,
        once=f"contact:{check_in.patient_id}",
        note="missed a check-in",
        by=by,
        at=at,
    )
