"""Planning and holding the talk. What follows may be aftercare, so the verb itself is in aftercare."""

from datetime import timedelta

from django.core.exceptions import ValidationError

from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import Stage

from ..models import Conversation, ConversationOutcome

TALK_WITHIN = timedelta(hours=24)  # domain default: before the expected time of leaving, at most 24 h
BEFORE_CLEARANCE = {ConversationOutcome.DECLINED, ConversationOutcome.NOT_ABLE}


def plan_talk(episode, *, due_at, by, at, kind="engagement", owner=None):
    """A talk is owed: the row, and the duty that will see it done."""
    owed = {"owner": owner, "owner_role": Role.COUNSELOR, "due_at": due_at}
    duty = duties.open("talk", facility=episode.facility, episode=episode, by=by, at=at, **owed)
    return planned_by(duty, kind=kind)


def planned_by(duty, kind="engagement"):
    """The talk that this duty will see done."""
    return Conversation.objects.create(
        patient_id=duty.patient_id, facility=duty.facility, episode=duty.episode, duty=duty, kind=kind
    )


def talk_due(handover, at):
    """By when the talk is owed: before the person is expected to leave, and within a day."""
    leaving = handover.expected_leaving_at if handover else None
    return max(min(leaving, at + TALK_WITHIN) if leaving else at + TALK_WITHIN, at)


def bring_talk_forward(episode, *, due_at, by, at, note=""):
    """The planned talk is owed by then, unless it is owed sooner."""
    for talk in episode.conversations.planned().select_related("duty"):
        if talk.duty.is_open() and talk.duty.due_at > due_at:
            duties.reschedule(talk.duty, due_at=due_at, by=by, at=at, note=note)


def owed_as_talk(episode):
    """The duty of the talk that is planned."""
    return episode.duties.open().filter(conversation__in=episode.conversations.planned())


def owe_talk_again(episode, *, by, at):
    """The talk is owed within a day from now: the one that was planned, or a new one."""
    talk = episode.conversations.planned().select_related("duty").first()
    if talk is None:
        plan_talk(episode, due_at=at + TALK_WITHIN, by=by, at=at)
    elif talk.duty.is_open() and talk.duty.suspended_at:
        duties.reschedule(talk.duty, due_at=at + TALK_WITHIN, by=by, at=at)


def is_here_or_left(episode):
    """Raise away_already for somebody who was sent to hospital before they were cleared: the talk waits for them."""
    if episode.stage == Stage.STABILIZING and episode.absences.open().exists():
        raise ValidationError("The person is in hospital. The talk waits until they are back.", code="away_already")


@needs(at_stage(Stage.STABILIZING, Stage.ENGAGING), is_here_or_left)
def hold(episode, *, outcome, by, at, may_contact_again=None, contact_how="", **fields):
    """Fill in the planned talk of a locked episode.

    The talk comes after clearance, but many leave before it: a no, and that they were not able to talk, is recorded
    then too, with the two questions of domain 10. Raises no_talk_planned, not_stable_yet, permission_unknown.
    """
    hold.require(episode)
    if episode.stage == Stage.STABILIZING and outcome not in BEFORE_CLEARANCE:
        raise ValidationError(
            "The person has not been medically cleared yet, and the talk comes after that. Until then only a no is"
            " recorded, or that they were not able to talk.",
            code="not_stable_yet",
        )
    talk = episode.conversations.planned().first()
    if talk is None:
        raise ValidationError("No talk is planned.", code="no_talk_planned")
    talk.outcome, talk.may_contact_again, talk.contact_how = outcome, may_contact_again, contact_how
    talk.held_at, talk.held_by = at, by
    for field, value in fields.items():
        setattr(talk, field, value)
    talk.save()
    return talk
