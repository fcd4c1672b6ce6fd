"""What people use."""

from accounts.models import CARE

from .. import actions
from ..models import Patient, SubstanceUse
from ..serializers import RecordUseInput, SubstanceUseSerializer
from .bases import Reads, Verb
from .errors import mark_error
from .told import Told


class SubstanceUses(Reads):
    """What people use."""

    model = SubstanceUse
    serializer_class = SubstanceUseSerializer
    filterset_fields = ["patient", "facility", "substance"]
    told = (Told("use", "Uses {substance}", "{frequency}", "told by {source}", at="noted_at", by="noted_by"),)


class RecordUse(Verb):
    """patients.actions.record_use"""

    noun, answer = Patient, SubstanceUse
    name, label = "record-use", "Record what they use"
    description = "What the person uses, as told by somebody at a time."
    allowed_roles = CARE
    serializer_class = RecordUseInput

    def act(self, row, data, by):
        """Record."""
        return actions.record_use(row, **data, by=by)


MarkSubstanceUseError = mark_error(SubstanceUse)
