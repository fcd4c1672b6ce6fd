"""Leaving treatment. It begins aftercare, so the verb is there; what surrounds it is here."""

from accounts.models import Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset

from ..actions import discharges, proposals
from ..models import Discharge, DischargeProposal
from ..serializers import (
    ChecklistInput,
    DischargeProposalSerializer,
    DischargeSerializer,
    ProposeInput,
    SummaryInput,
)
from .placements import TREATS


class DischargeFilters(Filters):
    """Summary still to be signed?"""

    unsigned = unset("summary_signed_at")

    class Meta:
        model = Discharge
        fields = ["patient", "facility", "episode", "placement", "reason"]


class Discharges(Reads):
    """Discharges."""

    model = Discharge
    serializer_class = DischargeSerializer
    filterset_class = DischargeFilters
    told = (
        Told("placement", "discharge: {reason}", "{going_to}", at="discharged_at", by="discharged_by"),
        Told("notes", "discharge summary signed", at="summary_signed_at", by="summary_signed_by"),
    )


class DischargeProposalFilters(Filters):
    """Neither carried out nor withdrawn?"""

    open = unset("ended_at")

    class Meta:
        model = DischargeProposal
        fields = ["patient", "facility", "episode", "placement", "outcome"]


class DischargeProposals(Reads):
    """Proposals to end treatment."""

    model = DischargeProposal
    serializer_class = DischargeProposalSerializer
    filterset_class = DischargeProposalFilters
    told = (
        Told("placement", "ending treatment proposed: {grounds}", at="proposed_at", by="proposed_by"),
        Told("placement", "ending treatment: {outcome}", "{note}", at="ended_at", by="ended_by"),
    )


class CompleteChecklist(Verb):
    """treatment.actions.discharges.complete_checklist"""

    noun = Discharge
    name, label = "complete-checklist", "Said or given since"
    description = "What could not be said or given when the person left."
    allowed_roles = TREATS | {Role.AFTERCARE}
    serializer_class = ChecklistInput
    needs = discharges.complete_checklist.needs

    def act(self, row, data, by):
        """Complete."""
        return discharges.complete_checklist(row, **data, by=by)


class WriteSummary(Verb):
    """treatment.actions.discharges.write_summary"""

    noun = Discharge
    name, label = "write-summary", "Write the summary"
    description = "Change the draft, which was made from the record."
    allowed_roles = TREATS
    serializer_class = SummaryInput
    needs = discharges.write_summary.needs

    def act(self, row, data, by):
        """Write."""
        return discharges.write_summary(row, **data, by=by)


class SignDischargeSummary(Verb):
    """treatment.actions.discharges.sign_discharge_summary"""

    noun = Discharge
    name, label = "sign-discharge-summary", "Sign the summary"
    description = "From now on nobody can change it."
    confirm = "A signed summary is locked. Sign it?"
    allowed_roles = TREATS
    needs = discharges.sign_discharge_summary.needs

    def act(self, row, data, by):
        """Sign."""
        return discharges.sign_discharge_summary(row, **data, by=by)


class ProposeDischarge(Verb):
    """treatment.actions.proposals.propose_discharge"""

    noun, answer = Episode, DischargeProposal
    name, label = "propose-discharge", "Propose to end treatment"
    description = "The first of two signatures: grounds, what happened, and what the person is offered instead."
    allowed_roles = TREATS
    serializer_class = ProposeInput
    needs = proposals.propose_discharge.needs

    def act(self, row, data, by):
        """Propose."""
        return proposals.propose_discharge(row, **data, by=by)


class AgreeToDischarge(Verb):
    """treatment.actions.proposals.agree_to_discharge"""

    noun = DischargeProposal
    name, label = "agree-to-discharge", "Agree"
    description = "The second signature, by somebody else."
    confirm = "With this signature the person may be discharged. Agree?"
    allowed_roles = frozenset(proposals.SECOND)
    needs = proposals.agree_to_discharge.needs

    def act(self, row, data, by):
        """Agree."""
        return proposals.agree_to_discharge(row, **data, by=by)


class WithdrawProposal(Verb):
    """treatment.actions.proposals.withdraw_proposal"""

    noun = DischargeProposal
    name, label = "withdraw-proposal", "Withdraw"
    description = "Treatment goes on."
    allowed_roles = TREATS
    serializer_class = ReasonInput
    needs = proposals.withdraw_proposal.needs

    def act(self, row, data, by):
        """Withdraw."""
        return proposals.withdraw_proposal(row, **data, by=by)
