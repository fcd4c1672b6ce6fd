"""Who wants no more messages."""

from accounts.models import CARE
from messaging.models import OptOut
from messaging.serializers import OptOutInput
from patients.models import Patient
from patients.views import Verb

from ..actions import opting_out


class AskNotToBeWrittenTo(Verb):
    """aftercare.actions.opting_out.opt_out"""

    noun, answer = Patient, OptOut
    name, label = "opt-out", "Does not want messages"
    description = (
        "The person asked not to be written to, by one channel or at all: nor to be called, then, and asked."
    )
    allowed_roles = CARE
    serializer_class = OptOutInput

    def act(self, row, data, by):
        """Opt out."""
        return opting_out.opt_out(row, **data, by=by)
