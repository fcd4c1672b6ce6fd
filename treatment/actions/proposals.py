"""The facility wants to end somebody's treatment: proposed by one, agreed to by another, or withdrawn."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions import refuse
from accounts.models import Role
from duties import actions as duties
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import DischargeProposal, ProposalOutcome
from .placements import main_of, open_placements

AGREE_WITHIN = timedelta(hours=24)
SECOND = [Role.SUPERVISOR, Role.PRESCRIBER]


def nothing_is_proposed(episode):
    """Raise proposed_already."""
    if episode.discharge_proposals.open().exists():
        refuse(DischargeProposal, "one_proposal_at_a_time")


@needs(at_stage(Stage.TREATMENT), nothing_is_proposed)
@transaction.atomic
def propose_discharge(episode, *, grounds, what_happened, alternative, test=None, by, at=None):
    """The first signature. Raises use_is_no_ground, alternative_missing, proposed_already (domain 10).

    A `test` that is cited is confirmed and read by a clinician: a presumptive result costs nobody their place
    (domain 6.5). Raises presumptive_is_no_ground.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    propose_discharge.require(episode)
    placement = main_of(open_placements(episode))
    duty = duties.open(
        "discharge_proposal",
        facility=placement.facility,
        episode=episode,
        owner_role=Role.SUPERVISOR,
        due_at=at + AGREE_WITHIN,
        by=by,
        at=at,
    )
    return DischargeProposal.objects.create(
        patient_id=episode.patient_id,
        facility=placement.facility,
        episode=episode,
        placement=placement,
        grounds=sorted(set(grounds)),
        what_happened=what_happened,
        alternative=alternative,
        test=test,
        duty=duty,
        proposed_at=at,
        proposed_by=by,
    )


def _locked(proposal):
    Episode.objects.lock(proposal.episode_id)
    return DischargeProposal.objects.select_related("duty").lock(proposal.pk)


def is_proposed(proposal):
    """Raise proposal_ended once it was carried out or withdrawn."""
    if proposal.ended_at or proposal.entered_in_error_at:
        raise ValidationError("This proposal was carried out or withdrawn.", code="proposal_ended")


def is_not_agreed(proposal):
    """Raise agreed_already."""
    if proposal.agreed_at:
        raise ValidationError("This proposal has both signatures.", code="agreed_already")


@needs(is_proposed, is_not_agreed)
@transaction.atomic
def agree_to_discharge(proposal, *, by, at=None):
    """The second signature, by another supervisor or prescriber. Raises second_signature_same or _role."""
    proposal = _locked(proposal)
    at = at or timezone.now()
    agree_to_discharge.require(proposal)
    if not by.is_at(proposal.facility, SECOND):
        raise ValidationError(
            "The second signature is a supervisor's or a prescriber's here.", code="second_signature_role"
        )
    proposal.agreed_at, proposal.agreed_by = at, by
    proposal.save(update_fields=["agreed_at", "agreed_by"])
    if proposal.duty.is_open():
        duties.resolve(proposal.duty, by=by, at=at, reason="agreed")
    proposal.refresh_from_db()
    return proposal


@needs(is_proposed)
@transaction.atomic
def withdraw_proposal(proposal, *, reason, by, at=None):
    """Treatment goes on. Raises proposal_ended."""
    proposal = _locked(proposal)
    withdraw_proposal.require(proposal)
    _end(proposal, ProposalOutcome.WITHDRAWN, note=reason, by=by, at=at or timezone.now())
    proposal.refresh_from_db()
    return proposal


def end_proposals(episode, outcome, *, by, at, note=""):
    """Give the open proposal of a locked episode its outcome."""
    proposals = episode.discharge_proposals.open()
    owed = episode.duties.filter(proposal__in=proposals)
    duties.cancel_each(owed, by=by, at=at, reason=ProposalOutcome(outcome).label)
    proposals.update(ended_at=at, ended_by=by, outcome=outcome, note=note)


def _end(proposal, outcome, *, note, by, at):
    proposal.ended_at, proposal.ended_by, proposal.outcome, proposal.note = at, by, outcome, note
    proposal.save(update_fields=["ended_at", "ended_by", "outcome", "note"])
    if proposal.duty.is_open():
        duties.cancel(proposal.duty, by=by, at=at, reason=ProposalOutcome(outcome).label)
