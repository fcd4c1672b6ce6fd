"""People who are missing or left against advice."""

from accounts.models import CARE, Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset

from ..actions import departures
from ..models import Departure
from ..serializers import DepartureSerializer, FoundInput, LeftInput, PoliceInput, RiskInput
from .placements import TREATS


class DepartureFilters(Filters):
    """Not known to be safe yet?"""

    open = unset("ended_at")

    class Meta:
        model = Departure
        fields = ["patient", "facility", "episode", "placement", "kind", "risk"]


class Departures(Reads):
    """Searches."""

    model = Departure
    serializer_class = DepartureSerializer
    filterset_class = DepartureFilters
    told = (
        Told("placement", "{kind}", "{last_seen}", at="noticed_at", by="noticed_by"),
        Told("placement", "search: {outcome}", "{note}", at="ended_at", by="ended_by"),
    )


class ReportMissing(Verb):
    """treatment.actions.departures.report_missing"""

    noun, answer = Episode, Departure
    name, label = "report-missing", "Report missing or left"
    description = "The search and the call begin now, a risk decision is owed within the hour, a bed is kept."
    allowed_roles = CARE
    serializer_class = LeftInput
    needs = departures.report_missing.needs

    def act(self, row, data, by):
        """Report."""
        return departures.report_missing(row, **data, by=by)


class RecordRiskDecision(Verb):
    """treatment.actions.departures.record_risk_decision"""

    noun = Departure
    name, label = "record-risk-decision", "Decide the risk"
    description = "How great the risk is, as a clinician decides; the next decision is owed by that."
    allowed_roles = TREATS
    serializer_class = RiskInput
    needs = departures.record_risk_decision.needs

    def act(self, row, data, by):
        """Decide."""
        return departures.record_risk_decision(row, **data, by=by)


class RecordPoliceContact(Verb):
    """treatment.actions.departures.record_police_contact"""

    noun = Departure
    name, label = "record-police-contact", "The police were told"
    description = "On what basis, whom, and what: as little as serves."
    confirm = "Being a patient here is itself protected. Is there a basis for telling the police?"
    allowed_roles = TREATS
    serializer_class = PoliceInput
    needs = departures.record_police_contact.needs

    def act(self, row, data, by):
        """Record."""
        return departures.record_police_contact(row, **data, by=by)


class Found(Verb):
    """treatment.actions.departures.found"""

    noun = Departure
    name, label = "found", "Found, or safe"
    description = "The person is back, or known to be safe."
    allowed_roles = CARE
    serializer_class = FoundInput
    needs = departures.found.needs

    def act(self, row, data, by):
        """End the search."""
        return departures.found(row, **data, by=by)


class EndSearch(Verb):
    """treatment.actions.departures.end_search"""

    noun = Departure
    name, label = "end-search", "Stop looking"
    description = "A decision somebody signs for, after the risk was judged."
    confirm = "Nobody will look for this person any more. Stop looking?"
    allowed_roles = frozenset({Role.PRESCRIBER, Role.SUPERVISOR})
    serializer_class = ReasonInput
    needs = departures.end_search.needs

    def act(self, row, data, by):
        """End the search."""
        return departures.end_search(row, **data, by=by)
