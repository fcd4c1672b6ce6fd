"""Asking about assault, and naming who may read the answer."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import AssaultReader, AssaultScreen
from .observations import where

READ_BY = frozenset({"nurse", "prescriber", "counselor", "supervisor"})


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def screen_assault(episode, *, by, at=None, **said):
    """The person was asked in private, or did not want to speak of it (domain 6.7). Nothing is owed that others see.

    Raises collection_not_offered when evidence could still be collected and neither the offer nor why not is
    written down; asked_or_declined, not_offered, in_the_future.
    """
    episode = Episode.objects.lock(episode.pk)
    screen_assault.require(episode)
    screen = AssaultScreen(
        patient_id=episode.patient_id,
        facility=where(episode),
        episode=episode,
        screened_at=at or timezone.now(),
        screened_by=by,
        **said,
    )
    if screen.asks_for_collection() and not (screen.collection_offered or screen.not_offered_because):
        raise ValidationError(
            "Evidence can still be collected, for 120 hours: offer it now, or say why it was not offered.",
            code="collection_not_offered",
        )
    screen.save(force_insert=True)
    return screen


@transaction.atomic
def name_reader(screen, *, reader, reason, by, at=None):
    """One more clinician may read this screen. Raises not_a_clinician_here, named_already."""
    screen = AssaultScreen.objects.select_related("facility").lock(screen.pk)
    if not reader.is_at(screen.facility, READ_BY):
        raise ValidationError("Only a clinician who works at this place can be named.", code="not_a_clinician_here")
    return AssaultReader.objects.create(
        patient_id=screen.patient_id,
        facility=screen.facility,
        screen=screen,
        reader=reader,
        reason=reason,
        named_at=at or timezone.now(),
        named_by=by,
    )
