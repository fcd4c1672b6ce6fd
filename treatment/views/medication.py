"""What people take when they come."""

from accounts.models import CARE, Role
from patients.models import Patient
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import medication
from ..models import MedicationStatement, Placement, Reconciliation
from ..serializers import (
    DecideMedicationInput,
    MedicationStatementInput,
    MedicationStatementSerializer,
    ReconcileInput,
    ReconciliationSerializer,
)


class MedicationStatementFilters(Filters):
    """Is something still to be decided about it?"""

    undecided = unset("decided_at")

    class Meta:
        model = MedicationStatement
        fields = ["patient", "facility", "decision"]


class MedicationStatements(Reads):
    """What people take."""

    model = MedicationStatement
    serializer_class = MedicationStatementSerializer
    filterset_class = MedicationStatementFilters
    told = (
        Told("medication", "takes {medication}", "{dose}", "{how_often}", at="noted_at", by="noted_by"),
        Told("medication", "{medication}: {decision}", "{decision_in_words}", at="decided_at", by="decided_by"),
    )


class Reconciliations(Reads):
    """Going through allergies and medication, owed or done."""

    model = Reconciliation
    serializer_class = ReconciliationSerializer
    filterset_fields = ["patient", "facility", "placement"]
    told = (
        Told("medication", "allergies and medication gone through", "{note}", at="reconciled_at", by="reconciled_by"),
    )


class RecordMedication(Verb):
    """treatment.actions.medication.record_medication"""

    noun, answer = Patient, MedicationStatement
    name, label = "record-medication", "They take a medication"
    description = "What, how much, how often, and what was brought of it."
    allowed_roles = CARE
    serializer_class = MedicationStatementInput

    def act(self, row, data, by):
        """Record."""
        return medication.record_medication(row, **data, by=by)


class DecideMedication(Verb):
    """treatment.actions.medication.decide_medication"""

    noun = MedicationStatement
    name, label = "decide", "Decide"
    description = "Whether it goes on, is changed, held or stopped."
    allowed_roles = frozenset({Role.PRESCRIBER})
    serializer_class = DecideMedicationInput
    needs = medication.decide_medication.needs

    def act(self, row, data, by):
        """Decide."""
        return medication.decide_medication(row, **data, by=by)


class Reconcile(Verb):
    """treatment.actions.medication.reconcile"""

    noun, answer = Placement, Reconciliation
    name, label = "reconcile", "All gone through"
    description = "Allergies were asked about, and a prescriber has decided about each medication."
    allowed_roles = frozenset({Role.NURSE, Role.PRESCRIBER})
    serializer_class = ReconcileInput
    needs = medication.reconcile.needs

    def act(self, row, data, by):
        """Reconcile."""
        return medication.reconcile(row, **data, by=by)


MarkMedicationStatementError = mark_error(MedicationStatement)
MarkReconciliationError = mark_error(Reconciliation)
