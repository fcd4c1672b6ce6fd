"""How people live."""

from accounts.models import CARE

from .. import actions
from ..models import Circumstances, Patient
from ..serializers import CircumstancesSerializer, RecordCircumstancesInput
from .bases import Reads, Verb
from .errors import mark_error
from .told import Told


class CircumstancesOfPeople(Reads):
    """How people live, as told at different times."""

    model = Circumstances
    serializer_class = CircumstancesSerializer
    filterset_fields = ["patient", "facility", "episode"]
    told = (Told("circumstances", "How they live", "{living}", "{employment}", at="noted_at", by="noted_by"),)


class RecordCircumstances(Verb):
    """patients.actions.record_circumstances"""

    noun, answer = Patient, Circumstances
    name, label = "record-circumstances", "Record how they live"
    description = "Housing, work, income, insurance, arrests and groups; what was not asked stays so."
    allowed_roles = CARE
    serializer_class = RecordCircumstancesInput

    def act(self, row, data, by):
        """Record."""
        return actions.record_circumstances(row, **data, by=by)


MarkCircumstancesError = mark_error(Circumstances)
