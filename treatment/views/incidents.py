"""Incidents, whose part was what, who was told, and what follows."""

from accounts.models import CARE, EVERYONE, Role
from patients.models import Episode
from patients.views import Filters, Reads, Told, Verb, about, unset
from patients.views.errors import mark_error

from ..actions import incidents
from ..models import (
    Departure,
    Dose,
    EmergencyWarning,
    Incident,
    IncidentAction,
    IncidentEntry,
    IncidentPerson,
    IncidentReport,
    MedicationOrder,
)
from ..models.incidents import REVIEWS, IncidentKind, PartIn
from ..serializers import (
    AddActionInput,
    AddPersonInput,
    CompleteActionInput,
    FindingsInput,
    IncidentActionSerializer,
    IncidentAddendumInput,
    IncidentEntrySerializer,
    IncidentPersonSerializer,
    IncidentReportSerializer,
    IncidentSerializer,
    RecordToldInput,
    ReportIncidentInput,
    ReportMedicationErrorInput,
    ReportOfPersonInput,
    SettleReportInput,
    TellSupporterInput,
)
from .doses import SEES
from .rounds import SUPERVISES

SIGNS = frozenset({Role.SUPERVISOR, Role.ADMIN})


class IncidentFilters(Filters):
    """Still to be signed off?"""

    open = unset("signed_at")

    class Meta:
        model = Incident
        fields = [
            "facility",
            "kind",
            "severity",
            "state",
            "departure",
            "emergency_warning",
            "medication_order",
            "dose",
        ]


class Incidents(Reads):
    """Incidents: those of the places one reviews, and one's own reports."""

    model = Incident
    serializer_class = IncidentSerializer
    allowed_roles = EVERYONE
    related = ("review_duty",)
    filterset_class = IncidentFilters

    @classmethod
    def whole(cls, rows):
        """With the staff who were there."""
        return super().whole(rows).prefetch_related("staff")

    def get_object(self):
        """The access log is told about everybody in it whom this user may see."""
        row = super().get_object()
        about(self.request, *people_in(row, self.request.user))
        return row


def people_in(incident, user):
    """The parts in an incident of those this user may see."""
    return IncidentPeople.seen_by(user, IncidentPeople.allowed_roles).filter(incident=incident)


class IncidentPersonFilters(Filters):
    """Of whom, in which incident?"""

    class Meta:
        model = IncidentPerson
        fields = ["patient", "facility", "episode", "incident", "part_in"]


class IncidentPeople(Reads):
    """What people's own parts in incidents were: this, and nothing else of an incident, stands in their charts."""

    model = IncidentPerson
    serializer_class = IncidentPersonSerializer
    told = (
        Told("incidents", "incident", "{part_in}", "{part}", "{injury}", at="happened_at", by="added_by"),
        Told("incidents", "told of it: {supporter__name}", at="supporter_told_at", by="supporter_told_by"),
    )
    filterset_class = IncidentPersonFilters


class IncidentEntries(Reads):
    """Who was told of incidents, and addenda."""

    model = IncidentEntry
    serializer_class = IncidentEntrySerializer
    allowed_roles = REVIEWS
    place = "facility"
    filterset_fields = ["facility", "incident"]


class IncidentReportFilters(Filters):
    """Still to be made?"""

    open = unset("done_at")

    class Meta:
        model = IncidentReport
        fields = ["facility", "incident", "code"]


class IncidentReports(Reads):
    """Those outside who must be told."""

    model = IncidentReport
    serializer_class = IncidentReportSerializer
    allowed_roles = REVIEWS
    place = "facility"
    related = ("duty", "incident")
    filterset_class = IncidentReportFilters


class IncidentActionFilters(Filters):
    """Still to be done? By whom?"""

    open = unset("done_at")

    class Meta:
        model = IncidentAction
        fields = ["facility", "incident", "owner"]


class IncidentActions(Reads):
    """What was decided after incidents: at the places one reviews, and what one owes oneself."""

    model = IncidentAction
    serializer_class = IncidentActionSerializer
    allowed_roles = EVERYONE
    related = ("duty", "incident")
    filterset_class = IncidentActionFilters


class ReportIncident(Verb):
    """treatment.actions.incidents.report"""

    noun = Incident
    name, label = "report", "Report an incident"
    description = "What happened, as you saw it; a supervisor reviews it, and grave ones page them at once."
    creates = True
    allowed_roles = EVERYONE
    serializer_class = ReportIncidentInput

    def act(self, row, data, by):
        """Report."""
        return incidents.report(**data, by=by)


def _part(data, patient):
    """What the report says of the one person it was begun from."""
    line = {name: data.pop(name) for name in ("part_in", "part", "injury") if name in data}
    return [{"patient": patient, "part_in": PartIn.AFFECTED, **line}]


class ReportIncidentOfEpisode(Verb):
    """treatment.actions.incidents.report"""

    noun, answer = Episode, Incident
    name, label = "report-incident", "Report an incident"
    description = "Something happened to this person: what you saw, and what belongs in their own chart."
    allowed_roles = CARE
    serializer_class = ReportOfPersonInput

    def act(self, row, data, by):
        """Report."""
        people = _part(data, row.patient)
        return incidents.report(**data, people=people, facility=row.facility, by=by)


class ReportIncidentOfDeparture(Verb):
    """treatment.actions.incidents.report"""

    noun, answer = Departure, Incident
    name, label = "report-incident", "Report an incident"
    description = "Somebody left or is missing: the report hangs on the search."
    allowed_roles = CARE
    serializer_class = ReportOfPersonInput

    def act(self, row, data, by):
        """Report."""
        people = _part(data, row.patient)
        return incidents.report(**data, people=people, facility=row.facility, departure=row, by=by)


class ReportIncidentOfWarning(Verb):
    """treatment.actions.incidents.report"""

    noun, answer = EmergencyWarning, Incident
    name, label = "report-incident", "Report an incident"
    description = "There was an emergency: the report hangs on its warning."
    allowed_roles = CARE
    serializer_class = ReportOfPersonInput

    def act(self, row, data, by):
        """Report."""
        people = _part(data, row.patient)
        return incidents.report(**data, people=people, facility=row.facility, emergency_warning=row, by=by)


class ReportErrorOfOrder(Verb):
    """treatment.actions.incidents.report"""

    noun, answer = MedicationOrder, Incident
    name, label = "report-error", "Report a medication error"
    description = "Something went wrong with this medication: the report names the order."
    allowed_roles = SEES
    serializer_class = ReportMedicationErrorInput

    def act(self, row, data, by):
        """Report."""
        people = _part(data, row.patient)
        error = {"kind": IncidentKind.MEDICATION, "facility": row.facility, "medication_order": row}
        return incidents.report(**data, **error, people=people, by=by)


class ReportErrorOfDose(Verb):
    """treatment.actions.incidents.report"""

    noun, answer = Dose, Incident
    name, label = "report-error", "Report a medication error"
    description = "Something went wrong with this dose: the report names it."
    allowed_roles = SEES
    serializer_class = ReportMedicationErrorInput

    def act(self, row, data, by):
        """Report."""
        people = _part(data, row.patient)
        error = {"kind": IncidentKind.MEDICATION, "facility": row.facility, "dose": row}
        return incidents.report(**data, **error, people=people, by=by)


class BeginIncidentReview(Verb):
    """treatment.actions.incidents.begin_review"""

    noun = Incident
    name, label = "begin-review", "Begin the review"
    description = "You take it up; nobody reviews what they reported themselves."
    allowed_roles = SIGNS
    needs = incidents.begin_review.needs

    def act(self, row, data, by):
        """Begin."""
        return incidents.begin_review(row, **data, by=by)


class WriteFindings(Verb):
    """treatment.actions.incidents.write_findings"""

    noun = Incident
    name, label = "write-findings", "Write what you found"
    description = "What was found and what contributed; may be written again until it is signed."
    allowed_roles = SIGNS
    serializer_class = FindingsInput
    needs = incidents.write_findings.needs

    def act(self, row, data, by):
        """Write."""
        return incidents.write_findings(row, **data, by=by)


class AddIncidentPerson(Verb):
    """treatment.actions.incidents.add_person"""

    noun, answer = Incident, IncidentPerson
    name, label = "add-person", "Add somebody who was in it"
    description = "Their own part alone goes into their chart; nobody else is named there."
    allowed_roles = CARE
    serializer_class = AddPersonInput
    needs = incidents.add_person.needs

    def act(self, row, data, by):
        """Add."""
        return incidents.add_person(row, **data, by=by)


class RecordTold(Verb):
    """treatment.actions.incidents.record_told"""

    noun, answer = Incident, IncidentEntry
    name, label = "record-told", "Write down who was told"
    description = "Who was told and when. Family is told on the person's own part, with their permission."
    allowed_roles = EVERYONE
    serializer_class = RecordToldInput
    needs = incidents.record_told.needs

    def act(self, row, data, by):
        """Record."""
        return incidents.record_told(row, **data, by=by)


class AddIncidentAddendum(Verb):
    """treatment.actions.incidents.add_addendum"""

    noun, answer = Incident, IncidentEntry
    name, label = "add-addendum", "Add an addendum"
    description = "What is still to be said, signed off or not."
    allowed_roles = EVERYONE
    serializer_class = IncidentAddendumInput

    def act(self, row, data, by):
        """Add."""
        return incidents.add_addendum(row, **data, by=by)


class AddIncidentAction(Verb):
    """treatment.actions.incidents.add_action"""

    noun, answer = Incident, IncidentAction
    name, label = "add-action", "Decide what is to be done"
    description = "Somebody owes it by then, and the ladder says who hears when it is late."
    allowed_roles = SIGNS
    serializer_class = AddActionInput
    needs = incidents.add_action.needs

    def act(self, row, data, by):
        """Decide."""
        return incidents.add_action(row, **data, by=by)


class SignOff(Verb):
    """treatment.actions.incidents.sign_off"""

    noun = Incident
    name, label = "sign-off", "Sign off"
    description = "From now on nothing in it changes; actions and outside reports stay owed."
    confirm = "Once signed, nothing in it changes. Sign off?"
    allowed_roles = SIGNS
    needs = incidents.sign_off.needs

    def act(self, row, data, by):
        """Sign."""
        return incidents.sign_off(row, **data, by=by)


class TellSupporter(Verb):
    """treatment.actions.incidents.tell_supporter"""

    noun = IncidentPerson
    name, label = "tell-supporter", "Family was told"
    description = "Whom you told, and what; only those the person permitted in writing to hear of an emergency."
    allowed_roles = CARE
    serializer_class = TellSupporterInput
    needs = incidents.tell_supporter.needs

    def act(self, row, data, by):
        """Tell."""
        return incidents.tell_supporter(row, **data, by=by)


class SettleReport(Verb):
    """treatment.actions.incidents.settle_report"""

    noun = IncidentReport
    name, label = "settle", "Told, or not needed"
    description = "Whom you told with which reference, or why it is not needed here."
    allowed_roles = REVIEWS
    serializer_class = SettleReportInput
    needs = incidents.settle_report.needs

    def act(self, row, data, by):
        """Settle."""
        return incidents.settle_report(row, **data, by=by)


class CompleteAction(Verb):
    """treatment.actions.incidents.complete_action"""

    noun = IncidentAction
    name, label = "complete", "It was done"
    description = "What was done, in your words."
    allowed_roles = EVERYONE
    serializer_class = CompleteActionInput
    needs = incidents.complete_action.needs

    def act(self, row, data, by):
        """Complete."""
        return incidents.complete_action(row, **data, by=by)


MarkIncidentError = mark_error(Incident, incidents.mark_error, SUPERVISES)
MarkIncidentPersonError = mark_error(IncidentPerson)
