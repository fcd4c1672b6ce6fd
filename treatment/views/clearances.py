"""Medical clearance."""

from accounts.models import EVERYONE, Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Reads, Told, Verb

from ..actions import clearances
from ..models import Checklist, Clearance
from ..serializers import ChecklistSerializer, ClearanceSerializer, ClearInput


class Checklists(Reads):
    """Questions asked before a step."""

    model = Checklist
    serializer_class = ChecklistSerializer
    allowed_roles = EVERYONE
    filterset_fields = ["slug", "edition"]


class Clearances(Reads):
    """On what ground people may begin treatment."""

    model = Clearance
    serializer_class = ClearanceSerializer
    filterset_fields = ["patient", "facility", "episode", "basis"]
    told = (
        Told("arrival", "clearance: {basis}", "{reason}", at="cleared_at", by="cleared_by"),
        Told("arrival", "clearance withdrawn", "{withdrawn_reason}", at="withdrawn_at", by="withdrawn_by"),
    )


class Clear(Verb):
    """treatment.actions.clearances.clear"""

    noun, answer = Episode, Clearance
    name, label = "clear", "Clear"
    description = "The person may begin treatment, on this ground."
    allowed_roles = frozenset({Role.NURSE, Role.PRESCRIBER})
    serializer_class = ClearInput
    needs = clearances.clear.needs

    def act(self, row, data, by):
        """Clear."""
        return clearances.clear(row, **data, by=by)


class WithdrawClearance(Verb):
    """treatment.actions.clearances.withdraw_clearance"""

    noun, answer = Episode, Clearance
    name, label = "withdraw-clearance", "Withdraw clearance"
    description = "New use or symptoms: what was found does not hold any more, and looking again is owed."
    allowed_roles = frozenset({Role.NURSE, Role.PRESCRIBER})
    serializer_class = ReasonInput
    needs = clearances.withdraw_clearance.needs

    def act(self, row, data, by):
        """Withdraw."""
        return clearances.withdraw_clearance(row, **data, by=by)
