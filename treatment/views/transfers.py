"""People sent on to another provider. What follows from their arriving is in aftercare."""

from patients.models import Episode
from patients.views import Filters, Reads, Told, Verb, unset

from ..actions import transfers
from ..models import Transfer
from ..serializers import ReferElsewhereInput, TransferSerializer
from .placements import ADMITS, TREATS


class TransferFilters(Filters):
    """Still on the way?"""

    open = unset("ended_at")

    class Meta:
        model = Transfer
        fields = ["patient", "facility", "episode", "kind", "outcome"]


class Transfers(Reads):
    """Transfers."""

    model = Transfer
    serializer_class = TransferSerializer
    filterset_class = TransferFilters
    told = (
        Told("placement", "on the way to {destination}", at="left_at", by="left_by"),
        Told("placement", "{destination}: {outcome}", "{note}", at="ended_at", by="ended_by"),
    )


class ReferElsewhere(Verb):
    """treatment.actions.transfers.refer_elsewhere"""

    noun, answer = Episode, Transfer
    name, label = "refer-elsewhere", "Refer elsewhere"
    description = "To a youth service or another provider; the thread stays here until the person has arrived there."
    allowed_roles = ADMITS | TREATS
    serializer_class = ReferElsewhereInput
    needs = transfers.refer_elsewhere.needs

    def act(self, row, data, by):
        """Refer."""
        return transfers.refer_elsewhere(row, **data, by=by)
