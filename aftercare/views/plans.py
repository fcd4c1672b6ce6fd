"""What people are followed up by."""

from accounts.models import CARE, Role
from patients.models import Episode
from patients.views import Filters, Reads, Told, Verb, unset
from treatment.actions import offers
from treatment.models import Offer, Placement
from treatment.serializers import AcceptInput
from treatment.views.placements import ADMITS

from ..actions import plans
from ..models import AftercarePlan
from ..serializers import (
    AftercarePlanSerializer,
    AnchorInput,
    BeginPlanInput,
    PaceInput,
    ReturnInput,
    WithdrawInput,
    ZoneInput,
)

FOLLOWS_UP = frozenset({Role.AFTERCARE, Role.COUNSELOR, Role.SUPERVISOR})


class AftercarePlanFilters(Filters):
    """Still going on?"""

    active = unset("ended_at")

    class Meta:
        model = AftercarePlan
        fields = ["patient", "facility", "episode", "coach", "tier"]


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


class AcceptOffer(Verb):
    """treatment.actions.offers.accept_offer"""

    noun, answer = Offer, Placement
    name, label = "accept-offer", "The person comes: admit"
    description = (
        "Admit the person to the place kept for them, move them there, or take them in again from aftercare."
    )
    allowed_roles = ADMITS
    serializer_class = AcceptInput
    needs = offers.accept_offer.needs

    def act(self, row, data, by):
        """Admit."""
        return offers.accept_offer(row, **data, back=plans.return_to_treatment, by=by)


class BeginAftercare(Verb):
    """aftercare.actions.plans.begin"""

    noun, answer = Episode, AftercarePlan
    name, label = "begin-aftercare", "Begin check-ins"
    description = (
        "Follow the person up by a schedule: late, or again after they had asked for no more. What nobody asked "
        "meanwhile is owed one call now."
    )
    allowed_roles = FOLLOWS_UP
    serializer_class = BeginPlanInput
    needs = plans.begin.needs

    def act(self, row, data, by):
        """Begin."""
        return plans.begin(row, **data, by=by)


class ChangeAnchor(Verb):
    """aftercare.actions.plans.change_anchor"""

    noun = AftercarePlan
    name, label = "change-anchor", "Count from another day"
    description = (
        "Day 0 was another day. What the person was asked already stays; what nobody asked is owed one call now."
    )
    allowed_roles = FOLLOWS_UP
    serializer_class = AnchorInput
    needs = plans.change_anchor.needs

    def act(self, row, data, by):
        """Change."""
        return plans.change_anchor(row, **data, by=by)


class ChangeZone(Verb):
    """aftercare.actions.plans.change_zone"""

    noun = AftercarePlan
    name, label = "change-zone", "Change the time zone"
    description = "The person lives by another clock: the check-in ahead keeps its day and hour there."
    allowed_roles = CARE
    serializer_class = ZoneInput
    needs = plans.change_zone.needs

    def act(self, row, data, by):
        """Change."""
        return plans.change_zone(row, **data, by=by)


class ThinPlan(Verb):
    """aftercare.actions.plans.thin"""

    noun = AftercarePlan
    name, label = "thin", "Fewer check-ins"
    description = "The person asks for fewer, or for the usual pace again. It counts while they are green."
    allowed_roles = CARE
    serializer_class = PaceInput
    needs = plans.thin.needs

    def act(self, row, data, by):
        """Thin."""
        return plans.thin(row, **data, by=by)


class WithdrawPlan(Verb):
    """aftercare.actions.plans.withdraw"""

    noun = AftercarePlan
    name, label = "withdraw", "No more check-ins"
    description = "The person wants no more check-ins. No reason is needed; somebody owes deciding what follows."
    allowed_roles = CARE
    serializer_class = WithdrawInput
    needs = plans.withdraw.needs

    def act(self, row, data, by):
        """Withdraw."""
        return plans.withdraw(row, **data, by=by)
