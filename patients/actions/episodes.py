"""The thread of care begins."""

from django.core.exceptions import ValidationError
from django.db import transaction

from ..models import Access, Because, Episode, Patient, Stage


@transaction.atomic
def begin_episode(patient, *, facility, entry, by, at, because=Because.REFERRAL, id=None):
    """Begin a thread of care at “referred”. The caller opens what is owed first, in the same transaction."""
    patient = Patient.objects.lock_survivor(patient.pk)
    if patient.is_reported_dead():
        raise ValidationError("This person's death has been reported.", code="death_reported")
    previous = Episode.objects.right().filter(patient__in=patient.records()).open_first().first()
    # The constraint sees one record; an open thread may be on one merged into it.
    if previous and previous.closed_at is None and previous.patient_id != patient.pk:
        raise ValidationError("This person already has an open episode.", code="episode_open")
    episode = Episode(
        patient=patient,
        facility=facility,
        entry=entry,
        stage=Stage.REFERRED,
        stage_at=at,
        stage_by=by,
        opened_at=at,
        opened_by=by,
        previous=previous,
    )
    if id:
        episode.id = id
    episode.save(force_insert=True)
    Access.grant(patient, because=because, at=at, facility=facility)
    return episode
