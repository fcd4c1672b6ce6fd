"""Sending somebody on to another provider. Whether they arrived leads to aftercare, so those verbs are there."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions import refuse
from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import Transfer, TransferOutcome
from ..models.transfers import TransferKind

ARRIVE_WITHIN = timedelta(hours=72)  # arrival is confirmed by then, or contact resumes (domain 10)
LADDERS = {TransferKind.YOUTH: "youth_referral"}


def is_not_on_the_way(episode):
    """Raise on_the_way_already."""
    if episode.transfers.open().exists():
        refuse(Transfer, "one_transfer_at_a_time")


@needs(at_stage(Stage.ENGAGING, Stage.INTAKE, Stage.AFTERCARE), is_not_on_the_way)
@transaction.atomic
def refer_elsewhere(episode, *, kind, destination, contact="", by, at=None):
    """Send somebody on who is not in treatment here, such as a minor to a youth service; their thread stays here.

    What is owed to them goes on being owed. Raises on_the_way_already.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    refer_elsewhere.require(episode)
    owed = arrival_owed(kind, destination, facility=episode.facility, episode=episode, owner_role=Role.INTAKE, at=at)
    duty = duties.open(**owed, by=by, at=at)
    return begin(episode, kind, duty=duty, destination=destination, contact=contact, by=by, at=at)


def arrival_owed(kind, destination, *, at, **about):
    """What `duties.open` takes: finding out within three days whether they arrived. Raises destination_missing."""
    if not destination:
        raise ValidationError("Say where the person is going.", code="destination_missing")
    return {"slug": LADDERS.get(kind, "transfer"), "due_at": at + ARRIVE_WITHIN, "note": destination, **about}


def begin(episode, kind, *, duty, destination, contact="", discharge=None, by, at):
    """The person of this locked episode is on the way, and finding out whether they arrived is owed."""
    return Transfer.objects.create(
        patient_id=episode.patient_id,
        facility=duty.facility,
        episode=episode,
        discharge=discharge,
        kind=kind,
        destination=destination,
        contact=contact,
        duty=duty,
        left_at=at,
        left_by=by,
    )


def is_on_the_way(transfer):
    """Raise transfer_ended."""
    if transfer.ended_at or transfer.entered_in_error_at:
        raise ValidationError("It is known already what became of this.", code="transfer_ended")


def locked(transfer):
    """A transfer of which nobody knows the outcome, locked after its episode. Raises transfer_ended."""
    episode = Episode.objects.lock(transfer.episode_id)
    transfer = Transfer.objects.select_related("duty", "discharge").lock(transfer.pk)
    is_on_the_way(transfer)
    transfer.episode = episode
    return transfer


def end(transfer, outcome, *, by, at, told_by="", note=""):
    """Give a transfer its outcome, and end the duty to find out."""
    transfer.ended_at, transfer.ended_by, transfer.outcome = at, by, outcome
    transfer.told_by, transfer.note = told_by, note
    transfer.save(update_fields=["ended_at", "ended_by", "outcome", "told_by", "note"])
    if transfer.duty.is_open():
        close = duties.cancel if outcome == TransferOutcome.CALLED_OFF else duties.resolve
        close(transfer.duty, by=by, at=at, reason=TransferOutcome(outcome).label)


def call_off(episode, *, note, by, at):
    """Nobody need find out any more: the person is here again, or their thread ends."""
    for transfer in episode.transfers.open().select_related("duty"):
        end(transfer, TransferOutcome.CALLED_OFF, note=note, by=by, at=at)
