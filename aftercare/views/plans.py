"""What people are followed up by."""

from accounts.models import Role
from patients.models import Episode
from patients.views import Filters, Reads, Told, Verb, unset
from treatment.models import Placement

from ..actions import plans
from ..models import AftercarePlan
from ..serializers import (
    AftercarePlanSerializer,
    ReturnInput,
)


class AftercarePlanFilters(Filters):
    """Still going on?"""

    active = unset("ended_at")

    class Meta:
        model = AftercarePlan
        fields = ["patient", "facility", "episode", "coach"]


class AftercarePlans(Reads):
    """What people are followed up by."""

    model = AftercarePlan
    serializer_class = AftercarePlanSerializer
    filterset_class = AftercarePlanFilters
    told = (
        Told("check-ins", "aftercare begins: {schedule__name}", at="began_at", by="began_by"),
        Told("check-ins", "aftercare ends: {end_reason}", at="ended_at", by="ended_by"),
    )


class ReturnToTreatment(Verb):
    """aftercare.actions.plans.return_to_treatment"""

    noun, answer = Episode, Placement
    name, label = "return-to-treatment", "Back to treatment"
    description = "The person comes back to treatment from aftercare. Needs a new clearance."
    allowed_roles = frozenset({Role.INTAKE, Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR})
    serializer_class = ReturnInput
    needs = plans.return_to_treatment.needs

    def act(self, row, data, by):
        """Return."""
        return plans.return_to_treatment(row, **data, by=by)
