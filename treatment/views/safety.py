"""Questions about suicide, and what the answers called for."""

from accounts.models import Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import safety
from ..models import SuicideScreen
from ..serializers import SafetyPlanInput, ScreenSuicideInput, SuicideScreenSerializer

ASKS = frozenset({Role.INTAKE, Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR, Role.AFTERCARE})
PLANS = frozenset({Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR})


class SuicideScreenFilters(Filters):
    """Still waiting for somebody?"""

    open = unset("settled_at")

    class Meta:
        model = SuicideScreen
        fields = ["patient", "facility", "episode", "level"]


class SuicideScreens(Reads):
    """Whether people were asked about suicide, and what they said."""

    model = SuicideScreen
    serializer_class = SuicideScreenSerializer
    filterset_class = SuicideScreenFilters
    told = (
        Told("arrival", "asked about suicide", "{level}", at="screened_at", by="screened_by"),
        Told("arrival", "safety", "{settled}", at="settled_at", by="settled_by"),
    )


class ScreenSuicide(Verb):
    """treatment.actions.safety.screen_suicide"""

    noun, answer = Episode, SuicideScreen
    name, label = "screen-suicide", "Ask about suicide"
    description = "Ask calmly and directly; what is not answered counts as a yes until a clinician has looked."
    allowed_roles = ASKS
    serializer_class = ScreenSuicideInput
    needs = safety.screen_suicide.needs

    def act(self, row, data, by):
        """Ask."""
        return safety.screen_suicide(row, **data, by=by)


class RecordSafetyPlan(Verb):
    """treatment.actions.safety.record_safety_plan"""

    noun = SuicideScreen
    name, label = "record-safety-plan", "Record a safety plan"
    description = "A plan was made with the person: what helps, whom to call, and how the means are out of reach."
    allowed_roles = PLANS
    serializer_class = SafetyPlanInput
    needs = safety.record_safety_plan.needs

    def act(self, row, data, by):
        """Record."""
        return safety.record_safety_plan(row, **data, by=by)


class ClearSafety(Verb):
    """treatment.actions.safety.clear_safety"""

    noun = SuicideScreen
    name, label = "clear-safety", "No danger, because"
    description = "A clinician looked at the person, saw no danger, and says why."
    allowed_roles = frozenset({Role.NURSE, Role.PRESCRIBER})
    serializer_class = ReasonInput
    needs = safety.clear_safety.needs

    def act(self, row, data, by):
        """Clear."""
        return safety.clear_safety(row, **data, by=by)


MarkSuicideScreenError = mark_error(SuicideScreen, safety.mark_error)
