"""Asking about suicide, and what the answers call for."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from duties.models import Outcome
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Assessment, Danger, Settled, Severity, SuicideScreen
from ..models.safety import danger
from ..models.uses import before_the_night
from .observations import where

ASKED_ABOUT_SUICIDE = "asked about suicide in words"
SAME_CONTACT = timedelta(hours=2)  # our default
ASK_AGAIN_WITHIN = timedelta(hours=24)  # our default: by the same hour of the next day, whoever is on
AS_DANGER = {Severity.RED: Danger.MODERATE, Severity.CRITICAL: Danger.HIGH}


def was_screened(episode):
    """Raise suicide_screen_missing until the person was asked in this episode, or declined (domain 5.2)."""
    if not episode.suicide_screens.right().exists():
        raise ValidationError(
            "Ask about suicide first, or record that the person declined.", code="suicide_screen_missing"
        )


def owed(level, facility, at, *, about="safety"):
    """Who owes what by when: at once in high danger, the same day in moderate. `about` begins the ladder's name."""
    if level == Danger.HIGH:
        return {"slug": f"{about}_now", "owner_role": Role.NURSE, "due_at": at}
    return {"slug": f"{about}_review", "owner_role": Role.PRESCRIBER, "due_at": before_the_night(facility, at)}


def seen_to_harm(episode):
    """Marks the duty to come to somebody who was seen to hurt themselves; asking them answers it."""
    return f"self_harm:{episode.pk}"


def come_to_self_harm(episode, *, facility, note, by, at, owner_role=Role.NURSE):
    """Whoever hurts themselves, or speaks of it, is come to now; seen again before that, it is noted there."""
    come = {"slug": "safety_now", "facility": facility, "episode": episode, "owner_role": owner_role}
    duties.open_or_note([{**come, "due_at": at, "once": seen_to_harm(episode), "note": note}], by=by, at=at)


def declined_to_be_asked(episode):
    """Marks the duty to ask again somebody who declined; asking answers it, whatever comes of that."""
    return f"ask_again:{episode.pk}"


def called_for(assessment, episode, *, at):
    """Who owes what because of these answers, which cannot wait: what `duties.open` takes."""
    about = "safety" if assessment.about_suicide else "answers"
    who = owed(AS_DANGER[assessment.severity], assessment.facility, at, about=about)
    note = f"{assessment.instrument}: {'; '.join(assessment.flags)}"[:500]
    return {**who, "facility": assessment.facility, "episode": episode, "note": note}


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def screen_suicide(episode, *, by, at=None, id=None, declined=False, note="", **answers):
    """The person was asked, or declined; in danger somebody owes coming before this returns (domain 5.2).

    Whoever declined is asked again within a day, once for each time; that ends with the next screen.

    Answers are by question: wish, thoughts, method, intent, plan, behavior, recent. Raises asked_or_declined.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    screen_suicide.require(episode)
    facility = where(episode)
    screen = SuicideScreen(
        patient_id=episode.patient_id,
        facility=facility,
        episode=episode,
        screened_at=at,
        screened_by=by,
        declined=declined,
        note=note,
        level="" if declined else danger(**answers),
        **answers,
    )
    if id:
        screen.id = id
    if screen.level in (Danger.MODERATE, Danger.HIGH):
        screen.duty = _come(screen, episode, by=by, at=at)
    screen.save(force_insert=True)
    before = episode.duties.filter(once=declined_to_be_asked(episode), opened_at__lt=at)
    duties.resolve_each(before, by=by, at=at, reason="declined again" if declined else ASKED_ABOUT_SUICIDE)
    if declined:
        _ask_again(screen, episode, due_at=at + ASK_AGAIN_WITHIN, by=by, at=at)
    else:
        _settle_assessments(episode, by=by, at=at)
        seen = episode.duties.filter(once=seen_to_harm(episode), opened_at__lte=at)  # asked before, it was no answer
        duties.resolve_each(seen, by=by, at=at, reason=ASKED_ABOUT_SUICIDE)
    return screen


def _ask_again(screen, episode, *, due_at, by, at):
    """Owed once, by whoever is on: no more is wanted of somebody who was asked since."""
    duties.open(
        "ask_again",
        facility=screen.facility,
        episode=episode,
        owner_role=Role.NURSE,
        due_at=due_at,
        once=declined_to_be_asked(episode),
        note="Declined to be asked about suicide. Ask again; declining is still fine.",
        by=by,
        at=at,
    )


def _come(screen, episode, *, by, at):
    who = owed(screen.level, screen.facility, at)
    return duties.open(who.pop("slug"), facility=screen.facility, episode=episode, by=by, at=at, **who)


def _settle_assessments(episode, *, by, at):
    """What a questionnaire called for was asked about in words, and what was said there counts (domain 7.2)."""
    unsettled = Assessment.objects.unsettled().filter(episode=episode, about_suicide=True)
    for assessment in unsettled.select_related("duty"):
        assessment.settle(ASKED_ABOUT_SUICIDE, by=by, at=at)
        assessment.save(update_fields=["settled_at", "settled_by", "settled_reason"])
        if assessment.duty.is_open():
            duties.resolve(assessment.duty, by=by, at=at, reason=ASKED_ABOUT_SUICIDE)


def is_unsettled(screen):
    """Raise settled_already, or nothing_to_settle where the answers call for nothing."""
    if screen.settled_at:
        raise ValidationError("Somebody has settled this already.", code="settled_already")
    if screen.entered_in_error_at or screen.duty_id is None:
        raise ValidationError("These answers call for nothing.", code="nothing_to_settle")


def _settle(screen, how, *, by, at, reason="", safety_plan=""):
    """Settle this screen, and those before it that wait for the same."""
    episode = Episode.objects.lock(screen.episode_id)
    screen = SuicideScreen.objects.lock(screen.pk)
    is_unsettled(screen)
    at = at or timezone.now()
    for one in episode.suicide_screens.unsettled().filter(screened_at__lte=screen.screened_at).select_related("duty"):
        one.settled_at, one.settled_by, one.settled = at, by, how
        one.safety_plan, one.settled_reason = safety_plan, reason
        one.save(update_fields=["settled_at", "settled_by", "settled", "safety_plan", "settled_reason"])
        if one.duty.is_open():
            duties.resolve(one.duty, by=by, at=at, reason=one.get_settled_display())
    screen.refresh_from_db()
    return screen


@needs(is_unsettled)
@transaction.atomic
def record_safety_plan(screen, *, safety_plan, by, at=None):
    """A plan was made with the person. Raises settled_already, nothing_to_settle."""
    return _settle(screen, Settled.PLANNED, safety_plan=safety_plan, by=by, at=at)


@needs(is_unsettled)
@transaction.atomic
def clear_safety(screen, *, reason, by, at=None):
    """A clinician looked and saw no danger, and says why. Raises settled_already, nothing_to_settle."""
    return _settle(screen, Settled.CLEARED, reason=reason, by=by, at=at)


@transaction.atomic
def mark_error(screen, *, reason, by, at=None):
    """It was written down by mistake: what it called for is not owed, and what it settled is owed again."""
    episode, at = Episode.objects.lock(screen.episode_id), at or timezone.now()
    screen = patients.mark_error(screen, reason=reason, by=by, at=at)
    if screen.duty and screen.duty.is_open():
        duties.cancel(screen.duty, by=by, at=at, reason="entered in error")
    if episode.stage != Stage.CLOSED:
        _owe_screens_again(screen, episode, by=by, at=at)
        _owe_assessments_again(episode, by=by, at=at)
        _come_again(episode, by=by, at=at)
        _declined_still(screen, episode, by=by, at=at)
    return screen


def _owe_screens_again(screen, episode, *, by, at):
    """Those before it that were settled along: what was said then was said about the mistake."""
    if screen.settled_at is None:
        return
    along = {"settled_at": screen.settled_at, "settled_by": screen.settled_by_id}
    for one in episode.suicide_screens.right().filter(**along).select_related("facility"):
        one.settled_at, one.settled_by, one.settled, one.safety_plan, one.settled_reason = None, None, "", "", ""
        one.duty = _come(one, episode, by=by, at=at)
        one.save(update_fields=["settled_at", "settled_by", "settled", "safety_plan", "settled_reason", "duty"])


def _come_again(episode, *, by, at):
    """To somebody who was seen to hurt themselves, where no screen is left in which they were asked since."""
    asked = SuicideScreen.objects.right().filter(
        episode=episode, declined=False, screened_at__gte=OuterRef("opened_at")
    )
    ended = episode.duties.filter(~Exists(asked), once=seen_to_harm(episode), outcome=Outcome.RESOLVED)
    last = ended.select_related("facility").order_by("-closed_at").first()
    if last is not None:
        note = f"{last.note} Whoever was asked since was somebody else."
        come_to_self_harm(episode, facility=last.facility, owner_role=last.owner_role, note=note, by=by, at=at)


def _declined_still(screen, episode, *, by, at):
    """Asking again is owed for the newest screen that is no mistake, where the person declined in it; else not."""
    last = episode.suicide_screens.right().select_related("facility").order_by("screened_at", "pk").last()
    if last is None or not last.declined:
        owed_for_it = episode.duties.filter(once=declined_to_be_asked(episode))
        duties.cancel_each(owed_for_it, by=by, at=at, reason="entered in error")
    elif last.screened_at <= screen.screened_at:
        _ask_again(last, episode, due_at=max(at, last.screened_at + ASK_AGAIN_WITHIN), by=by, at=at)


def _owe_assessments_again(episode, *, by, at):
    """Answers that count as asked about in words, though no screen is left in which somebody was."""
    asked = SuicideScreen.objects.right().filter(
        episode=episode, declined=False, screened_at__gte=OuterRef("answered_at") - SAME_CONTACT
    )
    settled = Assessment.objects.right().filter(
        ~Exists(asked), episode=episode, about_suicide=True, settled_reason=ASKED_ABOUT_SUICIDE
    )
    for assessment in settled.select_related("instrument", "facility"):
        assessment.settled_at, assessment.settled_by, assessment.settled_reason = None, None, ""
        who = called_for(assessment, episode, at=at)
        assessment.duty = duties.open(who.pop("slug"), by=by, at=at, **who)
        assessment.save(update_fields=["settled_at", "settled_by", "settled_reason", "duty"])
