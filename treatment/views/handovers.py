"""How people come: handed over after an overdose, or asking for help themselves."""

from accounts.models import CARE, Role
from patients.models import Episode
from patients.views import Reads, Told, Verb
from patients.views.errors import mark_error

from ..actions import handovers
from ..models import DrugGiven, Handover
from ..serializers import (
    DrugGivenSerializer,
    ExpectLeavingInput,
    HandoverSerializer,
    ReceiveInput,
    RecordDrugsInput,
    ReferInput,
)

TAKES_OVER = frozenset({Role.NURSE, Role.PRESCRIBER, Role.INTAKE, Role.SUPERVISOR, Role.TECHNICIAN})
REFERS = frozenset({Role.INTAKE, Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR, Role.AFTERCARE})


class Handovers(Reads):
    """What we were told when people were handed over."""

    model = Handover
    serializer_class = HandoverSerializer
    filterset_fields = ["patient", "facility", "episode", "source"]
    told = (Told("arrival", "handed over by {source_name}", "{consciousness}", at="received_at", by="received_by"),)

    @classmethod
    def whole(cls, rows):
        """With the drugs that were given before."""
        return super().whole(rows).prefetch_related("drugs")


class DrugsGiven(Reads):
    """Drugs given before people came."""

    model = DrugGiven
    serializer_class = DrugGivenSerializer
    filterset_fields = ["patient", "facility", "handover", "drug"]
    told = (
        Told("arrival", "given before arrival: {drug}", "{name}", "{dose}", "{giver}", at="noted_at", by="noted_by"),
    )


class Receive(Verb):
    """treatment.actions.handovers.receive"""

    noun = Handover
    creates = True
    name, label = "receive", "Take over after an overdose"
    description = "Take over a person after an overdose; a talk is owed before they leave."
    allowed_roles = TAKES_OVER
    serializer_class = ReceiveInput

    def act(self, row, data, by):
        """Receive."""
        return handovers.receive(**data, by=by)


class ExpectLeaving(Verb):
    """treatment.actions.handovers.expect_leaving"""

    noun = Handover
    name, label = "expect-leaving", "Expected to leave"
    description = "When the person is now expected to leave; the talk is owed before that."
    allowed_roles = CARE
    serializer_class = ExpectLeavingInput
    needs = handovers.expect_leaving.needs

    def act(self, row, data, by):
        """Expect."""
        return handovers.expect_leaving(row, **data, by=by)


class RecordDrugsGiven(Verb):
    """treatment.actions.handovers.record_drugs_given"""

    noun = Handover
    name, label = "record-drugs-given", "Drugs given before"
    description = "What ambulance or hospital gave before the person came; it explains what a test finds."
    allowed_roles = CARE
    serializer_class = RecordDrugsInput
    needs = handovers.record_drugs_given.needs

    def act(self, row, data, by):
        """Record."""
        return handovers.record_drugs_given(row, **data, by=by)


class Refer(Verb):
    """treatment.actions.handovers.refer"""

    noun = Episode
    creates = True
    name, label = "refer", "Begin without an overdose"
    description = "Begin a thread of care for somebody who was not handed over; an intake is owed."
    allowed_roles = REFERS
    serializer_class = ReferInput

    def act(self, row, data, by):
        """Refer."""
        return handovers.refer(**data, by=by)


MarkHandoverError = mark_error(Handover)
MarkDrugGivenError = mark_error(DrugGiven)
