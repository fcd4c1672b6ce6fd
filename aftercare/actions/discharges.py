"""Leaving treatment for aftercare, and the talk that may lead there."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import UNCLEARED, CloseReason, Episode, Stage
from treatment.actions import conversations
from treatment.actions import discharges as treatment
from treatment.actions.conversations import plan_talk
from treatment.actions.handovers import plan_intake
from treatment.actions.observations import drop_orders
from treatment.actions.schedules import asks_after, write
from treatment.models import ConversationOutcome, DischargeReason
from treatment.models.discharges import TRANSFERS

from .closings import shut
from .plans import begin_plan, check_in_owed, following, new_plan, start

DEATHS = {DischargeReason.SUICIDE, DischargeReason.DEATH}
ASK_AGAIN_WITHIN = timedelta(hours=72)


@needs(at_stage(Stage.TREATMENT))
@transaction.atomic
def discharge(
    episode,
    *,
    reason,
    by,
    schedule="kud-12",
    coach=None,
    facility=None,
    summary="",
    going_to="",
    contact="",
    checklist_answers=None,
    at=None,
):
    """End treatment and begin aftercare in one go: nobody is discharged into silence.

    `reason` is a TEDS code; a death is reported and confirmed instead. A transfer is on the way until somebody
    there confirms the arrival; its aftercare begins when they did not arrive. Clearance is withdrawn, so that
    coming back begins with a look at the person.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    discharge.require(episode)
    if reason in DEATHS:
        raise ValidationError("A death is reported and then confirmed.", code="report_the_death")
    leaving = {"summary": summary, "going_to": going_to, "contact": contact, "checklist_answers": checklist_answers}
    if reason in TRANSFERS:
        left, _ = treatment.record(episode, reason=reason, by=by, at=at, **leaving)
    else:
        plan = new_plan(episode, schedule=schedule, coach=coach, facility=facility, by=by, at=at)
        asked = asks_after(episode, plan.facility, at=at)
        also = [check_in_owed(plan, following(plan, since=at).due_at, owner=coach), *(one.owed for one in asked)]
        left, (duty, *opened) = treatment.record(episode, reason=reason, by=by, at=at, also=also, **leaving)
        write(asked, opened, anew=True)
        plan.discharge = left
        start(plan, duty=duty, by=by, at=at)
    episode.move_to(Stage.AFTERCARE, by=by, at=at, reason=left.get_reason_display(), **UNCLEARED)
    return left


@transaction.atomic
def talk(
    episode,
    *,
    outcome,
    by,
    may_contact_again=None,
    contact_how="",
    information_offered=None,
    ask_again_at=None,
    at=None,
    **template,
):
    """The talk was held; what is owed next follows from the answer.

    accepted → intake; thinking → another talk; not able → with permission another talk, since nobody has
    answered yet; declined → with permission we stay in touch. Without permission the episode closes as
    declined, re-entry open, and nobody is chased. Declining never needs a reason (domain 6.2, 10).
    `template` is what was said, by part: what_happened, meaning, what_matters, next_step, safety_plan, summary.
    Raises too_late_to_ask for another talk after more than 72 h (domain 6.2).
    Staying in touch withdraws clearance, as a discharge does.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    if ask_again_at and ask_again_at > at + ASK_AGAIN_WITHIN:
        raise ValidationError("Ask again within 72 hours.", code="too_late_to_ask")
    held = conversations.hold(
        episode,
        outcome=outcome,
        by=by,
        at=at,
        may_contact_again=may_contact_again,
        contact_how=contact_how,
        information_offered=information_offered,
        **template,
    )
    if outcome == ConversationOutcome.ACCEPTED:
        plan_intake(episode, by=by, at=at)
        episode.move_to(Stage.INTAKE, by=by, at=at, reason="accepted")
    elif outcome == ConversationOutcome.THINKING or (outcome == ConversationOutcome.NOT_ABLE and may_contact_again):
        due_at = ask_again_at or at + ASK_AGAIN_WITHIN
        plan_talk(episode, due_at=due_at, by=by, at=at, owner=by if _counsels(by, episode) else None)
    elif may_contact_again:
        begin_plan(episode, schedule="stay-in-touch", by=by, at=at)
        drop_orders(episode, reason=held.get_outcome_display(), by=by, at=at)
        if episode.stage == Stage.STABILIZING:  # they left before they were cleared, and were talked to all the same
            episode.move_to(Stage.ENGAGING, by=by, at=at)
        episode.move_to(Stage.AFTERCARE, by=by, at=at, reason=held.get_outcome_display(), **UNCLEARED)
    if held.duty.is_open():
        duties.resolve(held.duty, by=by, at=at, reason=held.get_outcome_display())
    if outcome in (ConversationOutcome.DECLINED, ConversationOutcome.NOT_ABLE) and not may_contact_again:
        shut(episode, reason=CloseReason.DECLINED, note="no contact wanted", by=by, at=at)
    held.refresh_from_db()
    return held


def _counsels(user, episode):
    """Whoever held the talk goes on with it, when that is their work here."""
    return user.is_at(episode.facility, [Role.COUNSELOR])
