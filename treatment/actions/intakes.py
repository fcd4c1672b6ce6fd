"""Intake."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Q, Subquery
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.codes import (
    NOT_COLLECTED,
    OPIOIDS,
    CoOccurring,
    JusticeReferral,
    OpioidTherapy,
    ReferralSource,
    Source,
    Substance,
)
from patients.models import Condition, Entry, Episode, Stage, SubstanceUse

from ..models import ConsentBasis, Handover, Intake, MedicationOffer, MedicationOrder
from ..models.uses import MedicationResponse
from .safety import was_screened

ADMIT_WITHIN = timedelta(hours=24)
NOTICE_WITHIN = timedelta(hours=24)  # asked again then whether the person can take it in
OPIOID_THERAPY = ["methadone", "buprenorphine", "naltrexone"]
# Somebody who saw it happen is an individual; another provider may be one of two kinds, so that it is asked.
CAME_FROM = {
    Source.PERSON: ReferralSource.INDIVIDUAL,
    Source.BYSTANDER: ReferralSource.INDIVIDUAL,
    Source.AMBULANCE: ReferralSource.HEALTH_PROVIDER,
    Source.HOSPITAL: ReferralSource.HEALTH_PROVIDER,
}
PLANNED = {MedicationResponse.ACCEPTED, MedicationResponse.REFERRED}


def is_planned(episode):
    """Raise intake_done unless an intake waits to be completed; the intake otherwise."""
    intake = episode.intakes.planned().first()
    if intake is None:
        raise ValidationError("The intake was completed already.", code="intake_done")
    return intake


@needs(at_stage(Stage.INTAKE), is_planned, was_screened)
@transaction.atomic
def complete_intake(
    episode,
    *,
    by,
    program=None,
    goals="",
    agreed_to_treatment=True,
    patient_notice_given=False,
    notice_deferred_because="",
    consent_basis=ConsentBasis.SELF,
    consent_given_by="",
    admit_by=None,
    at=None,
    **reported,
):
    """The intake is done; admission is owed next, to the program the person and we chose.

    `reported` is what is reported of an admission (domain 3.2): what is not said there, the record says.
    Raises suicide_screen_missing; notice_missing where the notice was neither given nor put off for a reason
    (42 CFR 2.22: as soon as capacity returns); consent_basis_missing where a minor is said to consent as an adult.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    _, intake, _ = complete_intake.require(episode)
    if not agreed_to_treatment:
        raise ValidationError(
            "The person has not agreed to treatment. Close the episode as declined instead.",
            code="not_agreed",
        )
    if not patient_notice_given and not notice_deferred_because:
        raise ValidationError(
            "Give the person the notice about privacy, or say why they cannot take it in yet.", code="notice_missing"
        )
    if consent_basis == ConsentBasis.SELF and episode.patient.is_minor(at.astimezone(episode.facility.tz()).date()):
        raise ValidationError("The person is under age. Record who may consent.", code="consent_basis_missing")
    here = {"facility": episode.facility, "episode": episode, "owner_role": Role.INTAKE}
    wanted = [{"slug": "admission", "due_at": admit_by or at + ADMIT_WITHIN, **here}]
    if not patient_notice_given:
        wanted.append({"slug": "patient_notice", "due_at": at + NOTICE_WITHIN, **here})
        intake.notice_deferred_because = notice_deferred_because
    else:
        intake.notice_given_at, intake.notice_given_by = at, by
    intake.admission_duty, *notice = duties.open_all(wanted, by=by, at=at)
    intake.notice_duty = notice[0] if notice else None
    intake.consent_basis, intake.consent_given_by = consent_basis, consent_given_by
    if intake.duty.is_open():
        duties.resolve(intake.duty, by=by, at=at, reason="intake completed")
    intake.program, intake.goals = program, goals
    intake.agreed_to_treatment, intake.patient_notice_given = agreed_to_treatment, patient_notice_given
    _report(intake, reported)
    intake.completed_at, intake.completed_by = at, by
    intake.save()
    intake.refresh_from_db()
    return intake


def _report(intake, said):
    """What is reported of an admission: as it was said; what was not collected, as the record has it by now."""
    for field, value in said.items():
        setattr(intake, field, value)
    known = _known(intake)
    if intake.referral_source == NOT_COLLECTED:
        intake.referral_source = _referred_by(intake.episode.entry, known["came_from"])
    of_justice = intake.referral_source == ReferralSource.JUSTICE
    if of_justice and intake.justice_referral == JusticeReferral.NOT_APPLICABLE:
        intake.justice_referral = JusticeReferral.UNKNOWN
    elif not of_justice and intake.justice_referral in {JusticeReferral.UNKNOWN, JusticeReferral.NOT_COLLECTED}:
        intake.justice_referral = JusticeReferral.NOT_APPLICABLE
    if intake.co_occurring == NOT_COLLECTED and known["mental"]:
        intake.co_occurring = CoOccurring.YES
    if intake.opioid_therapy == NOT_COLLECTED:
        intake.opioid_therapy = _opioid_therapy(known)


def _referred_by(entry, came_from):
    """By whom, where how they came leaves no choice."""
    if entry == Entry.OVERDOSE:
        return CAME_FROM.get(came_from, NOT_COLLECTED)
    return {Entry.SELF: ReferralSource.INDIVIDUAL, Entry.COURT: ReferralSource.JUSTICE}.get(entry, NOT_COLLECTED)


def _opioid_therapy(known):
    if not known["opioids"]:
        return OpioidTherapy.NOT_APPLICABLE if known["uses"] else NOT_COLLECTED
    if known["ordered"] or known["response"] in PLANNED:
        return OpioidTherapy.YES
    return OpioidTherapy.NO if known["response"] == MedicationResponse.DECLINED else NOT_COLLECTED


def _known(intake):
    """What the record has of it, in one statement."""
    person = Q(patient__in=intake.patient.records())
    uses = SubstanceUse.objects.current().filter(person).exclude(substance__in=[Substance.NONE, Substance.UNKNOWN])
    of_it = Q(medication__ingredients__overlap=OPIOID_THERAPY) | Q(name__iregex="|".join(OPIOID_THERAPY))
    ordered = MedicationOrder.objects.right().filter(of_it, episode=intake.episode_id)
    offers = MedicationOffer.objects.right().filter(episode=intake.episode_id).exclude(response="")
    handed_over = Handover.objects.right().filter(episode=intake.episode_id)
    return (
        Intake.objects.filter(pk=intake.pk)
        .values(
            mental=Exists(Condition.objects.current().mental().filter(person)),
            uses=Exists(uses),
            opioids=Exists(uses.filter(substance__in=OPIOIDS)),
            ordered=Exists(ordered),
            response=Subquery(offers.order_by("-offered_at").values("response")[:1]),
            came_from=Subquery(handed_over.order_by("received_at").values("source")[:1]),
        )
        .get()
    )


def is_completed(intake):
    """Raise error_marked, or intake_open before the intake is done."""
    if intake.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")
    if intake.completed_at is None:
        raise ValidationError("Complete the intake first.", code="intake_open")


@needs(is_completed)
@transaction.atomic
def amend_intake(intake, *, by, at=None, **reported):
    """Correct what is reported of the admission. Raises intake_open, error_marked, justice_referral_mismatch."""
    episode = Episode.objects.lock(intake.episode_id)
    intake = Intake.objects.lock(intake.pk)
    amend_intake.require(intake)
    intake.episode = episode
    if reported.get("referral_source", ReferralSource.JUSTICE) != ReferralSource.JUSTICE:
        reported.setdefault("justice_referral", JusticeReferral.NOT_APPLICABLE)
    _report(intake, reported)
    intake.save()
    intake.refresh_from_db()
    return intake


def lacks_notice(intake):
    """Raise notice_given, or intake_open before the intake is done."""
    if intake.patient_notice_given:
        raise ValidationError("The notice was given already.", code="notice_given")
    is_completed(intake)


@needs(lacks_notice)
@transaction.atomic
def give_notice(intake, *, by, at=None):
    """The person can take the notice about privacy in now, and has it. Raises notice_given, intake_open."""
    Episode.objects.lock(intake.episode_id)
    intake = Intake.objects.lock(intake.pk)
    at = at or timezone.now()
    give_notice.require(intake)
    intake.patient_notice_given, intake.notice_given_at, intake.notice_given_by = True, at, by
    intake.save(update_fields=["patient_notice_given", "notice_given_at", "notice_given_by"])
    if intake.notice_duty and intake.notice_duty.is_open():
        duties.resolve(intake.notice_duty, by=by, at=at, reason="notice given")
    intake.refresh_from_db()
    return intake
