"""What those around people are worried about."""

from accounts.models import CARE
from patients.models import Supporter
from patients.views import Reads, Told, Verb
from patients.views.errors import mark_error

from ..actions import worries
from ..models import Worry
from ..serializers import WorryInput, WorrySerializer


class Worries(Reads):
    """Worries."""

    model = Worry
    serializer_class = WorrySerializer
    related = ("supporter",)
    filterset_fields = ["patient", "facility", "supporter"]
    told = (Told("supporters", "{supporter__name} is worried", "{words}", at="heard_at", by="heard_by"),)


class LogWorry(Verb):
    """treatment.actions.worries.log_worry"""

    noun, answer = Supporter, Worry
    name, label = "log-worry", "They are worried"
    description = "Listen and write it down: the person is owed a call. Say nothing, not even whether they are known."
    allowed_roles = CARE
    serializer_class = WorryInput

    def act(self, row, data, by):
        """Log."""
        return worries.log_worry(row, **data, by=by)


MarkWorryError = mark_error(Worry)
