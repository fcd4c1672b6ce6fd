"""Check-ins: answered, called about, missed."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.models import Role, User
from duties import actions as duties
from duties.models import Duty
from patients.models import Episode

from ..models import Answer, AnsweredBy, CheckIn, CheckInOutcome
from .plans import close_check_in, next_check_in

CALL_BACK_WITHIN = timedelta(hours=24)  # red: the next calendar day at the latest (domain default)


class CallOutcome(models.TextChoices):
    """What came of a call."""

    REACHED = "reached", "Reached"
    NO_ANSWER = "no_answer", "No answer"
    VOICEMAIL = "voicemail", "Left a neutral message"
    WRONG_NUMBER = "wrong_number", "Wrong or dead number"


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

    A late answer is accepted in any state and ends the calls owed because of the miss. Use, or a wish to
    talk, opens a call (domain default: red is called by the next day); it never causes anything else.
    """
    episode = Episode.objects.lock(check_in.plan.episode_id)
    check_in = CheckIn.objects.select_related("plan", "duty").get(pk=CheckIn.objects.lock(check_in.pk).pk)
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
    given.save(force_insert=True)
    _settle(check_in, CheckInOutcome.ANSWERED, by=by, at=at)
    if wants_call or ketamine_days:
        duties.open(
            "contact",
            facility=check_in.facility,
            episode=episode if episode.closed_at is None else None,
            patient=check_in.patient,
            owner=check_in.plan.coach,
            owner_role=Role.AFTERCARE,
            due_at=at + CALL_BACK_WITHIN,
            because_of=check_in.duty,
            once=f"contact:{check_in.patient_id}",
            note="asked for a call" if wants_call else "told us about use",
            by=by,
            at=at,
        )
    return given


def _settle(check_in, outcome, *, by, at):
    """Close an open check-in and make the next; one closed already only loses the calls still owed."""
    if check_in.closed_at is None:
        close_check_in(check_in, outcome, by=by, at=at)
        if check_in.plan.ended_at is None:
            next_check_in(check_in.plan, by=by, at=at)
    else:
        for duty in check_in.calls():
            duties.resolve(duty, by=by, at=at, reason="answered late")


@transaction.atomic
def log_call(duty, *, outcome, by, note="", at=None, **answers):
    """One call on the call list. Reached ends what the call was for; anything else leaves it owed."""
    at = at or timezone.now()
    outcome = CallOutcome(outcome)
    duty = Duty.objects.select_related("ladder", "because_of").get(pk=duty.pk)
    if duty.ladder.slug not in CALLS:
        raise ValidationError("This duty is not a call.", code="not_a_call")
    duty.require_open()
    said = f"{outcome.label}. {note}".strip()
    check_in = _check_in_behind(duty)
    if outcome != CallOutcome.REACHED:
        return duties.tried(duty, by=by, at=at, note=said)
    if check_in is not None:
        answer(check_in, how=AnsweredBy.CALL, by=by, at=at, text=note, **answers)
    duty.refresh_from_db()
    if duty.is_open():
        duty = duties.resolve(duty, by=by, at=at, reason=said)
    return duty


CALLS = {"contact", "check_in"}


def _check_in_behind(duty):
    """The check-in this call is about, when it is still open."""
    return (
        CheckIn.objects.open().filter(models.Q(duty=duty) | models.Q(duty=duty.because_of_id)).first()
        if duty.because_of_id
        else CheckIn.objects.open().filter(duty=duty).first()
    )


def turn(now=None, *, limit=500):
    """Close check-ins still unanswered when the next step of their schedule is due; calls stay owed.

    Returns how many.
    """
    now = now or timezone.now()
    due = CheckIn.objects.open().filter(due_at__lt=now, plan__ended_at=None).order_by("due_at").values("pk")
    return sum(_turn(row["pk"], now) for row in due.iterator())


@transaction.atomic
def _turn(pk, now):
    plain = CheckIn.objects.select_related("plan__schedule").get(pk=pk)
    following = plain.number + 1
    schedule = plain.plan.schedule
    if following >= len(schedule.steps):
        return 0
    if schedule.due_at(following, plain.plan.anchor_at, plain.plan.zone) > now:
        return 0
    Episode.objects.lock(plain.plan.episode_id)
    check_in = CheckIn.objects.lock(pk)
    if check_in.closed_at is not None:
        return 0
    system = User.objects.system()
    _owe_call(check_in, by=system, at=now)
    close_check_in(check_in, CheckInOutcome.MISSED, by=system, at=now, reason="the next one is due", calls=False)
    next_check_in(check_in.plan, by=system, at=now)
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
