"""When check-ins rest."""

from accounts.models import CARE
from patients.views import Filters, Reads, Told, Verb

from ..actions import pauses
from ..models import AftercarePlan, Pause
from ..serializers import PauseInput, PauseSerializer


class PauseFilters(Filters):
    """Of whom?"""

    class Meta:
        model = Pause
        fields = ["patient", "facility", "plan", "because"]


class Pauses(Reads):
    """When check-ins rest."""

    model = Pause
    serializer_class = PauseSerializer
    filterset_class = PauseFilters
    told = (
        Told("check-ins", "check-ins rest: {because}", "{note}", at="paused_at", by="paused_by"),
        Told("check-ins", "check-ins go on", at="resumed_at", by="resumed_by"),
    )


class PausePlan(Verb):
    """aftercare.actions.pauses.pause"""

    noun, answer = AftercarePlan, Pause
    name, label = "pause", "Let check-ins rest"
    description = "Until the person is back, at most 90 days. The next check-in is due then."
    allowed_roles = CARE
    serializer_class = PauseInput
    needs = pauses.pause.needs

    def act(self, row, data, by):
        """Pause."""
        return pauses.pause(row, **data, by=by)


class ResumePlan(Verb):
    """aftercare.actions.pauses.resume"""

    noun = AftercarePlan
    name, label = "resume", "Let check-ins go on"
    description = "The person is back before the day that was said."
    allowed_roles = CARE
    needs = pauses.resume.needs

    def act(self, row, data, by):
        """Resume."""
        return pauses.resume(row, **data, by=by)
