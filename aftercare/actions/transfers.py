"""Whether somebody who was sent on arrived: if not, contact resumes."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients.actions import needs
from patients.models import Stage
from treatment.actions import transfers
from treatment.models import TransferOutcome

from .plans import begin_plan

CLOSE_WITHIN = timedelta(hours=24)


@needs(transfers.is_on_the_way)
@transaction.atomic
def confirm_arrival(transfer, *, told_by, keep_in_touch=False, by, at=None):
    """Somebody there said that the person arrived. Closing the episode is owed next, or we stay in touch.

    Raises told_by_missing, transfer_ended.
    """
    transfer = transfers.locked(transfer)
    episode, at = transfer.episode, at or timezone.now()
    if keep_in_touch:
        if _is_followed_by_nobody(episode):
            begin_plan(episode, schedule="stay-in-touch", discharge=transfer.discharge, by=by, at=at)
    else:
        duties.open(
            "transfer_close",
            facility=transfer.facility,
            episode=episode,
            owner_role=Role.SUPERVISOR,
            due_at=at + CLOSE_WITHIN,
            note=transfer.destination,
            by=by,
            at=at,
        )
    transfers.end(transfer, TransferOutcome.ARRIVED, told_by=told_by, by=by, at=at)
    transfer.refresh_from_db()
    return transfer


@needs(transfers.is_on_the_way)
@transaction.atomic
def not_arrived(transfer, *, reason, schedule="kud-12", by, at=None):
    """The person did not arrive: somebody calls them now; after a discharge they are followed up by a schedule."""
    transfer = transfers.locked(transfer)
    episode, at = transfer.episode, at or timezone.now()
    duties.open(
        "contact",
        facility=transfer.facility,
        episode=episode,
        owner_role=Role.AFTERCARE,
        due_at=at,
        because_of=transfer.duty,
        note=f"did not arrive: {reason}",
        by=by,
        at=at,
    )
    if _is_followed_by_nobody(episode):
        begin_plan(episode, schedule=schedule, discharge=transfer.discharge, by=by, at=at)
    transfers.end(transfer, TransferOutcome.NOT_ARRIVED, note=reason, by=by, at=at)
    transfer.refresh_from_db()
    return transfer


def _is_followed_by_nobody(episode):
    """In aftercare by its stage, on the way in truth: no plan calls them."""
    return episode.stage == Stage.AFTERCARE and not episode.aftercare_plans.active().exists()
