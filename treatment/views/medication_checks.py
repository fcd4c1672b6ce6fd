"""What was asked or tested before a medication, and counts of what was brought."""

from accounts.models import Role
from patients.models import Patient
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import medication_checks, medication_counts
from ..models import MedicationCheck, MedicationCount, MedicationStatement
from ..serializers import (
    ConfirmCountInput,
    CountInput,
    MedicationCheckInput,
    MedicationCheckSerializer,
    MedicationCountSerializer,
)
from .medication_orders import GIVES

COUNTS = GIVES | {Role.TECHNICIAN}


class MedicationChecks(Reads):
    """What was asked or tested."""

    model = MedicationCheck
    serializer_class = MedicationCheckSerializer
    filterset_fields = ["patient", "facility", "kind"]
    told = (Told("medication", "{kind}", "{note}", at="checked_at", by="checked_by"),)


class RecordMedicationCheck(Verb):
    """treatment.actions.medication_checks.record_check"""

    noun, answer = Patient, MedicationCheck
    name, label = "record-medication-check", "Asked or tested before a medication"
    description = "A challenge, a test, liver values, the monitoring program, what others prescribed, an operation."
    allowed_roles = GIVES
    serializer_class = MedicationCheckInput

    def act(self, row, data, by):
        """Record."""
        return medication_checks.record_check(row, **data, by=by)


class MedicationCountFilters(Filters):
    """Counted by one so far?"""

    unconfirmed = unset("confirmed_at")

    class Meta:
        model = MedicationCount
        fields = ["patient", "facility", "statement"]


class MedicationCounts(Reads):
    """Counts of what people brought."""

    model = MedicationCount
    serializer_class = MedicationCountSerializer
    related = ("statement",)
    filterset_class = MedicationCountFilters
    told = (
        Told("medication", "{statement__medication} counted", "{note}", at="counted_at", by="counted_by"),
        Told("medication", "difference settled", "{settled_reason}", at="settled_at", by="settled_by"),
    )


class CountMedication(Verb):
    """treatment.actions.medication_counts.count"""

    noun, answer = MedicationStatement, MedicationCount
    name, label = "count", "Count what is there"
    description = "You count, then somebody else counts again."
    allowed_roles = COUNTS
    serializer_class = CountInput
    needs = medication_counts.count.needs

    def act(self, row, data, by):
        """Count."""
        return medication_counts.count(row, **data, by=by)


class ConfirmCount(Verb):
    """treatment.actions.medication_counts.confirm_count"""

    noun = MedicationCount
    name, label = "confirm", "Count again"
    description = "A second person counts; a difference is owed an answer by a supervisor."
    allowed_roles = COUNTS
    serializer_class = ConfirmCountInput
    needs = medication_counts.confirm_count.needs

    def act(self, row, data, by):
        """Confirm."""
        return medication_counts.confirm_count(row, **data, by=by)


class SettleCount(Verb):
    """treatment.actions.medication_counts.settle_count"""

    noun = MedicationCount
    name, label = "settle", "Say what became of the difference"
    description = "A supervisor looked into it, and says what was found."
    allowed_roles = frozenset({Role.SUPERVISOR})
    serializer_class = ReasonInput
    needs = medication_counts.settle_count.needs

    def act(self, row, data, by):
        """Settle."""
        return medication_counts.settle_count(row, **data, by=by)

    @classmethod
    def is_prompted(cls, row):
        """Where there is one."""
        return row.duty_id is not None


MarkMedicationCheckError = mark_error(MedicationCheck)
MarkMedicationCountError = mark_error(MedicationCount, medication_counts.mark_error)
