"""Observations, what is still to be observed, and warnings."""

from accounts.models import CARE, Role
from patients.models import Episode
from patients.serializers import ReasonInput
from patients.views import Filters, Reads, Told, Verb, unset
from patients.views.errors import mark_error

from ..actions import observations
from ..models import EmergencyWarning, Observation, ObservationOrder
from ..serializers import (
    AnswerWarningInput,
    EmergencyWarningSerializer,
    ObservationOrderSerializer,
    ObservationSerializer,
    ObserveInput,
)

NURSES = frozenset({Role.NURSE, Role.PRESCRIBER})


class Observations(Reads):
    """What was measured."""

    model = Observation
    serializer_class = ObservationSerializer
    told = (Told("arrival", "observed", "{note}", at="observed_at", by="observed_by"),)
    filterset_fields = ["patient", "facility", "episode"]


class ObservationOrderFilters(Filters):
    """Still going on?"""

    open = unset("duty__closed_at")

    class Meta:
        model = ObservationOrder
        fields = ["patient", "facility", "episode"]


class ObservationOrders(Reads):
    """Observations owed by a schedule."""

    model = ObservationOrder
    serializer_class = ObservationOrderSerializer
    told = (Told("arrival", "observations ordered", at="began_at", by="began_by"),)
    related = ("duty",)
    filterset_class = ObservationOrderFilters


class EmergencyWarningFilters(Filters):
    """Still without an answer?"""

    open = unset("answered_at")

    class Meta:
        model = EmergencyWarning
        fields = ["patient", "facility", "episode"]


class EmergencyWarnings(Reads):
    """Numbers that called for emergency services."""

    model = EmergencyWarning
    serializer_class = EmergencyWarningSerializer
    told = (
        Told("arrival", "emergency warning", at="raised_at", by="raised_by"),
        Told("arrival", "emergency warning answered", "{answer}", at="answered_at", by="answered_by"),
    )
    filterset_class = EmergencyWarningFilters


class Observe(Verb):
    """treatment.actions.observations.observe"""

    noun, answer = Episode, Observation
    name, label = "observe", "Record an observation"
    description = (
        "Write down what was measured; what is owed next follows, and a warning at once when it must. After arrival"
        " an entry counts with breathing, oxygen and waking, and not soon after the last."
    )
    allowed_roles = CARE
    serializer_class = ObserveInput
    needs = observations.observe.needs

    def act(self, row, data, by):
        """Observe."""
        return observations.observe(row, **data, by=by)


class StopObservations(Verb):
    """treatment.actions.observations.stop_observations"""

    noun, answer = Episode, ObservationOrder
    name, label = "stop-observations", "Stop the observations"
    description = "Observations by a schedule are no longer needed, and somebody says why."
    allowed_roles = NURSES
    serializer_class = ReasonInput
    needs = observations.stop_observations.needs

    def act(self, row, data, by):
        """Stop."""
        return observations.stop_observations(row, **data, by=by)


class AnswerWarning(Verb):
    """treatment.actions.observations.answer_warning"""

    noun = EmergencyWarning
    name, label = "answer", "Say what was done"
    description = "Somebody looked at the person and says what was done; sending them to hospital says it too."
    allowed_roles = NURSES
    serializer_class = AnswerWarningInput
    needs = observations.answer_warning.needs

    def act(self, row, data, by):
        """Answer."""
        return observations.answer_warning(row, **data, by=by)


MarkObservationError = mark_error(Observation)
