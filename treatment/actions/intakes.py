"""Intake."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

ADMIT_WITHIN = timedelta(hours=24)


@needs(at_stage(Stage.INTAKE))
@transaction.atomic
def complete_intake(
    episode,
    *,
    by,
    program=None,
    goals="",
    agreed_to_treatment=True,
    patient_notice_given=False,
    admit_by=None,
    at=None,
):
    """The intake is done; admission is owed next, to the program the person and we chose."""
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    complete_intake.require(episode)
    intake = episode.intakes.planned().first()
    if intake is None:
        raise ValidationError("The intake was completed already.", code="intake_done")
    if not agreed_to_treatment:
        raise ValidationError(
            "The person has not agreed to treatment. Close the episode as declined instead.",
            code="not_agreed",
        )
    intake.admission_duty = duties.open(
        "admission",
        facility=episode.facility,
        episode=episode,
        owner_role=Role.INTAKE,
        due_at=admit_by or at + ADMIT_WITHIN,
        by=by,
        at=at,
    )
    if intake.duty.is_open():
        duties.resolve(intake.duty, by=by, at=at, reason="intake completed")
    intake.program, intake.goals = program, goals
    intake.agreed_to_treatment, intake.patient_notice_given = agreed_to_treatment, patient_notice_given
    intake.completed_at, intake.completed_by = at, by
    intake.save()
    intake.refresh_from_db()
    return intake
