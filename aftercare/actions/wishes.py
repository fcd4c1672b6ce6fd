"""What a person asks for themselves, on their page or by text: fewer check-ins, as usual again, or a rest."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from ..models import PauseReason, Tier
from . import screening
from .pauses import pause_locked, resume
from .plans import thin_locked

FEWER = 2  # times the usual interval
REST = timedelta(days=14)  # anything longer is talked about with somebody [D]
NOTES = {
    "fewer": "asked for fewer check-ins",
    "usual": "asked for check-ins as usual",
    "rest": "asked for two weeks without check-ins",
}


@transaction.atomic
def grant(plan, wish, *, by, at):
    """Do what a person asks for, if a machine may; returns whether it did. What it may not is left to somebody.

    The plan was read since its episode is locked. Fewer count while they are green, and never past the floor. A rest
    is two weeks, somebody reads of it the same day, and while they are red or critical no machine gives it.
    """
    try:
        with transaction.atomic():
            plan.require_active()
            granted = WISHES[wish](plan, by=by, at=at)
    except ValidationError:  # the plan has ended, or nothing is ahead
        granted = False
    if not granted:
        _tell(plan, f"{NOTES[wish]}: talk about it with them", by=by, at=at)
    return granted


def _fewer(plan, *, by, at):
    thin_locked(plan, pace=FEWER, reason="They said so themselves.", by=by, at=at)
    return True


def _usual(plan, *, by, at):
    thin_locked(plan, pace=1, reason="They said so themselves.", by=by, at=at)
    if plan.pauses.in_force(at).filter(because=PauseReason.ASKED).exists():
        resume(plan, by=by, at=at)
    return True


def _rest(plan, *, by, at):
    if plan.tier in (Tier.RED, Tier.CRITICAL):
        return False
    if not plan.pauses.in_force(at).exists():  # said twice, it is the same rest
        pause_locked(
            plan, because=PauseReason.ASKED, until_at=at + REST, note="They said so themselves.", by=by, at=at
        )
        _tell(plan, NOTES["rest"], by=by, at=at)
    return True


WISHES = {"fewer": _fewer, "usual": _usual, "rest": _rest}


def _tell(plan, note, *, by, at):
    about = {"facility": plan.facility, "patient": plan.patient, "episode": plan.open_episode()}
    screening.owe_reading(about | {"owner": plan.caller()}, kind="wish", note=note, by=by, at=at)
