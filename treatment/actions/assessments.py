"""Beginning an instrument, taking its answers, and settling what they called for."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Patient, Stage

from ..models import Assessment, Instrument
from ..models.instruments import KeptAs
from .observations import where
from .safety import AS_DANGER, ASKED_ABOUT_SUICIDE, SAME_CONTACT, called_for
from .schedules import follow, owe_again
from .uses import open_episode

CLINICIANS = frozenset({Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR})
WRITTEN_DOWN_BY = {KeptAs.BLADDER_LOG: "Log the bladder", KeptAs.CRITERIA: "Assess criteria of use disorder"}


def is_kept_here(instrument):
    """Raise answered_elsewhere where another verb writes the answers down."""
    if instrument.kept_as:
        raise ValidationError(
            "This is written down with “%(verb)s”.",
            code="answered_elsewhere",
            params={"verb": WRITTEN_DOWN_BY[instrument.kept_as]},
        )


def may_be_used(instrument, day):
    """Raise edition_superseded or permission_expired."""
    rows = Instrument.objects.filter(pk=instrument.pk)
    if rows.usable(day).exists():
        return
    if rows.current().exists():
        raise ValidationError(
            "The permission to use this instrument has ended. Record a new one, or choose another instrument.",
            code="permission_expired",
        )
    raise ValidationError("There is a newer edition of this instrument. Use that one.", code="edition_superseded")


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def begin_assessment(episode, *, instrument, by, at=None, id=None):
    """Begin an instrument with a person; its answers follow.

    Raises edition_superseded, permission_expired, answered_elsewhere.
    """
    episode = Episode.objects.lock(episode.pk)
    begin_assessment.require(episode)
    is_kept_here(instrument)
    at, facility = at or timezone.now(), where(episode)
    may_be_used(instrument, at.astimezone(facility.tz()).date())
    return _begun(episode, instrument, facility, by=by, at=at, id=id)


def _begun(episode, instrument, facility, *, by, at, id=None, **fields):
    assessment = Assessment(
        patient_id=episode.patient_id,
        facility=facility,
        episode=episode,
        instrument=instrument,
        begun_at=at,
        begun_by=by,
        **fields,
    )
    if id:
        assessment.id = id
    assessment.save(force_insert=True)
    return assessment


def is_asked(scheduled):
    """Raise not_owed unless it is to be asked."""
    if not scheduled.is_owed():
        raise ValidationError("This is not asked of the person any more.", code="not_owed")


@needs(is_asked, lambda scheduled: is_kept_here(scheduled.schedule.instrument))
@transaction.atomic
def ask(scheduled, *, by, at=None):
    """Begin what is scheduled, in its newest edition. Raises not_owed and what begin_assessment raises."""
    ask.require(scheduled)
    instrument = Instrument.objects.current().get(slug=scheduled.slug)
    return begin_assessment(scheduled.episode, instrument=instrument, by=by, at=at)


@needs(is_asked)
@transaction.atomic
def decline_scheduled(scheduled, *, reason, by, at=None):
    """The person does not want to be asked this time; the next time is owed. Raises not_owed."""
    episode = Episode.objects.lock(scheduled.episode_id)
    scheduled.refresh_from_db()
    decline_scheduled.require(scheduled)
    at, instrument = at or timezone.now(), Instrument.objects.current().get(slug=scheduled.slug)
    said = {"declined_at": at, "declined_by": by, "declined_reason": reason}
    assessment = _begun(episode, instrument, where(episode), by=by, at=at, **said)
    follow(episode, scheduled.slug, by=by, at=at, declined=reason)
    return assessment


def is_to_be_answered(assessment):
    """Raise answered_already, declined_already or error_marked."""
    if assessment.answered_at:
        raise ValidationError("This was answered already. Ask again instead.", code="answered_already")
    if assessment.declined_at:
        raise ValidationError("The person declined this. Ask again instead.", code="declined_already")
    if assessment.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")


@needs(is_to_be_answered)
@transaction.atomic
def decline(assessment, *, reason, by, at=None):
    """The person did not want to answer; what is scheduled is asked again when its turn comes."""
    episode = Episode.objects.lock(assessment.episode_id)
    assessment = Assessment.objects.select_related("instrument").lock(assessment.pk)
    decline.require(assessment)
    at = at or timezone.now()
    assessment.declined_at, assessment.declined_by, assessment.declined_reason = at, by, reason
    assessment.save(update_fields=["declined_at", "declined_by", "declined_reason"])
    follow(episode, assessment.instrument.slug, by=by, at=at, declined=reason)
    assessment.refresh_from_db()
    return assessment


@needs(is_to_be_answered)
@transaction.atomic
def answer(assessment, *, answers, how, note="", settled_reason="", by, at=None):
    """The answers, scored; what cannot wait is owed to somebody before this returns (domain 7.2).

    Nothing more is owed where a clinician who is present says with `settled_reason` what they found, nor to somebody
    who was asked about suicide in the same contact, when the answers are about that: what they said there counts.
    What is scheduled is done, and its next time owed.

    Raises answered_already, declined_already, unknown_item, answer_out_of_range, nothing_answered, not_a_clinician,
    nothing_to_settle.
    """
    episode = Episode.objects.lock(assessment.episode_id)
    assessment = Assessment.objects.select_related("instrument", "facility").lock(assessment.pk)
    is_to_be_answered(assessment)
    at, instrument = at or timezone.now(), assessment.instrument
    instrument.require_answers(answers)
    after = episode.stage == Stage.AFTERCARE
    scored = instrument.score(answers, sex=episode.patient.sex, before=_before(assessment), after_discharge=after)
    assessment.answered_at, assessment.answered_by = at, by
    assessment.answers, assessment.how, assessment.note = answers, how, note
    assessment.scores, assessment.missing = scored.scores, scored.missing
    assessment.flags, assessment.severity = scored.flags, scored.severity
    assessment.about_suicide = scored.is_about_suicide()
    if settled_reason:
        _require_may_settle(assessment, by)
        assessment.settle(settled_reason, by=by, at=at)
    danger = _danger(assessment, episode, by=by, at=at)
    opened = follow(episode, instrument.slug, by=by, at=at, also=danger)
    assessment.duty = opened[0] if opened else None
    assessment.save()
    assessment.refresh_from_db()
    return assessment


def _before(assessment):
    """{score: number} of the last time the person answered it, where any score asks for that."""
    if not assessment.instrument.asks_about_before():
        return None
    same = Assessment.objects.answered().filter(
        patient=assessment.patient_id, instrument__slug=assessment.instrument.slug
    )
    last = same.order_by("-answered_at").values_list("scores", flat=True).first() or {}
    return {code: one["score"] for code, one in last.items()}


def _require_may_settle(assessment, by):
    if assessment.severity not in AS_DANGER:
        raise ValidationError(
            "These answers call for nothing. Write what you found into the note.", code="nothing_to_settle"
        )
    if not by.is_at(assessment.facility, CLINICIANS):
        raise ValidationError(
            "Only a clinician says what was found. Leave it out: a clinician is owed at once.", code="not_a_clinician"
        )


def _danger(assessment, episode, *, by, at):
    """What is owed because of these answers, if anything is: [what `duties.open` takes]."""
    if assessment.severity not in AS_DANGER or assessment.settled_at:
        return []
    if assessment.about_suicide:
        screens = episode.suicide_screens.right().filter(declined=False, screened_at__gte=at - SAME_CONTACT)
        if screens.exists():
            assessment.settle(ASKED_ABOUT_SUICIDE, by=by, at=at)
            return []
    return [called_for(assessment, episode, at=at)]


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
    """It was written down by mistake: what it called for is not owed to this person, what it did is owed again."""
    episode, at = Episode.objects.lock(assessment.episode_id), at or timezone.now()
    assessment = patients.mark_error(assessment, reason=reason, by=by, at=at)
    happened = assessment.answered_at or assessment.declined_at
    if happened:
        owe_again(episode, assessment.instrument.slug, happened, by=by, at=at)
    if assessment.duty and assessment.duty.is_open():
        duties.cancel(assessment.duty, by=by, at=at, reason="entered in error")
    return assessment


@transaction.atomic
def assess_criteria(patient, *, by, at=None, **said):
    """Which criteria of use disorder were met; where a program asks it, that is done. Raises criterion_unknown."""
    patient, at = Patient.objects.lock(patient.pk), at or timezone.now()
    episode = open_episode(patient)
    found = patients.assess_criteria(patient, by=by, at=at, **said)
    if episode is not None:
        follow(episode, f"dsm-5-{found.criteria_set.slug}", by=by, at=at)
    return found
