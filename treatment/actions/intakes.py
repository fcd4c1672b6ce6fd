"""Intake."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import ConsentBasis, Intake
from .safety import was_screened

ADMIT_WITHIN = timedelta(hours=24)
NOTICE_WITHIN = timedelta(hours=24)  # asked again then whether the person can take it in


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
):
    """The intake is done; admission is owed next, to the program the person and we chose.

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
    intake.completed_at, intake.completed_by = at, by
    intake.save()
    intake.refresh_from_db()
    return intake


def lacks_notice(intake):
    """Raise notice_given, or intake_open before the intake is done."""
    if intake.patient_notice_given:
        raise ValidationError("The notice was given already.", code="notice_given")
    if intake.completed_at is None:
        raise ValidationError("Complete the intake first.", code="intake_open")


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
