"""Units, beds, who lies where, and how many are free."""

from django.db.models import Count, Q
from django_filters import rest_framework as filters

from accounts.models import CHART, EVERYONE, Role
from patients.views import Filters, Reads, Told, unset

from ..models import Bed, BedStay, Unit
from ..serializers import BedSerializer, BedStaySerializer, CensusSerializer, UnitSerializer

KNOWS_BEDS = CHART | {Role.ADMIN}


class Units(Reads):
    """Wards and houses of the user's places."""

    model = Unit
    serializer_class = UnitSerializer
    allowed_roles = KNOWS_BEDS
    place = "facility"
    filterset_fields = ["facility"]


class BedFilters(Filters):
    """Where, and free?"""

    facility = filters.UUIDFilter("unit__facility")
    free = filters.BooleanFilter(method="by_free")

    class Meta:
        model = Bed
        fields = ["unit"]

    def by_free(self, rows, name, value):
        """Nobody lies in it and nobody is kept for."""
        return rows.filter(pk__in=Bed.objects.free()) if value else rows.exclude(pk__in=Bed.objects.free())


class Beds(Reads):
    """Beds of the user's places."""

    model = Bed
    serializer_class = BedSerializer
    allowed_roles = KNOWS_BEDS
    place = "unit__facility"
    related = ("unit",)
    filterset_class = BedFilters


class BedStayFilters(Filters):
    """Still there?"""

    open = unset("ended_at")

    class Meta:
        model = BedStay
        fields = ["patient", "facility", "placement", "bed"]


class BedStays(Reads):
    """Who lies where."""

    model = BedStay
    serializer_class = BedStaySerializer
    filterset_class = BedStayFilters
    told = (
        Told("placement", "in bed {bed__unit__name} {bed__label}", at="began_at", by="began_by"),
        Told("placement", "bed {bed__unit__name} {bed__label} given up", at="ended_at", by="ended_by"),
    )


class Census(Reads):
    """Beds taken, kept and free, unit by unit; nobody's name."""

    model = Unit
    serializer_class = CensusSerializer
    allowed_roles = EVERYONE
    place = "facility"
    filterset_fields = ["facility"]

    def get_queryset(self):
        """With the counts."""
        here = Q(beds__stays__ended_at=None, beds__stays__id__isnull=False, beds__stays__entered_in_error_at=None)
        away = Q(beds__stays__held_until_at__isnull=False)
        return (
            super()
            .get_queryset()
            .annotate(
                bed_count=Count("beds", distinct=True),
                taken=Count("beds", filter=here & ~away, distinct=True),
                kept=Count("beds", filter=here & away, distinct=True),
            )
        )
