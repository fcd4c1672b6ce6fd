"""Tiers: given for signs, raised and lowered by staff."""

from django.db.models import F, Q

from accounts.models import CARE, Role
from patients.views import Filters, Reads, Told, Verb

from ..actions import tiers
from ..models import AftercarePlan, Tiering
from ..serializers import TieringSerializer, TierInput


class TieringFilters(Filters):
    """Of whom, by which plan?"""

    class Meta:
        model = Tiering
        fields = ["patient", "facility", "plan", "check_in", "tier", "because"]


class Tierings(Reads):
    """Tiers given, with the signs."""

    model = Tiering
    serializer_class = TieringSerializer
    filterset_class = TieringFilters
    told = (Told("check-ins", "{tier}", "{reason}", at="at", by="by", where=~Q(tier=F("was"))),)


class RaiseTier(Verb):
    """aftercare.actions.tiers.raise_tier"""

    noun = AftercarePlan
    name, label = "raise-tier", "Raise the tier"
    description = "You are more worried than the signs are. A call is owed where the tier asks for one; nothing else."
    allowed_roles = CARE
    serializer_class = TierInput
    needs = tiers.raise_tier.needs

    def act(self, row, data, by):
        """Raise."""
        return tiers.raise_tier(row, **data, by=by)


class LowerTier(Verb):
    """aftercare.actions.tiers.lower_tier"""

    noun = AftercarePlan
    name, label = "lower-tier", "Lower the tier"
    description = "Somebody spoke with the person since the tier rose, and you are less worried."
    allowed_roles = frozenset({Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR})
    serializer_class = TierInput
    needs = tiers.lower_tier.needs

    def act(self, row, data, by):
        """Lower."""
        return tiers.lower_tier(row, **data, by=by)
