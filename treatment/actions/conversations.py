"""Holding the talk. What follows from the answer may be aftercare, so the verb itself is in aftercare."""

from django.core.exceptions import ValidationError

from patients.actions import at_stage, needs
from patients.models import Stage


def is_stable(episode):
    """Raise not_stable_yet while the person is still being looked after medically."""
    if episode.stage == Stage.STABILIZING:
        raise ValidationError(
            "The person has not been medically cleared yet; the talk comes after that.", code="not_stable_yet"
        )


@needs(is_stable, at_stage(Stage.ENGAGING))
def hold(episode, *, outcome, by, at, may_contact_again=None, contact_how="", **fields):
    """Fill in the planned talk of a locked episode. Raises no_talk_planned, not_stable_yet or permission_unknown."""
    hold.require(episode)
    talk = episode.conversations.planned().first()
    if talk is None:
        raise ValidationError("No talk is planned.", code="no_talk_planned")
    talk.outcome, talk.may_contact_again, talk.contact_how = outcome, may_contact_again, contact_how
    talk.held_at, talk.held_by = at, by
    for field, value in fields.items():
        setattr(talk, field, value)
    talk.save()
    return talk
