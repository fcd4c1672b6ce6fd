"""Calls: whom we tried to reach, what came of it, and what follows from that."""

from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from duties.models import Duty
from messaging import actions as messaging
from patients.codes import Channel
from patients.models import ContactPoint, Episode, Patient
from treatment.actions.level_assessments import owe_a_look

from .. import tiers
from ..models import (
    AftercarePlan,
    AnsweredBy,
    Band,
    CallAttempt,
    CallOutcome,
    CheckIn,
    Pause,
    PauseReason,
    Reassessment,
    Tier,
    Way,
)
from .check_ins import answer
from .closings import report_death, tell_of_a_sign_of_life
from .opting_out import withdraw
from .pauses import pause
from .plans import UNREACHABLE, drop_reviews, held
from .tiers import CALLS as LOGGED

HOW = {
    Way.CALLED: AnsweredBy.CALL,
    Way.PHONED: AnsweredBy.CALL,
    Way.CAME_BY: AnsweredBy.IN_PERSON,
    Way.LETTER: AnsweredBy.LETTER,
}
RED = "red_call"  # ends with what came of the offer
CALLS = LOGGED - {"check_in"}  # ladders on which a person is called, not only asked
AWAY = timedelta(days=14)  # when nobody knows how long somebody is away, ask again after this [D]
REVIEW_WITHIN = timedelta(hours=48)
LOOK_WITHIN_HOURS = 72  # our default, for an edition of a site's own that does not say it


@transaction.atomic
def log_call(
    duty, *, outcome, by, note="", way=Way.CALLED, reassessment="", contact_point=None, until=None, at=None, **answers
):
    """One call on the call list, and what follows from it (domain 7.3, 10); the person may have come by instead.

    Reached ends what the call was for, and every other plain call to the person: one conversation a day. No answer
    leaves it owed. A dead number is marked and another way to the person is owed. Whoever asks us to stop is not
    written to or called again, and a review is owed. In custody or in treatment elsewhere, the call rests `until`
    then. A death is reported. A call about a warning sign ends with what came of offering to look at the level of
    care again (domain 7.3); where they accepted, that look is owed.

    Raises not_a_call, duty_closed, not_theirs, resume_in_the_past, death_reported, offer_missing, reason_missing,
    not_reached, they_were_there, letter_is_no_call, or no_check_in when answers come with a call about no check-in.
    """
    at = at or timezone.now()
    outcome = CallOutcome(outcome)
    first = outcome in FIRST_THE_PERSON and duty.patient_id
    person = Patient.objects.lock_survivor(duty.patient_id) if first else None
    if duty.episode_id:
        Episode.objects.lock(duty.episode_id)
    duty = Duty.objects.select_related("ladder", "facility", "patient", "episode").get(pk=duty.pk)
    if duty.ladder.slug not in LOGGED:
        raise ValidationError("This duty is not a call.", code="not_a_call")
    duty.require_open()
    if duty.ladder.slug == RED and outcome == CallOutcome.REACHED and not reassessment:
        raise ValidationError("Say what came of offering to look at the level of care again.", code="offer_missing")
    check_in = CheckIn.objects.right().filter(duty__in=[duty.pk, duty.because_of_id]).first()
    told = {"way": Way(way), "reassessment": reassessment, "note": note}
    told |= {"duty": duty, "contact_point": _number(duty, contact_point)}
    _write(duty, check_in=check_in, outcome=outcome, **told, by=by, at=at)
    said = f"{outcome.label}{_way_in_words(way)}. {_offer_in_words(reassessment)}{note}".strip()
    if reassessment == Reassessment.ACCEPTED:
        _owe_the_look(duty, by=by, at=at)
    if outcome == CallOutcome.REACHED:
        return _reached(duty, check_in, said, how=HOW[way], note=note, by=by, at=at, **answers)
    duty = duties.tried(duty, by=by, at=at, note=said)
    if outcome in FOLLOWS:
        FOLLOWS[outcome](duty, person=person, note=note, until=until, contact_point=contact_point, by=by, at=at)
        duty.refresh_from_db()
    return duty


def _number(duty, contact_point):
    """The number that was called, when it is the person's."""
    if contact_point and not duty.patient.records().filter(pk=contact_point.patient_id).exists():
        raise ValidationError("This number is somebody else's.", code="not_theirs")
    return contact_point


def _way_in_words(way):
    """Nothing where we called, as we nearly always do."""
    return "" if way == Way.CALLED else f": {Way(way).label.lower()}"


def _offer_in_words(reassessment):
    """What came of the offer, as the person's timeline tells it."""
    return f"Level of care: {Reassessment(reassessment).label.lower()}. " if reassessment else ""


def _owe_the_look(duty, *, by, at):
    """They want their level looked at again: somebody owes that within the time of the edition in force."""
    rules = {rule["code"]: rule for rule in tiers.in_force()[1].items}
    within = timedelta(hours=rules[Tier.RED].get("level_within_hours", LOOK_WITHIN_HOURS))
    owe_a_look(duty.patient, facility=duty.facility, episode=duty.episode, due_at=at + within, by=by, at=at)


def _write(about, *, at, **told):
    """What came of it, by whom, at whose time of day; `about` is the duty or the plan it was about."""
    band = Band.of(at, about.patient.tz(about.facility))
    return CallAttempt.objects.create(patient_id=about.patient_id, facility=about.facility, at=at, band=band, **told)


def _reached(duty, check_in, said, *, how, note, by, at, **answers):
    answers.setdefault("text", note)
    told = any(value not in (None, "", []) and value is not False for key, value in answers.items() if key != "text")
    if told and check_in is None:
        raise ValidationError("This call is about no check-in; there is nothing to answer.", code="no_check_in")
    others = list(_plain_calls(duty.patient, at).exclude(pk=duty.pk).values_list("pk", flat=True))
    if check_in is not None and not check_in.answers.right().exists():
        answer(check_in, how=how, by=by, at=at, **answers)
        duty.refresh_from_db()
    if duty.is_open():
        duty = duties.resolve(duty, by=by, at=at, reason=said)
        if told:
            answer(check_in, how=how, by=by, at=at, **answers)
    if others:
        duties.resolve_each(Duty.objects.filter(pk__in=others), by=by, at=at, reason=said)
    drop_reviews(duty.patient, by=by, at=at, reason="reached")
    return duty


def _plain_calls(patient, at):
    """Those to a person that one conversation ends: what is opened by what they say now is not ended by it."""
    return Duty.objects.open().of(patient).filter(ladder__slug="contact", opened_at__lt=at)


@transaction.atomic
def hear_from(plan, *, way, note="", by, at=None):
    """The person got in touch of their own accord: by letter, by phone, or by coming; whatever the plan's state.

    It answers the check-in that is waited for, as a late answer does: the search for them ends, and lost contact is
    found. With whoever was spoken with, plain calls that are owed are done too; a call about a warning sign stays
    owed (`log_call`). Raises not_of_their_own_accord.
    """
    if way == Way.CALLED:
        raise ValidationError("Who was called is written down with the call.", code="not_of_their_own_accord")
    plan, at = held(plan), at or timezone.now()
    newest = plan.check_ins.right().read_along().order_by("-number")
    newest = newest.filter(due_at__lte=at).first() or newest.first()
    contact = _write(plan, check_in=newest, outcome=CallOutcome.REACHED, way=way, note=note, by=by, at=at)
    if newest and newest.due_at <= at and newest.still_counts() and not newest.answers.right().exists():
        answer(newest, how=HOW[way], text=note, by=by, at=at)
    else:
        tell_of_a_sign_of_life(plan.patient, by=by, at=at)
    if way != Way.LETTER:
        said = f"Reached{_way_in_words(way)}. {note}".strip()
        duties.resolve_each(_plain_calls(plan.patient, at), by=by, at=at, reason=said)
    drop_reviews(plan.patient, by=by, at=at, reason="got in touch")
    return contact


def _number_is_dead(duty, *, contact_point, by, at, **_):
    """Without being told which, the only number there is."""
    phones = ContactPoint.objects.right().filter(patient__in=duty.patient.records(), channel=Channel.PHONE)
    usable = list(phones.filter(broken_at=None, revoked_at=None)[:2])
    point = contact_point or (usable[0] if len(usable) == 1 else None)
    if point is not None and not point.broken_at:
        messaging.mark_broken(point, because_of=duty, by=by, at=at)


def _asked_to_stop(duty, *, person, note, by, at, **_):
    """No more by any channel, at once; somebody looks at what that leaves. It is never a warning sign."""
    messaging.stop_locked(person, ["", Channel.PHONE], how=f"in a call. {note}".strip(), by=by, at=at)
    if withdraw(person, reason="Asked in a call not to be contacted.", by=by, at=at):
        return  # the end of a plan ends its calls, and owes the review
    about = Duty.objects.filter(patient=duty.patient_id)
    if not about.open().filter(ladder__slug="withdrew_review").exists():
        duties.open(
            "withdrew_review",
            facility=duty.facility,
            patient=duty.patient,
            episode=duty.episode,
            owner_role=Role.SUPERVISOR,
            due_at=at + REVIEW_WITHIN,
            because_of=duty,
            once=f"withdrew:{duty.patient_id}",
            note="Asked in a call not to be contacted.",
            by=by,
            at=at,
        )
    ladders = ["contact", *(UNREACHABLE if duty.ladder.slug == "contact" else ())]
    duties.cancel_each(about.filter(ladder__slug__in=ladders), by=by, at=at, reason="asked not to be contacted")


def _plan(duty):
    """What the person is followed up by in the episode that the call is about, or None."""
    return AftercarePlan.objects.active().filter(episode=duty.episode_id).first() if duty.episode_id else None


def _away(duty, *, because, note, until, by, at, **_):
    """Where they are, neither calls nor check-ins reach them: both rest until they are expected back."""
    until, plan = until or at + AWAY, _plan(duty)
    if (
        plan is not None
        and plan.check_ins.open().exists()
        and not Pause.objects.in_force(at).filter(plan=plan).exists()
    ):
        pause(plan, because=because, until_at=until, note=note, by=by, at=at)
        duty.refresh_from_db()
    if duty.is_open() and duty.suspended_at is None:
        duties.suspend(duty, until=until, by=by, at=at, reason=note or "away")


def _died(duty, *, note, by, at, **_):
    report_death(duty.patient, facility=duty.facility, told_by=note[:200] or "heard in a call", by=by, at=at)


FOLLOWS = {
    CallOutcome.WRONG_NUMBER: _number_is_dead,
    CallOutcome.ASKED_TO_STOP: _asked_to_stop,
    CallOutcome.IN_CUSTODY: partial(_away, because=PauseReason.CUSTODY),
    CallOutcome.READMITTED: partial(_away, because=PauseReason.READMITTED),
    CallOutcome.DIED: _died,
}
# Their row is locked before the episode's.
FIRST_THE_PERSON = {CallOutcome.WRONG_NUMBER, CallOutcome.ASKED_TO_STOP, CallOutcome.DIED}
