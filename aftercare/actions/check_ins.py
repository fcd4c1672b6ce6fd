"""Check-ins: answered, missed."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Role, User
from duties import actions as duties
from duties.models import Duty
from patients import actions as patients
from patients.models import CloseReason, Episode
from treatment.actions.assessments import CLINICIANS

from .. import questions
from ..models import A_DAY, WAS_ANSWERED, Answer, AnsweredBy, CallAttempt, CallOutcome, CheckIn, CheckInOutcome, Tier
from ..questions import Known
from . import screening, tiers
from .closings import tell_of_a_sign_of_life
from .plans import UNREACHABLE, close_check_in, end_check_in, make_good, next_check_in, rearrange, standing_of

log = logging.getLogger(__name__)

CALL_BACK_WITHIN = timedelta(hours=24)  # red: the next calendar day at the latest (domain default)


@transaction.atomic
def answer(
    check_in, *, how, by, at=None, id=None, settled_reason="", known=None, is_read=False, plan=None, last=False,
    **answers,
):  # fmt: skip
    """Write down what a person said, in time or late; the next check-in is made in the same transaction.

    `answers` are by the key of the question; any of them may be missing. A late answer is accepted in any state.
    An answer ends the calls owed because it was missing, never one that was asked for. The tier that follows from
    it, or a wish to talk, owes a call (domain 7.2, 7.3) and never anything else, unless a clinician who is present
    says with `settled_reason` what they found. Their own words are owed a reading where `is_read`, as nobody spoke
    with them. What is `known` is not asked for; `plan` is the check-in's where it is locked, and the check-in was
    read since. Where it is the `last`, the caller ends the plan: no next is owed.
    Raises unknown_question and what `questions.clean` does, not_a_clinician.
    """
    known = known or Known(check_in)
    said = known.questions.read(answers)
    if plan is None:
        episode = Episode.objects.lock(check_in.plan.episode_id)
        check_in = CheckIn.objects.lock(check_in.pk)
        plan = plan_of(check_in, episode)
    at = at or timezone.now()
    if settled_reason and not by.is_at(check_in.facility, CLINICIANS):
        raise ValidationError("Only a clinician says what was found.", code="not_a_clinician")
    given = _new(check_in, known.questions, said, how=how, by=by, at=at, id=id)
    late = check_in.closed_at is not None
    # Heard from: what was to be decided because nobody reached them is not owed either.
    done = Q(pk__in=check_in.calls()) | Q(patient=check_in.patient_id, ladder__slug__in=UNREACHABLE)
    done = Duty.objects.filter(done if late else done | Q(pk=check_in.duty_id))
    duties.resolve_each(done, by=by, at=at, reason="answered late" if late else "answered")
    given.save(force_insert=True)
    tiering, wanted = tiers.judge(plan, check_in, answer=given, known=known, by=by, at=at, reason=settled_reason)
    if given.wants_call and not settled_reason:
        wanted = _with_a_call(wanted, check_in, plan, at, once="asked", note="asked for a call")
    if plan.episode.close_reason == CloseReason.LOST and how not in tiers.HEARD:
        wanted = _with_a_call(wanted, check_in, plan, at, once="found", note="heard from after contact was lost")
    tell_of_a_sign_of_life(plan.patient, by=by, at=at)
    if is_read and given.text:
        wanted = [*wanted, screening.reading(screening.about_check_in(check_in), at=at)]
    if not late:
        end_check_in(check_in, _outcome(how), by=by, at=at)
    if late or last or plan.ended_at is not None:
        duties.open_or_note(wanted, by=by, at=at)
    else:
        coming = {"since": max(check_in.due_at, at), "local_time": check_in.local_time}
        standing = standing_of(plan, told=Tier(tiering.tier))  # of all that was told, this is the newest
        next_check_in(plan, last=check_in, **coming, standing=standing, by=by, at=at, also=wanted)
    return given


def plan_of(check_in, episode):
    """The plan of a check-in that was read under the lock of its episode: nothing of a thread moves without that."""
    plan = check_in.plan
    plan.episode, plan.patient = episode, check_in.patient
    return plan


def _outcome(how):
    return CheckInOutcome.REACHED if how == AnsweredBy.CALL else CheckInOutcome.ANSWERED


def _new(check_in, asked, said, *, how, by, at, id):
    """An answer that is not written yet."""
    given = Answer(
        patient_id=check_in.patient_id,
        facility_id=check_in.facility_id,
        check_in=check_in,
        how=how,
        answered_at=at,
        answered_by=by,
        given=said,
        questions_edition=asked.edition,
        craving=said.get("craving"),
        ketamine_days=said.get("ketamine_days"),
        other_use=questions.other_use(asked, said),
        wants_call=said.get("wants_call", False),
        text=said.get("text", ""),
    )
    if id:
        given.id = id
    return given


def _with_a_call(wanted, check_in, plan, at, *, once, note):
    """One call is enough: the one owed already for something else, or one of its own by the next day."""
    if any(one["slug"] in tiers.CALLS for one in wanted):
        return [
            {**one, "note": f"{note}; {one['note']}"[:500]} if one["slug"] in tiers.CALLS else one for one in wanted
        ]
    return [
        *wanted,
        {
            "slug": "contact",
            "facility": check_in.facility,
            "episode": plan.open_episode(),
            "patient": plan.patient,
            "owner": plan.caller(),
            "owner_role": Role.AFTERCARE,
            "due_at": at + CALL_BACK_WITHIN,
            "because_of": check_in.duty,
            "once": f"{once}:{check_in.patient_id}",
            "note": note,
        },
    ]


@transaction.atomic
def mark_error(answer, *, reason, by, at=None):
    """An answer was not this person's, or not what they said: tier and next check-in are reckoned without it.

    What it opened stays owed, with a note. Where no call reached them, the check-in counts as one we did not ask
    about; and unless they were heard from since, asking again is owed. Raises error_marked.
    """
    at, check_in = at or timezone.now(), answer.check_in
    episode = Episode.objects.lock(check_in.plan.episode_id)
    check_in = CheckIn.objects.lock(check_in.pk)
    plan = plan_of(check_in, episode)
    answer = patients.mark_error(answer, reason=reason, by=by, at=at)
    tiers.correct(plan, answer, reason=reason, by=by, at=at)
    heard = Answer.objects.right().filter(check_in__plan=OuterRef("plan"))
    reached = CallAttempt.objects.to_the_person().filter(check_in=OuterRef("pk"), outcome=CallOutcome.REACHED)
    known = CheckIn.objects.filter(pk=check_in.pk).values(
        told=Exists(heard.filter(check_in=OuterRef("pk"))),
        told_since=Exists(heard.filter(answered_at__gt=answer.answered_at)),
        reached=Exists(reached),
    )[0]
    if check_in.outcome in WAS_ANSWERED and not known["told"]:
        if not known["reached"]:
            check_in.outcome = CheckInOutcome.MISSED_BY_US
            check_in.save(update_fields=["outcome"])
        if plan.ended_at is None and not known["told_since"]:
            note = f"an answer was entered in error: {reason} Ask again, or write down what was said."
            make_good(plan, due_at=at, note=note, because_of=check_in.duty, by=by, at=at)
    if plan.ended_at is None:
        rearrange(plan, by=by, at=at, note="an answer was entered in error")
    return answer


def turn(now=None):
    """Close check-ins whose time to answer is over and make the next; calls stay owed.

    Returns how many. Waits while a death is reported.
    """
    now = now or timezone.now()
    count = 0
    for pk in list(CheckIn.objects.over(now).order_by("due_at").values_list("pk", flat=True)):
        try:
            count += _turn(pk, now)
        except Exception:  # one poisoned check-in must not stop the others; the next turn tries again
            log.exception("check-in %s is stuck", pk)
    return count


@transaction.atomic
def _turn(pk, now):
    """What nobody asked was not missed by the person: we owe making it good, and no sign is made of it."""
    plain = CheckIn.objects.select_related("plan", "patient").get(pk=pk)
    if plain.patient.is_reported_dead():
        return 0
    episode = Episode.objects.lock(plain.plan.episode_id)
    check_in = CheckIn.objects.lock(pk)
    if check_in.closed_at is not None or not CheckIn.objects.over(now).filter(pk=pk).exists():
        return 0
    plan = plan_of(check_in, episode)
    system, asked = User.objects.system(), check_in.was_asked()
    outcome = CheckInOutcome.MISSED if asked else CheckInOutcome.MISSED_BY_US
    # In this order: the clock, too, holds the check-in's duty before it opens the call.
    close_check_in(check_in, outcome, by=system, at=now, reason="the time to answer is over", calls=False)
    note = "missed a check-in" if asked else "we did not ask: nothing went out, and nobody tried to call"
    make_good(plan, due_at=now, note=note, because_of=check_in.duty, by=system, at=now)
    wanted = []
    if asked:
        _, wanted = tiers.judge(plan, check_in, by=system, at=now)
    since = max(check_in.due_at, now - A_DAY)  # a step that is more than a day behind is not invented
    hour = _another_hour(plan, check_in) if asked else check_in.local_time
    next_check_in(plan, last=check_in, since=since, local_time=hour, by=system, at=now, also=wanted)
    return 1


def _another_hour(plan, check_in):
    """After a miss the other time of day, where the person is rather reached then (domain 7.3)."""
    schedule, tz = plan.schedule, ZoneInfo(plan.zone)
    was = check_in.local_time or schedule.local_time
    other = schedule.other_time if was == schedule.local_time else schedule.local_time
    points = list(plan.patient.contact_points.right().filter(broken_at=None, revoked_at=None))
    day = check_in.due_at.astimezone(tz).date() + A_DAY
    for hour in (other, *(point.preferred_from for point in points if point.preferred_from)):
        moment = datetime.combine(day, hour, tz)
        if hour != was and all(_fits(point, moment, tz) for point in points):
            return hour
    return check_in.local_time


def _fits(point, moment, tz):
    """Does this hour suit, whatever the day?"""
    point.preferred_days = []
    return point.prefers(moment, tz)
