"""Listening to those around a person."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients.models import Episode, Patient, Stage

from ..models import Worry

CALL_WITHIN = timedelta(hours=24)  # [D]


@transaction.atomic
def log_worry(supporter, *, facility, words, by, at=None):
    """Write down what a supporter is worried about; the person is owed a call. Nothing is told to the supporter.

    The call is the counselor's, in aftercare the coach's; where the thread is held, or else where it was heard.
    """
    at = at or timezone.now()
    patient = Patient.objects.lock(supporter.patient_id)
    episode = (
        Episode.objects.open().filter(patient__in=patient.records()).select_related("facility", "patient").first()
    )
    in_aftercare = episode is not None and episode.stage == Stage.AFTERCARE
    duty = duties.open(
        "contact",
        facility=episode.facility if episode else facility,
        patient=episode.patient if episode else patient,
        episode=episode,
        owner_role=Role.AFTERCARE if in_aftercare else Role.COUNSELOR,
        due_at=at + CALL_WITHIN,
        note="Somebody close to them is worried; see the worry.",
        by=by,
        at=at,
    )
    return Worry.objects.create(
        patient=patient,
        facility=facility,
        supporter=supporter,
        words=words,
        duty=duty,
        heard_at=at,
        heard_by=by,
    )
