"""On what legal ground people are here."""

from accounts.models import CARE
from patients.models import Patient
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import legal
from ..models import LegalStatus
from ..serializers import LegalStatusInput, LegalStatusSerializer, RenewLegalStatusInput
from .placements import TREATS


class LegalStatusFilters(Filters):
    """In force?"""

    open = unset("ended_at")

    class Meta:
        model = LegalStatus
        fields = ["patient", "facility", "kind"]


class LegalStatuses(Reads):
    """Legal grounds."""

    model = LegalStatus
    serializer_class = LegalStatusSerializer
    filterset_class = LegalStatusFilters
    told = (
        Told("legal", "legal status: {kind}", "until {until_at}", "{authority}", at="recorded_at", by="recorded_by"),
        Told("legal", "legal status ended: {kind}", "{end_reason}", at="ended_at", by="ended_by"),
    )


class RecordLegalStatus(Verb):
    """treatment.actions.legal.record_legal_status"""

    noun, answer = Patient, LegalStatus
    name, label = "record-legal-status", "Record a legal status"
    description = "On what legal ground the person is here; a decision is owed before one that ends by law is over."
    allowed_roles = CARE
    serializer_class = LegalStatusInput

    def act(self, row, data, by):
        """Record."""
        return legal.record_legal_status(row, **data, by=by)


class RenewLegalStatus(Verb):
    """treatment.actions.legal.renew"""

    noun = LegalStatus
    name, label = "renew", "It goes on"
    description = "The authority renewed it until a later time; the next decision is owed before that."
    allowed_roles = TREATS
    serializer_class = RenewLegalStatusInput
    needs = legal.renew.needs

    def act(self, row, data, by):
        """Renew."""
        return legal.renew(row, **data, by=by)


class EndLegalStatus(Verb):
    """treatment.actions.legal.end"""

    noun = LegalStatus
    name, label = "end", "It holds no longer"
    description = "It ran out, was lifted, or the person stays of their own will."
    allowed_roles = TREATS
    serializer_class = ReasonInput
    needs = legal.end.needs

    def act(self, row, data, by):
        """End."""
        return legal.end(row, **data, by=by)


MarkLegalStatusError = mark_error(LegalStatus, legal.mark_error)
