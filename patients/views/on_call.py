"""Who is on call, and whom to page when nobody is."""

from accounts import actions
from accounts.models import EVERYONE, Facility, OnCallShift, Role
from accounts.serializers import OnCallShiftSerializer

from ..serializers import LastResortInput, ReasonInput, ShiftInput, SwapInput
from .bases import Reads, Verb
from .pages import Filters, unset
from .places import RUN_THE_PLACE

PLANS_SHIFTS = frozenset({Role.ADMIN, Role.SUPERVISOR})


class OnCallShiftFilters(Filters):
    """Whose, where, still stood?"""

    standing = unset("canceled_at")

    class Meta:
        model = OnCallShift
        fields = {"facility": ["exact"], "user": ["exact"], "kind": ["exact"], "starts_at": ["lt"], "ends_at": ["gt"]}


class OnCallShifts(Reads):
    """Who is on call, where and when: everybody who works there knows."""

    model = OnCallShift
    serializer_class = OnCallShiftSerializer
    allowed_roles = EVERYONE
    place = "facility"
    filterset_class = OnCallShiftFilters


class PlanShift(Verb):
    """accounts.actions.plan_shift"""

    noun = OnCallShift
    creates = True
    name, label = "plan", "Plan a shift on call"
    description = "Somebody will be on call here, as clinician or as lead."
    allowed_roles = PLANS_SHIFTS
    serializer_class = ShiftInput

    def act(self, row, data, by):
        """Plan."""
        return actions.plan_shift(**data, by=by)


class SwapShift(Verb):
    """accounts.actions.swap_shift"""

    noun = OnCallShift
    name, label = "swap", "Somebody else stands it"
    description = "Somebody else stands this shift, or from now on the rest of it."
    allowed_roles = PLANS_SHIFTS
    serializer_class = SwapInput
    needs = (OnCallShift.require_coming,)

    def act(self, row, data, by):
        """Swap."""
        return actions.swap_shift(row, **data, by=by)


class CancelShift(Verb):
    """accounts.actions.cancel_shift"""

    noun = OnCallShift
    name, label = "cancel", "Call it off"
    description = "Nobody stands it, or nobody from now on; a gap in the rota is an alarm."
    allowed_roles = PLANS_SHIFTS
    serializer_class = ReasonInput
    needs = (OnCallShift.require_coming,)

    def act(self, row, data, by):
        """Cancel."""
        return actions.cancel_shift(row, **data, by=by)


class NameLastResort(Verb):
    """accounts.actions.name_last_resort"""

    noun = Facility
    name, label = "name-last-resort", "Name the last resort"
    description = "Whom to page when nobody on the rota answers: somebody outside of it. Sending needs one."
    allowed_roles = RUN_THE_PLACE
    serializer_class = LastResortInput

    def act(self, row, data, by):
        """Name."""
        return actions.name_last_resort(row, **data, by=by)
