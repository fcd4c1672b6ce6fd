"""Beginning an instrument, taking its answers, and settling what they called for."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from duties import actions as duties
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Assessment, Danger, Instrument, Severity
from .observations import where
from .safety import ASKED_ABOUT_SUICIDE, owed

SAME_CONTACT = timedelta(hours=2)  # our default
AS_DANGER = {Severity.RED: Danger.MODERATE, Severity.CRITICAL: Danger.HIGH}


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def begin_assessment(episode, *, instrument, by, at=None, id=None):
    """Begin an instrument with a person; its answers follow. Raises edition_superseded."""
    episode = Episode.objects.lock(episode.pk)
    begin_assessment.require(episode)
    if not Instrument.objects.current().filter(pk=instrument.pk).exists():
        raise ValidationError("There is a newer edition of this instrument. Use that one.", code="edition_superseded")
    assessment = Assessment(
        patient_id=episode.patient_id,
        facility=where(episode),
        episode=episode,
        instrument=instrument,
        begun_at=at or timezone.now(),
        begun_by=by,
    )
    if id:
        assessment.id = id
    assessment.save(force_insert=True)
    return assessment


def is_to_be_answered(assessment):
    """Raise answered_already or error_marked."""
    if assessment.answered_at:
        raise ValidationError("This was answered already. Ask again instead.", code="answered_already")
    if assessment.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")


@needs(is_to_be_answered)
@transaction.atomic
def answer(assessment, *, answers, how, note="", by, at=None):
    """The answers, scored; what cannot wait is owed to somebody before this returns (domain 7.2).

    Nothing more is owed to somebody who was asked about suicide in the same contact: what they said there counts.
    Raises answered_already, unknown_item, answer_out_of_range, nothing_answered.
    """
    episode = Episode.objects.lock(assessment.episode_id)
    assessment = Assessment.objects.select_related("instrument").lock(assessment.pk)
    is_to_be_answered(assessment)
    at = at or timezone.now()
    assessment.instrument.require_answers(answers)
    scored = assessment.instrument.score(answers)
    assessment.answered_at, assessment.answered_by = at, by
    assessment.answers, assessment.how, assessment.note = answers, how, note
    assessment.scores, assessment.missing = scored.scores, scored.missing
    assessment.flags, assessment.severity = scored.flags, scored.severity
    if scored.severity in AS_DANGER:
        if episode.suicide_screens.right().filter(declined=False, screened_at__gte=at - SAME_CONTACT).exists():
            assessment.settle(ASKED_ABOUT_SUICIDE, by=by, at=at)
        else:
            who = owed(AS_DANGER[scored.severity], assessment.facility, at)
            about = f"{assessment.instrument}: {'; '.join(scored.flags)}"[:500]
            here = {"facility": assessment.facility, "episode": episode, "note": about}
            assessment.duty = duties.open(who.pop("slug"), by=by, at=at, **here, **who)
    assessment.save()
    assessment.refresh_from_db()
    return assessment


def is_unsettled(assessment):
    """Raise settled_already, or nothing_to_settle where the answers call for nothing."""
    if assessment.settled_at:
        raise ValidationError("Somebody has settled this already.", code="settled_already")
    if assessment.entered_in_error_at or assessment.duty_id is None:
        raise ValidationError("These answers call for nothing.", code="nothing_to_settle")


@needs(is_unsettled)
@transaction.atomic
def settle(assessment, *, reason, by, at=None):
    """A clinician spoke with the person about what they answered, and says what they found."""
    Episode.objects.lock(assessment.episode_id)
    assessment = Assessment.objects.select_related("duty").lock(assessment.pk)
    is_unsettled(assessment)
    at = at or timezone.now()
    assessment.settle(reason, by=by, at=at)
    assessment.save(update_fields=["settled_at", "settled_by", "settled_reason"])
    if assessment.duty.is_open():
        duties.resolve(assessment.duty, by=by, at=at, reason="a clinician spoke with the person")
    assessment.refresh_from_db()
    return assessment


@transaction.atomic
def mark_error(assessment, *, reason, by, at=None):
    """It was written down by mistake; what it called for is not owed to this person."""
    Episode.objects.lock(assessment.episode_id)
    assessment = patients.mark_error(assessment, reason=reason, by=by, at=at)
    if assessment.duty and assessment.duty.is_open():
        duties.cancel(assessment.duty, by=by, at=at, reason="entered in error")
    return assessment
